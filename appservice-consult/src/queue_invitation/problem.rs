//! What the errors of asking a queue's operators are on the wire.

use super::QueueInvitationError;
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::consultation::problem::consultation_error;
use crate::ids::OperatorId;

/// Such an error. `taken_by` gives the name of who was faster.
pub(crate) fn queue_invitation_error(
    error: QueueInvitationError,
    taken_by: impl FnOnce(&OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        QueueInvitationError::NotFound => ApiError::not_found(),
        QueueInvitationError::NoSuchQueue => ApiError::invalid("queue_id", "There is no such queue."),
        QueueInvitationError::NobodyThere => ApiError::nobody_there(),
        QueueInvitationError::Taken(by) => ApiError::taken(taken_by(&by)),
        QueueInvitationError::Over(became) => ApiError::queue_invitation_over(became),
        QueueInvitationError::Consultation(error) => consultation_error(error, taken_by),
        QueueInvitationError::Store(source) => source.into(),
    }
}
