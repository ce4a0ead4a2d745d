//! Reports: each number is derived again from the recorded steps by a query of another kind, over a desk's life of some days; of the whole period, and of every row
//! however it is cut. A figure that is not derived here fails the test, whatever it is.
#![expect(clippy::unwrap_used, reason = "tests")]

mod desk;
mod expected;
mod raw;

use std::collections::BTreeSet;

use desk::Desk;
use expected::{Facts, GROUPS, Place};
use serde_json::Value;

/// What happens at the desk, one after the other.
const HAPPENINGS: usize = 240;
/// Of figures that are measured on a grid of minutes: a status begins a millisecond after the one before it, so that a minute may be a little short.
const MEASURED: [&str; 3] = ["on_duty_seconds", "occupancy_permille", "concurrency_permille"];

#[tokio::test]
async fn each_number_is_what_another_query_of_the_recorded_steps_says() {
    for seed in [1, 2, 3] {
        let mut desk = Desk::open(seed).await;
        let begun = desk.world.now_ms();
        for _ in 0..HAPPENINGS {
            desk.happens().await;
        }
        // What is due by now is marked by now.
        desk.pass().await;
        desk.world.settle().await;
        let now = desk.world.now_ms();
        let mut connection = desk.database().await;
        let facts = Facts::read(&mut connection, begun, now).await;
        notes_agree(&desk, &facts, seed);
        something_happened(&facts, seed);
        let path = format!("/reports/consultations?from={}&to={}", raw::day(begun), raw::day(now));
        for group in GROUPS {
            // Each by another reader: time stands still, and nobody may ask too often.
            let report = desk.world.get(group, &format!("{path}&group={group}")).await;
            rows_agree(&report, &facts, group, seed);
            lists_agree(&desk, &path, &report, &facts, group).await;
        }
    }
}

/// What the desk noted itself is what was recorded, but for milliseconds.
fn notes_agree(desk: &Desk, facts: &Facts, seed: u64) {
    let answered = facts.talks.iter().filter(|talk| talk.answered_at.is_some());
    assert_eq!(answered.count(), desk.answered_at.len(), "seed {seed}");
    for talk in &facts.talks {
        let noted = desk.answered_at.get(&talk.id).copied();
        let is_near = noted.zip(talk.answered_at).is_none_or(|(noted, at)| (noted - at).abs() < 1_000);
        assert!(is_near && noted.is_some() == talk.answered_at.is_some(), "seed {seed}: {talk:?} and {noted:?}");
    }
}

/// A proof about nothing proves nothing: of everything that is counted there is something, and not everything.
fn something_happened(facts: &Facts, seed: u64) {
    let days: BTreeSet<String> = facts.talks.iter().map(|talk| raw::day(talk.asked)).collect();
    assert!(days.len() > 1, "seed {seed}: the life spans days");
    let rated = facts.talks.iter().filter(|talk| talk.stars.is_some()).count();
    let closed = facts.talks.iter().filter(|talk| talk.closed).count();
    assert!(rated > 0 && rated < closed, "seed {seed}: some said something, not all");
    let of_sla = |kept: i64| facts.talks.iter().any(|talk| talk.sla_wait == Some(kept));
    assert!(of_sla(0) && of_sla(1), "seed {seed}: promises were kept and broken");
    assert!(facts.calls.iter().any(|call| call.completed && call.reports > 0), "seed {seed}: calls were measured");
    assert!(!facts.callbacks.is_empty(), "seed {seed}: call-backs were due");
    assert!(facts.minutes.iter().any(|minute| minute.talks > 1), "seed {seed}: somebody led two at once");
}

fn rows_agree(report: &Value, facts: &Facts, group: &str, seed: u64) {
    let told = report["rows"].as_array().unwrap();
    let keys: BTreeSet<&str> = told.iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert_eq!(keys.len(), told.len(), "seed {seed} {group}: each row once");
    let missing: Vec<String> = facts.keys(group).into_iter().filter(|key| !keys.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "seed {seed} {group}: {missing:?} are rows too");
    for row in told {
        let key = row["key"].as_str().unwrap();
        figures_agree(
            &row["figures"],
            &facts.figures(Place { group, key: Some(key) }),
            &format!("seed {seed} {group} {key}"),
        );
    }
    figures_agree(&report["total"], &facts.figures(Place { group, key: None }), &format!("seed {seed} {group}"));
}

/// Every field of the answer, whatever fields there are.
fn figures_agree(told: &Value, expected: &Value, about: &str) {
    let names = |figures: &Value| figures.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    assert_eq!(names(told), names(expected), "{about}: each figure is derived here too");
    for (name, value) in told.as_object().unwrap() {
        let expected = &expected[name];
        if MEASURED.contains(&name.as_str()) {
            let is_near = match (value.as_i64(), expected.as_i64()) {
                (Some(told), Some(derived)) => (told - derived).abs() <= 1,
                // Less than a minute of it: the grid saw none.
                (Some(_), None) => true,
                (None, derived) => derived.is_none(),
            };
            assert!(is_near, "{about} {name}: {value}, not {expected}");
        } else {
            assert_eq!(value, expected, "{about} {name}");
        }
    }
}

/// Behind each number stands as much as it counts: of the whole period, and of the row in which most was asked for.
async fn lists_agree(desk: &Desk, path: &str, report: &Value, facts: &Facts, group: &str) {
    let behind = path.replace("consultations?", "consultations/behind?");
    let rows = report["rows"].as_array().unwrap();
    let busiest = rows.iter().max_by_key(|row| row["figures"]["entered"].as_i64()).unwrap();
    for key in [None, Some(busiest["key"].as_str().unwrap())] {
        let place = Place { group, key };
        let of_row = key.map(|key| format!("&key={key}")).unwrap_or_default();
        for (figure, expected) in facts.behind(place) {
            let listed =
                desk.world.get(group, &format!("{behind}&group={group}{of_row}&figure={figure}&limit=200")).await;
            assert_eq!(listed["total"].as_u64(), Some(expected as u64), "{group} {key:?} {figure}");
            let lists = ["consultations", "calls", "callbacks"].map(|name| listed[name].as_array().unwrap().len());
            assert_eq!(lists.iter().sum::<usize>(), expected.min(200), "{group} {key:?} {figure}: {lists:?}");
        }
    }
}
