//! The machine over every state and every command: a table of what each does, and properties over random lives.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use proptest::prop_assert;
use proptest::prop_assert_eq;

use super::{
    Action, Command, Duty, Effect, Guest, Line, Notice, Participant, Phase, Promise, Refusal, Right, State, TEAM_MAX,
    TakeRight, Target, Team, Urgency, step,
};
use crate::api::types::{ParticipantRole, Phase as Name};
use crate::ids::OperatorId;
use crate::time::Time;

const GRACE: i64 = 60;
const ABANDON: i64 = 600;

#[path = "machine_arranged_test.rs"]
mod arranged;
#[path = "machine_gone_test.rs"]
mod gone;
#[path = "machine_offer_test.rs"]
mod offers;

fn at(seconds: i64) -> Time {
    Time::from_millis(1_000_000).plus_seconds(seconds)
}

fn operator(name: &str) -> OperatorId {
    OperatorId::from(name)
}

fn guest(name: &str) -> Guest {
    Guest { operator: operator(name), role: ParticipantRole::Consultant, duty: Duty::On }
}

fn invite(by: &str, right: Right, guest: Guest) -> Command {
    Command::Invite { by: operator(by), right, guest }
}

fn dismiss(by: &str, right: Right, who: &str) -> Command {
    Command::Dismiss { by: operator(by), right, operator: operator(who) }
}

/// A consultation of each phase, led by `lead` where it is led, at second 10.
fn in_phase(name: Name) -> State {
    let queued = State::requested("general".into(), None, at(0));
    let take = Command::Take { operator: operator("lead"), right: TakeRight::Queue };
    let run = |state: &State, command: Command| step(state, &command, at(10)).expect("a step of the fixture").0;
    match name {
        Name::Queued => queued,
        Name::Active => run(&queued, take),
        Name::OnHold => run(&run(&queued, take), Command::Hold { by: operator("lead"), until: Some(at(100)) }),
        Name::Archived => run(&run(&queued, take), Command::Close { by: operator("lead"), right: Right::Lead }),
        Name::Cancelled => run(&queued, Command::Cancel),
        Name::Abandoned => step(&queued, &Command::TimeOut { abandon_after_seconds: 5 }, at(10)).expect("due").0,
    }
}

const PHASES: [Name; 6] = [Name::Queued, Name::Active, Name::OnHold, Name::Archived, Name::Cancelled, Name::Abandoned];

/// What a cell of the table says: the phase that follows, or the refusal.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    To(Name),
    No(Refusal),
}

fn outcome(state: &State, command: &Command, now: Time) -> Outcome {
    match step(state, command, now) {
        Ok((next, _)) => Outcome::To(next.phase.name()),
        Err(refusal) => Outcome::No(refusal),
    }
}

/// A command beside what it makes of each phase, in the order of [`PHASES`], at second 20.
type Row = (Command, [Outcome; 6]);

fn row(command: Command, open: [Outcome; 3], ended: [Outcome; 3]) -> Row {
    (command, [open, ended].concat().try_into().expect("three and three are six"))
}

fn wrong(phase: Name) -> Outcome {
    Outcome::No(Refusal::WrongPhase(phase))
}

