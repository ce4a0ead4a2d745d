//! What can be asked of a call-back, why it may be refused, and what follows when it is not.

use serde::{Deserialize, Serialize};

use super::state::When;
use crate::api::types::{CallbackMeans, CallbackOutcome, CallbackPhase};
use crate::ids::OperatorId;
use crate::time::Time;

/// By what right an operator takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeRight {
    /// He serves the queue, or is a supervisor.
    Queue,
    /// None.
    None,
}

/// By what right an operator acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Only on what he has.
    Holder,
    /// As a supervisor, on anybody's.
    Supervisor,
}

/// Who withdraws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Canceller {
    /// The patient.
    Patient,
    /// A member of staff.
    Staff {
        /// Who.
        by: OperatorId,
        /// By what right.
        right: Right,
    },
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
    /// Who has it gives it back.
    Release {
        /// Who.
        by: OperatorId,
        /// By what right.
        right: Right,
    },
    /// Who has it calls.
    Call {
        /// Who.
        by: OperatorId,
        /// How.
        means: CallbackMeans,
    },
    /// Who has it begins a consultation out of it. Nothing of the call-back itself changes.
    Consult {
        /// Who.
        by: OperatorId,
    },
    /// Nobody answered.
    NoAnswer {
        /// Who says so.
        by: OperatorId,
        /// By what right.
        right: Right,
        /// When it is tried again.
        again_at: Time,
        /// When that has to have happened by.
        due_at: Time,
    },
    /// The patient was reached and wants to be called another time.
    AgainLater {
        /// Who says so.
        by: OperatorId,
        /// By what right.
        right: Right,
        /// When.
        when: When,
        /// When that has to have happened by.
        due_at: Time,
    },
    /// It is finished.
    Finish {
        /// Who.
        by: OperatorId,
        /// By what right.
        right: Right,
        /// What came of it.
        outcome: CallbackOutcome,
    },
    /// The patient wants to be called at another time.
    Move {
        /// When.
        when: When,
        /// When that has to have happened by.
        due_at: Time,
    },
    /// It is withdrawn.
    Cancel(Canceller),
    /// Somebody of staff writes something down.
    Note,
    /// Time passes.
    TimeOut,
    /// It is in the archive.
    Sealed,
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A colleague was faster.
    Taken {
        /// Who.
        by: OperatorId,
    },
    /// It does not stand where this is possible.
    WrongPhase(CallbackPhase),
    /// Only who has it may.
    NotHolder,
    /// The operator does not serve this queue.
    NotYourQueue,
    /// A time to call lies in the future.
    InThePast,
    /// Nothing is due yet.
    NotDue,
}

/// A step as history and audit name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It was ordered.
    Ordered,
    /// An operator took it.
    Taken,
    /// He gave it back.
    Released,
    /// He called in the app.
    Called,
    /// He called by telephone.
    Telephoned,
    /// Nobody answered.
    NotAnswered,
    /// It is to be tried another time, as the patient told the operator.
    PutOff,
    /// The patient moved it.
    Moved,
    /// It was finished.
    Finished,
    /// It was withdrawn.
    Cancelled,
    /// Something was written down.
    Noted,
    /// Nobody called in time.
    Overdue,
    /// It was sealed.
    Archived,
}

impl Action {
    /// The name in history and audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Taken => "taken",
            Self::Released => "released",
            Self::Called => "called",
            Self::Telephoned => "telephoned",
            Self::NotAnswered => "not_answered",
            Self::PutOff => "put_off",
            Self::Moved => "moved",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::Noted => "noted",
            Self::Overdue => "overdue",
            Self::Archived => "archived",
        }
    }
}

/// What the service says in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// It was ordered.
    Ordered,
    /// It was moved to another time.
    Moved,
    /// An operator will call.
    Taken,
    /// Nobody answered; it is tried again.
    NoAnswer,
    /// It is finished.
    Done,
    /// It was withdrawn.
    Cancelled,
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
    /// Take the operator out of the room, unless something else keeps him there.
    Remove(OperatorId),
    /// Say something in the room.
    Say(Notice),
    /// Seal it.
    Seal,
}
