//! What can go wrong, by what the caller can do about it.

use crate::api::types::FieldError;
use crate::page::BadCursor;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// There is none of that id.
    #[error("no such endpoint, or no such delivery")]
    NotFound,
    /// A field cannot be so.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// As many are configured as may be.
    #[error("there are too many endpoints")]
    TooMany,
    /// It is off: nothing is sent there.
    #[error("the endpoint is off")]
    Off,
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl WebhookError {
    /// A field that cannot be so.
    pub(super) fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid(FieldError::new(field, message))
    }
}
