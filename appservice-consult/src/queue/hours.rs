//! When a queue works, and what that makes of a length of time. Pure: clock and zone come as values.
//!
//! Times are those of the clock on the wall in the queue's zone. Where it is put forward, what would begin or end in the hour that is skipped does so when it
//! is put; where it is put back, a time begins the first and ends the second time that the clock shows it. So nobody is asked outside what is written.

use consilium_config::brand::{Brand, Closure, Day, Holiday, Hours, Queue};
use jiff::civil::{Date, DateTime, Time as TimeOfDay, Weekday};
use jiff::tz::{AmbiguousOffset, AmbiguousTimestamp, TimeZone};

use crate::time::Time;

/// Days that are looked ahead; a queue that does not work in them counts as one that always does. Longer than any holidays.
const DAYS_AHEAD: usize = 60;

/// The working times of a queue.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    hours: &'a [Hours],
    holidays: &'a [Holiday],
    closures: &'a [Closure],
    zone: TimeZone,
}

/// The working times of a queue of a brand.
pub fn calendar<'a>(brand: &'a Brand, queue: &'a Queue) -> Calendar<'a> {
    let zone = TimeZone::get(zone_name(brand, queue)).unwrap_or(TimeZone::UTC);
    let holidays = if queue.keeps_holidays { brand.holidays.as_slice() } else { &[] };
    Calendar { closures: &queue.closures, ..Calendar::new(&queue.hours, zone).keeping(holidays) }
}

/// The time zone that a queue's hours are written in. Unit: IANA name.
pub fn zone_name<'a>(brand: &'a Brand, queue: &'a Queue) -> &'a str {
    queue.time_zone.as_deref().unwrap_or(&brand.time_zone)
}

/// A day as a queue works on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked<'a> {
    /// Which.
    pub date: Date,
    /// When, in order; times that touch are one.
    pub times: Vec<(Time, Time)>,
    /// The holiday that it is.
    pub holiday: Option<&'a Holiday>,
    /// Closures that touch it, from and to.
    pub closures: Vec<(&'a Closure, Time, Time)>,
}

impl<'a> Calendar<'a> {
    /// Working times in a time zone, without holidays and closures; no hours at all: at all times.
    pub fn new(hours: &'a [Hours], zone: TimeZone) -> Self {
        Self { hours, holidays: &[], closures: &[], zone }
    }

    /// The same without these holidays.
    #[must_use]
    pub fn keeping(self, holidays: &'a [Holiday]) -> Self {
        Self { holidays, ..self }
    }

    /// Whether the queue works at a time.
    pub fn is_open(&self, at: Time) -> bool {
        self.is_always() || self.spans(self.day_of(at)).iter().any(|span| span.has(at))
    }

    /// When it closes next; `None`: it is closed, or does not close in the days that are looked ahead.
    pub fn closes_at(&self, now: Time) -> Option<Time> {
        let (start, end) = *self.times(now, DAYS_AHEAD)?.first()?;
        let is_cut = self.series(now).nth(DAYS_AHEAD + 1).and_then(|day| self.start_of(day)) == Some(end);
        (start <= now && !is_cut).then_some(end)
    }

