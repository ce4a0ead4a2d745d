//! What is wrong with keys, and how the specification says it.

use consilium_store::{CommitError, StoreError};
use http::StatusCode;

use crate::http::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("the keys are not of the form that the specification has: {0}")]
    WrongForm(String),
    #[error("the keys belong to another user or device than the one that uploads them")]
    ForeignKeys,
    #[error("a key with the id {0} was uploaded before and is another one")]
    KeyConflict(String),
    #[error("a key is larger than {} bytes", super::upload::KEY_BYTES_MAX)]
    TooLarge,
    #[error("there are more keys than a request or a device may have")]
    TooMany,
    #[error("there is no such device")]
    NoSuchDevice,
    #[error("there is no master signing key")]
    NoMasterKey,
    #[error("a cross-signing key is the same as the id of a device")]
    KeyIsDeviceId,
    #[error("the {0} key is not signed by the master key")]
    InvalidSignature(&'static str),
    #[error("somebody else keeps changing the same keys")]
    Busy,
    #[error("the store cannot be read")]
    Store(#[from] StoreError),
    #[error("the batch was not written")]
    Commit(#[from] CommitError),
}

impl From<KeyError> for ApiError {
    fn from(error: KeyError) -> Self {
        let text = error.to_string();
        match error {
            KeyError::WrongForm(_) => Self::bad_json(text),
            KeyError::ForeignKeys | KeyError::KeyConflict(_) | KeyError::NoSuchDevice => Self::invalid_param(text),
            KeyError::TooLarge | KeyError::TooMany => Self::too_large(text),
            KeyError::NoMasterKey => Self::missing_param(text),
            KeyError::KeyIsDeviceId => Self::forbidden(text),
            KeyError::InvalidSignature(_) => Self::custom(StatusCode::BAD_REQUEST, "M_INVALID_SIGNATURE", text),
            KeyError::Busy => CommitError::Conflict { guard: 0 }.into(),
            KeyError::Store(source) => source.into(),
            KeyError::Commit(source) => source.into(),
        }
    }
}
