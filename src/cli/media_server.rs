//! A livekit-server of the demonstration's own: its configuration is made at each start, it listens on loopback only, and it ends with the demonstration.
//!
//! Deliberately absent: anything for a real installation; there, `[calls]` names a LiveKit server that runs by itself.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::ops::Range;
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
/// Where free ports are looked for: below those that the system gives to whoever names none, so that they are free still when the media server is built.
const PORTS: Range<u16> = 10_000..32_000;
/// How long it may take to listen, and the pause between two looks.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(50);

/// Where a media server will listen and what it shares with the service: known, and written into `folder`, before there is one.
pub struct Plan {
    binary: PathBuf,
    folder: PathBuf,
    address: SocketAddr,
    webhook: SocketAddr,
}

/// The running media server.
pub struct MediaServer {
    process: Child,
    address: SocketAddr,
}

impl Plan {
    /// Chooses free ports and a secret for `binary`, which need not be there yet.
    pub fn make(binary: &Path, folder: &Path) -> anyhow::Result<Self> {
        // Held until all are known, so that no two are the same.
        let taken = [free_port()?, free_port()?, free_port()?];
        let [signal, tcp, webhook] = [address_of(&taken[0])?, address_of(&taken[1])?, address_of(&taken[2])?];
        let media = free_range()?;
        let plan = Self { binary: binary.to_owned(), folder: folder.to_owned(), address: signal, webhook };
        let secret = Context::system().random_token(SECRET_LENGTH);
        write_secret(&plan.file("livekit.secret"), &secret)?;
        write_secret(&plan.file("livekit.yaml"), &config(signal, tcp, webhook, media, &secret))?;
        Ok(plan)
    }

    /// Whether there is something to start.
    pub fn is_built(&self) -> bool {
        self.binary.is_file()
    }

    /// Makes the binary by `script`, which is called with the name of the file to write, and is ended with this process. What it says is in `livekit-build.log`.
    pub async fn build(&self, script: &Path) -> anyhow::Result<()> {
        // A name of its own, so that two builds at once do not meet, and no half binary is ever found.
        let part = Part(self.binary.with_extension(format!("{}.part", std::process::id())));
        std::fs::create_dir_all(self.binary.parent().unwrap_or(Path::new(".")))?;
        let log = self.log("livekit-build.log")?;
        let mut script = command(script, log)?;
        let status = script.arg(&part.0).status().await.context("the build cannot be started")?;
        if !status.success() {
            bail!("its build failed ({status}); {} says why", self.file("livekit-build.log").display());
        }
        std::fs::rename(&part.0, &self.binary).context("what was built cannot be put in its place")
    }

    /// Starts the binary and waits until it listens.
    pub async fn start(&self) -> anyhow::Result<MediaServer> {
        let process = command(&self.binary, self.log("livekit.log")?)?
            .arg("--config")
            .arg(self.file("livekit.yaml"))
            // A terminal's Ctrl-C is for the demonstration, which ends this when calls have ended.
            .process_group(0)
            .spawn()
            .with_context(|| format!("{} cannot be started", self.binary.display()))?;
        let mut server = MediaServer { process, address: self.address };
        server.wait_until_it_listens(&self.folder).await?;
        Ok(server)
    }

    /// The `[calls]` of a configuration that uses it.
    pub fn settings(&self) -> String {
        format!(
            "\n[calls]\nlivekit_url = \"ws://{}\"\napi_key = \"{KEY}\"\napi_secret_file = {}\nwebhook_listen = \"{}\"\n",
            self.address,
            toml::Value::from(self.file("livekit.secret").to_string_lossy().as_ref()),
            self.webhook,
        )
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn log(&self, name: &str) -> anyhow::Result<File> {
        File::create(self.file(name)).with_context(|| format!("{name} cannot be written"))
    }
}

/// A file that is not whole yet: what is left of it goes with this.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl MediaServer {
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

    /// Ends it. It keeps nothing, so it is not asked.
    pub async fn stop(mut self) {
        if let Err(error) = self.process.kill().await {
            tracing::warn!(%error, "the media server could not be ended");
        }
    }
}

/// A program whose words go to `log`, so started that it also ends when this process is killed; where the system has no tool for that, it ends with a
/// graceful stop only.
fn command(program: &Path, log: File) -> anyhow::Result<Command> {
    let tool = Path::new("/usr/bin/setpriv");
    let mut command = if tool.exists() {
        let mut command = Command::new(tool);
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command
        .stdin(Stdio::null())
        .stdout(log.try_clone().context("a log cannot be shared")?)
        .stderr(log)
        .kill_on_drop(true);
    Ok(command)
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
    let mut tries = (0..PORTS.len()).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, rand::random_range(PORTS))));
    tries.find_map(Result::ok).context("no loopback port is free")
}

fn address_of(listener: &TcpListener) -> anyhow::Result<SocketAddr> {
    listener.local_addr().context("a listener has no address")
}

/// A range of UDP ports that are all free now.
fn free_range() -> anyhow::Result<(u16, u16)> {
    let is_free = |port: u16| UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok();
    let mut starts = (0..PORTS.len()).map(|_| rand::random_range(PORTS));
    let first = starts.find(|first| (*first..*first + MEDIA_PORTS).all(is_free));
    let first = first.context("no range of UDP ports is free for media")?;
    Ok((first, first + MEDIA_PORTS - 1))
}