fn desk_rows() -> Vec<Row> {
    use Name::{Abandoned, Active, Archived, Cancelled, OnHold, Queued};
    use Outcome::{No, To};
    let (lead, other, dental) = (operator("lead"), operator("other"), Target::Queue("dental".into()));
    let take = |operator: &OperatorId, right| Command::Take { operator: operator.clone(), right };
    let hold = |by: &OperatorId, until| Command::Hold { by: by.clone(), until };
    let transfer = |by: &OperatorId, right, to: &Target| Command::Transfer { by: by.clone(), right, to: to.clone() };
    let close = |by: &OperatorId, right| Command::Close { by: by.clone(), right };
    let take_over = |by: &OperatorId, from: &OperatorId| Command::TakeOver { by: by.clone(), from: from.clone() };
    let ended = || [wrong(Archived), wrong(Cancelled), wrong(Abandoned)];
    let taken = || No(Refusal::Taken { by: operator("lead") });
    let led = |refusal: Refusal| [wrong(Queued), No(refusal.clone()), No(refusal)];
    vec![
        row(take(&lead, TakeRight::Queue), [To(Active), To(Active), To(OnHold)], ended()),
        row(take(&other, TakeRight::Queue), [To(Active), taken(), taken()], ended()),
        row(take(&other, TakeRight::ByNameOnly), [No(Refusal::NotYourQueue), taken(), taken()], ended()),
        row(hold(&lead, None), [wrong(Queued), To(OnHold), To(OnHold)], ended()),
        row(hold(&lead, Some(at(20))), led(Refusal::UntilInThePast), ended()),
        row(hold(&other, None), led(Refusal::NotLead), ended()),
        row(Command::Resume { by: lead.clone() }, [wrong(Queued), To(Active), To(Active)], ended()),
        row(Command::Resume { by: other.clone() }, led(Refusal::NotLead), ended()),
        row(transfer(&lead, Right::Lead, &dental), [wrong(Queued), To(Queued), To(Queued)], ended()),
        row(transfer(&other, Right::Lead, &dental), led(Refusal::NotLead), ended()),
        row(transfer(&other, Right::Supervisor, &dental), [wrong(Queued), To(Queued), To(Queued)], ended()),
        row(transfer(&other, Right::Supervisor, &Target::Operator(lead.clone())), led(Refusal::ToTheLead), ended()),
        row(take_over(&other, &lead), [wrong(Queued), To(Active), To(OnHold)], ended()),
        row(take_over(&lead, &other), [wrong(Queued), To(Active), To(OnHold)], ended()),
        row(take_over(&other, &operator("gone")), [wrong(Queued), taken(), taken()], ended()),
        row(close(&lead, Right::Lead), [wrong(Queued), To(Archived), To(Archived)], ended()),
        row(close(&other, Right::Lead), led(Refusal::NotLead), ended()),
        row(close(&other, Right::Supervisor), [wrong(Queued), To(Archived), To(Archived)], ended()),
    ]
}

fn team_rows() -> Vec<Row> {
    use Name::{Abandoned, Active, Archived, Cancelled, OnHold, Queued};
    use Outcome::{No, To};
    let ended = || [wrong(Archived), wrong(Cancelled), wrong(Abandoned)];
    let led = |refusal: Refusal| [wrong(Queued), No(refusal.clone()), No(refusal)];
    let stays = || [wrong(Queued), To(Active), To(OnHold)];
    let off_duty = Guest { duty: Duty::Off, ..guest("colleague") };
    vec![
        row(invite("lead", Right::Lead, guest("colleague")), stays(), ended()),
        row(invite("other", Right::Supervisor, guest("colleague")), stays(), ended()),
        row(invite("other", Right::Supervisor, guest("other")), stays(), ended()),
        row(invite("other", Right::Lead, guest("colleague")), led(Refusal::NotLead), ended()),
        row(invite("other", Right::Lead, guest("other")), led(Refusal::NotLead), ended()),
        row(invite("lead", Right::Lead, guest("lead")), led(Refusal::IsLead), ended()),
        row(invite("lead", Right::Lead, off_duty), led(Refusal::OffDuty), ended()),
        row(dismiss("lead", Right::Lead, "colleague"), stays(), ended()),
        row(dismiss("other", Right::Lead, "other"), stays(), ended()),
        row(dismiss("other", Right::Lead, "colleague"), led(Refusal::NotLead), ended()),
        row(dismiss("other", Right::Supervisor, "colleague"), stays(), ended()),
        row(dismiss("lead", Right::Lead, "lead"), led(Refusal::IsLead), ended()),
        row(dismiss("other", Right::Supervisor, "lead"), led(Refusal::IsLead), ended()),
    ]
}

