//! The call-back machine: one pure, total function. No clock, no randomness, no I/O.
//!
//! ```text
//! New ─► Taken ─► Calling ─► Done ─► Archived
//!  ▲       │         ├─► NoAnswer (tried again at a time; taken anew)
//!  └───────┴─────────┘ released, or put off      New, Taken, Calling, NoAnswer ─► Cancelled ─► Archived
//! ```
//!
//! What is the same press again (taking what one has, calling while one calls) succeeds and changes nothing, so that a retry after a lost answer is harmless.

use super::command::{Action, Canceller, Command, Effect, Notice, Refusal, Right, TakeRight};
use super::state::{Ending, Phase, State, When};
use crate::api::types::{CallbackMeans, CallbackOutcome};
use crate::ids::OperatorId;
use crate::time::Time;

/// The next state and what follows, or why not.
type Step = Result<(State, Vec<Effect>), Refusal>;

/// What `command` makes of `state` at `now`.
pub fn step(state: &State, command: &Command, now: Time) -> Step {
    match command {
        Command::Take { operator, right } => take(state, operator, *right, now),
        Command::Release { by, right } => release(state, by, *right, now),
        Command::Call { by, means } => call(state, by, *means, now),
        Command::Consult { by } => held(state, by, Right::Holder).map(|_| unchanged(state)),
        Command::NoAnswer { by, right, again_at, due_at } => no_answer(state, by, *right, (*again_at, *due_at), now),
        Command::AgainLater { by, right, when, due_at } => again_later(state, by, *right, (*when, *due_at), now),
        Command::Finish { by, right, outcome } => finish(state, by, *right, *outcome, now),
        Command::Move { when, due_at } => move_to(state, *when, *due_at, now),
        Command::Cancel(who) => cancel(state, who, now),
        Command::Note => note(state),
        Command::TimeOut => time_out(state, now),
        Command::Sealed => sealed(state, now),
    }
}

fn take(state: &State, operator: &OperatorId, right: TakeRight, now: Time) -> Step {
    match &state.phase {
        Phase::New | Phase::NoAnswer { .. } => {}
        Phase::Taken { operator: holder } | Phase::Calling { operator: holder, .. } if holder == operator => {
            return Ok(unchanged(state));
        }
        Phase::Taken { operator: holder } | Phase::Calling { operator: holder, .. } => {
            return Err(Refusal::Taken { by: holder.clone() });
        }
        Phase::Done(_) | Phase::Cancelled | Phase::Archived(_) => return wrong_phase(state),
    }
    if right == TakeRight::None {
        return Err(Refusal::NotYourQueue);
    }
    let mut next = moved(state, Phase::Taken { operator: operator.clone() }, now);
    next.last_operator = Some(operator.clone());
    next.taken_at = Some(now);
    let effects = vec![
        Effect::Record(Action::Taken),
        Effect::HandOver(operator.clone()),
        Effect::Invite(operator.clone()),
        Effect::Say(Notice::Taken),
    ];
    Ok((next, effects))
}

fn release(state: &State, by: &OperatorId, right: Right, now: Time) -> Step {
    let holder = held(state, by, right)?;
    let effects = vec![Effect::Record(Action::Released), Effect::Remove(holder.clone())];
    Ok((moved(state, Phase::New, now), effects))
}

fn call(state: &State, by: &OperatorId, means: CallbackMeans, now: Time) -> Step {
    held(state, by, Right::Holder)?;
    let calling = Phase::Calling { operator: by.clone(), means };
    if state.phase == calling {
        return Ok(unchanged(state));
    }
    let mut next = moved(state, calling, now);
    next.last_means = Some(means);
    let action = match means {
        CallbackMeans::App => Action::Called,
        CallbackMeans::Telephone => Action::Telephoned,
    };
    Ok((next, vec![Effect::Record(action)]))
}

fn no_answer(state: &State, by: &OperatorId, right: Right, (again_at, due_at): (Time, Time), now: Time) -> Step {
    let holder = held(state, by, right)?;
    if again_at <= now {
        return Err(Refusal::InThePast);
    }
    let mut next = due(moved(state, Phase::NoAnswer { again_at }, now), due_at);
    next.attempts = state.attempts.saturating_add(1);
    let effects =
        vec![Effect::Record(Action::NotAnswered), Effect::Remove(holder.clone()), Effect::Say(Notice::NoAnswer)];
    Ok((next, effects))
}

