//! What can go wrong with asking a queue's operators, by what the caller can do about it.

use crate::api::types::QueueInvitationState;
use crate::consultation::{ConsultationError, Refusal};
use crate::ids::OperatorId;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum QueueInvitationError {
    /// There is none of that id, or not for this caller.
    #[error("no such invitation")]
    NotFound,
    /// The brand has no such queue in use.
    #[error("no such queue")]
    NoSuchQueue,
    /// Nobody who serves the queue can come now.
    #[error("nobody who serves the queue is there")]
    NobodyThere,
    /// A colleague was faster.
    #[error("a colleague accepted it")]
    Taken(OperatorId),
    /// Its time is over, it was declined by all or taken back, or the consultation has gone on.
    #[error("the invitation is over: {0:?}")]
    Over(QueueInvitationState),
    /// The consultation does not allow it.
    #[error(transparent)]
    Consultation(#[from] ConsultationError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<Refusal> for QueueInvitationError {
    fn from(refusal: Refusal) -> Self {
        Self::Consultation(refusal.into())
    }
}
