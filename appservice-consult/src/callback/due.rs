//! When the patient wants to be called, read from what he wrote, and when he has to have been called by. Pure.

use consilium_config::brand::{Brand, Queue};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::error::CallbackError;
use super::state::When;
use crate::api::types::{CallbackWindowRequest, FieldError};
use crate::queue::calendar;
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

/// Whether somebody works in all of a window: nobody can be promised a call where nobody is there. As soon as possible is good at any time.
///
/// Errors: `OutsideHours`.
pub fn must_be_worked(when: When, brand: &Brand, queue: Option<&Queue>, now: Time) -> Result<(), CallbackError> {
    let (Some((start, end)), Some(queue)) = (when.window(), queue) else { return Ok(()) };
    let calendar = calendar(brand, queue);
    if calendar.works_through(start, end) {
        return Ok(());
    }
    Err(CallbackError::OutsideHours { opens_at: calendar.next_opening(start.max(now)) })
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

fn after_work(brand: &Brand, queue: &Queue, from: Time) -> Time {
    calendar(brand, queue).after_work(from, i64::from(queue.callback.due_minutes) * 60)
}

fn field(name: &str, message: &str) -> FieldError {
    FieldError::new(name, message)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use jiff::tz::TimeZone;

    use consilium_config::brand::Brand;

    use super::{CallbackError, When, must_be_worked, when_of};
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

    /// Whether the psychologists of the test clinic, who work 9 to 18 on weekdays in Moscow, can be asked to call then; if not, when they open next.
    fn asked(start: &str, end: &str, zone: &str) -> Result<(), Option<Time>> {
        let brand: Brand = toml::from_str(include_str!("../../tests/service/support/brand.toml")).unwrap();
        match must_be_worked(
            read(start, end, zone).unwrap(),
            &brand,
            brand.queue("psychology"),
            at("2026-03-28T12:00:00Z"),
        ) {
            Ok(()) => Ok(()),
            Err(CallbackError::OutsideHours { opens_at }) => Err(opens_at),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_window_lies_in_one_working_time_of_the_queue_whatever_the_patients_clock_says() {
        let monday = Err(Some(at("2026-03-30T06:00:00Z")));
        let tuesday = Err(Some(at("2026-03-31T06:00:00Z")));
        let cases = [
            ("2026-03-30T09:00", "2026-03-30T18:00", "Europe/Moscow", Ok(())),
            ("2026-03-30T08:59", "2026-03-30T12:00", "Europe/Moscow", monday),
            ("2026-03-30T17:00", "2026-03-30T18:01", "Europe/Moscow", tuesday),
            ("2026-03-30T17:00", "2026-03-31T10:00", "Europe/Moscow", tuesday),
            ("2026-03-30T19:00", "2026-03-30T20:00", "Europe/Moscow", tuesday),
            // The weekend.
            ("2026-03-28T16:00", "2026-03-28T17:00", "Europe/Moscow", monday),
            // Two hours ahead of the clinic.
            ("2026-03-30T18:00", "2026-03-30T20:00", "Asia/Yekaterinburg", Ok(())),
            ("2026-03-30T09:00", "2026-03-30T12:00", "Asia/Yekaterinburg", monday),
            ("2026-03-30T19:00", "2026-03-30T21:00", "Asia/Yekaterinburg", tuesday),
            // Across the patient's midnight, in one day of the clinic.
            ("2026-03-30T22:00", "2026-03-31T01:00", "Asia/Vladivostok", Ok(())),
            ("2026-03-30T22:00", "2026-03-31T01:15", "Asia/Vladivostok", tuesday),
            // An hour behind since the clocks were changed the day before.
            ("2026-03-30T08:00", "2026-03-30T17:00", "Europe/Berlin", Ok(())),
            ("2026-03-30T07:00", "2026-03-30T09:00", "Europe/Berlin", monday),
        ];
        for (start, end, zone, expected) in cases {
            assert_eq!(asked(start, end, zone), expected, "{start} {end} {zone}");
        }
    }

    #[test]
    fn as_soon_as_possible_and_a_queue_without_hours_are_good_at_any_time() {
        let brand: Brand = toml::from_str(include_str!("../../tests/service/support/brand.toml")).unwrap();
        let now = at("2026-03-28T23:00:00Z");
        assert!(must_be_worked(When::AsSoonAsPossible, &brand, brand.queue("psychology"), now).is_ok());
        let night = When::Window { start: now, end: now.plus_seconds(3_600) };
        assert!(must_be_worked(night, &brand, brand.queue("general"), now).is_ok());
        assert!(must_be_worked(night, &brand, None, now).is_ok(), "a queue that the brand has no more");
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