fn patient_and_time_rows() -> Vec<Row> {
    use Name::{Abandoned, Active, Archived, Cancelled, OnHold, Queued};
    use Outcome::{No, To};
    let stays = || [To(Queued), To(Active), To(OnHold)];
    let not_due = || [No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue)];
    let message = |grace_seconds| Command::PatientMessage { grace_seconds, said_at: at(1_000) };
    let time_out = |abandon_after_seconds| Command::TimeOut { abandon_after_seconds };
    let answer = Command::OperatorMessage { operator: operator("other") };
    let over = [No(Refusal::Over), No(Refusal::Over), No(Refusal::Over)];
    let due = [To(Abandoned), No(Refusal::NotDue), No(Refusal::NotDue)];
    let withdrawn = [wrong(Archived), To(Cancelled), wrong(Abandoned)];
    vec![
        row(Command::Cancel, [To(Cancelled), wrong(Active), wrong(OnHold)], withdrawn),
        row(
            Command::Finish,
            [wrong(Queued), To(Archived), To(Archived)],
            [To(Archived), wrong(Cancelled), wrong(Abandoned)],
        ),
        row(
            Command::ChangeAnswers { urgency: 10 },
            [To(Queued), wrong(Active), wrong(OnHold)],
            [wrong(Archived), wrong(Cancelled), wrong(Abandoned)],
        ),
        row(message(GRACE), stays(), [To(Queued), To(Queued), To(Queued)]),
        row(message(5), stays(), over),
        row(answer, stays(), [To(Archived), To(Cancelled), To(Abandoned)]),
        row(time_out(ABANDON), not_due(), not_due()),
        row(time_out(20), due, not_due()),
    ]
}

#[test]
fn every_command_does_in_every_phase_what_the_table_says() {
    let rows =
        [desk_rows(), team_rows(), patient_and_time_rows(), offers::rows(), gone::rows(), arranged::rows()].concat();
    for (command, outcomes) in rows {
        for (phase, expected) in PHASES.into_iter().zip(outcomes) {
            assert_eq!(outcome(&in_phase(phase), &command, at(20)), expected, "{command:?} in {phase:?}");
        }
    }
}

#[test]
fn taking_hands_over_before_it_invites_and_then_tells_the_room() {
    let (_, effects) =
        step(&in_phase(Name::Queued), &Command::Take { operator: operator("a"), right: TakeRight::Queue }, at(1))
            .unwrap();
    let expected = [
        Effect::Record(Action::Taken),
        Effect::HandOver(operator("a")),
        Effect::Invite(operator("a")),
        Effect::Announce,
        Effect::Say(Notice::Taken),
    ];
    assert_eq!(effects, expected);
}

#[test]
fn closing_removes_the_operators_before_the_last_word_and_seals_last() {
    let (next, effects) =
        step(&in_phase(Name::Active), &Command::Close { by: operator("lead"), right: Right::Lead }, at(30)).unwrap();
    assert_eq!(effects[1], Effect::Remove(operator("lead")));
    assert_eq!(effects.last(), Some(&Effect::Seal));
    assert_eq!((next.ended_at, next.last_lead), (Some(at(30)), Some(operator("lead"))));
}

#[test]
fn a_colleague_gets_the_keys_before_he_is_invited_and_the_room_is_told() {
    let (next, effects) =
        step(&in_phase(Name::OnHold), &invite("lead", Right::Lead, guest("colleague")), at(30)).unwrap();
    let expected = [
        Effect::Record(Action::Invited),
        Effect::HandOver(operator("colleague")),
        Effect::Invite(operator("colleague")),
        Effect::Announce,
        Effect::SayOf(Notice::Joined, operator("colleague")),
    ];
    assert_eq!(effects, expected);
    let colleague = Participant {
        operator: operator("colleague"),
        role: ParticipantRole::Consultant,
        joined_at: at(30),
        invited_by: Some(operator("lead")),
    };
    assert_eq!(next.phase.team().unwrap().others, [colleague]);
    assert_eq!(next.phase_since, at(10), "neither the phase nor its hold begins anew");
    assert!(matches!(next.phase, Phase::OnHold { until: Some(until), .. } if until == at(100)));
}

