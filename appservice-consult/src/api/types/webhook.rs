//! Webhooks: where a partner's system is told what happens at the desk, and what became of it.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::time::Time;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum WebhookEventType {
    /// A patient asked for a consultation.
    #[serde(rename = "consultation.requested")]
    ConsultationRequested,
    /// A consultation stands in a queue: a new one, one that was handed on, one that was re-opened.
    #[serde(rename = "consultation.queued")]
    ConsultationQueued,
    /// An operator is asked to take it.
    #[serde(rename = "consultation.offered")]
    ConsultationOffered,
    /// He left it to others.
    #[serde(rename = "consultation.passed")]
    ConsultationPassed,
    /// He did not answer in time.
    #[serde(rename = "consultation.offer_lapsed")]
    ConsultationOfferLapsed,
    /// An operator took it.
    #[serde(rename = "consultation.taken")]
    ConsultationTaken,
    /// It was handed on.
    #[serde(rename = "consultation.transferred")]
    ConsultationTransferred,
    /// It came back to the queue, because the console of who led it was lost.
    #[serde(rename = "consultation.returned")]
    ConsultationReturned,
    /// Its lead put it aside.
    #[serde(rename = "consultation.held")]
    ConsultationHeld,
    /// It goes on.
    #[serde(rename = "consultation.resumed")]
    ConsultationResumed,
    /// It was closed.
    #[serde(rename = "consultation.closed")]
    ConsultationClosed,
    /// The patient withdrew it.
    #[serde(rename = "consultation.cancelled")]
    ConsultationCancelled,
    /// Nobody came in time.
    #[serde(rename = "consultation.abandoned")]
    ConsultationAbandoned,
    /// The patient wrote soon after the end.
    #[serde(rename = "consultation.reopened")]
    ConsultationReopened,
    /// Nobody takes it, and soon the wait is longer than promised.
    #[serde(rename = "consultation.wait_warning")]
    ConsultationWaitWarning,
    /// The wait is longer than promised.
    #[serde(rename = "consultation.wait_broken")]
    ConsultationWaitBroken,
    /// Nobody answers, and soon that takes longer than promised.
    #[serde(rename = "consultation.response_warning")]
    ConsultationResponseWarning,
    /// The first answer takes longer than promised.
    #[serde(rename = "consultation.response_broken")]
    ConsultationResponseBroken,
    /// It is open, and soon that takes longer than promised.
    #[serde(rename = "consultation.resolution_warning")]
    ConsultationResolutionWarning,
    /// It is open longer than promised.
    #[serde(rename = "consultation.resolution_broken")]
    ConsultationResolutionBroken,
    /// It was corrected for whom it is.
    #[serde(rename = "consultation.person_corrected")]
    ConsultationPersonCorrected,
    /// Its patient said what he thought of it, or something else than before.
    #[serde(rename = "consultation.rated")]
    ConsultationRated,
    /// A tag was put on it.
    #[serde(rename = "consultation.tagged")]
    ConsultationTagged,
    /// A tag was taken off it.
    #[serde(rename = "consultation.untagged")]
    ConsultationUntagged,
    /// Something else stands in the brand's own fields of it.
    #[serde(rename = "consultation.fields_changed")]
    ConsultationFieldsChanged,
    /// What was said in it was erased.
    #[serde(rename = "consultation.erased")]
    ConsultationErased,
    /// A supervisor said who is to take it, or that it is anybody's again.
    #[serde(rename = "consultation.assigned")]
    ConsultationAssigned,
    /// A supervisor or a rule moved it to another queue, where it goes on waiting.
    #[serde(rename = "consultation.moved")]
    ConsultationMoved,
    /// A supervisor or a rule raised its priority.
    #[serde(rename = "consultation.raised")]
    ConsultationRaised,
    /// A supervisor lowered its priority.
    #[serde(rename = "consultation.lowered")]
    ConsultationLowered,
    /// A supervisor leads it instead of who led it.
    #[serde(rename = "consultation.taken_over")]
    ConsultationTakenOver,
    /// Its patient changed what he answered.
    #[serde(rename = "consultation.answers_changed")]
    ConsultationAnswersChanged,
    /// Its silent patient was asked whether he is still there.
    #[serde(rename = "consultation.silence_warned")]
    ConsultationSilenceWarned,
    /// An operator came into a consultation, or has another role in it.
    #[serde(rename = "participant.joined")]
    ParticipantJoined,
    /// An operator is no longer in it.
    #[serde(rename = "participant.left")]
    ParticipantLeft,
    /// Colleagues who serve a queue were asked into a consultation.
    #[serde(rename = "queue_invitation.made")]
    QueueInvitationMade,
    /// One of them came.
    #[serde(rename = "queue_invitation.accepted")]
    QueueInvitationAccepted,
    /// One of them does not come.
    #[serde(rename = "queue_invitation.refused")]
    QueueInvitationRefused,
    /// None of them comes.
    #[serde(rename = "queue_invitation.declined")]
    QueueInvitationDeclined,
    /// Nobody answered in time.
    #[serde(rename = "queue_invitation.expired")]
    QueueInvitationExpired,
    /// It was taken back.
    #[serde(rename = "queue_invitation.taken_back")]
    QueueInvitationTakenBack,
    /// The consultation went on without it.
    #[serde(rename = "queue_invitation.over")]
    QueueInvitationOver,
    /// The conclusion of a consultation was signed.
    #[serde(rename = "conclusion.signed")]
    ConclusionSigned,
    /// A further version of it was signed.
    #[serde(rename = "conclusion.amended")]
    ConclusionAmended,
    /// Somebody of staff, or a rule, wrote a note.
    #[serde(rename = "note.written")]
    NoteWritten,
    /// Its author changed it.
    #[serde(rename = "note.edited")]
    NoteEdited,
    /// It was deleted.
    #[serde(rename = "note.deleted")]
    NoteDeleted,
    /// Somebody calls.
    #[serde(rename = "call.started")]
    CallStarted,
    /// They talk.
    #[serde(rename = "call.answered")]
    CallAnswered,
    /// The call is over.
    #[serde(rename = "call.ended")]
    CallEnded,
    /// A call-back was ordered.
    #[serde(rename = "callback.ordered")]
    CallbackOrdered,
    /// An operator took it.
    #[serde(rename = "callback.taken")]
    CallbackTaken,
    /// He gave it back.
    #[serde(rename = "callback.released")]
    CallbackReleased,
    /// He called in the app.
    #[serde(rename = "callback.called")]
    CallbackCalled,
    /// He called by telephone.
    #[serde(rename = "callback.telephoned")]
    CallbackTelephoned,
    /// Nobody answered.
    #[serde(rename = "callback.not_answered")]
    CallbackNotAnswered,
    /// It is to be tried another time.
    #[serde(rename = "callback.put_off")]
    CallbackPutOff,
    /// The patient moved it.
    #[serde(rename = "callback.moved")]
    CallbackMoved,
    /// It was finished.
    #[serde(rename = "callback.finished")]
    CallbackFinished,
    /// It was withdrawn.
    #[serde(rename = "callback.cancelled")]
    CallbackCancelled,
    /// Nobody called in time.
    #[serde(rename = "callback.overdue")]
    CallbackOverdue,
    /// Somebody is to come back to a patient at a time.
    #[serde(rename = "follow_up.made")]
    FollowUpMade,
    /// Something else is to be done, or said.
    #[serde(rename = "follow_up.changed")]
    FollowUpChanged,
    /// It is to be at another time.
    #[serde(rename = "follow_up.put_off")]
    FollowUpPutOff,
    /// It was given to somebody else, or to another queue.
    #[serde(rename = "follow_up.handed")]
    FollowUpHanded,
    /// It became its queue's, for its owner is not there.
    #[serde(rename = "follow_up.handed_on")]
    FollowUpHandedOn,
    /// Its time has come.
    #[serde(rename = "follow_up.due")]
    FollowUpDue,
    /// Somebody came back to it.
    #[serde(rename = "follow_up.done")]
    FollowUpDone,
    /// It is not needed any more.
    #[serde(rename = "follow_up.cancelled")]
    FollowUpCancelled,
    /// Its message went to the patient.
    #[serde(rename = "follow_up.message_sent")]
    FollowUpMessageSent,
    /// Its message could not go.
    #[serde(rename = "follow_up.message_failed")]
    FollowUpMessageFailed,
    /// A rule alarmed the supervisors.
    #[serde(rename = "rule.alarmed")]
    RuleAlarmed,
    /// A patient agreed to something.
    #[serde(rename = "consent.given")]
    ConsentGiven,
    /// He withdrew it.
    #[serde(rename = "consent.withdrawn")]
    ConsentWithdrawn,
    /// A supervisor keeps records from being erased.
    #[serde(rename = "hold.placed")]
    HoldPlaced,
    /// He lets them go again.
    #[serde(rename = "hold.lifted")]
    HoldLifted,
    /// Somebody is a patient from now on: he came by himself, or the desk or a partner's system made his card.
    #[serde(rename = "patient.created")]
    PatientCreated,
    /// Something else stands on a patient's card.
    #[serde(rename = "patient.changed")]
    PatientChanged,
    /// Two patients' cards are shown as one from now on.
    #[serde(rename = "patient.merged")]
    PatientMerged,
    /// They are separate again.
    #[serde(rename = "patient.unmerged")]
    PatientUnmerged,
    /// A patient's account is deleted.
    #[serde(rename = "patient.deleted")]
    PatientDeleted,
    /// An operator is ready for something else.
    #[serde(rename = "operator.status_changed")]
    OperatorStatusChanged,
    /// A supervisor tried the endpoint. Goes to it whether it is chosen or not.
    #[serde(rename = "webhook.test")]
    WebhookTest,
}

