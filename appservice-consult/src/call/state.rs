//! Where a call stands.

use crate::api::types::{CallOutcome, CallSide, CallState};
use crate::time::Time;

/// How a call ended.
pub type Outcome = CallOutcome;
/// The two sides of a call: the patient, and the operators.
pub type Side = CallSide;

/// The phase, with what belongs to it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Rings on the other side.
    Ringing {
        /// When it is missed.
        until: Time,
    },
    /// They talk.
    Answered {
        /// Since when.
        at: Time,
    },
    /// Over.
    Ended {
        /// When.
        at: Time,
        /// How.
        outcome: Outcome,
        /// Since when they talked, if they did.
        answered_at: Option<Time>,
    },
}

/// A call, as far as decisions go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Which side called.
    pub caller: Side,
    /// Where it stands.
    pub phase: Phase,
}

impl State {
    /// The phase's name.
    pub fn name(&self) -> CallState {
        match self.phase {
            Phase::Ringing { .. } => CallState::Ringing,
            Phase::Answered { .. } => CallState::Answered,
            Phase::Ended { .. } => CallState::Ended,
        }
    }

    /// Whether it has not ended.
    pub fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Ended { .. })
    }

    /// Since when they talk, or talked.
    pub fn answered_at(&self) -> Option<Time> {
        match self.phase {
            Phase::Ringing { .. } => None,
            Phase::Answered { at } => Some(at),
            Phase::Ended { answered_at, .. } => answered_at,
        }
    }

    /// When it ended.
    pub fn ended_at(&self) -> Option<Time> {
        match self.phase {
            Phase::Ended { at, .. } => Some(at),
            _ => None,
        }
    }

    /// How it ended.
    pub fn outcome(&self) -> Option<Outcome> {
        match self.phase {
            Phase::Ended { outcome, .. } => Some(outcome),
            _ => None,
        }
    }
}
