//! When heads are sent, and what becomes of them.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::heads::{Head, Heads};
use super::store;
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::archive;
use crate::audit;
use crate::config::NotaryConfig;
use crate::outward::{Outward, OutwardError};
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::time::Time;

/// Between two looks at whether they are due.
const LOOK: Duration = Duration::from_secs(15);
/// Pause after the first attempt that came to nothing; each is twice the one before. Unit: seconds.
const PAUSE_FIRST_SECONDS: i64 = 60;
/// Longest pause. Unit: seconds.
const PAUSE_MAX_SECONDS: i64 = 3_600;
const LOCK: &str = "notary";

/// The notary of a tenant, and how asking it goes.
pub struct Office {
    outward: Outward,
    every: Duration,
    trouble: Mutex<Trouble>,
}

/// Attempts that came to nothing since the last that did not.
#[derive(Debug, Clone, Default)]
struct Trouble {
    attempts: i64,
    not_before: Option<Time>,
    /// What was sent last: it may have been taken all the same, and only the answer lost.
    sent: Option<Heads>,
}

/// What a look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// They are not due.
    NotYet,
    /// These were taken.
    Taken(Heads),
}

/// They could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum NotaryError {
    /// The notary is not reached, or does not answer.
    #[error("the notary: {0}")]
    Silent(String),
    /// It does not take them.
    #[error("the notary answered with status {0}")]
    NotTaken(u16),
    /// What was counted last is not there: only a check says more.
    #[error("the end of {0} is not there: run `consilium archive verify`")]
    EndMissing(&'static str),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<OutwardError> for NotaryError {
    fn from(error: OutwardError) -> Self {
        Self::Silent(error.to_string())
    }
}

impl Office {
    /// At the address of the configuration.
    pub fn new(config: &NotaryConfig) -> Self {
        Self { outward: Outward::new(&config.outward), every: config.every, trouble: Mutex::default() }
    }

    fn is_due(&self, last: Option<&Heads>, now: Time) -> bool {
        let every = i64::try_from(self.every.as_secs()).unwrap_or(i64::MAX);
        let is_old = last.is_none_or(|last| now.seconds_since(last.at) >= every);
        is_old && self.trouble.lock().not_before.is_none_or(|not_before| not_before <= now)
    }

    /// What was sent before, where its ends still stand: the same request, to the letter. Else these.
    fn tried_again(&self, heads: Heads) -> Heads {
        let mut trouble = self.trouble.lock();
        let again = trouble.sent.take().filter(|sent| sent.are_those_of(&heads));
        trouble.sent.insert(again.unwrap_or(heads)).clone()
    }

    fn failed(&self, now: Time) {
        let mut trouble = self.trouble.lock();
        trouble.attempts += 1;
        let doublings = u32::try_from((trouble.attempts - 1).clamp(0, 16)).unwrap_or(0);
        let pause = PAUSE_FIRST_SECONDS.saturating_mul(2_i64.saturating_pow(doublings)).min(PAUSE_MAX_SECONDS);
        trouble.not_before = Some(now.plus_seconds(pause));
    }
}

/// Sends the heads of now, if they are due. One at a time.
pub async fn look(tenant: &Tenant) -> Result<Sent, NotaryError> {
    let Some(office) = &tenant.notary else { return Ok(Sent::NotYet) };
    let _turn = tenant.locks.lock(LOCK).await;
    let now = tenant.context.now();
    let mut reading = tenant.store.read().await?;
    let last = store::last(&mut reading, &tenant.server_name).await?;
    drop(reading);
    if !office.is_due(last.as_ref(), now) {
        return Ok(Sent::NotYet);
    }
    let sent = send(tenant, office, last.map_or(1, |last| last.sequence + 1), now).await;
    match &sent {
        Ok(_) => *office.trouble.lock() = Trouble::default(),
        Err(_) => office.failed(now),
    }
    sent.map(Sent::Taken)
}

async fn send(tenant: &Tenant, office: &Office, sequence: i64, now: Time) -> Result<Heads, NotaryError> {
    let heads = office.tried_again(heads(tenant, sequence, now).await?);
    let body = serde_json::to_vec(&heads).expect("heads have only string keys");
    let answer = office.outward.post(&heads.id(), body, now).await?;
    if !(200..300).contains(&answer.status) {
        return Err(NotaryError::NotTaken(answer.status));
    }
    let mut writing = tenant.store.write().await?;
    store::insert(&mut writing, &heads).await?;
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor: &Actor::System,
        action: "heads.sent",
        subject: audit::Subject { kind: "archive", id: "heads" },
        detail: json!({ "archive": heads.archive.sequence, "audit": heads.audit.sequence }),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await?;
    Ok(heads)
}

/// The heads of now, both of one moment.
async fn heads(tenant: &Tenant, sequence: i64, now: Time) -> Result<Heads, NotaryError> {
    let mut reading = tenant.store.read().await?;
    let (at, hash) = archive::head(&mut reading).await?.ok_or(NotaryError::EndMissing("the archive"))?;
    let of_archive = Head { sequence: at, hash };
    let (at, hash) = audit::head(&mut reading).await?.ok_or(NotaryError::EndMissing("the audit log"))?;
    let of_audit = Head { sequence: at, hash };
    Ok(Heads::sign(&tenant.archive.keys, &tenant.server_name, (sequence, now), of_archive, of_audit))
}

/// Looks again and again until it is told to stop; ends at once where there is no notary.
pub async fn run(tenant: Arc<Tenant>, stop: CancellationToken) {
    if tenant.notary.is_none() {
        return;
    }
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let looking = async {
            looks.tick().await;
            look(&tenant).await
        };
        let looked = tokio::select! {
            () = stop.cancelled() => return,
            looked = looking => looked,
        };
        if let Err(error) = looked {
            tracing::warn!(error = %chain(&error), "the heads of archive and audit log were not taken");
        }
    }
}
