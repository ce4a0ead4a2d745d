//! When a record's time is over, and what is next for it. Pure.

use consilium_config::brand::Keep;
use jiff::Span;
use jiff::civil::{self, Date};
use jiff::tz::TimeZone;

use crate::time::Time;

/// Nothing goes before it stood in the list of what goes for so long. Unit: seconds.
pub const NOTICE_SECONDS: i64 = 24 * 3_600;

/// When the time of what ended then is over: at the first moment of the day after the last on which it is kept, as the calendar of `zone` counts.
pub fn due(ended_at: Time, keep: Keep, zone: &TimeZone) -> Time {
    let ended = zone.to_datetime(ended_at.timestamp()).date();
    let span = match keep {
        Keep::Years(years) => Span::new().try_years(years),
        Keep::Days(days) => Span::new().try_days(days),
    };
    // What no calendar can count is kept until its end.
    let last = span.map_or(Date::MAX, |span| ended.saturating_add(span));
    let after = last.tomorrow().unwrap_or(last);
    let start = zone.to_ambiguous_timestamp(after.to_datetime(civil::Time::midnight())).compatible();
    start.map_or(Time::from_millis(i64::MAX), Time::from)
}

/// What is next for a record that nothing holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Its time is far.
    Later,
    /// It comes into the list of what goes.
    List,
    /// It stands there, until then at least.
    Wait(Time),
    /// It goes.
    Erase,
}

/// What is next.
pub fn next(due_at: Time, listed_at: Option<Time>, now: Time) -> Next {
    match listed_at {
        None if due_at > now.plus_seconds(NOTICE_SECONDS) => Next::Later,
        None => Next::List,
        Some(listed_at) => match due_at.max(listed_at.plus_seconds(NOTICE_SECONDS)) {
            until if until <= now => Next::Erase,
            until => Next::Wait(until),
        },
    }
}

/// When a record goes that nothing holds, as far as can be said now.
pub fn goes_at(due_at: Time, listed_at: Option<Time>, now: Time) -> Time {
    due_at.max(listed_at.unwrap_or(now).plus_seconds(NOTICE_SECONDS))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use consilium_config::brand::Keep;
    use jiff::tz::TimeZone;
    use proptest::prelude::{Strategy, any, proptest};
    use proptest::{prop_assert, prop_assert_eq, prop_oneof};

    use super::{NOTICE_SECONDS, Next, due, goes_at, next};
    use crate::time::Time;

    fn at(text: &str) -> Time {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    fn moscow() -> TimeZone {
        TimeZone::get("Europe/Moscow").unwrap()
    }

    #[test]
    fn it_is_kept_to_the_same_day_of_the_calendar_and_goes_with_the_next() {
        for (ended, keep, due_at) in [
            ("2026-11-29T10:00:00Z", Keep::Years(25), "2051-11-29T21:00:00Z"),
            // It is the next day in Moscow already.
            ("2026-11-29T22:00:00Z", Keep::Years(25), "2051-11-30T21:00:00Z"),
            // A leap day has its like only in leap years.
            ("2028-02-29T10:00:00Z", Keep::Years(1), "2029-02-28T21:00:00Z"),
            ("2028-02-29T10:00:00Z", Keep::Years(4), "2032-02-29T21:00:00Z"),
            ("2026-12-31T10:00:00Z", Keep::Days(1), "2027-01-01T21:00:00Z"),
        ] {
            assert_eq!(due(at(ended), keep, &moscow()), at(due_at), "{ended} {keep:?}");
        }
    }

    #[test]
    fn a_day_that_does_not_begin_at_midnight_and_the_end_of_the_calendar_are_no_trouble() {
        // In Beirut the clock went from 00:00 to 01:00 on 2022-03-27.
        let beirut = TimeZone::get("Asia/Beirut").unwrap();
        assert_eq!(due(at("2021-03-26T10:00:00Z"), Keep::Years(1), &beirut), at("2022-03-26T22:00:00Z"));
        assert!(due(Time::from_millis(i64::MAX), Keep::Years(u16::MAX), &moscow()) > at("9999-01-01T00:00:00Z"));
    }

    #[test]
    fn it_comes_into_the_list_a_day_before_its_time_and_stands_there_a_day_however_late_it_came() {
        let (due_at, hour) = (at("2026-11-29T21:00:00Z"), 3_600);
        let on = |hours: i64| due_at.plus_seconds(hours * hour);
        assert_eq!(next(due_at, None, on(-25)), Next::Later);
        assert_eq!(next(due_at, None, on(-24)), Next::List);
        assert_eq!(next(due_at, Some(on(-24)), on(-1)), Next::Wait(due_at));
        assert_eq!(next(due_at, Some(on(-24)), on(0)), Next::Erase);
        assert_eq!(next(due_at, Some(on(5)), on(28)), Next::Wait(on(29)));
        assert_eq!(next(due_at, Some(on(5)), on(29)), Next::Erase);
    }

    fn keep() -> impl Strategy<Value = Keep> {
        prop_oneof![(1..=100_u16).prop_map(Keep::Years), (1..=36_500_u32).prop_map(Keep::Days)]
    }

    proptest! {
        #[test]
        fn the_time_is_never_over_before_what_was_promised(ended in 0..4_000_000_000_000_i64, keep in keep()) {
            let days = match keep { Keep::Years(years) => i64::from(years) * 365, Keep::Days(days) => i64::from(days) };
            let ended = Time::from_millis(ended);
            let kept = due(ended, keep, &moscow()).seconds_since(ended);
            // An hour for a clock that was moved.
            prop_assert!(kept > days * 86_400 - 3_600, "{kept}");
        }

        #[test]
        fn who_ended_later_goes_no_sooner(one in 0..4_000_000_000_000_i64, later in 0..100_000_000_000_i64, keep in keep()) {
            let (one, other) = (Time::from_millis(one), Time::from_millis(one + later));
            prop_assert!(due(one, keep, &moscow()) <= due(other, keep, &moscow()));
        }

        #[test]
        fn nothing_goes_before_its_time_nor_before_a_day_in_the_list(due_at in any::<i32>(), listed in any::<Option<i32>>(), now in any::<i32>()) {
            let of = |seconds: i32| Time::from_millis(i64::from(seconds) * 1_000);
            let (due_at, listed, now) = (of(due_at), listed.map(of), of(now));
            let erased = next(due_at, listed, now) == Next::Erase;
            let may = listed.is_some_and(|listed| now.seconds_since(listed) >= NOTICE_SECONDS && now >= due_at);
            prop_assert_eq!(erased, may);
            prop_assert!(goes_at(due_at, listed, now) >= due_at);
            if erased { prop_assert!(goes_at(due_at, listed, now) <= now); }
        }
    }
}
