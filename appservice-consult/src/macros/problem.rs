//! What the errors of macros are on the wire.

use super::{MacroError, StepError};
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::consultation::problem::consultation_error;
use crate::desk_file::DeskFileError;
use crate::ids::OperatorId;

/// A macro's error; where a step cannot be done, that step's. `taken_by` gives the name of who was faster.
pub(crate) fn macro_error(error: MacroError, taken_by: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match error {
        MacroError::NotFound => ApiError::not_found(),
        MacroError::Invalid(errors) => ApiError::invalid_fields(errors),
        MacroError::ShortcutTaken => ApiError::invalid("shortcut", "Another macro has this shortcut."),
        MacroError::Full => ApiError::conflict("There are as many macros as there may be."),
        MacroError::Changed => ApiError::conflict("The macro was changed meanwhile. Look again."),
        MacroError::OtherQueue => ApiError::conflict("The macro is for consultations of other queues."),
        MacroError::OtherRun => ApiError::conflict("This `request_id` stands for another run."),
        MacroError::Refused { step, source } => match source {
            // The macro is there, and one of its files is not: nobody looks for another address.
            StepError::File(DeskFileError::NotFound) => ApiError::conflict("A file of the macro is kept no more."),
            StepError::File(error) => ApiError::from(error),
            StepError::Tag(error) => ApiError::from(error),
            StepError::Note(error) => ApiError::from(error),
            StepError::Consultation(error) => consultation_error(error, taken_by),
        }
        .at_macro_step(step),
        MacroError::Store(source) => source.into(),
    }
}
