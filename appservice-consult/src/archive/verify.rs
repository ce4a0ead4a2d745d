//! Proving the archive: every record in its place, unchanged and signed; nothing missing before the counter, the anchor or a consultation that says it was
//! sealed; each record that has its key opens, where the identity is here.

use std::collections::HashMap;

use ed25519_dalek::VerifyingKey;
use sea_query::{Expr, ExprTrait, Func, Query};

use super::anchor::{Anchor, Head};
use super::append::Subject;
use super::record::{self, Content, Position};
use super::tombstone::{self, Tombstone};
use super::{ArchiveError, ArchiveKeys, chain, store};
use crate::api::types::ArchivedCallback;
use crate::store::tables::{Callback, Consultation};
use crate::store::{Session, StoreError, number};

/// Records read at once; one may be large.
const BATCH: u64 = 50;

/// What is wrong with the archive, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFault {
    /// A record is not there.
    #[error("record {0} is missing")]
    Missing(i64),
    /// A record is not what was sealed, or not behind what it was sealed behind.
    #[error("record {0} was changed or moved")]
    Changed(i64),
    /// A head is not signed by the archive's key.
    #[error("record {0} is not signed by the archive")]
    NotSigned(i64),
    /// A record's key is there and does not open it.
    #[error("record {0} does not open with its key")]
    DoesNotOpen(i64),
    /// Records at the end are not there.
    #[error("the archive ends at record {found}; {witness} knows {expected}")]
    Cut {
        /// Last record there.
        found: i64,
        /// Last record that was sealed.
        expected: i64,
        /// Who knows.
        witness: &'static str,
    },
    /// A tombstone names a record that is not the one it names.
    #[error("record {0} says that records were erased which are others")]
    NotTheErased(i64),
    /// A record was erased, and its key is there.
    #[error(
        "record {0} was erased and its key is here again, from a backup it seems: remove it from the table `archive_key`"
    )]
    KeyCameBack(i64),
    /// The anchor has another head for a record: the chain was computed anew.
    #[error("record {0} is not the one whose head was anchored")]
    NotAnchored(i64),
}

/// What an archive is checked with.
pub struct Proof<'a> {
    /// Server name of the tenant.
    pub tenant: &'a str,
    /// Key that signed the heads.
    pub verifying: VerifyingKey,
    /// Heads outside the database.
    pub anchor: &'a Anchor,
    /// Keys that open records; `None`: only the chain is checked.
    pub keys: Option<&'a ArchiveKeys>,
}

/// An archive that is whole.
#[derive(Debug)]
pub struct Verified {
    /// How many records.
    pub records: i64,
    /// What they say was erased: tombstones, with their places.
    pub erased: Vec<(i64, Tombstone)>,
}

/// Checks the whole archive: every record as it was sealed, every erased one without its key.
pub async fn verify(session: &mut Session, proof: &Proof<'_>) -> Result<Result<Verified, ArchiveFault>, ArchiveError> {
    verify_behind(session, proof, 0).await
}

/// Checks the last `most` records, and that none is missing behind them: what can be done while somebody waits. Of what lies before, nothing is said.
pub async fn verify_end(
    session: &mut Session,
    proof: &Proof<'_>,
    most: i64,
) -> Result<Result<Verified, ArchiveFault>, ArchiveError> {
    let sealed = number::last(session, number::ARCHIVE).await?;
    let begin = if sealed > most { sealed - most } else { 0 };
    verify_behind(session, proof, begin).await
}

/// Checks every record behind the one at `begin`; 0: all.
async fn verify_behind(
    session: &mut Session,
    proof: &Proof<'_>,
    begin: i64,
) -> Result<Result<Verified, ArchiveFault>, ArchiveError> {
    let mut erased = Vec::new();
    let anchored: HashMap<i64, Head> = proof.anchor.read()?.into_iter().map(|head| (head.sequence, head)).collect();
    let Some(mut previous) = store::hash_of(session, begin).await? else {
        return Ok(Err(ArchiveFault::Missing(begin)));
    };
    let mut last = begin;
    loop {
        let rows = store::after(session, last, BATCH).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Err(fault) = check(session, proof, &anchored, (last, &previous), &row).await? {
                return Ok(Err(fault));
            }
            if let Subject::Erased(_) = row.subject {
                match check_tombstone(session, &row).await? {
                    Ok(tombstone) => erased.push((row.sequence, tombstone)),
                    Err(fault) => return Ok(Err(fault)),
                }
            }
            (last, previous) = (row.sequence, row.hash);
        }
    }
    let anchored_last = anchored.keys().copied().max().unwrap_or(0);
    let witnesses = [
        ("the counter", number::last(session, number::ARCHIVE).await?),
        ("the anchor", anchored_last),
        ("a consultation", last_of_consultations(session).await?),
        ("a call-back", last_of_callbacks(session).await?),
    ];
    let cut = witnesses.into_iter().find(|(_, expected)| *expected > last);
    Ok(match cut {
        Some((witness, expected)) => Err(ArchiveFault::Cut { found: last, expected, witness }),
        None => Ok(Verified { records: last, erased }),
    })
}

