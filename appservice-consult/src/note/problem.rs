//! What the errors of notes are on the wire.

use super::NoteError;
use crate::api::problem::ApiError;

impl From<NoteError> for ApiError {
    fn from(error: NoteError) -> Self {
        match error {
            NoteError::NotFound => ApiError::not_found(),
            NoteError::NotOpen => ApiError::forbidden(
                "Notes are read by who takes part in a consultation of the conversation, or is mentioned in them.",
            ),
            NoteError::NotAuthor => ApiError::forbidden("Only its author changes a note; a supervisor may delete it."),
            NoteError::TooLate => ApiError::conflict("The hour in which its author may change a note is over."),
            NoteError::MayNotMention => {
                ApiError::forbidden("Who reads these notes because he was mentioned mentions nobody himself.")
            }
            NoteError::Changed => ApiError::conflict("The note was changed or deleted meanwhile. Look again."),
            NoteError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            NoteError::Cursor(error) => error.into(),
            NoteError::Store(source) => source.into(),
        }
    }
}
