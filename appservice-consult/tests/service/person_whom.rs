//! Whom something is about: call-backs for a person whom a patient acts for, and a consultation that is corrected at the desk.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::Brand;
use serde_json::{Value, json};
use support::partner::{Partner, SCOPES, anna};
use support::receiver::Receiver;
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id, user};

use crate::consent::{asks, given};
use crate::fhir::{export, resources};
use crate::person::{add, masha};
use crate::retention::{close, id};
use crate::webhook::endpoint;

async fn order(world: &World, who: &str, person: &Value, consents: &[Value]) -> Answer {
    let order = json!({
        "queue_id": "general", "request_id": request_id(), "phone": "+7 495 000-00-01", "person_id": person["id"],
        "consents": consents,
    });
    world.call(who, "POST", "/callbacks", Some(order)).await
}

async fn correct(world: &World, who: &str, talk: &Value, person: &Value, was: &Value) -> Answer {
    let body = json!({ "person_id": person, "was": was });
    world.call(who, "PUT", &format!("/consultations/{}/person", id(talk)), Some(body)).await
}

async fn detail(world: &World, talk: &Value) -> Value {
    world.get(PETROVA, &format!("/consultations/{}", id(talk))).await
}

#[tokio::test]
async fn a_call_back_for_a_person_says_so_everywhere_and_a_consultation_out_of_it_is_about_him() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let ordered = order(&world, ANNA, &person, &[]).await.ok();
    assert_eq!(ordered["person"]["name"], "Masha Mashina");
    let path = format!("/callbacks/{}", id(&ordered));
    let seen = world.get(PETROVA, &path).await;
    assert_eq!((&seen["person"]["age"], &seen["patient"]["name"]), (&json!(6), &json!("Анна Каренина")));
    assert_eq!(world.get(PETROVA, "/callbacks?q=mashina").await["items"][0]["id"], ordered["id"]);
    let system = Partner::with(&world, "CRM", &SCOPES).await;
    assert_eq!(system.get(&path).await["person_id"], person["id"]);
    world.settle().await;
    world.post(PETROVA, &format!("{path}/take"), json!({})).await;
    world.settle().await;
    world.homeserver.join(ordered["room_id"].as_str().unwrap(), &user(PETROVA));
    world.settle().await;
    let talk = world.post(PETROVA, &format!("{path}/consultation"), json!({})).await;
    assert_eq!(talk["person"]["id"], person["id"]);
    close(&world, &talk).await;
    world.post(PETROVA, &format!("{path}/done"), json!({ "outcome": "answered" })).await;
    world.settle().await;
    let record = world.get(PETROVA, &format!("{path}/record")).await;
    assert_eq!(record["content"]["person"]["name"], "Masha Mashina");
    // Something is kept that names her: she is hidden, and not gone.
    world.call(ANNA, "DELETE", &format!("/me/persons/{}", id(&person)), None).await.ok();
    assert_eq!(world.get(ANNA, &path).await["person"]["name"], "Masha Mashina");
}

#[tokio::test]
async fn a_call_back_names_nobody_else_and_asks_for_what_is_required_for_him() {
    let world = World::start_as(asks as fn(&mut Brand)).await;
    let (hers, theirs) = (add(&world, ANNA, masha()).await, add(&world, BORIS, masha()).await);
    for person in [theirs, json!({ "id": "unknown" })] {
        let refused = order(&world, ANNA, &person, &[]).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], "person_id");
    }
    order(&world, ANNA, &hers, &[]).await.problem(409, "consents-missing");
    let all = world.get(ANNA, &format!("/me/persons/{}/consents", id(&hers))).await;
    let required = all["consents"].as_array().unwrap().iter().filter(|one| one["required"] == true).map(given);
    order(&world, ANNA, &hers, &required.collect::<Vec<_>>()).await.ok();
    let own = world.get(ANNA, "/me/consents").await;
    assert!(
        own["consents"].as_array().unwrap().iter().all(|one| one["status"] == "proposed"),
        "they count for her alone"
    );
}

#[tokio::test]
async fn a_partners_system_orders_a_call_back_for_a_person() {
    let world = World::start().await;
    let (person, patient) = (add(&world, ANNA, masha()).await, anna(&world).await);
    let system = Partner::with(&world, "CRM", &SCOPES).await;
    let order = json!({ "queue_id": "general", "phone": "+7 495 000-00-01", "person_id": person["id"] });
    let ordered = system.call("POST", &format!("/patients/{patient}/callbacks"), Some(order)).await.ok();
    assert_eq!(ordered["person_id"], person["id"]);
}

