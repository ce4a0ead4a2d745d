//! Working times: intervals, zones, holidays, closures, and the days on which clocks are put forward or back.

#![expect(clippy::unwrap_used, reason = "tests")]

use consilium_config::brand::{Closure, Day, Holiday, Hours};
use jiff::civil::{Time as TimeOfDay, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{Calendar, DAYS_AHEAD, Worked, is_day};
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
    assert_eq!(calendar.times(at("2026-11-27T14:00:00Z"), 3), Some(vec![friday, monday]), "hours that overlap are one");
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
    assert!(night.works_through(at("2026-11-28T22:00:00Z"), at("2026-11-29T02:00:00Z")), "times that touch are one");
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

fn local(text: &str) -> jiff::civil::DateTime {
    text.parse().unwrap()
}

fn holiday(on: &str) -> Holiday {
    Holiday { on: on.parse().unwrap(), name: [("en", "A holiday")].into() }
}

fn closure(from: &str, to: &str) -> Closure {
    Closure { from: local(from), to: local(to), reason: None }
}

#[test]
fn holidays_and_closures_are_no_working_times() {
    let hours = weekdays();
    let holidays = [holiday("01-07"), holiday("2027-01-08")];
    let closures = [closure("2026-12-31T15:00", "2027-01-05T12:00"), closure("2027-01-06T11:00", "2027-01-06T12:30")];
    let calendar = Calendar { holidays: &holidays, closures: &closures, ..Calendar::new(&hours, moscow()) };
    let (eve, before) = (at("2026-12-31T06:00:00Z"), at("2026-12-31T12:00:00Z"));
    let expected = vec![
        (eve, before),
        (at("2027-01-05T09:00:00Z"), at("2027-01-05T15:00:00Z")),
        (at("2027-01-06T06:00:00Z"), at("2027-01-06T08:00:00Z")),
        (at("2027-01-06T09:30:00Z"), at("2027-01-06T15:00:00Z")),
        (at("2027-01-11T06:00:00Z"), at("2027-01-11T15:00:00Z")),
    ];
    assert_eq!(calendar.times(eve, 11), Some(expected));
    assert_eq!((calendar.closes_at(eve), calendar.opens_at(before)), (Some(before), Some(at("2027-01-05T09:00:00Z"))));
    assert_eq!(calendar.closes_at(before), None, "it is closed");
    assert_eq!(calendar.after_work(before.plus_seconds(-60), 120), at("2027-01-05T09:01:00Z"));
    let next_year = at("2028-01-07T09:00:00Z");
    assert!(!calendar.is_open(next_year) && Calendar::new(&hours, moscow()).is_open(next_year), "each year");
}

#[test]
fn what_is_open_day_and_night_closes_for_a_closure_too() {
    let closures = [closure("2026-11-28T10:00", "2026-11-28T11:00")];
    let calendar = Calendar { closures: &closures, ..Calendar::new(&[], moscow()) };
    let (from, to) = (at("2026-11-28T07:00:00Z"), at("2026-11-28T08:00:00Z"));
    assert!(calendar.is_open(from.plus_seconds(-1)) && !calendar.is_open(from) && calendar.is_open(to));
    assert_eq!((calendar.closes_at(at("2026-11-20T00:00:00Z")), calendar.opens_at(from)), (Some(from), Some(to)));
    assert_eq!(calendar.closes_at(to), None, "it stays open as far as is looked");
}

#[test]
fn the_days_to_come_say_why_they_are_short() {
    let hours = weekdays();
    let (holidays, closures) = ([holiday("12-01")], [closure("2026-11-30T12:00", "2026-11-30T23:00")]);
    let calendar = Calendar { holidays: &holidays, closures: &closures, ..Calendar::new(&hours, moscow()) };
    let days = calendar.days(at("2026-11-29T12:00:00Z"), 4);
    let told = |day: &Worked<'_>| (day.date.to_string(), day.times.len(), day.holiday.is_some(), day.closures.len());
    let expected = [
        ("2026-11-29", 0, false, 0),
        ("2026-11-30", 1, false, 1),
        ("2026-12-01", 0, true, 0),
        ("2026-12-02", 1, false, 0),
    ];
    assert_eq!(
        days.iter().map(told).collect::<Vec<_>>(),
        expected.map(|(date, times, is, closed)| (date.to_owned(), times, is, closed))
    );
    assert_eq!(days[1].times, [(at("2026-11-30T06:00:00Z"), at("2026-11-30T09:00:00Z"))]);
}

#[test]
fn where_the_clock_is_put_forward_or_back_nobody_is_asked_outside_what_is_written() {
    let every_day = |from, to| {
        let days = [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];
        [Hours { days: days.to_vec(), from, to }]
    };
    let berlin = || TimeZone::get("Europe/Berlin").unwrap();
    // 02:00 becomes 03:00: what begins at 02:30 begins then.
    let hours = every_day(time(2, 30, 0, 0), time(5, 0, 0, 0));
    let forward = at("2026-03-29T01:00:00Z");
    let calendar = Calendar::new(&hours, berlin());
    assert!(!calendar.is_open(forward.plus_seconds(-1)) && calendar.is_open(forward));
    // 03:00 becomes 02:00: what ends at 02:30 ends the second time.
    let hours = every_day(time(1, 0, 0, 0), time(2, 30, 0, 0));
    let second = at("2026-10-25T01:30:00Z");
    let calendar = Calendar::new(&hours, berlin());
    assert!(calendar.is_open(second.plus_seconds(-1)) && !calendar.is_open(second));
}

/// Zones whose clocks are put forward and back: by an hour at night, at midnight, by half an hour, the other way round, twice a year around Ramadan, never.
const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "America/Havana",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Europe/Moscow",
];