#[test]
fn a_colleague_who_is_there_is_not_asked_twice_and_can_take_another_role_though_he_is_off_duty() {
    let (there, _) = step(&in_phase(Name::Active), &invite("lead", Right::Lead, guest("colleague")), at(30)).unwrap();
    let again = invite("lead", Right::Lead, Guest { duty: Duty::Off, ..guest("colleague") });
    assert_eq!(step(&there, &again, at(40)), Ok((there.clone(), Vec::new())));
    let observer = Guest { role: ParticipantRole::Observer, duty: Duty::Off, ..guest("colleague") };
    let (watches, effects) = step(&there, &invite("lead", Right::Lead, observer), at(50)).unwrap();
    assert_eq!(effects, [Effect::Record(Action::Invited), Effect::Levels, Effect::Announce]);
    let others = &watches.phase.team().unwrap().others;
    assert_eq!((others.len(), others[0].role), (1, ParticipantRole::Observer));
}

#[test]
fn a_colleague_who_goes_is_out_of_the_room_before_it_is_told() {
    let (there, _) = step(&in_phase(Name::Active), &invite("lead", Right::Lead, guest("colleague")), at(30)).unwrap();
    for (command, action) in [
        (dismiss("colleague", Right::Lead, "colleague"), Action::Left),
        (dismiss("lead", Right::Lead, "colleague"), Action::Dismissed),
    ] {
        let (gone, effects) = step(&there, &command, at(40)).unwrap();
        let expected = [
            Effect::Record(action),
            Effect::Remove(operator("colleague")),
            Effect::Announce,
            Effect::SayOf(Notice::Left, operator("colleague")),
        ];
        assert_eq!(effects, expected);
        assert_eq!(gone, in_phase(Name::Active));
        assert_eq!(step(&gone, &command, at(50)), Ok((gone.clone(), Vec::new())), "a repeated press");
    }
}

/// In a consultation that two lead and observe.
fn observed() -> State {
    let observer = Guest { role: ParticipantRole::Observer, ..guest("colleague") };
    step(&in_phase(Name::Active), &invite("lead", Right::Lead, observer), at(30)).unwrap().0
}

#[test]
fn who_observes_cannot_write_before_he_comes_and_until_he_has_gone() {
    let observer = Guest { role: ParticipantRole::Observer, ..guest("colleague") };
    let invited = step(&in_phase(Name::Active), &invite("lead", Right::Lead, observer), at(30)).unwrap().1;
    let places = |effects: &[Effect], of: &Effect| effects.iter().position(|effect| effect == of).unwrap();
    let (come, gone) = (Effect::Invite(operator("colleague")), Effect::Remove(operator("colleague")));
    assert!(places(&invited, &Effect::Levels) < places(&invited, &come));
    let to_queue = Command::Transfer { by: operator("lead"), right: Right::Lead, to: Target::Queue("dental".into()) };
    let close = Command::Close { by: operator("lead"), right: Right::Lead };
    for command in [dismiss("lead", Right::Lead, "colleague"), close, to_queue] {
        let effects = step(&observed(), &command, at(40)).unwrap().1;
        assert!(places(&effects, &gone) < places(&effects, &Effect::Levels), "{command:?}: {effects:?}");
    }
    let consults = invite("lead", Right::Lead, guest("colleague"));
    assert!(step(&observed(), &consults, at(40)).unwrap().1.contains(&Effect::Levels), "another role");
    let leads =
        Command::Transfer { by: operator("lead"), right: Right::Lead, to: Target::Operator(operator("colleague")) };
    assert!(step(&observed(), &leads, at(40)).unwrap().1.contains(&Effect::Levels), "he leads it");
}

