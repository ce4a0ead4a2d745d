//! What the errors of the log of rules and of alarms are on the wire.

use super::{ListError, SeenError};
use crate::api::problem::ApiError;

impl From<ListError> for ApiError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Cursor(error) => error.into(),
            ListError::Store(source) => source.into(),
        }
    }
}

impl From<SeenError> for ApiError {
    fn from(error: SeenError) -> Self {
        match error {
            SeenError::NotFound => ApiError::not_found(),
            SeenError::Store(source) => source.into(),
        }
    }
}
