//! Consultations and conversations, as a patient sees them and as staff sees them.

use consilium_config::brand::ConclusionNeed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answered, ConclusionRef, CustomField, DeviceCheck, FieldRef, Page, PartnerConsultation, PersonRef, RatingRef, Sex,
    TagRef, WaitEstimate,
};
use crate::ids::{CircleId, ConsultationId, ConversationId, EventId, OperatorId, PatientId, QueueId, RoomId};
use crate::time::Time;

/// Where a consultation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Waits for an operator.
    Queued,
    /// An operator leads it.
    Active,
    /// Its lead has put it aside.
    OnHold,
    /// Closed and sealed.
    Archived,
    /// The patient withdrew before it was taken.
    Cancelled,
    /// Nobody came within the queue's time.
    Abandoned,
}

/// What a participant does in the consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParticipantRole {
    /// Answers for it.
    Lead,
    /// A colleague who was asked in.
    Consultant,
    /// Watches, visible to the patient: he reads and listens, and can neither write in the room nor send anything in a call.
    Observer,
    /// Learns.
    Trainee,
}

/// An operator who takes part.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Participant {
    /// Who.
    pub operator_id: OperatorId,
    /// Name to show.
    pub name: String,
    /// As what.
    pub role: ParticipantRole,
    /// Since when.
    pub joined_at: Time,
    /// Who asked him in; null for a lead.
    pub invited_by: Option<OperatorRef>,
}

/// A queue by id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QueueRef {
    /// Id in the brand's configuration.
    pub id: QueueId,
    /// Name in the caller's language.
    pub name: String,
}

/// Time on hold.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hold {
    /// Since when.
    pub since: Time,
    /// When it resumes by itself; null: when the lead says so.
    pub until: Option<Time>,
}

/// The wait of a queued consultation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Waiting {
    /// 1 is next.
    pub place: u32,
    /// What waiting in this queue took lately.
    pub estimate: Option<WaitEstimate>,
    /// Whether it waits again because who led it has lost the connection.
    pub came_back: bool,
}

/// A consultation: the patient's view, and the base of all others.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// The conversation it is part of.
    pub conversation_id: ConversationId,
    /// The conversation's room.
    pub room_id: RoomId,
    /// Whose health it is about; null: the patient's own.
    pub person: Option<PersonRef>,
    /// Where it was asked, or transferred to.
    pub queue: QueueRef,
    /// Where it stands.
    pub phase: Phase,
    /// When the patient asked.
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
    /// Why it ended, where somebody said so.
    pub end_reason: Option<String>,
    /// Messages of patient and operators.
    pub message_count: i64,
    /// First message of it.
    pub first_event_id: Option<EventId>,
    /// Last message of it.
    pub last_event_id: Option<EventId>,
    /// Its conclusion, once one is signed.
    pub conclusion: Option<ConclusionRef>,
    /// What its patient thought of it.
    pub rating: Option<RatingRef>,
    /// Until when he may say so, or something else; null: it is not closed, or not to be rated.
    pub rating_until: Option<Time>,
    /// When what was said in it was erased; null: it was not.
    pub erased_at: Option<Time>,
}

/// The patient of a consultation, as lists show him.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PatientRef {
    /// Id of the card.
    pub id: PatientId,
    /// Name to show.
    pub name: String,
    /// Whole years.
    pub age: Option<i64>,
    /// As the card says.
    pub sex: Option<Sex>,
}

/// An operator by id and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OperatorRef {
    /// Id.
    pub id: OperatorId,
    /// Name to show.
    pub name: String,
}

/// Why a consultation came back to a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferCause {
    /// It was handed on, by who led it, by a supervisor, or by the queue's rule when he went off.
    Handed,
    /// The console of who led it was lost.
    Lost,
}

/// How a waiting consultation came back to a queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Transfer {
    /// Name of who handed it on, or whose console was lost.
    pub from: String,
    /// What he wrote for the next one.
    pub note: String,
    /// When.
    pub at: Time,
    /// The operator it was handed to; null: anyone of the queue.
    pub to: Option<OperatorRef>,
    /// Why.
    pub cause: TransferCause,
}

