//! What the errors of the first days are on the wire: the checklist's, the rehearsal's, a demonstration's end. Those of all else are in `errors.rs`.

use super::problem::ApiError;
use crate::checklist::MarkError;
use crate::demo::DemoError;
use crate::rehearsal::RehearsalError;

impl From<MarkError> for ApiError {
    fn from(error: MarkError) -> Self {
        match error {
            MarkError::IsSeen => ApiError::invalid("item", "The service sees by itself whether this is done."),
            MarkError::Store(source) => source.into(),
        }
    }
}

impl From<RehearsalError> for ApiError {
    fn from(error: RehearsalError) -> Self {
        match error {
            RehearsalError::NotFound => ApiError::not_found(),
            RehearsalError::Joined => ApiError::conflict("Somebody else plays the patient in this rehearsal."),
            RehearsalError::Store(source) => source.into(),
        }
    }
}

impl From<DemoError> for ApiError {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::NotConfirmed => ApiError::invalid("confirm", "Type the name of the brand as it is shown."),
            DemoError::Yourself => ApiError::conflict(
                "Your account is one of the demonstration's. Make a supervisor of your own, and sign in as him.",
            ),
            DemoError::Nothing => ApiError::conflict("There is nothing of a demonstration here."),
            DemoError::Consultation(source) => ApiError::internal(source),
            DemoError::Callback(source) => ApiError::internal(source),
            DemoError::Deletion(source) => ApiError::internal(source),
            DemoError::Operator(source) => ApiError::internal(source),
            DemoError::Homeserver(source) => source.into(),
            DemoError::Store(source) => source.into(),
        }
    }
}