    /// Today and the days after it, `count` in all.
    pub fn days(&self, now: Time, count: usize) -> Vec<Worked<'a>> {
        let day = |date: Date| {
            let (start, end) = (self.start_of(date), date.tomorrow().ok().and_then(|next| self.start_of(next)));
            let touching = |closure: &'a Closure| {
                let Span { start: from, end: to } = self.closed(closure)?;
                (Some(from) < end && start < Some(to)).then_some((closure, from, to))
            };
            Worked {
                date,
                times: joined(self.spans(date).into_iter()),
                holiday: self.holidays.iter().find(|holiday| holiday.on.is(date)),
                closures: self.closures.iter().filter_map(touching).collect(),
            }
        };
        self.series(now).take(count).map(day).collect()
    }

    /// The time when so many seconds of work have passed since `from`.
    pub fn after_work(&self, from: Time, seconds: i64) -> Time {
        let by_the_clock = from.plus_seconds(seconds);
        if self.is_always() {
            return by_the_clock;
        }
        let mut left = seconds;
        for day in self.series(from).take(DAYS_AHEAD) {
            for span in self.spans(day) {
                let start = span.start.max(from);
                let length = span.end.seconds_since(start).max(0);
                if left <= length {
                    return start.plus_seconds(left);
                }
                left -= length;
            }
        }
        by_the_clock
    }

    /// The working times that end after `now`, of today and so many days after it, in order; times that touch are one. `None`: it works at all times.
    pub fn times(&self, now: Time, days_ahead: usize) -> Option<Vec<(Time, Time)>> {
        if self.is_always() {
            return None;
        }
        let days = self.series(now).take(days_ahead + 1);
        let mut times = joined(days.flat_map(|day| self.spans(day)));
        times.retain(|(_, end)| *end > now);
        Some(times)
    }

    /// When it opens next; `None`: it is open, or does not open in the days that are looked ahead.
    pub fn opens_at(&self, now: Time) -> Option<Time> {
        let first = self.times(now, DAYS_AHEAD)?.first().map(|(start, _)| *start);
        first.filter(|start| *start > now)
    }

    /// Whether it works at all times between two that are at most a day apart.
    pub fn works_through(&self, start: Time, end: Time) -> bool {
        // A day touches two.
        let times = self.times(start, 1);
        times.is_none_or(|times| times.iter().any(|(opens, closes)| *opens <= start && end <= *closes))
    }

    /// When it opens next after a time, open as it may be then; `None`: it is open at all times, or does not open in the days that are looked ahead.
    pub fn next_opening(&self, at: Time) -> Option<Time> {
        self.times(at, DAYS_AHEAD)?.into_iter().map(|(start, _)| start).find(|start| *start > at)
    }

    fn is_always(&self) -> bool {
        self.hours.is_empty() && self.holidays.is_empty() && self.closures.is_empty()
    }

    fn day_of(&self, at: Time) -> Date {
        at.timestamp().to_zoned_datetime(self.zone.clone()).date()
    }

    /// The day of a time, and those after it.
    fn series(&self, from: Time) -> impl Iterator<Item = Date> + use<> {
        self.day_of(from).series(jiff::Span::new().days(1))
    }

    /// Working times of a day in order, without overlaps.
    fn spans(&self, day: Date) -> Vec<Span> {
        if self.holidays.iter().any(|holiday| holiday.on.is(day)) {
            return Vec::new();
        }
        let mut spans = self.usual(day);
        spans.sort_by_key(|span| (span.start, span.end));
        let mut until = Time::from_millis(i64::MIN);
        for span in &mut spans {
            span.start = span.start.max(until);
            until = until.max(span.end);
        }
        for closed in self.closures.iter().filter_map(|closure| self.closed(closure)) {
            spans = spans.into_iter().flat_map(|span| span.without(closed)).collect();
        }
        spans.retain(|span| span.start < span.end);
        spans
    }

    /// What the day of the week says.
    fn usual(&self, day: Date) -> Vec<Span> {
        const MIDNIGHT: TimeOfDay = TimeOfDay::midnight();
        let span = |from: TimeOfDay, to: TimeOfDay| {
            // Where the next day begins twice, this one ends the first time.
            let end = if to == MIDNIGHT { self.start_of(day.tomorrow().ok()?) } else { self.last(day.to_datetime(to)) };
            Some(Span { start: self.first(day.to_datetime(from))?, end: end? })
        };
        if self.hours.is_empty() {
            return span(MIDNIGHT, MIDNIGHT).into_iter().collect();
        }
        let on_this_day = |hours: &&Hours| hours.days.iter().any(|known| is_day(*known, day.weekday()));
        self.hours.iter().filter(on_this_day).filter_map(|hours| span(hours.from, hours.to)).collect()
    }

    fn closed(&self, closure: &Closure) -> Option<Span> {
        Some(Span { start: self.first(closure.from)?, end: self.last(closure.to)? })
    }

    fn start_of(&self, day: Date) -> Option<Time> {
        self.first(day.to_datetime(TimeOfDay::midnight()))
    }

    /// When the clock on the wall first shows a time, or one after it.
    fn first(&self, local: DateTime) -> Option<Time> {
        self.shown(local, AmbiguousTimestamp::earlier)
    }

    /// When the clock on the wall shows a time last, or is put past it.
    fn last(&self, local: DateTime) -> Option<Time> {
        self.shown(local, AmbiguousTimestamp::later)
    }

    fn shown(
        &self,
        local: DateTime,
        of_two: impl FnOnce(AmbiguousTimestamp) -> Result<jiff::Timestamp, jiff::Error>,
    ) -> Option<Time> {
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        if !matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. }) {
            return Some(of_two(ambiguous).ok()?.into());
        }
        // The clock is put forward over it: the time that it would be without is at most as long after.
        let without = ambiguous.later().ok()?;
        let just_after = without.checked_add(jiff::SignedDuration::from_secs(1)).ok()?;
        Some(self.zone.preceding(just_after).next().map_or(without, |put| put.timestamp()).into())
    }
}

/// Spans in order; those that touch are one.
fn joined(spans: impl Iterator<Item = Span>) -> Vec<(Time, Time)> {
    let mut times: Vec<(Time, Time)> = Vec::new();
    for span in spans {
        match times.last_mut() {
            Some((_, end)) if *end == span.start => *end = span.end,
            _ => times.push((span.start, span.end)),
        }
    }
    times
}

#[derive(Debug, Clone, Copy)]
struct Span {
    start: Time,
    end: Time,
}

impl Span {
    fn has(self, at: Time) -> bool {
        self.start <= at && at < self.end
    }

    /// What is left of it before and after another.
    fn without(self, other: Self) -> [Self; 2] {
        [Self { end: self.end.min(other.start), ..self }, Self { start: self.start.max(other.end), ..self }]
    }
}

fn is_day(day: Day, weekday: Weekday) -> bool {
    weekday
        == match day {
            Day::Monday => Weekday::Monday,
            Day::Tuesday => Weekday::Tuesday,
            Day::Wednesday => Weekday::Wednesday,
            Day::Thursday => Weekday::Thursday,
            Day::Friday => Weekday::Friday,
            Day::Saturday => Weekday::Saturday,
            Day::Sunday => Weekday::Sunday,
        }
}

#[cfg(test)]
#[path = "hours_test.rs"]
mod tests;
