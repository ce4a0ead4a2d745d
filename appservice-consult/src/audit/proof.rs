//! The log checked while the service runs: one check of a tenant at a time, beside everything else, as `consilium archive verify` does it at the command line.
//!
//! What came out is kept in memory, and that it was asked for stands in the log. A restart forgets it: the log can be checked again.

use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::json;

use super::log::{self, Entry, Subject};
use super::verify::{AuditFault, Check, Whole};
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::ids::OperatorId;
use crate::store::{StoreError, number};
use crate::tenant::Tenant;
use crate::time::Time;

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every entry is as it was written.
    Whole(Whole),
    /// One is not, or not there.
    Broken(AuditFault),
    /// The log could not be read.
    Failed,
}

/// The check that was asked for last.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Who asked.
    pub by: OperatorId,
    /// When.
    pub started_at: Time,
    /// Entries that there were then: so far it goes.
    pub entries: i64,
    /// Entries that were found to be right.
    pub checked: i64,
    /// When it ended, and how; `None`: it runs.
    pub end: Option<(Time, Outcome)>,
}

/// The latest check of a tenant.
#[derive(Debug, Default)]
pub struct Prover {
    latest: Mutex<Option<Proof>>,
}

impl Prover {
    /// The latest check; `None`: none since the service started.
    pub fn latest(&self) -> Option<Proof> {
        self.latest.lock().clone()
    }

    fn change(&self, change: impl FnOnce(&mut Proof)) {
        if let Some(proof) = self.latest.lock().as_mut() {
            change(proof);
        }
    }
}

/// Begins a check, unless one runs: then that one is joined.
pub async fn begin(tenant: &Arc<Tenant>, by: OperatorId, actor: Actor) -> Result<Proof, StoreError> {
    let mut reading = tenant.store.read().await?;
    let entries = number::last(&mut reading, number::AUDIT).await?;
    drop(reading);
    let proof = {
        let mut latest = tenant.prover.latest.lock();
        if let Some(running) = latest.as_ref().filter(|proof| proof.end.is_none()) {
            return Ok(running.clone());
        }
        latest.insert(Proof { by, started_at: tenant.context.now(), entries, checked: 0, end: None }).clone()
    };
    tokio::spawn(run(Arc::clone(tenant), actor, entries));
    Ok(proof)
}

async fn run(tenant: Arc<Tenant>, actor: Actor, entries: i64) {
    let outcome = outlived(checked_and_noted(Arc::clone(&tenant), actor, entries)).await;
    tenant.prover.change(|proof| proof.end = Some((tenant.context.now(), outcome)));
}

async fn checked_and_noted(tenant: Arc<Tenant>, actor: Actor, entries: i64) -> Result<Outcome, StoreError> {
    let outcome = check(&tenant, entries).await?;
    note(&tenant, &actor, &outcome).await?;
    Ok(outcome)
}

/// What comes out of a check, whatever becomes of it: it has a task of its own, so that what dies there is the end of the check and of nothing else.
async fn outlived(checking: impl Future<Output = Result<Outcome, StoreError>> + Send + 'static) -> Outcome {
    match tokio::spawn(checking).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => {
            tracing::error!(error = %chain(&error), "the audit log could not be checked");
            Outcome::Failed
        }
        Err(error) => {
            tracing::error!(error = %error, "a check of the audit log died");
            Outcome::Failed
        }
    }
}

/// Checks the log up to the entry that was the last one; a snapshot for each step, so that a long check keeps no old one alive.
async fn check(tenant: &Tenant, entries: i64) -> Result<Outcome, StoreError> {
    let mut check = Check::begin();
    loop {
        let mut reading = tenant.store.read_at_length().await?;
        let went_on = check.go_on(&mut reading, &tenant.key).await?;
        drop(reading);
        let whole = check.so_far();
        tenant.prover.change(|proof| proof.checked = whole.entries);
        match went_on {
            Ok(true) if whole.entries < entries => {}
            Ok(_) => return Ok(Outcome::Whole(whole)),
            Err(fault) => return Ok(Outcome::Broken(fault)),
        }
    }
}

/// That the log was checked, and what came out.
async fn note(tenant: &Tenant, actor: &Actor, outcome: &Outcome) -> Result<(), StoreError> {
    let (is_whole, entries) = match outcome {
        Outcome::Whole(whole) => (true, whole.entries),
        Outcome::Broken(AuditFault::Missing(entry) | AuditFault::Changed(entry)) => (false, *entry),
        Outcome::Broken(AuditFault::Cut { found, .. }) => (false, *found),
        Outcome::Failed => return Ok(()),
    };
    let mut writing = tenant.store.write().await?;
    let entry = Entry {
        at: tenant.context.now(),
        actor,
        action: "audit.verified",
        subject: Subject { kind: "list", id: "audit" },
        detail: json!({ "whole": is_whole, "up_to": entries }),
    };
    log::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await
}

#[cfg(test)]
mod tests {
    use super::super::verify::AuditFault;
    use super::{Outcome, outlived};
    use crate::store::StoreError;

    #[tokio::test]
    async fn a_check_has_an_end_whatever_becomes_of_it() {
        let broken = Outcome::Broken(AuditFault::Missing(3));
        let found = broken.clone();
        assert_eq!(outlived(async move { Ok(found) }).await, broken);
        let unreadable = async { Err(StoreError::unknown_value("action", "?")) };
        assert_eq!(outlived(unreadable).await, Outcome::Failed);
        let dies = true;
        let dying = async move {
            assert!(!dies, "the check died, as the test wants it");
            Ok(Outcome::Failed)
        };
        assert_eq!(outlived(dying).await, Outcome::Failed);
    }
}
