//! When the patient wants to be called, read from what he wrote, and when he has to have been called by. Pure.

use consilium_config::brand::{Brand, Queue};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::hours::Calendar;
use super::state::When;
use crate::api::types::{CallbackWindowRequest, FieldError};
use crate::time::Time;

/// Shortest window: nobody can promise a minute. Unit: seconds.
const WINDOW_SECONDS_MIN: i64 = 15 * 60;
/// Longest window. Unit: seconds.
const WINDOW_SECONDS_MAX: i64 = 24 * 3_600;
/// How far ahead a window may begin. Unit: seconds.
const AHEAD_SECONDS_MAX: i64 = 60 * 24 * 3_600;
/// Longest name of a time zone; the longest of IANA has 32 characters.
const ZONE_BYTES_MAX: usize = 64;

/// A time zone with its name as IANA writes it; the brand's where none is named.
pub fn zone_of(name: Option<&str>, brand: &Brand) -> Result<(TimeZone, String), FieldError> {
    let name = name.unwrap_or(&brand.time_zone);
    let zone = if name.len() <= ZONE_BYTES_MAX { TimeZone::get(name).ok() } else { None };
    let known = zone.and_then(|zone| zone.iana_name().map(str::to_owned).map(|name| (zone, name)));
    known.ok_or_else(|| field("time_zone", "a time zone has an IANA name, such as Europe/Moscow"))
}

/// The times that a window of local times means. A time that the clocks skip is the one after it.
pub fn when_of(window: Option<&CallbackWindowRequest>, zone: &TimeZone, now: Time) -> Result<When, FieldError> {
    let Some(window) = window else { return Ok(When::AsSoonAsPossible) };
    let at = |local: DateTime| local.to_zoned_datetime(zone.clone()).map(|zoned| Time::from(zoned.timestamp()));
    let (Ok(start), Ok(end)) = (at(window.start), at(window.end)) else {
        return Err(field("window", "there is no such time in this time zone"));
    };
    let length = end.seconds_since(start);
    if !(WINDOW_SECONDS_MIN..=WINDOW_SECONDS_MAX).contains(&length) {
        return Err(field("window", "a window is 15 minutes to 24 hours long"));
    }
    if end <= now {
        return Err(field("window", "a window ends in the future"));
    }
    if start.seconds_since(now) > AHEAD_SECONDS_MAX {
        return Err(field("window", "a window begins in the next 60 days"));
    }
    Ok(When::Window { start, end })
}

/// When a call has to have been made by: at the window's end, else so many minutes of the queue's work from now.
pub fn due_at(when: When, brand: &Brand, queue: Option<&Queue>, now: Time) -> Time {
    match (when, queue) {
        (When::Window { end, .. }, _) => end,
        (When::AsSoonAsPossible, Some(queue)) => after_work(brand, queue, now),
        (When::AsSoonAsPossible, None) => now,
    }
}

/// When another try that was set for a time has to have been made by.
pub fn retry_due_at(again_at: Time, brand: &Brand, queue: Option<&Queue>) -> Time {
    queue.map_or(again_at, |queue| after_work(brand, queue, again_at))
}

/// When it is tried again, where nobody says when.
pub fn retry_at(brand: &Brand, queue: Option<&Queue>, now: Time) -> Time {
    const WITHOUT_A_QUEUE_SECONDS: i64 = 30 * 60;
    queue.map_or_else(
        || now.plus_seconds(WITHOUT_A_QUEUE_SECONDS),
        |queue| calendar(brand, queue).after_work(now, i64::from(queue.callback.retry_minutes) * 60),
    )
}

/// The working times of a queue.
pub fn calendar<'a>(brand: &Brand, queue: &'a Queue) -> Calendar<'a> {
    Calendar::new(&queue.hours, TimeZone::get(&brand.time_zone).unwrap_or(TimeZone::UTC))
}

fn after_work(brand: &Brand, queue: &Queue, from: Time) -> Time {
    calendar(brand, queue).after_work(from, i64::from(queue.callback.due_minutes) * 60)
}

fn field(name: &str, message: &str) -> FieldError {
    FieldError { field: name.to_owned(), message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::tz::TimeZone;

    use super::{When, when_of};
    use crate::api::types::{CallbackWindowRequest, FieldError};
    use crate::time::Time;

    fn at(text: &str) -> Time {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    fn read(start: &str, end: &str, zone: &str) -> Result<When, FieldError> {
        let window = CallbackWindowRequest { start: start.parse().unwrap(), end: end.parse().unwrap() };
        when_of(Some(&window), &TimeZone::get(zone).unwrap(), at("2026-03-28T12:00:00Z"))
    }

    #[test]
    fn local_times_are_read_in_the_patients_zone() {
        let window = read("2026-03-29T10:00", "2026-03-29T12:30", "Asia/Yekaterinburg").unwrap();
        let expected = When::Window { start: at("2026-03-29T05:00:00Z"), end: at("2026-03-29T07:30:00Z") };
        assert_eq!(window, expected);
    }

    #[test]
    fn an_hour_that_the_clocks_skip_is_the_one_after_it() {
        // In Berlin 02:00 becomes 03:00 on that day.
        let window = read("2026-03-29T02:15", "2026-03-29T04:00", "Europe/Berlin").unwrap();
        let expected = When::Window { start: at("2026-03-29T01:15:00Z"), end: at("2026-03-29T02:00:00Z") };
        assert_eq!(window, expected);
    }

    #[test]
    fn a_window_that_cannot_be_is_refused() {
        for (start, end) in [
            ("2026-03-29T10:00", "2026-03-29T10:10"),
            ("2026-03-29T10:00", "2026-03-29T09:00"),
            ("2026-03-29T10:00", "2026-03-31T10:00"),
            ("2026-03-28T10:00", "2026-03-28T12:00"),
            ("2026-07-28T10:00", "2026-07-28T12:00"),
        ] {
            assert!(read(start, end, "UTC").is_err(), "{start} {end}");
        }
        assert!(read("2026-03-28T11:50", "2026-03-28T12:05", "UTC").is_ok(), "one that has begun is still good");
    }
}
