//! What the errors of tags are on the wire.

use super::TagError;
use crate::api::problem::ApiError;

impl From<TagError> for ApiError {
    fn from(error: TagError) -> Self {
        match error {
            TagError::NotFound => ApiError::not_found(),
            TagError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            TagError::NameTaken => ApiError::invalid("names", "Another tag has this name."),
            TagError::Archived => ApiError::conflict("The tag is out of use."),
            TagError::Full => ApiError::conflict("There are as many tags as there may be."),
            TagError::Changed => ApiError::conflict("The tag was changed meanwhile. Look again."),
            TagError::Store(source) => source.into(),
        }
    }
}
