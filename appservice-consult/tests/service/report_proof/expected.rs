//! The figures as they have to be: sums over what the queries found, row by row. Nothing here is shared with the code that is tested.
#![expect(clippy::cast_possible_wrap, clippy::cast_precision_loss, reason = "tests: small numbers")]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnection;

use super::raw::{self, Call, Callback, DAY_MS, HOUR_MS, Minute, OFFSET_MS, Talk, Wait, time_key};

pub const GROUPS: [&str; 5] = ["hour", "day", "week", "queue", "operator"];

/// A row of a report; without a key the whole period.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub group: &'a str,
    pub key: Option<&'a str>,
}

impl Place<'_> {
    fn is_by_time(self) -> bool {
        !matches!(self.group, "queue" | "operator")
    }

    fn has(self, at: i64, queue: &str, operator: &str) -> bool {
        self.key.is_none_or(|key| key == key_of(self.group, at, queue, operator))
    }
}

fn key_of(group: &str, at: i64, queue: &str, operator: &str) -> String {
    match group {
        "queue" => queue.to_owned(),
        "operator" => operator.to_owned(),
        _ => time_key(group, at),
    }
}

/// What the queries found.
pub struct Facts {
    pub talks: Vec<Talk>,
    pub calls: Vec<Call>,
    pub callbacks: Vec<Callback>,
    pub minutes: Vec<Minute>,
    waits: Vec<Wait>,
    begun: i64,
    now: i64,
}

/// What a row has of everything.
struct Share<'a> {
    talks: Vec<&'a Talk>,
    calls: Vec<&'a Call>,
    callbacks: Vec<&'a Callback>,
}

impl Facts {
    pub async fn read(connection: &mut SqliteConnection, begun: i64, now: i64) -> Self {
        Self {
            talks: raw::talks(connection, now).await,
            calls: raw::calls(connection).await,
            callbacks: raw::callbacks(connection, now).await,
            minutes: raw::minutes(connection, begun, now).await,
            waits: raw::waits(connection, now).await,
            begun,
            now,
        }
    }

    /// Rows that a report has to have.
    pub fn keys(&self, group: &str) -> BTreeSet<String> {
        let talks = self.talks.iter().map(|one| key_of(group, one.asked, &one.queue, &one.operator));
        let calls = self.calls.iter().map(|one| key_of(group, one.started, &one.queue, &one.operator));
        let callbacks = self.callbacks.iter().map(|one| key_of(group, one.due, &one.queue, &one.operator));
        talks.chain(calls).chain(callbacks).collect()
    }

