//! What the errors of the desk's files are on the wire.

use super::DeskFileError;
use crate::api::problem::ApiError;

impl From<DeskFileError> for ApiError {
    fn from(error: DeskFileError) -> Self {
        match error {
            DeskFileError::NotFound => ApiError::not_found(),
            DeskFileError::NotSent => ApiError::conflict("This brand sends no files."),
            DeskFileError::Invalid(errors) => ApiError::invalid_fields(errors),
            DeskFileError::Full => {
                ApiError::conflict("The desk keeps as many files as it may: take some out of macros and replies.")
            }
            DeskFileError::OwnFull => {
                ApiError::conflict("As many of your files are kept as may be: take some out of your replies.")
            }
            DeskFileError::Sealed(source) => ApiError::internal(source),
            DeskFileError::Store(source) => source.into(),
        }
    }
}
