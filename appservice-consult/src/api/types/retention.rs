//! How long archive records are kept, legal holds, and what is left of records that were erased.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{ArchiveRow, Chain, OperatorRef, PatientRef, QueueRef};
use crate::ids::{ConsultationId, HoldId, PatientId, QueueId};
use crate::time::Time;

/// A retention class of the brand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RetentionClass {
    /// Its id.
    pub id: String,
    /// Its name; the id where the brand has it no more.
    pub name: String,
}

/// How long a record is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Retention {
    /// The class that it was sealed with.
    pub class: RetentionClass,
    /// When its time is over.
    pub due_at: Time,
}

/// Why a record was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErasureCause {
    /// Its time was over.
    Due,
    /// A supervisor erased it by hand.
    ByHand,
    /// Its patient's account was deleted.
    AccountDeleted,
}

/// That a record was erased.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Erased {
    /// When.
    pub at: Time,
    /// Why.
    pub cause: ErasureCause,
    /// Who, by name; empty: the service, because its time was over.
    pub by: String,
    /// The supervisor's reason.
    pub reason: Option<String>,
}

/// A record that goes soon.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueRow {
    /// The record.
    #[serde(flatten)]
    pub row: ArchiveRow,
    /// When it goes: nothing goes before it stood in this list for a day. Null: it is held.
    pub goes_at: Option<Time>,
    /// What holds it.
    pub holds: Vec<LegalHold>,
}

/// How many records go, of a class and a queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueCount {
    /// Their class.
    pub class: RetentionClass,
    /// Their queue.
    pub queue: QueueRef,
    /// How many.
    pub count: i64,
    /// How many of them are held.
    pub held: i64,
}

/// What goes in the days to come.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuePage {
    /// Rows, the first that goes first.
    pub items: Vec<DueRow>,
    /// Give it back as `cursor` for the next page; null after the last.
    pub next_cursor: Option<String>,
    /// Rows of the whole list.
    pub total: i64,
    /// There are more than `total`: counting stopped there, at 10000 at the latest. Absent: there are exactly so many.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
    /// All of them by class and queue.
    pub counts: Vec<DueCount>,
}

/// `GET /archive/due`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DueQuery {
    /// In how many days, 1 to 366. Default: 1.
    pub days: Option<u16>,
    /// Only of this class.
    pub class: Option<String>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// A legal hold: what it is on is not erased.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LegalHold {
    /// Its id.
    pub id: HoldId,
    /// Whose records.
    pub patient: PatientRef,
    /// The one record; null: all records of the patient, those to come too.
    pub consultation: Option<HeldConsultation>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub placed_at: Time,
    /// By whom.
    pub placed_by: OperatorRef,
    /// That it was lifted; null: it holds.
    pub lifted: Option<HoldLifted>,
}

/// A consultation that is held.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HeldConsultation {
    /// Its id.
    pub id: ConsultationId,
    /// Its queue.
    pub queue: QueueRef,
    /// When it was asked for.
    pub requested_at: Time,
}

/// The end of a hold.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HoldLifted {
    /// When.
    pub at: Time,
    /// By whom.
    pub by: OperatorRef,
    /// Why.
    pub reason: String,
}

/// Which holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldView {
    /// Those that hold.
    #[default]
    Active,
    /// Those that were lifted.
    Lifted,
}

/// `GET /holds`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HoldQuery {
    /// Which. Default: `active`.
    pub view: Option<HoldView>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Puts a hold on a record, or on all records of a patient: one of the two is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHold {
    /// The record's consultation.
    #[serde(default)]
    pub consultation_id: Option<ConsultationId>,
    /// The patient.
    #[serde(default)]
    pub patient_id: Option<PatientId>,
    /// Why, in 1 to 500 characters.
    pub reason: String,
    /// The client's idempotency key: the same gives the same hold.
    pub request_id: Uuid,
}

/// Lifts a hold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LiftHold {
    /// Why, in 1 to 500 characters.
    pub reason: String,
}

/// Erases a record by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseRecord {
    /// Why, in 1 to 500 characters.
    pub reason: String,
}

/// A record whose key was destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErasedRecord {
    /// Its place in the chain.
    pub sequence: i64,
    /// Its hash, hexadecimal.
    pub hash: String,
    /// When it was sealed.
    pub sealed_at: Time,
    /// Messages that were in it.
    pub message_count: i64,
    /// Files that were in it.
    pub file_count: i64,
}

/// What was removed with the records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErasureCounts {
    /// Notes of staff.
    pub notes: u64,
    /// Conclusions, with all versions.
    pub conclusions: u64,
    /// Calls of which reasons and measurements were removed.
    pub calls: u64,
    /// Tags.
    pub tags: u64,
    /// What the patient wrote when he rated it; the stars stay.
    #[serde(default)]
    pub comments: u64,
    /// Answers to the questions at the request.
    #[serde(default)]
    pub answers: u64,
    /// What stood in fields of the brand's own.
    #[serde(default)]
    pub fields: u64,
    /// What staff wanted to come back to.
    #[serde(default)]
    pub follow_ups: u64,
}

/// A file of an erased record at the homeserver.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasedFile {
    /// `mxc:` address.
    pub url: String,
    /// When it was gone; null: not yet.
    pub gone_at: Option<Time>,
}

/// What proves an erasure: the tombstone in the archive's chain.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureProof {
    /// Its place, and whether it holds.
    pub chain: Chain,
    /// The very text that its hash covers.
    pub tombstone: String,
    /// Signature of its head by the archive's key, hexadecimal.
    pub signature: String,
    /// The archive's ed25519 key, hexadecimal.
    pub verifying_key: String,
    /// Salt of the reason's hash in the tombstone, hexadecimal; null: no reason was given.
    pub reason_salt: Option<String>,
}

/// The certificate of an erasure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasureCertificate {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// The patient's id; his name is not part of it.
    pub patient_id: PatientId,
    /// The queue.
    pub queue: QueueRef,
    /// When it was asked for.
    pub requested_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// The erasure.
    pub erased: Erased,
    /// Class and time that it was sealed with; null: it was to be kept for ever.
    pub retention: Option<Retention>,
    /// Records whose keys were destroyed: nobody opens them any more.
    pub records: Vec<ErasedRecord>,
    /// What was removed with them.
    pub counts: ErasureCounts,
    /// Their files at the homeserver; null: the records did not open on this server, so it is not known which they were.
    pub files: Option<Vec<ErasedFile>>,
    /// What is still there, in words, in the caller's language.
    pub remains: Vec<String>,
    /// The proof.
    pub proof: ErasureProof,
}
