//! What the errors of reports are on the wire.

use super::ReportError;
use crate::api::problem::ApiError;

impl From<ReportError> for ApiError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Backwards | ReportError::TooLong => ApiError::invalid("to", error.to_string()),
            ReportError::UnknownQueue => ApiError::invalid("queue", error.to_string()),
            ReportError::UnknownOperator => ApiError::invalid("operator", error.to_string()),
            ReportError::BadCursor(error) => error.into(),
            ReportError::Store(source) => source.into(),
        }
    }
}
