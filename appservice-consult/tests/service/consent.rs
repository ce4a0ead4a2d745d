//! The consent ledger over HTTP: agreeing to the text that was shown, withdrawing, what does not begin without, who reads it, and what is left of it for years.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::io::{Cursor, Read};

use consilium_config::Brand;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use support::partner::{Partner, SCOPES};
use support::{ANNA, Answer, BORIS, PETROVA, VOLKOVA, World};
use zip::ZipArchive;

const CONSENTS: &str = r#"
[[consents]]
id = "treatment"
required = true
title = { en = "I agree to be advised", ru = "Я согласен на консультацию" }
summary = { en = "By chat.", ru = "В чате." }
text = { en = "Advice by chat.\n\nNo diagnosis.", ru = "Совет в чате.\n\nБез диагноза." }
[[consents]]
id = "personal-data"
required = true
title = { en = "I agree that my data are processed", ru = "Я согласен на обработку данных" }
summary = { en = "To advise me.", ru = "Для консультации." }
text = { en = "Name and messages.", ru = "Имя и сообщения." }
[[consents]]
id = "news"
asked = "profile"
title = { en = "I agree to get news", ru = "Я согласен на новости" }
summary = { en = "Once a month.", ru = "Раз в месяц." }
text = { en = "Letters.", ru = "Письма." }
"#;

#[derive(serde::Deserialize)]
struct Asked {
    consents: Vec<consilium_config::brand::Consent>,
}

/// Two that are required, and one that is not.
pub fn asks(brand: &mut Brand) {
    brand.consents = toml::from_str::<Asked>(CONSENTS).unwrap().consents;
}

/// The text of the first is another one.
pub fn changes(brand: &mut Brand) {
    let text = [("en", "Advice by chat and video."), ("ru", "Совет в чате и по видео.")];
    brand.consents[0].text = text.into();
}

pub async fn consents(world: &World, who: &str) -> Vec<Value> {
    world.get(who, "/me/consents").await["consents"].as_array().unwrap().clone()
}

async fn statuses(world: &World, who: &str) -> Vec<String> {
    consents(world, who).await.iter().map(|one| one["status"].as_str().unwrap().to_owned()).collect()
}

pub fn given(consent: &Value) -> Value {
    json!({ "purpose": consent["purpose"], "hash": consent["offered"]["hash"] })
}

async fn required(world: &World, who: &str) -> Vec<Value> {
    consents(world, who).await.iter().filter(|one| one["required"] == true).map(given).collect()
}

fn question(queue: &str, consents: &[Value]) -> Value {
    json!({ "queue_id": queue, "request_id": support::request_id(), "consents": consents })
}

async fn ask(world: &World, who: &str, consents: &[Value]) -> Answer {
    world.call(who, "POST", "/consultations", Some(question("general", consents))).await
}

pub async fn give(world: &World, who: &str, consent: &Value) -> Answer {
    let path = format!("/me/consents/{}", consent["purpose"].as_str().unwrap());
    world.call(who, "PUT", &path, Some(json!({ "hash": consent["hash"] }))).await
}

pub async fn withdraw(world: &World, who: &str, purpose: &str) -> Answer {
    world.call(who, "DELETE", &format!("/me/consents/{purpose}"), None).await
}

pub async fn agree(world: &World, who: &str) {
    for consent in required(world, who).await {
        give(world, who, &consent).await.ok();
    }
}

