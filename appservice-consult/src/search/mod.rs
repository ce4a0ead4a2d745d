//! Full text of the archive: which sealed consultations and call-backs have these words, and where in them.
//!
//! The index is sealed as the records are. Its key is derived from the archive's identity, so who cannot open records cannot search them either. A word stands
//! in it as a keyed hash, another one in each **bucket** of 16,384 documents; behind it, sealed and padded, which documents of the bucket have it. Without the
//! key a copy of the database shows how many different words there are, of each the order of magnitude of how often it occurs in a bucket, and which rows were
//! written together; no word, and no link between two buckets.
//!
//! A hash says nothing of how a word begins. For searches by the **beginning** of a word (`aller*`) the stems of a bucket that share their first three letters
//! stand together, sealed and padded, behind a hash of these letters. It shows how many beginnings a bucket has, and of each the order of magnitude of how many
//! words begin so; which words, and in which documents, it does not.
//!
//! - A **document** is a sealed consultation, all its records and the notes of staff on it, or a sealed call-back, with what was noted while it was open; its
//!   number is the place of its first record in the chain.
//! - An operator finds what he may read in the archive: of call-backs those that he had in his hands last. Of what he heard a part he finds by the words of that
//!   part alone: they stand under labels of his own.
//! - Every search is an audit entry, and each consultation or call-back of which words are shown is one more, as if it had been opened.
//!
//! | file | decides |
//! |---|---|
//! | `words.rs` | what a word is, and which words are the same; pure |
//! | `query.rs` | what was typed, as it is looked up; pure |
//! | `beginning.rs` | what stands behind the beginning of a word; pure |
//! | `piece.rs` | which texts of a consultation or call-back are found; pure |
//! | `slots.rs` | sets of documents and their bytes; pure |
//! | `key.rs` | labels, sealing |
//! | `subject.rs` | what a document is |
//! | `document.rs` | what it is found by, and by whom |
//! | `entries.rs` | putting documents in, taking them out |
//! | `index.rs` | reading what waits, in the background; making the index anew |
//! | `narrow.rs` | what of a filter the index does not have |
//! | `find.rs` | a query carried out on the index |
//! | `snippet.rs` | the words around a hit; pure |
//! | `service.rs` | a search: found, opened, recorded |
//! | `said.rs` | what was searched for, sealed beside the audit log |
//! | `verify.rs` | that index and archive agree |
//! | `store.rs` | rows |
//!
//! Invariants: what is erased is out of the index in the transaction that destroys its keys; what is sealed or noted is marked to be read in the transaction
//! that writes it, and a mark is taken off in the one that writes what was read; a word that was searched for stands in no address, log or audit entry.
//!
//! Deliberately absent: ranking (the newest stand first), parts of words that are not their beginning.

mod beginning;
mod document;
mod entries;
mod find;
mod index;
mod key;
mod narrow;
mod piece;
mod problem;
mod query;
mod said;
mod service;
mod slots;
mod snippet;
mod store;
mod subject;
mod verify;
mod words;

use crate::archive::ArchiveError;
use crate::ids::PatientId;
use crate::page::BadCursor;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

pub use document::{Document, Heard};
pub use entries::put;
pub use index::{Progress, index_some, make_anew, make_ready, run};
pub use key::IndexKey;
pub use query::{Query, Refused};
pub use said::{add_words, forget_old};
pub use service::{Found, Hit, Reader, Sealed, Wanted, search};
pub use snippet::{Part, Snippet};
pub use subject::Subject;
pub use verify::{IndexFault, verify};

/// Version of what stands in the index. Raise it where a word is compared otherwise, or something else of a record is found: the index is then made anew.
pub const FORM: i64 = 2;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Nothing can be looked up by this.
    #[error("the words cannot be looked up")]
    Refused(Refused),
    /// The archive cannot be opened here, or a record of it is not what was sealed.
    #[error("the archive cannot be searched")]
    Archive(#[from] ArchiveError),
    /// What stands in the index is not what was written.
    #[error("the search index is damaged: make it anew with `consilium archive reindex`")]
    Damaged,
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Notes that a consultation or call-back has to be read into the index, if it is sealed and not erased. Where records cannot be opened there is no index, and
/// nothing to do.
pub async fn later(writing: &mut Writing, tenant: &Tenant, of: impl Into<Subject>) -> Result<(), StoreError> {
    let subject = of.into();
    if tenant.archive.index.is_some() { store::mark(writing, &subject).await } else { Ok(()) }
}

/// As [`later`], for all consultations of a patient.
pub async fn later_of_patient(writing: &mut Writing, tenant: &Tenant, patient: &PatientId) -> Result<(), StoreError> {
    if tenant.archive.index.is_some() { store::mark_patient(writing, patient).await } else { Ok(()) }
}

/// Takes a consultation or call-back out of the index, as a part of its erasure.
pub async fn forget(writing: &mut Writing, tenant: &Tenant, of: impl Into<Subject>) -> Result<(), StoreError> {
    let subject = of.into();
    store::unmark(writing, &subject).await?;
    match &tenant.archive.index {
        Some(key) => entries::remove(writing, key, &tenant.context, &subject).await,
        None => Ok(()),
    }
}
