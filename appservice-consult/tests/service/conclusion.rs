//! Conclusions: writing together, signing, amending, who reads what, and the document.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use http_body_util::BodyExt;
use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

const CANARY: &str = "canary-of-the-conclusion";

pub fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

pub fn path(talk: &Value, what: &str) -> String {
    format!("/consultations/{}/conclusion/{what}", id(talk))
}

pub async fn draft(world: &World, who: &str, talk: &Value) -> Value {
    world.get(who, &path(talk, "draft")).await
}

/// Saves over the version that is there.
pub async fn save(world: &World, who: &str, talk: &Value, sections: &[(&str, &str)]) -> Answer {
    let version = draft(world, who, talk).await["version"].clone();
    save_over(world, who, talk, &version, sections).await
}

pub async fn save_over(world: &World, who: &str, talk: &Value, version: &Value, sections: &[(&str, &str)]) -> Answer {
    let sections: Vec<Value> = sections.iter().map(|(code, text)| json!({ "code": code, "text": text })).collect();
    let body = json!({ "version": version, "language": "en", "sections": sections });
    world.call(who, "PUT", &path(talk, "draft"), Some(body)).await
}

pub async fn sign(world: &World, who: &str, talk: &Value) -> Answer {
    let version = draft(world, VOLKOVA, talk).await["version"].clone();
    world.call(who, "POST", &path(talk, "sign"), Some(json!({ "version": version }))).await
}

pub async fn amend(world: &World, who: &str, talk: &Value, reason: &str) -> Answer {
    let version = draft(world, VOLKOVA, talk).await["version"].clone();
    let body = json!({ "version": version, "reason": reason });
    world.call(who, "POST", &path(talk, "amend"), Some(body)).await
}

