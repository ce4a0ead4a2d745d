//! Figures out of facts. Pure.

use std::collections::BTreeMap;

use super::depth::Depth;
use super::facts::{Call, Callback, Consultation, End, Facts, Kept, Promises, Quality, Wait};
use super::occupancy::{Occupancy, permille};
use super::period::{Part, Period};
use super::quality;
use super::span::Spans;
use crate::api::types::{ReportFigure, ReportFigures, ReportGroup, SlaFigures, Spread};
use crate::consultation::Promise;
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

/// What is measured over the time of a row; none where it says nothing.
#[derive(Debug, Default)]
struct Measured {
    occupancy: Option<Occupancy>,
    depth: Option<Depth>,
}

impl Facts {
    /// Rows by their key, each with its figures.
    pub fn rows(&self, period: &Period, group: ReportGroup) -> BTreeMap<String, ReportFigures> {
        let mut shares: BTreeMap<String, Share<'_>> = BTreeMap::new();
        let parts = period.parts(group).unwrap_or_default();
        let at_work = self.work.iter().filter(|_| group == ReportGroup::Operator).map(|work| work.operator.to_string());
        let waited_in = self.waits().filter(|_| group == ReportGroup::Queue).map(|wait| wait.queue.to_string());
        for key in parts.iter().map(|part| part.key.clone()).chain(at_work).chain(waited_in) {
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
        let measured = |key: &str| match group {
            ReportGroup::Queue => {
                let waits = self.waits().filter(|wait| wait.queue.as_str() == key);
                Measured { occupancy: None, depth: self.depth(waits, &period.span()) }
            }
            ReportGroup::Operator => {
                let work = self.work.iter().filter(|work| work.operator.as_str() == key);
                Measured { occupancy: Some(Occupancy::of(work, &period.span())), depth: None }
            }
            ReportGroup::Hour | ReportGroup::Day | ReportGroup::Week => {
                let part = parts.iter().find(|part| part.key == key);
                part.map_or_else(Measured::default, |Part { spans, .. }| self.measured(spans))
            }
        };
        shares.into_iter().map(|(key, share)| (key.clone(), share.figures(measured(&key)))).collect()
    }

    /// Everybody's work and every wait within a part of the period.
    fn measured(&self, part: &Spans) -> Measured {
        let occupancy = Some(Occupancy::of(&self.work, part));
        Measured { occupancy, depth: self.depth(self.waits(), part) }
    }

    fn waits(&self) -> impl Iterator<Item = &Wait> {
        self.waits.iter().flatten()
    }

    /// None where one operator is asked about.
    fn depth<'a>(&self, waits: impl Iterator<Item = &'a Wait>, part: &Spans) -> Option<Depth> {
        self.waits.as_ref()?;
        Depth::of(waits, part, self.now)
    }