/// What is personal and stands in an event only where the endpoint asks for it. Nothing of a conversation is among it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum WebhookField {
    /// The patient's name.
    #[serde(rename = "patient.name")]
    PatientName,
    /// His telephone number; of a call-back the one that is to be called.
    #[serde(rename = "patient.phone")]
    PatientPhone,
    /// His e-mail address.
    #[serde(rename = "patient.email")]
    PatientEmail,
    /// His birth date.
    #[serde(rename = "patient.birth_date")]
    PatientBirthDate,
}

/// Why an endpoint is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookOffReason {
    /// A supervisor switched it off.
    Supervisor,
    /// It failed for days.
    Failing,
    /// It answered 410: it is gone.
    Gone,
}

/// Where the desk's events are told.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WebhookEndpoint {
    /// Id.
    pub id: String,
    /// Where they are sent.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Which.
    pub events: Vec<WebhookEventType>,
    /// What is personal and is told too.
    pub fields: Vec<WebhookField>,
    /// Whether it is told anything.
    pub on: bool,
    /// Why not; null: it is.
    pub off_reason: Option<WebhookOffReason>,
    /// When it was made.
    pub created_at: Time,
    /// Until when the secret before the present one signs too; null: there is none.
    pub former_secret_until: Option<Time>,
    /// Since when nothing has reached it; null: the last one did.
    pub failing_since: Option<Time>,
    /// Deliveries that are not over.
    pub waiting: i64,
    /// Deliveries that were given up, of those that are kept.
    pub dead: i64,
}

