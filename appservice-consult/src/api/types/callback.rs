//! Call-backs (a patient who does not want to write is called), as patients, staff and visitors of a partner's site see them.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    ArchivedPerson, CallKind, Chain, GivenConsent, HistoryEntry, OperatorRef, Page, PartnerCallback, PatientRef,
    PersonRef, QueueRef, WorkingHours,
};
use crate::ids::{CallId, CallbackId, ConversationId, OperatorId, PatientId, PersonId, QueueId, RoomId};
use crate::time::Time;

/// Where a call-back stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackPhase {
    /// Waits for an operator.
    New,
    /// An operator has it and will call.
    Taken,
    /// He calls, in the app or by telephone; what came of it is not written down yet.
    Calling,
    /// Nobody answered: it is tried again at `again_at`, by whoever takes it.
    NoAnswer,
    /// Finished; it goes to the archive at once.
    Done,
    /// Withdrawn.
    Cancelled,
    /// In the archive; `ending` says how it ended.
    Archived,
}

/// How a call-back was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackSource {
    /// By a patient, in the app.
    App,
    /// By a visitor of the partner's site, who has no account.
    Form,
    /// By a partner's system, in the patient's name.
    Partner,
    /// By a member of staff, in the patient's name.
    Desk,
    /// By itself: a patient called and nobody answered.
    MissedCall,
}

/// How an operator calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackMeans {
    /// A call in the app.
    App,
    /// His telephone.
    Telephone,
}

/// What came of a call-back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackOutcome {
    /// They talked.
    Answered,
    /// Given up: nobody answered.
    NotReached,
    /// The number is somebody else's.
    WrongNumber,
    /// It was not needed any more.
    NotNeeded,
}

/// How a call-back ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackEnding {
    /// An operator finished it; `outcome` says how.
    Done,
    /// It was withdrawn.
    Cancelled,
}

/// A time to be called in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallbackWindow {
    /// Not before.
    pub start: Time,
    /// Not after.
    pub end: Time,
}

/// A call-back: the patient's view, and the base of all others.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Callback {
    /// Its id.
    pub id: CallbackId,
    /// Where it was ordered.
    pub queue: QueueRef,
    /// Where it stands.
    pub phase: CallbackPhase,
    /// Since when.
    pub phase_since: Time,
    /// How it was ordered.
    pub source: CallbackSource,
    /// The conversation it is shown in; null for one that was ordered by the form.
    pub conversation_id: Option<ConversationId>,
    /// That conversation's room.
    pub room_id: Option<RoomId>,
    /// When it was ordered.
    pub requested_at: Time,
    /// Whom it is about, where the patient acts for somebody; null: his own.
    pub person: Option<PersonRef>,
    /// Name of whom it is about, as a visitor wrote it into the form; null: he himself.
    pub for_name: Option<String>,
    /// What it is about.
    pub reason: Option<String>,
    /// Where to call by telephone; null: only in the app.
    pub phone: Option<String>,
    /// When the patient wants to be called; null: as soon as possible.
    pub window: Option<CallbackWindow>,
    /// The patient's time zone (IANA), to show `window` and `again_at` in.
    pub time_zone: String,
    /// When it has to have been called by.
    pub due_at: Time,
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
    /// When name, phone, reason and notes were erased, because they are not kept for ever; null: they were not.
    pub erased_at: Option<Time>,
}

/// A call-back as staff sees it in lists.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallbackRow {
    /// What the patient sees too.
    #[serde(flatten)]
    pub callback: Callback,
    /// Whose it is; null for one that was ordered by the form.
    pub patient: Option<PatientRef>,
    /// Name to show: the patient's, or the one that was written into the form.
    pub name: String,
    /// Whether nobody called in time; supervisors are alerted by it.
    pub overdue: bool,
    /// Since when.
    pub overdue_since: Option<Time>,
    /// The last call of it in the app; its state is in `GET /calls/{id}`.
    pub call_id: Option<CallId>,
    /// What the operator wrote at the end.
    pub note: Option<String>,
    /// Place of its record in the archive's chain, once it is sealed.
    pub sealed_sequence: Option<i64>,
}

/// What a visitor agreed to, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentEvidence {
    /// Version of the text.
    pub version: String,
    /// Language that it was shown in.
    pub language: String,
    /// SHA-256 of the text, hexadecimal.
    pub text_sha256: String,
    /// When.
    pub agreed_at: Time,
    /// Keyed hash of the address it came from, hexadecimal: the same for the same address, and no way back.
    pub address_hash: String,
    /// The site that the form stood on; null: not said.
    pub origin: Option<String>,
}

/// A call-back with all that a desk shows of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallbackDetail {
    /// What lists show too.
    #[serde(flatten)]
    pub row: CallbackRow,
    /// Its life, oldest first: `ordered`, `taken`, `released`, `called`, `telephoned`, `not_answered`, `put_off`, `moved`, `finished`, `cancelled`, `noted`,
    /// `overdue`, `archived`.
    pub history: Vec<HistoryEntry>,
    /// What was agreed to; null for a patient with an account.
    pub consent: Option<ConsentEvidence>,
}

