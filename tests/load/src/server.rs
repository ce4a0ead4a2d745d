//! One `consilium dev` on a folder of its own, and what the system says of its process.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde_json::Value;
use tempfile::TempDir;

use crate::{client::Client, scenario::Options};

/// Clock ticks of `/proc/<pid>/stat` in a second; Linux has fixed it at 100 for user space.
const TICKS_A_SECOND: f64 = 100.0;

pub struct Server {
    process: Child,
    pub address: SocketAddr,
    folder: TempDir,
    /// From the process's start to its ready line.
    pub started_in: Duration,
}

impl Server {
    pub fn start(options: &Options) -> Result<Self> {
        let folder = TempDir::new()?;
        Self::start_on(options, folder)
    }

    fn start_on(options: &Options, folder: TempDir) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let begun = Instant::now();
        let mut process = Command::new(&options.binary)
            .args(["dev", "--listen", &address.to_string(), "--data-dir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", options.binary.display()))?;
        let mut line = String::new();
        let output = process.stdout.take().context("stdout is piped")?;
        BufReader::new(output).read_line(&mut line)?;
        let ready: Value = serde_json::from_str(&line).with_context(|| format!("no ready line but: {line}"))?;
        anyhow::ensure!(ready["ready"] == true, "not ready: {line}");
        Ok(Self { process, address, folder, started_in: begun.elapsed() })
    }

    /// Stops it and starts it again on the same data.
    pub fn restart(mut self, options: &Options) -> Result<Self> {
        self.stop()?;
        let folder = std::mem::replace(&mut self.folder, TempDir::new()?);
        Self::start_on(options, folder)
    }

    fn stop(&mut self) -> Result<()> {
        let pid = self.process.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        self.process.wait()?;
        Ok(())
    }

    pub async fn user(&self, name: &str) -> Result<Client> {
        Client::register(self.address, name).await
    }

    /// Users `<prefix>0`, `<prefix>1`, ….
    pub async fn users(&self, prefix: &str, count: usize) -> Result<Vec<Client>> {
        let mut users = Vec::with_capacity(count);
        for index in 0..count {
            users.push(self.user(&format!("{prefix}{index}")).await?);
        }
        Ok(users)
    }

    /// Processor time used so far, in seconds.
    pub fn cpu_seconds(&self) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
        Ok(ticks / TICKS_A_SECOND)
    }

    /// Resident memory in MiB.
    pub fn resident_mib(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).context("no number in VmRSS")?.parse()?;
        Ok(kib / 1024.0)
    }

    /// Bytes of all files below the data folder.
    pub fn disk_bytes(&self) -> Result<u64> {
        folder_bytes(self.folder.path())
    }

    /// The value of a counter at `/metrics`; 0 when it is not there.
    pub async fn counter(&self, name: &str) -> Result<f64> {
        let text = reqwest::get(format!("http://{}/metrics", self.address)).await?.text().await?;
        let line = text.lines().find(|line| line.starts_with(name));
        Ok(line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or(0.0))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The folder goes after the process: whatever this says, nothing more can be done here.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn folder_bytes(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        bytes += if kind.is_dir() { folder_bytes(&entry.path())? } else { kind.len() };
    }
    Ok(bytes)
}
