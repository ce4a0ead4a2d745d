//! What happens because time passes.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_consult::timer;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World};

async fn look(world: &World) {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_given_up_and_the_patient_may_write_again() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    world.pass(59 * 60);
    look(&world).await;
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", id(&asked))).await["phase"], "queued");
    world.pass(60);
    look(&world).await;
    world.settle().await;
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", id(&asked))).await["phase"], "abandoned");
    world.pass(1);
    world.say(ANNA, asked["room_id"].as_str().unwrap(), "anybody?").await;
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", id(&asked))).await["phase"], "queued");
}

#[tokio::test]
async fn a_hold_ends_when_its_time_has_come() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    world.post(PETROVA, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
    let until = consilium_consult::time::Time::from_millis(1_700_000_000_000).plus_seconds(600);
    world.post(PETROVA, &format!("/consultations/{}/hold", id(&asked)), json!({ "until": until })).await;
    world.pass(599);
    look(&world).await;
    assert_eq!(world.get(PETROVA, &format!("/consultations/{}", id(&asked))).await["phase"], "on_hold");
    world.pass(2);
    look(&world).await;
    let detail = world.get(PETROVA, &format!("/consultations/{}", id(&asked))).await;
    assert_eq!(detail["phase"], "active");
    assert_eq!(detail["history"].as_array().unwrap().last().unwrap()["actor"]["kind"], "system");
}

#[tokio::test]
async fn a_console_that_falls_silent_makes_its_operator_away_until_it_speaks_again() {
    let world = World::start().await;
    let me = world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "transfer_only" }))).await.ok();
    world.pass(89);
    look(&world).await;
    let operators = world.get(VOLKOVA, "/operators").await;
    let of = |operators: &Value| {
        operators["operators"].as_array().unwrap().iter().find(|operator| operator["id"] == me["id"]).unwrap().clone()
    };
    assert_eq!(of(&operators)["status"], "transfer_only");
    world.pass(2);
    look(&world).await;
    let silent = of(&world.get(VOLKOVA, "/operators").await);
    assert_eq!((&silent["status"], &silent["status_reason"]), (&json!("away"), &json!("lost_heartbeat")));
    let back = world.post(PETROVA, "/operators/me/heartbeat", json!({})).await;
    assert_eq!((&back["status"], &back["status_reason"]), (&json!("transfer_only"), &Value::Null));
    let history = world.get(PETROVA, &format!("/operators/{}/status-history", id(&me))).await;
    let statuses: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|period| period["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["transfer_only", "away", "transfer_only", "offline"]);
    assert!(history["items"].as_array().unwrap().iter().skip(1).all(|period| period["until"].is_string()));
}

#[tokio::test]
async fn waits_are_estimated_from_what_happened_and_only_when_enough_has() {
    let world = World::start().await;
    for number in 0..5 {
        assert_eq!(world.get(ANNA, "/services").await["services"][0]["wait"], Value::Null);
        let asked = world.ask(if number % 2 == 0 { ANNA } else { BORIS }, "general").await;
        world.pass(60 * (number + 1));
        world.post(PETROVA, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
        world.post(PETROVA, &format!("/consultations/{}/close", id(&asked)), json!({})).await;
    }
    let service = world.get(ANNA, "/services").await["services"][0].clone();
    assert_eq!(service["wait"], json!({ "p50_seconds": 180, "p80_seconds": 240 }));
    assert_eq!(service["price"], json!({ "amount_minor": 150_000, "currency": "RUB" }));
}
