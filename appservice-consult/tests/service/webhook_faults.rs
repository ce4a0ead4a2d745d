//! Webhooks when something breaks: the endpoint, the network, the process, or somebody who wants to be let into the clinic's own network.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use support::receiver::Receiver;
use support::{ANNA, BORIS, VOLKOVA, World, until_event};

use crate::webhook::{endpoint, log, shown};

const OPEN_AND_SHUT: [&str; 2] = ["consultation.requested", "consultation.cancelled"];

async fn cancel(world: &World, who: &str, asked: &Value) {
    world.post(who, &format!("/consultations/{}/cancel", asked["id"].as_str().unwrap()), json!({})).await;
}

#[tokio::test]
async fn a_failure_keeps_its_conversation_in_order_and_holds_up_no_other() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &receiver, "/crm", &OPEN_AND_SHUT).await;
    receiver.plan("/crm", [500, 503]);
    let asked = world.ask(ANNA, "general").await;
    world.told().await;
    cancel(&world, ANNA, &asked).await;
    world.told().await;
    assert_eq!(receiver.came().len(), 1, "the second waits behind the first");
    world.pass(10);
    world.told().await;
    assert_eq!(receiver.came().len(), 2);
    let other = world.ask(BORIS, "general").await;
    world.told().await;
    assert_eq!(receiver.came().last().unwrap().body["data"]["consultation_id"], other["id"], "another goes ahead");
    let waiting = log(&world, &id).await.into_iter().find(|one| one["state"] == "waiting" && one["attempts"] == 2);
    assert_eq!(waiting.unwrap()["response_status"], 503);
    assert_eq!(shown(&world, &id).await["waiting"], 2);
    world.pass(30);
    world.told().await;
    let of_anna = |came: &support::receiver::Came| came.body["data"]["consultation_id"] == asked["id"];
    let came = receiver.came();
    let told: Vec<_> = came.iter().filter(|came| of_anna(came)).map(|came| (came.kind(), came.status)).collect();
    let requested = "consultation.requested";
    assert_eq!(told, [(requested, 500), (requested, 503), (requested, 200), ("consultation.cancelled", 200)]);
    let ids: BTreeSet<_> = came.iter().filter(|came| of_anna(came)).map(|came| came.id.as_str()).collect();
    assert_eq!(ids.len(), 2, "an attempt is the same message");
}

#[tokio::test]
async fn what_fails_too_often_is_a_dead_letter_that_can_be_sent_again() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &receiver, "/crm", &OPEN_AND_SHUT).await;
    receiver.plan("/crm", [500; 12]);
    let asked = world.ask(ANNA, "general").await;
    cancel(&world, ANNA, &asked).await;
    for attempt in 1..=12 {
        world.told().await;
        // Longer than each pause, and in all shorter than what switches the endpoint off.
        world.pass(if attempt < 7 { 2 * 3_600 } else { 8 * 3_600 });
    }
    world.told().await;
    assert_eq!(receiver.taken("/crm"), ["consultation.cancelled"], "the conversation goes on without it");
    let path = format!("/webhooks/{id}/deliveries?state=dead");
    let dead = world.get(VOLKOVA, &path).await;
    assert_eq!((&dead["total"], &dead["items"][0]["attempts"]), (&json!(1), &json!(12)));
    assert_eq!(shown(&world, &id).await["dead"], 1);
    let event = dead["items"][0]["id"].as_str().unwrap().to_owned();
    let again = format!("/webhooks/{id}/deliveries/{event}/replay");
    assert_eq!(world.call(VOLKOVA, "POST", &again, None).await.status, 204);
    world.told().await;
    let last = receiver.came().pop().unwrap();
    assert_eq!((last.kind(), last.id.as_str()), ("consultation.requested", event.as_str()));
    assert_eq!(world.get(VOLKOVA, &path).await["total"], 0);
}

#[tokio::test]
async fn one_that_says_it_is_gone_is_switched_off_and_supervisors_are_told() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &receiver, "/crm", &OPEN_AND_SHUT).await;
    let stream = world.send(VOLKOVA, "GET", "/events", None).await.into_body().into_data_stream();
    receiver.plan("/crm", [410]);
    world.ask(ANNA, "general").await;
    world.told().await;
    until_event(stream, "webhook", |event| event["endpoint_id"] == id).await;
    let endpoint = shown(&world, &id).await;
    assert_eq!((&endpoint["on"], &endpoint["off_reason"]), (&json!(false), &json!("gone")));
    assert_eq!(log(&world, &id).await[0]["state"], "dead");
    let audit = world.get(VOLKOVA, "/audit?action=webhook.switched_off").await;
    assert_eq!(audit["items"][0]["detail"]["reason"], "gone");
    world.ask(BORIS, "general").await;
    world.told().await;
    assert_eq!(receiver.came().len(), 1, "nothing more is sent there");
}

