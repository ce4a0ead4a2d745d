//! A changed setting is felt at once by everybody whom it concerns, without a restart; whatever is changed and undone, what holds can be used.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::questionnaire::asks;
use crate::settings::{document, put, restore, set, try_set};
use crate::support;

use consilium_consult::{routing, timer};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, until_event};

async fn service(world: &World, id: &str) -> Option<Value> {
    let list = world.get(ANNA, "/services").await;
    list["services"].as_array().unwrap().iter().find(|service| service["id"] == id).cloned()
}

async fn drain(world: &World) {
    routing::drain(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

async fn look(world: &World) {
    timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
}

#[tokio::test]
async fn patients_and_desks_see_a_changed_queue_at_once_and_hear_of_it() {
    let world = World::start().await;
    let listen = async |who: &str| world.send(who, "GET", "/events", None).await.into_body().into_data_stream();
    let (anna, petrova, board) = (listen(ANNA).await, listen(PETROVA).await, listen(PETROVA).await);
    set(&world, "queue.general", "/name/en", json!("Family doctor")).await;
    assert_eq!(service(&world, "general").await.unwrap()["name"], "Family doctor");
    let told = until_event(anna, "settings", |_| true).await;
    assert_eq!(told, json!({ "section": "queue.general", "version": 1 }));
    until_event(petrova, "settings", |data| data["section"] == "queue.general").await;
    let queue = until_event(board, "queue", |_| true).await;
    assert_eq!(queue["queue"]["name"], "Family doctor");
}

#[tokio::test]
async fn patients_hear_nothing_of_what_they_do_not_see() {
    let world = World::start().await;
    let anna = world.send(ANNA, "GET", "/events", None).await.into_body().into_data_stream();
    set(&world, "conclusion.visit", "/title/en", json!("Summary")).await;
    set(&world, "contacts", "/phone", json!("+74950000001")).await;
    let heard = support::events_until(anna, "settings", |data| data["section"] == "contacts").await;
    assert_eq!(heard.len(), 1, "{heard:?}");
}

#[tokio::test]
async fn a_retired_queue_takes_nothing_new_and_answers_what_is_in_it() {
    let world = World::start().await;
    let waiting = world.ask(ANNA, "general").await;
    set(&world, "queue.general", "/retired", json!(true)).await;
    assert_eq!(service(&world, "general").await, None);
    let body = json!({ "queue_id": "general", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
    world.call(BORIS, "POST", "/consultations", Some(body)).await.problem(422, "invalid");
    let callback =
        json!({ "queue_id": "general", "request_id": "7b1f6a52-1111-4222-8333-444455556667", "phone": "+74950000001" });
    world.call(BORIS, "POST", "/callbacks", Some(callback)).await.problem(422, "invalid");
    let id = waiting["id"].as_str().unwrap();
    world.settle().await;
    world.post(PETROVA, &format!("/consultations/{id}/take"), json!({})).await;
    let queues = world.get(PETROVA, "/queues").await;
    assert_eq!((&queues["queues"][0]["retired"], &queues["queues"][0]["active"]), (&json!(true), &json!(1)));
    set(&world, "queue.dental", "/retired", json!(true)).await;
    let last = try_set(&world, VOLKOVA, "queue.psychology", "/retired", json!(true)).await;
    last.problem(422, "invalid");
    assert_eq!(last.body["errors"][0]["field"], "brand.queues");
    restore(&world, "queue.general", 0).await.ok();
    assert!(service(&world, "general").await.is_some());
}

#[tokio::test]
async fn hours_open_and_close_a_queue_by_the_clock_and_what_waits_is_offered() {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 100_000;
        }
    })
    .await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let phase = async |talk: &Value| {
        let row = world.get(VOLKOVA, &format!("/consultations/{}", talk["id"].as_str().unwrap())).await;
        row["offer"]["to"]["name"].clone()
    };
    // 01:13 on a Wednesday in Moscow.
    set(&world, "queue.general", "/hours", json!([{ "days": ["wednesday"], "from": "09:00", "to": "18:00" }])).await;
    set(&world, "queue.general", "/routing/strategy", json!("round_robin")).await;
    let talk = world.ask(ANNA, "general").await;
    world.settle().await;
    drain(&world).await;
    assert_eq!(
        (phase(&talk).await, service(&world, "general").await.unwrap()["hours"]["open"].clone()),
        (Value::Null, json!(false))
    );
    set(&world, "queue.general", "/hours", json!([{ "days": ["wednesday"], "from": "01:00", "to": "18:00" }])).await;
    drain(&world).await;
    assert_eq!(phase(&talk).await, "Dr Petrova", "it opened, and who waits is offered");
    assert_eq!(service(&world, "general").await.unwrap()["hours"]["open"], true);
    let closed = json!([{ "from": "2023-11-15T01:00", "to": "2023-11-15T12:00", "reason": "Training" }]);
    set(&world, "queue.general", "/closures", closed).await;
    assert_eq!(service(&world, "general").await.unwrap()["hours"]["opens_at"], "2023-11-15T09:00:00Z");
    let holiday = json!([{ "on": "11-15", "name": { "en": "A day", "ru": "День" } }]);
    set(&world, "holidays", "/days", holiday).await;
    assert_eq!(
        service(&world, "general").await.unwrap()["hours"]["opens_at"],
        "2023-11-21T22:00:00Z",
        "a week later, at 01:00"
    );
    set(&world, "queue.general", "/keeps_holidays", json!(false)).await;
    world.pass(11 * 3_600);
    assert_eq!(service(&world, "general").await.unwrap()["hours"]["open"], true, "12:13: the closure is over");
}

#[tokio::test]
async fn promises_and_order_of_what_waits_follow_their_queue() {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 10_000;
        }
    })
    .await;
    let (anna, boris) = (world.ask(ANNA, "general").await, world.ask(BORIS, "dental").await);
    let row =
        async |talk: &Value| world.get(VOLKOVA, &format!("/consultations/{}", talk["id"].as_str().unwrap())).await;
    assert_eq!(row(&anna).await["sla"], Value::Null);
    set(&world, "queue.general", "/sla/wait_minutes", json!(10)).await;
    world.pass(599);
    look(&world).await;
    look(&world).await;
    assert_eq!(row(&anna).await["sla"]["level"], "warning");
    world.pass(1);
    look(&world).await;
    assert_eq!(row(&anna).await["sla"]["level"], "breach");
    let first = async || world.get(VOLKOVA, "/consultations?view=waiting").await["items"][0]["id"].clone();
    assert_eq!(first().await, boris["id"], "dental goes first: 80");
    set(&world, "queue.general", "/priority", json!(90)).await;
    assert_eq!(first().await, anna["id"]);
    set(&world, "queue.general", "/abandon_after_minutes", json!(5)).await;
    look(&world).await;
    assert_eq!(row(&anna).await["phase"], "abandoned");
    assert_eq!(row(&boris).await["phase"], "queued");
}

