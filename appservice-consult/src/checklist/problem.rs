//! What the errors of the checklist of the first days are on the wire.

use super::MarkError;
use crate::api::problem::ApiError;

impl From<MarkError> for ApiError {
    fn from(error: MarkError) -> Self {
        match error {
            MarkError::IsSeen => ApiError::invalid("item", "The service sees by itself whether this is done."),
            MarkError::Store(source) => source.into(),
        }
    }
}