pub async fn pdf(world: &World, who: &str, path: &str) -> (u16, Vec<u8>) {
    let response = world.send(who, "GET", path, None).await;
    let status = response.status().as_u16();
    (status, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

pub fn texts(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap()
}

async fn operator_id(world: &World, who: &str) -> String {
    world.get(who, "/me").await["operator"]["id"].as_str().unwrap().to_owned()
}

async fn invite(world: &World, talk: &Value, who: &str, role: &str) {
    let body = json!({ "operator_id": operator_id(world, who).await, "role": role });
    world.put_status(who, "online").await;
    world.post(PETROVA, &format!("/consultations/{}/participants", id(talk)), body).await;
    world.settle().await;
}

impl World {
    async fn put_status(&self, who: &str, status: &str) {
        self.call(who, "PUT", "/operators/me/status", Some(json!({ "status": status }))).await.ok();
    }
}

async fn actions(world: &World, talk: &Value) -> Vec<String> {
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}&limit=200", id(talk))).await;
    let actions = audit["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap().to_owned());
    actions.filter(|action| action.starts_with("conclusion.")).collect()
}

#[tokio::test]
async fn what_is_written_is_saved_signed_and_read_by_the_patient() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let empty = draft(&world, PETROVA, &talk).await;
    assert_eq!((&empty["version"], &empty["need"], &empty["may_sign"]), (&json!(0), &json!("optional"), &json!(true)));
    let codes: Vec<&str> =
        empty["sections"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["complaint", "advice", "follow-up"]);
    world.call(ANNA, "GET", &path(&talk, "pdf"), None).await.problem(404, "not-found");

    let saved = save(&world, PETROVA, &talk, &[("advice", "Rest and warm tea."), ("complaint", "Кашель")]).await.ok();
    assert_eq!(
        (&saved["version"], &saved["unsigned"], &saved["saved_by"]["name"]),
        (&json!(1), &json!(true), &json!("Dr Petrova"))
    );
    assert_eq!(world.get(ANNA, &path(&talk, "versions")).await["versions"], json!([]), "a draft is no patient's");

    let stream = world.send(ANNA, "GET", "/events", None).await.into_body().into_data_stream();
    let signed = sign(&world, PETROVA, &talk).await.ok();
    assert_eq!((&signed["unsigned"], &signed["number"]), (&json!(false), &json!(1)));
    let version = &signed["versions"][0];
    assert_eq!(
        (&version["version"], &version["method"], &version["reason"]),
        (&json!(1), &json!("simple"), &Value::Null)
    );
    assert_eq!(version["hash"].as_str().unwrap().len(), 64);
    let told = support::until_event(stream, "consultation", |data| !data["consultation"]["conclusion"].is_null()).await;
    assert_eq!(told["consultation"]["conclusion"]["number"], 1);
    assert_eq!(told["consultation"]["conclusion"]["signed_by"]["name"], "Dr Petrova");
    let lines = world.lines(&talk).await;
    assert_eq!(lines.last().unwrap()["kind"], "conclusion_ready");

    let own = world.get(ANNA, &path(&talk, "versions")).await;
    assert_eq!(
        (&own["versions"][0]["hash"], &own["versions"][0]["signed_by"]["name"]),
        (&version["hash"], &json!("Dr Petrova"))
    );
    let (status, bytes) = pdf(&world, ANNA, &path(&talk, "pdf")).await;
    assert_eq!(status, 200);
    let text = texts(&bytes);
    for said in ["Rest and warm tea.", "Кашель", "Анна Каренина", "Dr Petrova", "Page 1 of 1", "Test clinic Ltd"]
    {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    let again = pdf(&world, VOLKOVA, &path(&talk, "pdf?version=1")).await.1;
    assert_eq!(bytes, again, "the same version is the same document");
    world.call(ANNA, "GET", &path(&talk, "pdf?version=2"), None).await.problem(404, "not-found");
    let audit = actions(&world, &talk).await;
    assert!(audit.iter().filter(|action| *action == "conclusion.read").count() >= 3, "{audit:?}");
    assert!(audit.contains(&"conclusion.signed".to_owned()) && audit.contains(&"conclusion.written".to_owned()));
}

#[tokio::test]
async fn the_patients_list_names_who_signed_the_last_version() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    save(&world, PETROVA, &talk, &[("advice", "rest")]).await.ok();
    assert_eq!(world.get(ANNA, "/consultations").await["items"][0]["conclusion"], Value::Null, "a draft is nobody's");
    sign(&world, PETROVA, &talk).await.ok();
    save(&world, VOLKOVA, &talk, &[("advice", "more rest")]).await.ok();
    amend(&world, VOLKOVA, &talk, "a slip of the pen").await.ok();
    let volkova = world.get(VOLKOVA, "/me").await["operator"].clone();
    let listed = world.get(ANNA, "/consultations").await["items"][0]["conclusion"].clone();
    assert_eq!((&listed["version"], &listed["signed_by"]["id"]), (&json!(2), &volkova["id"]));
    assert_eq!(listed["signed_by"]["name"], volkova["name"]);
}

#[tokio::test]
async fn of_two_who_write_at_once_the_second_is_told_who_was_first() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    invite(&world, &talk, SOKOLOV, "consultant").await;
    let (mine, his) = (draft(&world, PETROVA, &talk).await, draft(&world, SOKOLOV, &talk).await);
    let stream = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    save_over(&world, SOKOLOV, &talk, &his["version"], &[("complaint", CANARY)]).await.ok();
    let heard = support::events_until(stream, "conclusion", |_| true).await;
    assert!(heard.iter().all(|(_, data)| !data.to_string().contains(CANARY)), "a stream carries no text");
    let refused = save_over(&world, PETROVA, &talk, &mine["version"], &[("complaint", "hers")]).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["changed_by"]["name"], "Dr Sokolov");
    let stale = world.call(PETROVA, "POST", &path(&talk, "sign"), Some(json!({ "version": 0 }))).await;
    stale.problem(409, "conflict");
    assert_eq!(stale.body["changed_by"]["name"], "Dr Sokolov");
    save(&world, PETROVA, &talk, &[("complaint", "hers"), ("advice", "rest")]).await.ok();
    sign(&world, SOKOLOV, &talk).await.problem(403, "forbidden");
    sign(&world, PETROVA, &talk).await.ok();
}

#[tokio::test]
async fn a_conclusion_is_open_to_who_takes_part() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    save(&world, PETROVA, &talk, &[("advice", CANARY)]).await.ok();
    for what in ["draft", "preview", "versions", "pdf"] {
        world.call(SOKOLOV, "GET", &path(&talk, what), None).await.problem(403, "forbidden");
    }
    save_over(&world, SOKOLOV, &talk, &json!(1), &[("advice", "no")]).await.problem(403, "forbidden");
    sign(&world, SOKOLOV, &talk).await.problem(403, "forbidden");
    for what in ["versions", "pdf"] {
        world.call(BORIS, "GET", &path(&talk, what), None).await.problem(404, "not-found");
    }
    for what in ["draft", "preview"] {
        world.call(ANNA, "GET", &path(&talk, what), None).await.problem(403, "forbidden");
    }
    invite(&world, &talk, SOKOLOV, "observer").await;
    assert_eq!(draft(&world, SOKOLOV, &talk).await["may_write"], false);
    save(&world, SOKOLOV, &talk, &[("advice", "no")]).await.problem(403, "forbidden");
    let (status, bytes) = pdf(&world, SOKOLOV, &path(&talk, "preview")).await;
    assert!(status == 200 && texts(&bytes).contains("DRAFT"));
    sign(&world, VOLKOVA, &talk).await.ok();

    // He leaves; what is amended afterwards is not his to read.
    world.pass(60);
    let leave = format!("/consultations/{}/participants/{}", id(&talk), operator_id(&world, SOKOLOV).await);
    world.call(SOKOLOV, "DELETE", &leave, None).await.ok();
    world.pass(60);
    save(&world, PETROVA, &talk, &[("advice", "better")]).await.ok();
    amend(&world, PETROVA, &talk, "a slip of the pen").await.ok();
    let his = world.get(SOKOLOV, &path(&talk, "versions")).await;
    assert_eq!(his["versions"].as_array().unwrap().len(), 1);
    world.call(SOKOLOV, "GET", &path(&talk, "pdf?version=2"), None).await.problem(404, "not-found");
    world.call(SOKOLOV, "GET", &path(&talk, "draft"), None).await.problem(403, "forbidden");
}

