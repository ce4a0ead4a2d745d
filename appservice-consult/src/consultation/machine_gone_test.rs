//! Who is gone, over every state: a part of the machine's table. Operators whose console is lost, and patients who say nothing.

use super::*;
use crate::api::types::TransferCause;

fn orphaned(lead: &str, line: Line) -> Command {
    Command::Orphaned { lead: operator(lead), line }
}

/// Closed after 40 seconds; asked after 30.
fn silence(since: i64, line: Line) -> Command {
    Command::Silence { since: at(since), close_after_seconds: 40, line }
}

/// Who is gone, over every phase. The hold of the table lasts until second 100.
pub(super) fn rows() -> Vec<Row> {
    use Name::{Abandoned, Archived, Cancelled, Queued};
    use Outcome::{No, To};
    let ended = || [wrong(Archived), wrong(Cancelled), wrong(Abandoned)];
    let not_due = || [No(Refusal::NotDue), No(Refusal::NotDue), No(Refusal::NotDue)];
    let taken = || No(Refusal::Taken { by: operator("lead") });
    vec![
        row(orphaned("lead", Line::Quiet), [To(Queued), To(Queued), No(Refusal::NotDue)], ended()),
        row(orphaned("lead", Line::Busy), [To(Queued), No(Refusal::NotDue), No(Refusal::NotDue)], ended()),
        row(orphaned("other", Line::Quiet), [To(Queued), taken(), taken()], ended()),
        row(silence(0, Line::Quiet), not_due(), not_due()),
    ]
}

#[test]
fn what_lost_its_operator_waits_again_before_what_is_as_old() {
    for (name, now) in [(Name::Active, 30), (Name::OnHold, 100)] {
        let (there, _) = step(&in_phase(name), &invite("lead", Right::Lead, guest("colleague")), at(20)).unwrap();
        let (next, effects) = step(&there, &orphaned("lead", Line::Quiet), at(now)).unwrap();
        let expected = [
            Effect::Record(Action::Returned),
            Effect::Remove(operator("lead")),
            Effect::Remove(operator("colleague")),
            Effect::Say(Notice::Returned),
            Effect::Announce,
        ];
        assert_eq!(effects, expected);
        assert_eq!((&next.phase, next.phase_since, next.priority), (&Phase::Queued, at(now), there.priority + 1));
        assert_eq!((next.taken_at, next.queue.clone()), (None, there.queue.clone()));
        assert_eq!((next.previous_lead.clone(), next.first_taken_at), (Some(operator("lead")), Some(at(10))));
        let transfer = next.transfer.clone().unwrap();
        assert_eq!((transfer.from, transfer.to, transfer.cause), (operator("lead"), None, TransferCause::Lost));
        let again = step(&next, &orphaned("lead", Line::Quiet), at(now + 1));
        assert_eq!(again, Ok((next, Vec::new())), "once is enough");
    }
}

#[test]
fn whoever_took_it_meanwhile_keeps_it() {
    let (queued, _) = step(&in_phase(Name::Active), &orphaned("lead", Line::Quiet), at(30)).unwrap();
    let take = Command::Take { operator: operator("other"), right: TakeRight::Queue };
    let (taken, _) = step(&queued, &take, at(40)).unwrap();
    let refused = Err(Refusal::Taken { by: operator("other") });
    assert_eq!(step(&taken, &orphaned("lead", Line::Quiet), at(50)), refused);
    assert_eq!((taken.first_taken_at, taken.taken_at), (Some(at(10)), Some(at(40))));
}

/// Answered at second 20, and nobody has written since.
fn answered() -> State {
    step(&in_phase(Name::Active), &Command::OperatorMessage { operator: operator("lead") }, at(20)).unwrap().0
}

#[test]
fn a_silent_patient_is_asked_once_and_then_let_go() {
    let look = silence(20, Line::Quiet);
    assert_eq!(step(&answered(), &look, at(49)), Err(Refusal::NotDue));
    let (asked, effects) = step(&answered(), &look, at(50)).unwrap();
    assert_eq!(effects, [Effect::Record(Action::SilenceWarned), Effect::Say(Notice::StillThere)]);
    assert_eq!((&asked.phase, asked.silence_warned_at), (&answered().phase, Some(at(50))));
    assert_eq!(step(&asked, &look, at(59)), Err(Refusal::NotDue), "he has the rest of the time to answer");
    let (closed, effects) = step(&asked, &look, at(60)).unwrap();
    let expected = [
        Effect::Record(Action::Closed),
        Effect::Remove(operator("lead")),
        Effect::Say(Notice::ClosedSilent),
        Effect::Announce,
        Effect::Seal,
    ];
    assert_eq!(effects, expected);
    assert_eq!((&closed.phase, closed.ended_at, closed.silence_warned_at), (&Phase::Archived, Some(at(60)), None));
}

#[test]
fn whoever_writes_is_there_and_who_was_taken_on_just_now_is_not_silent() {
    let (asked, _) = step(&answered(), &silence(20, Line::Quiet), at(50)).unwrap();
    let message = Command::PatientMessage { grace_seconds: GRACE, said_at: at(55) };
    let (written, _) = step(&asked, &message, at(55)).unwrap();
    assert_eq!(written.silence_warned_at, None);
    assert_eq!(step(&written, &silence(55, Line::Quiet), at(900)), Err(Refusal::NotDue), "now he waits for the desk");
    let answer = Command::OperatorMessage { operator: operator("lead") };
    let (answered_again, _) = step(&asked, &answer, at(55)).unwrap();
    assert_eq!(answered_again.silence_warned_at, None, "the desk wrote once more");
    let take_over = Command::TakeOver { by: operator("chief"), from: operator("lead") };
    let (led, _) = step(&asked, &take_over, at(55)).unwrap();
    assert_eq!(led.silence_warned_at, None);
    assert_eq!(step(&led, &silence(20, Line::Quiet), at(84)), Err(Refusal::NotDue), "he has just begun");
    assert!(step(&led, &silence(20, Line::Quiet), at(85)).is_ok());
}

#[test]
fn nobody_is_silent_in_a_call_before_an_answer_or_on_hold() {
    let late = at(10_000);
    assert_eq!(step(&answered(), &silence(20, Line::Busy), late), Err(Refusal::NotDue));
    assert_eq!(step(&in_phase(Name::Active), &silence(10, Line::Quiet), late), Err(Refusal::NotDue), "nobody answered");
    let hold = Command::Hold { by: operator("lead"), until: None };
    let (held, _) = step(&answered(), &hold, at(30)).unwrap();
    assert_eq!(step(&held, &silence(20, Line::Quiet), late), Err(Refusal::NotDue));
    let (asked, _) = step(&answered(), &silence(20, Line::Quiet), at(50)).unwrap();
    let (held, _) = step(&asked, &hold, at(55)).unwrap();
    let (resumed, _) = step(&held, &Command::Resume { by: operator("lead") }, at(500)).unwrap();
    assert_eq!(step(&resumed, &silence(20, Line::Quiet), at(501)), Err(Refusal::NotDue), "the silence begins anew");
}
