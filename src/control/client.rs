//! The command line's side: finds the running process, or starts one without public listeners.

use std::time::Duration;

use anyhow::{Context as _, bail};
use consilium_config::{Config, TenantSlug};
use http::StatusCode;

use super::{Account, AccountPage, NewAccount, Status, Ticket, path};
use crate::lease;
use crate::system::Offline;

/// How long a running process may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A connection to the process that holds the data.
pub struct Control {
    http: reqwest::Client,
    ticket: Ticket,
    /// The process that was started for this command alone.
    offline: Option<Offline>,
}

/// What came of making an account.
#[derive(Debug)]
pub enum Made {
    New(Account),
    /// The name was taken before.
    Exists,
}

impl Control {
    /// The running process of this installation; `None`: none answers. What a dead one left behind is not believed: its port may be somebody else's by now.
    pub async fn running(config: &Config) -> anyhow::Result<Option<Self>> {
        let Some(ticket) = read(config) else { return Ok(None) };
        if !lease::is_held(&config.data_dir)? {
            return Ok(None);
        }
        if tokio::net::TcpStream::connect(ticket.address).await.is_err() {
            return Ok(None);
        }
        Ok(Some(Self { http: http()?, ticket, offline: None }))
    }

    /// The running process of this installation, else one of our own.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        if let Some(running) = Self::running(config).await? {
            return Ok(running);
        }
        let offline =
            Offline::start(config).await.context("no running process answers, and the data cannot be opened")?;
        let ticket = read(config).context("control.json was written a moment ago")?;
        Ok(Self { http: http()?, ticket, offline: Some(offline) })
    }

    /// What the process says of itself; `None`: it is of a build that does not say it.
    pub async fn status(&self) -> anyhow::Result<Option<Status>> {
        let request = self.http.get(format!("http://{}/status", self.ticket.address)).bearer_auth(&self.ticket.token);
        let answer = request.send().await?;
        match answer.status() {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Ok(Some(answer.json().await?)),
            _ => bail!(answer.text().await?),
        }
    }

    /// Makes an account.
    pub async fn create_account(&self, tenant: &TenantSlug, new: &NewAccount) -> anyhow::Result<Made> {
        let request = self.http.post(self.url(tenant)).bearer_auth(&self.ticket.token);
        let answer = request.header("content-type", "application/json").body(serde_json::to_vec(new)?).send().await?;
        match answer.status() {
            StatusCode::CONFLICT => Ok(Made::Exists),
            status if status.is_success() => Ok(Made::New(answer.json().await?)),
            _ => bail!("{}: {}", new.localpart, answer.text().await?),
        }
    }

    /// Locks an account, or unlocks it; returns its whole user id.
    pub async fn set_locked(&self, tenant: &TenantSlug, name: &str, locked: bool) -> anyhow::Result<String> {
        let mut url = reqwest::Url::parse(&self.url(tenant))?;
        url.path_segments_mut().map_err(|()| anyhow::anyhow!("the address has no path"))?.extend([name, "lock"]);
        let request = self.http.put(url).bearer_auth(&self.ticket.token).header("content-type", "application/json");
        let answer = request.body(locked.to_string()).send().await?;
        match answer.status() {
            status if status.is_success() => Ok(answer.text().await?),
            _ => bail!(answer.text().await?),
        }
    }

    /// All accounts of a tenant.
    pub async fn accounts(&self, tenant: &TenantSlug) -> anyhow::Result<Vec<Account>> {
        let mut all = Vec::new();
        let mut after = String::new();
        loop {
            let request = self.http.get(format!("{}{after}", self.url(tenant))).bearer_auth(&self.ticket.token);
            let answer = request.send().await?;
            if !answer.status().is_success() {
                bail!(answer.text().await?);
            }
            let page: AccountPage = answer.json().await?;
            all.extend(page.accounts);
            match page.next {
                Some(next) => after = format!("?after={next}"),
                None => return Ok(all),
            }
        }
    }

    /// Ends what was started for this command.
    pub async fn close(self) {
        if let Some(offline) = self.offline {
            offline.stop().await;
        }
    }

    fn url(&self, tenant: &TenantSlug) -> String {
        format!("http://{}/tenants/{tenant}/accounts", self.ticket.address)
    }
}

fn http() -> anyhow::Result<reqwest::Client> {
    Ok(reqwest::Client::builder().timeout(TIMEOUT).no_proxy().tls_certs_only([]).build()?)
}

fn read(config: &Config) -> Option<Ticket> {
    serde_json::from_slice(&std::fs::read(path(&config.data_dir)).ok()?).ok()
}