/// Hours of whole half hours, a later end at least half an hour after the begin; now and then to the day's end.
fn some_hours() -> impl Strategy<Value = Vec<Hours>> {
    const DAYS: [Day; 7] =
        [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];
    let of_day = |half_hours: i8| time(half_hours / 2 % 24, half_hours % 2 * 30, 0, 0);
    let one =
        (proptest::sample::subsequence(&DAYS[..], 1..=7), 0_i8..48, 0_i8..48).prop_map(move |(days, one, other)| {
            let (from, to) = (one.min(other), one.max(other) + 1);
            Hours { days, from: of_day(from), to: of_day(to) }
        });
    proptest::collection::vec(one, 0..4)
}

fn some_closures() -> impl Strategy<Value = Vec<Closure>> {
    let one = (0_i64..730 * 48, 1_i64..200).prop_map(|(from, length)| {
        let half_hours = |count: i64| local("2026-01-01T00:00").saturating_add(jiff::Span::new().minutes(count * 30));
        Closure { from: half_hours(from), to: half_hours(from + length), reason: None }
    });
    proptest::collection::vec(one, 0..3)
}

/// What is written, read off the clock on the wall.
fn is_written(calendar: &Calendar<'_>, at: Time) -> bool {
    let wall = at.timestamp().to_zoned_datetime(calendar.zone.clone()).datetime();
    let (day, now) = (wall.date(), wall.time());
    let in_hours = |hours: &Hours| {
        let is_before_the_end = now < hours.to || hours.to == TimeOfDay::midnight();
        hours.days.iter().any(|known| is_day(*known, day.weekday())) && hours.from <= now && is_before_the_end
    };
    (calendar.hours.is_empty() || calendar.hours.iter().any(in_hours))
        && !calendar.holidays.iter().any(|holiday| holiday.on.is(day))
        && !calendar.closures.iter().any(|closure| closure.from <= wall && wall < closure.to)
}

/// Whether the clock on the wall shows this time twice.
fn is_twice(calendar: &Calendar<'_>, at: Time) -> bool {
    let wall = at.timestamp().to_zoned_datetime(calendar.zone.clone()).datetime();
    calendar.zone.to_ambiguous_timestamp(wall).is_ambiguous()
}

/// Times in 2026 and 2027, half of them within a day of where the clock is put.
fn some_time(zone: &TimeZone, (minutes, near): (i64, Option<(usize, i64)>)) -> Time {
    let first = at("2026-01-01T00:00:00Z");
    let put = near.and_then(|(which, after)| {
        let transition = zone.following(first.timestamp()).nth(which)?;
        Some(Time::from(transition.timestamp()).plus_seconds(after * 60))
    });
    put.unwrap_or_else(|| first.plus_seconds(minutes * 60))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn it_works_exactly_when_the_clock_on_the_wall_says_so(
        zone in proptest::sample::select(&ZONES[..]), hours in some_hours(), closures in some_closures(),
        days in proptest::collection::vec((1_i8..13, 1_i8..29), 0..4),
        when in (0_i64..2 * 365 * 1_440, proptest::option::of((0_usize..4, -1_500_i64..1_500))),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let holidays: Vec<Holiday> = days.iter().map(|(month, day)| holiday(&format!("{month:02}-{day:02}"))).collect();
        let now = some_time(&zone, when);
        let calendar = Calendar { holidays: &holidays, closures: &closures, ..Calendar::new(&hours, zone) };
        if !is_twice(&calendar, now) {
            prop_assert_eq!(calendar.is_open(now), is_written(&calendar, now), "{}", now);
        }
        let runs = calendar.times(now, 1).is_none_or(|times| times.first().is_some_and(|(start, _)| *start <= now));
        prop_assert_eq!(calendar.is_open(now), runs, "both say the same");
        let days = calendar.days(now, 14);
        prop_assert_eq!(days.len(), 14);
        let is_told = days[0].times.iter().any(|(start, end)| *start <= now && now < *end);
        prop_assert_eq!(calendar.is_open(now), is_told, "and so does the preview");
        for (start, end) in days.iter().flat_map(|day| &day.times) {
            prop_assert!(start < end && calendar.is_open(*start) && !days[0].closures.iter().any(|(_, from, to)| from <= start && start < to));
        }
    }

    #[test]
    fn work_is_counted_in_working_times_alone(
        zone in proptest::sample::select(&ZONES[..]), hours in some_hours(), closures in some_closures(), seconds in 1_i64..7_000,
        when in (0_i64..2 * 365 * 1_440, proptest::option::of((0_usize..4, -1_500_i64..1_500))),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let from = some_time(&zone, when);
        let calendar = Calendar { closures: &closures, ..Calendar::new(&hours, zone) };
        let done = calendar.after_work(from, seconds);
        let worked: i64 = calendar.times(from, DAYS_AHEAD).map_or_else(
            || done.seconds_since(from),
            |times| times.iter().map(|(start, end)| done.min(*end).seconds_since(from.max(*start)).max(0)).sum(),
        );
        prop_assert_eq!(worked, seconds);
    }
}
