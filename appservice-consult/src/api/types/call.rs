//! Calls, as both sides see them.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Page, PatientRef};
use crate::ids::{CallId, ConsultationId, ConversationId, OperatorId, PatientId, QueueId, RoomId, UserId};
use crate::time::Time;

/// Audio or video, as the caller asked; who answers may turn his camera on or off all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallKind {
    /// Sound.
    Audio,
    /// Sound and pictures.
    Video,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// Rings on the other side.
    Ringing,
    /// They talk.
    Answered,
    /// Over.
    Ended,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// They talked and hung up.
    Completed,
    /// The other side declined.
    Declined,
    /// Nobody answered.
    Missed,
    /// The caller gave up.
    Cancelled,
    /// The other side was in another call.
    Busy,
    /// The connection or the media server was lost.
    Lost,
}

/// The two sides of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallSide {
    /// The patient.
    Patient,
    /// Operators.
    Staff,
}

/// Why a call was declined.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Not said.
    #[default]
    None,
    /// In another call.
    Busy,
    /// Not alone, or not able to talk.
    CannotTalk,
    /// Please call later.
    CallLater,
    /// Please write instead.
    WriteInstead,
}

/// Somebody in a call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallParticipant {
    /// His account.
    pub user_id: UserId,
    /// Name to show.
    pub name: String,
    /// His side.
    pub side: CallSide,
    /// When he first came.
    pub joined_at: Time,
    /// When he last left; null: he is there.
    pub left_at: Option<Time>,
}

/// An operator who came into the consultation while the call was on, and is asked to join it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallInvitee {
    /// His account.
    pub user_id: UserId,
    /// Name to show.
    pub name: String,
    /// Name of who asked him in; null: he leads the consultation now.
    pub invited_by: Option<String>,
    /// Since when he is asked.
    pub since: Time,
}

/// A call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Call {
    /// Its id.
    pub id: CallId,
    /// The consultation it is part of; null for a call-back without one.
    pub consultation_id: Option<ConsultationId>,
    /// The conversation it is part of.
    pub conversation_id: ConversationId,
    /// The conversation's room.
    pub room_id: RoomId,
    /// Audio or video.
    pub kind: CallKind,
    /// Where it stands.
    pub state: CallState,
    /// How it ended; null while it has not.
    pub outcome: Option<CallOutcome>,
    /// Why it was declined; null where it was not.
    pub decline_reason: Option<DeclineReason>,
    /// Which side called.
    pub caller_side: CallSide,
    /// Who called.
    pub caller_user_id: UserId,
    /// His name.
    pub caller_name: String,
    /// When it began to ring.
    pub started_at: Time,
    /// Until when it rings.
    pub ring_until: Time,
    /// Since when they talk.
    pub answered_at: Option<Time>,
    /// Who answered in an app of ours; null before, and where another client answered.
    pub answered_user_id: Option<UserId>,
    /// His device, so that his other devices know that they shall stop ringing.
    pub answered_device_id: Option<String>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// How long both sides were in it, by the media server's record.
    pub talked_seconds: i64,
    /// Who is or was in it.
    pub participants: Vec<CallParticipant>,
    /// At whom of the staff it rings while others talk: nobody once he has been in it, or when a ring's time is over.
    pub invited: Vec<CallInvitee>,
}

/// A call in staff's list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallRow {
    /// The call.
    #[serde(flatten)]
    pub call: Call,
    /// With whom.
    pub patient: PatientRef,
}

/// A page of calls in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum CallPage {
    /// For staff.
    Rows(Page<CallRow>),
    /// For the patient.
    Own(Page<Call>),
}

/// A call in the shape of the caller's role.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum OneCall {
    /// For staff.
    Row(Box<CallRow>),
    /// For the patient.
    Own(Box<Call>),
}

/// What a device needs to join a call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallTicket {
    /// Address of the media server.
    pub url: String,
    /// The token: for one room and one identity, to be used within a minute.
    pub jwt: String,
    /// Who the device is at the media server.
    pub identity: String,
    /// The room.
    pub room_id: RoomId,
    /// The slot that memberships name.
    pub slot_id: String,
    /// What memberships name as transport (`livekit_service_url`).
    pub livekit_service_url: String,
}