    fn share(&self, place: Place<'_>) -> Share<'_> {
        let talks = self.talks.iter().filter(|one| place.has(one.asked, &one.queue, &one.operator));
        let calls = self.calls.iter().filter(|one| place.has(one.started, &one.queue, &one.operator));
        let callbacks = self.callbacks.iter().filter(|one| place.has(one.due, &one.queue, &one.operator));
        Share { talks: talks.collect(), calls: calls.collect(), callbacks: callbacks.collect() }
    }

    /// All figures of a row, in the shape of the answer.
    pub fn figures(&self, place: Place<'_>) -> Value {
        let share = self.share(place);
        let mut figures = share.of_talks();
        let (average, most) = self.depth(place).unzip();
        let [on_duty, busy, at_once] = self.work(place);
        let measured = json!({
            "depth_average_permille": average,
            "depth_max": most,
            "on_duty_seconds": on_duty,
            "occupancy_permille": busy,
            "concurrency_permille": at_once,
        });
        for more in [share.of_calls(), measured] {
            figures.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        }
        figures
    }

    /// How long the list behind each number has to be.
    pub fn behind(&self, place: Place<'_>) -> Vec<(&'static str, usize)> {
        let Share { talks, calls, callbacks } = self.share(place);
        let talk = |is: fn(&Talk) -> bool| talks.iter().filter(|one| is(one)).count();
        let call = |is: fn(&Call) -> bool| calls.iter().filter(|one| is(one)).count();
        let late = callbacks.iter().filter(|one| one.late).count();
        vec![
            ("entered", talks.len()),
            ("answered", talk(|one| one.answered_at.is_some())),
            ("abandoned", talk(|one| one.left)),
            ("closed", talk(|one| one.closed)),
            ("transferred", talk(|one| one.transfers > 0)),
            ("reopened", talk(|one| one.reopened)),
            ("rated", talk(|one| one.stars.is_some())),
            ("wait", talk(|one| one.wait.is_some())),
            ("first_response", talk(|one| one.first_response.is_some())),
            ("handling", talk(|one| one.handling.is_some())),
            ("resolution", talk(|one| one.resolution.is_some())),
            ("sla_kept", talk(|one| together(one) == Some(1))),
            ("sla_broken", talk(|one| together(one) == Some(0))),
            ("sla_wait_kept", talk(|one| one.sla_wait == Some(1))),
            ("sla_wait_broken", talk(|one| one.sla_wait == Some(0))),
            ("sla_first_response_kept", talk(|one| one.sla_first_response == Some(1))),
            ("sla_first_response_broken", talk(|one| one.sla_first_response == Some(0))),
            ("sla_resolution_kept", talk(|one| one.sla_resolution == Some(1))),
            ("sla_resolution_broken", talk(|one| one.sla_resolution == Some(0))),
            ("calls", calls.len()),
            ("calls_completed", call(|one| one.completed)),
            ("calls_measured", call(|one| one.reports > 0)),
            ("calls_poor", call(is_poor)),
            ("callbacks_due", callbacks.len()),
            ("callbacks_on_time", callbacks.len() - late),
            ("callbacks_late", late),
        ]
    }

    /// Seconds on duty, and thousandths of them and of what was led in them.
    fn work(&self, place: Place<'_>) -> [Option<i64>; 3] {
        if place.group == "queue" {
            return [None; 3];
        }
        let minutes: Vec<&Minute> = self.minutes.iter().filter(|one| place.has(one.at, "", &one.operator)).collect();
        let (duty, busy) = (minutes.len() as i64, minutes.iter().filter(|one| one.talks > 0).count() as i64);
        let load = minutes.iter().map(|one| one.talks).sum();
        [Some(duty * 60), permille(busy, duty), permille(load, busy)]
    }

    /// How many waited on average, and at most: looked at in each hour by itself, and whenever somebody came.
    fn depth(&self, place: Place<'_>) -> Option<(i64, i64)> {
        if place.group == "operator" {
            return None;
        }
        let is_here = |wait: &&Wait| place.is_by_time() || place.key.is_none_or(|key| wait.queue == key);
        let waits: Vec<&Wait> = self.waits.iter().filter(is_here).collect();
        let at = |moment: i64| waits.iter().filter(|wait| wait.from <= moment && moment < wait.until).count() as i64;
        let (mut length, mut waited, mut most) = (0, 0, 0);
        let midnight = (self.begun + OFFSET_MS).div_euclid(DAY_MS) * DAY_MS - OFFSET_MS;
        let hours =
            std::iter::successors(Some(midnight), |hour| Some(hour + HOUR_MS)).take_while(|hour| *hour < self.now);
        for hour in hours.filter(|hour| !place.is_by_time() || place.has(*hour, "", "")) {
            let end = i64::min(hour + HOUR_MS, self.now);
            length += end - hour;
            waited += waits.iter().map(|wait| (wait.until.min(end) - wait.from.max(hour)).max(0)).sum::<i64>();
            let came = waits.iter().map(|wait| wait.from).filter(|from| (hour..end).contains(from));
            most = came.chain([hour]).map(at).fold(most, i64::max);
        }
        (length > 0).then(|| ((waited * 1_000 + length / 2) / length, most))
    }
}

impl Share<'_> {
    fn of_talks(&self) -> Value {
        let talks = &self.talks;
        let count = |is: fn(&Talk) -> bool| talks.iter().filter(|one| is(one)).count() as i64;
        let spread = |of: fn(&Talk) -> Option<i64>| spread(talks.iter().filter_map(|one| of(one)).collect());
        let (entered, closed, left) = (talks.len() as i64, count(|one| one.closed), count(|one| one.left));
        let stars: Vec<i64> = talks.iter().filter_map(|one| one.stars).collect();
        json!({
            "entered": entered,
            "answered": count(|one| one.answered_at.is_some()),
            "closed": closed,
            "abandoned": left,
            "abandonment_permille": permille(left, entered),
            "wait": spread(|one| one.wait),
            "first_response": spread(|one| one.first_response),
            "handling": spread(|one| one.handling),
            "resolution": spread(|one| one.resolution),
            "transfers": talks.iter().map(|one| one.transfers).sum::<i64>(),
            "reopened": count(|one| one.reopened),
            "rated": stars.len(),
            "rating_permille": permille(stars.iter().sum(), stars.len() as i64),
            "response_permille": permille(stars.len() as i64, closed),
            "sla": self.kept(together),
            "sla_wait": self.kept(|one| one.sla_wait),
            "sla_first_response": self.kept(|one| one.sla_first_response),
            "sla_resolution": self.kept(|one| one.sla_resolution),
        })
    }

