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
    /// Another key that is in use has this name.
    #[error("another key has this name")]
    NameTaken,
    /// As many are in use, or were ever made, as may be.
    #[error("there are too many keys")]
    TooMany,
    /// A revoked key stays as it was.
    #[error("the key is revoked")]
    Revoked,
    /// The caller gave this name to another request.
    #[error("this `Idempotency-Key` belongs to another request")]
    OtherRequest,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl ApiKeyError {
    /// A field that cannot be so.
    pub(super) fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid(FieldError::new(field, message))
    }
}

/// Why a token that looks like a key opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no key of this tenant.
    #[error("The key is not valid.")]
    Unknown,
    /// A supervisor has revoked it.
    #[error("The key was revoked.")]
    Revoked,
    /// Its time is over.
    #[error("The key has expired.")]
    Expired,
}
