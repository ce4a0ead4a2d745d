//! What can go wrong, by what the caller can do about it.

use crate::api::types::FieldError;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeyError {
    /// There is none of that id.
    #[error("no such key")]
    NotFound,
    /// A field cannot be so.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// Another key has this name.
    #[error("another key has this name")]
    Exists,
    /// As many are in use as may be.
    #[error("there are too many keys")]
    TooMany,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl ApiKeyError {
    /// A field that cannot be so.
    pub(super) fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid(FieldError { field: field.to_owned(), message: message.to_owned() })
    }
}
