//! Appending a record to the chain, whatever it is about, and proving one that is read back.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::record::{self, Position};
use super::store::{self, RecordRow};
use super::{ArchiveError, chain};
use crate::api::types::Chain;
use crate::ids::{CallbackId, ConsultationId};
use crate::store::{Session, Writing, number};
use crate::tenant::Tenant;
use crate::time::Time;

/// What a record is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A consultation.
    Consultation(ConsultationId),
    /// A call-back.
    Callback(CallbackId),
    /// That something was erased: a tombstone.
    Erased(Box<Subject>),
}

impl Subject {
    /// What hash and ciphertext are bound to. Persisted: that of a consultation is its bare id, because once there was nothing else.
    pub(super) fn bound(&self) -> String {
        match self {
            Self::Consultation(id) => id.to_string(),
            Self::Callback(id) => format!("callback/{id}"),
            Self::Erased(subject) => format!("erased/{}", subject.bound()),
        }
    }
}

/// What is counted in the open beside a record.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Messages.
    pub messages: i64,
    /// Files.
    pub files: i64,
}

/// A record that was appended in a transaction.
#[derive(Debug)]
pub struct Appended {
    /// Its place in the chain.
    pub sequence: i64,
    /// When.
    pub sealed_at: Time,
    /// What was counted.
    pub counts: Counts,
    row: RecordRow,
}

/// Seals a content and appends it. Once the transaction is committed, [`anchor_head`] follows.
pub async fn append<C: Serialize>(
    writing: &mut Writing,
    tenant: &Tenant,
    subject: &Subject,
    content: &C,
    counts: Counts,
) -> Result<Appended, ArchiveError> {
    let sequence = number::next(writing, number::ARCHIVE).await?;
    let position = Position { tenant: &tenant.server_name, sequence, subject: &subject.bound() };
    let sealed = record::seal(&tenant.archive.keys, &tenant.context, position, content);
    let appended = chained(writing, tenant, (sequence, subject), sealed.ciphertext, counts).await?;
    store::insert_key(writing, sequence, sealed.wrapped_key).await?;
    Ok(appended)
}

/// Appends what everybody may read, as it is. Once the transaction is committed, [`anchor_head`] follows.
pub(super) async fn append_open(
    writing: &mut Writing,
    tenant: &Tenant,
    subject: &Subject,
    content: Vec<u8>,
) -> Result<Appended, ArchiveError> {
    let sequence = number::next(writing, number::ARCHIVE).await?;
    chained(writing, tenant, (sequence, subject), content, Counts { messages: 0, files: 0 }).await
}

async fn chained(
    writing: &mut Writing,
    tenant: &Tenant,
    (sequence, subject): (i64, &Subject),
    ciphertext: Vec<u8>,
    counts: Counts,
) -> Result<Appended, ArchiveError> {
    let sealed_at = tenant.context.now();
    let mut row = RecordRow {
        sequence,
        subject: subject.clone(),
        sealed_at: sealed_at.as_millis(),
        message_count: counts.messages,
        file_count: counts.files,
        ciphertext,
        hash: String::new(),
        signature: String::new(),
    };
    // A gap in the chain is not papered over: the new record continues from what is there, and `verify` names the gap.
    let previous = store::hash_of(writing, sequence - 1).await?.unwrap_or_else(|| chain::GENESIS.to_owned());
    row.hash = row.expected_hash(&tenant.server_name, &previous);
    row.signature = hex::encode(tenant.archive.keys.sign(&chain::signed_bytes(sequence, &row.hash)));
    store::insert(writing, &row).await?;
    Ok(Appended { sequence, sealed_at, counts, row })
}

/// Writes a record's head outside the database, once it is durable there. A crash in between is mended at the next start.
pub fn anchor_head(tenant: &Tenant, appended: &Appended) -> Result<(), ArchiveError> {
    tenant.archive.anchor.append(&[appended.row.head()])
}

/// Opens the record at a place in the chain, with its proof.
///
/// Errors: `NotFound`, `Erased`, `NoIdentity`, `DoesNotOpen`, `Store`.
pub async fn open_one<C: DeserializeOwned>(
    session: &mut Session,
    tenant: &Tenant,
    sequence: i64,
) -> Result<(C, Chain), ArchiveError> {
    let row = store::at(session, sequence).await?.ok_or(ArchiveError::NotFound)?;
    let position = Position { tenant: &tenant.server_name, sequence, subject: &row.subject.bound() };
    let sealed = store::sealed(session, &row).await?;
    let content = record::open(&tenant.archive.keys, position, &sealed)?;
    Ok((content, proof_of(session, tenant, &row).await?))
}

/// Whether hash and signature of a record hold.
pub(super) async fn proof_of(session: &mut Session, tenant: &Tenant, row: &RecordRow) -> Result<Chain, ArchiveError> {
    let previous_hash = store::hash_of(session, row.sequence - 1).await?.unwrap_or_else(|| chain::GENESIS.to_owned());
    let is_signed = chain::is_signed(&tenant.archive.keys.verifying(), row.sequence, &row.hash, &row.signature);
    let signature_valid = is_signed && row.expected_hash(&tenant.server_name, &previous_hash) == row.hash;
    Ok(Chain { sequence: row.sequence, hash: row.hash.clone(), previous_hash, signature_valid })
}
