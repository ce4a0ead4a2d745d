//! What the errors of a rehearsal are on the wire.

use super::RehearsalError;
use crate::api::problem::ApiError;

impl From<RehearsalError> for ApiError {
    fn from(error: RehearsalError) -> Self {
        match error {
            RehearsalError::NotFound => ApiError::not_found(),
            RehearsalError::Joined => ApiError::conflict("Somebody else plays the patient in this rehearsal."),
            RehearsalError::Store(source) => source.into(),
        }
    }
}
