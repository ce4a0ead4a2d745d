//! What can go wrong with retention.

use consilium_appservice::ClientError;

use crate::api::types::FieldError;
use crate::archive::ArchiveError;
use crate::page::BadCursor;
use crate::store::StoreError;
use crate::time::Time;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// There is no such record, hold or patient.
    #[error("no such record, hold or patient")]
    NotFound,
    /// A legal hold is on it.
    #[error("a legal hold is on the record")]
    Held,
    /// The consultation is open, or something of it waits to be sealed.
    #[error("the consultation is not sealed yet")]
    NotSealed,
    /// A message of the patient may re-open the consultation.
    #[error("the consultation may be re-opened until {0}")]
    MayReopen(Time),
    /// Its notice is not over: the timer was too early.
    #[error("it is not the record's time")]
    NotDue,
    /// The hold was lifted before.
    #[error("the hold was lifted already")]
    Lifted,
    /// As many holds are on it as may be.
    #[error("there are too many holds")]
    TooMany,
    /// The request id was used for another hold.
    #[error("the request id belongs to another hold")]
    RequestUsed,
    /// A field says what it may not.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The archive refuses or failed.
    #[error("the archive refuses")]
    Archive(#[from] ArchiveError),
    /// The homeserver refuses or does not answer.
    #[error("the homeserver does not remove a file")]
    Homeserver(#[from] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
