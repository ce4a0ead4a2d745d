//! What the errors of call-backs are on the wire.

use super::{CallbackError, Refusal};
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::consultation::problem::{QUEUE_FULL_RETRY_MS, consultation_error};
use crate::ids::OperatorId;

/// A call-back's error. `taken_by` gives the name of who was faster.
pub(crate) fn callback_error(error: CallbackError, taken_by: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match error {
        CallbackError::NotFound | CallbackError::NoForm => ApiError::not_found(),
        CallbackError::Refused(refusal) => refused(refusal, taken_by),
        CallbackError::Invalid(field) => ApiError::invalid_fields(vec![field]),
        CallbackError::OutsideHours { opens_at } => ApiError::outside_hours("window", opens_at),
        CallbackError::AlreadyOpen(id) => ApiError::callback_open(id),
        CallbackError::Consent(error) => error.into(),
        CallbackError::QueueFull => ApiError::rate_limited(QUEUE_FULL_RETRY_MS),
        CallbackError::Contended => ApiError::conflict("Others changed it meanwhile. Look again."),
        CallbackError::NoConversation => {
            ApiError::conflict("Who ordered it has no account: it can only be called by telephone.")
        }
        CallbackError::ConsentChanged => ApiError::conflict("The consent's text has changed: show the new one."),
        CallbackError::Challenge(error) => ApiError::challenge_failed(format!("{error}.")),
        CallbackError::Replayed => ApiError::challenge_failed("The challenge was used already."),
        CallbackError::Conversation(error) => consultation_error(error, taken_by),
        CallbackError::Archive(error) => error.into(),
        CallbackError::Call(error) => error.into(),
        CallbackError::Cursor(error) => error.into(),
        CallbackError::Store(source) => source.into(),
    }
}

fn refused(refusal: Refusal, taken_by: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match refusal {
        Refusal::Taken { by } => ApiError::taken(taken_by(&by)),
        Refusal::WrongPhase(phase) => ApiError::wrong_callback_phase(phase),
        Refusal::NotHolder => ApiError::forbidden("Only the operator who has taken it may do this."),
        Refusal::NotYourQueue => ApiError::forbidden("This queue is not yours."),
        Refusal::InThePast => ApiError::invalid("again_at", "A time to call lies in the future."),
        Refusal::NotDue => ApiError::conflict("Not now."),
    }
}
