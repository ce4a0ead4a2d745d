//! Server-sent events: nothing is missed, nothing is shown to who may not see it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id};

pub struct Listener {
    stream: BodyDataStream,
    buffer: String,
}

#[derive(Debug, Default)]
pub struct Event {
    id: Option<String>,
    name: String,
    pub data: Value,
}

impl Listener {
    pub async fn open(world: &World, who: &str, last_event_id: Option<&str>) -> Self {
        let mut request = Request::builder().uri("/_consilium/v1/events").header("host", "api.test");
        request = request.header("authorization", format!("Bearer token-{who}"));
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        let response = world.raw(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { stream: response.into_body().into_data_stream(), buffer: String::new() }
    }

    /// The next event, or `None` when nothing comes for a while.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((frame, rest)) = self.buffer.split_once("\n\n") {
                let event = parse(frame);
                self.buffer = String::from(rest);
                return Some(event);
            }
            let chunk = tokio::time::timeout(Duration::from_millis(700), self.stream.next()).await.ok()??;
            self.buffer.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }

    /// Events until one of this name about this consultation.
    pub async fn consultation(&mut self, phase: &str) -> Event {
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("no consultation in phase {phase}"));
            if event.name == "consultation" && event.data["consultation"]["phase"] == phase {
                return event;
            }
        }
    }

    /// Events until what one says of a patient's row is wanted.
    async fn patient(&mut self, what: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("no row of a patient: {what}"));
            if event.name == "patient" && is_wanted(&event.data) {
                return event.data;
            }
        }
    }
}

fn parse(frame: &str) -> Event {
    let mut event = Event::default();
    for line in frame.lines() {
        match line.split_once(": ").or_else(|| line.split_once(':')) {
            Some(("id", id)) => event.id = Some(id.to_owned()),
            Some(("event", name)) => name.clone_into(&mut event.name),
            Some(("data", data)) => event.data = serde_json::from_str(data).unwrap(),
            _ => {}
        }
    }
    event
}

#[tokio::test]
async fn an_operator_sees_the_question_the_moment_it_is_asked_and_the_patient_the_take() {
    let world = World::start().await;
    let mut operator = Listener::open(&world, PETROVA, None).await;
    let mut patient = Listener::open(&world, ANNA, None).await;
    let asked = world.ask(ANNA, "general").await;
    let row = operator.consultation("queued").await.data["consultation"].clone();
    assert_eq!((&row["id"], &row["patient"]["name"]), (&asked["id"], &json!("Анна Каренина")));
    let own = patient.consultation("queued").await.data["consultation"].clone();
    assert_eq!((&own["id"], own.get("patient")), (&asked["id"], None));
    world.post(PETROVA, &format!("/consultations/{}/take", asked["id"].as_str().unwrap()), json!({})).await;
    assert_eq!(patient.consultation("active").await.data["consultation"]["participants"][0]["name"], "Dr Petrova");
}

#[tokio::test]
async fn a_stream_that_comes_back_gets_what_it_missed_and_nothing_twice() {
    let world = World::start().await;
    let mut first = Listener::open(&world, PETROVA, None).await;
    let greeting = first.next().await.unwrap();
    drop(first);
    let asked = world.ask(ANNA, "general").await;
    world.say(ANNA, asked["room_id"].as_str().unwrap(), "hello").await;
    let other = world.ask(BORIS, "general").await;
    let mut back = Listener::open(&world, PETROVA, greeting.id.as_deref()).await;
    let mut seen = Vec::new();
    let mut last = greeting.id.clone();
    while let Some(event) = back.next().await {
        if event.name == "consultation" {
            let id = event.data["consultation"]["id"].clone();
            if id == asked["id"] {
                assert_eq!(event.data["consultation"]["message_count"], 1);
            }
            seen.push(id);
        }
        last = event.id.or(last);
    }
    assert_eq!(seen, [asked["id"].clone(), other["id"].clone()]);
    let mut again = Listener::open(&world, PETROVA, last.as_deref()).await;
    while let Some(event) = again.next().await {
        assert_ne!(event.name, "consultation");
    }
}

#[tokio::test]
async fn a_stream_that_saw_what_is_forgotten_is_told_to_load_everything() {
    let world = World::start().await;
    for id in ["999999", "x"] {
        let mut stream = Listener::open(&world, PETROVA, Some(id)).await;
        assert_eq!(stream.next().await.unwrap().name, "resync");
    }
}

