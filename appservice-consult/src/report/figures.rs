//! Figures out of facts. Pure.

use std::collections::BTreeMap;

use super::facts::{Call, Callback, Consultation, End, Facts, Work};
use super::occupancy::{Occupancy, permille};
use super::period::Period;
use super::span::Spans;
use crate::api::types::{ReportFigure, ReportFigures, ReportGroup, Spread};
use crate::ids::{OperatorId, QueueId};
use crate::queue::nearest_rank;
use crate::time::Time;

/// The facts of one row.
#[derive(Debug, Default)]
pub struct Share<'a> {
    consultations: Vec<&'a Consultation>,
    calls: Vec<&'a Call>,
    callbacks: Vec<&'a Callback>,
}

/// Whose occupancy a row tells, in which time; none where occupancy says nothing.
type Whose<'a> = Option<(Vec<&'a Work>, Spans)>;

impl Facts {
    /// Rows by their key, each with its figures.
    pub fn rows(&self, period: &Period, group: ReportGroup) -> BTreeMap<String, ReportFigures> {
        let mut shares: BTreeMap<String, Share<'_>> = BTreeMap::new();
        let parts = period.parts(group).unwrap_or_default();
        let at_work = self.work.iter().filter(|_| group == ReportGroup::Operator).map(|work| work.operator.to_string());
        for key in parts.iter().map(|part| part.key.clone()).chain(at_work) {
            shares.entry(key).or_default();
        }
        let key = |at, queue, operator| key(period, group, at, queue, operator);
        for one in &self.consultations {
            let key = key(one.requested_at, Some(&one.queue), one.operator.as_ref());
            shares.entry(key).or_default().consultations.push(one);
        }
        for one in &self.calls {
            shares.entry(key(one.started_at, one.queue.as_ref(), one.operator.as_ref())).or_default().calls.push(one);
        }
        for one in &self.callbacks {
            let key = key(one.due_at, Some(&one.queue), one.operator.as_ref());
            shares.entry(key).or_default().callbacks.push(one);
        }
        let whose = |key: &str| -> Whose<'_> {
            match group {
                ReportGroup::Queue => None,
                ReportGroup::Operator => {
                    Some((self.work.iter().filter(|work| work.operator.as_str() == key).collect(), period.span()))
                }
                ReportGroup::Hour | ReportGroup::Day | ReportGroup::Week => {
                    let part = parts.iter().find(|part| part.key == key)?;
                    Some((self.work.iter().collect(), part.spans.clone()))
                }
            }
        };
        shares.into_iter().map(|(key, share)| (key.clone(), share.figures(whose(&key)))).collect()
    }

    /// The whole period.
    pub fn total(&self, period: &Period, group: ReportGroup) -> ReportFigures {
        let all = Share {
            consultations: self.consultations.iter().collect(),
            calls: self.calls.iter().collect(),
            callbacks: self.callbacks.iter().collect(),
        };
        all.figures((group != ReportGroup::Queue).then(|| (self.work.iter().collect(), period.span())))
    }
}

/// The row that a fact belongs to.
pub fn key(
    period: &Period,
    group: ReportGroup,
    at: Time,
    queue: Option<&QueueId>,
    operator: Option<&OperatorId>,
) -> String {
    match group {
        ReportGroup::Queue => queue.map(ToString::to_string).unwrap_or_default(),
        ReportGroup::Operator => operator.map(ToString::to_string).unwrap_or_default(),
        ReportGroup::Hour | ReportGroup::Day | ReportGroup::Week => period.key_of(group, at).unwrap_or_default(),
    }
}

/// Whether a consultation is one of those that a figure counts.
pub fn counts(figure: ReportFigure, one: &Consultation) -> bool {
    match figure {
        ReportFigure::Entered => true,
        ReportFigure::Answered => one.first_answer_at.is_some(),
        ReportFigure::Abandoned => one.end == Some(End::Left),
        ReportFigure::Closed => matches!(one.end, Some(End::Closed(_))),
        ReportFigure::Transferred => one.transfers > 0,
        ReportFigure::Reopened => one.is_reopened,
        ReportFigure::Rated => one.stars.is_some() && counts(ReportFigure::Closed, one),
    }
}

impl Share<'_> {
    fn figures(&self, whose: Whose<'_>) -> ReportFigures {
        let spread_of = |length: fn(&Consultation) -> Option<i64>| {
            spread(self.consultations.iter().filter_map(|one| length(one)).collect())
        };
        let occupancy = whose.map(|(work, part)| Occupancy::of(work, &part));
        let entered = self.count(ReportFigure::Entered);
        let abandoned = self.count(ReportFigure::Abandoned);
        let (closed, rated) = (self.count(ReportFigure::Closed), self.count(ReportFigure::Rated));
        let stars =
            self.consultations.iter().filter(|one| counts(ReportFigure::Rated, one)).filter_map(|one| one.stars);
        let on_time = self.callbacks.iter().filter(|one| !one.was_overdue).count();
        ReportFigures {
            entered,
            answered: self.count(ReportFigure::Answered),
            closed,
            abandoned,
            abandonment_permille: permille(i64::from(abandoned), i64::from(entered)),
            wait: spread_of(|one| Some(one.first_answer_at?.seconds_since(one.requested_at))),
            first_response: spread_of(|one| Some(one.first_answer_at?.seconds_since(one.first_taken_at?))),
            handling: spread_of(|one| counts(ReportFigure::Closed, one).then_some(one.handled_ms / 1_000)),
            resolution: spread_of(|one| match one.end {
                Some(End::Closed(at)) => Some(at.seconds_since(one.requested_at)),
                Some(End::Left) | None => None,
            }),
            transfers: self.consultations.iter().map(|one| one.transfers).sum(),
            reopened: self.count(ReportFigure::Reopened),
            rated,
            rating_permille: permille(stars.sum(), i64::from(rated)),
            response_permille: permille(i64::from(rated), i64::from(closed)),
            calls: number(self.calls.len()),
            calls_completed: number(self.calls.iter().filter(|call| call.is_completed).count()),
            call_seconds: self.calls.iter().map(|call| call.billable_ms).sum::<i64>() / 1_000,
            callbacks_due: number(self.callbacks.len()),
            callbacks_on_time_permille: permille(i64::from(number(on_time)), i64::from(number(self.callbacks.len()))),
            on_duty_seconds: occupancy.map(|sum| sum.on_duty_ms / 1_000),
            occupancy_permille: occupancy.and_then(Occupancy::occupancy_permille),
            concurrency_permille: occupancy.and_then(Occupancy::concurrency_permille),
        }
    }

    fn count(&self, figure: ReportFigure) -> u32 {
        number(self.consultations.iter().filter(|one| counts(figure, one)).count())
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Median and 90th percentile; none of none. The clock may have been set back in between: no length is below nought.
fn spread(mut seconds: Vec<i64>) -> Option<Spread> {
    seconds.sort_unstable();
    let rank = |percent| nearest_rank(&seconds, percent).map(|length| length.max(0));
    Some(Spread { median_seconds: rank(50)?, p90_seconds: rank(90)? })
}
