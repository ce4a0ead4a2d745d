//! Follow-ups: what staff comes back to at a time, for staff alone; patients see what one sends them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::requests::present;
use super::{OperatorRef, PatientRef, QueueRef};
use crate::ids::{ConsultationId, FollowUpId, OperatorId, PatientId, QueueId};
use crate::time::Time;

/// Where a follow-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpState {
    /// Its time has not come, or it waits to be done.
    Open,
    /// Somebody came back to it.
    Done,
    /// It is not needed any more.
    Cancelled,
}

/// What staff comes back to at a time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FollowUp {
    /// Its id.
    pub id: FollowUpId,
    /// Give it back with a change, so that nobody's is lost.
    pub version: i64,
    /// About whom.
    pub patient: PatientRef,
    /// About which consultation; null: about the patient.
    pub consultation_id: Option<ConsultationId>,
    /// Where it stands.
    pub state: FollowUpState,
    /// When its time comes.
    pub due_at: Time,
    /// Whether it has come, and nobody has done it.
    pub is_due: bool,
    /// Whose own it is; null: whoever serves the queue does it.
    pub operator: Option<OperatorRef>,
    /// Who does it where it is nobody's own, or its owner is not there.
    pub queue: QueueRef,
    /// What is to be done.
    pub note: Option<String>,
    /// What is sent to the patient at its time; null: nothing.
    pub message: Option<FollowUpMessage>,
    /// When it was made.
    pub created_at: Time,
    /// By whom.
    pub created_by: OperatorRef,
    /// When it was done or cancelled.
    pub ended_at: Option<Time>,
    /// By whom; null: it is open, or it ended with the patient's account, or with its message.
    pub ended_by: Option<OperatorRef>,
}

/// What is sent to the patient at the time of a follow-up.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FollowUpMessage {
    /// What it says.
    pub text: String,
    /// How far it is.
    pub state: FollowUpMessageState,
    /// When it was sent, or could not be.
    pub at: Option<Time>,
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpMessageState {
    /// It waits for its time, and can be changed and taken back.
    Planned,
    /// Its time came: it is on its way.
    Leaving,
    /// It is in the conversation.
    Sent,
    /// It could not be sent, or the patient had left.
    Failed,
    /// The follow-up was over before its time: it is never sent.
    TakenBack,
}

/// `GET /follow-ups/message`
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FollowUpMessageQuery {
    /// To whom.
    pub patient_id: PatientId,
    /// About which of his consultations; left out: about him.
    pub consultation_id: Option<ConsultationId>,
    /// Left out: that of the consultation, else of the patient's last one.
    pub queue_id: Option<QueueId>,
}

/// With what a message to a patient begins.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowUpWords {
    /// What he speaks, as far as the brand does.
    pub language: String,
    /// The brand's words in it (`follow_up.message` among its texts).
    pub text: String,
    /// Whether there is a conversation in which it could stand.
    pub can_be_sent: bool,
}

/// Which follow-ups staff wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpView {
    /// The caller's own, and those of his queues that are nobody's own; open ones, what comes first on top.
    #[default]
    Mine,
    /// Open ones of everybody whose the caller may see, what comes first on top.
    Open,
    /// Done and cancelled ones, the latest first.
    Ended,
}

/// `GET /follow-ups`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FollowUpQuery {
    /// Default: `mine`.
    pub view: Option<FollowUpView>,
    /// Only those whose time has come, or has not.
    pub due: Option<bool>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Only this consultation's.
    pub consultation: Option<ConsultationId>,
    /// Only this operator's own.
    pub operator: Option<OperatorId>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// `POST /follow-ups`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFollowUp {
    /// Made by the client once for each press of the button; a retry with the same one gives the same follow-up.
    pub request_id: Uuid,
    /// About whom.
    pub patient_id: PatientId,
    /// About which of his consultations; left out: about him.
    pub consultation_id: Option<ConsultationId>,
    /// When its time comes: in the next two years.
    pub due_at: Time,
    /// What is to be done, at most 1,000 characters.
    pub note: Option<String>,
    /// What is sent to the patient at its time, at most 2,000 characters; left out: nothing. Where there is no note, it is done when it was sent.
    pub message: Option<String>,
    /// Whose own it is; left out: whoever serves the queue does it.
    pub operator_id: Option<OperatorId>,
    /// Left out: that of the consultation, else of the patient's last one, else one that the operator serves.
    pub queue_id: Option<QueueId>,
}

/// `PATCH /follow-ups/{id}`
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUpChange {
    /// The version that was changed.
    pub version: i64,
    /// Another time, in the next two years.
    pub due_at: Option<Time>,
    /// What is to be done, at most 1,000 characters; null: nothing more is said.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub note: Option<Option<String>>,
    /// What is sent to the patient at its time, at most 2,000 characters; null: nothing. 409 where it is on its way already.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub message: Option<Option<String>>,
    /// Whose own it is; null: whoever serves the queue does it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<OperatorId>)]
    pub operator_id: Option<Option<OperatorId>>,
    /// Another queue.
    pub queue_id: Option<QueueId>,
}

/// `POST /follow-ups/{id}/done` and `/cancel`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndFollowUp {
    /// The version that was seen.
    pub version: i64,
}

/// `event: follow_up` (staff): that one was made, changed, came due or ended; whose it is, and not what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct FollowUpChanged {
    /// Which.
    pub follow_up_id: FollowUpId,
    /// About whom.
    pub patient_id: PatientId,
    /// Whose own it is; null: whoever serves the queue does it.
    pub operator_id: Option<OperatorId>,
    /// Who does it where it is nobody's own.
    pub queue_id: QueueId,
}
