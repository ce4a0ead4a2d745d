//! [`System`]: the whole of Consilium as people run it, a process of the real binary over a folder of its own.
//!
//! Slower than a [`crate::World`] and true to the last byte: ports, files, signals, log. The process is killed when the value is dropped, whatever happened.

use std::{
    fs::File,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    user::User,
    world::{install_tls_provider, send},
};

/// How long a process may take until it answers, and until it has ended.
const PATIENCE: Duration = Duration::from_mins(1);
/// Pause between two looks at it.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The tenant that answers whatever the host: its slug, its server name, and its keeper.
pub const CLINIC: &str = "clinic";
pub const CLINIC_NAME: &str = "clinic.test";
pub const KEEPER: &str = "@keeper:clinic.test";
/// The other tenant, reached by this host only.
pub const LAW: &str = "law";
pub const LAW_NAME: &str = "law.test";
/// The password of everybody whom [`System::account`] and [`System::staff`] make.
pub const PASSWORD: &str = "a long password of the tests";

/// A running system, or one between two runs.
#[derive(Debug)]
pub struct System {
    binary: PathBuf,
    folder: TempDir,
    http: reqwest::Client,
    public: SocketAddr,
    console: SocketAddr,
    metrics: SocketAddr,
    environment: Vec<(String, String)>,
    process: Mutex<Option<Child>>,
}

impl System {
    /// Starts `binary` with two tenants, open registration and no rate limits, and waits until it answers.
    pub async fn start(binary: &str) -> Self {
        let system = Self::configured(binary, &[]);
        system.launch().await;
        system
    }

    /// The folder and its configuration, without a process. `environment` is what it will be started with.
    pub fn configured(binary: &str, environment: &[(&str, &str)]) -> Self {
        install_tls_provider();
        let [public, console, metrics] = consilium_ports::reserve().expect("ports are free");
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let system = Self {
            binary: binary.into(),
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
            http: reqwest::Client::builder().no_proxy().build().expect("a client can be made"),
            public,
            console,
            metrics,
            environment: environment.collect(),
            process: Mutex::new(None),
        };
        std::fs::write(system.config_file(), system.configuration()).expect("the configuration can be written");
        system
    }

    fn configuration(&self) -> String {
        let Self { public, console, metrics, .. } = self;
        let brands = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/brands");
        let brands = brands.canonicalize().expect("the brands are in the repository");
        let brands = brands.display();
        format!(
            r#"
data_dir = "data"
default_tenant = "{CLINIC}"
[listeners]
public = "{public}"
console = "{console}"
stop_grace_seconds = 5
[metrics]
listen = "{metrics}"
[rate_limits]
enabled = false
[consult]
keeper_key_file = "keys/keeper.key"
[tenants.{CLINIC}]
server_name = "{CLINIC_NAME}"
brand = "{brands}/demo-clinic"
origins = {{ public = "http://{public}", console = "http://{console}" }}
registration = {{ policy = "open" }}
[tenants.{LAW}]
server_name = "{LAW_NAME}"
brand = "{brands}/demo-law"
origins = {{ public = "https://{LAW_NAME}" }}
registration = {{ policy = "open" }}
"#
        )
    }

