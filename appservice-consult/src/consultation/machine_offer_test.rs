//! Offers and promises over every state: a part of the machine's table.

use super::super::{Deadline, Mark};
use super::*;

fn offer(operator: &str, until: i64) -> Command {
    Command::Offer { operator: self::operator(operator), until: at(until) }
}

fn pass(operator: &str) -> Command {
    Command::Pass { operator: self::operator(operator) }
}

/// Offers and promises over every phase.
pub(super) fn rows() -> Vec<Row> {
    use Name::{Abandoned, Active, Archived, Cancelled, OnHold, Queued};
    use Outcome::{No, To};
    let ended = || [wrong(Archived), wrong(Cancelled), wrong(Abandoned)];
    let queued = |outcome| [outcome, wrong(Active), wrong(OnHold)];
    vec![
        row(offer("asked", 50), queued(To(Queued)), ended()),
        row(offer("asked", 20), queued(No(Refusal::UntilInThePast)), ended()),
        row(pass("asked"), queued(To(Queued)), ended()),
        row(
            Command::Promises { deadlines: vec![promise(Promise::FirstResponse, 15, 90)] },
            [To(Queued), To(Active), To(OnHold)],
            [No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue)],
        ),
        row(
            Command::Promises { deadlines: vec![promise(Promise::Resolution, 15, 90)] },
            [To(Queued), To(Active), To(OnHold)],
            [No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue)],
        ),
        row(
            Command::Promises { deadlines: vec![promise(Promise::Wait, 15, 90)] },
            [To(Queued), No(Refusal::NotDue), No(Refusal::NotDue)],
            [No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue)],
        ),
    ]
}

/// One that is offered to `asked` until second 40.
fn offered() -> State {
    step(&in_phase(Name::Queued), &offer("asked", 40), at(10)).unwrap().0
}

/// A command beside what it makes of what is offered, at second 20.
fn offered_rows() -> Vec<(Command, Outcome)> {
    use Outcome::{No, To};
    let take = |who: &str, right| Command::Take { operator: operator(who), right };
    let offered_to = || No(Refusal::OfferedTo { operator: operator("asked") });
    let waits = || wrong(Name::Queued);
    let to = Target::Queue("dental".into());
    let look = Command::Promises { deadlines: vec![promise(Promise::Wait, 15, 90)] };
    vec![
        (look, To(Name::Queued)),
        (take("asked", TakeRight::Queue), To(Name::Active)),
        (take("asked", TakeRight::ByNameOnly), To(Name::Active)),
        (take("other", TakeRight::Queue), offered_to()),
        (take("other", TakeRight::ByNameOnly), offered_to()),
        (offer("asked", 50), To(Name::Queued)),
        (offer("other", 50), offered_to()),
        (pass("asked"), To(Name::Queued)),
        (pass("other"), offered_to()),
        (Command::Hold { by: operator("asked"), until: None }, waits()),
        (Command::Resume { by: operator("asked") }, waits()),
        (Command::Transfer { by: operator("asked"), right: Right::Supervisor, to }, waits()),
        (invite("asked", Right::Supervisor, guest("colleague")), waits()),
        (dismiss("asked", Right::Supervisor, "colleague"), waits()),
        (Command::Close { by: operator("asked"), right: Right::Supervisor }, waits()),
        (Command::Cancel, To(Name::Cancelled)),
        (Command::Finish, waits()),
        (Command::PatientMessage { grace_seconds: GRACE, said_at: at(20) }, To(Name::Queued)),
        (Command::OperatorMessage { operator: operator("asked") }, To(Name::Queued)),
        (Command::TimeOut { abandon_after_seconds: 5 }, No(Refusal::NotDue)),
    ]
}

#[test]
fn every_command_does_with_what_is_offered_what_the_table_says() {
    for (command, expected) in offered_rows() {
        assert_eq!(outcome(&offered(), &command, at(20)), expected, "{command:?}");
    }
}

#[test]
fn an_offer_is_no_news_to_the_room_and_what_waits_keeps_its_place() {
    let waits = in_phase(Name::Queued);
    let (asked, effects) = step(&waits, &offer("asked", 40), at(10)).unwrap();
    assert_eq!(effects, [Effect::Record(Action::Offered)]);
    assert_eq!(asked.phase, Phase::Offered { operator: operator("asked"), until: at(40) });
    assert_eq!(State { phase: Phase::Queued, ..asked.clone() }, waits, "it goes on waiting");
    assert_eq!(step(&asked, &offer("asked", 90), at(20)), Ok((asked.clone(), Vec::new())), "and is not asked longer");
    let due = Command::TimeOut { abandon_after_seconds: ABANDON };
    for (command, when, action) in [(pass("asked"), 20, Action::Passed), (due, 40, Action::OfferLapsed)] {
        assert_eq!(step(&asked, &command, at(when)), Ok((waits.clone(), vec![Effect::Record(action)])));
    }
    let message = Command::PatientMessage { grace_seconds: GRACE, said_at: at(20) };
    assert_eq!(step(&asked, &message, at(20)).unwrap().0.phase, asked.phase, "a message ends no offer");
}

#[test]
fn what_waited_too_long_while_it_was_offered_is_given_up_after_the_offer() {
    let due = Command::TimeOut { abandon_after_seconds: 5 };
    let (waits, _) = step(&offered(), &due, at(40)).unwrap();
    assert_eq!(waits.phase, Phase::Queued, "who is asked may have taken it in the last second");
    assert_eq!(step(&waits, &due, at(40)).unwrap().0.phase, Phase::Abandoned);
}

pub(super) fn promise(promise: Promise, warn_at: i64, due_at: i64) -> Deadline {
    Deadline { promise, warn_at: at(warn_at), due_at: at(due_at) }
}

