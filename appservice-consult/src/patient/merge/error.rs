//! What can go wrong with a merge.

use crate::api::types::{FieldError, MergeObstacle};
use crate::retention::RetentionError;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// There is no such patient, or no such merge.
    #[error("no such card or merge")]
    NotFound,
    /// It is the same card twice.
    #[error("a card cannot be merged with itself")]
    Same,
    /// Something stands against it.
    #[error("the cards cannot be merged: {0:?}")]
    Obstacle(MergeObstacle),
    /// Some of the brand's own fields cannot be chosen.
    #[error("a field of the brand's own cannot be chosen")]
    Fields(Vec<FieldError>),
    /// A card, or the merge, is not as it was seen.
    #[error("changed since it was seen")]
    Changed,
    /// They are separate already.
    #[error("the cards are separate already")]
    Separated,
    /// The request id was used for something else.
    #[error("the request id was used for something else")]
    RequestUsed,
    /// The reason says nothing, or too much.
    #[error("the reason is not as it should be")]
    Reason(#[from] RetentionError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
