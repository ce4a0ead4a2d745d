//! Who goes, and who is lost: what an operator leads does not stay with an empty desk, and a patient who has gone is let go.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::settings::{set, try_set};
use crate::support;
use crate::webhook::endpoint;

use std::sync::Arc;

use consilium_config::brand::{Brand, ConclusionNeed, OnLeave};
use consilium_consult::actor::Actor;
use consilium_consult::{operator, routing, timer};
use serde_json::{Value, json};
use support::receiver::Receiver;
use support::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World, user};

/// A console is lost after a minute and a half, and its patient waits for it ten minutes more.
const LOST_SECONDS: i64 = 90 + 10 * 60;
/// More than the clock of the tests moves by itself.
const A_LITTLE: i64 = 30;

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn room(talk: &Value) -> &str {
    talk["room_id"].as_str().unwrap()
}

/// With queues that wait ten minutes for a lost console.
async fn world() -> World {
    world_as(|_| {}).await
}

async fn world_as(change: impl Fn(&mut consilium_config::brand::Queue)) -> World {
    let change = |brand: &mut Brand| {
        for queue in &mut brand.queues {
            queue.return_after_minutes = 10;
            change(queue);
        }
    };
    World::start().await.restart_with(change).await
}

async fn world_by(rule: OnLeave) -> World {
    world_as(move |queue| queue.on_leave = rule).await
}

async fn status(world: &World, who: &str, status: &str) -> Value {
    world.call(who, "PUT", "/operators/me/status", Some(json!({ "status": status }))).await.ok()
}

/// What happens because time passed, and what follows outside.
async fn look(world: &World) {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    world.settle().await;
}

/// As a supervisor sees it: her look is no sign of life of anybody else.
async fn seen(world: &World, talk: &Value) -> Value {
    world.get(VOLKOVA, &format!("/consultations/{}", id(talk))).await
}

async fn phase(world: &World, talk: &Value) -> String {
    seen(world, talk).await["phase"].as_str().unwrap().to_owned()
}

fn steps(seen: &Value) -> Vec<(&str, &str)> {
    let history = seen["history"].as_array().unwrap();
    history.iter().map(|step| (step["action"].as_str().unwrap(), step["actor"]["kind"].as_str().unwrap())).collect()
}

fn times(seen: &Value, action: &str) -> usize {
    steps(seen).iter().filter(|(known, _)| *known == action).count()
}

async fn kinds(world: &World, talk: &Value) -> Vec<String> {
    let lines = world.lines(talk).await;
    lines.iter().filter_map(|line| line["kind"].as_str()).map(str::to_owned).collect()
}

#[tokio::test]
async fn what_is_led_by_who_lost_his_console_waits_again_and_everybody_is_told() {
    let world = world().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver, "/crm", &["consultation.returned"]).await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.pass(LOST_SECONDS - A_LITTLE);
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active", "she may still come back");
    world.pass(2 * A_LITTLE);
    look(&world).await;
    let shown = seen(&world, &talk).await;
    assert_eq!(steps(&shown), [("requested", "patient"), ("taken", "operator"), ("returned", "system")]);
    assert_eq!(
        (&shown["phase"], &shown["priority"], &shown["participants"]),
        (&json!("queued"), &json!(1), &json!([]))
    );
    assert_eq!((&shown["transfer"]["from"], &shown["transfer"]["cause"]), (&json!("Dr Petrova"), &json!("lost")));
    let own = world.get(ANNA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!((&own["waiting"]["came_back"], &own["waiting"]["place"]), (&json!(true), &json!(1)));
    assert_eq!(kinds(&world, &talk).await.iter().filter(|kind| *kind == "returned").count(), 1);
    let audit = world.get(VOLKOVA, "/audit?action=consultation.returned").await;
    assert_eq!(audit["items"].as_array().unwrap().len(), 1);
    world.told().await;
    assert_eq!(receiver.taken("/crm"), ["consultation.returned"]);
    assert_eq!(receiver.came()[0].body["data"]["last_lead_operator_id"], shown["previous_operator"]["id"]);
}

