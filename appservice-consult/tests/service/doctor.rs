//! A look at the installation, for its administrators.

use crate::support;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use support::doctor::FakeDoctor;
use support::{PETROVA, VOLKOVA, World};

use crate::settings_staff::{SECOND, second};

/// What came out of the look that was asked for last.
async fn ended(world: &World) -> Value {
    for _ in 0..3_000 {
        let report = world.get(VOLKOVA, "/doctor").await;
        if report["state"] != "running" {
            return report;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the look does not end");
}

#[tokio::test]
async fn an_administrator_reads_what_was_found_and_what_to_do() {
    let world = World::start().await;
    let never = world.get(VOLKOVA, "/doctor").await;
    assert_eq!((&never["state"], &never["by"], &never["findings"]), (&json!("never"), &Value::Null, &json!([])));
    let begun = world.post(VOLKOVA, "/doctor", json!({})).await;
    assert_eq!(begun["by"]["name"], "Ms Volkova");
    let report = ended(&world).await;
    assert_eq!(report["state"], "done");
    assert!(report["ended_at"].is_string() && report["version"].is_string(), "{report}");
    assert_eq!(
        report["findings"][1],
        json!({ "check": "certificate", "level": "broken", "says": "It has ended.", "remedy": "Get a new one." })
    );
    assert_eq!(report["findings"][0]["says"], "There is room for clinic.", "it is asked about this tenant");
}

#[tokio::test]
async fn that_somebody_looked_stands_in_the_log_and_what_was_found_does_not() {
    let world = World::start().await;
    world.post(VOLKOVA, "/doctor", json!({})).await;
    ended(&world).await;
    let log = world.get(VOLKOVA, "/audit?action=doctor.examined").await;
    assert_eq!(log["total"], 1);
    assert_eq!(log["items"][0]["detail"], json!({ "broken": 1, "warnings": 1 }));
    assert_eq!(log["items"][0]["actor"]["name"], "Ms Volkova");
}

#[tokio::test]
async fn a_second_who_asks_joins_the_look_that_runs_and_a_later_one_is_new() {
    let doctor = Arc::new(FakeDoctor::default());
    let world = World::start_with_doctor(Some(Arc::clone(&doctor) as _)).await;
    let held = doctor.held.write().await;
    let first = world.post(VOLKOVA, "/doctor", json!({})).await;
    world.pass(5);
    let second = world.post(VOLKOVA, "/doctor", json!({})).await;
    assert_eq!((&first["state"], &second), (&json!("running"), &first));
    drop(held);
    ended(&world).await;
    assert_eq!(doctor.looks.load(Ordering::SeqCst), 1);
    let again = world.post(VOLKOVA, "/doctor", json!({})).await;
    assert_ne!(again["started_at"], first["started_at"]);
    assert_eq!(ended(&world).await["state"], "done");
    assert_eq!(doctor.looks.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_look_that_came_to_no_end_says_so_and_can_be_asked_for_again() {
    let doctor = Arc::new(FakeDoctor { fails: true, ..FakeDoctor::default() });
    let world = World::start_with_doctor(Some(Arc::clone(&doctor) as _)).await;
    for looks in 1..=2 {
        world.post(VOLKOVA, "/doctor", json!({})).await;
        let report = ended(&world).await;
        assert_eq!((&report["state"], &report["findings"]), (&json!("failed"), &json!([])));
        assert_eq!(doctor.looks.load(Ordering::SeqCst), looks);
    }
}

#[tokio::test]
async fn a_look_that_dies_has_failed_and_the_next_one_is_new() {
    let doctor = Arc::new(FakeDoctor { dies: true, ..FakeDoctor::default() });
    let world = World::start_with_doctor(Some(Arc::clone(&doctor) as _)).await;
    for looks in 1..=2 {
        world.post(VOLKOVA, "/doctor", json!({})).await;
        let report = ended(&world).await;
        assert_eq!((&report["state"], &report["findings"]), (&json!("failed"), &json!([])));
        assert_eq!(doctor.looks.load(Ordering::SeqCst), looks);
    }
    assert_eq!(world.get(VOLKOVA, "/audit?action=doctor.examined").await["total"], 0, "nothing was found");
}

#[tokio::test]
async fn a_look_whose_time_is_over_has_failed_and_what_it_finds_late_counts_for_nothing() {
    let doctor = Arc::new(FakeDoctor::default());
    let world = World::start_with_doctor(Some(Arc::clone(&doctor) as _)).await;
    let held = doctor.held.write().await;
    let first = world.post(VOLKOVA, "/doctor", json!({})).await;
    world.pass(179);
    assert_eq!(world.get(VOLKOVA, "/doctor").await["state"], "running");
    world.pass(2);
    let over = world.get(VOLKOVA, "/doctor").await;
    assert_eq!(
        (&over["state"], &over["started_at"], &over["findings"]),
        (&json!("failed"), &first["started_at"], &json!([]))
    );
    assert!(over["ended_at"].is_string(), "{over}");
    let second = world.post(VOLKOVA, "/doctor", json!({})).await;
    assert_eq!(second["state"], "running");
    assert_ne!(second["started_at"], first["started_at"]);
    drop(held);
    let report = ended(&world).await;
    assert_eq!((&report["state"], &report["started_at"]), (&json!("done"), &second["started_at"]));
    assert_eq!(
        world.get(VOLKOVA, "/audit?action=doctor.examined").await["total"],
        1,
        "the first found nothing in time"
    );
}

#[tokio::test]
async fn where_nobody_looks_the_way_to_look_is_named() {
    let world = World::start_with_doctor(None).await;
    let refused = world.call(VOLKOVA, "POST", "/doctor", None).await;
    refused.problem(409, "conflict");
    assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains("consilium doctor")));
    assert_eq!(world.get(VOLKOVA, "/doctor").await["state"], "never");
}

#[tokio::test]
async fn a_supervisor_who_does_not_administer_is_not_told() {
    let world = World::start().await;
    second(&world).await;
    for who in [SECOND, PETROVA] {
        for method in ["GET", "POST"] {
            world.call(who, method, "/doctor", None).await.problem(403, "forbidden");
        }
    }
}
