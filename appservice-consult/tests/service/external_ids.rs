//! By which numbers partners' systems knew a patient, since when and at whose word.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_consult::patient;
use serde_json::{Value, json};
use support::partner::{Partner, SCOPES};
use support::{PETROVA, VOLKOVA, World, lies_in};

use crate::merge::{merge, two};

const CANARY: &str = "canary-number-17";

async fn numbers(world: &World, id: &str) -> Value {
    let card = world.get(PETROVA, &format!("/patients/{id}")).await;
    let changes = card["external_ids"].as_array().unwrap().iter();
    changes.map(|change| json!([change["external_id"], change["by"]])).collect()
}

async fn set(world: &World, id: &str, number: &Value) {
    world.call(VOLKOVA, "PATCH", &format!("/patients/{id}"), Some(json!({ "external_id": number }))).await.ok();
}

#[tokio::test]
async fn each_number_is_on_the_card_with_who_said_it_and_when() {
    let world = World::start().await;
    let (id, _) = two(&world).await;
    assert_eq!(numbers(&world, &id).await, json!([]));
    set(&world, &id, &json!(CANARY)).await;
    world.pass(60);
    let crm = Partner::with(&world, "Our CRM", &SCOPES).await;
    let path = format!("/patients/{id}");
    assert!(crm.call("PATCH", &path, Some(json!({ "external_id": "B-2" }))).await.status.is_success());
    world.pass(60);
    set(&world, &id, &Value::Null).await;
    world.call(VOLKOVA, "PATCH", &path, Some(json!({ "phone": "+74950000001" }))).await.ok();
    let expected = json!([[null, "Ms Volkova"], ["B-2", "Our CRM"], [CANARY, "Ms Volkova"]]);
    assert_eq!(numbers(&world, &id).await, expected);
    let card = world.get(PETROVA, &path).await;
    let times: Vec<_> =
        card["external_ids"].as_array().unwrap().iter().map(|one| one["at"].as_str().unwrap()).collect();
    assert!(times[0] > times[1] && times[1] > times[2], "{times:?}");
    assert!(!lies_in(&world.data_folder(), CANARY.as_bytes()), "a number of a partner's is personal");
}

/// How many numbers the row of a card remembers.
async fn kept(world: &World, id: &str) -> usize {
    let tenant = world.consult.tenant("clinic").unwrap();
    let mut reading = tenant.store.read().await.unwrap();
    let record = patient::load(&mut reading, &tenant.key, &id.into()).await.unwrap().unwrap();
    record.card.external_ids.len()
}

#[tokio::test]
async fn it_outlives_a_restart_and_not_the_account() {
    let world = World::start().await;
    let (anna, _) = two(&world).await;
    set(&world, &anna, &json!("A-1")).await;
    let world = world.restart().await;
    assert_eq!(numbers(&world, &anna).await, json!([["A-1", "Ms Volkova"]]));
    assert_eq!(kept(&world, &anna).await, 1);
    let body = json!({ "confirm": "delete", "reason": "A written request" });
    let deleted = world.call(VOLKOVA, "POST", &format!("/patients/{anna}/deletion"), Some(body)).await;
    assert!(deleted.status.is_success(), "{}", deleted.body);
    assert_eq!(kept(&world, &anna).await, 0);
}

#[tokio::test]
async fn a_card_of_two_accounts_has_the_numbers_of_both() {
    let world = World::start().await;
    let (anna, boris) = two(&world).await;
    set(&world, &anna, &json!("A-1")).await;
    world.pass(60);
    set(&world, &boris, &json!("B-1")).await;
    merge(&world, &anna, &boris, &[]).await;
    assert_eq!(numbers(&world, &anna).await, json!([["B-1", "Ms Volkova"], ["A-1", "Ms Volkova"]]));
}
