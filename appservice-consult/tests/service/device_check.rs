//! The queue card: what a consultation costs, in which language the patient speaks, and what his device did in a test.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, until_event};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn check(world: &World, who: &str, on: &Value, what: Value) -> Answer {
    world.call(who, "PUT", &format!("/consultations/{}/device-check", id(on)), Some(what)).await
}

async fn row(world: &World, who: &str, on: &Value) -> Value {
    world.get(who, &format!("/consultations/{}", id(on))).await
}

#[tokio::test]
async fn whoever_may_take_it_sees_what_the_device_did_and_hears_of_it() {
    let world = World::start().await;
    let talk = world.ask(ANNA, "general").await;
    world.settle().await;
    assert!(row(&world, PETROVA, &talk).await["device_check"].is_null());
    let desk = world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    let tested = json!({ "microphone": "works", "camera": "denied", "round_trip_ms": 420 });
    let told = check(&world, ANNA, &talk, tested).await.ok();
    assert_eq!(
        (&told["microphone"], &told["camera"], &told["connection"]),
        (&json!("works"), &json!("denied"), &json!("fair"))
    );
    let heard = until_event(desk, "consultation", |data| data["consultation"]["device_check"].is_object()).await;
    assert_eq!(heard["consultation"]["device_check"], told);
    let list = world.get(PETROVA, "/consultations?view=waiting").await;
    assert_eq!(list["items"][0]["device_check"], told);

    // The latest alone.
    world.pass(60);
    let again = check(&world, ANNA, &talk, json!({ "microphone": "absent" })).await.ok();
    assert_eq!(row(&world, PETROVA, &talk).await["device_check"], again);
    assert!(again["camera"].is_null() && again["connection"].is_null());
    assert_ne!(again["checked_at"], told["checked_at"]);
    let own = world.get(ANNA, &format!("/consultations/{}", id(&talk))).await;
    assert!(own.get("device_check").is_none(), "for the desk alone");
}

#[tokio::test]
async fn only_its_patient_says_so_and_only_while_it_is_open() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let works = json!({ "microphone": "works" });
    check(&world, BORIS, &talk, works.clone()).await.problem(404, "not-found");
    check(&world, PETROVA, &talk, works.clone()).await.problem(403, "forbidden");
    check(&world, ANNA, &talk, works.clone()).await.ok();
    for wrong in [json!({}), json!({ "microphone": "loud" }), json!({ "microphone": "works", "round_trip_ms": 60_001 })]
    {
        check(&world, ANNA, &talk, wrong).await.problem(422, "invalid");
    }
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    check(&world, ANNA, &talk, works).await.problem(409, "conflict");
}

#[tokio::test]
async fn who_does_not_see_the_consultation_sees_nothing_of_it() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    check(&world, ANNA, &talk, json!({ "microphone": "works" })).await.ok();
    world.call(SOKOLOV, "GET", &format!("/consultations/{}", id(&talk)), None).await.problem(404, "not-found");
    assert!(row(&world, VOLKOVA, &talk).await["device_check"].is_object());
}

#[tokio::test]
async fn the_desk_knows_what_each_queue_costs() {
    let world = World::start().await;
    let queues = world.get(PETROVA, "/queues").await;
    let price = |queue: &str| {
        let all = queues["queues"].as_array().unwrap();
        all.iter().find(|one| one["id"] == queue).unwrap()["price"].clone()
    };
    assert_eq!(price("general"), json!({ "amount_minor": 150_000, "currency": "RUB" }));
    assert!(price("dental").is_null(), "it costs nothing");
    let circle = queues["queues"].as_array().unwrap().iter().find(|one| one["id"] == "psychology").unwrap();
    assert_eq!((&circle["circle"], &circle["circle_name"]), (&json!("private"), &json!("Private")));
}
