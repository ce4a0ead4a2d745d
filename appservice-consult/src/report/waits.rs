//! When and where consultations waited: read out of their steps, which say what they entered and left.

use super::facts::{Consultation, Wait};
use super::period::Period;
use super::span::{Span, Spans};
use super::store::{Filter, Step, Which, led, steps};
use crate::consultation::Action;
use crate::store::{Session, StoreError};
use crate::time::Time;

/// Every wait within a period, also of what was asked for before it; none where one operator is asked about. `known` are the consultations of
/// the period, as the filter admits them.
pub(super) async fn of(
    session: &mut Session,
    period: &Period,
    filter: &Filter,
    known: &[Consultation],
    now: Time,
) -> Result<Option<Vec<Wait>>, StoreError> {
    if filter.operator.is_some() {
        return Ok(None);
    }
    // What stands elsewhere by now may have waited in the queue that is asked about: then all are read, and none twice.
    let is_whole = filter.queue.is_none();
    let mut waits: Vec<Wait> = known.iter().filter(|_| is_whole).flat_map(|one| one.waits.iter().cloned()).collect();
    let asked_before = if is_whole { period.from() } else { period.to() };
    let which = Which::Open { asked_before, open_behind: period.from() };
    let mut led = led(session, which, now).await?;
    for (id, steps) in steps(session, which).await? {
        let led = Spans::merged(led.remove(&id).unwrap_or_default());
        waits.extend(waited(&steps, &led, now));
    }
    let whole = period.span();
    waits.retain(|wait| whole.may_meet(wait.span) && filter.queue.as_ref().is_none_or(|queue| wait.queue == *queue));
    Ok(Some(waits))
}

/// The times in which it was open and nobody led it, each with where it stood.
pub(super) fn waited(steps: &[Step], led: &Spans, now: Time) -> Vec<Wait> {
    let ends = steps.iter().skip(1).map(|step| step.at).chain([now]);
    let is_open = |step: &Step| !matches!(step.action, Action::Closed | Action::Cancelled | Action::Abandoned);
    let mut waits = Vec::new();
    for (step, until) in steps.iter().zip(ends).filter(|(step, _)| is_open(step)) {
        let alone = Spans::merged([Span::between(step.at, until)]).without(led);
        waits.extend(alone.each().map(|span| Wait { queue: step.queue.clone(), span }));
    }
    waits
}

#[cfg(test)]
mod tests {
    use super::{Span, Spans, Step, Wait, waited};
    use crate::consultation::Action;
    use crate::time::Time;

    fn step(action: Action, at: i64, queue: &str) -> Step {
        Step { action, at: Time::from_millis(at), queue: queue.into() }
    }

    fn wait(queue: &str, from: i64, to: i64) -> Wait {
        Wait { queue: queue.into(), span: Span { from, to } }
    }

    #[test]
    fn it_waits_until_it_is_taken_and_again_where_it_is_handed_to() {
        let steps = [
            step(Action::Requested, 0, "general"),
            step(Action::Moved, 10, "triage"),
            step(Action::Taken, 30, "triage"),
            step(Action::Transferred, 50, "dental"),
            step(Action::Taken, 60, "dental"),
            step(Action::Closed, 90, "dental"),
            step(Action::Reopened, 95, "dental"),
        ];
        let led = Spans::merged([Span { from: 30, to: 50 }, Span { from: 60, to: 90 }]);
        let expected =
            [wait("general", 0, 10), wait("triage", 10, 30), wait("dental", 50, 60), wait("dental", 95, 100)];
        assert_eq!(waited(&steps, &led, Time::from_millis(100)), expected);
    }

    #[test]
    fn what_is_handed_to_a_colleague_in_it_does_not_wait() {
        let steps = [
            step(Action::Requested, 0, "general"),
            step(Action::Taken, 10, "general"),
            step(Action::Transferred, 20, "general"),
        ];
        let led = Spans::merged([Span { from: 10, to: 20 }, Span { from: 20, to: 100 }]);
        assert_eq!(waited(&steps, &led, Time::from_millis(100)), [wait("general", 0, 10)]);
    }
}
