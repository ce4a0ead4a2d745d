//! Where patients are signed in, and signing out what was lost: who sees and ends it, what ends with it, and what is written down.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::body::BodyDataStream;
use futures_util::StreamExt;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, user};

use crate::merge::{acts, merge, patient};

/// When the world's clock begins.
const BEGIN_MS: u64 = 1_700_000_000_000;
/// Anna's other places, as tokens name them.
const PHONE: &str = "anna+phone";
const TABLET: &str = "anna+tablet";

/// Somebody whom the service has met.
async fn known(world: &World, who: &str) -> String {
    world.get(who, "/me").await;
    patient(world, who).await
}

/// Anna, signed in at the desk's computer, on a telephone and on a tablet.
async fn anna(world: &World) -> String {
    let id = known(world, ANNA).await;
    world.homeserver.is_signed_in(ANNA, "D", Some("Firefox, Linux"), BEGIN_MS + 5_000);
    world.homeserver.is_signed_in(ANNA, "phone", Some("Chrome, Android"), BEGIN_MS + 9_000);
    world.homeserver.is_signed_in(ANNA, "tablet", Some("  "), BEGIN_MS + 1_000);
    id
}

fn places(answer: &Value) -> Vec<&str> {
    answer["sign_ins"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

fn sign_out(patient: &str) -> String {
    format!("/patients/{patient}/sign-out")
}

fn sign_ins(patient: &str) -> String {
    format!("/patients/{patient}/sign-ins")
}

async fn stream_of(world: &World, who: &str) -> BodyDataStream {
    world.send(who, "GET", "/events", None).await.into_body().into_data_stream()
}

/// Reads a stream to its end, which comes before the next sign of life would.
async fn ends(mut stream: BodyDataStream) {
    let reading = async { while stream.next().await.is_some() {} };
    tokio::time::timeout(Duration::from_secs(10), reading).await.expect("the stream ends at once");
}

/// Reads a stream as long as something of this kind comes: it goes on.
async fn goes_on(world: &World, stream: BodyDataStream, who: &str) {
    let asked = world.ask(who, "general").await;
    support::until_event(stream, "consultation", |told| told["consultation"]["id"] == asked["id"]).await;
}

#[tokio::test]
async fn staff_sees_where_a_patient_is_signed_in_the_latest_seen_first_and_that_is_a_reading_of_the_card() {
    let world = World::start().await;
    let id = anna(&world).await;
    let seen = world.get(PETROVA, &sign_ins(&id)).await;
    assert_eq!(places(&seen), ["phone", "D", "tablet"]);
    assert_eq!(
        seen["sign_ins"][0],
        json!({
            "id": "phone", "name": "Chrome, Android",
            "signed_in_at": "2023-11-14T22:13:20Z", "last_seen_at": "2023-11-14T22:13:29Z",
        })
    );
    assert_eq!((&seen["sign_ins"][2]["name"], &seen["ended"]), (&Value::Null, &json!([])));
    let readings = acts(&world, &id, "patient.read").await;
    assert_eq!(readings[0]["actor"]["user_id"], user(PETROVA));
}

#[tokio::test]
async fn one_that_was_lost_is_signed_out_at_the_patients_word_with_its_token_and_its_stream() {
    let world = World::start().await;
    let id = anna(&world).await;
    let (lost, kept) = (stream_of(&world, PHONE).await, stream_of(&world, ANNA).await);
    world.get(PHONE, "/me").await;
    let wish = json!({ "sign_in_ids": ["phone", "never-was"], "reason": "lost" });
    let left = world.post(PETROVA, &sign_out(&id), wish.clone()).await;
    assert_eq!(places(&left), ["D", "tablet"]);
    let ended = &left["ended"][0];
    assert_eq!((&ended["reason"], &ended["count"], &ended["by"]), (&json!("lost"), &json!(1), &json!("Dr Petrova")));

    // The token was believed a moment ago.
    world.call(PHONE, "GET", "/me", None).await.problem(401, "unauthenticated");
    let secret = json!({ "device_name": "Phone" });
    world.call(PHONE, "POST", "/me/backup-secret", Some(secret)).await.problem(401, "unauthenticated");
    ends(lost).await;
    world.get(ANNA, "/me").await;
    goes_on(&world, kept, ANNA).await;
    let asked = world.homeserver.sign_outs.lock().unwrap().clone();
    assert_eq!(asked, [(user(ANNA), json!({ "asked": true, "devices": ["phone"] }))]);
    let entries = acts(&world, &id, "patient.signed_out").await;
    assert_eq!(entries[0]["detail"], json!({ "reason": "lost", "device_ids": ["phone"] }));

    // Once more: there is nothing to end, and nothing is written down.
    world.post(PETROVA, &sign_out(&id), wish).await;
    assert_eq!(acts(&world, &id, "patient.signed_out").await.len(), 1);
    assert_eq!(world.homeserver.sign_outs.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn all_end_at_once_and_out_of_precaution_supervisors_alone_do_it() {
    let world = World::start().await;
    let id = anna(&world).await;
    let wish = json!({ "reason": "precaution" });
    world.call(PETROVA, "POST", &sign_out(&id), Some(wish.clone())).await.problem(403, "forbidden");
    assert_eq!(acts(&world, &id, "patient.signed_out").await, [] as [Value; 0]);
    world.get(ANNA, "/me").await;

    let left = world.post(VOLKOVA, &sign_out(&id), wish).await;
    assert_eq!(places(&left), [""; 0]);
    assert_eq!((&left["ended"][0]["reason"], &left["ended"][0]["count"]), (&json!("precaution"), &json!(3)));
    for who in [ANNA, PHONE, TABLET] {
        world.call(who, "GET", "/me", None).await.problem(401, "unauthenticated");
    }
    let asked = world.homeserver.sign_outs.lock().unwrap().clone();
    assert_eq!(asked, [(user(ANNA), json!({ "asked": false }))]);
}

#[tokio::test]
async fn a_patient_who_signs_out_a_place_himself_ends_its_token_and_stream_here_with_the_next_transaction() {
    let world = World::start().await;
    anna(&world).await;
    let (lost, kept) = (stream_of(&world, TABLET).await, stream_of(&world, ANNA).await);
    world.get(TABLET, "/me").await;
    world.homeserver.ends_sign_in(&user(ANNA), "tablet");
    let changed = world.homeserver.event(&user(ANNA), "", "devices", json!({ "user": user(ANNA) }));
    assert_eq!(world.deliver(vec![changed]).await, 200);
    world.call(TABLET, "GET", "/me", None).await.problem(401, "unauthenticated");
    ends(lost).await;
    goes_on(&world, kept, ANNA).await;
}

#[tokio::test]
async fn nobody_reaches_the_sign_ins_of_another_patient_or_of_another_tenant() {
    let world = World::start_with_neighbour().await;
    let id = anna(&world).await;
    let wish = json!({ "sign_in_ids": ["phone"], "reason": "lost" });
    for who in [ANNA, BORIS] {
        world.call(who, "GET", &sign_ins(&id), None).await.problem(403, "forbidden");
        world.call(who, "POST", &sign_out(&id), Some(wish.clone())).await.problem(403, "forbidden");
    }
    for who in [PETROVA, VOLKOVA] {
        world.call_neighbour(who, "GET", &sign_ins(&id), None).await.problem(404, "not-found");
        world.call_neighbour(who, "POST", &sign_out(&id), Some(wish.clone())).await.problem(404, "not-found");
    }
    // Of one patient a device of another is not found: it is not ended.
    let boris = known(&world, BORIS).await;
    world.homeserver.is_signed_in(BORIS, "laptop", None, BEGIN_MS);
    let left = world.post(PETROVA, &sign_out(&boris), wish).await;
    assert_eq!(places(&left), ["laptop"]);
    world.get(PHONE, "/me").await;
    assert!(world.homeserver.sign_outs.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_card_with_two_accounts_shows_and_ends_the_sign_ins_of_both() {
    let world = World::start().await;
    let (leading, merged) = (anna(&world).await, known(&world, BORIS).await);
    world.homeserver.is_signed_in(BORIS, "D", Some("Safari, iPhone"), BEGIN_MS + 60_000);
    merge(&world, &leading, &merged, &[]).await;
    for id in [&leading, &merged] {
        assert_eq!(places(&world.get(PETROVA, &sign_ins(id)).await), ["D", "phone", "D", "tablet"]);
    }
    let left = world.post(PETROVA, &sign_out(&merged), json!({ "reason": "not_theirs" })).await;
    assert_eq!((places(&left).len(), left["ended"].as_array().unwrap().len()), (0, 2), "an entry for each account");
    for who in [ANNA, BORIS] {
        world.call(who, "GET", "/me", None).await.problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_a_homeserver_that_is_away_ends_nothing() {
    let world = World::start().await;
    let id = anna(&world).await;
    let ask = async |body: Value| world.call(PETROVA, "POST", &sign_out(&id), Some(body)).await;
    ask(json!({ "sign_in_ids": [], "reason": "lost" })).await.problem(422, "invalid");
    let many: Vec<String> = (0..501).map(|number| number.to_string()).collect();
    ask(json!({ "sign_in_ids": many, "reason": "lost" })).await.problem(422, "invalid");
    for wrong in [json!({}), json!({ "reason": "boredom" }), json!({ "reason": "lost", "all": true })] {
        let refused = ask(wrong).await;
        assert!((400..=422).contains(&refused.status.as_u16()), "{}", refused.body);
    }
    world.call(PETROVA, "GET", &sign_ins("nobody"), None).await.problem(404, "not-found");
    world.homeserver.is_down.store(true, Ordering::SeqCst);
    ask(json!({ "reason": "lost" })).await.problem(503, "unavailable");
    world.homeserver.is_down.store(false, Ordering::SeqCst);
    assert_eq!(places(&world.get(PETROVA, &sign_ins(&id)).await).len(), 3);
}