#[tokio::test]
async fn who_lost_it_may_not_read_on_and_sees_what_was_taken_when_he_comes_back() {
    let world = world().await;
    status(&world, PETROVA, "online").await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.pass(LOST_SECONDS + A_LITTLE);
    look(&world).await;
    assert_eq!(world.homeserver.membership(room(&talk), &user(PETROVA)).as_deref(), Some("leave"));
    let keys = format!("/conversations/{}/history-keys", talk["conversation_id"].as_str().unwrap());
    world.call(PETROVA, "POST", &keys, None).await.problem(403, "forbidden");
    let back = world.post(PETROVA, "/operators/me/heartbeat", json!({})).await;
    assert_eq!(back["status"], "online");
    let lost = world.get(PETROVA, "/operators/me/returned").await;
    let lost = lost["consultations"].as_array().unwrap();
    assert_eq!((lost.len(), &lost[0]["consultation_id"], &lost[0]["lead"]), (1, &talk["id"], &Value::Null));
    assert_eq!((&lost[0]["phase"], &lost[0]["queue"]["id"]), (&json!("queued"), &json!("general")));
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    let lost = world.get(PETROVA, "/operators/me/returned").await;
    assert_eq!(lost["consultations"][0]["lead"]["name"], "Dr Sokolov");
    assert_eq!(world.get(SOKOLOV, "/operators/me/returned").await["consultations"], json!([]));
    world.pass(7 * 86_400);
    assert_eq!(world.get(PETROVA, "/operators/me/returned").await["consultations"], json!([]), "it is long ago");
}

#[tokio::test]
async fn it_goes_back_once_whenever_the_service_stops() {
    let world = world().await;
    let talk = world.talk(ANNA, PETROVA).await;
    // It stands while that time passes.
    let clock = Arc::clone(&world.clock);
    let world = world.restart_with(move |_| clock.pass(LOST_SECONDS + A_LITTLE)).await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active", "a console that could not beat is given the full time again");
    world.pass(LOST_SECONDS + A_LITTLE);
    look(&world).await;
    look(&world).await;
    let world = world.restart().await;
    world.pass(LOST_SECONDS + A_LITTLE);
    look(&world).await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], times(&shown, "returned"), &shown["priority"]), (&json!("queued"), 1, &json!(1)));
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active", "whoever took it keeps it");
}

#[tokio::test]
async fn whoever_gives_a_sign_of_life_keeps_what_he_leads() {
    let world = world().await;
    let talk = world.talk(ANNA, PETROVA).await;
    for _ in 0..3 {
        world.pass(LOST_SECONDS - A_LITTLE);
        // As in any Matrix client: without a console.
        world.say(PETROVA, room(&talk), "One moment.").await;
        look(&world).await;
    }
    assert_eq!(phase(&world, &talk).await, "active");
    world.pass(LOST_SECONDS - A_LITTLE);
    world.post(PETROVA, "/operators/me/heartbeat", json!({})).await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active");
}

#[tokio::test]
async fn what_is_put_aside_until_a_time_is_missed_only_then() {
    let world = world().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let until = consilium_consult::time::Time::from_millis(world.now_ms()).plus_seconds(3 * LOST_SECONDS);
    world.post(PETROVA, &format!("/consultations/{}/hold", id(&talk)), json!({ "until": until })).await;
    world.pass(2 * LOST_SECONDS);
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "on_hold");
    world.pass(LOST_SECONDS + A_LITTLE);
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "queued");
}

#[tokio::test]
async fn a_queue_that_does_not_want_it_leaves_it_with_who_leads_it() {
    let world = world_as(|queue| queue.return_after_minutes = 0).await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.pass(10 * LOST_SECONDS);
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active");
}

#[tokio::test]
async fn nobody_is_torn_out_of_a_call_and_after_it_the_rule_counts() {
    let world = world_by(OnLeave::BackToQueue).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let call = world.post(PETROVA, &format!("/consultations/{}/calls", id(&talk)), json!({ "kind": "audio" })).await;
    world.post(ANNA, &format!("/calls/{}/answer", id(&call["call"])), json!({})).await;
    let (media_room, _) = world.media.only_room();
    let join = |who: &str| world.media.connect(&media_room, &format!("{}:D", user(who))).unwrap().sid;
    let sids = [PETROVA, ANNA].map(join);
    world.look().await;
    world.pass(LOST_SECONDS + A_LITTLE);
    world.look().await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active", "her console is lost, her voice is not");
    let plan = world.get(PETROVA, "/operators/me/leaving").await["consultations"][0].clone();
    assert_eq!((&plan["in_call"], &plan["choices"]), (&json!(true), &json!(["queue"])));
    status(&world, PETROVA, "going_off").await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active");
    for sid in &sids {
        world.media.disconnect(&media_room, sid);
    }
    world.look().await;
    look(&world).await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], steps(&shown).last()), (&json!("queued"), Some(&("transferred", "system"))));
}

