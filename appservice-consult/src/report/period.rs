//! The days that a report covers, in the clinic's time zone, and how they are cut. Pure: the zone comes as a value.

use jiff::civil::{Date, ISOWeekDate};
use jiff::tz::TimeZone;

use super::error::ReportError;
use super::span::{Span, Spans};
use crate::api::types::ReportGroup;
use crate::time::Time;

/// Days of one report: a leap year.
pub const DAYS_MAX: i32 = 366;
const HOURS: i8 = 24;

/// Whole days of a time zone.
#[derive(Debug, Clone)]
pub struct Period {
    first: Date,
    last: Date,
    zone: TimeZone,
}

/// A part of a period: its name on the wire, and its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As the API tells it.
    pub key: String,
    /// What it covers.
    pub spans: Spans,
}

impl Period {
    /// From a day to a day, both within.
    ///
    /// Errors: `Backwards`, `TooLong`.
    pub fn new(first: Date, last: Date, zone: TimeZone) -> Result<Self, ReportError> {
        if last < first {
            return Err(ReportError::Backwards);
        }
        let days = first.until(last).map_or(DAYS_MAX, |span| span.get_days());
        if days >= DAYS_MAX {
            return Err(ReportError::TooLong);
        }
        Ok(Self { first, last, zone })
    }

    /// The day of a moment alone.
    pub fn day_of(at: Time, zone: TimeZone) -> Self {
        let day = zone.to_datetime(at.timestamp()).date();
        Self { first: day, last: day, zone }
    }

    /// Its first moment.
    pub fn from(&self) -> Time {
        self.begins(self.first, 0)
    }

    /// The first moment behind it.
    pub fn to(&self) -> Time {
        self.end_of(self.last)
    }

    /// All of it.
    pub fn span(&self) -> Spans {
        Spans::merged([Span::between(self.from(), self.to())])
    }

    /// Its parts by time, in order; `None` for a group that is not one of time.
    pub fn parts(&self, group: ReportGroup) -> Option<Vec<Part>> {
        let days = || self.first.series(jiff::Span::new().days(1)).take_while(|day| *day <= self.last);
        let part = |key, spans: Vec<Span>| Part { key, spans: Spans::merged(spans) };
        Some(match group {
            ReportGroup::Day => days().map(|day| part(day.to_string(), vec![self.day(day)])).collect(),
            ReportGroup::Week => {
                let mut weeks: Vec<(ISOWeekDate, Vec<Span>)> = Vec::new();
                for day in days() {
                    let week = monday_of(day);
                    match weeks.last_mut() {
                        Some((last, spans)) if *last == week => spans.push(self.day(day)),
                        _ => weeks.push((week, vec![self.day(day)])),
                    }
                }
                weeks.into_iter().map(|(week, spans)| part(week_key(week), spans)).collect()
            }
            ReportGroup::Hour => {
                (0..HOURS).map(|hour| part(hour_key(hour), days().map(|day| self.hour(day, hour)).collect())).collect()
            }
            ReportGroup::Queue | ReportGroup::Operator => return None,
        })
    }

    /// The key of the part that a moment is in.
    pub fn key_of(&self, group: ReportGroup, at: Time) -> Option<String> {
        let local = self.zone.to_datetime(at.timestamp());
        match group {
            ReportGroup::Day => Some(local.date().to_string()),
            ReportGroup::Week => Some(week_key(monday_of(local.date()))),
            ReportGroup::Hour => Some(hour_key(local.hour())),
            ReportGroup::Queue | ReportGroup::Operator => None,
        }
    }

    fn begins(&self, day: Date, hour: i8) -> Time {
        let local = day.at(hour, 0, 0, 0);
        // An hour that the clocks skip begins where they go on.
        self.zone.to_timestamp(local).map_or(Time::from_millis(0), Time::from)
    }

    fn end_of(&self, day: Date) -> Time {
        day.tomorrow().map_or_else(|_| self.begins(day, 0), |next| self.begins(next, 0))
    }

    fn day(&self, day: Date) -> Span {
        Span::between(self.begins(day, 0), self.end_of(day))
    }

    fn hour(&self, day: Date, hour: i8) -> Span {
        let to = if hour + 1 == HOURS { self.end_of(day) } else { self.begins(day, hour + 1) };
        Span::between(self.begins(day, hour), to)
    }
}

/// The first day of a day's week; weeks begin as ISO 8601 says.
fn monday_of(day: Date) -> ISOWeekDate {
    let week = day.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), jiff::civil::Weekday::Monday).unwrap_or(week)
}

fn week_key(week: ISOWeekDate) -> String {
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn hour_key(hour: i8) -> String {
    format!("{hour:02}")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::{DAYS_MAX, Period};
    use crate::api::types::ReportGroup;
    use crate::report::ReportError;
    use crate::report::span::Spans;
    use crate::time::Time;

    fn berlin(first: (i16, i8, i8), last: (i16, i8, i8)) -> Period {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Period::new(date(first.0, first.1, first.2), date(last.0, last.1, last.2), zone).unwrap()
    }

    #[test]
    fn a_period_goes_forward_and_is_no_longer_than_a_year() {
        let new = |last| Period::new(date(2026, 3, 2), last, TimeZone::UTC);
        assert!(matches!(new(date(2026, 3, 1)), Err(ReportError::Backwards)));
        assert!(new(date(2026, 3, 2).checked_add(jiff::Span::new().days(DAYS_MAX - 1)).unwrap()).is_ok());
        let a_day_more = date(2026, 3, 2).checked_add(jiff::Span::new().days(DAYS_MAX)).unwrap();
        assert!(matches!(new(a_day_more), Err(ReportError::TooLong)));
    }

    #[test]
    fn a_day_on_which_the_clocks_change_has_another_length() {
        let hours = |period: Period| period.span().length() / 3_600_000;
        assert_eq!(hours(berlin((2026, 3, 29), (2026, 3, 29))), 23);
        assert_eq!(hours(berlin((2026, 10, 25), (2026, 10, 25))), 25);
    }

    #[test]
    fn weeks_are_named_by_the_year_that_they_belong_to() {
        let parts = berlin((2026, 12, 30), (2027, 1, 5)).parts(ReportGroup::Week).unwrap();
        assert_eq!(parts.iter().map(|part| part.key.as_str()).collect::<Vec<_>>(), ["2026-W53", "2027-W01"]);
    }

    proptest! {
        /// Whatever the group, the parts cover the period once, and each moment is told to be in the part that covers it.
        #[test]
        fn parts_cover_the_period_once(start in 0_i32..700, days in 0_i32..40, minute in 0_i64..60 * 24 * 40) {
            let first = date(2026, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
            let last = first.checked_add(jiff::Span::new().days(days)).unwrap();
            let period = Period::new(first, last, TimeZone::get("America/New_York").unwrap()).unwrap();
            let at = period.from().plus_seconds(minute * 60);
            let moment = Spans::merged([crate::report::span::Span::between(at, Time::from_millis(at.as_millis() + 1))]);
            for group in [ReportGroup::Hour, ReportGroup::Day, ReportGroup::Week] {
                let parts = period.parts(group).unwrap();
                prop_assert_eq!(parts.iter().map(|part| part.spans.length()).sum::<i64>(), period.span().length());
                let covering: Vec<_> = parts.iter().filter(|part| part.spans.and(&moment).length() > 0).collect();
                if period.span().and(&moment).length() > 0 {
                    prop_assert_eq!(covering.len(), 1);
                    prop_assert_eq!(Some(covering[0].key.clone()), period.key_of(group, at));
                }
            }
        }
    }
}