#[tokio::test]
async fn patients_hear_nothing_of_others_and_nothing_of_the_desk() {
    let world = World::start().await;
    let mut boris = Listener::open(&world, BORIS, None).await;
    let asked = world.ask(ANNA, "general").await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    world.post(PETROVA, &format!("/consultations/{}/take", asked["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;
    while let Some(event) = boris.next().await {
        assert_eq!(event.name, "", "{event:?}");
    }
}

#[tokio::test]
async fn a_waiting_patient_hears_that_his_place_has_changed() {
    let world = World::start().await;
    let first = world.ask(ANNA, "general").await;
    world.pass(1);
    let second = world.ask(BORIS, "general").await;
    assert_eq!(second["waiting"]["place"], 2);
    let mut boris = Listener::open(&world, BORIS, None).await;
    world.post(PETROVA, &format!("/consultations/{}/take", first["id"].as_str().unwrap()), json!({})).await;
    assert_eq!(boris.consultation("queued").await.data["consultation"]["waiting"]["place"], 1);
}

#[tokio::test]
async fn keys_are_told_to_whom_they_were_given_alone() {
    let world = World::start().await;
    let mut petrova = Listener::open(&world, PETROVA, None).await;
    let mut sokolov = Listener::open(&world, SOKOLOV, None).await;
    let asked = world.ask(ANNA, "general").await;
    world.post(PETROVA, &format!("/consultations/{}/take", asked["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;
    let mut told = None;
    while let Some(event) = petrova.next().await {
        if event.name == "keys" {
            told = Some(event.data);
        }
    }
    assert_eq!(told, Some(json!({ "consultation_id": asked["id"], "devices": 1 })));
    while let Some(event) = sokolov.next().await {
        assert_ne!(event.name, "keys");
    }
}

#[tokio::test]
async fn statuses_and_queue_loads_are_told_to_staff() {
    let world = World::start().await;
    let mut volkova = Listener::open(&world, VOLKOVA, None).await;
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let (mut status, mut online) = (None, Vec::new());
    while let Some(event) = volkova.next().await {
        match event.name.as_str() {
            "operator" => status = Some(event.data["operator"]["status"].clone()),
            "queue" => {
                online.push((event.data["queue"]["id"].clone(), event.data["queue"]["operators_online"].clone()));
            }
            _ => {}
        }
    }
    assert_eq!(status, Some(json!("online")));
    assert_eq!(online, [(json!("dental"), json!(1)), (json!("general"), json!(1))]);
}

/// As the table of patients has him.
async fn listed(world: &World, who: &str) -> Value {
    world.get(PETROVA, &format!("/patients?user={who}")).await["items"][0].clone()
}

#[tokio::test]
async fn the_table_of_patients_hears_of_a_new_one_of_his_consultations_and_of_his_name() {
    let world = World::start().await;
    let mut operator = Listener::open(&world, PETROVA, None).await;
    world.ask(ANNA, "general").await;
    let told = operator.patient("who asked", |data| data["patient"]["consultations"] == 1).await;
    let row = listed(&world, ANNA).await;
    assert_eq!((&told["patient"], &told["patient_id"]), (&row, &row["id"]));
    world.call(ANNA, "PATCH", "/me", Some(json!({ "name": "Anna K.", "phone": "+7 495 000-00-01" }))).await.ok();
    let told = operator.patient("another name", |data| data["patient"]["name"] == "Anna K.").await;
    assert_eq!(told["patient"], listed(&world, ANNA).await);
    let waits = operator.consultation("queued").await;
    assert_eq!(waits.data["consultation"]["patient"]["name"], "Anna K.", "who waits is shown by it too");
}

#[tokio::test]
async fn the_table_of_patients_hears_who_is_in_it_no_more() {
    let world = World::start().await;
    for who in [ANNA, BORIS] {
        world.get(who, "/me").await;
    }
    let (anna, boris) = (listed(&world, ANNA).await["id"].clone(), listed(&world, BORIS).await["id"].clone());
    let (leading, merged) = (anna.as_str().unwrap(), boris.as_str().unwrap());
    let mut operator = Listener::open(&world, PETROVA, None).await;
    let preview = world.get(VOLKOVA, &format!("/patients/{leading}/merges/preview?with={merged}")).await;
    let wish = json!({
        "merged_id": merged, "taken": [], "reason": "The same man", "seen": preview["seen"], "request_id": request_id(),
    });
    let merge = world.post(VOLKOVA, &format!("/patients/{leading}/merges"), wish).await;
    operator
        .patient("the one that is shown on another", |data| data["patient_id"] == boris && data["patient"].is_null())
        .await;
    let wish = json!({ "version": 1, "reason": "His brother", "request_id": request_id() });
    world.post(VOLKOVA, &format!("/merges/{}/separate", merge["id"].as_str().unwrap()), wish).await;
    let told = operator.patient("he is back", |data| data["patient_id"] == boris && !data["patient"].is_null()).await;
    assert_eq!(told["patient"]["name"], "Boris");
    let body = json!({ "confirm": "delete", "reason": "His letter" });
    world.call(VOLKOVA, "POST", &format!("/patients/{merged}/deletion"), Some(body)).await.ok();
    operator.patient("he is gone", |data| data["patient_id"] == boris && data["patient"].is_null()).await;
}
