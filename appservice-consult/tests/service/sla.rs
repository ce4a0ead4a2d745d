//! What a queue promises: warned of, broken, each told once, and only while it is not kept.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;
use crate::webhook::endpoint;

use consilium_config::brand::SlaPriority;
use consilium_consult::timer;
use serde_json::{Value, json};
use support::receiver::Receiver;
use support::{ANNA, PETROVA, VOLKOVA, World};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// The general queue promises a doctor within ten minutes and an answer within twenty, the psychologists' a doctor within an hour of work.
async fn world() -> World {
    World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 10_000;
            queue.sla.wait_minutes = Some(if queue.id == "psychology" { 60 } else { 10 });
            queue.sla.first_response_minutes = (queue.id == "general").then_some(20);
        }
    })
    .await
}

async fn later(world: &World, seconds: i64) {
    world.pass(seconds);
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    // Once more: what was told is not told again.
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

async fn seen(world: &World, talk: &Value) -> Value {
    world.get(VOLKOVA, &format!("/consultations/{}", id(talk))).await
}

fn told(detail: &Value) -> Vec<&str> {
    let actions = detail["history"].as_array().unwrap().iter().map(|step| step["action"].as_str().unwrap());
    actions.filter(|action| action.ends_with("_warning") || action.ends_with("_broken")).collect()
}

#[tokio::test]
async fn a_long_wait_is_warned_of_and_then_broken_once_each() {
    let world = world().await;
    let talk = world.ask(ANNA, "general").await;
    let fresh = seen(&world, &talk).await;
    assert_eq!((&fresh["sla"]["target"], &fresh["sla"]["level"]), (&json!("wait"), &json!("kept")));
    later(&world, 449).await;
    assert_eq!(told(&seen(&world, &talk).await), [] as [&str; 0]);
    later(&world, 1).await;
    let warned = seen(&world, &talk).await;
    assert_eq!((told(&warned), &warned["sla"]["level"]), (vec!["wait_warning"], &json!("warning")));
    later(&world, 150).await;
    let broken = seen(&world, &talk).await;
    assert_eq!((told(&broken), &broken["sla"]["level"]), (vec!["wait_warning", "wait_broken"], &json!("breach")));
    let audit = world.get(VOLKOVA, "/audit?action=consultation.wait_broken").await;
    assert_eq!(audit["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_taken_in_time_is_kept_and_the_answer_is_promised_still() {
    let world = world().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let taken = seen(&world, &talk).await;
    assert_eq!((&taken["sla"]["target"], &taken["sla"]["level"]), (&json!("first_response"), &json!("kept")));
    later(&world, 900).await;
    assert_eq!(told(&seen(&world, &talk).await), ["response_warning"]);
    world.say(PETROVA, talk["room_id"].as_str().unwrap(), "Good evening").await;
    world.settle().await;
    later(&world, 3_600).await;
    let answered = seen(&world, &talk).await;
    assert_eq!(
        (told(&answered), &answered["sla"]),
        (vec!["response_warning"], &Value::Null),
        "nothing is promised any more"
    );
}

#[tokio::test]
async fn a_service_that_was_down_tells_the_warning_before_the_breach() {
    let world = world().await;
    let talk = world.ask(ANNA, "general").await;
    later(&world, 7_200).await;
    let expected = ["wait_warning", "wait_broken", "response_warning", "response_broken"];
    let all = seen(&world, &talk).await;
    let mut actions = told(&all);
    actions.sort_unstable_by_key(|action| expected.iter().position(|known| known == action));
    assert_eq!(actions, expected);
    let place = |action: &str| told(&all).iter().position(|told| *told == action).unwrap();
    assert!(place("wait_warning") < place("wait_broken") && place("response_warning") < place("response_broken"));
}

#[tokio::test]
async fn a_promise_is_counted_in_the_queues_hours() {
    let world = world().await;
    // 01:13 at night in Moscow; the psychologists come at nine.
    let talk = world.ask(ANNA, "psychology").await;
    assert_eq!(seen(&world, &talk).await["sla"]["due_at"], "2023-11-15T07:00:00Z");
    later(&world, 8 * 3_600).await;
    assert_eq!(told(&seen(&world, &talk).await), [] as [&str; 0], "it is 09:13, and the night counts for nothing");
    later(&world, 3_600).await;
    assert_eq!(told(&seen(&world, &talk).await), ["wait_warning", "wait_broken"]);
}

/// As [`world`], and the general queue promises a close within an hour, and to what is urgent a doctor within two minutes and a close within half an hour.
async fn urgent_world() -> World {
    World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 10_000;
            queue.reopen_grace_minutes = 60;
            if queue.id == "general" {
                queue.sla.wait_minutes = Some(10);
                queue.sla.resolution_minutes = Some(60);
                queue.sla.by_priority = vec![SlaPriority {
                    priority: 1,
                    wait_minutes: Some(2),
                    first_response_minutes: None,
                    resolution_minutes: Some(30),
                }];
            }
        }
    })
    .await
}