#[tokio::test]
async fn who_goes_off_sees_before_what_will_be_and_the_queue_gets_what_its_rule_gives_it() {
    let world = world_by(OnLeave::BackToQueue).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let plan = world.get(PETROVA, "/operators/me/leaving").await["consultations"].clone();
    assert_eq!((&plan[0]["consultation_id"], &plan[0]["on_leave"]), (&talk["id"], &json!("back_to_queue")));
    assert_eq!((&plan[0]["choices"], &plan[0]["colleague"]), (&json!(["queue"]), &Value::Null));
    for choice in ["keep", "colleague"] {
        let wish = json!([{ "consultation_id": talk["id"], "choice": choice }]);
        let body = json!({ "status": "offline", "hand_over": wish });
        let refused = world.call(PETROVA, "PUT", "/operators/me/status", Some(body)).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], "hand_over");
    }
    assert_eq!(phase(&world, &talk).await, "active", "what is refused changes nothing");
    status(&world, PETROVA, "going_off").await;
    let shown = seen(&world, &talk).await;
    assert_eq!(steps(&shown), [("requested", "patient"), ("taken", "operator"), ("transferred", "system")]);
    let transfer = &shown["transfer"];
    assert_eq!((&transfer["cause"], &transfer["to"]), (&json!("handed"), &Value::Null));
    assert!(kinds(&world, &talk).await.contains(&"transferred".to_owned()));
    assert_eq!(world.get(PETROVA, "/operators/me/leaving").await["consultations"], json!([]));
    look(&world).await;
    let me = world.get(PETROVA, "/me").await;
    assert_eq!(me["operator"]["status"], "offline", "she has nothing left to finish");
    assert_eq!(world.get(PETROVA, "/operators/me/returned").await["consultations"], json!([]), "she gave it herself");
}

#[tokio::test]
async fn a_colleague_with_room_is_asked_and_where_there_is_none_the_queue_has_it() {
    let world = world_by(OnLeave::Colleague).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let choices = async || world.get(PETROVA, "/operators/me/leaving").await["consultations"][0]["choices"].clone();
    assert_eq!(choices().await, json!(["queue"]), "nobody is there");
    status(&world, SOKOLOV, "online").await;
    assert_eq!(choices().await, json!(["colleague", "queue"]));
    status(&world, PETROVA, "offline").await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], &shown["transfer"]["to"]["name"]), (&json!("queued"), &json!("Dr Sokolov")));
    routing::drain(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    assert_eq!(seen(&world, &talk).await["offer"]["to"]["name"], "Dr Sokolov");
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    // Petrova has gone home.
    status(&world, SOKOLOV, "offline").await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], &shown["transfer"]["to"]), (&json!("queued"), &Value::Null));
}

#[tokio::test]
async fn who_finishes_himself_keeps_it_unless_he_hands_it_on_with_a_note() {
    let world = world_by(OnLeave::Finish).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let plan = world.get(PETROVA, "/operators/me/leaving").await["consultations"][0].clone();
    assert_eq!(plan["choices"], json!(["keep", "queue"]));
    status(&world, PETROVA, "going_off").await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active");
    let me = world.get(PETROVA, "/me").await;
    assert_eq!(me["operator"]["status"], "going_off", "she has something to finish");
    let wishes = json!([
        { "consultation_id": talk["id"], "choice": "queue", "note": " Look at the tooth. " },
        { "consultation_id": "gone", "choice": "keep" },
    ]);
    let body = json!({ "status": "offline", "hand_over": wishes });
    world.call(PETROVA, "PUT", "/operators/me/status", Some(body)).await.ok();
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], &shown["transfer"]["note"]), (&json!("queued"), &json!("Look at the tooth.")));
    assert_eq!(shown["history"].as_array().unwrap().last().unwrap()["note"], "Look at the tooth.");
}

#[tokio::test]
async fn what_somebody_takes_after_he_went_is_his_own_wish() {
    let world = world_by(OnLeave::BackToQueue).await;
    status(&world, PETROVA, "offline").await;
    world.pass(A_LITTLE);
    let talk = world.talk(ANNA, PETROVA).await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active");
}

