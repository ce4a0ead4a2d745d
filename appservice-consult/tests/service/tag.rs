//! Tags: made by supervisors, put on consultations by staff, found by lists, never told to a patient.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

async fn tag(world: &World, name: &str, color: &str) -> Value {
    world.post(VOLKOVA, "/tags", json!({ "names": { "en": name, "ru": format!("{name} ру") }, "color": color })).await
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn put(world: &World, who: &str, consultation: &Value, tag: &Value) -> Answer {
    world.call(who, "PUT", &format!("/consultations/{}/tags/{}", id(consultation), id(tag)), None).await
}

async fn take_off(world: &World, who: &str, consultation: &Value, tag: &Value) -> Answer {
    world.call(who, "DELETE", &format!("/consultations/{}/tags/{}", id(consultation), id(tag)), None).await
}

fn names(row: &Value) -> Vec<&str> {
    row["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect()
}

async fn change(world: &World, tag: &Value, name: &str, archived: bool) -> Answer {
    let body = json!({ "names": { "en": name }, "color": "danger", "version": tag["version"], "archived": archived });
    world.call(VOLKOVA, "PUT", &format!("/tags/{}", id(tag)), Some(body)).await
}

#[tokio::test]
async fn staff_puts_tags_on_consultations_and_finds_them_by_tag() {
    let world = World::start().await;
    let (allergy, fever) = (tag(&world, "Allergy", "warning").await, tag(&world, "Fever", "danger").await);
    let (anna, boris) = (world.ask(ANNA, "general").await, world.ask(BORIS, "general").await);
    world.settle().await;
    put(&world, PETROVA, &anna, &fever).await.ok();
    world.pass(1);
    let detail = put(&world, SOKOLOV, &anna, &allergy).await.ok();
    assert_eq!(names(&detail), ["Fever", "Allergy"]);
    put(&world, PETROVA, &anna, &allergy).await.ok();
    put(&world, PETROVA, &boris, &fever).await.ok();
    let found = async |tag: &Value, more: &str| {
        let list = world.get(PETROVA, &format!("/consultations?tag={}{more}", id(tag))).await;
        let rows = list["items"].as_array().unwrap();
        assert_eq!(list["total"], rows.len());
        rows.iter().map(|row| row["patient"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(&allergy, "").await, ["Анна Каренина"]);
    assert_eq!(found(&fever, "&sort=patient").await, ["Boris", "Анна Каренина"]);
    assert_eq!(found(&fever, "&view=waiting&queue=general").await.len(), 2);
    assert_eq!(found(&json!({ "id": "unknown" }), "").await.len(), 0);
    assert_eq!(names(&take_off(&world, PETROVA, &anna, &fever).await.ok()), ["Allergy"]);
    take_off(&world, PETROVA, &anna, &fever).await.ok();
    assert_eq!(found(&fever, "").await, ["Boris"]);
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&anna))).await.to_string();
    assert_eq!(audit.matches("consultation.tagged").count(), 2, "only what changed something");
    assert_eq!(audit.matches("consultation.untagged").count(), 1);
}

#[tokio::test]
async fn a_tag_is_archived_and_what_has_it_keeps_it() {
    let world = World::start().await;
    let fever = tag(&world, "Fever", "danger").await;
    let (anna, boris) = (world.ask(ANNA, "general").await, world.ask(BORIS, "general").await);
    put(&world, PETROVA, &anna, &fever).await.ok();
    let archived = change(&world, &fever, "Fever", true).await.ok();
    assert_eq!((&archived["archived"], &archived["version"]), (&json!(true), &json!(2)));
    change(&world, &fever, "Late", false).await.problem(409, "conflict");
    put(&world, PETROVA, &boris, &fever).await.problem(409, "conflict");
    assert_eq!(names(&put(&world, PETROVA, &anna, &fever).await.ok()), ["Fever"]);
    let again = tag(&world, "Fever", "info").await;
    let refused = change(&world, &archived, "Fever", false).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "names");
    change(&world, &again, "Heat", false).await.ok();
    change(&world, &archived, "Fever", false).await.ok();
    put(&world, PETROVA, &boris, &fever).await.ok();
    assert_eq!(world.get(PETROVA, "/tags").await["tags"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_cannot_be_a_tag_is_refused() {
    let world = World::start().await;
    tag(&world, "Fever", "danger").await;
    for body in [
        json!({}),
        json!({ "names": {}, "color": "info" }),
        json!({ "names": { "ru": "Да" }, "color": "info" }),
        json!({ "names": { "en": "x", "de": "x" }, "color": "info" }),
        json!({ "names": { "en": "x".repeat(41) }, "color": "info" }),
        json!({ "names": { "en": "fever" }, "color": "info" }),
        json!({ "names": { "en": "x" }, "color": "#ff0000" }),
        json!({ "names": { "en": "x" }, "color": "info", "more": 1 }),
    ] {
        world.call(VOLKOVA, "POST", "/tags", Some(body)).await.problem(422, "invalid");
    }
    let asked = world.ask(ANNA, "general").await;
    put(&world, PETROVA, &asked, &json!({ "id": "unknown" })).await.problem(404, "not-found");
    put(&world, PETROVA, &json!({ "id": "unknown" }), &json!({ "id": "unknown" })).await.problem(404, "not-found");
    for number in 0..=20 {
        let tag = tag(&world, &format!("T{number}"), "info").await;
        let answer = put(&world, PETROVA, &asked, &tag).await;
        if number < 20 { drop(answer.ok()) } else { answer.problem(409, "conflict") }
    }
}

#[tokio::test]
async fn desks_hear_of_tags_and_patients_do_not() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let listen = async |who: &str| world.send(who, "GET", "/events", None).await.into_body().into_data_stream();
    let (first, second, anna) = (listen(SOKOLOV).await, listen(VOLKOVA).await, listen(ANNA).await);
    let fever = tag(&world, "Fever", "danger").await;
    assert_eq!(support::until_event(first, "tag", |_| true).await["tag"]["id"], fever["id"]);
    put(&world, PETROVA, &talk, &fever).await.ok();
    let told = support::until_event(second, "consultation", |_| true).await;
    assert_eq!(names(&told["consultation"]), ["Fever"]);
    world.pass(1);
    world.post(PETROVA, &format!("/consultations/{}/hold", id(&talk)), json!({})).await;
    let heard = support::events_until(anna, "consultation", |data| data["consultation"]["phase"] == "on_hold").await;
    assert_eq!(heard.len(), 1, "not even that something changed: {heard:?}");
    for path in ["/consultations", "/conversations", &format!("/consultations/{}", id(&talk))] {
        let answer = world.get(ANNA, path).await.to_string();
        assert!(!answer.contains("tags") && !answer.contains("Fever"), "{path} {answer}");
    }
    assert_eq!(world.get(ANNA, &format!("/consultations?tag={}", id(&fever))).await["total"], 1, "no filter of his");
}