#[test]
fn handing_it_to_a_colleague_who_is_there_makes_him_the_lead_at_once() {
    for name in [Name::Active, Name::OnHold] {
        let (there, _) = step(&in_phase(name), &invite("lead", Right::Lead, guest("colleague")), at(30)).unwrap();
        let to = Target::Operator(operator("colleague"));
        let transfer = Command::Transfer { by: operator("lead"), right: Right::Lead, to };
        let (next, effects) = step(&there, &transfer, at(40)).unwrap();
        let expected = [
            Effect::Record(Action::Transferred),
            Effect::Remove(operator("lead")),
            Effect::Announce,
            Effect::Say(Notice::Taken),
        ];
        assert_eq!(effects, expected);
        assert_eq!(next.phase.name(), name, "nobody waits, and a hold stays one");
        assert_eq!(next.phase.team(), Some(&Team::of(operator("colleague"), at(40))));
        assert_eq!(
            (next.last_lead.clone(), next.previous_lead.clone()),
            (Some(operator("colleague")), Some(operator("lead")))
        );
        assert_eq!((next.priority, next.first_taken_at), (there.priority, there.first_taken_at));
        assert_eq!(step(&next, &transfer, at(50)), Err(Refusal::NotLead));
    }
}

#[test]
fn a_supervisor_who_takes_over_leads_at_once_and_only_the_first_of_them() {
    for name in [Name::Active, Name::OnHold] {
        let before = in_phase(name);
        let take_over = |by: &str| Command::TakeOver { by: operator(by), from: operator("lead") };
        let (next, effects) = step(&before, &take_over("chief"), at(40)).unwrap();
        let expected = [
            Effect::Record(Action::TakenOver),
            Effect::HandOver(operator("chief")),
            Effect::Remove(operator("lead")),
            Effect::Invite(operator("chief")),
            Effect::Announce,
            Effect::Say(Notice::Taken),
        ];
        assert_eq!(effects, expected);
        assert_eq!(next.phase.name(), name, "nobody waits, and a hold stays one");
        assert_eq!(next.phase.team(), Some(&Team::of(operator("chief"), at(40))));
        assert_eq!((next.previous_lead.clone(), next.transfer.clone()), (Some(operator("lead")), None));
        assert_eq!(step(&next, &take_over("second"), at(50)), Err(Refusal::Taken { by: operator("chief") }));
        assert_eq!(step(&next, &take_over("chief"), at(50)), Ok((next.clone(), Vec::new())), "a repeated press");
    }
}

#[test]
fn a_supervisor_who_watches_and_takes_over_may_write_and_is_not_asked_in_again() {
    let take_over = Command::TakeOver { by: operator("colleague"), from: operator("lead") };
    let (next, effects) = step(&observed(), &take_over, at(40)).unwrap();
    let expected = [
        Effect::Record(Action::TakenOver),
        Effect::Remove(operator("lead")),
        Effect::Levels,
        Effect::Announce,
        Effect::Say(Notice::Taken),
    ];
    assert_eq!(effects, expected);
    assert_eq!(next.phase.team(), Some(&Team::of(operator("colleague"), at(40))));
}

#[test]
fn a_council_has_a_limit() {
    let mut state = in_phase(Name::Active);
    for number in 1..TEAM_MAX {
        state = step(&state, &invite("lead", Right::Lead, guest(&format!("o{number}"))), at(20)).unwrap().0;
    }
    assert_eq!(state.phase.team().unwrap().members().len(), TEAM_MAX);
    assert_eq!(step(&state, &invite("lead", Right::Lead, guest("more")), at(20)), Err(Refusal::TeamFull));
}

#[test]
fn closing_and_handing_on_remove_the_colleagues_too() {
    let (there, _) = step(&in_phase(Name::Active), &invite("lead", Right::Lead, guest("colleague")), at(30)).unwrap();
    let to = Target::Queue("dental".into());
    for command in [
        Command::Close { by: operator("lead"), right: Right::Lead },
        Command::Transfer { by: operator("lead"), right: Right::Lead, to },
    ] {
        let (_, effects) = step(&there, &command, at(40)).unwrap();
        assert_eq!(effects[1..3], [Effect::Remove(operator("lead")), Effect::Remove(operator("colleague"))]);
    }
}

