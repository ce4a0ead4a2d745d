//! A livekit-server of a test's own, on free ports, and a client that joins by its signalling connection. It is killed when the test is over.

use std::net::UdpSocket;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use consilium_consult::call::LiveKit;
use livekit_protocol::SignalResponse;
use livekit_protocol::signal_response::Message;
use prost::Message as _;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::media::{KEY, SECRET};

const VERSION: &str = "v1.13.5";
const PATIENCE: Duration = Duration::from_secs(20);

pub struct RealLiveKit {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Drop for RealLiveKit {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn binary() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
    let in_cache = cache.map(|cache| cache.join(format!("consilium/livekit/{VERSION}/livekit-server")));
    let named = std::env::var_os("CONSILIUM_LIVEKIT").map(PathBuf::from);
    let found = named.or(in_cache).filter(|path| path.exists());
    found.expect("a livekit-server: `make test` builds it, or CONSILIUM_LIVEKIT names one")
}

fn free_udp() -> u16 {
    UdpSocket::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

impl RealLiveKit {
    pub async fn start() -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().expect("a folder");
        let [port, tcp] = consilium_ports::reserve().expect("ports").map(|address| address.port());
        let config = format!(
            "port: {port}\nbind_addresses: [\"127.0.0.1\"]\nrtc:\n  tcp_port: {}\n  udp_port: {}\n  use_external_ip: false\n  \
             node_ip: 127.0.0.1\n  enable_loopback_candidate: true\n  ips:\n    includes: [127.0.0.1/32]\n  stun_servers: []\n\
             keys:\n  {KEY}: \"{SECRET}\"\nroom:\n  auto_create: false\n  empty_timeout: 60\n  departure_timeout: 5\nlogging:\n  level: warn\n",
            tcp,
            free_udp(),
        );
        std::fs::write(folder.path().join("livekit.yaml"), config).expect("a file");
        let server = Self { child: spawn(&folder), port, folder };
        server.listens().await;
        server
    }

    async fn listens(&self) {
        let listening = async {
            while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        let log = || std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        tokio::time::timeout(PATIENCE, listening).await.unwrap_or_else(|_| panic!("it does not listen: {}", log()));
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    pub async fn start_again(&mut self) {
        self.child = spawn(&self.folder);
        self.listens().await;
    }

    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    pub fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn client(&self) -> LiveKit {
        LiveKit::new(&self.http(), KEY, SECRET)
    }

    /// Joins as a client's signalling connection does; `Err`: the HTTP status of the refusal.
    pub async fn join(&self, token: &str) -> Result<Joined, u16> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("it listens");
        let key = STANDARD.encode([7; 16]);
        let head = format!(
            "GET /rtc?access_token={token}&protocol=15&sdk=js&version=2.23.0&auto_subscribe=1 HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\
             Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n",
            self.port
        );
        stream.write_all(head.as_bytes()).await.expect("it reads");
        let status = read_head(&mut stream).await;
        if status != 101 {
            return Err(status);
        }
        let mut joined = Joined { stream, identity: String::new(), refreshed: None };
        while joined.identity.is_empty() {
            joined.next().await.expect("a join response comes");
        }
        Ok(joined)
    }
}

fn spawn(folder: &TempDir) -> Child {
    let log = std::fs::File::create(folder.path().join("log")).expect("a file");
    let mut command = Command::new(binary());
    command.arg("--config").arg(folder.path().join("livekit.yaml")).stdin(Stdio::null());
    command.stdout(log.try_clone().expect("a file")).stderr(log).spawn().expect("it starts")
}

async fn read_head(stream: &mut TcpStream) -> u16 {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("an answer"));
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    text.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
}

/// A signalling connection.
pub struct Joined {
    stream: TcpStream,
    pub identity: String,
    refreshed: Option<String>,
}

impl Joined {
    /// Reads one message; `None`: the connection has ended.
    async fn next(&mut self) -> Option<()> {
        let payload = self.frame().await?;
        let Ok(response) = SignalResponse::decode(payload.as_slice()) else { return Some(()) };
        match response.message {
            Some(Message::Join(join)) => self.identity = join.participant.map(|who| who.identity).unwrap_or_default(),
            Some(Message::RefreshToken(token)) => self.refreshed = Some(token),
            Some(Message::Leave(_)) => return None,
            _ => {}
        }
        Some(())
    }

    /// One frame of the WebSocket; a server's are not masked.
    async fn frame(&mut self) -> Option<Vec<u8>> {
        let head = [self.stream.read_u8().await.ok()?, self.stream.read_u8().await.ok()?];
        let length = match head[1] & 0x7f {
            126 => u64::from(self.stream.read_u16().await.ok()?),
            127 => self.stream.read_u64().await.ok()?,
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).ok()?];
        self.stream.read_exact(&mut payload).await.ok()?;
        if head[0] & 0x0f == 8 { None } else { Some(payload) }
    }

    /// The token that the media server gave after the join.
    pub async fn refreshed_token(&mut self) -> String {
        let waiting = async {
            while self.refreshed.is_none() {
                self.next().await.expect("the connection stays");
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("a refreshed token comes");
        self.refreshed.clone().expect("it came")
    }

    /// Whether the media server ends the connection, soon.
    pub async fn is_ended(&mut self) -> bool {
        let ending = async { while self.next().await.is_some() {} };
        tokio::time::timeout(Duration::from_secs(5), ending).await.is_ok()
    }
}
