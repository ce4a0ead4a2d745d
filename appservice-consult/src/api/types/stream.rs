//! What the event stream carries, by the name in its `event:` line.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Consultation, ConsultationRow, Custody, Operator, PatientRow, Queue};
use crate::ids::{ConsultationId, PatientId};

/// `event: consultation`
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationChanged {
    /// As it stands now, for the caller's role.
    pub consultation: ConsultationForRole,
}

/// A consultation in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ConsultationForRole {
    /// For staff.
    Row(Box<ConsultationRow>),
    /// For its patient.
    Own(Box<Consultation>),
}

/// `event: queue` (staff)
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueChanged {
    /// As it stands now.
    pub queue: Queue,
}

/// `event: operator` (staff)
#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorChanged {
    /// As he stands now.
    pub operator: Operator,
}

/// `event: patient` (staff): a patient is new, his row in lists changed, or there is none any more.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientChanged {
    /// Id of the card.
    pub patient_id: PatientId,
    /// As lists have it now; null: it is in none, for it is shown on another card or its account is deleted.
    pub patient: Option<PatientRow>,
}

/// `event: keys`: history keys were handed over to the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeysChanged {
    /// The consultation whose conversation they open.
    pub consultation_id: ConsultationId,
    /// Devices of the caller that got them.
    pub devices: u32,
}

/// `event: custody` (its patient): the secret of his key backup was given to a device, or changed hands.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustodyChanged {
    /// As it stands now.
    pub custody: Custody,
}

/// What something is that is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoneKind {
    /// A consultation.
    Consultation,
    /// A call-back.
    Callback,
    /// A follow-up.
    FollowUp,
}

/// `event: gone` (operators): something changed that is not the caller's to see, or not any more: a list that has it drops it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Gone {
    /// What it is.
    pub kind: GoneKind,
    /// Its id, and nothing else of it.
    pub id: String,
}

/// `event: resync`: the stream cannot tell what was missed; load the lists again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resync {}