#[tokio::test]
async fn what_goes_on_keeps_what_it_was_begun_with() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let id = talk["id"].as_str().unwrap();
    let draft = world.get(PETROVA, &format!("/consultations/{id}/conclusion/draft")).await;
    let save = json!({ "version": draft["version"], "language": "en", "sections": [{ "code": "complaint", "text": "Headache" }] });
    world.call(PETROVA, "PUT", &format!("/consultations/{id}/conclusion/draft"), Some(save)).await.ok();
    let advice = json!([{ "code": "advice", "title": { "en": "Advice", "ru": "Советы" }, "required": true }]);
    set(&world, "conclusion.visit", "/sections", advice).await;
    let draft = world.get(PETROVA, &format!("/consultations/{id}/conclusion/draft")).await;
    let codes: Vec<_> = draft["sections"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["advice", "complaint"], "what was written is not lost");
    set(&world, "queue.general", "/retired", json!(true)).await;
    world.post(PETROVA, &format!("/consultations/{id}/close"), json!({})).await;
    assert_eq!(world.get(VOLKOVA, &format!("/consultations/{id}")).await["phase"], "archived");
}

/// What a supervisor may try, well or badly.
#[derive(Debug, Clone)]
enum Act {
    Set(&'static str, &'static str, Value),
    Restore(&'static str, i64),
    Remove(&'static str),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let numbers = prop_oneof![Just(json!(0)), Just(json!(1)), Just(json!(20)), Just(json!(-1)), Just(json!("x"))];
    let queues = prop_oneof![Just("queue.general"), Just("queue.dental"), Just("queue.psychology")];
    let fields = prop_oneof![
        Just("/priority"),
        Just("/capacity"),
        Just("/abandon_after_minutes"),
        Just("/sla/wait_minutes"),
        Just("/routing/weight"),
    ];
    let flags = prop_oneof![Just("/retired"), Just("/rating"), Just("/keeps_holidays"), Just("/routing/sticky")];
    let overflow = prop_oneof![Just("general"), Just("dental"), Just("psychology"), Just("gone")];
    let texts = prop_oneof![Just(json!("New")), Just(json!(" ")), Just(json!(7))];
    let everywhere = prop_oneof![queues.clone(), Just("texts"), Just("conclusion.visit"), Just("questionnaire.child")];
    let forms = prop_oneof![Just(json!("child")), Just(json!("gone")), Just(Value::Null)];
    let act = prop_oneof![
        (queues.clone(), fields, numbers).prop_map(|(queue, field, value)| Act::Set(queue, field, value)),
        (queues.clone(), flags, any::<bool>()).prop_map(|(queue, field, value)| Act::Set(queue, field, value.into())),
        (queues.clone(), overflow).prop_map(|(queue, to)| {
            Act::Set(queue, "/routing/overflow", json!({ "queue": to, "after_minutes": 5 }))
        }),
        texts.clone().prop_map(|text| Act::Set("texts", "/texts/en/emergency", text)),
        texts.prop_map(|text| Act::Set("questionnaire.child", "/items/0/text/en", text)),
        (queues.clone(), forms).prop_map(|(queue, form)| Act::Set(queue, "/questionnaire", form)),
        (everywhere, 0_i64..6).prop_map(|(section, version)| Act::Restore(section, version)),
        prop_oneof![queues, Just("conclusion.visit"), Just("questionnaire.child")].prop_map(Act::Remove),
    ];
    proptest::collection::vec(act, 1..14)
}

/// Carries an act out; whether the service took it.
async fn carry_out(world: &World, act: &Act) -> bool {
    let answer = match act {
        Act::Set(section, pointer, value) => {
            if document(world, section).await["content"].pointer(pointer).is_none() {
                return false;
            }
            try_set(world, VOLKOVA, section, pointer, value.clone()).await
        }
        Act::Restore(section, version) => restore(world, section, *version).await,
        Act::Remove(section) => {
            let version = document(world, section).await["section"]["version"].clone();
            put(world, VOLKOVA, section, &version, Value::Null).await
        }
    };
    let status = answer.status.as_u16();
    assert!([200, 404, 409, 422].contains(&status), "{act:?} {}", answer.body);
    status == 200
}

/// What holds can be used, is what the newest versions say, and each version follows from the one before it.
async fn holds_together(world: &World) {
    let brand = world.consult.tenant("clinic").unwrap().brand();
    assert!(brand.settings_problems().is_empty(), "{:?}", brand.settings_problems());
    let all = world.get(VOLKOVA, "/settings").await;
    for section in all["sections"].as_array().unwrap() {
        assert_ne!(section["origin"], "set_aside", "{section}");
        let name = section["section"].as_str().unwrap();
        let history = world.get(VOLKOVA, &format!("/settings/{name}/history")).await;
        let versions = history["versions"].as_array().unwrap();
        let numbers: Vec<_> = versions.iter().rev().map(|version| version["version"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=section["version"].as_i64().unwrap()).collect::<Vec<_>>(), "{name}: nothing is lost");
        assert!(
            versions.iter().all(|version| version["differences"] != json!([])),
            "{name}: each says what it changed"
        );
    }
}

#[tokio::test]
async fn whatever_is_changed_and_undone_what_holds_can_be_used_and_nothing_of_it_is_lost() {
    let mut runner = TestRunner::default();
    let mut taken = 0;
    for _ in 0..12 {
        let acts = acts().new_tree(&mut runner).unwrap().current();
        let world = World::start_as(asks).await;
        for act in &acts {
            taken += usize::from(carry_out(&world, act).await);
        }
        holds_together(&world).await;
        let before = world.consult.tenant("clinic").unwrap().brand();
        let world = world.restart().await;
        let after = world.consult.tenant("clinic").unwrap().brand();
        assert_eq!(serde_json::to_value(&*after).unwrap(), serde_json::to_value(&*before).unwrap(), "{acts:?}");
    }
    assert!(taken > 3, "some of it was possible: {taken}");
}