#[tokio::test]
async fn who_leads_corrects_for_whom_it_is_and_what_comes_later_is_about_that_one() {
    let world = World::start().await;
    let person = add(&world, ANNA, masha()).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let corrected = correct(&world, PETROVA, &talk, &person["id"], &Value::Null).await.ok();
    assert_eq!(corrected["person"]["name"], "Masha Mashina");
    let step = corrected["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&step["action"], &step["note"]), (&json!("person_corrected"), &json!("Masha Mashina")));
    assert_eq!(step["actor"]["name"], "Dr Petrova");
    let again = correct(&world, PETROVA, &talk, &person["id"], &Value::Null).await.ok();
    assert_eq!(again["history"].as_array().unwrap().len(), corrected["history"].as_array().unwrap().len());
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}&limit=50", id(&talk))).await;
    let entries: Vec<&Value> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "consultation.person_corrected")
        .collect();
    assert_eq!((entries.len(), &entries[0]["detail"]["person"]), (1, &person["id"]));
    let lines = world.lines(&talk).await;
    let told: Vec<&Value> = lines.iter().filter(|line| line["kind"] == "person_corrected").collect();
    assert_eq!((told.len(), &told[0]["consultation_id"]), (1, &talk["id"]));
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", id(&talk))).await["person"]["id"], person["id"]);

    close(&world, &talk).await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    assert_eq!(resources(&bundle, "Patient")[0]["name"][0]["text"], "Masha Mashina");
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    assert_eq!(record["person"]["name"], "Masha Mashina");
    correct(&world, PETROVA, &talk, &Value::Null, &person["id"]).await.problem(409, "conflict");
}

#[tokio::test]
async fn partners_systems_are_told_for_whom_it_is_now_and_not_who_that_is() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/crm", &["consultation.person_corrected"]).await;
    let person = add(&world, ANNA, masha()).await;
    let talk = world.talk(ANNA, PETROVA).await;
    for _ in 0..2 {
        // The same once more is no step, and is not told.
        correct(&world, PETROVA, &talk, &person["id"], &Value::Null).await.ok();
    }
    correct(&world, PETROVA, &talk, &Value::Null, &person["id"]).await.ok();
    world.told().await;
    let came = receiver.came();
    let whom: Vec<&Value> = came.iter().map(|one| &one.body["data"]["person_id"]).collect();
    assert_eq!(whom, [&person["id"], &Value::Null]);
    for one in &came {
        assert_eq!((one.kind(), &one.body["data"]["consultation_id"]), ("consultation.person_corrected", &talk["id"]));
        assert!(!one.raw.contains("Mash"), "{}", one.raw);
    }
}

#[tokio::test]
async fn nobody_else_corrects_it_and_nobody_overrules_unseen() {
    let world = World::start().await;
    let (person, other) = (add(&world, ANNA, masha()).await, add(&world, ANNA, masha()).await);
    let theirs = add(&world, BORIS, masha()).await;
    let waiting = world.ask(ANNA, "general").await;
    world.settle().await;
    correct(&world, PETROVA, &waiting, &person["id"], &Value::Null).await.problem(403, "forbidden");
    correct(&world, VOLKOVA, &waiting, &person["id"], &Value::Null).await.ok();
    world.homeserver.join(waiting["room_id"].as_str().unwrap(), &user(ANNA));
    world.post(PETROVA, &format!("/consultations/{}/take", id(&waiting)), json!({})).await;
    world.settle().await;
    correct(&world, SOKOLOV, &waiting, &other["id"], &person["id"]).await.problem(403, "forbidden");
    correct(&world, PETROVA, &waiting, &other["id"], &Value::Null).await.problem(409, "conflict");
    let refused = correct(&world, PETROVA, &waiting, &theirs["id"], &person["id"]).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "person_id");
    correct(&world, PETROVA, &waiting, &Value::Null, &person["id"]).await.ok();
    assert_eq!(detail(&world, &waiting).await["person"], Value::Null);
}

#[tokio::test]
async fn a_correction_needs_what_has_to_be_agreed_to_for_that_one() {
    let world = World::start_as(asks as fn(&mut Brand)).await;
    crate::consent::agree(&world, ANNA).await;
    let person = add(&world, ANNA, masha()).await;
    let talk = world.talk(ANNA, PETROVA).await;
    correct(&world, PETROVA, &talk, &person["id"], &Value::Null).await.problem(409, "consents-missing");
    assert_eq!(detail(&world, &talk).await["person"], Value::Null);
    let path = format!("/me/persons/{}/consents", id(&person));
    for consent in world.get(ANNA, &path).await["consents"].as_array().unwrap() {
        let purpose = consent["purpose"].as_str().unwrap();
        let hash = json!({ "hash": consent["offered"]["hash"] });
        world.call(ANNA, "PUT", &format!("{path}/{purpose}"), Some(hash)).await.ok();
    }
    correct(&world, PETROVA, &talk, &person["id"], &Value::Null).await.ok();
}