async fn patient_id(world: &World, localpart: &str) -> String {
    let page = world.get(VOLKOVA, &format!("/patients?user={localpart}")).await;
    page["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn waiting(world: &World) -> Value {
    world.get(PETROVA, "/consultations?view=waiting").await["items"].clone()
}

#[tokio::test]
async fn a_patient_is_shown_each_text_and_its_hash_and_agrees_to_that() {
    let world = World::start_as(asks).await;
    let all = consents(&world, ANNA).await;
    assert_eq!(all.iter().map(|one| &one["purpose"]).collect::<Vec<_>>(), ["treatment", "personal-data", "news"]);
    assert!(all.iter().all(|one| one["status"] == "proposed" && one["last"].is_null()), "{all:?}");
    assert_eq!((&all[0]["required"], &all[2]["required"]), (&json!(true), &json!(false)));
    assert_eq!((&all[0]["asked"], &all[2]["asked"]), (&json!("before_first_question"), &json!("profile")));
    let shown = "I agree to be advised\n\nBy chat.\n\nAdvice by chat.\n\nNo diagnosis.";
    assert_eq!(all[0]["offered"]["hash"], hex::encode(Sha256::digest(shown)));
    let agreed = give(&world, ANNA, &given(&all[0])).await.ok();
    assert_eq!((&agreed["status"], &agreed["last"]["decision"]), (&json!("active"), &json!("given")));
    assert_eq!(agreed["last"]["document"], all[0]["offered"]);
    assert_eq!((&agreed["last"]["device_id"], agreed["last"]["at"].is_string()), (&json!("D"), true));
    assert_eq!(statuses(&world, ANNA).await, ["active", "proposed", "proposed"]);
    assert_eq!(statuses(&world, BORIS).await, ["proposed", "proposed", "proposed"], "each agrees for himself");
}

#[tokio::test]
async fn nothing_begins_before_everything_required_is_agreed_to() {
    let world = World::start_as(asks).await;
    let refused = ask(&world, ANNA, &[]).await;
    refused.problem(409, "consents-missing");
    assert_eq!(refused.body["consents"], json!(["treatment", "personal-data"]));
    let all = required(&world, ANNA).await;
    let half = ask(&world, ANNA, &all[..1]).await;
    half.problem(409, "consents-missing");
    assert_eq!(half.body["consents"], json!(["personal-data"]));
    assert_eq!(statuses(&world, ANNA).await[0], "proposed", "what was refused left nothing");
    let order = world.call(ANNA, "POST", "/callbacks", Some(question("general", &[]))).await;
    order.problem(409, "consents-missing");
    assert_eq!(waiting(&world).await, json!([]));
    assert_eq!(world.get(ANNA, "/conversations").await["conversations"], json!([]));
    ask(&world, ANNA, &all).await.ok();
    assert_eq!(statuses(&world, ANNA).await, ["active", "active", "proposed"]);
    assert_eq!(waiting(&world).await.as_array().unwrap().len(), 1);
    let order =
        world.call(BORIS, "POST", "/callbacks", Some(question("general", &required(&world, BORIS).await))).await;
    order.ok();
    assert_eq!(statuses(&world, BORIS).await[..2], ["active", "active"]);
}

#[tokio::test]
async fn a_partners_system_begins_nothing_for_who_has_not_agreed() {
    let world = World::start_as(asks).await;
    world.get(ANNA, "/me").await;
    let (system, patient) = (Partner::with(&world, "CRM", &SCOPES).await, patient_id(&world, ANNA).await);
    for what in ["consultations", "callbacks"] {
        let path = format!("/patients/{patient}/{what}");
        system.call("POST", &path, Some(json!({ "queue_id": "general" }))).await.problem(409, "consents-missing");
    }
    agree(&world, ANNA).await;
    let path = format!("/patients/{patient}/consultations");
    system.call("POST", &path, Some(json!({ "queue_id": "general" }))).await.ok();
}

#[tokio::test]
async fn a_text_that_is_not_todays_is_refused_and_what_was_agreed_to_is_asked_for_anew() {
    let world = World::start_as(asks).await;
    let before = required(&world, ANNA).await;
    agree(&world, ANNA).await;
    let world = world.restart_with(changes).await;
    let all = consents(&world, ANNA).await;
    assert_eq!((&all[0]["status"], &all[1]["status"]), (&json!("outdated"), &json!("active")));
    assert_eq!(all[0]["last"]["document"]["text"], "Advice by chat.\n\nNo diagnosis.", "what was agreed to is shown");
    assert_ne!(all[0]["offered"]["hash"], all[0]["last"]["document"]["hash"]);
    ask(&world, ANNA, &[]).await.problem(409, "consents-missing");
    let stale = ask(&world, ANNA, &before).await;
    stale.problem(409, "consent-changed");
    assert_eq!(stale.body["consents"], json!(["treatment"]));
    give(&world, ANNA, &before[0]).await.problem(409, "consent-changed");
    assert_eq!(waiting(&world).await, json!([]));
    ask(&world, ANNA, &required(&world, ANNA).await).await.ok();
    assert_eq!(statuses(&world, ANNA).await[..2], ["active", "active"]);
}

#[tokio::test]
async fn a_consent_that_is_none_is_refused() {
    let world = World::start_as(asks).await;
    let hash = "0".repeat(64);
    let other = json!({ "purpose": "research", "hash": hash });
    give(&world, ANNA, &other).await.problem(404, "not-found");
    withdraw(&world, ANNA, "news").await.problem(404, "not-found");
    let mut all = required(&world, ANNA).await;
    all.push(other);
    ask(&world, ANNA, &all).await.problem(422, "invalid");
    let many: Vec<Value> = all[..1].iter().cycle().take(4).cloned().collect();
    ask(&world, ANNA, &many).await.problem(422, "invalid");
    give(&world, ANNA, &json!({ "purpose": "news", "hash": hash })).await.problem(409, "consent-changed");
    world.call(ANNA, "PUT", "/me/consents/news", Some(json!({}))).await.problem(422, "invalid");
    assert_eq!(statuses(&world, ANNA).await, ["proposed"; 3]);
}

#[tokio::test]
async fn who_withdraws_keeps_what_is_open_and_begins_nothing_new_until_he_agrees_again() {
    let world = World::start_as(asks).await;
    agree(&world, ANNA).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let effects = &consents(&world, ANNA).await[0]["withdrawal"];
    assert_eq!(*effects, json!(["nothing_new_begins", "open_goes_on", "nothing_is_deleted"]));
    world.pass(1);
    for _ in 0..2 {
        withdraw(&world, ANNA, "treatment").await.ok();
    }
    let all = consents(&world, ANNA).await;
    assert_eq!((&all[0]["status"], &all[0]["last"]["decision"]), (&json!("inactive"), &json!("withdrawn")));
    world.say(ANNA, room, "it still hurts").await;
    let path = format!("/consultations/{}", talk["id"].as_str().unwrap());
    let open = world.get(PETROVA, &path).await;
    assert_eq!((&open["phase"], &open["message_count"]), (&json!("active"), &json!(1)));
    world.post(PETROVA, &format!("{path}/close"), json!({})).await;
    world.settle().await;
    ask(&world, ANNA, &[]).await.problem(409, "consents-missing");
    give(&world, ANNA, &given(&all[0])).await.ok();
    ask(&world, ANNA, &[]).await.ok();
    let patient = patient_id(&world, ANNA).await;
    let entries = world.get(VOLKOVA, &format!("/patients/{patient}/consents")).await["entries"].clone();
    let decisions: Vec<_> = entries.as_array().unwrap().iter().filter(|one| one["purpose"] == "treatment").collect();
    assert_eq!(decisions.iter().map(|one| &one["decision"]).collect::<Vec<_>>(), ["given", "withdrawn", "given"]);
}

#[tokio::test]
async fn a_repeated_question_and_a_repeated_consent_write_one_entry() {
    let world = World::start_as(asks).await;
    let all = required(&world, ANNA).await;
    let body = question("general", &all);
    let first = world.post(ANNA, "/consultations", body.clone()).await;
    assert_eq!(world.post(ANNA, "/consultations", body).await["id"], first["id"]);
    give(&world, ANNA, &all[0]).await.ok();
    let patient = patient_id(&world, ANNA).await;
    let entries = world.get(PETROVA, &format!("/patients/{patient}/consents")).await["entries"].clone();
    assert_eq!(entries.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn who_writes_from_another_client_is_told_what_is_missing_and_where_and_begins_nothing() {
    let world = World::start_as(asks).await;
    agree(&world, ANNA).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    world.post(PETROVA, &format!("/consultations/{}/close", talk["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;
    withdraw(&world, ANNA, "personal-data").await.ok();
    world.pass(1);
    let told = || world.member.said_in(room).into_iter().filter(|said| said.get("chat.consilium.notice").is_none());
    for _ in 0..3 {
        world.say(ANNA, room, "it is back").await;
        world.settle().await;
    }
    let notices: Vec<Value> = told().collect();
    assert_eq!(notices.len(), 1, "once in a while, however much is written: {notices:?}");
    let body = notices[0]["body"].as_str().unwrap();
    assert!(body.contains("I agree that my data are processed") && !body.contains("to be advised"), "{body}");
    assert!(body.contains("https://"), "{body}");
    assert_eq!(world.get(VOLKOVA, "/consultations?view=waiting").await["total"], 0);
    world.pass(601);
    world.say(ANNA, room, "hello?").await;
    world.settle().await;
    assert_eq!(told().count(), 2);
    agree(&world, ANNA).await;
    world.say(ANNA, room, "now").await;
    world.settle().await;
    assert_eq!(world.get(VOLKOVA, "/consultations?view=waiting").await["total"], 1);
}

#[tokio::test]
async fn a_word_of_before_the_close_belongs_to_what_was_said_though_consent_was_withdrawn_meanwhile() {
    let world = World::start_as(asks).await;
    agree(&world, ANNA).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let thanks = json!({ "msgtype": "m.text", "body": "thank you" });
    let on_the_way = world.homeserver.message(&support::user(ANNA), room, thanks);
    withdraw(&world, ANNA, "treatment").await.ok();
    world.pass(1);
    let path = format!("/consultations/{}", talk["id"].as_str().unwrap());
    world.post(PETROVA, &format!("{path}/close"), json!({})).await;
    assert_eq!(world.deliver(vec![on_the_way]).await, 200);
    world.settle().await;
    let closed = world.get(VOLKOVA, &path).await;
    assert_eq!((&closed["phase"], &closed["message_count"]), (&json!("archived"), &json!(1)));
}

#[tokio::test]
async fn staff_reads_consents_on_the_card_and_each_reading_is_recorded() {
    let world = World::start_as(asks).await;
    ask(&world, ANNA, &required(&world, ANNA).await).await.ok();
    let patient = patient_id(&world, ANNA).await;
    let card = world.get(PETROVA, &format!("/patients/{patient}")).await;
    let shown = card["consents"].as_array().unwrap();
    assert_eq!((&shown[0]["title"], &shown[0]["status"]), (&json!("I agree to be advised"), &json!("active")));
    assert!(shown[0]["decided_at"].is_string() && shown[2]["decided_at"].is_null(), "{shown:?}");
    let path = format!("/patients/{patient}/consents");
    let entries = world.get(PETROVA, &path).await["entries"].clone();
    assert!(!entries[0]["document"]["text"].as_str().unwrap().is_empty());
    let audit = world.get(VOLKOVA, &format!("/audit?subject={patient}&limit=200")).await;
    let count = |action: &str| audit["items"].as_array().unwrap().iter().filter(|one| one["action"] == action).count();
    assert_eq!((count("patient.read"), count("consent.given")), (2, 2), "{audit}");
    world.call(BORIS, "GET", &path, None).await.problem(403, "forbidden");
    world.call(PETROVA, "GET", "/patients/unknown/consents", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_consent_that_the_brand_asks_for_no_more_is_shown_and_can_be_withdrawn() {
    let world = World::start_as(asks).await;
    let news = given(&consents(&world, ANNA).await[2]);
    give(&world, ANNA, &news).await.ok();
    let world = world.restart_with(|brand| brand.consents.clear()).await;
    let all = consents(&world, ANNA).await;
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!((&all[0]["offered"], &all[0]["last"]["document"]["text"]), (&Value::Null, &json!("Letters.")));
    world.ask(ANNA, "general").await;
    give(&world, ANNA, &news).await.problem(404, "not-found");
    assert_eq!(withdraw(&world, ANNA, "news").await.ok()["consents"], json!([]));
}

#[tokio::test]
async fn the_copy_of_own_data_has_what_was_agreed_to_in_page_and_data() {
    let world = World::start_as(asks).await;
    agree(&world, ANNA).await;
    world.pass(60);
    withdraw(&world, ANNA, "treatment").await.ok();
    agree(&world, BORIS).await;
    let response = world.send(ANNA, "GET", "/me/export", None).await;
    let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
    let mut copy = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        copy.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let data: Value = serde_json::from_str(&read("data.json")).unwrap();
    let entries = data["consents"].as_array().unwrap();
    let decisions: Vec<_> = entries.iter().map(|one| (&one["purpose"], &one["decision"])).collect();
    assert_eq!(decisions.len(), 3, "{decisions:?}");
    assert_eq!(decisions[2], (&json!("treatment"), &json!("withdrawn")));
    assert_eq!(entries[0]["device_id"], "D");
    let page = read("index.html");
    for said in
        ["I agree to be advised", "No diagnosis.", "Withdrawn", entries[0]["document"]["hash"].as_str().unwrap()]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
}

#[tokio::test]
async fn with_the_account_goes_the_device_and_the_evidence_stays_as_a_record_without_a_name() {
    let world = World::start_as(asks).await;
    agree(&world, ANNA).await;
    let patient = patient_id(&world, ANNA).await;
    let plan = world.get(ANNA, "/me/deletion").await;
    assert!(plan["remains"].to_string().contains("consents"), "{plan}");
    world.call(ANNA, "POST", "/me/deletion", Some(json!({ "confirm": "delete" }))).await.ok();
    for _ in 0..3 {
        world.pass(60);
        world.settle_late().await;
    }
    let entries = world.get(VOLKOVA, &format!("/patients/{patient}/consents")).await["entries"].clone();
    let entries = entries.as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert!(entries.iter().all(|one| one["device_id"].is_null() && one["document"]["text"].is_string()), "{entries:?}");
}