#[tokio::test]
async fn what_cannot_be_written_or_signed_is_refused() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    sign(&world, PETROVA, &talk).await.problem(422, "invalid");
    for sections in [
        &[("unknown", "t")] as &[(&str, &str)],
        &[("advice", "a"), ("advice", "b")],
        &[("advice", "a\u{0}")],
        &[("advice", &"я".repeat(8_001))],
    ] {
        save(&world, PETROVA, &talk, sections).await.problem(422, "invalid");
    }
    for body in [
        json!({}),
        json!({ "version": 0, "language": "de", "sections": [] }),
        json!({ "version": 0, "language": "en", "sections": [{ "code": "advice" }] }),
        json!({ "version": 0, "language": "en", "sections": [], "title": "t" }),
    ] {
        world.call(PETROVA, "PUT", &path(&talk, "draft"), Some(body)).await.problem(422, "invalid");
    }
    assert_eq!(draft(&world, PETROVA, &talk).await["version"], 0);
    save(&world, PETROVA, &talk, &[("complaint", "cough")]).await.ok();
    let missing = sign(&world, PETROVA, &talk).await;
    missing.problem(422, "invalid");
    assert_eq!(missing.body["errors"][0]["field"], "sections.advice");
    amend(&world, PETROVA, &talk, "why").await.problem(409, "conflict");
    save(&world, PETROVA, &talk, &[("advice", "rest")]).await.ok();
    let signed = sign(&world, PETROVA, &talk).await.ok();
    // The same press after a lost answer.
    let again = world.call(PETROVA, "POST", &path(&talk, "sign"), Some(json!({ "version": 2 }))).await.ok();
    assert_eq!(again["versions"], signed["versions"]);
    sign(&world, PETROVA, &talk).await.problem(409, "conflict");
    amend(&world, PETROVA, &talk, "nothing new").await.problem(409, "conflict");
    save(&world, PETROVA, &talk, &[("advice", "more rest")]).await.ok();
    amend(&world, PETROVA, &talk, " ").await.problem(422, "invalid");
    amend(&world, PETROVA, &talk, &"я".repeat(1_001)).await.problem(422, "invalid");

    let asked = world.ask(BORIS, "general").await;
    world.settle().await;
    world.call(PETROVA, "GET", &path(&asked, "draft"), None).await.problem(403, "forbidden");
    save_over(&world, VOLKOVA, &asked, &json!(0), &[("advice", "a")]).await.problem(409, "conflict");
    let off = world.ask(BORIS, "psychology").await;
    world.call(VOLKOVA, "GET", &path(&off, "draft"), None).await.problem(409, "conflict");
    let none = json!({ "id": "unknown" });
    world.call(VOLKOVA, "GET", &path(&none, "draft"), None).await.problem(404, "not-found");
}

#[tokio::test]
async fn nothing_of_it_lies_in_the_open_and_its_patients_erasure_takes_it() {
    let world = World::start().await;
    let (anna, boris) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, PETROVA).await);
    for talk in [&anna, &boris] {
        save(&world, PETROVA, talk, &[("advice", CANARY)]).await.ok();
        sign(&world, PETROVA, talk).await.ok();
        save(&world, PETROVA, talk, &[("advice", &format!("{CANARY} again"))]).await.ok();
        amend(&world, PETROVA, talk, CANARY).await.ok();
        save(&world, PETROVA, talk, &[("advice", &format!("{CANARY} draft"))]).await.ok();
    }
    world.settle().await;
    assert!(!support::lies_in(&world.data_folder(), CANARY.as_bytes()), "a conclusion lies on the disk");
    let tenant = world.consult.tenant("clinic").unwrap();
    let patient = world.get(VOLKOVA, &format!("/consultations/{}", id(&anna))).await["patient"]["id"].clone();
    let mut writing = tenant.store.write().await.unwrap();
    let system = consilium_consult::actor::Actor::System;
    let patient = patient.as_str().unwrap().into();
    let erased = consilium_consult::conclusion::erase_patient(&mut writing, &tenant, &patient, &system).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(erased, 1);
    assert_eq!(world.get(VOLKOVA, &path(&anna, "versions")).await["versions"], json!([]));
    assert_eq!(world.get(VOLKOVA, &path(&boris, "versions")).await["versions"].as_array().unwrap().len(), 2);
}
