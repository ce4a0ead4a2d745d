//! When a queue works, and what that makes of a length of time. Pure: clock and zone come as values.

use consilium_config::brand::{Day, Hours};
use jiff::civil::{Date, Time as TimeOfDay, Weekday};
use jiff::tz::TimeZone;

use crate::time::Time;

/// Days that are looked ahead; a queue that does not work in them counts as one that always does.
const DAYS_AHEAD: usize = 15;

/// The working times of a queue.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    hours: &'a [Hours],
    zone: TimeZone,
}

impl<'a> Calendar<'a> {
    /// Working times in a time zone; no hours at all: at all times.
    pub fn new(hours: &'a [Hours], zone: TimeZone) -> Self {
        Self { hours, zone }
    }

    /// Whether the queue works at a time.
    pub fn is_open(&self, at: Time) -> bool {
        self.hours.is_empty() || self.spans(self.day_of(at)).iter().any(|span| span.has(at))
    }

    /// The time when so many seconds of work have passed since `from`.
    pub fn after_work(&self, from: Time, seconds: i64) -> Time {
        let by_the_clock = from.plus_seconds(seconds);
        if self.hours.is_empty() {
            return by_the_clock;
        }
        let mut left = seconds;
        for day in self.day_of(from).series(jiff::Span::new().days(1)).take(DAYS_AHEAD) {
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
        if self.hours.is_empty() {
            return None;
        }
        let days = self.day_of(now).series(jiff::Span::new().days(1)).take(days_ahead + 1);
        let mut times: Vec<(Time, Time)> = Vec::new();
        for span in days.flat_map(|day| self.spans(day)).filter(|span| span.start < span.end) {
            match times.last_mut() {
                Some((_, end)) if *end == span.start => *end = span.end,
                _ => times.push((span.start, span.end)),
            }
        }
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

    fn day_of(&self, at: Time) -> Date {
        at.timestamp().to_zoned_datetime(self.zone.clone()).date()
    }

    /// Working times of a day in order, without overlaps.
    fn spans(&self, day: Date) -> Vec<Span> {
        let on_this_day = |hours: &&Hours| hours.days.iter().any(|known| is_day(*known, day.weekday()));
        let span = |hours: &Hours| {
            let last = if hours.to == TimeOfDay::midnight() { day.tomorrow().ok()? } else { day };
            let start = self.at(day, hours.from)?;
            Some(Span { start, end: self.at(last, hours.to)? })
        };
        let mut spans: Vec<Span> = self.hours.iter().filter(on_this_day).filter_map(span).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let mut until = Time::from_millis(i64::MIN);
        for span in &mut spans {
            span.start = span.start.max(until);
            until = until.max(span.end);
        }
        spans
    }

    fn at(&self, day: Date, time: TimeOfDay) -> Option<Time> {
        Some(day.to_datetime(time).to_zoned_datetime(self.zone.clone()).ok()?.timestamp().into())
    }
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
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use consilium_config::brand::{Day, Hours};
    use jiff::civil::time;
    use jiff::tz::TimeZone;

    use super::Calendar;
    use crate::time::Time;

    fn weekdays() -> Vec<Hours> {
        let days = vec![Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday];
        let morning = Hours { days: days.clone(), from: time(9, 0, 0, 0), to: time(13, 0, 0, 0) };
        vec![Hours { from: time(12, 0, 0, 0), to: time(18, 0, 0, 0), days }, morning]
    }

    fn moscow() -> TimeZone {
        TimeZone::get("Europe/Moscow").unwrap()
    }

    fn at(text: &str) -> Time {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn a_queue_works_in_its_hours_of_its_zone() {
        let hours = weekdays();
        let calendar = Calendar::new(&hours, moscow());
        // 27 November 2026 is a Friday; Moscow is three hours ahead.
        assert!(calendar.is_open(at("2026-11-27T06:00:00Z")) && calendar.is_open(at("2026-11-27T14:59:59Z")));
        assert!(!calendar.is_open(at("2026-11-27T05:59:59Z")) && !calendar.is_open(at("2026-11-27T15:00:00Z")));
        assert!(!calendar.is_open(at("2026-11-28T09:00:00Z")), "a Saturday");
        assert!(Calendar::new(&[], moscow()).is_open(at("2026-11-28T09:00:00Z")));
    }

    #[test]
    fn work_goes_on_where_the_day_ended() {
        let hours = weekdays();
        let calendar = Calendar::new(&hours, moscow());
        let after = |from: &str, minutes: i64| calendar.after_work(at(from), minutes * 60);
        assert_eq!(after("2026-11-27T09:00:00Z", 60), at("2026-11-27T10:00:00Z"), "hours that overlap count once");
        assert_eq!(after("2026-11-27T14:30:00Z", 60), at("2026-11-30T06:30:00Z"), "from Friday evening to Monday");
        assert_eq!(after("2026-11-28T20:00:00Z", 60), at("2026-11-30T07:00:00Z"));
        assert_eq!(after("2026-11-26T06:00:00Z", 9 * 60), at("2026-11-26T15:00:00Z"));
    }

    #[test]
    fn the_times_to_come_are_whole_and_begin_with_the_one_that_runs() {
        let hours = weekdays();
        let calendar = Calendar::new(&hours, moscow());
        let friday = (at("2026-11-27T06:00:00Z"), at("2026-11-27T15:00:00Z"));
        let monday = (at("2026-11-30T06:00:00Z"), at("2026-11-30T15:00:00Z"));
        assert_eq!(
            calendar.times(at("2026-11-27T14:00:00Z"), 3),
            Some(vec![friday, monday]),
            "hours that overlap are one"
        );
        assert_eq!(calendar.times(at("2026-11-27T15:00:00Z"), 3), Some(vec![monday]), "Friday is over");
        assert_eq!(Calendar::new(&[], moscow()).times(at("2026-11-27T15:00:00Z"), 3), None);
    }

    #[test]
    fn a_closed_queue_opens_at_its_next_working_time() {
        let hours = weekdays();
        let calendar = Calendar::new(&hours, moscow());
        assert_eq!(calendar.opens_at(at("2026-11-27T14:59:59Z")), None, "it is open");
        assert_eq!(calendar.opens_at(at("2026-11-27T15:00:00Z")), Some(at("2026-11-30T06:00:00Z")));
        assert_eq!(calendar.opens_at(at("2026-11-27T03:00:00Z")), Some(at("2026-11-27T06:00:00Z")));
    }

    #[test]
    fn only_what_lies_in_one_working_time_is_worked_through() {
        let hours = weekdays();
        let calendar = Calendar::new(&hours, moscow());
        let cases = [
            ("2026-11-27T06:00:00Z", "2026-11-27T15:00:00Z", true, "the whole day, over the hours that overlap"),
            ("2026-11-27T05:59:00Z", "2026-11-27T07:00:00Z", false, "it begins before the opening"),
            ("2026-11-27T14:00:00Z", "2026-11-27T15:01:00Z", false, "it lies across the closing"),
            ("2026-11-26T14:00:00Z", "2026-11-27T07:00:00Z", false, "the night lies between"),
            ("2026-11-28T09:00:00Z", "2026-11-28T10:00:00Z", false, "a Saturday"),
        ];
        for (start, end, worked, why) in cases {
            assert_eq!(calendar.works_through(at(start), at(end)), worked, "{why}");
        }
        let nights = [
            Hours { days: vec![Day::Saturday], from: time(20, 0, 0, 0), to: time(0, 0, 0, 0) },
            Hours { days: vec![Day::Sunday], from: time(0, 0, 0, 0), to: time(8, 0, 0, 0) },
        ];
        let night = Calendar::new(&nights, TimeZone::UTC);
        assert!(
            night.works_through(at("2026-11-28T22:00:00Z"), at("2026-11-29T02:00:00Z")),
            "times that touch are one"
        );
        assert!(Calendar::new(&[], moscow()).works_through(at("2026-11-28T22:00:00Z"), at("2026-11-29T20:00:00Z")));
    }

    #[test]
    fn the_next_opening_is_told_also_while_it_is_open() {
        let hours = weekdays();
        let calendar = Calendar::new(&hours, moscow());
        assert_eq!(calendar.next_opening(at("2026-11-27T05:00:00Z")), Some(at("2026-11-27T06:00:00Z")));
        assert_eq!(calendar.next_opening(at("2026-11-27T14:00:00Z")), Some(at("2026-11-30T06:00:00Z")));
        assert_eq!(Calendar::new(&[], moscow()).next_opening(at("2026-11-27T14:00:00Z")), None);
    }

    #[test]
    fn a_day_may_end_at_midnight() {
        let hours = [Hours { days: vec![Day::Saturday], from: time(20, 0, 0, 0), to: time(0, 0, 0, 0) }];
        let calendar = Calendar::new(&hours, TimeZone::UTC);
        assert!(calendar.is_open(at("2026-11-28T23:59:59Z")) && !calendar.is_open(at("2026-11-29T00:00:00Z")));
        assert_eq!(calendar.after_work(at("2026-11-28T23:00:00Z"), 7_200), at("2026-12-05T21:00:00Z"));
    }

    #[test]
    fn without_hours_time_is_time() {
        let calendar = Calendar::new(&[], TimeZone::UTC);
        assert_eq!(calendar.after_work(at("2026-11-28T23:00:00Z"), 3_600), at("2026-11-29T00:00:00Z"));
    }
}
