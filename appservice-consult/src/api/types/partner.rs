//! What partners' systems are told, and what they ask for: their own shapes, so that nothing that is added for staff reaches them unnoticed.
//!
//! Deliberately absent: words of a conversation, notes, reasons. What is personal stands in the patient's card alone, whose reading is an audit entry.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    CallbackEnding, CallbackMeans, CallbackOutcome, CallbackPhase, CallbackSource, CallbackWindow,
    CallbackWindowRequest, FieldValue, Hold, OperatorRef, Page, Participant, PartnerPerson, PatientCard, PatientLink,
    PatientRow, Phase, QueueRef, Sex, Waiting,
};
use crate::ids::{CallbackId, ConsultationId, ConversationId, PatientId, PersonId, QueueId, UserId};
use crate::time::Time;

/// A patient, as a partner's system sees him.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerPatient {
    /// Id of the card.
    pub id: PatientId,
    /// Matrix user id.
    pub user_id: UserId,
    /// The partner's own number of him.
    pub external_id: Option<String>,
    /// Name to show.
    pub name: String,
    /// ISO 8601 date.
    pub birth_date: Option<String>,
    /// As the card says.
    pub sex: Option<Sex>,
    /// E.164 where it was given so.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Policy, as text.
    pub insurance: Option<String>,
    /// What stands in the brand's own fields, by id.
    pub fields: BTreeMap<String, FieldValue>,
    /// When the service first saw him.
    pub created_at: Time,
    /// Request time of the last consultation.
    pub last_consultation_at: Option<Time>,
    /// How many consultations he had, for himself and for others.
    pub consultations: i64,
    /// Whether it is the card that stands for him. If not, `links` names the one that does.
    pub active: bool,
    /// Other cards of the same human.
    pub links: Vec<PatientLink>,
    /// Whom he acts for, without those who were removed; null in lists.
    pub persons: Option<Vec<PartnerPerson>>,
}

/// A consultation, as a partner's system sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerConsultation {
    /// Its id.
    pub id: ConsultationId,
    /// The conversation it is part of.
    pub conversation_id: ConversationId,
    /// Whose it is.
    pub patient_id: PatientId,
    /// Whose health it is about, of the persons whom the patient acts for; null: his own.
    pub person_id: Option<PersonId>,
    /// Where it was asked, or transferred to.
    pub queue: QueueRef,
    /// Where it stands.
    pub phase: Phase,
    /// When it was asked for.
    pub requested_at: Time,
    /// When the present or last lead took it; null while it waits.
    pub taken_at: Option<Time>,
    /// When an operator first answered.
    pub first_answer_at: Option<Time>,
    /// When it was closed, cancelled or abandoned.
    pub ended_at: Option<Time>,
    /// Only while on hold.
    pub hold: Option<Hold>,
    /// Operators taking part now; after the end, those who took part last.
    pub participants: Vec<Participant>,
    /// Only while queued.
    pub waiting: Option<Waiting>,
    /// Messages of patient and operators.
    pub message_count: i64,
}

/// A call-back, as a partner's system sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerCallback {
    /// Its id.
    pub id: CallbackId,
    /// The conversation it is shown in; null for one that was ordered by the form.
    pub conversation_id: Option<ConversationId>,
    /// Whose it is; null for one that was ordered by the form.
    pub patient_id: Option<PatientId>,
    /// Whom it is about, of the persons whom the patient acts for; null: he himself.
    pub person_id: Option<PersonId>,
    /// Where it was ordered.
    pub queue: QueueRef,
    /// Where it stands.
    pub phase: CallbackPhase,
    /// Since when.
    pub phase_since: Time,
    /// How it was ordered.
    pub source: CallbackSource,
    /// When it was ordered.
    pub requested_at: Time,
    /// When the patient is to be called; null: as soon as possible.
    pub window: Option<CallbackWindow>,
    /// The patient's time zone (IANA).
    pub time_zone: String,
    /// When he has to have been called by.
    pub due_at: Time,
    /// Whether nobody called in time.
    pub overdue: bool,
    /// Only in phase `no_answer`: when it is tried again.
    pub again_at: Option<Time>,
    /// How often nobody answered.
    pub attempts: i64,
    /// Who has it now, or had it last.
    pub operator: Option<OperatorRef>,
    /// When he took it.
    pub taken_at: Option<Time>,
    /// How he called last.
    pub means: Option<CallbackMeans>,
    /// How it ended; null while it is open.
    pub ending: Option<CallbackEnding>,
    /// What came of it; null unless `ending` is `done`.
    pub outcome: Option<CallbackOutcome>,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// `POST /patients/{id}/consultations`
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenConsultation {
    /// The service that is asked for.
    pub queue_id: QueueId,
    /// Whose health it is about, of the persons whom the patient acts for. Default: his own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_id: Option<PersonId>,
}

/// `POST /patients/{id}/callbacks`
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCallback {
    /// A queue that takes call-backs.
    pub queue_id: QueueId,
    /// Whom it is about, of the persons whom the patient acts for. Default: he himself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_id: Option<PersonId>,
    /// Where to call; left out: the number of the patient's card, and where it has none, only in the app.
    pub phone: Option<String>,
    /// What it is about, at most 1,000 characters; for staff, and the patient sees it. No answer to a partner's system repeats it.
    pub reason: Option<String>,
    /// When; left out: as soon as possible.
    pub window: Option<CallbackWindowRequest>,
    /// The patient's time zone (IANA); left out: the brand's.
    pub time_zone: Option<String>,
}

/// A page of patients in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum PatientPage {
    /// For staff.
    Rows(Page<PatientRow>),
    /// For a partner's system.
    Told(Page<PartnerPatient>),
}

/// A patient in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum OnePatient {
    /// For staff.
    Card(Box<PatientCard>),
    /// For a partner's system.
    Told(Box<PartnerPatient>),
}
