//! Why a note is not read, written or changed.

use crate::api::types::FieldError;
use crate::page::BadCursor;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// There is no such note, conversation or mention, or none for this operator.
    #[error("no such note")]
    NotFound,
    /// He may not read the notes of this conversation.
    #[error("the notes of this conversation are not open to him")]
    NotOpen,
    /// Only its author changes a note.
    #[error("only its author changes a note")]
    NotAuthor,
    /// The author's time for it is over.
    #[error("the time to change it is over")]
    TooLate,
    /// Who is there by a mention alone brings in nobody else.
    #[error("who was mentioned himself mentions nobody")]
    MayNotMention,
    /// Somebody changed it meanwhile, or it was deleted.
    #[error("it was changed meanwhile")]
    Changed,
    /// A field cannot be so.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
