//! What the errors of canned replies are on the wire.

use super::CannedError;
use crate::api::problem::ApiError;

impl From<CannedError> for ApiError {
    fn from(error: CannedError) -> Self {
        match error {
            CannedError::NotFound => ApiError::not_found(),
            CannedError::NotSupervisor => ApiError::forbidden("Shared replies are kept by supervisors."),
            CannedError::Invalid(errors) => ApiError::invalid_fields(errors),
            CannedError::ShortcutTaken => ApiError::invalid("shortcut", "Another reply has this shortcut."),
            CannedError::Full => ApiError::conflict("There are as many canned replies as there may be: remove some."),
            CannedError::Changed => ApiError::conflict("The reply was changed meanwhile. Look again."),
            CannedError::Store(source) => source.into(),
        }
    }
}
