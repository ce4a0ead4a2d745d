//! What the errors of merging two cards are on the wire.

use super::MergeError;
use crate::api::problem::ApiError;
use crate::api::types::MergeObstacle;

impl From<MergeError> for ApiError {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::NotFound => ApiError::not_found(),
            MergeError::Same => ApiError::invalid("merged_id", "A card cannot be merged with itself."),
            MergeError::Obstacle(obstacle) => ApiError::conflict(match obstacle {
                MergeObstacle::AlreadyMerged => "One of the two is shown on another card already: use that card.",
                MergeObstacle::LeadsOthers => "It shows other accounts itself: let it lead, or separate those first.",
                MergeObstacle::Deleted => "An account of the two is being deleted, or has been.",
                MergeObstacle::Staff => "An account of the two belongs to a member of staff.",
                MergeObstacle::Full => "The card shows as many accounts as it may.",
            }),
            MergeError::Fields(errors) => ApiError::invalid_fields(errors),
            MergeError::Changed => ApiError::conflict("Something has changed since it was seen. Look again."),
            MergeError::Separated => ApiError::conflict("They are separate already."),
            MergeError::RequestUsed => ApiError::conflict("The `request_id` was used for something else."),
            MergeError::Reason(error) => error.into(),
            MergeError::Store(source) => source.into(),
        }
    }
}
