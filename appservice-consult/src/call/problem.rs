//! What the errors of calls are on the wire.

use super::{CallError, Refusal};
use crate::api::problem::ApiError;
use crate::api::types::CallTrouble;

impl From<CallError> for ApiError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotFound => ApiError::not_found(),
            CallError::Unavailable(CallTrouble::NotConnected) => {
                ApiError::calls_unavailable("No media server is connected.")
            }
            CallError::Unavailable(CallTrouble::NoAnswer) => {
                ApiError::calls_unavailable("The media server does not answer.")
            }
            CallError::NotAllowed | CallError::ForeignDevice => ApiError::forbidden(
                "Only who takes part in the open consultation or has taken the call-back, and is in its room, may call.",
            ),
            CallError::Observes => {
                ApiError::forbidden("An observer joins a call that others are in: he neither begins nor answers one.")
            }
            CallError::Refused(refusal) => refused(refusal),
            CallError::InAnotherCall(_) => ApiError::conflict("You are in another call."),
            CallError::Cursor(error) => error.into(),
            CallError::Homeserver(source) => source.into(),
            CallError::Store(source) => source.into(),
        }
    }
}

fn refused(refusal: Refusal) -> ApiError {
    match refusal {
        Refusal::OtherSide => ApiError::conflict("That is for the other side of the call to do."),
        Refusal::AnsweredElsewhere => ApiError::conflict("The call was answered on another device."),
        Refusal::Answered => ApiError::conflict("The call has been answered: hang up instead."),
        Refusal::Over => ApiError::conflict("The call is over."),
        Refusal::NotDue => ApiError::conflict("Not now."),
    }
}
