//! What the errors of conclusions are on the wire.

use super::{ConclusionError, SignatureError};
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::ids::OperatorId;

/// A conclusion's error. `named` gives the name of who was faster.
pub(crate) fn conclusion_error(error: ConclusionError, named: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match error {
        ConclusionError::NotFound => ApiError::not_found(),
        ConclusionError::Off => ApiError::conflict("No conclusions are written in this queue."),
        ConclusionError::NotOpen => {
            ApiError::forbidden("A conclusion is read and written by who takes part in its consultation.")
        }
        ConclusionError::MayNotSign => {
            ApiError::forbidden("Only who leads or led the consultation, or a supervisor, signs its conclusion.")
        }
        ConclusionError::WrongPhase => ApiError::conflict("A conclusion is written once the consultation is taken."),
        ConclusionError::Changed { by } => ApiError::changed(named(&by)),
        ConclusionError::AlreadySigned => ApiError::conflict("The conclusion is signed already: amend it instead."),
        ConclusionError::NotSigned => ApiError::conflict("Nothing was signed yet: sign it instead."),
        ConclusionError::NothingNew => ApiError::conflict("Nothing was written since it was signed."),
        ConclusionError::Invalid(errors) => ApiError::invalid_fields(errors),
        ConclusionError::Signature(error @ SignatureError::Unavailable(_)) => ApiError::unavailable(error),
        ConclusionError::Signature(SignatureError::Refused(reason)) => {
            ApiError::conflict(format!("The provider of signatures refused: {reason}."))
        }
        error @ (ConclusionError::DoesNotOpen | ConclusionError::Pdf(_)) => ApiError::internal(error),
        ConclusionError::Store(source) => source.into(),
    }
}