/// What a tombstone names is what was erased, and its keys are gone.
async fn check_tombstone(
    session: &mut Session,
    row: &store::RecordRow,
) -> Result<Result<Tombstone, ArchiveFault>, ArchiveError> {
    let Ok(tombstone) = tombstone::read(&row.ciphertext) else {
        return Ok(Err(ArchiveFault::DoesNotOpen(row.sequence)));
    };
    for record in &tombstone.records {
        let is_before = record.sequence < row.sequence;
        if !is_before || store::hash_of(session, record.sequence).await?.as_ref() != Some(&record.hash) {
            return Ok(Err(ArchiveFault::NotTheErased(row.sequence)));
        }
        if store::has_key(session, record.sequence).await? {
            return Ok(Err(ArchiveFault::KeyCameBack(record.sequence)));
        }
    }
    Ok(Ok(tombstone))
}

async fn check(
    session: &mut Session,
    proof: &Proof<'_>,
    anchored: &HashMap<i64, Head>,
    (last, previous): (i64, &str),
    row: &store::RecordRow,
) -> Result<Result<(), ArchiveFault>, ArchiveError> {
    if row.sequence != last + 1 {
        return Ok(Err(ArchiveFault::Missing(last + 1)));
    }
    if row.expected_hash(proof.tenant, previous) != row.hash {
        return Ok(Err(ArchiveFault::Changed(row.sequence)));
    }
    if !chain::is_signed(&proof.verifying, row.sequence, &row.hash, &row.signature) {
        return Ok(Err(ArchiveFault::NotSigned(row.sequence)));
    }
    if anchored.get(&row.sequence).is_some_and(|head| head.hash != row.hash) {
        return Ok(Err(ArchiveFault::NotAnchored(row.sequence)));
    }
    let Some(keys) = proof.keys else { return Ok(Ok(())) };
    let sealed = match store::sealed(session, row).await {
        Err(ArchiveError::Erased) => return Ok(Ok(())),
        other => other?,
    };
    let position = Position { tenant: proof.tenant, sequence: row.sequence, subject: &row.subject.bound() };
    let opened = match row.subject {
        Subject::Consultation(_) => record::open::<Content>(keys, position, &sealed).map(drop),
        Subject::Callback(_) => record::open::<ArchivedCallback>(keys, position, &sealed).map(drop),
        // It has no key, and was read before.
        Subject::Erased(_) => Ok(()),
    };
    Ok(match opened {
        Ok(()) | Err(ArchiveError::NoIdentity) => Ok(()),
        Err(_) => Err(ArchiveFault::DoesNotOpen(row.sequence)),
    })
}

async fn last_of_consultations(session: &mut Session) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::max(Expr::col(Consultation::SealedSequence))).from(Consultation::Table);
    select.and_where(Expr::col(Consultation::SealedSequence).is_not_null());
    Ok(session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())?.unwrap_or(0))
}

async fn last_of_callbacks(session: &mut Session) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::max(Expr::col(Callback::SealedSequence))).from(Callback::Table);
    select.and_where(Expr::col(Callback::SealedSequence).is_not_null());
    Ok(session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())?.unwrap_or(0))
}

/// Appends to the anchor the heads that a crash kept from it.
pub async fn mend_anchor(session: &mut Session, anchor: &Anchor) -> Result<(), ArchiveError> {
    let mut last = anchor.read()?.iter().map(|head| head.sequence).max().unwrap_or(0);
    loop {
        let rows = store::after(session, last, BATCH).await?;
        let Some(newest) = rows.last() else { return Ok(()) };
        last = newest.sequence;
        anchor.append(&rows.iter().map(store::RecordRow::head).collect::<Vec<_>>())?;
    }
}
