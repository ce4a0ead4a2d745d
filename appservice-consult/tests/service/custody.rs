//! The secret of a patient's key backup: who gets it, who is told, and who gets nothing.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::time::Duration;

use consilium_consult::custody::{self, SignIn};
use consilium_keeper::SecretWish;
use futures_util::StreamExt;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, user};

const SECRET: &str = "/me/backup-secret";
const TEN_MINUTES: i64 = 600;
/// When the world's clock begins, which is when everybody signed in unless a test says otherwise.
const BEGIN_MS: u64 = 1_700_000_000_000;

async fn ask(world: &World, who: &str) -> Value {
    world.post(who, SECRET, json!({ "device_name": "Clinic, Firefox on Linux" })).await
}

async fn entries(world: &World, action: &str) -> Vec<Value> {
    world.get(VOLKOVA, &format!("/audit?action={action}")).await["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_device_of_a_patient_gets_the_same_secret_and_no_other_patient_does() {
    let world = World::start().await;
    let ask = |who: &'static str| ask(&world, who);
    let (first, second, other) = tokio::join!(ask("anna+phone"), ask("anna+tablet"), ask(BORIS));
    assert_eq!(first["kept_by"], "clinic");
    assert_eq!(first["secret"], second["secret"]);
    assert_ne!(first["secret"], other["secret"]);
    assert_eq!(first["secret"].as_str().unwrap().len(), 44, "32 bytes in base64");
    let world = world.restart().await;
    assert_eq!(world.get(ANNA, "/me").await["custody"]["releases"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_answer_is_kept_by_no_cache() {
    let world = World::start().await;
    let response = world.send(ANNA, "POST", SECRET, None).await;
    assert_eq!((response.status().as_u16(), &response.headers()["cache-control"]), (200, &"no-store".parse().unwrap()));
}

#[tokio::test]
async fn only_a_fresh_sign_in_is_given_it() {
    let world = World::start().await;
    world.homeserver.sign_in("anna+silent", "SILENT", None);
    world.homeserver.sign_in("anna+ahead", "AHEAD", Some(BEGIN_MS + 3_600_000));
    world.pass(TEN_MINUTES);
    ask(&world, "anna+in-time").await;
    for who in ["anna+silent", "anna+ahead"] {
        world.call(who, "POST", SECRET, None).await.problem(403, "sign-in-stale");
    }
    world.pass(1);
    world.call("anna+in-time", "POST", SECRET, None).await.problem(403, "sign-in-stale");
    world.homeserver.sign_in("anna+again", "AGAIN", Some(BEGIN_MS + 600_500));
    ask(&world, "anna+again").await;
    let devices: Vec<_> = entries(&world, "backup_secret.released")
        .await
        .iter()
        .map(|entry| entry["detail"]["device_id"].clone())
        .collect();
    assert_eq!(devices, ["AGAIN", "in-time"], "what is refused releases nothing");
}

#[tokio::test]
async fn staff_have_no_secret_here() {
    let world = World::start().await;
    for who in [PETROVA, VOLKOVA] {
        world.call(who, "POST", SECRET, None).await.problem(403, "forbidden");
        world.call(who, "DELETE", SECRET, None).await.problem(403, "forbidden");
        assert_eq!(world.get(who, "/me").await["custody"], Value::Null);
    }
    assert!(world.member.secrets.lock().unwrap().is_empty());
}

#[tokio::test]
async fn every_release_is_audited_without_the_secret() {
    let world = World::start().await;
    let secret = ask(&world, "anna+phone").await["secret"].as_str().unwrap().to_owned();
    ask(&world, "anna+tablet").await;
    let found = entries(&world, "backup_secret.released").await;
    let told: Vec<_> = found.iter().map(|entry| (&entry["actor"]["user_id"], &entry["detail"])).collect();
    let anna = json!(user(ANNA));
    assert_eq!(
        told,
        [
            (&anna, &json!({ "device_id": "tablet", "made": false })),
            (&anna, &json!({ "device_id": "phone", "made": true }))
        ]
    );
    let everything = format!("{} {}", world.get(VOLKOVA, "/audit").await, world.get(ANNA, "/me").await);
    assert!(!everything.contains(&secret));
}

#[tokio::test]
async fn the_other_devices_are_told_at_once_and_those_that_slept_see_it_later() {
    let world = World::start().await;
    let response = world.send(ANNA, "GET", "/events", None).await;
    let mut stream = response.into_body().into_data_stream();
    let staff = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    world.post("anna+phone", SECRET, json!({ "device_name": "  My\u{7} phone " })).await;
    let mut heard = String::new();
    while !heard.contains("event: custody") {
        let chunk = tokio::time::timeout(Duration::from_secs(5), stream.next()).await.unwrap().unwrap().unwrap();
        heard.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    let data = heard.lines().skip_while(|line| *line != "event: custody").find_map(|line| line.strip_prefix("data: "));
    let told: Value = serde_json::from_str(data.unwrap_or_else(|| panic!("{heard}"))).unwrap();
    let release = &told["custody"]["releases"][0];
    assert_eq!((&release["device_id"], &release["device_name"]), (&json!("phone"), &json!("My phone")));
    assert_eq!(world.get(ANNA, "/me").await["custody"], told["custody"]);
    // Nothing of it goes to staff: the next thing that they hear is a question.
    world.ask(BORIS, "general").await;
    let mut staff = staff;
    let mut at_desk = String::new();
    while !at_desk.contains("event: consultation") {
        let chunk = tokio::time::timeout(Duration::from_secs(5), staff.next()).await.unwrap().unwrap().unwrap();
        at_desk.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    assert!(!at_desk.contains("custody"), "{at_desk}");
}

#[tokio::test]
async fn who_asks_too_often_is_refused() {
    let world = World::start().await;
    for _ in 0..10 {
        world.call(ANNA, "POST", SECRET, None).await.ok();
    }
    let refused = world.call("anna+phone", "POST", SECRET, None).await;
    refused.problem(429, "rate-limited");
    assert!(refused.body["retry_after_ms"].as_u64().unwrap() > 1_000);
    ask(&world, BORIS).await;
    assert_eq!(entries(&world, "backup_secret.released").await.len(), 11);
}

#[tokio::test]
async fn a_patient_takes_the_secret_into_his_own_hands_and_may_begin_anew() {
    let world = World::start().await;
    assert_eq!(world.get(ANNA, "/me").await["custody"], json!({ "kept_by": null, "releases": [] }));
    ask(&world, ANNA).await;
    assert_eq!(world.get(ANNA, "/me").await["custody"]["kept_by"], "clinic");
    let taken = world.call(ANNA, "DELETE", SECRET, None).await.ok();
    assert_eq!(taken["kept_by"], "person");
    assert_eq!(world.member.secrets.lock().unwrap().get(&user(ANNA)), Some(&None));
    assert_eq!(entries(&world, "backup_secret.taken_over").await[0]["detail"], json!({ "device_id": "D" }));
    assert_eq!(ask(&world, "anna+new").await, json!({ "kept_by": "person", "secret": null }));
    assert_eq!(entries(&world, "backup_secret.released").await.len(), 1);
    let anew = world.post("anna+new", SECRET, json!({ "start_over": true })).await;
    assert_eq!(anew["kept_by"], "clinic");
    assert_eq!(world.get(ANNA, "/me").await["custody"]["kept_by"], "clinic");
}

#[tokio::test]
async fn the_newest_releases_are_shown_and_the_audit_has_all() {
    let world = World::start().await;
    world.get(ANNA, "/me").await;
    let tenant = world.consult.tenant("clinic").unwrap();
    let anna = tenant.patients.by_user(&user(ANNA).as_str().into()).unwrap();
    for number in 0..23 {
        let device = format!("D{number}");
        let sign_in = SignIn { at: Some(tenant.context.now()), device_id: Some(&device), device_name: None };
        custody::release(&tenant, &anna, &sign_in, SecretWish::Kept).await.unwrap().unwrap();
        world.pass(1);
    }
    let shown = world.get(ANNA, "/me").await["custody"]["releases"].as_array().unwrap().clone();
    assert_eq!((shown.len(), &shown[0]["device_id"], &shown[19]["device_id"]), (20, &json!("D22"), &json!("D3")));
    assert_eq!(world.get(VOLKOVA, "/audit?action=backup_secret.released").await["total"], 23);
}