async fn close(world: &World, talk: &Value) {
    world.post(PETROVA, &format!("/consultations/{}/close", id(talk)), json!({})).await;
    world.settle().await;
}

#[tokio::test]
async fn a_close_is_promised_and_told_once_and_a_reopened_consultation_is_promised_anew() {
    let world = urgent_world().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let taken = seen(&world, &talk).await;
    assert_eq!((&taken["sla"]["target"], &taken["sla"]["level"]), (&json!("resolution"), &json!("kept")));
    later(&world, 2_700).await;
    assert_eq!(told(&seen(&world, &talk).await), ["resolution_warning"]);
    later(&world, 900).await;
    let broken = seen(&world, &talk).await;
    assert_eq!(
        (told(&broken), &broken["sla"]["level"]),
        (vec!["resolution_warning", "resolution_broken"], &json!("breach"))
    );
    let breached = world.get(VOLKOVA, "/consultations?view=active&sla=breach").await;
    assert_eq!(breached["total"], 1);
    close(&world, &talk).await;
    assert_eq!(seen(&world, &talk).await["sla"], Value::Null, "nothing is promised any more");
    world.pass(60);
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "One more thing").await;
    world.settle().await;
    let again = seen(&world, &talk).await;
    assert_eq!((&again["phase"], &again["sla"]["level"]), (&json!("queued"), &json!("kept")));
    assert_eq!(told(&again), ["resolution_warning", "resolution_broken"], "what was broken was broken");
}

#[tokio::test]
async fn what_is_urgent_is_promised_more() {
    let world = urgent_world().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let to = json!({ "to": { "queue_id": "general" }, "note": "please" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&talk)), to).await;
    world.settle().await;
    let returned = seen(&world, &talk).await;
    assert_eq!(returned["priority"], 1, "it came back to the queue");
    // It began to wait a few milliseconds after it was asked for.
    later(&world, 91).await;
    assert_eq!(told(&seen(&world, &talk).await), ["wait_warning"]);
    later(&world, 30).await;
    assert_eq!(told(&seen(&world, &talk).await), ["wait_warning", "wait_broken"], "two minutes, not ten");
    later(&world, 1_680).await;
    let all = seen(&world, &talk).await;
    assert!(told(&all).ends_with(&["resolution_warning", "resolution_broken"]), "{:?}", told(&all));
}

#[tokio::test]
async fn partners_are_told_of_promises_that_are_nearly_or_quite_broken() {
    let (world, receiver) = (urgent_world().await, Receiver::start().await);
    let kinds = ["wait_warning", "wait_broken", "resolution_warning", "resolution_broken"];
    let events: Vec<String> = kinds.iter().map(|kind| format!("consultation.{kind}")).collect();
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    endpoint(&world, &receiver, "/crm", &events).await;
    world.ask(ANNA, "general").await;
    later(&world, 3_600).await;
    world.told().await;
    let mut taken = receiver.taken("/crm");
    taken.sort_unstable();
    let mut wanted = events.clone();
    wanted.sort_unstable();
    assert_eq!(taken, wanted, "each once");
}