/// All endpoints.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhooks {
    /// Oldest first.
    pub endpoints: Vec<WebhookEndpoint>,
    /// The events that can be chosen.
    pub event_types: Vec<WebhookEventType>,
    /// The personal fields that can be chosen.
    pub field_types: Vec<WebhookField>,
}

/// An endpoint with a secret that was just made. It is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookSecret {
    /// The endpoint.
    pub endpoint: WebhookEndpoint,
    /// `whsec_` and base64: the key of the signatures.
    pub secret: String,
}

/// `POST /webhooks`
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Where to: `https://…`.
    pub url: String,
    /// What it is for: at most 200 characters.
    #[serde(default)]
    pub description: String,
    /// Which events; at least one.
    pub events: Vec<WebhookEventType>,
    /// What is personal and is told too. Default: nothing.
    #[serde(default)]
    pub fields: Vec<WebhookField>,
}

/// `PATCH /webhooks/{id}`
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookChange {
    /// Where to.
    pub url: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Which events.
    pub events: Option<Vec<WebhookEventType>>,
    /// What is personal and is told too.
    pub fields: Option<Vec<WebhookField>>,
    /// Whether it is told anything.
    pub on: Option<bool>,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookDeliveryState {
    /// On its way, or behind another of the same conversation.
    Waiting,
    /// The endpoint has taken it.
    Delivered,
    /// Given up; it can be sent again by hand.
    Dead,
}

/// Why an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookFailure {
    /// It answered something other than 2xx.
    Status,
    /// It answered 410.
    Gone,
    /// It pointed elsewhere; redirects are not followed.
    Redirect,
    /// It did not answer in time.
    Timeout,
    /// No connection, or no trust in its certificate.
    Connection,
    /// Its name leads to an address that may not be reached.
    Address,
    /// Too many were waiting already.
    Backlog,
}

/// An event on its way to an endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDelivery {
    /// `webhook-id` of the event: the same however often it is sent.
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: WebhookEventType,
    /// When.
    pub at: Time,
    /// Where it stands.
    pub state: WebhookDeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was tried last.
    pub last_attempt_at: Option<Time>,
    /// When it is tried next; null: it is over, or behind another.
    pub next_attempt_at: Option<Time>,
    /// HTTP status of the last answer.
    pub response_status: Option<i64>,
    /// How long the last answer took. Unit: milliseconds.
    pub latency_ms: Option<i64>,
    /// Why the last attempt failed.
    pub failure: Option<WebhookFailure>,
    /// What is told, without personal fields.
    #[schema(value_type = Object)]
    pub data: serde_json::Value,
}

/// `GET /webhooks/{id}/deliveries`
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WebhookDeliveryQuery {
    /// Only those that stand there.
    pub state: Option<WebhookDeliveryState>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// What is sent again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookReplayOnly {
    /// What was given up, and what happened while the endpoint was off.
    #[default]
    Missed,
    /// Everything.
    All,
}

/// `POST /webhooks/{id}/replay`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookReplay {
    /// Events at or after.
    pub from: Time,
    /// Events before.
    pub to: Time,
    /// Which of them. Default: `missed`.
    #[serde(default)]
    pub only: WebhookReplayOnly,
}

/// What a replay began.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookReplayed {
    /// Deliveries that are sent again.
    pub deliveries: i64,
    /// Whether there are more: ask again when these are through.
    pub more: bool,
}

/// A test that is on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookTested {
    /// Its `webhook-id`: what became of it stands in the log.
    pub id: String,
}

/// `event: webhook` of the stream
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookChanged {
    /// The endpoint that changed: supervisors load the list anew.
    pub endpoint_id: String,
}
