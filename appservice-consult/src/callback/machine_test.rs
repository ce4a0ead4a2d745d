//! The machine over every state and every command: a table of what each does, and properties over random lives.

#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::strategy::Just;

use super::{Action, Canceller, Command, Effect, Ending, Notice, Phase, Refusal, Right, State, TakeRight, When, step};
use crate::api::types::{CallbackMeans, CallbackOutcome, CallbackPhase as Name};
use crate::ids::OperatorId;
use crate::time::Time;

fn at(seconds: i64) -> Time {
    Time::from_millis(1_000_000).plus_seconds(seconds)
}

fn operator(name: &str) -> OperatorId {
    OperatorId::from(name)
}

fn window(start: i64, end: i64) -> When {
    When::Window { start: at(start), end: at(end) }
}

fn take(who: &str) -> Command {
    Command::Take { operator: operator(who), right: TakeRight::Queue }
}

fn call(who: &str, means: CallbackMeans) -> Command {
    Command::Call { by: operator(who), means }
}

fn consult(who: &str) -> Command {
    Command::Consult { by: operator(who) }
}

fn finish(who: &str, right: Right) -> Command {
    Command::Finish { by: operator(who), right, outcome: CallbackOutcome::Answered }
}

fn no_answer(who: &str, right: Right, again: i64) -> Command {
    Command::NoAnswer { by: operator(who), right, again_at: at(again), due_at: at(again + 60) }
}

fn run(state: &State, command: &Command) -> State {
    step(state, command, at(10)).expect("a step of the fixture").0
}

/// A call-back of each phase, in the hands of `holder` where it is in any, at second 10.
fn in_phase(name: Name) -> State {
    let new = State::ordered(When::AsSoonAsPossible, at(100), at(0));
    let taken = run(&new, &take("holder"));
    match name {
        Name::New => new,
        Name::Taken => taken,
        Name::Calling => run(&taken, &call("holder", CallbackMeans::Telephone)),
        Name::NoAnswer => run(&taken, &no_answer("holder", Right::Holder, 50)),
        Name::Done => run(&taken, &finish("holder", Right::Holder)),
        Name::Cancelled => run(&taken, &Command::Cancel(Canceller::Patient)),
        Name::Archived => run(&run(&taken, &finish("holder", Right::Holder)), &Command::Sealed),
    }
}

const PHASES: [Name; 7] =
    [Name::New, Name::Taken, Name::Calling, Name::NoAnswer, Name::Done, Name::Cancelled, Name::Archived];

/// What a cell of the table says: the phase that follows, or the refusal.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    To(Name),
    No(Refusal),
}

use Outcome::{No, To};

fn outcome(state: &State, command: &Command, now: Time) -> Outcome {
    match step(state, command, now) {
        Ok((next, _)) => To(next.phase.name()),
        Err(refusal) => No(refusal),
    }
}

/// A command beside what it makes of each phase, in the order of [`PHASES`], at second 20.
type Row = (Command, [Outcome; 7]);

fn row(command: Command, open: [Outcome; 4], ended: [Outcome; 3]) -> Row {
    (command, open.into_iter().chain(ended).collect::<Vec<_>>().try_into().expect("four and three are seven"))
}

fn wrong(phase: Name) -> Outcome {
    No(Refusal::WrongPhase(phase))
}

fn over() -> [Outcome; 3] {
    [wrong(Name::Done), wrong(Name::Cancelled), wrong(Name::Archived)]
}

/// What only works on what somebody has: on taken and calling.
fn with_holder(taken: Outcome, calling: Outcome) -> [Outcome; 4] {
    [wrong(Name::New), taken, calling, wrong(Name::NoAnswer)]
}

fn not_holder() -> [Outcome; 4] {
    with_holder(No(Refusal::NotHolder), No(Refusal::NotHolder))
}