#[test]
fn each_promise_is_warned_of_and_broken_once_in_this_order() {
    let look =
        Command::Promises { deadlines: vec![promise(Promise::Wait, 30, 40), promise(Promise::FirstResponse, 35, 60)] };
    let mut state = offered();
    assert_eq!(step(&state, &look, at(29)), Err(Refusal::NotDue));
    let mut told = Vec::new();
    while let Ok((next, effects)) = step(&state, &look, at(100)) {
        assert_eq!((&next.phase, next.phase_since), (&state.phase, state.phase_since), "nothing else changes");
        told.extend(effects);
        state = next;
    }
    let expected = [Action::WaitWarning, Action::ResponseWarning, Action::WaitBroken, Action::ResponseBroken];
    assert_eq!(told, expected.map(Effect::Record));
    assert_eq!(step(&state, &look, at(1_000)), Err(Refusal::NotDue), "each once");
}

#[test]
fn a_promise_that_is_kept_or_void_is_not_broken_and_a_new_wait_is_promised_anew() {
    let wait = Command::Promises { deadlines: vec![promise(Promise::Wait, 30, 40)] };
    let response = Command::Promises { deadlines: vec![promise(Promise::FirstResponse, 30, 40)] };
    assert_eq!(step(&in_phase(Name::Active), &wait, at(100)), Err(Refusal::NotDue), "it was taken");
    let answered =
        step(&in_phase(Name::Active), &Command::OperatorMessage { operator: operator("lead") }, at(20)).unwrap().0;
    assert_eq!(step(&answered, &response, at(100)), Err(Refusal::NotDue));
    for name in [Name::Archived, Name::Cancelled, Name::Abandoned] {
        assert_eq!(step(&in_phase(name), &response, at(100)), Err(Refusal::NotDue), "{name:?}");
    }
    let warned = step(&in_phase(Name::Queued), &wait, at(30)).unwrap().0;
    assert_eq!(warned.marks.wait, Mark::Warned);
    let taken =
        step(&warned, &Command::Take { operator: operator("lead"), right: TakeRight::Queue }, at(35)).unwrap().0;
    assert_eq!(taken.marks.wait, Mark::Warned, "it is kept for the reports");
    let to = Target::Queue("dental".into());
    let again = step(&taken, &Command::Transfer { by: operator("lead"), right: Right::Lead, to }, at(50)).unwrap().0;
    assert_eq!(again.marks.wait, Mark::None);
}

#[test]
fn a_close_is_promised_until_it_comes_and_anew_when_it_is_opened_again() {
    let close = Command::Promises { deadlines: vec![promise(Promise::Resolution, 30, 40)] };
    let answered =
        step(&in_phase(Name::Active), &Command::OperatorMessage { operator: operator("lead") }, at(20)).unwrap().0;
    let (warned, effects) = step(&answered, &close, at(30)).unwrap();
    assert_eq!(effects, [Effect::Record(Action::ResolutionWarning)]);
    let (broken, effects) = step(&warned, &close, at(40)).unwrap();
    assert_eq!(effects, [Effect::Record(Action::ResolutionBroken)]);
    let closed = step(&broken, &Command::Close { by: operator("lead"), right: Right::Lead }, at(50)).unwrap().0;
    assert_eq!((closed.marks.resolution, step(&closed, &close, at(60))), (Mark::Broken, Err(Refusal::NotDue)));
    let wrote = Command::PatientMessage { grace_seconds: 100, said_at: at(60) };
    let again = step(&closed, &wrote, at(60)).unwrap().0;
    assert_eq!((again.marks.resolution, again.reopened_at), (Mark::None, Some(at(60))));
}

#[test]
fn who_changes_his_answers_keeps_the_offer_and_his_place_follows() {
    let before = offered();
    let (next, effects) = step(&before, &Command::ChangeAnswers { urgency: 10 }, at(20)).unwrap();
    assert_eq!(next, State { priority: 10, ..before.clone() });
    assert_eq!(effects, [Effect::Record(Action::AnswersChanged)]);
    let (calm, _) = step(&next, &Command::ChangeAnswers { urgency: -10 }, at(21)).unwrap();
    assert_eq!(calm, before);
}

#[test]
fn whom_it_is_about_is_corrected_by_who_leads_it_and_by_supervisors_until_it_is_over() {
    let correct = |by: &str, right| Command::CorrectPerson { by: operator(by), right };
    let told = [Effect::Record(Action::PersonCorrected), Effect::Say(Notice::PersonCorrected)];
    for (name, by, right) in [
        (Name::Active, "lead", Right::Lead),
        (Name::OnHold, "lead", Right::Lead),
        (Name::Active, "anybody", Right::Supervisor),
        (Name::Queued, "anybody", Right::Supervisor),
    ] {
        let before = in_phase(name);
        assert_eq!(step(&before, &correct(by, right), at(20)), Ok((before, told.to_vec())), "{name:?} {by}");
    }
    for (name, by) in [(Name::Queued, "lead"), (Name::Active, "anybody"), (Name::OnHold, "anybody")] {
        assert_eq!(step(&in_phase(name), &correct(by, Right::Lead), at(20)), Err(Refusal::NotLead), "{name:?}");
    }
    assert_eq!(step(&offered(), &correct("asked", Right::Lead), at(20)), Err(Refusal::NotLead));
    for name in [Name::Archived, Name::Cancelled, Name::Abandoned] {
        let refused = step(&in_phase(name), &correct("lead", Right::Supervisor), at(20));
        assert_eq!(refused, Err(Refusal::WrongPhase(name)), "{name:?}");
    }
}
