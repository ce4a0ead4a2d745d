//! The call machine over every state and every command.

use super::{Command, Refusal, step};
use crate::call::state::{Outcome, Phase, Side, State};
use crate::time::Time;

fn at(seconds: i64) -> Time {
    Time::from_millis(seconds * 1_000)
}

const OUTCOMES: [Outcome; 6] =
    [Outcome::Completed, Outcome::Declined, Outcome::Missed, Outcome::Cancelled, Outcome::Busy, Outcome::Lost];

fn states() -> Vec<State> {
    let mut states = Vec::new();
    for caller in [Side::Patient, Side::Staff] {
        states.push(State { caller, phase: Phase::Ringing { until: at(45) } });
        states.push(State { caller, phase: Phase::Answered { at: at(10) } });
        for outcome in OUTCOMES {
            for answered_at in [None, Some(at(10))] {
                states.push(State { caller, phase: Phase::Ended { at: at(60), outcome, answered_at } });
            }
        }
    }
    states
}

fn commands() -> Vec<Command> {
    let mut commands = vec![Command::Close, Command::TimeOut];
    for by in [Side::Patient, Side::Staff] {
        commands.extend([true, false].map(|again| Command::Answer { by, again }));
        commands.extend([Command::Decline { by }, Command::Cancel { by }]);
        commands.extend([true, false].map(|others_stay| Command::HangUp { by, others_stay }));
    }
    for seconds in [5, 20, 90] {
        let at = at(seconds);
        commands.extend([Command::Meet { at }, Command::Empty { at }, Command::Lose { at }]);
    }
    commands
}

#[test]
fn an_ended_call_stays_ended_and_an_answered_one_never_rings_again() {
    for state in states() {
        for command in commands() {
            for now in [at(20), at(100)] {
                let Ok(next) = step(&state, command, now) else { continue };
                assert_eq!(next.caller, state.caller);
                assert!(state.is_open() || !next.is_open(), "{state:?} {command:?}");
                assert!(state.answered_at().is_none() || next.answered_at().is_some(), "{state:?} {command:?}");
                assert_eq!(state.ended_at().or(next.ended_at()), next.ended_at(), "{state:?} {command:?}");
            }
        }
    }
}

#[test]
fn the_same_command_again_changes_nothing() {
    for state in states() {
        for command in commands() {
            let Ok(once) = step(&state, command, at(50)) else { continue };
            let again = match command {
                Command::Answer { by, .. } => Command::Answer { by, again: true },
                other => other,
            };
            match step(&once, again, at(51)) {
                Ok(twice) => assert_eq!(once, twice, "{state:?} {command:?}"),
                Err(refusal) => assert_eq!((refusal, command), (Refusal::NotDue, Command::TimeOut), "{state:?}"),
            }
        }
    }
}

#[test]
fn what_is_refused_is_refused_for_the_right_reason() {
    let refused: Vec<_> = states()
        .into_iter()
        .flat_map(|state| commands().into_iter().map(move |command| (state, command)))
        .filter_map(|(state, command)| Some((state, command, step(&state, command, at(20)).err()?)))
        .collect();
    for (state, command, refusal) in &refused {
        let expected = match (state.phase, command) {
            (_, Command::TimeOut) => Refusal::NotDue,
            (Phase::Ringing { .. }, _) => Refusal::OtherSide,
            (Phase::Answered { .. }, Command::Answer { by, .. }) if *by == state.caller => Refusal::OtherSide,
            (Phase::Answered { .. }, Command::Answer { .. }) => Refusal::AnsweredElsewhere,
            (Phase::Answered { .. }, _) => Refusal::Answered,
            (Phase::Ended { .. }, _) => Refusal::Over,
        };
        assert_eq!(*refusal, expected, "{state:?} {command:?}");
    }
    assert!(refused.len() > 50, "{}", refused.len());
}

#[test]
fn each_way_to_end_a_ring_has_its_outcome() {
    let ringing = State { caller: Side::Staff, phase: Phase::Ringing { until: at(45) } };
    let outcome = |command, now| step(&ringing, command, now).ok().and_then(|state| state.outcome());
    assert_eq!(outcome(Command::Decline { by: Side::Patient }, at(3)), Some(Outcome::Declined));
    assert_eq!(outcome(Command::Cancel { by: Side::Staff }, at(3)), Some(Outcome::Cancelled));
    assert_eq!(outcome(Command::TimeOut, at(44)), None);
    assert_eq!(outcome(Command::TimeOut, at(45)), Some(Outcome::Missed));
    assert_eq!(outcome(Command::Lose { at: at(3) }, at(30)), Some(Outcome::Lost));
    assert_eq!(outcome(Command::Close, at(3)), Some(Outcome::Cancelled));
    assert_eq!(outcome(Command::Empty { at: at(3) }, at(9)), Some(Outcome::Cancelled));
}

#[test]
fn a_late_fact_corrects_an_end_that_was_only_inferred() {
    for (was, is) in [
        (Outcome::Cancelled, Outcome::Completed),
        (Outcome::Missed, Outcome::Completed),
        (Outcome::Lost, Outcome::Lost),
        (Outcome::Declined, Outcome::Declined),
    ] {
        let ended = State { caller: Side::Staff, phase: Phase::Ended { at: at(60), outcome: was, answered_at: None } };
        let met = step(&ended, Command::Meet { at: at(12) }, at(90)).expect("a fact is taken");
        assert_eq!((met.outcome(), met.answered_at(), met.ended_at()), (Some(is), Some(at(12)), Some(at(60))));
        assert_eq!(step(&ended, Command::Meet { at: at(61) }, at(90)), Ok(ended), "after the end it is another call's");
    }
}
