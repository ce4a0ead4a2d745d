//! What waits finds its operator by itself: offers, taken, passed and lapsed; who is asked, and who is not.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::brand::{Brand, Closure, Holiday, Overflow, RoutingStrategy};
use consilium_consult::{routing, timer};
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

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
    // The clock of the tests moves by milliseconds by itself.
    world.pass(ASK_AGAIN_SECONDS + 1);
    drain(&world).await;
    let again = seen(&world, &talk).await;
    assert!(again["offer"]["to"].is_object(), "after a while they are asked again: {again}");
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
async fn a_talk_whose_patient_is_silent_takes_what_its_queue_says_until_he_writes() {
    let world = World::start_as(|brand| {
        in_turn(brand);
        for queue in &mut brand.queues {
            queue.routing.idle_weight = Some(0);
        }
    })
    .await;
    let petrova = id(&world.get(PETROVA, "/me").await["operator"]).to_owned();
    world.call(VOLKOVA, "PATCH", &format!("/operators/{petrova}"), Some(json!({ "capacity": 1 }))).await.ok();
    status(&world, PETROVA, "online").await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    world.say(ANNA, room, "It hurts").await;
    let other = ask(&world, BORIS, "general").await;
    assert_eq!(asked(&world, &other).await, "", "somebody waits for her answer");
    world.say(PETROVA, room, "Since when?").await;
    drain(&world).await;
    assert_eq!(asked(&world, &other).await, "Dr Petrova");
    world.post(PETROVA, &format!("/consultations/{}/take", id(&other)), json!({})).await;
    world.say(ANNA, room, "Since Monday").await;
    let third = ask(&world, "clara", "general").await;
    assert_eq!(asked(&world, &third).await, "", "she has as much as she can have");
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

#[tokio::test]
async fn whoever_leaves_his_desk_is_not_waited_for() {
    let world = world().await;
    let talk = ask(&world, ANNA, "general").await;
    let first = asked(&world, &talk).await;
    status(&world, account(&first), "break").await;
    drain(&world).await;
    let second = asked(&world, &talk).await;
    assert_ne!(account(&second), account(&first), "without waiting for the offer's end");
    assert_eq!(world.get(account(&first), "/me").await["operator"]["status"], "break");
}

#[tokio::test]
async fn what_is_handed_back_to_a_queue_is_not_offered_to_who_handed_it_back() {
    let world = world().await;
    let talk = ask(&world, ANNA, "general").await;
    let first = asked(&world, &talk).await;
    world.post(account(&first), &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    let body = json!({ "to": { "queue_id": "general" }, "note": "not mine" });
    world.post(account(&first), &format!("/consultations/{}/transfer", id(&talk)), body).await;
    drain(&world).await;
    assert_ne!(asked(&world, &talk).await, first);
    assert_ne!(asked(&world, &talk).await, "");
}

/// Petrova serves the psychologists' queue, which works 9 to 18 on weekdays in Moscow. It is 01:13 there on a Wednesday.
async fn by_day(change: impl FnOnce(&mut Brand)) -> World {
    let world = World::start_as(|brand| {
        in_turn(brand);
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 10_000;
        }
        change(brand);
    })
    .await;
    let petrova = id(&world.get(PETROVA, "/me").await["operator"]).to_owned();
    let serves = json!({ "queues": ["psychology"] });
    world.call(VOLKOVA, "PATCH", &format!("/operators/{petrova}"), Some(serves)).await.ok();
    status(&world, PETROVA, "online").await;
    world
}

#[tokio::test]
async fn nobody_is_asked_at_night_and_what_waited_is_offered_when_the_queue_opens() {
    let world = by_day(|_| {}).await;
    let talk = ask(&world, ANNA, "psychology").await;
    assert_eq!(asked(&world, &talk).await, "", "it is night");
    let hours = world.get(PETROVA, "/queues/psychology/hours").await;
    assert_eq!((&hours["open"], &hours["closes_at"]), (&json!(false), &Value::Null));
    assert_eq!(hours["opens_at"], "2023-11-15T06:00:00Z");
    world.pass(7 * 3_600 + 46 * 60 + 39);
    drain(&world).await;
    assert_eq!(asked(&world, &talk).await, "", "a second before it opens");
    world.pass(1);
    drain(&world).await;
    assert_eq!(asked(&world, &talk).await, "Dr Petrova");
}

#[tokio::test]
async fn a_holiday_and_a_closure_are_kept_and_told_in_the_days_to_come() {
    let world = by_day(|brand| {
        let name = [("en", "Day of rest"), ("ru", "Выходной")].into();
        brand.holidays = vec![Holiday { on: "11-15".parse().unwrap(), name }];
        let queue = brand.queues.iter_mut().find(|queue| queue.id == "psychology").unwrap();
        let (from, to) = ("2023-11-16T09:00".parse().unwrap(), "2023-11-16T12:00".parse().unwrap());
        queue.closures = vec![Closure { from, to, reason: Some("Training".to_owned()) }];
        queue.time_zone = Some("Asia/Yekaterinburg".to_owned());
    })
    .await;
    let talk = ask(&world, ANNA, "psychology").await;
    let hours = world.get(PETROVA, "/queues/psychology/hours").await;
    assert_eq!(hours["time_zone"], "Asia/Yekaterinburg");
    assert_eq!(
        hours["opens_at"], "2023-11-16T07:00:00Z",
        "after the holiday and the training, two hours ahead of Moscow"
    );
    let days = hours["days"].as_array().unwrap();
    assert_eq!(days.len(), 14);
    assert_eq!((&days[0]["date"], &days[0]["holiday"]), (&json!("2023-11-15"), &json!("Day of rest")));
    assert_eq!(days[0]["times"], json!([]));
    assert_eq!(days[1]["times"], json!([{ "start": "2023-11-16T07:00:00Z", "end": "2023-11-16T13:00:00Z" }]));
    assert_eq!(days[1]["closures"][0]["reason"], "Training");
    assert_eq!(days[3]["times"], json!([]), "a Saturday");
    world.pass(32 * 3_600);
    drain(&world).await;
    assert_eq!(asked(&world, &talk).await, "", "the training goes on");
    world.pass(3_600);
    drain(&world).await;
    assert_eq!(asked(&world, &talk).await, "Dr Petrova");
    let patients = world.get(ANNA, "/services").await;
    let service =
        patients["services"].as_array().unwrap().iter().find(|service| service["id"] == "psychology").unwrap();
    assert_eq!(service["hours"]["time_zone"], "Asia/Yekaterinburg");
    world.call(PETROVA, "GET", "/queues/unknown/hours", None).await.problem(404, "not-found");
    world.call(ANNA, "GET", "/queues/psychology/hours", None).await.problem(403, "forbidden");
}

/// Petrova, alone at her desk, has called Anna and hung up.
async fn after_a_call() -> World {
    let world = World::start_as(in_turn).await;
    let talk = world.talk(ANNA, PETROVA).await;
    status(&world, PETROVA, "online").await;
    let call = world.post(PETROVA, &format!("/consultations/{}/calls", id(&talk)), json!({ "kind": "audio" })).await;
    let call = call["call"].clone();
    world.post(ANNA, &format!("/calls/{}/answer", id(&call)), json!({})).await;
    let (room, _) = world.media.only_room();
    let identity = |who: &str| format!("{}:D", user(who));
    let sids = [PETROVA, ANNA].map(|who| world.media.connect(&room, &identity(who)).unwrap().sid);
    world.look().await;
    world.pass(60);
    world.look().await;
    world.post(PETROVA, &format!("/calls/{}/hang-up", id(&call)), json!({})).await;
    for sid in &sids {
        world.media.disconnect(&room, sid);
    }
    world.look().await;
    world
}

#[tokio::test]
async fn after_a_call_nobody_is_offered_until_the_wrap_up_is_over() {
    let world = after_a_call().await;
    let waits = ask(&world, BORIS, "general").await;
    assert_eq!(asked(&world, &waits).await, "");
    assert!(world.get(PETROVA, "/me").await["operator"]["wrap_up_until"].is_string());
    world.pass(61);
    drain(&world).await;
    assert_eq!(asked(&world, &waits).await, "Dr Petrova");
    assert_eq!(world.get(PETROVA, "/me").await["operator"]["wrap_up_until"], Value::Null);
}

#[tokio::test]
async fn who_is_ready_earlier_says_so() {
    let world = after_a_call().await;
    let waits = ask(&world, BORIS, "general").await;
    assert_eq!(asked(&world, &waits).await, "");
    let ready = world.post(PETROVA, "/operators/me/wrapped-up", json!({})).await;
    assert_eq!(ready["wrap_up_until"], Value::Null);
    drain(&world).await;
    assert_eq!(asked(&world, &waits).await, "Dr Petrova");
}

#[tokio::test]
async fn a_supervisor_says_what_an_operator_can_and_what_cannot_be_is_refused() {
    let world = World::start().await;
    let sokolov = id(&world.get(SOKOLOV, "/me").await["operator"]).to_owned();
    let path = format!("/operators/{sokolov}");
    let profile = json!({ "skills": ["teeth", " children ", "teeth"], "languages": ["ru", "en"], "capacity": 6 });
    let changed = world.call(VOLKOVA, "PATCH", &path, Some(profile.clone())).await.ok();
    assert_eq!(changed["skills"], json!(["children", "teeth"]), "each once, in order");
    assert_eq!((&changed["languages"], &changed["capacity"]), (&json!(["en", "ru"]), &json!(6)));
    let long = "x".repeat(201);
    let many: Vec<String> = (0..51).map(|number| number.to_string()).collect();
    for (field, wrong) in [
        ("skills", json!({ "skills": [long] })),
        ("skills", json!({ "skills": [""] })),
        ("skills", json!({ "skills": many })),
        ("languages", json!({ "languages": ["tlh"] })),
        ("capacity", json!({ "capacity": 1_001 })),
    ] {
        let refused = world.call(VOLKOVA, "PATCH", &path, Some(wrong)).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field);
    }
    world.call(SOKOLOV, "PATCH", &path, Some(profile)).await.problem(403, "forbidden");
    let audit = world.get(VOLKOVA, "/audit?action=operator.changed").await;
    let entries = audit["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "what was refused changed nothing");
    let detail = &entries[0]["detail"];
    assert_eq!((&detail["skills"], &detail["capacity"]), (&json!(["children", "teeth"]), &json!(6)));
    let world = world.restart().await;
    let operators = world.get(VOLKOVA, "/operators").await;
    let again = operators["operators"].as_array().unwrap().iter().find(|one| one["id"] == sokolov.as_str()).unwrap();
    assert_eq!(
        (&again["skills"], &again["languages"], &again["capacity"]),
        (&changed["skills"], &changed["languages"], &json!(6))
    );
}