    /// Starts the process on the data that is there, and waits until all of it answers.
    ///
    /// # Panics
    /// When it ends, or does not answer within a minute; with the end of its log.
    pub async fn launch(&self) {
        self.spawn();
        let deadline = Instant::now() + PATIENCE;
        while !self.is_ready().await {
            assert!(self.ended().is_none() && Instant::now() < deadline, "it does not answer:\n{}", self.log_end());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Starts the process and does not wait.
    pub fn spawn(&self) {
        let log = File::options().create(true).append(true).open(self.log_file()).expect("the log can be written");
        let output = log.try_clone().expect("a file can be shared");
        let config = self.config_file();
        let mut command = Command::new(&self.binary);
        command.arg("serve").arg("--config").arg(config).stdin(Stdio::null()).stdout(output).stderr(log);
        command.env_remove("CONSILIUM_CONFIG").envs(self.environment.iter().cloned());
        *self.process.lock() = Some(command.spawn().expect("the binary can be started"));
    }

    /// Whether homeserver and consultation service answer.
    pub async fn is_ready(&self) -> bool {
        for path in ["/ready", "/_matrix/client/versions", "/_consilium/v1/openapi.json"] {
            let answer = self.http.get(format!("{}{path}", self.url())).send().await;
            if !answer.is_ok_and(|answer| answer.status().is_success()) {
                return false;
            }
        }
        true
    }

    /// How many requests are under way, as the metrics tell; those not counted whose answer has begun.
    pub async fn requests_running(&self) -> f64 {
        let text = match self.http.get(self.metrics_url()).send().await {
            Ok(answer) => answer.text().await.unwrap_or_default(),
            Err(_) => return 0.0,
        };
        let running = text.lines().filter(|line| line.starts_with("consilium_http_requests_running"));
        running.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum()
    }

    /// Resident memory of the process, in MiB.
    pub fn resident_mib(&self) -> f64 {
        self.memory_mib("VmRSS:")
    }

    /// The most that its resident memory has been since it started, in MiB.
    pub fn peak_mib(&self) -> f64 {
        self.memory_mib("VmHWM:")
    }

    fn memory_mib(&self, field: &str) -> f64 {
        let id = self.process.lock().as_ref().expect("it was started").id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("it runs");
        let line = status.lines().find(|line| line.starts_with(field)).expect("Linux tells");
        let kib: f64 = line.split_whitespace().nth(1).expect("a number").parse().expect("a number");
        kib / 1024.0
    }

    /// How the process ended; `None` while it runs. One that was never started has not ended.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.process.lock().as_mut()?.try_wait().expect("a child can be asked")
    }

    /// As a power cut: SIGKILL, and the process is gone when this returns.
    pub fn kill(&self) {
        if let Some(mut child) = self.process.lock().take() {
            child.kill().expect("a child can be killed");
            child.wait().expect("a child can be waited for");
        }
    }

    /// Asks the process to end (SIGTERM), and waits until it has.
    ///
    /// # Panics
    /// When it runs on for a minute.
    pub async fn stop(&self) -> ExitStatus {
        self.terminate();
        self.wait_for_end().await
    }

    /// Sends SIGTERM and does not wait.
    pub fn terminate(&self) {
        use nix::{
            sys::signal::{Signal, kill},
            unistd::Pid,
        };
        let id = self.process.lock().as_ref().expect("it was started").id();
        kill(Pid::from_raw(i32::try_from(id).expect("a process id")), Signal::SIGTERM).expect("it runs");
    }

    /// Waits until the process has ended.
    pub async fn wait_for_end(&self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.ended() {
                *self.process.lock() = None;
                return status;
            }
            assert!(Instant::now() < deadline, "it does not end:\n{}", self.log_end());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Runs the command line on this configuration to its end.
    pub fn command(&self, words: &[&str], input: &str) -> Output {
        use std::io::Write as _;
        let mut command = Command::new(&self.binary);
        command.args(words).arg("--config").arg(self.config_file()).env_remove("CONSILIUM_CONFIG");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary can be started");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it listens");
        child.wait_with_output().expect("it ends")
    }

    /// Runs a command that must succeed; gives what it prints.
    pub fn done(&self, words: &[&str], input: &str) -> String {
        let output = self.command(words, input);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// An account of a patient at the clinic.
    pub fn account(&self, name: &str) {
        self.done(&["user", "create", name, "--tenant", CLINIC], &format!("{PASSWORD}\n"));
    }

    /// A member of the clinic's staff, of all queues. `role` is `operator` or `supervisor`.
    pub fn staff(&self, name: &str, role: &str) {
        let words = ["user", "create", name, "--tenant", CLINIC, "--role", role, "--name", name];
        self.done(&words, &format!("{PASSWORD}\n"));
    }

    /// Signs in somebody of the clinic on a new device.
    pub async fn sign_in(&self, name: &str) -> User {
        let identifier = json!({ "type": "m.id.user", "user": name });
        let login = json!({ "type": "m.login.password", "identifier": identifier, "password": PASSWORD });
        let request = self.http.post(format!("{}/_matrix/client/v3/login", self.url())).json(&login);
        self.user(&send(request).await.ok())
    }

    /// From the answer to a registration or login.
    pub fn user(&self, signed_in: &Value) -> User {
        User::at_address(self.http.clone(), self.url(), signed_in)
    }

    /// Where the APIs answer.
    pub fn url(&self) -> String {
        format!("http://{}", self.public)
    }

    /// Where the console answers.
    pub fn console_url(&self) -> String {
        format!("http://{}", self.console)
    }

    /// Where the metrics are.
    pub fn metrics_url(&self) -> String {
        format!("http://{}/metrics", self.metrics)
    }

    /// Where the APIs answer, for plain sockets.
    pub fn address(&self) -> SocketAddr {
        self.public
    }

    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Everything: configuration, data, keys, log.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What is backed up, and must open nothing without the key.
    pub fn data_folder(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("keys/keeper.key")
    }

    pub fn config_file(&self) -> PathBuf {
        self.folder.path().join("consilium.toml")
    }

    pub fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// What all runs so far have logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    fn log_end(&self) -> String {
        let log = self.log();
        log.lines().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

impl Drop for System {
    fn drop(&mut self) {
        self.kill();
    }
}