#[test]
fn a_transfer_raises_the_priority_and_lets_the_named_colleague_take_what_is_not_his_queue() {
    let to = Target::Operator(operator("colleague"));
    let (queued, _) =
        step(&in_phase(Name::Active), &Command::Transfer { by: operator("lead"), right: Right::Lead, to }, at(30))
            .unwrap();
    assert_eq!((queued.priority, queued.taken_at, queued.previous_lead.clone()), (1, None, Some(operator("lead"))));
    let by_name = |who: &str| Command::Take { operator: operator(who), right: TakeRight::ByNameOnly };
    assert_eq!(step(&queued, &by_name("other"), at(40)), Err(Refusal::NotYourQueue));
    let (taken, _) = step(&queued, &by_name("colleague"), at(40)).unwrap();
    assert_eq!((taken.first_taken_at, taken.taken_at), (Some(at(10)), Some(at(40))));
    assert_eq!(taken.previous_lead, Some(operator("lead")));
}

#[test]
fn a_hold_ends_by_itself_when_its_time_has_come() {
    let held = in_phase(Name::OnHold);
    let due = Command::TimeOut { abandon_after_seconds: ABANDON };
    assert_eq!(step(&held, &due, at(99)), Err(Refusal::NotDue));
    let (resumed, effects) = step(&held, &due, at(100)).unwrap();
    assert_eq!(resumed.phase.name(), Name::Active);
    assert!(effects.contains(&Effect::Record(Action::Resumed)));
}

#[test]
fn the_first_answer_stands_and_each_answer_ends_the_waiting() {
    let message = |seconds| Command::PatientMessage { grace_seconds: GRACE, said_at: at(seconds) };
    let (asked, _) = step(&in_phase(Name::Active), &message(20), at(20)).unwrap();
    let (again, _) = step(&asked, &message(25), at(25)).unwrap();
    assert_eq!(again.unanswered_since, Some(at(20)));
    let answer = Command::OperatorMessage { operator: operator("lead") };
    let (answered, _) = step(&again, &answer, at(30)).unwrap();
    assert_eq!((answered.first_answer_at, answered.unanswered_since), (Some(at(30)), None));
    assert_eq!(step(&answered, &answer, at(40)).unwrap().0.first_answer_at, Some(at(30)));
}

#[test]
fn what_was_said_before_the_end_and_comes_after_it_reopens_nothing() {
    for name in [Name::Archived, Name::Cancelled, Name::Abandoned] {
        let over = in_phase(name);
        let ended_at = over.ended_at.unwrap();
        let message = |said_at| Command::PatientMessage { grace_seconds: GRACE, said_at };
        let now = ended_at.plus_seconds(1);
        assert_eq!(step(&over, &message(ended_at), now), Ok((over.clone(), Vec::new())));
        assert_eq!(step(&over, &message(now), now).unwrap().0.phase.name(), Name::Queued);
    }
}

fn any_operator() -> impl Strategy<Value = OperatorId> {
    prop_oneof![
        prop::strategy::Just(operator("a")),
        prop::strategy::Just(operator("b")),
        prop::strategy::Just(operator("c"))
    ]
}

fn any_line() -> impl Strategy<Value = Line> {
    prop_oneof![prop::strategy::Just(Line::Quiet), prop::strategy::Just(Line::Busy)]
}

fn any_right() -> impl Strategy<Value = Right> {
    prop_oneof![prop::strategy::Just(Right::Lead), prop::strategy::Just(Right::Supervisor)]
}

fn any_guest() -> impl Strategy<Value = Guest> {
    let role = prop_oneof![
        prop::strategy::Just(ParticipantRole::Consultant),
        prop::strategy::Just(ParticipantRole::Observer),
        prop::strategy::Just(ParticipantRole::Trainee)
    ];
    (any_operator(), role, any::<bool>()).prop_map(|(operator, role, is_on)| Guest {
        operator,
        role,
        duty: if is_on { Duty::On } else { Duty::Off },
    })
}

