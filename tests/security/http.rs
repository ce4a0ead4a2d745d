//! Requests byte by byte, as no well-behaved client would send them, and their answers.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// How long an answer may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// What came back.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// 0: no answer at all.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The error code of either API; empty where there is none.
    pub fn code(&self) -> String {
        let body = self.json();
        let problem = body["type"].as_str().and_then(|kind| kind.strip_prefix("urn:consilium:problem:"));
        body["errcode"].as_str().or(problem).unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// For messages.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).chars().take(300).collect()
    }
}

/// Sends these bytes on a connection of their own and reads until the other side closes.
pub async fn exchange(address: SocketAddr, request: &[u8]) -> Reply {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let request = request.to_vec();
    // A server that refuses early answers before it has read everything, and may close then.
    let sending = tokio::spawn(async move {
        let _ = writing.write_all(&request).await;
        writing
    });
    let mut answer = Vec::new();
    let read = tokio::time::timeout(PATIENCE, async {
        let mut piece = vec![0; 64 << 10];
        while !is_whole(&answer) {
            match reading.read(&mut piece).await {
                Ok(0) | Err(_) => break,
                Ok(length) => answer.extend_from_slice(&piece[..length]),
            }
        }
    });
    read.await.expect("an answer in time");
    sending.abort();
    parse(&answer)
}

/// Whether the head and as much of a body as it promises are there.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = head_end(answer) else { return false };
    let reply = parse(answer);
    let length = reply.header("content-length").parse::<usize>();
    length.is_ok_and(|length| answer.len() >= end + length)
}

fn head_end(answer: &[u8]) -> Option<usize> {
    answer.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

fn parse(answer: &[u8]) -> Reply {
    let Some(end) = head_end(answer) else { return Reply::default() };
    let head = String::from_utf8_lossy(&answer[..end]);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
    Reply { status, headers, body: answer[end..].to_vec() }
}
