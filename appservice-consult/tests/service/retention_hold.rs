//! Legal holds: what is held is not erased, by nobody.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World};

use crate::retention::{DAY_SECONDS, classes, close, days, due, erase, id, read, sealed, tidy};

async fn hold(world: &World, on: Value) -> Value {
    let request_id = uuid::Uuid::from_u128(u128::from(world.media.number())).to_string();
    let mut body = json!({ "reason": "Case A-17, by the court", "request_id": request_id });
    body.as_object_mut().unwrap().extend(on.as_object().unwrap().clone());
    world.post(VOLKOVA, "/holds", body).await
}

async fn lift(world: &World, hold: &Value) -> support::Answer {
    let body = json!({ "reason": "The case is closed" });
    world.call(VOLKOVA, "POST", &format!("/holds/{}/lift", id(hold)), Some(body)).await
}

/// Another consultation of Anna's, who is in the room already.
async fn once_more(world: &World) -> Value {
    let asked = world.ask(ANNA, "general").await;
    world.say(ANNA, asked["room_id"].as_str().unwrap(), "One more question").await;
    world.post(PETROVA, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
    world.settle().await;
    close(world, &asked).await;
    asked
}

async fn patient_of(world: &World, talk: &Value) -> Value {
    world.get(VOLKOVA, &format!("/consultations/{}", id(talk))).await["patient"]["id"].clone()
}

#[tokio::test]
async fn what_is_held_stays_and_the_list_says_why_and_after_the_hold_it_stands_there_for_a_day_again() {
    let world = World::start_as(classes).await;
    let (talk, other) = (sealed(&world, ANNA).await, sealed(&world, BORIS).await);
    let placed = hold(&world, json!({ "consultation_id": talk["id"] })).await;
    assert_eq!((&placed["consultation"]["id"], &placed["placed_by"]["name"]), (&talk["id"], &json!("Ms Volkova")));
    days(&world, 20).await;
    read(&world, VOLKOVA, &other).await.problem(410, "erased");
    assert_eq!(read(&world, VOLKOVA, &talk).await.ok()["held"], true);
    let listed = due(&world, "").await;
    let row = &listed["items"][0];
    assert_eq!((&row["goes_at"], &row["holds"][0]["reason"]), (&Value::Null, &json!("Case A-17, by the court")));
    assert_eq!((&listed["counts"][0]["count"], &listed["counts"][0]["held"]), (&json!(1), &json!(1)));
    erase(&world, &talk).await.problem(409, "held");

    assert_eq!(lift(&world, &placed).await.ok()["lifted"]["reason"], "The case is closed");
    lift(&world, &placed).await.problem(409, "conflict");
    tidy(&world).await;
    assert!(read(&world, VOLKOVA, &talk).await.status.is_success());
    world.pass(DAY_SECONDS);
    tidy(&world).await;
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
}

#[tokio::test]
async fn a_hold_on_a_patient_is_on_all_his_records_those_to_come_too_and_on_nobody_elses() {
    let world = World::start_as(classes).await;
    let first = sealed(&world, ANNA).await;
    let placed = hold(&world, json!({ "patient_id": patient_of(&world, &first).await })).await;
    assert_eq!(placed["consultation"], Value::Null);
    world.pass(7_200);
    let (second, other) = (once_more(&world).await, sealed(&world, BORIS).await);
    days(&world, 20).await;
    for held in [&first, &second] {
        assert!(read(&world, VOLKOVA, held).await.status.is_success());
    }
    read(&world, VOLKOVA, &other).await.problem(410, "erased");
}

#[tokio::test]
async fn call_backs_of_a_held_patient_stay_too() {
    let world = World::start_as(classes).await;
    let order =
        json!({ "queue_id": "general", "request_id": "7b1f6a52-6666-4222-8333-444455556666", "phone": "+74951112233" });
    let ordered = world.post(ANNA, "/callbacks", order).await;
    for (what, body) in [("take", json!({})), ("done", json!({ "outcome": "answered" }))] {
        world.post(PETROVA, &format!("/callbacks/{}/{what}", id(&ordered)), body).await;
    }
    world.settle().await;
    let patient = world.get(VOLKOVA, &format!("/callbacks/{}", id(&ordered))).await["patient"]["id"].clone();
    let placed = hold(&world, json!({ "patient_id": patient })).await;
    world.pass(400 * DAY_SECONDS);
    tidy(&world).await;
    let seen = world.get(VOLKOVA, &format!("/callbacks/{}", id(&ordered))).await;
    assert_eq!(seen["phone"], "+74951112233");
    lift(&world, &placed).await.ok();
    tidy(&world).await;
    assert_eq!(world.get(VOLKOVA, &format!("/callbacks/{}", id(&ordered))).await["phone"], Value::Null);
}

#[tokio::test]
async fn holds_are_listed_counted_and_audited_and_the_same_request_gives_the_same_hold() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    let body =
        json!({ "consultation_id": talk["id"], "reason": "R", "request_id": "7b1f6a52-7777-4222-8333-444455556666" });
    let first = world.call(VOLKOVA, "POST", "/holds", Some(body.clone())).await;
    assert_eq!(first.status, 201);
    let again = world.call(VOLKOVA, "POST", "/holds", Some(body.clone())).await;
    assert_eq!((again.status.as_u16(), &again.body["id"]), (200, &first.body["id"]));
    let mut other = body;
    other["patient_id"] = patient_of(&world, &talk).await;
    other.as_object_mut().unwrap().remove("consultation_id");
    world.call(VOLKOVA, "POST", "/holds", Some(other)).await.problem(422, "invalid");

    let second = hold(&world, json!({ "consultation_id": talk["id"] })).await;
    let page = world.get(VOLKOVA, "/holds?limit=1").await;
    assert_eq!((&page["total"], page["items"].as_array().unwrap().len()), (&json!(2), 1));
    let next = world.get(VOLKOVA, &format!("/holds?limit=1&cursor={}", page["next_cursor"].as_str().unwrap())).await;
    assert_ne!(next["items"][0]["id"], page["items"][0]["id"]);
    lift(&world, &second).await.ok();
    assert_eq!(world.get(VOLKOVA, "/holds?view=lifted").await["items"][0]["id"], second["id"]);
    assert_eq!(world.get(VOLKOVA, "/holds").await["total"], 1);
    for action in ["hold.placed", "hold.lifted"] {
        let audit = world.get(VOLKOVA, &format!("/audit?action={action}")).await;
        assert_eq!(audit["items"][0]["subject"]["id"], talk["id"], "{audit}");
    }
    assert!(erase(&world, &talk).await.body["type"].as_str().unwrap().ends_with("held"), "one hold is enough");
}