fn desk_rows() -> Vec<Row> {
    let taken = || No(Refusal::Taken { by: operator("holder") });
    let without_right = Command::Take { operator: operator("other"), right: TakeRight::None };
    let refused = || No(Refusal::NotYourQueue);
    let release = |who: &str, right| Command::Release { by: operator(who), right };
    let again = |who: &str, right, when| Command::AgainLater { by: operator(who), right, when, due_at: at(900) };
    let past = || with_holder(No(Refusal::InThePast), No(Refusal::InThePast));
    let back = || with_holder(To(Name::New), To(Name::New));
    let gone = || with_holder(To(Name::Done), To(Name::Done));
    let tried = || with_holder(To(Name::NoAnswer), To(Name::NoAnswer));
    let calls = || with_holder(To(Name::Calling), To(Name::Calling));
    vec![
        row(take("holder"), [To(Name::Taken), To(Name::Taken), To(Name::Calling), To(Name::Taken)], over()),
        row(take("other"), [To(Name::Taken), taken(), taken(), To(Name::Taken)], over()),
        row(without_right, [refused(), taken(), taken(), refused()], over()),
        row(release("holder", Right::Holder), back(), over()),
        row(release("other", Right::Holder), not_holder(), over()),
        row(release("other", Right::Supervisor), back(), over()),
        row(call("holder", CallbackMeans::App), calls(), over()),
        row(call("holder", CallbackMeans::Telephone), calls(), over()),
        row(call("other", CallbackMeans::App), not_holder(), over()),
        row(consult("holder"), with_holder(To(Name::Taken), To(Name::Calling)), over()),
        row(consult("other"), not_holder(), over()),
        row(no_answer("holder", Right::Holder, 500), tried(), over()),
        row(no_answer("holder", Right::Holder, 20), past(), over()),
        row(no_answer("other", Right::Holder, 500), not_holder(), over()),
        row(no_answer("other", Right::Supervisor, 500), tried(), over()),
        row(again("holder", Right::Holder, window(500, 800)), back(), over()),
        row(again("holder", Right::Holder, window(1, 20)), past(), over()),
        row(again("other", Right::Holder, window(500, 800)), not_holder(), over()),
        row(again("other", Right::Supervisor, When::AsSoonAsPossible), back(), over()),
        row(finish("holder", Right::Holder), gone(), over()),
        row(finish("other", Right::Holder), not_holder(), over()),
        row(finish("other", Right::Supervisor), gone(), over()),
    ]
}

fn other_rows() -> Vec<Row> {
    let all = |name| [To(name), To(name), To(name), To(name)];
    let move_to = |when| Command::Move { when, due_at: at(900) };
    let staff = |who: &str, right| Command::Cancel(Canceller::Staff { by: operator(who), right });
    let withdrawn = || [wrong(Name::Done), To(Name::Cancelled), wrong(Name::Archived)];
    let same = || [To(Name::New), To(Name::Taken), To(Name::Calling), To(Name::NoAnswer)];
    let not_held = || No(Refusal::NotHolder);
    let not_due = || [No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue)];
    let past = || No(Refusal::InThePast);
    vec![
        row(move_to(window(500, 800)), [To(Name::New), To(Name::Taken), wrong(Name::Calling), To(Name::New)], over()),
        row(move_to(window(1, 20)), [past(), past(), wrong(Name::Calling), past()], over()),
        row(Command::Cancel(Canceller::Patient), all(Name::Cancelled), withdrawn()),
        row(
            staff("holder", Right::Holder),
            [not_held(), To(Name::Cancelled), To(Name::Cancelled), not_held()],
            withdrawn(),
        ),
        row(staff("other", Right::Holder), [not_held(), not_held(), not_held(), not_held()], withdrawn()),
        row(staff("other", Right::Supervisor), all(Name::Cancelled), withdrawn()),
        row(Command::Note, same(), over()),
        row(
            Command::TimeOut,
            [No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue)],
            not_due(),
        ),
        row(
            Command::Sealed,
            [wrong(Name::New), wrong(Name::Taken), wrong(Name::Calling), wrong(Name::NoAnswer)],
            [To(Name::Archived), To(Name::Archived), To(Name::Archived)],
        ),
    ]
}

