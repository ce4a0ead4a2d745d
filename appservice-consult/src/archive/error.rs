//! What can go wrong with the archive.

use std::path::PathBuf;

use crate::page::BadCursor;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// There is no such record, or not for this caller.
    #[error("no such record")]
    NotFound,
    /// The record's key was destroyed: erased on purpose.
    #[error("the record was erased")]
    Erased,
    /// A key file cannot be read, made or opened.
    #[error("the archive's key file {path} cannot be used: {problem}")]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        problem: String,
    },
    /// The identity that opens records is not on this machine.
    #[error("the archive's identity is not here: records can be sealed and not read")]
    NoIdentity,
    /// A record does not open with the archive's identity, or is not what was sealed.
    #[error("a record does not open")]
    DoesNotOpen,
    /// The anchor file cannot be read or written.
    #[error("the anchor file {path} cannot be used")]
    Anchor {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