fn again_later(state: &State, by: &OperatorId, right: Right, (when, due_at): (When, Time), now: Time) -> Step {
    let holder = held(state, by, right)?;
    if is_past(when, now) {
        return Err(Refusal::InThePast);
    }
    let mut next = due(moved(state, Phase::New, now), due_at);
    next.when = when;
    let effects = vec![Effect::Record(Action::PutOff), Effect::Remove(holder.clone()), Effect::Say(Notice::Moved)];
    Ok((next, effects))
}

fn finish(state: &State, by: &OperatorId, right: Right, outcome: CallbackOutcome, now: Time) -> Step {
    let holder = held(state, by, right)?;
    let effects =
        vec![Effect::Record(Action::Finished), Effect::Remove(holder.clone()), Effect::Say(Notice::Done), Effect::Seal];
    Ok((ended(state, Phase::Done(outcome), now), effects))
}

/// While it is called, it is too late. Who has it keeps it and sees the new time.
fn move_to(state: &State, when: When, due_at: Time, now: Time) -> Step {
    let phase = match &state.phase {
        Phase::New | Phase::NoAnswer { .. } => Phase::New,
        Phase::Taken { .. } => state.phase.clone(),
        Phase::Calling { .. } | Phase::Done(_) | Phase::Cancelled | Phase::Archived(_) => return wrong_phase(state),
    };
    if is_past(when, now) {
        return Err(Refusal::InThePast);
    }
    if state.when == when && state.phase == phase {
        return Ok(unchanged(state));
    }
    let mut next = due(moved(state, phase, now), due_at);
    next.when = when;
    Ok((next, vec![Effect::Record(Action::Moved), Effect::Say(Notice::Moved)]))
}

fn cancel(state: &State, who: &Canceller, now: Time) -> Step {
    match &state.phase {
        Phase::Cancelled | Phase::Archived(Ending::Cancelled) => return Ok(unchanged(state)),
        Phase::Done(_) | Phase::Archived(Ending::Done(_)) => return wrong_phase(state),
        Phase::New | Phase::Taken { .. } | Phase::Calling { .. } | Phase::NoAnswer { .. } => {}
    }
    if let Canceller::Staff { by, right: Right::Holder } = who
        && state.phase.holder() != Some(by)
    {
        return Err(Refusal::NotHolder);
    }
    let mut effects = vec![Effect::Record(Action::Cancelled)];
    effects.extend(state.phase.holder().cloned().map(Effect::Remove));
    effects.push(Effect::Say(Notice::Cancelled));
    // What nobody had in his hands leaves nothing to keep.
    effects.extend(state.last_operator.is_some().then_some(Effect::Seal));
    Ok((ended(state, Phase::Cancelled, now), effects))
}

fn note(state: &State) -> Step {
    if state.phase.ending().is_some() {
        return wrong_phase(state);
    }
    Ok((state.clone(), vec![Effect::Record(Action::Noted)]))
}

fn time_out(state: &State, now: Time) -> Step {
    if state.phase.ending().is_some() || state.overdue_since.is_some() || now < state.due_at {
        return Err(Refusal::NotDue);
    }
    let next = State { overdue_since: Some(now), ..state.clone() };
    Ok((next, vec![Effect::Record(Action::Overdue)]))
}

fn sealed(state: &State, now: Time) -> Step {
    match (&state.phase, state.phase.ending()) {
        (Phase::Archived(_), _) => Ok(unchanged(state)),
        (_, Some(ending)) => Ok((moved(state, Phase::Archived(ending), now), vec![Effect::Record(Action::Archived)])),
        (_, None) => wrong_phase(state),
    }
}

/// Who has it, if `by` may act on it.
fn held<'a>(state: &'a State, by: &OperatorId, right: Right) -> Result<&'a OperatorId, Refusal> {
    let holder = state.phase.holder().ok_or(Refusal::WrongPhase(state.phase.name()))?;
    if right == Right::Holder && holder != by {
        return Err(Refusal::NotHolder);
    }
    Ok(holder)
}

fn is_past(when: When, now: Time) -> bool {
    when.window().is_some_and(|(_, end)| end <= now)
}

fn moved(state: &State, phase: Phase, now: Time) -> State {
    State { phase, phase_since: now, ..state.clone() }
}

/// With another time to be called by.
fn due(state: State, due_at: Time) -> State {
    State { due_at, overdue_since: None, ..state }
}

fn ended(state: &State, phase: Phase, now: Time) -> State {
    State { ended_at: Some(now), ..moved(state, phase, now) }
}

fn unchanged(state: &State) -> (State, Vec<Effect>) {
    (state.clone(), Vec::new())
}

fn wrong_phase(state: &State) -> Step {
    Err(Refusal::WrongPhase(state.phase.name()))
}

#[cfg(test)]
#[path = "machine_test.rs"]
mod tests;