#[test]
fn every_command_does_in_every_phase_what_the_table_says() {
    for (command, outcomes) in desk_rows().into_iter().chain(other_rows()) {
        for (phase, expected) in PHASES.into_iter().zip(outcomes) {
            assert_eq!(outcome(&in_phase(phase), &command, at(20)), expected, "{command:?} in {phase:?}");
        }
    }
}

#[test]
fn taking_hands_over_before_it_invites_and_then_tells_the_room() {
    let (next, effects) = step(&in_phase(Name::New), &take("a"), at(1)).unwrap();
    let a = operator("a");
    let expected = [
        Effect::Record(Action::Taken),
        Effect::HandOver(a.clone()),
        Effect::Invite(a.clone()),
        Effect::Say(Notice::Taken),
    ];
    assert_eq!(effects, expected);
    assert_eq!((next.taken_at, next.last_operator), (Some(at(1)), Some(a)));
}

#[test]
fn finishing_removes_the_operator_before_the_last_word_and_seals_last() {
    let (next, effects) = step(&in_phase(Name::Calling), &finish("holder", Right::Holder), at(30)).unwrap();
    let expected =
        [Effect::Record(Action::Finished), Effect::Remove(operator("holder")), Effect::Say(Notice::Done), Effect::Seal];
    assert_eq!(effects, expected);
    let (archived, _) = step(&next, &Command::Sealed, at(31)).unwrap();
    assert_eq!(archived.phase, Phase::Archived(Ending::Done(CallbackOutcome::Answered)));
    assert_eq!(archived.ended_at, Some(at(30)));
}

#[test]
fn what_nobody_took_is_withdrawn_without_a_record() {
    let cancel = Command::Cancel(Canceller::Patient);
    let (_, untouched) = step(&in_phase(Name::New), &cancel, at(30)).unwrap();
    assert_eq!(untouched, [Effect::Record(Action::Cancelled), Effect::Say(Notice::Cancelled)]);
    let (_, touched) = step(&in_phase(Name::NoAnswer), &cancel, at(30)).unwrap();
    assert_eq!(touched.last(), Some(&Effect::Seal));
}

#[test]
fn it_is_overdue_once_and_a_new_time_ends_that() {
    for name in [Name::New, Name::Taken, Name::Calling] {
        let state = in_phase(name);
        assert_eq!(step(&state, &Command::TimeOut, at(99)), Err(Refusal::NotDue));
        let (overdue, effects) = step(&state, &Command::TimeOut, at(100)).unwrap();
        assert_eq!((overdue.overdue_since, effects), (Some(at(100)), vec![Effect::Record(Action::Overdue)]));
        assert_eq!(step(&overdue, &Command::TimeOut, at(200)), Err(Refusal::NotDue));
        let held = if name == Name::New { run(&overdue, &take("holder")) } else { overdue };
        assert_eq!(held.overdue_since, Some(at(100)), "taking is not calling");
        let (tried, _) = step(&held, &no_answer("holder", Right::Holder, 500), at(120)).unwrap();
        assert_eq!((tried.overdue_since, tried.due_at, tried.attempts), (None, at(560), 1));
    }
}

#[test]
fn a_repeated_press_changes_nothing() {
    let calling = in_phase(Name::Calling);
    for again in [take("holder"), call("holder", CallbackMeans::Telephone), consult("holder")] {
        assert_eq!(step(&calling, &again, at(30)), Ok((calling.clone(), Vec::new())));
    }
    let (other, effects) = step(&calling, &call("holder", CallbackMeans::App), at(30)).unwrap();
    assert_eq!((other.last_means, effects), (Some(CallbackMeans::App), vec![Effect::Record(Action::Called)]));
}

fn any_operator() -> impl Strategy<Value = OperatorId> {
    prop_oneof![Just(operator("a")), Just(operator("b"))]
}