/// A consultation as staff sees it in lists.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConsultationRow {
    /// What the patient sees too.
    #[serde(flatten)]
    pub consultation: Consultation,
    /// Whose it is.
    pub patient: PatientRef,
    /// 0 is ordinary; a higher one goes first.
    pub priority: i64,
    /// Who is asked to take it just now; null: nobody, or it is taken.
    pub offer: Option<Offer>,
    /// The promise of the queue that is nearest to be broken, or most broken; null: none runs.
    pub sla: Option<SlaState>,
    /// Where it was transferred, until it is taken again it stands here; kept after.
    pub transfer: Option<Transfer>,
    /// Who led it, or the patient's previous consultation, last.
    pub previous_operator: Option<OperatorRef>,
    /// Last message of patient or operator.
    pub last_message_at: Option<Time>,
    /// The oldest message of the patient that no operator has answered.
    pub unanswered_since: Option<Time>,
    /// In the order they were put on.
    pub tags: Vec<TagRef>,
    /// When something was last put into a field of the brand's own; null: nothing stands in them. Then the detail has more to say.
    pub fields_changed_at: Option<Time>,
    /// What was chosen in fields of the brand's own, each as lists are narrowed down by it: `occasion:again`.
    pub chosen_fields: Vec<String>,
    /// Fields that its queue asks for before the close and in which nothing stands yet; empty where it is over.
    pub missing_fields: Vec<FieldRef>,
    /// Whether its queue asks for a conclusion.
    pub conclusion_need: ConclusionNeed,
    /// Whether one of the patient's answers is a red flag.
    pub red_flag: bool,
    /// When the patient gave the answers that stand now; null: none.
    pub answered_at: Option<Time>,
    /// What the patient speaks, of the brand's languages; null: he did not say.
    pub language: Option<String>,
    /// What the patient's device did when he tested it for a call; null: he did not.
    pub device_check: Option<DeviceCheck>,
}

/// How a promise of the queue stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SlaState {
    /// Which.
    pub target: SlaTarget,
    /// By when it has to be kept.
    pub due_at: Time,
    /// What has been said of it.
    pub level: SlaLevel,
}

/// What a queue promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlaTarget {
    /// That an operator takes it.
    Wait,
    /// That an operator writes.
    FirstResponse,
    /// That it is closed.
    Resolution,
}

/// How far a promise is from being kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlaLevel {
    /// There is time.
    Kept,
    /// Soon it is broken.
    Warning,
    /// It is broken.
    Breach,
}

/// A consultation that waits is offered to one operator.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Offer {
    /// To whom. Nobody else can take it meanwhile.
    pub to: OperatorRef,
    /// Since when.
    pub since: Time,
    /// How long; then it is offered to another.
    pub until: Time,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// The patient.
    Patient,
    /// An operator or supervisor.
    Operator,
    /// A partner's system, by a key.
    Partner,
    /// The service itself, by a time-out.
    System,
}

/// Who did something, with the name to show.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Actor {
    /// What he is.
    pub kind: ActorKind,
    /// Empty for the service itself.
    pub name: String,
}

/// One step in a consultation's life.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HistoryEntry {
    /// When.
    pub at: Time,
    /// Who.
    pub actor: Actor,
    /// `requested`, `taken`, `held`, `resumed`, `transferred`, `returned`, `taken_over`, `silence_warned`, `closed`, `cancelled`, `abandoned`, `reopened`,
    /// `invited`, `left`, `dismissed`, `answers_changed`, `person_corrected`, `raised`, `lowered`, `moved` or `assigned`.
    pub action: String,
    /// Name of the colleague who was invited, left or was dismissed.
    pub operator: Option<String>,
    /// What he wrote.
    pub note: Option<String>,
}

/// Whether the caller's devices got the keys of the conversation's history.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Keys {
    /// Whether the last hand-over reached a device of the caller.
    pub ready: bool,
    /// How many it reached.
    pub devices: u32,
}

/// A consultation with all that a desk shows of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConsultationDetail {
    /// What lists show too.
    #[serde(flatten)]
    pub row: ConsultationRow,
    /// Its life, oldest first; as far as the caller was there.
    pub history: Vec<HistoryEntry>,
    /// Keys of the history.
    pub keys: Keys,
    /// What the patient answered when he asked, for whoever may take it or takes part, and for supervisors; null: nothing was asked, it is not the caller's to
    /// read, or it is over (its record has them).
    pub answers: Option<Answered>,
    /// The brand's own fields, in their order; empty for whom its row alone is shown.
    pub fields: Vec<CustomField>,
}

/// The permanent room of a patient and a circle.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Its room.
    pub room_id: RoomId,
    /// The queues that share its history.
    pub circle: CircleId,
    /// At most one is open.
    pub open_consultation: Option<Consultation>,
}

/// All conversations of the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct Conversations {
    /// Oldest first.
    pub conversations: Vec<Conversation>,
}

/// What a hand-over of the history's keys did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HistoryKeys {
    /// Devices of the caller that got a bundle; 0: none can read it, the caller has to set up his keys.
    pub devices: u32,
    /// Sessions in the bundle.
    pub sessions: u32,
}

/// A page of consultations in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ConsultationPage {
    /// For staff.
    Rows(Page<ConsultationRow>),
    /// For the patient.
    Own(Page<Consultation>),
    /// For a partner's system.
    Told(Page<PartnerConsultation>),
}

/// A consultation in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum OneConsultation {
    /// For staff.
    Detail(Box<ConsultationDetail>),
    /// For the patient.
    Own(Box<Consultation>),
    /// For a partner's system.
    Told(Box<PartnerConsultation>),
}