#[tokio::test]
async fn one_that_fails_for_days_is_switched_off_and_goes_on_where_it_stood() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &receiver, "/crm", &OPEN_AND_SHUT).await;
    receiver.plan("/crm", [500; 40]);
    let asked = world.ask(ANNA, "general").await;
    cancel(&world, ANNA, &asked).await;
    world.told().await;
    for _ in 0..12 {
        world.pass(8 * 3_600);
        world.told().await;
        if shown(&world, &id).await["on"] == json!(false) {
            break;
        }
    }
    let endpoint = shown(&world, &id).await;
    assert_eq!(
        (&endpoint["off_reason"], &endpoint["failing_since"]),
        (&json!("failing"), &json!("2023-11-14T22:13:20Z"))
    );
    let before = receiver.came().len();
    world.pass(86_400);
    world.told().await;
    assert_eq!(receiver.came().len(), before);
    receiver.mend("/crm");
    world.call(VOLKOVA, "PATCH", &format!("/webhooks/{id}"), Some(json!({ "on": true }))).await.ok();
    assert_eq!(shown(&world, &id).await["failing_since"], Value::Null);
    world.pass(8 * 3_600);
    world.told().await;
    assert_eq!(receiver.taken("/crm"), OPEN_AND_SHUT);
}

#[tokio::test]
async fn a_slow_endpoint_delays_nobody_else() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    endpoint(&world, &receiver, "/slow", &OPEN_AND_SHUT).await;
    endpoint(&world, &receiver, "/quick", &OPEN_AND_SHUT).await;
    receiver.hold(&["/slow"]);
    let asked = world.ask(ANNA, "general").await;
    cancel(&world, ANNA, &asked).await;
    receiver.until_began(3).await;
    for _ in 0..200 {
        if receiver.taken("/quick").len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!((receiver.taken("/quick").len(), receiver.taken("/slow").len()), (2, 0));
    receiver.hold(&[]);
    world.told().await;
    assert_eq!(receiver.taken("/slow"), OPEN_AND_SHUT);
}

#[tokio::test]
async fn a_restart_in_the_middle_loses_nothing_and_doubles_nothing_but_what_was_under_way() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &receiver, "/crm", &OPEN_AND_SHUT).await;
    receiver.hold(&["/crm"]);
    let asked = world.ask(ANNA, "general").await;
    cancel(&world, ANNA, &asked).await;
    world.settle().await;
    receiver.until_began(1).await;
    let world = world.restart_with(|_| {}).await;
    receiver.hold(&[]);
    world.told().await;
    let came = receiver.came();
    let in_order: Vec<&str> = came.iter().map(|came| came.id.as_str()).collect();
    let distinct: BTreeSet<&str> = in_order.iter().copied().collect();
    assert_eq!(distinct.len(), 2, "each event came");
    assert_eq!(came.last().unwrap().kind(), "consultation.cancelled", "in order");
    let cancelled = came.iter().filter(|came| came.kind() == "consultation.cancelled").count();
    assert_eq!(cancelled, 1, "only what was under way may come twice");
    assert!(log(&world, &id).await.iter().all(|one| one["state"] == "delivered"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &receiver, "/crm", &OPEN_AND_SHUT).await;
    receiver.plan("/crm", [302]);
    world.ask(ANNA, "general").await;
    world.told().await;
    assert!(receiver.came().iter().all(|came| came.path == "/crm"));
    let entry = &log(&world, &id).await[0];
    assert_eq!((&entry["failure"], &entry["response_status"]), (&json!("redirect"), &json!(302)));
}

#[tokio::test]
async fn the_service_is_led_to_no_address_that_is_not_public() {
    let (world, receiver) = (World::start_guarded().await, Receiver::start().await);
    for url in [
        receiver.url.as_str(),
        "http://crm.example/hook",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.0.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
    ] {
        let answer =
            world.call(VOLKOVA, "POST", "/webhooks", Some(json!({ "url": url, "events": ["call.ended"] }))).await;
        answer.problem(422, "invalid");
        assert_eq!(answer.body["errors"][0]["field"], "url", "{url}");
    }
    // A name is not known before it is resolved: then nothing is sent.
    let port = receiver.url.rsplit(':').next().unwrap();
    let url = format!("https://localhost:{port}/crm");
    let made = world.post(VOLKOVA, "/webhooks", json!({ "url": url, "events": OPEN_AND_SHUT })).await;
    world.ask(ANNA, "general").await;
    world.told().await;
    let entry = &log(&world, made["endpoint"]["id"].as_str().unwrap()).await[0];
    assert_eq!((&entry["failure"], &entry["response_status"]), (&json!("address"), &Value::Null));
    assert_eq!(receiver.came().len(), 0);
}