fn any_right() -> impl Strategy<Value = Right> {
    prop_oneof![Just(Right::Holder), Just(Right::Supervisor)]
}

fn any_when() -> impl Strategy<Value = When> {
    prop_oneof![
        Just(When::AsSoonAsPossible),
        (0_i64..2_000, 1_i64..500).prop_map(|(start, length)| window(start, start + length))
    ]
}

fn any_command() -> impl Strategy<Value = Command> {
    let take_right = prop_oneof![Just(TakeRight::Queue), Just(TakeRight::None)];
    let means = prop_oneof![Just(CallbackMeans::App), Just(CallbackMeans::Telephone)];
    let outcome = prop_oneof![Just(CallbackOutcome::Answered), Just(CallbackOutcome::NotReached)];
    let canceller = (any::<bool>(), any_operator(), any_right())
        .prop_map(|(patient, by, right)| if patient { Canceller::Patient } else { Canceller::Staff { by, right } });
    let due = || (0_i64..3_000).prop_map(at);
    prop_oneof![
        4 => (any_operator(), take_right).prop_map(|(operator, right)| Command::Take { operator, right }),
        2 => (any_operator(), any_right()).prop_map(|(by, right)| Command::Release { by, right }),
        3 => (any_operator(), means).prop_map(|(by, means)| Command::Call { by, means }),
        1 => any_operator().prop_map(|by| Command::Consult { by }),
        2 => (any_operator(), any_right(), due(), due())
            .prop_map(|(by, right, again_at, due_at)| Command::NoAnswer { by, right, again_at, due_at }),
        2 => (any_operator(), any_right(), any_when(), due())
            .prop_map(|(by, right, when, due_at)| Command::AgainLater { by, right, when, due_at }),
        1 => (any_operator(), any_right(), outcome)
            .prop_map(|(by, right, outcome)| Command::Finish { by, right, outcome }),
        2 => (any_when(), due()).prop_map(|(when, due_at)| Command::Move { when, due_at }),
        1 => canceller.prop_map(Command::Cancel),
        1 => Just(Command::Note),
        2 => Just(Command::TimeOut),
        1 => Just(Command::Sealed),
    ]
}

proptest! {
    #[test]
    fn a_life_of_any_commands_keeps_the_invariants(commands in prop::collection::vec((any_command(), 0_i64..50), 1..60)) {
        let mut state = State::ordered(When::AsSoonAsPossible, at(300), at(0));
        let mut now = at(0);
        for (command, seconds) in commands {
            now = now.plus_seconds(seconds);
            prop_assert_eq!(step(&state, &command, now), step(&state, &command, now));
            let Ok((next, effects)) = step(&state, &command, now) else { continue };
            prop_assert_eq!(next.ended_at.is_some(), next.phase.ending().is_some());
            prop_assert!(next.phase.holder().is_none_or(|holder| next.last_operator.as_ref() == Some(holder)));
            prop_assert!(next.attempts >= state.attempts && next.requested_at == state.requested_at);
            let (before, after) = (state.phase.holder(), next.phase.holder());
            let removed = effects.iter().any(|effect| matches!(effect, Effect::Remove(_)));
            prop_assert_eq!(removed, before.is_some() && after.is_none());
            let invited = effects.iter().any(|effect| matches!(effect, Effect::Invite(_)));
            prop_assert_eq!(invited, after.is_some() && before.is_none());
            prop_assert!(before.is_none() || after.is_none() || before == after);
            prop_assert_eq!(state != next || command == Command::Note, effects.iter().any(|effect| matches!(effect, Effect::Record(_))));
            let ends = state.ended_at.is_none() && next.ended_at.is_some();
            prop_assert_eq!(effects.contains(&Effect::Seal), ends && next.last_operator.is_some());
            prop_assert!(state.phase.ending().is_none() || state.phase.ending() == next.phase.ending());
            state = next;
        }
    }
}
