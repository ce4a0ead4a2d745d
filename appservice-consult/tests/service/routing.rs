//! What waits finds its operator by itself: offers, taken, passed and lapsed; who is asked, and who is not.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::brand::{Brand, Overflow, RoutingStrategy};
use consilium_consult::{routing, timer};
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

const OFFER_SECONDS: i64 = 30;
const ASK_AGAIN_SECONDS: i64 = 300;

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn in_turn(brand: &mut Brand) {
    for queue in &mut brand.queues {
        queue.routing.strategy = RoutingStrategy::RoundRobin;
    }
}

/// The desk asks by itself; Petrova and Sokolov have time.
async fn world() -> World {
    let world = World::start_as(in_turn).await;
    for who in [PETROVA, SOKOLOV] {
        status(&world, who, "online").await;
    }
    world
}

async fn status(world: &World, who: &str, status: &str) {
    world.call(who, "PUT", "/operators/me/status", Some(json!({ "status": status }))).await.ok();
}

async fn drain(world: &World) {
    routing::drain(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

/// What happens because time passed, and what follows.
async fn look(world: &World) {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    drain(world).await;
}

async fn ask(world: &World, who: &str, queue: &str) -> Value {
    let asked = world.ask(who, queue).await;
    drain(world).await;
    asked
}

async fn seen(world: &World, consultation: &Value) -> Value {
    world.get(VOLKOVA, &format!("/consultations/{}", id(consultation))).await
}

/// Who is asked; empty: nobody.
async fn asked(world: &World, consultation: &Value) -> String {
    seen(world, consultation).await["offer"]["to"]["name"].as_str().unwrap_or_default().to_owned()
}

fn account(name: &str) -> &'static str {
    match name {
        "Dr Petrova" => PETROVA,
        "Dr Sokolov" => SOKOLOV,
        other => panic!("nobody should be asked but Petrova and Sokolov: {other:?}"),
    }
}

#[tokio::test]
async fn what_is_asked_is_offered_at_once_and_only_who_is_asked_can_take_it() {
    let world = world().await;
    let talk = ask(&world, ANNA, "general").await;
    let first = account(&asked(&world, &talk).await);
    let other = if first == PETROVA { SOKOLOV } else { PETROVA };
    let refused = world.call(other, "POST", &format!("/consultations/{}/take", id(&talk)), None).await;
    refused.problem(409, "offered");
    assert!(refused.body["offered_to"]["name"].is_string());
    let own = world.get(ANNA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!((&own["phase"], own["waiting"]["place"].as_u64()), (&json!("queued"), Some(1)), "the patient waits");
    assert!(own.get("offer").is_none(), "whom the desk asks is no patient's business");
    world.post(first, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    let taken = seen(&world, &talk).await;
    assert_eq!((&taken["phase"], &taken["offer"]), (&json!("active"), &Value::Null));
    let actions: Vec<&str> =
        taken["history"].as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["requested", "offered", "taken"]);
}

#[tokio::test]
async fn what_is_passed_goes_to_the_next_and_keeps_its_place() {
    let world = world().await;
    let talk = ask(&world, ANNA, "general").await;
    let first = asked(&world, &talk).await;
    world.post(account(&first), &format!("/consultations/{}/pass", id(&talk)), json!({})).await;
    drain(&world).await;
    let second = asked(&world, &talk).await;
    assert_ne!(account(&second), account(&first));
    world.post(account(&second), &format!("/consultations/{}/pass", id(&talk)), json!({})).await;
    drain(&world).await;
    assert_eq!(asked(&world, &talk).await, "", "both left it to others");
    assert_eq!(seen(&world, &talk).await["waiting"]["place"], 1);
    world.pass(ASK_AGAIN_SECONDS);
    drain(&world).await;
    assert_ne!(asked(&world, &talk).await, "", "after a while they are asked again");
}

#[tokio::test]
async fn whoever_does_not_answer_is_away_and_another_is_asked() {
    let world = world().await;
    let talk = ask(&world, ANNA, "general").await;
    let first = asked(&world, &talk).await;
    world.pass(OFFER_SECONDS - 1);
    look(&world).await;
    assert_eq!(asked(&world, &talk).await, first);
    world.pass(1);
    look(&world).await;
    let second = asked(&world, &talk).await;
    assert_ne!(account(&second), account(&first));
    let me = world.get(account(&first), "/me").await;
    assert_eq!(me["operator"]["status"], "away");
    assert_eq!(me["operator"]["status_reason"], "missed_offer");
}

#[tokio::test]
async fn nobody_gets_more_than_he_has_room_for_and_who_gets_room_is_asked() {
    let world = World::start_as(in_turn).await;
    let petrova = id(&world.get(PETROVA, "/me").await["operator"]).to_owned();
    world.call(VOLKOVA, "PATCH", &format!("/operators/{petrova}"), Some(json!({ "capacity": 1 }))).await.ok();
    status(&world, PETROVA, "online").await;
    let first = ask(&world, ANNA, "general").await;
    world.pass(1);
    let second = ask(&world, BORIS, "general").await;
    assert_eq!((asked(&world, &first).await.as_str(), asked(&world, &second).await.as_str()), ("Dr Petrova", ""));
    world.post(PETROVA, &format!("/consultations/{}/take", id(&first)), json!({})).await;
    drain(&world).await;
    assert_eq!(asked(&world, &second).await, "");
    world.post(PETROVA, &format!("/consultations/{}/close", id(&first)), json!({})).await;
    drain(&world).await;
    assert_eq!(asked(&world, &second).await, "Dr Petrova");
}

#[tokio::test]
async fn who_comes_to_his_desk_is_asked_for_what_waits_longest() {
    let world = World::start_as(in_turn).await;
    let first = ask(&world, ANNA, "general").await;
    world.pass(60);
    let second = ask(&world, BORIS, "general").await;
    assert_eq!(asked(&world, &first).await, "", "nobody is there");
    let sokolov = id(&world.get(SOKOLOV, "/me").await["operator"]).to_owned();
    world.call(VOLKOVA, "PATCH", &format!("/operators/{sokolov}"), Some(json!({ "capacity": 1 }))).await.ok();
    status(&world, SOKOLOV, "online").await;
    drain(&world).await;
    assert_eq!((asked(&world, &first).await.as_str(), asked(&world, &second).await.as_str()), ("Dr Sokolov", ""));
}

#[tokio::test]
async fn the_doctor_of_last_time_is_asked_first() {
    let world = world().await;
    let talk = ask(&world, ANNA, "general").await;
    let doctor = asked(&world, &talk).await;
    world.post(account(&doctor), &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    world.post(account(&doctor), &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.pass(2 * 3_600);
    let again = ask(&world, ANNA, "general").await;
    assert_eq!(asked(&world, &again).await, doctor);
}

#[tokio::test]
async fn what_is_handed_to_a_colleague_is_offered_to_him_even_by_hand() {
    let world = World::start().await;
    status(&world, SOKOLOV, "transfer_only").await;
    let talk = world.talk(ANNA, PETROVA).await;
    let sokolov = id(&world.get(SOKOLOV, "/me").await["operator"]).to_owned();
    let body = json!({ "to": { "operator_id": sokolov }, "note": "a tooth" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&talk)), body).await;
    drain(&world).await;
    assert_eq!(asked(&world, &talk).await, "Dr Sokolov");
}

#[tokio::test]
async fn skills_languages_hours_and_help_from_another_queue() {
    let world = World::start_as(|brand| {
        in_turn(brand);
        for queue in &mut brand.queues {
            queue.routing.skills = if queue.id == "dental" { vec!["teeth".to_owned()] } else { Vec::new() };
            queue.routing.overflow =
                (queue.id == "dental").then(|| Overflow { queue: "general".to_owned(), after_minutes: 10 });
        }
    })
    .await;
    for who in [PETROVA, SOKOLOV] {
        status(&world, who, "online").await;
    }
    let dental = ask(&world, ANNA, "dental").await;
    assert_eq!(asked(&world, &dental).await, "", "nobody knows teeth");
    let sokolov = id(&world.get(SOKOLOV, "/me").await["operator"]).to_owned();
    let knows = json!({ "skills": ["teeth"], "languages": ["en"] });
    world.call(VOLKOVA, "PATCH", &format!("/operators/{sokolov}"), Some(knows)).await.ok();
    drain(&world).await;
    assert_eq!(asked(&world, &dental).await, "", "Sokolov serves another queue");
    world.pass(600);
    drain(&world).await;
    assert_eq!(asked(&world, &dental).await, "Dr Sokolov", "now his queue helps out");
    let refused = json!({ "languages": ["tlh"] });
    world.call(VOLKOVA, "PATCH", &format!("/operators/{sokolov}"), Some(refused)).await.problem(422, "invalid");
}
