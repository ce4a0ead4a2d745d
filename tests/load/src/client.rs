//! One kept-alive HTTP/1.1 connection of one user.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

static TRANSACTION: AtomicU64 = AtomicU64::new(0);

/// A number that no other request of this run has.
pub fn unique() -> u64 {
    TRANSACTION.fetch_add(1, Ordering::Relaxed)
}

/// A signed-in user on a connection of his own.
pub struct Client {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
    token: String,
    pub user_id: String,
    pub device_id: String,
}

/// An answer and the time from the request's first byte to the answer's last.
pub struct Answer {
    pub status: StatusCode,
    pub body: Bytes,
    pub time: Duration,
}

impl Answer {
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body).context("the answer is not JSON")
    }
}

impl Client {
    /// Registers `name` and signs in.
    pub async fn register(address: SocketAddr, name: &str) -> Result<Self> {
        let mut client = Self::connect(address).await?;
        let body = json!({ "username": name, "password": "a long password of the load test", "auth": { "type": "m.login.dummy" } });
        let answer = client.call(Method::POST, "/_matrix/client/v3/register", &body).await?;
        client.token = text(&answer, "access_token")?;
        client.user_id = text(&answer, "user_id")?;
        client.device_id = text(&answer, "device_id")?;
        Ok(client)
    }

    /// Of a user who is signed in already.
    pub async fn signed_in(address: SocketAddr, token: &str) -> Result<Self> {
        let mut client = Self::with_token(address, token).await?;
        let me = client.call(Method::GET, "/_matrix/client/v3/account/whoami", &Value::Null).await?;
        client.user_id = text(&me, "user_id")?;
        client.device_id = text(&me, "device_id")?;
        Ok(client)
    }

    /// Of whoever `token` is of, without asking who that is.
    pub async fn with_token(address: SocketAddr, token: &str) -> Result<Self> {
        let mut client = Self::connect(address).await?;
        token.clone_into(&mut client.token);
        Ok(client)
    }

    /// Another connection of the same device.
    pub async fn again(&self) -> Result<Self> {
        self.at(self.address).await
    }

    /// A connection of the same device to a server that was started again elsewhere.
    pub async fn at(&self, address: SocketAddr) -> Result<Self> {
        let mut client = Self::connect(address).await?;
        client.token.clone_from(&self.token);
        client.user_id.clone_from(&self.user_id);
        client.device_id.clone_from(&self.device_id);
        Ok(client)
    }

    /// A connection of nobody.
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, address, token: String::new(), user_id: String::new(), device_id: String::new() })
    }

    /// Sends and reads the whole answer, whatever its status.
    pub async fn request(&mut self, method: Method, path: &str, content_type: &str, body: Bytes) -> Result<Answer> {
        let mut request = self.asking(method, path);
        if !body.is_empty() {
            request = request.header("content-type", content_type);
        }
        self.exchange(request.body(Full::new(body))?).await
    }

    /// Asks for what does not end, and gives it as it comes; the connection must be kept as long.
    pub async fn stream(&mut self, path: &str) -> Result<Incoming> {
        let request = self.asking(Method::GET, path).body(Full::new(Bytes::new()))?;
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        ensure!(response.status().is_success(), "GET {path}: {}", response.status());
        Ok(response.into_body())
    }

    /// The head of a request of this user.
    fn asking(&self, method: Method, path: &str) -> http::request::Builder {
        let request = Request::builder().method(method).uri(path).header("host", self.address.to_string());
        if self.token.is_empty() {
            return request;
        }
        request.header("authorization", format!("Bearer {}", self.token))
    }

    /// Sends a request as it is and reads the whole answer, whatever its status.
    pub async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let begun = Instant::now();
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?;
        // Joining its pieces is the generator's own work.
        let time = begun.elapsed();
        Ok(Answer { status, body: body.to_bytes(), time })
    }

    /// A JSON request that must succeed.
    pub async fn timed(&mut self, method: Method, path: &str, body: &Value) -> Result<Answer> {
        let bytes = if body.is_null() { Bytes::new() } else { Bytes::from(serde_json::to_vec(body)?) };
        let answer = self.request(method.clone(), path, "application/json", bytes).await?;
        if !answer.status.is_success() {
            bail!("{method} {path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        Ok(answer)
    }

    pub async fn call(&mut self, method: Method, path: &str, body: &Value) -> Result<Value> {
        self.timed(method, path, body).await?.json()
    }

    /// A private room with the chat preset.
    pub async fn create_room(&mut self) -> Result<String> {
        let answer =
            self.call(Method::POST, "/_matrix/client/v3/createRoom", &json!({ "preset": "private_chat" })).await?;
        text(&answer, "room_id")
    }

    /// Sends a message of about 300 bytes; the answer's time.
    pub async fn say(&mut self, room: &str) -> Result<Answer> {
        let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/load{}", unique());
        let body =
            json!({ "msgtype": "m.text", "body": "A sentence of ordinary length, as people write them. ".repeat(4) });
        self.timed(Method::PUT, &path, &body).await
    }

    pub async fn invite(&mut self, room: &str, user_id: &str) -> Result<()> {
        self.call(Method::POST, &format!("/_matrix/client/v3/rooms/{room}/invite"), &json!({ "user_id": user_id }))
            .await?;
        Ok(())
    }

    pub async fn join(&mut self, room: &str) -> Result<Answer> {
        self.timed(Method::POST, &format!("/_matrix/client/v3/rooms/{room}/join"), &json!({})).await
    }

    /// `/sync` with what is given in `query`.
    pub async fn sync(&mut self, query: &str) -> Result<Answer> {
        self.timed(Method::GET, &format!("/_matrix/client/v3/sync?{query}"), &Value::Null).await
    }

    /// `/sync`, its answer's time and its `next_batch`.
    pub async fn sync_from(&mut self, since: Option<&str>) -> Result<(String, Answer)> {
        let since = since.map(|token| format!("&since={token}")).unwrap_or_default();
        let answer = self.sync(&format!("timeout=0{since}")).await?;
        let next = text(&answer.json()?, "next_batch")?;
        Ok((next, answer))
    }
}

/// The string at `key` of an answer.
pub fn text(value: &Value, key: &str) -> Result<String> {
    value[key].as_str().map(str::to_owned).with_context(|| format!("no {key} in {value}"))
}
