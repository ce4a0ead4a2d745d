//! Where a call-back stands: the machine's state, made so that what cannot be cannot be written down.

use crate::api::types::{CallbackEnding, CallbackMeans, CallbackOutcome, CallbackPhase as PhaseName};
use crate::ids::OperatorId;
use crate::time::Time;

/// When the patient wants to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as somebody can.
    AsSoonAsPossible,
    /// Between two times.
    Window {
        /// Not before.
        start: Time,
        /// Not after.
        end: Time,
    },
}

impl When {
    /// Begin and end of the window.
    pub fn window(self) -> Option<(Time, Time)> {
        match self {
            Self::AsSoonAsPossible => None,
            Self::Window { start, end } => Some((start, end)),
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// An operator finished it.
    Done(CallbackOutcome),
    /// Somebody withdrew it.
    Cancelled,
}

impl Ending {
    /// The ending's name.
    pub fn name(self) -> CallbackEnding {
        match self {
            Self::Done(_) => CallbackEnding::Done,
            Self::Cancelled => CallbackEnding::Cancelled,
        }
    }

    /// What came of it.
    pub fn outcome(self) -> Option<CallbackOutcome> {
        match self {
            Self::Done(outcome) => Some(outcome),
            Self::Cancelled => None,
        }
    }
}

/// The phase, with what belongs to it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Waits for an operator.
    New,
    /// An operator has it.
    Taken {
        /// Who.
        operator: OperatorId,
    },
    /// He calls.
    Calling {
        /// Who.
        operator: OperatorId,
        /// How.
        means: CallbackMeans,
    },
    /// Nobody answered; it waits to be tried again.
    NoAnswer {
        /// When.
        again_at: Time,
    },
    /// An operator finished it.
    Done(CallbackOutcome),
    /// Somebody withdrew it.
    Cancelled,
    /// Sealed.
    Archived(Ending),
}

impl Phase {
    /// The phase's name, without what belongs to it.
    pub fn name(&self) -> PhaseName {
        match self {
            Self::New => PhaseName::New,
            Self::Taken { .. } => PhaseName::Taken,
            Self::Calling { .. } => PhaseName::Calling,
            Self::NoAnswer { .. } => PhaseName::NoAnswer,
            Self::Done(_) => PhaseName::Done,
            Self::Cancelled => PhaseName::Cancelled,
            Self::Archived(_) => PhaseName::Archived,
        }
    }

    /// Who has it now.
    pub fn holder(&self) -> Option<&OperatorId> {
        match self {
            Self::Taken { operator } | Self::Calling { operator, .. } => Some(operator),
            Self::New | Self::NoAnswer { .. } | Self::Done(_) | Self::Cancelled | Self::Archived(_) => None,
        }
    }

    /// How it ended, once it has.
    pub fn ending(&self) -> Option<Ending> {
        match self {
            Self::Done(outcome) => Some(Ending::Done(*outcome)),
            Self::Cancelled => Some(Ending::Cancelled),
            Self::Archived(ending) => Some(*ending),
            Self::New | Self::Taken { .. } | Self::Calling { .. } | Self::NoAnswer { .. } => None,
        }
    }
}

/// A call-back, as far as decisions go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where it stands.
    pub phase: Phase,
    /// Since when.
    pub phase_since: Time,
    /// When it was ordered.
    pub requested_at: Time,
    /// When the patient wants to be called.
    pub when: When,
    /// When he has to have been called by.
    pub due_at: Time,
    /// Since when it is overdue; none: it is not.
    pub overdue_since: Option<Time>,
    /// How often nobody answered.
    pub attempts: i64,
    /// Who has it, or had it last.
    pub last_operator: Option<OperatorId>,
    /// When he took it.
    pub taken_at: Option<Time>,
    /// How he called, or tried to, last.
    pub last_means: Option<CallbackMeans>,
    /// When it ended.
    pub ended_at: Option<Time>,
}

impl State {
    /// A call-back that somebody has just ordered.
    pub fn ordered(when: When, due_at: Time, now: Time) -> Self {
        Self {
            phase: Phase::New,
            phase_since: now,
            requested_at: now,
            when,
            due_at,
            overdue_since: None,
            attempts: 0,
            last_operator: None,
            taken_at: None,
            last_means: None,
            ended_at: None,
        }
    }
}
