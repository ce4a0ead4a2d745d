//! What refusals of macros, and of the files that they send, mean on the wire. Those of everything else are in `errors.rs`.

use super::errors::consultation_error;
use super::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::desk_file::DeskFileError;
use crate::ids::OperatorId;
use crate::macros::{MacroError, StepError};

impl From<DeskFileError> for ApiError {
    fn from(error: DeskFileError) -> Self {
        match error {
            DeskFileError::NotFound => ApiError::not_found(),
            DeskFileError::NotSent => ApiError::conflict("This brand sends no files."),
            DeskFileError::Invalid(errors) => ApiError::invalid_fields(errors),
            DeskFileError::Full => {
                ApiError::conflict("The desk keeps as many files as it may: take some out of macros.")
            }
            DeskFileError::Sealed(source) => ApiError::internal(source),
            DeskFileError::Store(source) => source.into(),
        }
    }
}

/// A macro's error; where a step cannot be done, that step's. `taken_by` gives the name of who was faster.
pub(super) fn macro_error(error: MacroError, taken_by: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
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
