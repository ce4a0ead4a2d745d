//! What the errors of consultations are on the wire.

use super::{ConsultationError, Refusal, TEAM_MAX};
use crate::api::problem::ApiError;
use crate::api::types::OperatorRef;
use crate::ids::OperatorId;

/// When a patient may try a full queue again.
pub(crate) const QUEUE_FULL_RETRY_MS: u64 = 60_000;

/// A consultation's error. `taken_by` gives the name of who was faster.
pub(crate) fn consultation_error(
    error: ConsultationError,
    taken_by: impl FnOnce(&OperatorId) -> OperatorRef,
) -> ApiError {
    match error {
        ConsultationError::NotFound => ApiError::not_found(),
        ConsultationError::Refused(refusal) => refused(refusal, taken_by),
        ConsultationError::NoSuchQueue => ApiError::invalid("queue_id", "There is no such queue."),
        ConsultationError::NoSuchPerson => ApiError::invalid("person_id", "There is no such person."),
        ConsultationError::NoSuchOperator => ApiError::invalid("to", "There is no such operator."),
        ConsultationError::OtherCircle => {
            ApiError::invalid("to", "The queue shares no history with this conversation.")
        }
        ConsultationError::Answers(errors) => ApiError::invalid_fields(errors),
        ConsultationError::PersonChanged => ApiError::conflict("Somebody corrected it meanwhile. Look again."),
        ConsultationError::AnswersChanged => ApiError::conflict("The answers were changed meanwhile. Look again."),
        ConsultationError::Consent(error) => error.into(),
        ConsultationError::QueueFull => ApiError::rate_limited(QUEUE_FULL_RETRY_MS),
        ConsultationError::AlreadyOpen(id, phase) => ApiError::already_open(id, phase),
        ConsultationError::Contended => ApiError::conflict("Others changed it meanwhile. Look again."),
        ConsultationError::ConclusionMissing => ApiError::conclusion_required(),
        ConsultationError::FieldsMissing(ids) => ApiError::fields_required(&ids),
        ConsultationError::Cursor(error) => error.into(),
        ConsultationError::Homeserver(source) => source.into(),
        ConsultationError::Store(source) => source.into(),
    }
}

fn refused(refusal: Refusal, taken_by: impl FnOnce(&OperatorId) -> OperatorRef) -> ApiError {
    match refusal {
        Refusal::Taken { by } => ApiError::taken(taken_by(&by)),
        Refusal::OfferedTo { operator } => ApiError::offered(taken_by(&operator)),
        Refusal::WrongPhase(phase) => ApiError::wrong_phase(phase),
        Refusal::NotLead => ApiError::forbidden("Only the operator who leads the consultation may do this."),
        Refusal::NotSupervisor => ApiError::forbidden("Only supervisors arrange what waits."),
        Refusal::NotYourQueue => ApiError::forbidden("This queue is not yours."),
        Refusal::ToTheLead => ApiError::invalid("to", "This operator leads it already."),
        Refusal::IsLead => {
            ApiError::conflict("This operator leads the consultation: it is handed on or closed instead.")
        }
        Refusal::OffDuty => ApiError::conflict("This operator is not on duty."),
        Refusal::TeamFull => ApiError::conflict(format!("At most {TEAM_MAX} operators take part in a consultation.")),
        Refusal::UntilInThePast => ApiError::invalid("until", "A hold ends in the future."),
        Refusal::Over | Refusal::NotDue => ApiError::conflict("Not now."),
    }
}