    fn of_calls(&self) -> Value {
        let sum = |of: fn(&Call) -> i64| self.calls.iter().map(|one| of(one)).sum::<i64>();
        let reports = sum(|one| one.reports);
        let (due, on_time) =
            (self.callbacks.len() as i64, self.callbacks.iter().filter(|one| !one.late).count() as i64);
        json!({
            "calls": self.calls.len(),
            "calls_completed": sum(|one| i64::from(one.completed)),
            "call_seconds": sum(|one| one.both_ms) / 1_000,
            "call_quality": {
                "measured": sum(|one| i64::from(one.reports > 0)),
                "poor": sum(|one| i64::from(is_poor(one))),
                "loss_permille": mean(sum(|one| one.loss), reports),
                "jitter_ms": mean(sum(|one| one.jitter), reports),
                "round_trip_ms": mean(sum(|one| one.round_trip), reports),
                "freezes": sum(|one| one.freezes),
            },
            "callbacks_due": due,
            "callbacks_on_time": on_time,
            "callbacks_on_time_permille": permille(on_time, due),
        })
    }

    fn kept(&self, of: fn(&Talk) -> Option<i64>) -> Value {
        let count = |kept: i64| self.talks.iter().filter(|one| of(one) == Some(kept)).count() as i64;
        let (kept, broken) = (count(1), count(0));
        json!({ "kept": kept, "broken": broken, "kept_permille": permille(kept, kept + broken) })
    }
}

/// One that was broken breaks all; what is not decided says nothing.
fn together(talk: &Talk) -> Option<i64> {
    [talk.sla_wait, talk.sla_first_response, talk.sla_resolution].into_iter().flatten().min()
}

fn is_poor(call: &Call) -> bool {
    let mean = |sum: i64| sum as f64 / call.reports as f64;
    call.reports > 0 && (mean(call.loss) >= 50.0 || mean(call.jitter) >= 50.0 || mean(call.round_trip) >= 400.0)
}

fn permille(part: i64, whole: i64) -> Option<i64> {
    mean(part * 1_000, whole)
}

fn mean(sum: i64, count: i64) -> Option<i64> {
    (count > 0).then(|| (sum + count / 2) / count)
}

fn spread(mut seconds: Vec<i64>) -> Value {
    seconds.sort_unstable();
    let rank = |percent: usize| seconds[(seconds.len() * percent).div_ceil(100) - 1];
    if seconds.is_empty() { Value::Null } else { json!({ "median_seconds": rank(50), "p90_seconds": rank(90) }) }
}
