//! What the errors of a demonstration's end are on the wire.

use super::DemoError;
use crate::api::problem::ApiError;

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