#[tokio::test]
async fn nothing_stays_with_who_is_no_member_any_more() {
    let world = world_by(OnLeave::Finish).await;
    status(&world, SOKOLOV, "online").await;
    let talk = world.talk(ANNA, PETROVA).await;
    let sokolov = id(&world.get(SOKOLOV, "/me").await["operator"]).to_owned();
    let petrova = id(&world.get(PETROVA, "/me").await["operator"]).to_owned();
    let asked_in = json!({ "operator_id": sokolov });
    world.post(PETROVA, &format!("/consultations/{}/participants", id(&talk)), asked_in).await;
    let tenant = world.consult.tenant("clinic").unwrap();
    operator::part(&tenant, &sokolov.as_str().into(), &Actor::System).await.unwrap();
    look(&world).await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], steps(&shown).last()), (&json!("active"), Some(&("left", "system"))));
    operator::part(&tenant, &petrova.as_str().into(), &Actor::System).await.unwrap();
    look(&world).await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], steps(&shown).last()), (&json!("queued"), Some(&("transferred", "system"))));
    assert_eq!(shown["transfer"]["from"], "Dr Petrova", "what she did keeps her name");
}

/// A talk in which Petrova has answered; silent patients of its queue are let go after 40 minutes.
async fn answered(need: ConclusionNeed) -> (World, Value) {
    let change = move |queue: &mut consilium_config::brand::Queue| {
        queue.return_after_minutes = 0;
        queue.silent_close_minutes = Some(40);
        queue.conclusion = need;
    };
    let world = world_as(change).await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.say(ANNA, room(&talk), "A tooth.").await;
    world.pass(2 * 3_600);
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active", "she waits for an answer");
    world.say(PETROVA, room(&talk), "Which one?").await;
    (world, talk)
}

#[tokio::test]
async fn a_patient_who_writes_nothing_more_is_asked_and_then_let_go() {
    let (world, talk) = answered(ConclusionNeed::Optional).await;
    world.pass(30 * 60 - A_LITTLE);
    look(&world).await;
    assert!(!kinds(&world, &talk).await.contains(&"still_there".to_owned()));
    world.pass(2 * A_LITTLE);
    look(&world).await;
    look(&world).await;
    let lines = kinds(&world, &talk).await;
    assert_eq!(lines.iter().filter(|kind| *kind == "still_there").count(), 1);
    assert_eq!(phase(&world, &talk).await, "active");
    world.pass(10 * 60 + A_LITTLE);
    look(&world).await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], &shown["end_reason"]), (&json!("archived"), &json!("There were no new messages.")));
    assert_eq!(times(&shown, "silence_warned"), 1);
    assert_eq!(steps(&shown).last(), Some(&("closed", "system")));
    assert_eq!(kinds(&world, &talk).await.last().unwrap(), "closed_silent");
    world.pass(60);
    world.say(ANNA, room(&talk), "The left one.").await;
    assert_eq!(phase(&world, &talk).await, "queued", "and is taken back when he writes");
}

#[tokio::test]
async fn whoever_answers_is_there() {
    let (world, talk) = answered(ConclusionNeed::Optional).await;
    world.pass(30 * 60 + A_LITTLE);
    look(&world).await;
    world.say(ANNA, room(&talk), "The left one.").await;
    world.pass(3_600);
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active", "now he waits for the desk");
    world.say(PETROVA, room(&talk), "I see.").await;
    world.pass(30 * 60 + A_LITTLE);
    let world = world.restart().await;
    look(&world).await;
    look(&world).await;
    let shown = seen(&world, &talk).await;
    assert_eq!((&shown["phase"], times(&shown, "silence_warned")), (&json!("active"), 2));
}

#[tokio::test]
async fn what_still_needs_a_conclusion_stays_open() {
    let (world, talk) = answered(ConclusionNeed::Required).await;
    world.pass(30 * 60 + A_LITTLE);
    look(&world).await;
    world.pass(10 * 60 + A_LITTLE);
    look(&world).await;
    look(&world).await;
    assert_eq!(phase(&world, &talk).await, "active");
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused_and_a_rule_counts_from_the_next_departure_on() {
    let world = world().await;
    for (pointer, wrong) in
        [("/return_after_minutes", 1_441), ("/silent_close_minutes", 3), ("/silent_close_minutes", 43_201)]
    {
        let refused = try_set(&world, VOLKOVA, "queue.general", pointer, json!(wrong)).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["code"], "range", "{pointer} {wrong}");
    }
    let talk = world.talk(ANNA, PETROVA).await;
    set(&world, "queue.general", "/on_leave", json!("back_to_queue")).await;
    status(&world, PETROVA, "going_off").await;
    assert_eq!(phase(&world, &talk).await, "queued");
}
