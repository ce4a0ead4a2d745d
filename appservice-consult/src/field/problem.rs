//! What refusals about the brand's own fields are on the wire.

use super::{FieldsError, Refused};
use crate::api::problem::ApiError;

impl From<FieldsError> for ApiError {
    fn from(error: FieldsError) -> Self {
        match error {
            FieldsError::NotFound => ApiError::not_found(),
            FieldsError::Erased => ApiError::erased(),
            FieldsError::Refused(Refused::NotYours(id)) => not_yours(&id),
            FieldsError::Refused(Refused::Invalid(errors)) => ApiError::invalid_fields(errors),
            FieldsError::Store(source) => source.into(),
        }
    }
}

/// A field is filled in by somebody else.
pub(crate) fn not_yours(id: &str) -> ApiError {
    ApiError::forbidden(format!("The field `{id}` is filled in by somebody else: see `filled_by` of `GET /fields`."))
}

/// A list is asked for by a field by which nothing can be looked for.
pub(crate) fn no_such_field() -> ApiError {
    ApiError::malformed("field", "A field with the code of its `choice`, or `yes` or `no`: such as `branch:river`.")
}