    /// The whole period.
    pub fn total(&self, period: &Period, group: ReportGroup) -> ReportFigures {
        let all = Share {
            consultations: self.consultations.iter().collect(),
            calls: self.calls.iter().collect(),
            callbacks: self.callbacks.iter().collect(),
        };
        let Measured { occupancy, depth } = self.measured(&period.span());
        all.figures(Measured {
            occupancy: occupancy.filter(|_| group != ReportGroup::Queue),
            depth: depth.filter(|_| group != ReportGroup::Operator),
        })
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

/// What a figure counts or measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Consultations.
    Consultations,
    /// Calls.
    Calls,
    /// Call-backs.
    Callbacks,
}

/// Of which kind the things behind a figure are.
pub fn about(figure: ReportFigure) -> About {
    use ReportFigure::{CallbacksDue, CallbacksLate, CallbacksOnTime, Calls, CallsCompleted, CallsMeasured, CallsPoor};
    match figure {
        Calls | CallsCompleted | CallsMeasured | CallsPoor => About::Calls,
        CallbacksDue | CallbacksOnTime | CallbacksLate => About::Callbacks,
        _ => About::Consultations,
    }
}

/// The length that a figure measures of a consultation; none where it measures none, or there is none. Unit: seconds.
pub fn length(figure: ReportFigure, one: &Consultation) -> Option<i64> {
    match (figure, one.end) {
        (ReportFigure::Wait, _) => Some(one.first_answer_at?.seconds_since(one.requested_at)),
        (ReportFigure::FirstResponse, _) => Some(one.first_answer_at?.seconds_since(one.first_taken_at?)),
        (ReportFigure::Handling, Some(End::Closed(_))) => Some(one.handled_ms / 1_000),
        (ReportFigure::Resolution, Some(End::Closed(at))) => Some(at.seconds_since(one.requested_at)),
        _ => None,
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
        ReportFigure::Wait | ReportFigure::FirstResponse | ReportFigure::Handling | ReportFigure::Resolution => {
            length(figure, one).is_some()
        }
        ReportFigure::SlaKept => one.promises.together() == Some(Kept::Yes),
        ReportFigure::SlaBroken => one.promises.together() == Some(Kept::No),
        ReportFigure::SlaWaitKept => one.promises.of(Promise::Wait) == Some(Kept::Yes),
        ReportFigure::SlaWaitBroken => one.promises.of(Promise::Wait) == Some(Kept::No),
        ReportFigure::SlaFirstResponseKept => one.promises.of(Promise::FirstResponse) == Some(Kept::Yes),
        ReportFigure::SlaFirstResponseBroken => one.promises.of(Promise::FirstResponse) == Some(Kept::No),
        ReportFigure::SlaResolutionKept => one.promises.of(Promise::Resolution) == Some(Kept::Yes),
        ReportFigure::SlaResolutionBroken => one.promises.of(Promise::Resolution) == Some(Kept::No),
        ReportFigure::Calls
        | ReportFigure::CallsCompleted
        | ReportFigure::CallsMeasured
        | ReportFigure::CallsPoor
        | ReportFigure::CallbacksDue
        | ReportFigure::CallbacksOnTime
        | ReportFigure::CallbacksLate => false,
    }
}

/// Whether a call is one of those that a figure counts.
pub fn counts_call(figure: ReportFigure, one: &Call) -> bool {
    match figure {
        ReportFigure::Calls => true,
        ReportFigure::CallsCompleted => one.is_completed,
        ReportFigure::CallsMeasured => one.quality.is_some(),
        ReportFigure::CallsPoor => one.quality.is_some_and(Quality::is_poor),
        _ => false,
    }
}

/// Whether a call-back is one of those that a figure counts.
pub fn counts_callback(figure: ReportFigure, one: &Callback) -> bool {
    match figure {
        ReportFigure::CallbacksDue => true,
        ReportFigure::CallbacksOnTime => !one.was_overdue,
        ReportFigure::CallbacksLate => one.was_overdue,
        _ => false,
    }
}

impl Share<'_> {
    fn figures(&self, Measured { occupancy, depth }: Measured) -> ReportFigures {
        let spread_of = |figure| spread(self.consultations.iter().filter_map(|one| length(figure, one)).collect());
        let entered = self.count(ReportFigure::Entered);
        let abandoned = self.count(ReportFigure::Abandoned);
        let (closed, rated) = (self.count(ReportFigure::Closed), self.count(ReportFigure::Rated));
        let stars =
            self.consultations.iter().filter(|one| counts(ReportFigure::Rated, one)).filter_map(|one| one.stars);
        let (due, on_time) = (number(self.callbacks.len()), self.count_callbacks(ReportFigure::CallbacksOnTime));
        ReportFigures {
            entered,
            answered: self.count(ReportFigure::Answered),
            closed,
            abandoned,
            abandonment_permille: permille(i64::from(abandoned), i64::from(entered)),
            wait: spread_of(ReportFigure::Wait),
            first_response: spread_of(ReportFigure::FirstResponse),
            handling: spread_of(ReportFigure::Handling),
            resolution: spread_of(ReportFigure::Resolution),
            transfers: self.consultations.iter().map(|one| one.transfers).sum(),
            reopened: self.count(ReportFigure::Reopened),
            rated,
            rating_permille: permille(stars.sum(), i64::from(rated)),
            response_permille: permille(i64::from(rated), i64::from(closed)),
            sla: self.sla(Promises::together),
            sla_wait: self.sla(|promises| promises.of(Promise::Wait)),
            sla_first_response: self.sla(|promises| promises.of(Promise::FirstResponse)),
            sla_resolution: self.sla(|promises| promises.of(Promise::Resolution)),
            depth_average_permille: depth.map(|depth| depth.average_permille),
            depth_max: depth.map(|depth| depth.max),
            calls: number(self.calls.len()),
            calls_completed: number(self.calls.iter().filter(|call| call.is_completed).count()),
            call_seconds: self.calls.iter().map(|call| call.billable_ms).sum::<i64>() / 1_000,
            call_quality: quality::together(&self.calls),
            callbacks_due: due,
            callbacks_on_time: on_time,
            callbacks_on_time_permille: permille(i64::from(on_time), i64::from(due)),
            on_duty_seconds: occupancy.map(|sum| sum.on_duty_ms / 1_000),
            occupancy_permille: occupancy.and_then(Occupancy::occupancy_permille),
            concurrency_permille: occupancy.and_then(Occupancy::concurrency_permille),
        }
    }

    fn count(&self, figure: ReportFigure) -> u32 {
        number(self.consultations.iter().filter(|one| counts(figure, one)).count())
    }

    fn count_callbacks(&self, figure: ReportFigure) -> u32 {
        number(self.callbacks.iter().filter(|one| counts_callback(figure, one)).count())
    }

    fn sla(&self, of: fn(Promises) -> Option<Kept>) -> SlaFigures {
        let count = |kept| number(self.consultations.iter().filter(|one| of(one.promises) == Some(kept)).count());
        let (kept, broken) = (count(Kept::Yes), count(Kept::No));
        let decided = i64::from(kept) + i64::from(broken);
        SlaFigures { kept, broken, kept_permille: permille(i64::from(kept), decided) }
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
