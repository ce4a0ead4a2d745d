//! What can be asked of a consultation, why it may be refused, and what follows when it is not.

use serde::{Deserialize, Serialize};

use super::sla::Deadline;
use crate::api::types::{ParticipantRole, Phase};
use crate::ids::{OperatorId, QueueId};
use crate::time::Time;

/// By what right an operator takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeRight {
    /// He serves the queue, or is a supervisor.
    Queue,
    /// Only if it was handed to him by name.
    ByNameOnly,
}

/// By what right an operator acts on what he may not lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Only as its lead.
    Lead,
    /// As a supervisor, on anybody's.
    Supervisor,
}

/// Where a consultation is transferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To anyone of a queue.
    Queue(QueueId),
    /// To a colleague.
    Operator(OperatorId),
}

/// Which way a supervisor moves what waits in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Before others.
    More,
    /// After others, at most as what is ordinary.
    Less,
}

/// Whether an operator can be asked for something now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// He is there.
    On,
    /// He is away, on a break, going off or not working.
    Off,
}

/// Whether the desk talks with the patient in a call now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Nobody of the desk is in one.
    Quiet,
    /// Somebody is, and his media are there.
    Busy,
}

/// A colleague who is asked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Who.
    pub operator: OperatorId,
    /// As what; never as the lead.
    pub role: ParticipantRole,
    /// Whether he can come.
    pub duty: Duty,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// An operator takes it.
    Take {
        /// Who.
        operator: OperatorId,
        /// By what right.
        right: TakeRight,
    },
    /// Routing asks an operator to take it.
    Offer {
        /// Whom.
        operator: OperatorId,
        /// How long.
        until: Time,
    },
    /// The operator who is asked leaves it to others.
    Pass {
        /// Who.
        operator: OperatorId,
    },
    /// Its lead puts it aside.
    Hold {
        /// Who.
        by: OperatorId,
        /// When it resumes by itself.
        until: Option<Time>,
    },
    /// Its lead goes on.
    Resume {
        /// Who.
        by: OperatorId,
    },
    /// Hand it on.
    Transfer {
        /// Who.
        by: OperatorId,
        /// By what right.
        right: Right,
        /// Where to.
        to: Target,
    },
    /// A supervisor says where what waits is to wait, or who is to take it.
    Assign {
        /// Who says so.
        by: OperatorId,
        /// By what right.
        right: Right,
        /// Where to, or whom.
        to: Target,
    },
    /// A supervisor lets what waits go before others, or after them.
    Prioritize {
        /// By what right.
        right: Right,
        /// Which way.
        urgency: Urgency,
    },
    /// A supervisor leads it from now on, instead of who leads it.
    TakeOver {
        /// Who.
        by: OperatorId,
        /// Whom he saw leading it.
        from: OperatorId,
    },
    /// Ask a colleague in.
    Invite {
        /// Who asks.
        by: OperatorId,
        /// By what right.
        right: Right,
        /// Whom.
        guest: Guest,
    },
    /// A colleague goes, or is sent.
    Dismiss {
        /// Who wants it: he himself leaves.
        by: OperatorId,
        /// By what right.
        right: Right,
        /// Whom.
        operator: OperatorId,
    },
    /// End it.
    Close {
        /// Who.
        by: OperatorId,
        /// By what right.
        right: Right,
    },
    /// The patient withdraws.
    Cancel,
    /// The patient has what he wanted and ends it, though an operator leads it.
    Finish,
    /// The patient has other answers to what the queue asks.
    ChangeAnswers {
        /// By how many steps of priority it is more urgent with them; negative: less.
        urgency: i64,
    },
    /// It is about somebody else than was said.
    CorrectPerson {
        /// Who says so.
        by: OperatorId,
        /// By what right.
        right: Right,
    },
    /// The patient has written.
    PatientMessage {
        /// How long after the end a message re-opens. Unit: seconds.
        grace_seconds: i64,
        /// When he wrote. What was written before the end and comes after it belongs to what is over.
        said_at: Time,
    },
    /// An operator has written.
    OperatorMessage {
        /// Who.
        operator: OperatorId,
    },
    /// The time that was set has come.
    TimeOut {
        /// How long it may wait. Unit: seconds.
        abandon_after_seconds: i64,
    },
    /// The console of who leads it has been lost for too long.
    Orphaned {
        /// Who led it when that was seen.
        lead: OperatorId,
        /// A call that is on is not torn apart.
        line: Line,
    },
    /// The patient writes nothing after an answer.
    Silence {
        /// When somebody last wrote, or talked.
        since: Time,
        /// After so long it is closed. Unit: seconds.
        close_after_seconds: i64,
        /// Who talks is not silent.
        line: Line,
    },
    /// The queue's promises are looked at.
    Promises {
        /// Those that run.
        deadlines: Vec<Deadline>,
    },
    /// A rule of the desk gives it at least this priority while it waits.
    Raise {
        /// Which.
        to: i64,
    },
    /// A rule of the desk lets it wait in another queue of its circle.
    Move {
        /// Which.
        to: QueueId,
    },
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A colleague was faster.
    Taken {
        /// Who.
        by: OperatorId,
    },
    /// A colleague is being asked to take it just now.
    OfferedTo {
        /// Who.
        operator: OperatorId,
    },
    /// It does not stand where this is possible.
    WrongPhase(Phase),
    /// Only its lead may.
    NotLead,
    /// While it waits only supervisors may.
    NotSupervisor,
    /// The operator does not serve this queue.
    NotYourQueue,
    /// It cannot be handed to who has it.
    ToTheLead,
    /// Who leads it is no colleague of the lead: he hands it on or closes it.
    IsLead,
    /// The colleague is not on duty.
    OffDuty,
    /// As many take part as may.
    TeamFull,
    /// A hold ends in the future.
    UntilInThePast,
    /// It ended too long ago to be re-opened: begin a new one.
    Over,
    /// Nothing is due yet.
    NotDue,
}

