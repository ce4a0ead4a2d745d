//! What the errors of reading the archive are on the wire.

use super::ArchiveError;
use crate::api::problem::ApiError;

impl From<ArchiveError> for ApiError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::NotFound => ApiError::not_found(),
            ArchiveError::Erased => ApiError::erased(),
            ArchiveError::NoIdentity => {
                ApiError::conflict("The archive's key is not on this server: records are read where it is kept.")
            }
            ArchiveError::Cursor(error) => error.into(),
            ArchiveError::KeyFile { .. } | ArchiveError::DoesNotOpen | ArchiveError::Anchor { .. } => {
                ApiError::internal(error)
            }
            ArchiveError::Store(source) => source.into(),
        }
    }
}