#[tokio::test]
async fn a_hold_needs_something_that_is_there_and_a_reason() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    let request = |on: Value, reason: &str| {
        let mut body = json!({ "reason": reason, "request_id": "7b1f6a52-8888-4222-8333-444455556666" });
        body.as_object_mut().unwrap().extend(on.as_object().unwrap().clone());
        body
    };
    let both = json!({ "consultation_id": talk["id"], "patient_id": patient_of(&world, &talk).await });
    for (body, status, slug) in [
        (request(json!({}), "r"), 422, "invalid"),
        (request(both, "r"), 422, "invalid"),
        (request(json!({ "consultation_id": talk["id"] }), "  "), 422, "invalid"),
        (request(json!({ "consultation_id": "unknown" }), "r"), 404, "not-found"),
        (request(json!({ "patient_id": "unknown" }), "r"), 404, "not-found"),
    ] {
        world.call(VOLKOVA, "POST", "/holds", Some(body)).await.problem(status, slug);
    }
    world.pass(1_801);
    erase(&world, &talk).await.ok();
    let gone = request(json!({ "consultation_id": talk["id"] }), "r");
    world.call(VOLKOVA, "POST", "/holds", Some(gone)).await.problem(410, "erased");
    world.call(VOLKOVA, "GET", "/holds?cursor=x", None).await.problem(400, "invalid");
}
