//! What can go wrong with a call, by what the caller can do about it.

use super::machine::Refusal;
use crate::api::types::CallTrouble;
use crate::conversation::LevelsError;
use crate::ids::CallId;
use crate::page::BadCursor;
use crate::store::StoreError;
use consilium_appservice::ClientError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// There is none of that id, or not for this caller.
    #[error("no such call")]
    NotFound,
    /// No media server, or it does not answer. Chat goes on.
    #[error("calls are unavailable: {0:?}")]
    Unavailable(CallTrouble),
    /// Not a member of the room, or no consultation that is led by somebody.
    #[error("this account may not call here now")]
    NotAllowed,
    /// An observer neither begins nor answers a call.
    #[error("this account only observes here")]
    Observes,
    /// The device is not the account's.
    #[error("the device is not the account's")]
    ForeignDevice,
    /// The machine refused.
    #[error("the call does not allow it: {0:?}")]
    Refused(Refusal),
    /// The caller is in another call.
    #[error("the caller is in another call")]
    InAnotherCall(CallId),
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[from] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<LevelsError> for CallError {
    fn from(error: LevelsError) -> Self {
        match error {
            LevelsError::Homeserver(source) => Self::Homeserver(source),
            LevelsError::Store(source) => Self::Store(source),
        }
    }
}

impl From<Refusal> for CallError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