/// A step as history and audit name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The patient asked for it.
    Requested,
    /// An operator was asked to take it.
    Offered,
    /// He left it to others.
    Passed,
    /// He did not answer.
    OfferLapsed,
    /// An operator took it.
    Taken,
    /// Its lead put it aside.
    Held,
    /// It goes on.
    Resumed,
    /// It was handed on.
    Transferred,
    /// It came back to the queue, because the console of who led it was lost.
    Returned,
    /// A supervisor leads it instead of who led it.
    TakenOver,
    /// A colleague was asked in, or in another role.
    Invited,
    /// A colleague left.
    Left,
    /// A colleague was sent out.
    Dismissed,
    /// A silent patient was asked whether he is still there.
    SilenceWarned,
    /// It was closed.
    Closed,
    /// The patient withdrew.
    Cancelled,
    /// The patient changed what he answered.
    AnswersChanged,
    /// It was corrected for whom it is.
    PersonCorrected,
    /// Nobody came.
    Abandoned,
    /// The patient wrote after the end.
    Reopened,
    /// Nobody takes it, and soon the wait is longer than promised.
    WaitWarning,
    /// The wait is longer than promised.
    WaitBroken,
    /// Nobody answers, and soon that takes longer than promised.
    ResponseWarning,
    /// The first answer takes longer than promised.
    ResponseBroken,
    /// It is open, and soon that takes longer than promised.
    ResolutionWarning,
    /// It is open longer than promised.
    ResolutionBroken,
    /// A rule, or a supervisor, raised its priority.
    Raised,
    /// A supervisor lowered its priority.
    Lowered,
    /// A rule, or a supervisor, moved it to another queue, where it goes on waiting.
    Moved,
    /// A supervisor said who is to take it, or that it is anybody's again.
    Assigned,
}

impl Action {
    /// The name in history and audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Offered => "offered",
            Self::Passed => "passed",
            Self::OfferLapsed => "offer_lapsed",
            Self::Taken => "taken",
            Self::Held => "held",
            Self::Resumed => "resumed",
            Self::Transferred => "transferred",
            Self::Returned => "returned",
            Self::TakenOver => "taken_over",
            Self::Invited => "invited",
            Self::Left => "left",
            Self::Dismissed => "dismissed",
            Self::SilenceWarned => "silence_warned",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::AnswersChanged => "answers_changed",
            Self::PersonCorrected => "person_corrected",
            Self::Abandoned => "abandoned",
            Self::Reopened => "reopened",
            Self::WaitWarning => "wait_warning",
            Self::WaitBroken => "wait_broken",
            Self::ResponseWarning => "response_warning",
            Self::ResponseBroken => "response_broken",
            Self::ResolutionWarning => "resolution_warning",
            Self::ResolutionBroken => "resolution_broken",
            Self::Raised => "raised",
            Self::Lowered => "lowered",
            Self::Moved => "moved",
            Self::Assigned => "assigned",
        }
    }
}

/// What the service says in the room, for clients that show no separators of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// It waits.
    Queued,
    /// An operator leads it.
    Taken,
    /// It goes to a colleague.
    Transferred,
    /// Who led it has lost the connection, and a colleague will go on with it.
    Returned,
    /// A colleague has come.
    Joined,
    /// A colleague has gone.
    Left,
    /// Whether the patient is still there: it will be closed.
    StillThere,
    /// It was closed.
    Closed,
    /// It was closed, because the patient has written nothing more.
    ClosedSilent,
    /// The patient withdrew.
    Cancelled,
    /// Nobody came.
    Abandoned,
    /// It is about somebody else than was said; who that is stands in the apps alone.
    PersonCorrected,
    /// It waits again.
    Reopened,
    /// Its conclusion is signed.
    ConclusionReady,
    /// Its conclusion was amended.
    ConclusionAmended,
}

/// What has to follow, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A step for history and audit; in the same transaction.
    Record(Action),
    /// Give the operator the keys of the history.
    HandOver(OperatorId),
    /// Ask the operator into the room.
    Invite(OperatorId),
    /// Take the operator out of the room.
    Remove(OperatorId),
    /// Let those write in the room who may: who observes has come, has gone, or has another role.
    Levels,
    /// Say something in the room, of the lead where it names somebody.
    Say(Notice),
    /// Say something of a colleague in the room.
    SayOf(Notice, OperatorId),
    /// Write phase and team into the room's state.
    Announce,
    /// Seal what was said.
    Seal,
}
