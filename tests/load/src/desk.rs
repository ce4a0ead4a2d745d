//! The whole system on a folder of its own, as a partner runs it: homeserver, consultation service, keeper, both apps.

use std::{
    fs::{self, File},
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use consilium_keeper::test_client::TestClient;
use http::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    client::Client,
    process,
    scenario::{Options, consultation::QUEUE},
};

/// The password of everybody here.
pub const PASSWORD: &str = "a long password of the load test";
/// Its tenant's server name, as far as `consilium serve` is started here.
pub const SERVER_NAME: &str = "clinic.test";
/// Consultations that may wait in its queue at once: more than are ever asked for here.
const CAPACITY: u32 = 5_000;
/// How long it may take until it answers, and the pause between two looks.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(10);

pub struct Desk {
    process: Child,
    binary: PathBuf,
    pub address: SocketAddr,
    /// Its file of settings.
    config: PathBuf,
    tenant: &'static str,
    folder: TempDir,
}

/// Where the media server's events are taken, and the key that signs them.
pub struct Hooks {
    pub address: SocketAddr,
    pub key: String,
    pub secret: String,
}

impl Desk {
    /// Starts `consilium serve` with the brand of the demonstration clinic and waits until all of it answers.
    pub async fn start(options: &Options) -> Result<Self> {
        let (folder, [address]) = (TempDir::new()?, consilium_ports::reserve()?);
        let config = folder.path().join("consilium.toml");
        fs::write(&config, configuration(address, &roomy_brand(&folder.path().join("demo-clinic"))?))?;
        let process = run(serve(&options.binary, &config), &folder)?;
        let desk = Self { process, binary: options.binary.clone(), address, config, tenant: "clinic", folder };
        desk.wait_until_ready().await?;
        Ok(desk)
    }

    /// Starts `consilium demo`, which brings a media server of its own.
    pub async fn with_calls(options: &Options) -> Result<Self> {
        let (folder, [address, console]) = (TempDir::new()?, consilium_ports::reserve()?);
        let mut command = Command::new(&options.binary);
        command.args(["demo", "--public", &address.to_string(), "--console", &console.to_string()]);
        command.arg("--livekit").arg(options.livekit.as_ref().context("no --livekit")?);
        command.arg("--folder").arg(folder.path().join("run")).arg("--keys").arg(folder.path().join("keys"));
        command.arg("--brand").arg(brand()?).env("CONSILIUM__RATE_LIMITS__ENABLED", "false");
        let process = run(command, &folder)?;
        let config = folder.path().join("run/consilium.toml");
        let desk = Self { process, binary: options.binary.clone(), address, config, tenant: "demo-clinic", folder };
        desk.wait_until_ready().await?;
        Ok(desk)
    }

    /// Ends it as an administrator does; its data stay.
    pub fn stop(&mut self) -> Result<()> {
        Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status()?;
        self.process.wait()?;
        Ok(())
    }

    /// Starts one that was stopped, on its data.
    pub async fn go_on(&mut self) -> Result<()> {
        self.process = run(serve(&self.binary, &self.config), &self.folder)?;
        self.wait_until_ready().await
    }

    /// The folder of its tenant: databases and secrets.
    pub fn tenant_folder(&self) -> PathBuf {
        self.folder.path().join("data/tenants").join(self.tenant)
    }

    /// The file of the key that its data are sealed with.
    pub fn keeper_key_file(&self) -> PathBuf {
        self.folder.path().join("keys/keeper.key")
    }

