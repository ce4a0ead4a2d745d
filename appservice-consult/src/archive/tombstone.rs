//! Tombstones: what stays in the chain of records that were erased. The key of each record is destroyed in the transaction that appends the tombstone.
//!
//! A tombstone can be read by everybody who has the chain, and has nothing personal: ids, numbers, hashes. What a supervisor gave as reason stands in it as a
//! hash over a salt and the text, which lie sealed elsewhere.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::append::{Appended, Subject, append_open, proof_of};
use super::record::Content;
use super::{ArchiveError, record, store};
use crate::api::types::{ArchivedFile, Chain, ErasedRecord, ErasureCause, ErasureCounts};
use crate::ids::ConsultationId;
use crate::store::{Session, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::framed;
use crate::time::Time;

/// Version of the form.
const FORM: u32 = 1;
/// Keeps hashes of reasons apart from any other.
const DOMAIN: &[u8] = b"consilium erasure reason 1";

/// What was erased, when, by whom. Persisted for ever: fields are added, never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// Version of this form.
    pub form: u32,
    /// When.
    pub erased_at: Time,
    /// Who: a Matrix user id, or `system`.
    pub by: String,
    /// Why.
    pub cause: ErasureCause,
    /// Hash of salt and reason, hexadecimal; null: no reason was given.
    pub reason_hash: Option<String>,
    /// Class that the records were of.
    pub class: Option<String>,
    /// When their time was over.
    pub due_at: Option<Time>,
    /// The records whose keys were destroyed.
    pub records: Vec<ErasedRecord>,
    /// What went with them.
    pub counts: ErasureCounts,
    /// `mxc:` addresses of the files that go; null: the records did not open here, so nobody knows.
    pub files: Option<Vec<String>>,
}

/// What a tombstone says besides the records that it is for.
#[derive(Debug)]
pub struct Inscription {
    /// Who: a Matrix user id, or `system`.
    pub by: String,
    /// Why.
    pub cause: ErasureCause,
    /// See [`reason_hash`].
    pub reason_hash: Option<String>,
    /// Class and time of the records.
    pub terms: Option<(String, Time)>,
    /// What went with them.
    pub counts: ErasureCounts,
    /// Addresses of their files.
    pub files: Option<Vec<String>>,
}

/// A reason's hash.
pub fn reason_hash(salt: &[u8], reason: &str) -> String {
    hex::encode(Sha256::digest(framed(&[DOMAIN, salt, reason.as_bytes()])))
}

/// The files that a consultation's records name; `None` where not all of them open here.
pub async fn files_of(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<Option<Vec<ArchivedFile>>, ArchiveError> {
    let mut files = Vec::new();
    for row in store::of_consultation(session, id).await? {
        let sealed = store::sealed(session, &row).await?;
        let bound = row.subject.bound();
        let position = row.position(&tenant.server_name, &bound);
        match record::open::<Content>(&tenant.archive.keys, position, &sealed) {
            Ok(content) => files.extend(content.files),
            Err(ArchiveError::NoIdentity | ArchiveError::DoesNotOpen) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    Ok(Some(files))
}

/// Destroys the keys of all records about a subject and appends its tombstone. Once the transaction is committed, `anchor_head` follows.
///
/// Errors: `NotFound` where there is no record.
pub async fn bury(
    writing: &mut Writing,
    tenant: &Tenant,
    subject: &Subject,
    inscription: Inscription,
) -> Result<Appended, ArchiveError> {
    let rows = match subject {
        Subject::Consultation(id) => store::of_consultation(writing, id).await?,
        Subject::Callback(id) => store::of_callback(writing, id).await?,
        Subject::Erased(_) => Vec::new(),
    };
    if rows.is_empty() {
        return Err(ArchiveError::NotFound);
    }
    for row in &rows {
        store::destroy_key(writing, row.sequence).await?;
    }
    let Inscription { by, cause, reason_hash, terms, counts, files } = inscription;
    let (class, due_at) = terms.unzip();
    let records = rows.into_iter().map(|row| ErasedRecord {
        sequence: row.sequence,
        hash: row.hash,
        sealed_at: Time::from_millis(row.sealed_at),
        message_count: row.message_count,
        file_count: row.file_count,
    });
    let records = records.collect();
    let erased_at = tenant.context.now();
    let tombstone = Tombstone { form: FORM, erased_at, by, cause, reason_hash, class, due_at, records, counts, files };
    let content = serde_json::to_vec(&tombstone).expect("a tombstone has only string keys");
    append_open(writing, tenant, &Subject::Erased(Box::new(subject.clone())), content).await
}

/// A tombstone as it stands in the chain.
#[derive(Debug)]
pub struct Stone {
    /// What it says.
    pub tombstone: Tombstone,
    /// The very bytes that its hash covers.
    pub text: String,
    /// Signature of its head, hexadecimal.
    pub signature: String,
    /// Its place, and whether it holds.
    pub chain: Chain,
}

/// The tombstone at a place in the chain.
///
/// Errors: `NotFound`, `DoesNotOpen`, `Store`.
pub async fn stone(session: &mut Session, tenant: &Tenant, sequence: i64) -> Result<Stone, ArchiveError> {
    let row = store::at(session, sequence).await?.ok_or(ArchiveError::NotFound)?;
    let chain = proof_of(session, tenant, &row).await?;
    let tombstone = read(&row.ciphertext)?;
    let text = String::from_utf8(row.ciphertext).map_err(|_| ArchiveError::DoesNotOpen)?;
    Ok(Stone { tombstone, text, signature: row.signature, chain })
}

/// What a tombstone's bytes say.
pub(super) fn read(bytes: &[u8]) -> Result<Tombstone, ArchiveError> {
    serde_json::from_slice(bytes).map_err(|_| ArchiveError::DoesNotOpen)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{read, reason_hash};
    use crate::api::types::ErasureCause;

    #[test]
    fn a_reason_shows_in_its_hash_and_only_with_its_salt() {
        assert_eq!(reason_hash(&[1; 16], "asked for it"), reason_hash(&[1; 16], "asked for it"));
        assert_ne!(reason_hash(&[1; 16], "asked for it"), reason_hash(&[2; 16], "asked for it"));
        assert_ne!(reason_hash(&[1; 16], "asked for it"), reason_hash(&[1; 16], "asked for"));
    }

    #[test]
    fn the_first_form_reads_for_ever() {
        let bytes = r#"{"form":1,"erased_at":"2026-11-29T10:00:00Z","by":"system","cause":"due","reason_hash":null,"class":"standard",
            "due_at":"2026-11-29T00:00:00Z","records":[{"sequence":1,"hash":"ab","sealed_at":"2021-11-28T10:00:00Z","message_count":2,"file_count":1}],
            "counts":{"notes":1,"conclusions":0,"calls":0,"tags":2},"files":["mxc://x/1"]}"#;
        let tombstone = read(bytes.as_bytes()).unwrap();
        assert_eq!((tombstone.cause, tombstone.records[0].sequence), (ErasureCause::Due, 1));
        assert!(read(b"{}").is_err());
    }
}
