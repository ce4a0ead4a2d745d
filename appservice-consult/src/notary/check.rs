//! Heads held against what is here: those that were sent, and those that the notary kept.

use ed25519_dalek::VerifyingKey;

use super::heads::{Head, Heads};
use super::store;
use crate::archive;
use crate::audit;
use crate::store::{Session, StoreError};
use crate::time::Time;

/// Heads read at once.
const BATCH: u64 = 500;

/// What is wrong with heads, and which.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadsFault {
    /// A line is no heads at all.
    #[error("line {0} holds no heads")]
    Unreadable(usize),
    /// They are not signed by this archive's key.
    #[error("the heads of {0} are not signed by this archive")]
    NotSigned(Time),
    /// One that was sent is not there.
    #[error("heads {0} were sent and are not here")]
    Missing(i64),
    /// The archive is another one than when they were sent.
    #[error("record {record} of the archive is not what it was on {at}")]
    Archive {
        /// The record.
        record: i64,
        /// When it was sent.
        at: Time,
    },
    /// The audit log is another one than when they were sent.
    #[error("entry {entry} of the audit log is not what it was on {at}")]
    Audit {
        /// The entry.
        entry: i64,
        /// When it was sent.
        at: Time,
    },
}

/// What they are held against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// Server name of the tenant.
    pub tenant: &'a str,
    /// Key of the archive's signatures.
    pub verifying: &'a VerifyingKey,
}

/// Those that were sent, as the database has them. `Ok(Ok(n))`: n heads, and all of them are true.
///
/// The chains themselves are proved elsewhere: here is whether they are still those whose heads went out.
pub async fn check_sent(session: &mut Session, against: Against<'_>) -> Result<Result<i64, HeadsFault>, StoreError> {
    let mut last = 0;
    loop {
        let some = store::after(session, against.tenant, last, BATCH).await?;
        if some.is_empty() {
            return Ok(Ok(last));
        }
        for heads in some {
            if heads.sequence != last + 1 {
                return Ok(Err(HeadsFault::Missing(last + 1)));
            }
            if let Err(fault) = check(session, against, &heads).await? {
                return Ok(Err(fault));
            }
            last = heads.sequence;
        }
    }
}

/// Those that the notary kept, a line for each as it was sent; those of other tenants are left out. `Ok(Ok(n))`: n heads of this one, all of them true.
pub async fn check_kept(
    session: &mut Session,
    against: Against<'_>,
    text: &str,
) -> Result<Result<i64, HeadsFault>, StoreError> {
    let mut count = 0;
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let Ok(heads) = serde_json::from_str::<Heads>(line) else { return Ok(Err(HeadsFault::Unreadable(number))) };
        if heads.tenant != against.tenant {
            continue;
        }
        if let Err(fault) = check(session, against, &heads).await? {
            return Ok(Err(fault));
        }
        count += 1;
    }
    Ok(Ok(count))
}

async fn check(
    session: &mut Session,
    Against { verifying, .. }: Against<'_>,
    heads: &Heads,
) -> Result<Result<(), HeadsFault>, StoreError> {
    let at = heads.at;
    if !heads.are_signed(verifying) {
        return Ok(Err(HeadsFault::NotSigned(at)));
    }
    let Head { sequence: record, hash } = &heads.archive;
    if archive::hash_at(session, *record).await?.as_ref() != Some(hash) {
        return Ok(Err(HeadsFault::Archive { record: *record, at }));
    }
    let Head { sequence: entry, hash } = &heads.audit;
    if audit::hash_at(session, *entry).await?.as_ref() != Some(hash) {
        return Ok(Err(HeadsFault::Audit { entry: *entry, at }));
    }
    Ok(Ok(()))
}
