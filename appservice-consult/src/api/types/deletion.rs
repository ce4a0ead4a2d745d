//! The end of a patient's account, and the copy of everything that he may have.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{OperatorRef, QueueRef, Retention};
use crate::ids::{CallbackId, ConsultationId};
use crate::time::Time;

/// What has to be ended before an account can be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeletionObstacle {
    /// A consultation is open.
    Consultation,
    /// A call is on.
    Call,
    /// A call-back is ordered.
    Callback,
    /// What was said last is on its way into the archive: a matter of seconds.
    Sealing,
    /// The account is a member of staff's.
    Staff,
}

/// What has to be ended, and which it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletionBlocked {
    /// What.
    pub by: DeletionObstacle,
    /// `consultation`: which.
    pub consultation_id: Option<ConsultationId>,
    /// `callback`: which.
    pub callback_id: Option<CallbackId>,
}

/// A consultation whose record stays sealed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletionStay {
    /// Which.
    pub consultation_id: ConsultationId,
    /// In which queue.
    pub queue: QueueRef,
    /// When it was asked for.
    pub requested_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// A legal hold keeps it until it is lifted.
    pub held: bool,
    /// The class that keeps it, and until when; null: only the hold does.
    pub retention: Option<Retention>,
}

/// What was promised, signed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletionReceipt {
    /// Its number.
    pub number: String,
    /// The very text that is signed: open JSON of ids, numbers and times.
    pub text: String,
    /// Signature by the archive's key, hexadecimal.
    pub signature: String,
    /// The archive's ed25519 key, hexadecimal.
    pub verifying_key: String,
    /// The same for people: an HTML document in the caller's language.
    pub html: String,
}

/// What the deletion of an account does, or did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deletion {
    /// When it was begun; null: it was not.
    pub deleted_at: Option<Time>,
    /// The supervisor who began it; null: the patient himself, or nobody yet.
    pub deleted_by: Option<OperatorRef>,
    /// That supervisor's reason; for staff alone.
    pub reason: Option<String>,
    /// When all was gone that may; null: not yet.
    pub finished_at: Option<Time>,
    /// What has to be ended first; null: nothing.
    pub blocked: Option<DeletionBlocked>,
    /// How many consultations lose their content, or lost it.
    pub goes: i64,
    /// Those whose records stay.
    pub stays: Vec<DeletionStay>,
    /// What else stays, in words, in the caller's language.
    pub remains: Vec<String>,
    /// What was promised; null: it has not begun.
    pub receipt: Option<DeletionReceipt>,
}

/// The word that a deletion is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeletionWord {
    /// It is.
    Delete,
}

/// A patient deletes his account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteAccount {
    /// That it is meant.
    pub confirm: DeletionWord,
}

/// A supervisor deletes a patient's account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeletePatient {
    /// That it is meant.
    pub confirm: DeletionWord,
    /// Why, in 1 to 500 characters.
    pub reason: String,
}

/// How the copy is written.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// BCP 47 tag; absent: as `Accept-Language` says.
    #[serde(default)]
    pub language: Option<String>,
}