/// Who is in it.
fn crew(state: &State) -> BTreeSet<OperatorId> {
    let members = state.phase.team().map(Team::members).unwrap_or_default();
    members.into_iter().map(|member| member.operator).collect()
}

/// What the room is told of a phase: whom the desk asks is not its business.
fn told(phase: &Phase) -> Phase {
    if phase.is_waiting() { Phase::Queued } else { phase.clone() }
}

fn named(effects: &[Effect], whom: impl Fn(&Effect) -> Option<&OperatorId>) -> BTreeSet<OperatorId> {
    effects.iter().filter_map(whom).cloned().collect()
}

fn any_command() -> impl Strategy<Value = Command> {
    let take_right = prop_oneof![prop::strategy::Just(TakeRight::Queue), prop::strategy::Just(TakeRight::ByNameOnly)];
    let target = prop_oneof![
        any_operator().prop_map(Target::Operator),
        any::<bool>().prop_map(|one| Target::Queue(if one { "x" } else { "y" }.into()))
    ];
    prop_oneof![
        (any_operator(), take_right).prop_map(|(operator, right)| Command::Take { operator, right }),
        (any_operator(), 0_i64..3_000).prop_map(|(operator, until)| Command::Offer { operator, until: at(until) }),
        any_operator().prop_map(|operator| Command::Pass { operator }),
        (any_operator(), prop::option::of(0_i64..5_000))
            .prop_map(|(by, until)| Command::Hold { by, until: until.map(at) }),
        any_operator().prop_map(|by| Command::Resume { by }),
        (any_operator(), any_right(), target).prop_map(|(by, right, to)| Command::Transfer { by, right, to }),
        (any_operator(), any_operator()).prop_map(|(by, from)| Command::TakeOver { by, from }),
        (any_operator(), any_right(), any_guest()).prop_map(|(by, right, guest)| Command::Invite { by, right, guest }),
        (any_operator(), any_right(), any_operator()).prop_map(|(by, right, operator)| Command::Dismiss {
            by,
            right,
            operator
        }),
        (any_operator(), any_right()).prop_map(|(by, right)| Command::Close { by, right }),
        prop::strategy::Just(Command::Cancel),
        prop::strategy::Just(Command::Finish),
        (-20_i64..20).prop_map(|urgency| Command::ChangeAnswers { urgency }),
        (0_i64..200, 0_i64..3_000)
            .prop_map(|(grace_seconds, said)| Command::PatientMessage { grace_seconds, said_at: at(said) }),
        any_operator().prop_map(|operator| Command::OperatorMessage { operator }),
        (0_i64..40).prop_map(|to| Command::Raise { to }),
        prop::sample::select(vec!["x", "z"]).prop_map(|to| Command::Move { to: to.into() }),
        arranged::any_command(),
        (0_i64..1_000).prop_map(|abandon_after_seconds| Command::TimeOut { abandon_after_seconds }),
        (any_operator(), any_line()).prop_map(|(lead, line)| Command::Orphaned { lead, line }),
        (0_i64..3_000, 4_i64..200, any_line()).prop_map(|(since, close_after_seconds, line)| Command::Silence {
            since: at(since),
            close_after_seconds,
            line
        }),
        (0_i64..1_000, 0_i64..1_000).prop_map(|(warn_at, due_at)| Command::Promises {
            deadlines: vec![
                offers::promise(Promise::Wait, warn_at, due_at),
                offers::promise(Promise::FirstResponse, warn_at, due_at),
                offers::promise(Promise::Resolution, warn_at, due_at)
            ]
        }),
    ]
}