/// A page of call-backs in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum CallbackPage {
    /// For staff.
    Rows(Page<CallbackRow>),
    /// For the patient.
    Own(Page<Callback>),
    /// For a partner's system.
    Told(Page<PartnerCallback>),
}

/// A call-back in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum OneCallback {
    /// For staff.
    Detail(Box<CallbackDetail>),
    /// For the patient.
    Own(Box<Callback>),
    /// For a partner's system.
    Told(Box<PartnerCallback>),
}

/// A call-back in the shape of the listener's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum CallbackForRole {
    /// For staff.
    Row(Box<CallbackRow>),
    /// For its patient.
    Own(Box<Callback>),
}

/// `event: callback`
#[derive(Debug, Serialize, ToSchema)]
pub struct CallbackChanged {
    /// As it stands now, for the caller's role. A row that has become `overdue` is an alert to supervisors.
    pub callback: CallbackForRole,
}

/// What is sealed of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedStep {
    /// When.
    pub at: Time,
    /// `patient`, `operator`, `partner` or `system`.
    pub actor: String,
    /// Who, by name.
    pub name: String,
    /// As in the history.
    pub action: String,
    /// What he wrote.
    pub note: Option<String>,
}

/// What is sealed of a call-back. Persisted for decades: fields are added, never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedCallback {
    /// Version of this form.
    pub form: u32,
    /// Which.
    pub callback: CallbackId,
    /// How it was ordered.
    pub source: CallbackSource,
    /// Whose; null: by the form.
    pub patient: Option<PatientId>,
    /// Name at the time of sealing.
    pub name: String,
    /// The person it was about, of those whom the patient acts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<ArchivedPerson>,
    /// Name of whom it was about, as it was written into the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// What it was about.
    pub reason: Option<String>,
    /// Where it was ordered.
    pub queue: QueueId,
    /// When.
    pub requested_at: Time,
    /// When the patient wanted to be called.
    pub window: Option<CallbackWindow>,
    /// His time zone.
    pub time_zone: String,
    /// How it ended.
    pub ending: CallbackEnding,
    /// What came of it.
    pub outcome: Option<CallbackOutcome>,
    /// What the operator wrote.
    pub note: Option<String>,
    /// How often nobody answered.
    pub attempts: i64,
    /// Its life.
    pub history: Vec<ArchivedStep>,
    /// What was agreed to.
    pub consent: Option<ConsentEvidence>,
}

/// A sealed call-back, opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallbackRecord {
    /// What was sealed.
    pub content: ArchivedCallback,
    /// When.
    pub sealed_at: Time,
    /// Proof of the record.
    pub chain: Chain,
}

/// Why a call-back is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackOfferReason {
    /// Outside working hours.
    Closed,
    /// As many wait as the queue takes.
    Full,
    /// No operator of the queue is online.
    NobodyOnline,
    /// Waiting takes long.
    LongWait,
}

/// Whether a queue takes call-backs, and whether the patient is offered one instead of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallbackOffer {
    /// Whether one can be ordered here.
    pub available: bool,
    /// Whether to offer it beside asking now.
    pub offered: bool,
    /// Why; null where it is not offered.
    pub reason: Option<CallbackOfferReason>,
}

/// A window in the patient's local time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallbackWindowRequest {
    /// Local date and time without an offset, such as `2026-11-28T15:00`.
    #[schema(value_type = String, example = "2026-11-28T15:00")]
    pub start: DateTime,
    /// As `start`; 15 minutes to 24 hours later.
    #[schema(value_type = String, example = "2026-11-28T17:00")]
    pub end: DateTime,
}

/// `POST /callbacks`
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCallback {
    /// A queue whose service says that call-backs are `available`.
    pub queue_id: QueueId,
    /// Whom it is about, of the persons whom the patient acts for. Default: he himself.
    #[serde(default)]
    pub person_id: Option<PersonId>,
    /// Made by the client once for each press of the button; a retry with the same one gives the same call-back.
    pub request_id: Uuid,
    /// Where to call; left out: the number of the patient's card, and where it has none, only in the app.
    pub phone: Option<String>,
    /// What it is about, at most 1,000 characters.
    pub reason: Option<String>,
    /// When; left out: as soon as possible.
    pub window: Option<CallbackWindowRequest>,
    /// The patient's time zone (IANA); left out: the brand's.
    pub time_zone: Option<String>,
    /// What the patient agrees to with it, each with the text that he was shown. Default: nothing.
    #[serde(default)]
    pub consents: Vec<GivenConsent>,
}

/// `POST /callbacks/{id}/move`: both left out mean as soon as possible, in the time zone of the order.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct MoveCallback {
    /// When; left out: as soon as possible.
    pub window: Option<CallbackWindowRequest>,
    /// The patient's time zone (IANA); left out: that of the order.
    pub time_zone: Option<String>,
}

/// `POST /callbacks/{id}/release`, `…/cancel`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct CallbackNote {
    /// Why; for staff, at most 4,000 characters.
    pub note: Option<String>,
}

