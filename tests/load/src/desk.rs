//! The whole system on a folder of its own, as a partner runs it: homeserver, consultation service, keeper, both apps.

use std::{
    fs::{self, File},
    io::Write,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use consilium_keeper::test_client::TestClient;
use tempfile::TempDir;

use crate::{process, scenario::Options};

/// The password of everybody here.
pub const PASSWORD: &str = "a long password of the load test";
/// How long it may take until it answers, and the pause between two looks.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(10);

pub struct Desk {
    process: Child,
    binary: PathBuf,
    pub address: SocketAddr,
    folder: TempDir,
}

impl Desk {
    /// Starts `consilium serve` with the brand of the demonstration clinic and waits until all of it answers.
    pub async fn start(options: &Options) -> Result<Self> {
        let folder = TempDir::new()?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        fs::write(folder.path().join("consilium.toml"), configuration(address)?)?;
        let log = File::create(folder.path().join("log"))?;
        let process = Command::new(&options.binary)
            .args(["serve", "--config"])
            .arg(folder.path().join("consilium.toml"))
            .env_remove("CONSILIUM_CONFIG")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", options.binary.display()))?;
        let desk = Self { process, binary: options.binary.clone(), address, folder };
        desk.wait_until_ready().await?;
        Ok(desk)
    }

    async fn wait_until_ready(&self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut ready = true;
            for path in ["/ready", "/_matrix/client/versions", "/_consilium/v1/openapi.json"] {
                ready &= reqwest::get(self.url() + path).await.is_ok_and(|answer| answer.status().is_success());
            }
            if ready {
                return Ok(());
            }
            let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            ensure!(Instant::now() < deadline, "the system does not answer:\n{log}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A patient with his app open.
    pub async fn patient(&self, name: &str) -> Result<TestClient> {
        self.person(name, &[]).await
    }

    /// An operator of all queues with the console open.
    pub async fn operator(&self, name: &str) -> Result<TestClient> {
        self.person(name, &["--role", "operator", "--name", name]).await
    }

    async fn person(&self, name: &str, role: &[&str]) -> Result<TestClient> {
        let mut command = Command::new(&self.binary)
            .args(["user", "create", name, "--tenant", "clinic"])
            .args(role)
            .arg("--config")
            .arg(self.folder.path().join("consilium.toml"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        command.stdin.take().context("stdin is piped")?.write_all(format!("{PASSWORD}\n").as_bytes())?;
        ensure!(command.wait()?.success(), "{name} cannot be made");
        let client = TestClient::login(&self.url(), name, PASSWORD).await?;
        client.set_up_cross_signing(false).await?;
        Ok(client)
    }

    pub fn cpu_seconds(&self) -> Result<f64> {
        process::cpu_seconds(self.process.id())
    }

    pub fn resident_mib(&self) -> Result<f64> {
        process::resident_mib(self.process.id())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The folder goes after the process: whatever this says, nothing more can be done here.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn configuration(address: SocketAddr) -> Result<String> {
    let brand = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/brands/demo-clinic").canonicalize()?;
    let brand = brand.display();
    Ok(format!(
        r#"
data_dir = "data"
default_tenant = "clinic"
[listeners]
public = "{address}"
[rate_limits]
enabled = false
[log]
filter = "warn"
[consult]
keeper_key_file = "keys/keeper.key"
[tenants.clinic]
server_name = "clinic.test"
brand = "{brand}"
origins = {{ public = "http://{address}" }}
registration = {{ policy = "open" }}
"#
    ))
}
