//! A livekit-server of the demonstration's own: its configuration is made at each start, it listens on loopback only, and it ends with the demonstration.
//!
//! Deliberately absent: anything for a real installation; there, `[calls]` names a LiveKit server that runs by itself.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, bail};
use consilium_homeserver::Context;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// Name of the key that the service has at the media server.
const KEY: &str = "consilium";
/// Letters and digits of its secret.
const SECRET_LENGTH: usize = 48;
/// UDP ports for media: a demonstration has a handful of calls.
const MEDIA_PORTS: u16 = 100;
/// Where free ranges of them are looked for, below those that the system gives to clients.
const MEDIA_PORTS_FROM: u16 = 20_000;
const MEDIA_PORTS_TO: u16 = 32_000;
/// How long it may take to listen, and the pause between two looks.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(50);

/// The running media server.
pub struct MediaServer {
    process: Child,
    address: SocketAddr,
    webhook: SocketAddr,
    secret_file: PathBuf,
}

impl MediaServer {
    /// Starts the binary with a configuration of its own in `folder`, and waits until it listens.
    pub async fn start(binary: &Path, folder: &Path) -> anyhow::Result<Self> {
        // Held until all are known, so that no two are the same.
        let taken = [free_port()?, free_port()?, free_port()?];
        let [signal, tcp, webhook] = [address_of(&taken[0])?, address_of(&taken[1])?, address_of(&taken[2])?];
        let media = free_range()?;
        drop(taken);
        let secret = Context::system().random_token(SECRET_LENGTH);
        let secret_file = folder.join("livekit.secret");
        write_secret(&secret_file, &secret)?;
        let config_file = folder.join("livekit.yaml");
        write_secret(&config_file, &config(signal, tcp, webhook, media, &secret))?;
        let log = std::fs::File::create(folder.join("livekit.log")).context("livekit.log cannot be written")?;
        let process = command(binary)
            .arg("--config")
            .arg(&config_file)
            .stdin(Stdio::null())
            .stdout(log.try_clone().context("livekit.log cannot be written")?)
            .stderr(log)
            // A terminal's Ctrl-C is for the demonstration, which ends this when calls have ended.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started", binary.display()))?;
        let mut server = Self { process, address: signal, webhook, secret_file };
        server.wait_until_it_listens(folder).await?;
        Ok(server)
    }

    async fn wait_until_it_listens(&mut self, folder: &Path) -> anyhow::Result<()> {
        let log = folder.join("livekit.log");
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while TcpStream::connect(self.address).await.is_err() {
            if let Some(status) = self.process.try_wait()? {
                bail!("the media server ended at once ({status}); {} says why", log.display());
            }
            if tokio::time::Instant::now() > deadline {
                bail!("the media server does not listen; {} may say why", log.display());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// The `[calls]` of a configuration that uses it.
    pub fn settings(&self) -> String {
        format!(
            "\n[calls]\nlivekit_url = \"ws://{}\"\napi_key = \"{KEY}\"\napi_secret_file = {}\nwebhook_listen = \"{}\"\n",
            self.address,
            toml::Value::from(self.secret_file.to_string_lossy().as_ref()),
            self.webhook,
        )
    }

    /// Ends it. It keeps nothing, so it is not asked.
    pub async fn stop(mut self) {
        if let Err(error) = self.process.kill().await {
            tracing::warn!(%error, "the media server could not be ended");
        }
    }
}

/// The binary, so started that it also ends when this process is killed; where the system has no tool for that, it ends with a graceful stop only.
fn command(binary: &Path) -> Command {
    let tool = Path::new("/usr/bin/setpriv");
    if !tool.exists() {
        return Command::new(binary);
    }
    let mut command = Command::new(tool);
    command.args(["--pdeathsig", "KILL", "--"]).arg(binary);
    command
}

/// A whole picture is asked for again after little time: the first one comes before its key, and cannot be shown.
/// Loopback only; rooms are made by the service and by nobody else. A STUN server is named, though none answers: with none browsers would be sent to public ones.
fn config(signal: SocketAddr, tcp: SocketAddr, webhook: SocketAddr, (first, last): (u16, u16), secret: &str) -> String {
    format!(
        "port: {}\nbind_addresses: [\"127.0.0.1\"]\n\
         rtc:\n  tcp_port: {}\n  port_range_start: {first}\n  port_range_end: {last}\n  use_external_ip: false\n  node_ip: 127.0.0.1\n  \
         enable_loopback_candidate: true\n  \
         pli_throttle:\n    low_quality: 100ms\n    mid_quality: 150ms\n    high_quality: 150ms\n  ips:\n    includes: [127.0.0.1/32]\n  stun_servers: [\"127.0.0.1:{}\"]\n\
         keys:\n  {KEY}: {secret}\n\
         room:\n  auto_create: false\n  empty_timeout: 60\n  departure_timeout: 5\n\
         webhook:\n  api_key: {KEY}\n  urls: [\"http://{webhook}/webhook\"]\n\
         logging:\n  level: warn\n",
        signal.port(),
        tcp.port(),
        tcp.port(),
    )
}

fn write_secret(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    let opened = options.write(true).create(true).truncate(true).mode(0o600).open(path);
    let written = opened.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
    written.with_context(|| format!("{} cannot be written", path.display()))
}

fn free_port() -> anyhow::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no loopback port is free")
}

fn address_of(listener: &TcpListener) -> anyhow::Result<SocketAddr> {
    listener.local_addr().context("a listener has no address")
}

/// A range of UDP ports that are all free now.
fn free_range() -> anyhow::Result<(u16, u16)> {
    let is_free = |port: u16| UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok();
    let mut starts = (MEDIA_PORTS_FROM..MEDIA_PORTS_TO).step_by(usize::from(MEDIA_PORTS));
    let first = starts.find(|first| (*first..*first + MEDIA_PORTS).all(is_free));
    let first = first.context("no range of UDP ports is free for media")?;
    Ok((first, first + MEDIA_PORTS - 1))
}