    /// As the demonstration has written them.
    pub fn hooks(&self) -> Result<Hooks> {
        let settings = fs::read_to_string(&self.config)?;
        let setting = |key: &str| {
            let line = settings.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            anyhow::Ok(line.with_context(|| format!("no {key}"))?.trim_matches('"').to_owned())
        };
        let secret = fs::read_to_string(setting("api_secret_file")?)?.trim().to_owned();
        Ok(Hooks { address: setting("webhook_listen")?.parse()?, key: setting("api_key")?, secret })
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

    /// Where the consultation service answers.
    pub fn api(&self) -> String {
        self.url() + "/_consilium/v1"
    }

    /// A patient with his app open, who has agreed to what has to be agreed to.
    pub async fn patient(&self, name: &str) -> Result<TestClient> {
        let client = self.person(name, &[]).await?;
        agree(&mut Client::with_token(self.address, client.access_token()).await?).await?;
        Ok(client)
    }

    /// The same without an app: an account that has agreed, and no device that reads what is encrypted.
    pub async fn account_of_patient(&self, name: &str) -> Result<Client> {
        let mut client = Client::register(self.address, name).await?;
        agree(&mut client).await?;
        Ok(client)
    }

    /// An operator of all queues with the console open.
    pub async fn operator(&self, name: &str) -> Result<TestClient> {
        self.person(name, &["--role", "operator", "--name", name]).await
    }

    async fn person(&self, name: &str, role: &[&str]) -> Result<TestClient> {
        let mut command = Command::new(&self.binary)
            .args(["user", "create", name, "--tenant", self.tenant])
            .args(role)
            .arg("--config")
            .arg(&self.config)
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

    /// Memory of all its processes. Unit: MB.
    pub fn memory_mb(&self) -> Result<f64> {
        process::family_mb(self.process.id())
    }

    /// Where it listens for itself alone.
    pub fn loopback_ports(&self) -> Result<Vec<u16>> {
        process::loopback_ports(self.process.id())
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

/// What the brand wants to be agreed to before the first question.
async fn agree(client: &mut Client) -> Result<()> {
    let path = "/_consilium/v1/me/consents";
    let asked = client.call(Method::GET, path, &Value::Null).await?;
    for consent in asked["consents"].as_array().into_iter().flatten().filter(|consent| consent["required"] == true) {
        let purpose = consent["purpose"].as_str().unwrap_or_default();
        let body = json!({ "hash": consent["offered"]["hash"] });
        client.timed(Method::PUT, &format!("{path}/{purpose}"), &body).await?;
    }
    Ok(())
}

/// `consilium serve` with these settings.
fn serve(binary: &Path, config: &Path) -> Command {
    let mut command = Command::new(binary);
    command.args(["serve", "--config"]).arg(config);
    command
}

/// Starts it; what it says goes into a file of the folder.
fn run(mut command: Command, folder: &TempDir) -> Result<Child> {
    let log = File::create(folder.path().join("log"))?;
    command.env_remove("CONSILIUM_CONFIG").stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))
}

fn brand() -> Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/brands/demo-clinic").canonicalize()?)
}

/// The brand in a folder of its own, with a queue that takes in all who wait here.
fn roomy_brand(folder: &Path) -> Result<PathBuf> {
    copy(&brand()?, folder)?;
    let (file, queue) = (folder.join("brand.toml"), format!("[[queues]]\nid = \"{QUEUE}\"\n"));
    let settings = fs::read_to_string(&file)?;
    ensure!(settings.contains(&queue), "{} has no queue {QUEUE}", file.display());
    fs::write(&file, settings.replacen(&queue, &format!("{queue}capacity = {CAPACITY}\n"), 1))?;
    Ok(folder.to_owned())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, copied) = entry.map(|entry| (entry.path(), to.join(entry.file_name())))?;
        if entry.is_dir() {
            copy(&entry, &copied)?;
        } else {
            fs::copy(&entry, &copied)?;
        }
    }
    Ok(())
}

fn configuration(address: SocketAddr, brand: &Path) -> String {
    let brand = brand.display();
    format!(
        r#"
data_dir = "data"
default_tenant = "clinic"
[listeners]
public = "{address}"
console = "127.0.0.1:0"
[rate_limits]
enabled = false
[log]
filter = "warn"
[consult]
keeper_key_file = "keys/keeper.key"
# Invented operators have no consoles that could be lost.
operator_away_after_seconds = 86400
[tenants.clinic]
server_name = "{SERVER_NAME}"
brand = "{brand}"
origins = {{ public = "http://{address}" }}
registration = {{ policy = "open" }}
"#
    )
}