#[test]
fn a_rule_raises_and_moves_what_waits_and_nothing_else() {
    let (raise, move_to) = (Command::Raise { to: 30 }, Command::Move { to: "dental".into() });
    let queued = State { priority: 4, ..in_phase(Name::Queued) };
    let (raised, effects) = step(&queued, &raise, at(20)).unwrap();
    assert_eq!((raised.priority, effects), (30, vec![Effect::Record(Action::Raised)]));
    assert_eq!(step(&raised, &Command::Raise { to: 10 }, at(21)), Ok((raised.clone(), Vec::new())), "higher stays");
    let asked = Phase::Offered { operator: operator("lead"), until: at(100) };
    let (moved, effects) = step(&State { phase: asked, ..queued.clone() }, &move_to, at(20)).unwrap();
    let expected = ("dental", &Phase::Queued, vec![Effect::Record(Action::Moved)]);
    assert_eq!((moved.queue.as_str(), &moved.phase, effects), expected);
    assert_eq!(moved.phase_since, queued.phase_since, "it goes on waiting");
    assert_eq!(step(&moved, &move_to, at(21)), Ok((moved.clone(), Vec::new())));
    for phase in PHASES.into_iter().filter(|phase| *phase != Name::Queued) {
        for command in [&raise, &move_to] {
            assert_eq!(step(&in_phase(phase), command, at(20)), Err(Refusal::WrongPhase(phase)));
        }
    }
}

proptest! {
    #[test]
    fn a_life_of_any_commands_keeps_the_invariants(commands in prop::collection::vec((any_command(), 0_i64..50), 1..60)) {
        let mut state = State::requested("x".into(), None, at(0));
        let mut now = at(0);
        for (command, seconds) in commands {
            now = now.plus_seconds(seconds);
            prop_assert_eq!(step(&state, &command, now), step(&state, &command, now));
            let Ok((next, effects)) = step(&state, &command, now) else { continue };
            prop_assert_eq!(next.ended_at.is_none(), next.phase.is_open());
            prop_assert_eq!(next.phase.team().is_some(), next.taken_at.is_some() && next.phase.is_open());
            prop_assert!(next.phase.team().is_none_or(|team| next.last_lead.as_ref() == Some(&team.lead)));
            let is_lowered = matches!(command, Command::Prioritize { urgency: Urgency::Less, .. });
            let is_answered = matches!(command, Command::ChangeAnswers { .. });
            prop_assert!(is_answered || is_lowered || next.priority >= state.priority);
            prop_assert_eq!(next.requested_at, state.requested_at);
            prop_assert!(state.first_taken_at.is_none() || next.first_taken_at == state.first_taken_at);
            let (before, after) = (crew(&state), crew(&next));
            let come: BTreeSet<_> = after.difference(&before).cloned().collect();
            let gone: BTreeSet<_> = before.difference(&after).cloned().collect();
            prop_assert_eq!(&named(&effects, |effect| if let Effect::HandOver(who) = effect { Some(who) } else { None }), &come);
            prop_assert_eq!(&named(&effects, |effect| if let Effect::Invite(who) = effect { Some(who) } else { None }), &come);
            prop_assert_eq!(&named(&effects, |effect| if let Effect::Remove(who) = effect { Some(who) } else { None }), &gone);
            let members = next.phase.team().map(Team::members).unwrap_or_default();
            let observers = |state: &State| -> BTreeSet<OperatorId> {
                state.phase.team().into_iter().flat_map(Team::observers).cloned().collect()
            };
            prop_assert_eq!(observers(&state) != observers(&next), effects.contains(&Effect::Levels));
            prop_assert_eq!(members.len(), after.len(), "nobody is in it twice");
            prop_assert!(members.iter().skip(1).all(|other| other.role != ParticipantRole::Lead && other.invited_by.is_some()));
            prop_assert_eq!(state.phase.is_open() && !next.phase.is_open(), effects.contains(&Effect::Seal));
            prop_assert_eq!(told(&state.phase) != told(&next.phase), effects.contains(&Effect::Announce));
            let is_arranged = arranged::is_arranged(&command, &state, &next);
            let is_asked = state.silence_warned_at.is_none() && next.silence_warned_at.is_some();
            prop_assert!(next.silence_warned_at.is_none() || next.phase.name() == Name::Active);
            let moved = is_answered || is_arranged || is_asked || state.phase != next.phase || state.marks != next.marks;
            prop_assert_eq!(moved, effects.iter().any(|effect| matches!(effect, Effect::Record(_))));
            state = next;
        }
    }
}
