//! One `consilium dev` on a folder of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use serde_json::Value;
use tempfile::TempDir;

use crate::{client::Client, process, scenario::Options};

pub struct Server {
    process: Child,
    pub address: SocketAddr,
    metrics: SocketAddr,
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
        let [address, metrics] = consilium_ports::reserve()?;
        let begun = Instant::now();
        let mut process = Command::new(&options.binary)
            .args(["dev", "--listen", &address.to_string(), "--metrics-listen", &metrics.to_string(), "--data-dir"])
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
        Ok(Self { process, address, metrics, folder, started_in: begun.elapsed() })
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
        process::cpu_seconds(self.process.id())
    }

    /// Resident memory in MiB.
    pub fn resident_mib(&self) -> Result<f64> {
        process::resident_mib(self.process.id())
    }

    /// Bytes of all files below the data folder.
    pub fn disk_bytes(&self) -> Result<u64> {
        folder_bytes(self.folder.path())
    }

    /// The sum of a counter at `/metrics` over all its labels. A counter that is not there is an error, not a nought.
    pub async fn counter(&self, name: &str) -> Result<f64> {
        let text = reqwest::get(format!("http://{}/metrics", self.metrics)).await?.text().await?;
        let values: Vec<f64> = text
            .lines()
            .filter(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])))
            .filter_map(|line| line.rsplit(' ').next()?.parse().ok())
            .collect();
        anyhow::ensure!(!values.is_empty(), "no counter {name} in the metrics");
        Ok(values.iter().sum())
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
