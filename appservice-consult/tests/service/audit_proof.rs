//! The audit log by time, and checked while the service runs.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::proofs::manipulate;
use crate::support;

use std::time::Duration;

use consilium_consult::time::Time;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World};

/// What came out of a check that is asked for now.
async fn proved(world: &World) -> Value {
    let begun = world.post(VOLKOVA, "/audit/verify", json!({})).await;
    assert_eq!(begun["by"]["name"], "Ms Volkova");
    for _ in 0..3_000 {
        let proof = world.get(VOLKOVA, "/audit/verify").await;
        if proof["state"] != "running" {
            return proof;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the check does not end");
}

async fn with_a_consultation() -> World {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    world.post(PETROVA, &format!("/consultations/{}/take", asked["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;
    world
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_whole_and_the_check_is_an_entry_of_it() {
    let world = with_a_consultation().await;
    let never = world.get(VOLKOVA, "/audit/verify").await;
    assert_eq!((&never["state"], &never["by"]), (&json!("never"), &Value::Null));
    let proof = proved(&world).await;
    assert_eq!((&proof["state"], &proof["fault"]), (&json!("whole"), &Value::Null));
    let checked = proof["checked"].as_i64().unwrap();
    assert!(checked >= proof["entries"].as_i64().unwrap() && checked > 1);
    assert!(proof["ended_at"].is_string());
    let log = world.get(VOLKOVA, "/audit?limit=200").await;
    let entry = |sequence: i64| {
        log["items"].as_array().unwrap().iter().find(|entry| entry["sequence"] == sequence).unwrap().clone()
    };
    assert_eq!(proof["head"], entry(checked)["hash"]);
    let noted = world.get(VOLKOVA, "/audit?action=audit.verified").await;
    assert_eq!(noted["items"][0]["detail"], json!({ "whole": true, "up_to": checked }));
    assert_eq!(noted["items"][0]["actor"]["name"], "Ms Volkova");
}

#[tokio::test]
async fn a_row_that_was_tampered_with_is_named() {
    for (sql, fault) in [
        (
            "UPDATE audit SET detail = '{\"x\":1}' WHERE sequence = 2",
            json!({ "kind": "changed", "entry": 2, "written": null }),
        ),
        ("DELETE FROM audit WHERE sequence = 3", json!({ "kind": "missing", "entry": 3, "written": null })),
    ] {
        let world = with_a_consultation().await;
        manipulate(&world.config.tenants[0], sql).await;
        let proof = proved(&world).await;
        assert_eq!(
            (&proof["state"], &proof["fault"], &proof["head"]),
            (&json!("broken"), &fault, &Value::Null),
            "{sql}"
        );
    }
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_counted() {
    let world = with_a_consultation().await;
    let last = world.get(VOLKOVA, "/audit").await["items"][0]["sequence"].as_i64().unwrap();
    manipulate(&world.config.tenants[0], &format!("DELETE FROM audit WHERE sequence >= {last}")).await;
    let proof = proved(&world).await;
    assert_eq!(proof["state"], "broken");
    // Whatever was written meanwhile stands behind the hole.
    let kind = proof["fault"]["kind"].as_str().unwrap();
    assert!(
        kind == "cut" && proof["fault"]["entry"] == last - 1 || kind == "missing" && proof["fault"]["entry"] == last
    );
}

#[tokio::test]
async fn the_log_is_read_by_time() {
    let world = with_a_consultation().await;
    let before = world.get(VOLKOVA, "/audit").await["items"][0]["sequence"].as_i64().unwrap();
    world.pass(30);
    let middle = serde_json::to_value(Time::from_millis(world.now_ms())).unwrap();
    let middle = middle.as_str().unwrap();
    world.pass(30);
    world.ask(BORIS, "general").await;
    world.settle().await;
    let sequences = |page: &Value| -> Vec<i64> {
        page["items"].as_array().unwrap().iter().map(|entry| entry["sequence"].as_i64().unwrap()).collect()
    };
    let earlier = world.get(VOLKOVA, &format!("/audit?limit=200&to={middle}")).await;
    assert_eq!(earlier["total"], before);
    assert_eq!(sequences(&earlier), (1..=before).rev().collect::<Vec<_>>());
    let later = world.get(VOLKOVA, &format!("/audit?limit=200&from={middle}")).await;
    let all = sequences(&later);
    assert_eq!((all.last(), later["total"].as_i64()), (Some(&(before + 1)), Some(all[0] - before)));
    let asked = "/audit?action=consultation.requested";
    assert_eq!(world.get(VOLKOVA, asked).await["total"], 2);
    let late = world.get(VOLKOVA, &format!("{asked}&from={middle}")).await;
    assert_eq!((&late["total"], sequences(&late)[0] > before), (&json!(1), true));
    assert_eq!(world.get(VOLKOVA, &format!("{asked}&to={middle}")).await["total"], 1);
    let backwards = format!("/audit?from={middle}&to={middle}");
    world.call(VOLKOVA, "GET", &backwards, None).await.problem(400, "invalid");
}
