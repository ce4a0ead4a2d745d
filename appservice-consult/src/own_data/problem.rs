//! What the errors of a copy of one's own data are on the wire.

use super::{BUSY_RETRY_MS, ExportError};
use crate::api::problem::ApiError;

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::NotFound => ApiError::not_found(),
            ExportError::Deleted => ApiError::erased(),
            ExportError::Busy => ApiError::rate_limited(BUSY_RETRY_MS),
            ExportError::Store(source) => source.into(),
            error @ ExportError::Written(_) => ApiError::internal(error),
        }
    }
}
