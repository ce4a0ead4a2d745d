//! What becomes of what an operator leads when he goes, and what was taken from him while he was lost.

use consilium_config::brand::OnLeave;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{OperatorRef, PatientRef, Phase, QueueRef};
use crate::ids::ConsultationId;
use crate::time::Time;

/// What becomes of a consultation when its operator goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeavingChoice {
    /// It stays with him.
    Keep,
    /// It waits in its queue for whoever takes it.
    Queue,
    /// A colleague who has room is asked to take it.
    Colleague,
}

/// A consultation that the caller leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeavingConsultation {
    /// Which.
    pub consultation_id: ConsultationId,
    /// Whose.
    pub patient: PatientRef,
    /// Where.
    pub queue: QueueRef,
    /// Where it stands.
    pub phase: Phase,
    /// What its queue says.
    pub on_leave: OnLeave,
    /// What the caller can choose; the first is what happens unless he says otherwise. Never empty.
    pub choices: Vec<LeavingChoice>,
    /// Who would be asked to take it; null: nobody who may take it has room.
    pub colleague: Option<OperatorRef>,
    /// Whether somebody is in a call with the patient: nothing becomes of it before the call is over.
    pub in_call: bool,
}

/// What would become of all that the caller leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct Leaving {
    /// Oldest request first.
    pub consultations: Vec<LeavingConsultation>,
}

/// What becomes of one consultation, with `PUT /operators/me/status`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Which. One that the caller does not lead any more is left alone.
    pub consultation_id: ConsultationId,
    /// One of those that its queue lets him choose.
    pub choice: LeavingChoice,
    /// For the one who takes it next; not shown to the patient. At most 4000 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// A consultation that went back to the queue while the caller's console was lost.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnedConsultation {
    /// Which.
    pub consultation_id: ConsultationId,
    /// Whose.
    pub patient: PatientRef,
    /// Where it stands now.
    pub queue: QueueRef,
    /// The same.
    pub phase: Phase,
    /// Who leads it now; null: nobody.
    pub lead: Option<OperatorRef>,
    /// When it went back.
    pub returned_at: Time,
}

/// What was taken from the caller in the last seven days.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnedConsultations {
    /// Newest first.
    pub consultations: Vec<ReturnedConsultation>,
}
