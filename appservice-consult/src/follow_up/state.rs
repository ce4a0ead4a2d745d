//! What may become of a follow-up. Pure.

use crate::ids::{OperatorId, QueueId};
use crate::time::Time;

/// How long an owner who is not at work when it comes due, or leaves later, is waited for. Unit: seconds.
const OWNER_GRACE_SECONDS: i64 = 15 * 60;
/// Between two looks at whether the owner of what is due is still there. Unit: seconds.
const LOOK_AGAIN_SECONDS: i64 = 60;
/// How far ahead a time may lie: of what comes later the card and the calendar of the year are the place. Unit: seconds.
const AHEAD_SECONDS_MAX: i64 = 2 * 366 * 24 * 3_600;

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Somebody came back to it.
    Done,
    /// It is not needed any more.
    Cancelled,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It waits for its time.
    Ahead,
    /// Its time came then, and nobody has done it.
    Due {
        /// When.
        since: Time,
    },
    /// It is over.
    Ended {
        /// How.
        ending: Ending,
        /// When.
        at: Time,
    },
}

/// A follow-up, as far as time and people move it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where it stands.
    pub phase: Phase,
    /// When its time comes, or came.
    pub due_at: Time,
    /// Whose own it is; `None`: its queue's.
    pub operator: Option<OperatorId>,
    /// Whose it is where it is nobody's own.
    pub queue: QueueId,
    /// When the timer looks at it.
    pub next_at: Option<Time>,
}

/// Why nothing becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is over.
    Over,
    /// The time does not lie in the next two years.
    BadTime,
    /// Nothing is due.
    NotDue,
}

/// Whether its owner is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// He is.
    There,
    /// He is not.
    Away,
}

/// What time did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Its time has come.
    CameDue,
    /// It is its queue's from now on.
    HandedOn,
    /// Its owner is there: it is his to do.
    Nothing,
}

impl State {
    /// A new one.
    pub fn new(due_at: Time, (operator, queue): (Option<OperatorId>, QueueId), now: Time) -> Result<Self, Refusal> {
        in_range(due_at, now)?;
        Ok(Self { phase: Phase::Ahead, due_at, operator, queue, next_at: Some(due_at) })
    }

    /// The same at another time: it waits for it, and comes due anew.
    pub fn put_off(&self, until: Time, now: Time) -> Result<Self, Refusal> {
        self.must_be_open()?;
        in_range(until, now)?;
        Ok(Self { phase: Phase::Ahead, due_at: until, next_at: Some(until), ..self.clone() })
    }

    /// The same in other hands.
    pub fn handed_to(&self, operator: Option<OperatorId>, queue: QueueId, now: Time) -> Result<Self, Refusal> {
        self.must_be_open()?;
        let next_at = match self.phase {
            Phase::Ahead => self.next_at,
            Phase::Due { .. } | Phase::Ended { .. } => next_look(operator.as_ref(), now),
        };
        Ok(Self { operator, queue, next_at, ..self.clone() })
    }

    /// The same, over.
    pub fn ended(&self, ending: Ending, now: Time) -> Result<Self, Refusal> {
        self.must_be_open()?;
        Ok(Self { phase: Phase::Ended { ending, at: now }, next_at: None, ..self.clone() })
    }

    /// What becomes of it because it is that late.
    pub fn at(&self, now: Time, owner: Owner) -> Result<(Self, Happened), Refusal> {
        self.must_be_open()?;
        if self.next_at.is_none_or(|next| next > now) {
            return Err(Refusal::NotDue);
        }
        match (self.phase, owner, &self.operator) {
            (Phase::Ahead, _, operator) => {
                let next_at = next_look(operator.as_ref(), now);
                Ok((Self { phase: Phase::Due { since: now }, next_at, ..self.clone() }, Happened::CameDue))
            }
            (_, Owner::Away, Some(_)) => {
                Ok((Self { operator: None, next_at: None, ..self.clone() }, Happened::HandedOn))
            }
            (_, Owner::There, Some(_)) => {
                let next_at = Some(now.plus_seconds(LOOK_AGAIN_SECONDS));
                Ok((Self { next_at, ..self.clone() }, Happened::Nothing))
            }
            (_, _, None) => Ok((Self { next_at: None, ..self.clone() }, Happened::Nothing)),
        }
    }

    /// Whether it is not over.
    pub fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Ended { .. })
    }

    fn must_be_open(&self) -> Result<(), Refusal> {
        if self.is_open() { Ok(()) } else { Err(Refusal::Over) }
    }
}

/// When it is looked at whether the owner of what is due is there; nobody's is not looked at.
fn next_look(operator: Option<&OperatorId>, now: Time) -> Option<Time> {
    operator.map(|_| now.plus_seconds(OWNER_GRACE_SECONDS))
}

fn in_range(at: Time, now: Time) -> Result<(), Refusal> {
    let ahead = at.seconds_since(now);
    if at > now && ahead <= AHEAD_SECONDS_MAX { Ok(()) } else { Err(Refusal::BadTime) }
}

#[cfg(test)]
#[path = "state_test.rs"]
mod tests;
