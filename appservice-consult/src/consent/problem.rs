//! What the errors of consents are on the wire.

use super::ConsentError;
use crate::api::problem::ApiError;

impl From<ConsentError> for ApiError {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::NotFound => ApiError::not_found(),
            ConsentError::Unknown => ApiError::invalid("consents", "The service asks for no such consent."),
            ConsentError::Changed(purpose) => ApiError::consent_changed(purpose),
            ConsentError::Missing(purposes) => ApiError::consents_missing(purposes),
            ConsentError::Store(source) => source.into(),
        }
    }
}