/// A call with what the device needs to join it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JoinedCall {
    /// The call.
    pub call: Call,
    /// Null where there is nothing to join: the other side is in another call.
    pub ticket: Option<CallTicket>,
    /// Accounts at which it rings now: the caller's device hands its media key to their devices with the ring, so that nobody waits for it who answers.
    pub rings_at: Vec<UserId>,
}

/// Why calls do not work; the apps have the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallTrouble {
    /// No media server is connected: the partner has no calls.
    NotConnected,
    /// The media server does not answer; it is asked again by itself.
    NoAnswer,
}

/// Whether calls work.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallAvailability {
    /// Whether a call can be made now.
    pub available: bool,
    /// Why not; null where they work.
    pub reason: Option<CallTrouble>,
    /// Address of the media server; null where none is connected.
    pub url: Option<String>,
    /// What memberships name as transport; null where none is connected.
    pub livekit_service_url: Option<String>,
    /// How long a call rings.
    pub ring_seconds: i64,
}

/// A measure over a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Measure {
    /// The mean.
    pub mean: i64,
    /// The worst.
    pub worst: i64,
}

/// What one participant's app measured of a call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallQuality {
    /// Whose app.
    pub user_id: UserId,
    /// His name.
    pub name: String,
    /// How many reports.
    pub reports: i64,
    /// Lost packets, of a thousand.
    pub loss_permille: Measure,
    /// Jitter in milliseconds.
    pub jitter_ms: Measure,
    /// Round trip in milliseconds.
    pub round_trip_ms: Measure,
    /// How often the picture stood still.
    pub freezes: i64,
    /// How long it stood still, in milliseconds.
    pub freeze_ms: i64,
}

/// What all participants' apps measured of a call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CallQualities {
    /// By participant.
    pub participants: Vec<CallQuality>,
}

/// `event: call`
#[derive(Debug, Serialize, ToSchema)]
pub struct CallChanged {
    /// As it stands now.
    pub call: Call,
}

/// `POST /consultations/{id}/calls`
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCall {
    /// Audio or video.
    pub kind: CallKind,
    /// `member.id` of the sticky membership that the device will send; left out for a membership by state event.
    pub member_id: Option<String>,
}

/// `POST /calls/{id}/stand-by`, `POST /calls/{id}/answer` and `POST /calls/{id}/token`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct JoinCall {
    /// As in `NewCall`.
    pub member_id: Option<String>,
}

/// `POST /calls/{id}/decline`
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct DeclineCall {
    /// Why; left out: not said.
    #[serde(default)]
    pub reason: DeclineReason,
}

/// `POST /calls/{id}/quality`: what was measured since the last report.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub struct QualityReport {
    /// Lost packets, of a thousand.
    #[schema(maximum = 1000)]
    pub loss_permille: u16,
    /// Jitter in milliseconds.
    pub jitter_ms: u16,
    /// Round trip in milliseconds.
    pub round_trip_ms: u16,
    /// How often the picture stood still.
    pub freezes: u16,
    /// How long it stood still, in milliseconds.
    pub freeze_ms: u32,
}

/// `GET /calls`
///
/// What is not named here is refused, and what contradicts itself too.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CallQuery {
    /// Only of this consultation.
    pub consultation: Option<ConsultationId>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Only those that this operator made or was in.
    pub operator: Option<OperatorId>,
    /// Only of this queue: their consultation's, or that of the call-back that they were made for.
    pub queue: Option<QueueId>,
    /// Only those that this side began.
    pub caller_side: Option<CallSide>,
    /// Only those of this kind, as the caller asked.
    pub kind: Option<CallKind>,
    /// Only those that have not ended, or that have.
    pub open: Option<bool>,
    /// Only those that ended so.
    pub outcome: Option<CallOutcome>,
    /// Begun at or after.
    pub from: Option<Time>,
    /// Begun before.
    pub to: Option<Time>,
    /// Begun in the last so many days, 1 to 3660; instead of `from` and `to`.
    pub days: Option<u32>,
    /// Rows wanted, 1 to 200. Default: 50.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}
