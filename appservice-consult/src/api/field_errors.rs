//! What refusals about the brand's own fields and about follow-ups mean on the wire. Those of everything else are in `errors.rs`.

use super::problem::ApiError;
use crate::field::{FieldsError, Refused};
use crate::follow_up::{FollowUpError, ListError};

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

impl From<FollowUpError> for ApiError {
    fn from(error: FollowUpError) -> Self {
        match error {
            FollowUpError::NotFound => ApiError::not_found(),
            FollowUpError::Gone => ApiError::erased(),
            FollowUpError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            FollowUpError::Full => ApiError::conflict("There are as many follow-ups for the patient as there may be."),
            FollowUpError::Over => ApiError::conflict("It was done or cancelled already."),
            FollowUpError::Left => ApiError::conflict("The message to the patient is on its way or was sent already."),
            FollowUpError::Changed => ApiError::conflict("The follow-up was changed meanwhile. Look again."),
            FollowUpError::List(ListError::Cursor(error)) => error.into(),
            FollowUpError::List(ListError::Store(source)) | FollowUpError::Store(source) => source.into(),
        }
    }
}

/// A field is filled in by somebody else.
pub(super) fn not_yours(id: &str) -> ApiError {
    ApiError::forbidden(format!("The field `{id}` is filled in by somebody else: see `filled_by` of `GET /fields`."))
}

/// A list is asked for by a field by which nothing can be looked for.
pub(super) fn no_such_field() -> ApiError {
    ApiError::malformed("field", "A field with the code of its `choice`, or `yes` or `no`: such as `branch:river`.")
}
