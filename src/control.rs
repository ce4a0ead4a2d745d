//! The administrator's way into a running process: a loopback listener of its own, told to the command line by a file in the data folder.
//!
//! `<data_dir>/control.json` (mode 0600) holds address, token and process id while the process runs. The command line (`client.rs`) reads it; where no
//! process runs, it starts one without public listeners and speaks to that. So a command works the same beside a running system and without one.
//!
//! `routes.rs` is what it answers about accounts, `status.rs` what it says of the process itself.
//!
//! Deliberately absent: anything over the network; anything that reads conversations.

mod client;
mod routes;
mod status;

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use consilium_homeserver::Context;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

pub use client::{Control, Made};
pub use routes::{Account, AccountPage, NewAccount, UserClass, router};
pub use status::{BuiltApps, Faces, Status, StoreStatus};

/// Length of the token: 36 letters and digits are 214 bits.
const TOKEN_LENGTH: usize = 36;

/// What the file says.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Ticket {
    address: SocketAddr,
    token: String,
    pid: u32,
}

/// The file; it is removed when this is dropped.
#[derive(Debug)]
pub struct TicketFile {
    path: PathBuf,
    /// The token that requests must carry.
    pub token: String,
}

impl Drop for TicketFile {
    fn drop(&mut self) {
        // A stale file is harmless: nobody answers there, or nobody who knows the token.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("control.json")
}

/// Binds the control listener and writes the file.
pub async fn bind(data_dir: &Path, context: &Context) -> anyhow::Result<(TcpListener, TicketFile)> {
    let listener = TcpListener::bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0))
        .await
        .context("no loopback port is free")?;
    let ticket =
        Ticket { address: listener.local_addr()?, token: context.random_token(TOKEN_LENGTH), pid: std::process::id() };
    let path = path(data_dir);
    let write = || -> std::io::Result<()> {
        let beside = path.with_extension("json.new");
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(&serde_json::to_vec(&ticket)?)?;
        std::fs::rename(&beside, &path)
    };
    write().with_context(|| format!("{} cannot be written", path.display()))?;
    Ok((listener, TicketFile { path, token: ticket.token }))
}
