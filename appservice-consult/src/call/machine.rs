//! The call machine: one pure, total function. No clock, no I/O.
//!
//! People press, and the media server tells facts. Facts come late and in any order, so one that contradicts an end that was only inferred corrects it:
//! both sides were there before the end, hence it was answered.

use super::state::{Outcome, Phase, Side, State};
use crate::time::Time;

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Somebody answers.
    Answer {
        /// Of which side.
        by: Side,
        /// Whether the same device has answered already: a repeated press.
        again: bool,
    },
    /// Somebody declines.
    Decline {
        /// Of which side.
        by: Side,
    },
    /// Somebody takes his call back.
    Cancel {
        /// Of which side.
        by: Side,
    },
    /// Somebody hangs up.
    HangUp {
        /// Of which side.
        by: Side,
        /// Whether others of his side stay in the call.
        others_stay: bool,
    },
    /// Both sides are in the media room.
    Meet {
        /// Since when.
        at: Time,
    },
    /// Nobody is in the media room any more.
    Empty {
        /// Since when.
        at: Time,
    },
    /// The media server is gone, and the room with it.
    Lose {
        /// When it was last there.
        at: Time,
    },
    /// What allowed the call is over.
    Close,
    /// Time passes.
    TimeOut,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The other side's to do.
    OtherSide,
    /// Another device has answered.
    AnsweredElsewhere,
    /// They talk already.
    Answered,
    /// It has ended.
    Over,
    /// Nothing is due.
    NotDue,
}

/// What `command` makes of `state` at `now`. The same state: nothing happened, and a retry is harmless.
pub fn step(state: &State, command: Command, now: Time) -> Result<State, Refusal> {
    match state.phase {
        Phase::Ringing { until } => ringing(state, until, command, now),
        Phase::Answered { at } => answered(state, at, command, now),
        Phase::Ended { at, outcome, answered_at } => ended(state, at, outcome, answered_at, command),
    }
}

fn ringing(state: &State, until: Time, command: Command, now: Time) -> Result<State, Refusal> {
    let end = |outcome| Ok(over(state, now, outcome, None));
    match command {
        Command::Answer { by, .. } if by != state.caller => Ok(State { phase: Phase::Answered { at: now }, ..*state }),
        Command::Decline { by } if by != state.caller => end(Outcome::Declined),
        Command::Cancel { by } if by == state.caller => end(Outcome::Cancelled),
        Command::Answer { .. } | Command::Decline { .. } | Command::Cancel { .. } => Err(Refusal::OtherSide),
        Command::HangUp { others_stay: true, .. } => Ok(*state),
        Command::HangUp { by, others_stay: false } if by == state.caller => end(Outcome::Cancelled),
        Command::HangUp { .. } => end(Outcome::Declined),
        Command::Meet { at } => Ok(State { phase: Phase::Answered { at }, ..*state }),
        Command::Empty { at } => Ok(over(state, at, Outcome::Cancelled, None)),
        Command::Lose { at } => Ok(over(state, at, Outcome::Lost, None)),
        Command::Close => end(Outcome::Cancelled),
        Command::TimeOut if now >= until => end(Outcome::Missed),
        Command::TimeOut => Err(Refusal::NotDue),
    }
}

fn answered(state: &State, since: Time, command: Command, now: Time) -> Result<State, Refusal> {
    let end = |at: Time, outcome| Ok(over(state, at.max(since), outcome, Some(since)));
    match command {
        Command::Answer { by, .. } if by == state.caller => Err(Refusal::OtherSide),
        Command::Answer { again: true, .. } | Command::HangUp { others_stay: true, .. } => Ok(*state),
        Command::Answer { again: false, .. } => Err(Refusal::AnsweredElsewhere),
        Command::Decline { .. } | Command::Cancel { .. } => Err(Refusal::Answered),
        Command::HangUp { others_stay: false, .. } | Command::Close => end(now, Outcome::Completed),
        // Who pressed «answer» came later than his press says: the earlier time stands.
        Command::Meet { at } => Ok(State { phase: Phase::Answered { at: since.min(at) }, ..*state }),
        Command::Empty { at } => end(at, Outcome::Completed),
        Command::Lose { at } => end(at, Outcome::Lost),
        Command::TimeOut => Err(Refusal::NotDue),
    }
}

fn ended(
    state: &State,
    at: Time,
    outcome: Outcome,
    answered_at: Option<Time>,
    command: Command,
) -> Result<State, Refusal> {
    match command {
        Command::Answer { .. } => Err(Refusal::Over),
        Command::Meet { at: met } if met <= at && answered_at.is_none_or(|before| met < before) => {
            let outcome = match outcome {
                Outcome::Cancelled | Outcome::Missed => Outcome::Completed,
                Outcome::Completed | Outcome::Declined | Outcome::Busy | Outcome::Lost => outcome,
            };
            Ok(State { phase: Phase::Ended { at, outcome, answered_at: Some(met) }, ..*state })
        }
        Command::TimeOut => Err(Refusal::NotDue),
        // What ends a call again changes nothing; neither does a fact that came late.
        Command::Decline { .. }
        | Command::Cancel { .. }
        | Command::HangUp { .. }
        | Command::Meet { .. }
        | Command::Empty { .. }
        | Command::Lose { .. }
        | Command::Close => Ok(*state),
    }
}

fn over(state: &State, at: Time, outcome: Outcome, answered_at: Option<Time>) -> State {
    State { phase: Phase::Ended { at, outcome, answered_at }, ..*state }
}

#[cfg(test)]
#[path = "machine_test.rs"]
mod tests;
