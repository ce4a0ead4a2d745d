//! What the errors of saved views are on the wire.

use super::SavedViewError;
use crate::api::problem::ApiError;

impl From<SavedViewError> for ApiError {
    fn from(error: SavedViewError) -> Self {
        match error {
            SavedViewError::NotFound => ApiError::not_found(),
            SavedViewError::NotYours => ApiError::forbidden("A colleague keeps this view: copy it to change it."),
            SavedViewError::NotSupervisor => ApiError::forbidden("Views are shared by supervisors."),
            SavedViewError::Invalid(errors) => ApiError::invalid_fields(errors),
            SavedViewError::NameTaken => ApiError::invalid("name", "Another view of yours has this name."),
            SavedViewError::Full => ApiError::conflict("There are as many views as there may be: remove some."),
            SavedViewError::Changed => ApiError::conflict("The view was changed meanwhile. Look again."),
            SavedViewError::Store(source) => source.into(),
        }
    }
}
