//! What the errors of follow-ups are on the wire.

use super::{FollowUpError, ListError};
use crate::api::problem::ApiError;

impl From<FollowUpError> for ApiError {
    fn from(error: FollowUpError) -> Self {
        match error {
            FollowUpError::NotFound => ApiError::not_found(),
            FollowUpError::Gone => ApiError::erased(),
            FollowUpError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            FollowUpError::Full => ApiError::conflict("There are as many follow-ups for the patient as there may be."),
            FollowUpError::Over => ApiError::conflict("It was done or cancelled already."),
            FollowUpError::Left => ApiError::conflict("The message to the patient is on its way or was sent already."),
            FollowUpError::Changed => ApiError::conflict("The follow-up was changed meanwhile. Look again."),
            FollowUpError::List(ListError::Cursor(error)) => error.into(),
            FollowUpError::List(ListError::Store(source)) | FollowUpError::Store(source) => source.into(),
        }
    }
}
