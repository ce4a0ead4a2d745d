//! What the errors of partners' keys are on the wire.

use super::ApiKeyError;
use crate::api::problem::ApiError;

impl From<ApiKeyError> for ApiError {
    fn from(error: ApiKeyError) -> Self {
        match error {
            ApiKeyError::NotFound => ApiError::not_found(),
            ApiKeyError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            ApiKeyError::NameTaken => ApiError::conflict("Another key has this name."),
            ApiKeyError::TooMany => ApiError::conflict("There are as many keys as there may be."),
            ApiKeyError::Revoked => ApiError::conflict("The key was revoked: make a new one."),
            ApiKeyError::OtherRequest => {
                ApiError::invalid("Idempotency-Key", "It was given to another request: take a new one for this.")
            }
            ApiKeyError::Store(source) => source.into(),
        }
    }
}