/// `POST /callbacks/{id}/notes`
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCallbackNote {
    /// What staff has to know; the patient does not see it. 1 to 4,000 characters.
    pub note: String,
}

/// `POST /callbacks/{id}/no-answer`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NoAnswerRequest {
    /// When it is tried again; left out: after the queue's own time.
    pub again_at: Option<Time>,
    /// For staff.
    pub note: Option<String>,
}

/// `POST /callbacks/{id}/again-later`: the patient was reached and wants another time.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct AgainLaterRequest {
    /// When, in the patient's local time; left out: as soon as possible.
    pub window: Option<CallbackWindowRequest>,
    /// The patient's time zone (IANA); left out: that of the order.
    pub time_zone: Option<String>,
    /// For staff.
    pub note: Option<String>,
}

/// `POST /callbacks/{id}/done`
#[derive(Debug, Deserialize, ToSchema)]
pub struct FinishCallback {
    /// What came of it.
    pub outcome: CallbackOutcome,
    /// For staff; it goes into the archive.
    pub note: Option<String>,
}

/// `POST /callbacks/{id}/calls`
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCallbackCall {
    /// Audio or video.
    pub kind: CallKind,
    /// As in `NewCall`.
    pub member_id: Option<String>,
}

/// Which call-backs staff wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackView {
    /// New and unanswered ones: whoever takes one calls.
    Waiting,
    /// The caller has it.
    Mine,
    /// In anybody's hands.
    Taken,
    /// Waiting or in anybody's hands.
    #[default]
    Open,
    /// Done, cancelled or archived.
    Ended,
    /// All.
    All,
}

/// Order of call-backs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackSort {
    /// What has to be called first.
    Due,
    /// Newest order first.
    Newest,
    /// Oldest order first.
    Oldest,
}

/// By when call-backs have to have been made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallbackDue {
    /// It is past.
    Overdue,
    /// Within an hour, what is past too.
    Hour,
    /// Within a day, what is past too.
    Day,
}

/// `GET /callbacks`
///
/// What is not named here is refused, and for staff what contradicts itself too.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CallbackQuery {
    /// Staff only.
    pub view: Option<CallbackView>,
    /// Only in this phase.
    pub phase: Option<CallbackPhase>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only those that this operator has or had last.
    pub operator: Option<OperatorId>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Part of the patient's name, or a telephone number.
    pub q: Option<String>,
    /// Only those that are overdue, or that are not.
    pub overdue: Option<bool>,
    /// Only those that have to have been called before.
    pub due_before: Option<Time>,
    /// Of what is open: only those that are due so soon; instead of `overdue` and `due_before`.
    pub due: Option<CallbackDue>,
    /// Only those that came out so; of the views `ended` and `all`.
    pub outcome: Option<CallbackOutcome>,
    /// Only those that were ordered so.
    pub source: Option<CallbackSource>,
    /// Default: `due` for what is open, else `newest`.
    pub sort: Option<CallbackSort>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// A queue that the public form offers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormQueue {
    /// Its id.
    pub id: QueueId,
    /// Name in the language asked for.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// When its operators work.
    pub hours: WorkingHours,
}

/// The text that a visitor agrees to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConsentText {
    /// Its version.
    pub version: String,
    /// The text, in the language asked for.
    pub text: String,
}

/// What the public form needs.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallbackChallenge {
    /// Find a text with which the SHA-256 of this, `:` and the text (all UTF-8) begins with `difficulty_bits` zero bits.
    pub challenge: String,
    /// How many.
    pub difficulty_bits: u8,
    /// Until when it is taken; it is good for one order.
    pub expires_at: Time,
    /// Queues that the form offers.
    pub queues: Vec<FormQueue>,
    /// What the visitor agrees to.
    pub consent: ConsentText,
    /// Language of the texts.
    pub language: String,
}

/// `POST /public/callbacks`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicCallback {
    /// The challenge, as it was given.
    pub challenge: String,
    /// What solves it, at most 32 bytes.
    pub solution: String,
    /// One of the form's queues.
    pub queue_id: QueueId,
    /// Who wants to be called, 1 to 200 characters.
    pub name: String,
    /// Name of whom it is about, where that is somebody else, at most 200 characters.
    #[serde(default)]
    pub for_name: Option<String>,
    /// Where to call.
    pub phone: String,
    /// What it is about, at most 1,000 characters.
    pub reason: Option<String>,
    /// When; left out: as soon as possible.
    pub window: Option<CallbackWindowRequest>,
    /// The visitor's time zone (IANA); left out: the brand's.
    pub time_zone: Option<String>,
    /// Version of the text that was shown and agreed to; where it is not the present one, the form is answered 409 and has to show the new text.
    pub consent_version: String,
}

/// A call-back that was ordered by the form.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicCallbackOrdered {
    /// Its id, to name it by.
    pub id: CallbackId,
    /// When the visitor is called; null: as soon as possible.
    pub window: Option<CallbackWindow>,
    /// When he is called at the latest.
    pub due_at: Time,
    /// Time zone of the order.
    pub time_zone: String,
}
