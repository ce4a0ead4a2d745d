//! What the desk does by itself and beside consultations, as partners are told of it: offers, tags, follow-ups, consents. Ids and times, never a word.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::brand::{Brand, RoutingStrategy};
use consilium_consult::{routing, timer};
use serde_json::{Value, json};
use support::partner::anna;
use support::receiver::{Came, Receiver};
use support::{ANNA, PETROVA, VOLKOVA, World};

use crate::consent::{asks, consents, give, given, withdraw};
use crate::follow_up::{HOUR, ahead, make};
use crate::webhook::endpoint;

fn in_turn(brand: &mut Brand) {
    for queue in &mut brand.queues {
        queue.routing.strategy = RoutingStrategy::RoundRobin;
    }
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// What came, once everything that is due was told.
async fn told(world: &World, receiver: &Receiver) -> Vec<Came> {
    world.settle().await;
    world.told().await;
    receiver.came()
}

fn kinds(came: &[Came]) -> Vec<&str> {
    came.iter().map(Came::kind).collect()
}

#[tokio::test]
async fn whom_the_desk_asks_is_told_and_what_he_makes_of_it() {
    let (world, receiver) = (World::start_as(in_turn).await, Receiver::start().await);
    let wanted = ["consultation.offered", "consultation.passed", "consultation.offer_lapsed"];
    endpoint(&world, &receiver, "/crm", &wanted).await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let tenant = world.consult.tenant("clinic").unwrap();
    let talk = world.ask(ANNA, "general").await;
    routing::drain(&tenant).await.unwrap();
    world.post(PETROVA, &format!("/consultations/{}/pass", id(&talk)), json!({})).await;
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.offered", "consultation.passed"]);
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    for one in &came {
        assert_eq!((&one.body["data"]["operator_id"], &one.body["data"]["phase"]), (&petrova, &json!("queued")));
    }
}

#[tokio::test]
async fn an_offer_that_is_not_answered_is_told_with_whom_it_was() {
    let (world, receiver) = (World::start_as(in_turn).await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consultation.offer_lapsed"]).await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    let tenant = world.consult.tenant("clinic").unwrap();
    world.ask(ANNA, "general").await;
    routing::drain(&tenant).await.unwrap();
    world.pass(31);
    timer::look(&tenant).await.unwrap();
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.offer_lapsed"]);
    assert_eq!(came[0].body["data"]["operator_id"], petrova);
}

#[tokio::test]
async fn a_tag_is_told_by_its_id_once_for_each_change() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consultation.tagged", "consultation.untagged"]).await;
    let fever = world.post(VOLKOVA, "/tags", json!({ "names": { "en": "Fever" }, "color": "danger" })).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/tags/{}", id(&talk), id(&fever));
    for method in ["PUT", "PUT", "DELETE", "DELETE"] {
        world.call(PETROVA, method, &path, None).await.ok();
    }
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consultation.tagged", "consultation.untagged"]);
    for one in &came {
        let data = &one.body["data"];
        assert_eq!((&data["consultation_id"], &data["tag_id"]), (&talk["id"], &fever["id"]));
        assert!(!one.raw.contains("Fever"), "{}", one.raw);
    }
}

#[tokio::test]
async fn each_step_of_a_follow_up_is_told_without_its_note() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let wanted = ["follow_up.made", "follow_up.put_off", "follow_up.due", "follow_up.done", "follow_up.cancelled"];
    endpoint(&world, &receiver, "/crm", &wanted).await;
    let patient = anna(&world).await;
    let made = make(&world, PETROVA, &patient, json!({ "note": "Ask for the X-ray" })).await.ok();
    let later = json!({ "version": made["version"], "due_at": ahead(&world, 2 * HOUR) });
    let path = format!("/follow-ups/{}", id(&made));
    world.call(PETROVA, "PATCH", &path, Some(later)).await.ok();
    world.pass(2 * HOUR + 1);
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    let version = world.get(VOLKOVA, &path).await["version"].clone();
    world.post(PETROVA, &format!("{path}/done"), json!({ "version": version })).await;
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["follow_up.made", "follow_up.put_off", "follow_up.due", "follow_up.done"]);
    let phases: Vec<_> = came.iter().map(|one| one.body["data"]["phase"].as_str().unwrap()).collect();
    assert_eq!(phases, ["ahead", "ahead", "due", "done"]);
    for one in &came {
        let data = &one.body["data"];
        assert_eq!((&data["follow_up_id"], &data["patient_id"]), (&made["id"], &json!(patient)));
        assert!(!one.raw.contains("X-ray"), "{}", one.raw);
    }
    assert!(came[3].body["data"]["ended_at"].is_string());
}

#[tokio::test]
async fn what_a_patient_agrees_to_and_withdraws_is_told_by_purpose_and_hash() {
    let (world, receiver) = (World::start_as(asks).await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consent.given", "consent.withdrawn"]).await;
    let patient = anna(&world).await;
    let news = given(&consents(&world, ANNA).await[2]);
    give(&world, ANNA, &news).await.ok();
    // Given already.
    give(&world, ANNA, &news).await.ok();
    withdraw(&world, ANNA, "news").await.ok();
    let came = told(&world, &receiver).await;
    assert_eq!(kinds(&came), ["consent.given", "consent.withdrawn"]);
    for (one, version) in came.iter().zip([1, 2]) {
        let data = &one.body["data"];
        assert_eq!((&data["patient_id"], &data["purpose"]), (&json!(patient), &json!("news")));
        assert_eq!((&data["text_sha256"], &data["version"]), (&news["hash"], &json!(version)));
        assert!(!one.raw.contains("Letters") && data["person_id"].is_null(), "{}", one.raw);
    }
}
