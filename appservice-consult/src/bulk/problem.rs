//! What the errors of acts on several are on the wire.

use super::{BulkError, ROWS_MAX};
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::consultation::problem::consultation_error;
use crate::ids::OperatorId;
use crate::macros::problem::macro_error;

/// Such an error. `taken_by` gives the name of who was faster.
pub(crate) fn bulk_error(error: BulkError, taken_by: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match error {
        BulkError::None => ApiError::invalid("ids", "Name at least one."),
        BulkError::TooMany => ApiError::invalid("ids", format!("At most {ROWS_MAX} at once.")),
        BulkError::Twice => ApiError::invalid("ids", "Name each once."),
        BulkError::NoteMissing => ApiError::invalid("act.note", "Write what the next one has to know."),
        BulkError::NoteTooLong => ApiError::invalid("act.note", "At most 4000 characters."),
        BulkError::Writes => {
            ApiError::invalid("act.macro_id", "This macro writes to the patient: it is run in each conversation.")
        }
        BulkError::OtherRequest => ApiError::conflict("This `request_id` stands for something else."),
        BulkError::Tag(error) => error.into(),
        BulkError::Macro(error) => macro_error(error, taken_by),
        BulkError::Consultation(error) => consultation_error(error, taken_by),
        BulkError::Store(source) => source.into(),
    }
}
