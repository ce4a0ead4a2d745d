//! Asking whoever serves a queue into a consultation.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{GuestRole, OperatorRef, ParticipantRole, QueueRef};
use crate::ids::{ConsultationId, QueueId, QueueInvitationId};
use crate::time::Time;

/// `POST /consultations/{id}/queue-invitations`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQueueInvitation {
    /// Whose operators, of any circle.
    pub queue_id: QueueId,
    /// As what; a consultant where it is left out.
    #[serde(default)]
    pub role: GuestRole,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueInvitationState {
    /// Somebody may come yet.
    Open,
    /// Somebody came.
    Accepted,
    /// All who were asked said that they do not come.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// Who asked, or who leads now, or a supervisor asks no more.
    TakenBack,
    /// The consultation has ended, or goes on without who asked.
    Over,
}

/// An invitation of whoever serves a queue and is there. Nothing of the patient: who accepts sees the consultation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueueInvitation {
    /// Its id.
    pub id: QueueInvitationId,
    /// Into what.
    pub consultation_id: ConsultationId,
    /// Whose operators are asked.
    pub queue: QueueRef,
    /// The service of the consultation.
    pub service: QueueRef,
    /// As what.
    pub role: ParticipantRole,
    /// Who asks.
    pub by: OperatorRef,
    /// Since when.
    pub made_at: Time,
    /// How long.
    pub expires_at: Time,
    /// What became of it.
    pub state: QueueInvitationState,
    /// Who came.
    pub accepted_by: Option<OperatorRef>,
    /// How many were asked.
    pub asked: u32,
    /// How many of them said that they do not come.
    pub declined: u32,
}

/// Invitations of whoever serves a queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueInvitations {
    /// Of a consultation the newest first, at most 50; to the caller the oldest first.
    pub invitations: Vec<QueueInvitation>,
}

/// `event: queue_invitation` (who asked, and who was asked)
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueInvitationChanged {
    /// Which.
    pub invitation_id: QueueInvitationId,
    /// As it stands now; null: it asks the listener for nothing any more.
    pub invitation: Option<QueueInvitation>,
}
