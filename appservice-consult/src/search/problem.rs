//! What the errors of searches of the archive are on the wire.

use super::SearchError;
use crate::api::problem::ApiError;

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
