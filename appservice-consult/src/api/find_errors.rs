//! What the errors of saved views and of searches of the archive are on the wire.

use super::problem::ApiError;
use crate::saved_view::SavedViewError;
use crate::search::SearchError;

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

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Refused(refused) => ApiError::malformed("text", refused.to_string()),
            SearchError::Archive(error) => error.into(),
            SearchError::Cursor(error) => error.into(),
            SearchError::Damaged => ApiError::internal(error),
            SearchError::Store(source) => source.into(),
        }
    }
}
