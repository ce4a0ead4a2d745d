//! Ratings over HTTP: who may rate what and when, who reads the words, and who is told only the stars.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;
use crate::webhook;

use serde_json::{Value, json};
use support::receiver::Receiver;
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, until_event};

const CANARY: &str = "canary-of-the-rating";
const DAY_SECONDS: i64 = 24 * 3_600;

fn one(talk: &Value) -> String {
    format!("/consultations/{}", talk["id"].as_str().unwrap())
}

fn path(talk: &Value, what: &str) -> String {
    format!("{}/{what}", one(talk))
}

async fn rate(world: &World, who: &str, talk: &Value, body: Value) -> Answer {
    world.call(who, "PUT", &path(talk, "rating"), Some(body)).await
}

/// A consultation that was closed.
async fn closed(world: &World) -> Value {
    let talk = world.talk(ANNA, PETROVA).await;
    world.post(PETROVA, &path(&talk, "close"), json!({})).await;
    world.settle().await;
    talk
}

#[tokio::test]
async fn a_patient_says_what_he_thought_and_changes_his_mind() {
    let world = World::start().await;
    let talk = closed(&world).await;
    let own = world.get(ANNA, &one(&talk)).await;
    assert_eq!(own["rating"], Value::Null);
    assert!(own["rating_until"].is_string(), "{own}");
    let stream = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    let given = rate(&world, ANNA, &talk, json!({ "stars": 4, "comment": format!("  kind, {CANARY}\n") })).await.ok();
    assert_eq!((&given["stars"], &given["comment"]), (&json!(4), &json!(format!("kind, {CANARY}"))));
    let told = until_event(stream, "consultation", |data| !data["consultation"]["rating"].is_null()).await;
    assert_eq!(told["consultation"]["rating"]["stars"], 4);
    assert!(!told.to_string().contains(CANARY), "a stream carries no words of it");
    let again = rate(&world, ANNA, &talk, json!({ "stars": 2 })).await.ok();
    assert_eq!((&again["stars"], &again["comment"]), (&json!(2), &Value::Null));
    let row = world.get(VOLKOVA, &one(&talk)).await;
    assert_eq!(row["rating"]["stars"], 2);
}

#[tokio::test]
async fn the_same_once_more_is_one_rating_in_the_audit_log() {
    let world = World::start().await;
    let talk = closed(&world).await;
    for _ in 0..2 {
        rate(&world, ANNA, &talk, json!({ "stars": 5, "comment": CANARY })).await.ok();
    }
    let audit =
        world.get(VOLKOVA, &format!("/audit?subject={}&action=consultation.rated", talk["id"].as_str().unwrap())).await;
    assert_eq!(audit["total"], 1);
    assert_eq!(audit["items"][0]["detail"]["stars"], 5);
    assert!(!audit.to_string().contains(CANARY), "the audit log keeps no words of it");
}

#[tokio::test]
async fn what_is_open_too_long_closed_or_anothers_is_not_rated() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    rate(&world, ANNA, &talk, json!({ "stars": 5 })).await.problem(409, "conflict");
    world.post(PETROVA, &path(&talk, "close"), json!({})).await;
    world.settle().await;
    rate(&world, BORIS, &talk, json!({ "stars": 5 })).await.problem(404, "not-found");
    for staff in [PETROVA, VOLKOVA] {
        rate(&world, staff, &talk, json!({ "stars": 5 })).await.problem(403, "forbidden");
    }
    for stars in [json!(0), json!(6), json!(-1)] {
        rate(&world, ANNA, &talk, json!({ "stars": stars })).await.problem(422, "invalid");
    }
    for wrong in [json!({}), json!({ "stars": "five" }), json!({ "stars": 4.5 })] {
        rate(&world, ANNA, &talk, wrong).await.problem(422, "invalid");
    }
    rate(&world, ANNA, &talk, json!({ "stars": 5, "comment": "я".repeat(1_001) })).await.problem(422, "invalid");
    world.pass(14 * DAY_SECONDS + 1);
    rate(&world, ANNA, &talk, json!({ "stars": 5 })).await.problem(409, "conflict");
    world.call(ANNA, "GET", &path(&talk, "rating"), None).await.problem(404, "not-found");
}

#[tokio::test]
async fn its_words_are_for_who_took_part_and_supervisors() {
    let world = World::start().await;
    let talk = closed(&world).await;
    rate(&world, ANNA, &talk, json!({ "stars": 1, "comment": CANARY })).await.ok();
    for who in [ANNA, PETROVA, VOLKOVA] {
        assert_eq!(world.get(who, &path(&talk, "rating")).await["comment"], CANARY, "{who}");
    }
    world.call(SOKOLOV, "GET", &path(&talk, "rating"), None).await.problem(403, "forbidden");
    world.call(BORIS, "GET", &path(&talk, "rating"), None).await.problem(404, "not-found");
    let bytes = std::fs::read(world.data_folder().join("consult.db")).unwrap();
    let log = std::fs::read(world.data_folder().join("consult.db-wal")).unwrap_or_default();
    assert!(!String::from_utf8_lossy(&[bytes, log].concat()).contains(CANARY), "no words of it lie open on disk");
}

#[tokio::test]
async fn partners_are_told_the_stars() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    webhook::endpoint(&world, &receiver, "/crm", &["consultation.rated"]).await;
    let talk = closed(&world).await;
    rate(&world, ANNA, &talk, json!({ "stars": 3, "comment": CANARY })).await.ok();
    world.told().await;
    assert_eq!(receiver.taken("/crm"), ["consultation.rated"]);
    let came = &receiver.came()[0];
    assert_eq!((&came.body["data"]["stars"], &came.body["data"]["consultation_id"]), (&json!(3), &talk["id"]));
    assert!(!came.raw.contains(CANARY));
}
