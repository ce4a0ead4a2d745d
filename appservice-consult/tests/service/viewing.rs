//! Who else looks at a record: told to those who have it open, and to nobody else.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use axum::body::BodyDataStream;
use consilium_consult::timer;
use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, events_until, until_event};

async fn events(world: &World, who: &str) -> BodyDataStream {
    world.send(who, "GET", "/events", None).await.into_body().into_data_stream()
}

fn showing(who: &str, kind: &str, id: &str, act: &str) -> Value {
    json!({ "console": format!("window of {who}"), "record": { "kind": kind, "id": id }, "act": act })
}

async fn show(world: &World, who: &str, kind: &str, id: &str) -> Answer {
    world.call(who, "PUT", "/viewing", Some(showing(who, kind, id, "looking"))).await
}

/// What is answered to a console that shows nothing, or nothing of its operator's.
fn nothing() -> Value {
    json!({ "record": null, "viewers": [] })
}

/// Names of who looks, with a mark behind those who write; by name.
fn names(viewers: &Value) -> Vec<String> {
    let name = |viewer: &Value| {
        let mark = if viewer["act"] == "writing" { "!" } else { "" };
        format!("{}{mark}", viewer["operator"]["name"].as_str().unwrap())
    };
    let mut names: Vec<String> = viewers["viewers"].as_array().unwrap().iter().map(name).collect();
    names.sort();
    names
}

async fn patient_of(world: &World, who: &str) -> String {
    world.ask(who, "general").await;
    let patients = world.get(PETROVA, &format!("/patients?user={who}")).await;
    patients["items"][0]["id"].as_str().unwrap().to_owned()
}

/// A consultation that Dr Petrova led, and that is sealed.
async fn closed(world: &World, who: &str) -> String {
    let asked = world.talk(who, PETROVA).await;
    let id = asked["id"].as_str().unwrap().to_owned();
    world.post(PETROVA, &format!("/consultations/{id}/close"), json!({})).await;
    world.settle().await;
    id
}

#[tokio::test]
async fn who_looks_at_the_same_record_is_told_of_the_other_and_of_what_he_does() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let id = asked["id"].as_str().unwrap();
    assert_eq!(names(&show(&world, PETROVA, "consultation", id).await.ok()), ["Dr Petrova"]);
    let petrova = events(&world, PETROVA).await;
    assert_eq!(names(&show(&world, SOKOLOV, "consultation", id).await.ok()), ["Dr Petrova", "Dr Sokolov"]);
    world.call(SOKOLOV, "PUT", "/viewing", Some(showing(SOKOLOV, "consultation", id, "writing"))).await.ok();
    // Said again: it is the same, and nobody is told.
    world.call(SOKOLOV, "PUT", "/viewing", Some(showing(SOKOLOV, "consultation", id, "writing"))).await.ok();
    let none = world.call(SOKOLOV, "PUT", "/viewing", Some(json!({ "console": "window of sokolov" }))).await.ok();
    assert_eq!(none, nothing());
    let heard = events_until(petrova, "viewing", |data| names(data) == ["Dr Petrova"]).await;
    let told: Vec<_> = heard.iter().filter(|(name, _)| name == "viewing").map(|(_, data)| data).collect();
    assert!(told.iter().all(|data| data["record"] == json!({ "kind": "consultation", "id": id })));
    assert_eq!(
        told.into_iter().map(names).collect::<Vec<_>>(),
        [vec!["Dr Petrova", "Dr Sokolov"], vec!["Dr Petrova", "Dr Sokolov!"], vec!["Dr Petrova"]]
    );
}

#[tokio::test]
async fn who_looks_at_something_else_hears_nothing_of_it() {
    let world = World::start().await;
    let (anna, boris) = (patient_of(&world, ANNA).await, patient_of(&world, BORIS).await);
    show(&world, SOKOLOV, "patient", &boris).await.ok();
    let sokolov = events(&world, SOKOLOV).await;
    let anna_s = events(&world, ANNA).await;
    show(&world, PETROVA, "patient", &anna).await.ok();
    show(&world, VOLKOVA, "patient", &anna).await.ok();
    show(&world, VOLKOVA, "patient", &boris).await.ok();
    world.call(ANNA, "PATCH", "/me", Some(json!({ "sex": "female" }))).await.ok();
    let heard = events_until(sokolov, "viewing", |_| true).await;
    let (_, first) = heard.last().unwrap();
    assert_eq!(
        (&first["record"]["id"], names(first)),
        (&json!(boris), vec!["Dr Sokolov".to_owned(), "Ms Volkova".to_owned()])
    );
    world
        .call(ANNA, "PUT", "/viewing", Some(showing(ANNA, "patient", &anna, "looking")))
        .await
        .problem(403, "forbidden");
    let asked = world.get(ANNA, "/consultations").await["items"][0]["id"].as_str().unwrap().to_owned();
    world.post(PETROVA, &format!("/consultations/{asked}/take"), json!({})).await;
    let of_patient = events_until(anna_s, "consultation", |data| data["consultation"]["phase"] == "active").await;
    assert!(of_patient.iter().all(|(name, _)| name != "viewing"));
}

#[tokio::test]
async fn a_console_that_falls_silent_looks_at_nothing_after_half_a_minute() {
    let world = World::start().await;
    let anna = patient_of(&world, ANNA).await;
    show(&world, SOKOLOV, "patient", &anna).await.ok();
    show(&world, PETROVA, "patient", &anna).await.ok();
    let petrova = events(&world, PETROVA).await;
    let look = async || timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    world.pass(29);
    look().await;
    assert_eq!(names(&show(&world, PETROVA, "patient", &anna).await.ok()), ["Dr Petrova", "Dr Sokolov"]);
    world.pass(2);
    look().await;
    let told = until_event(petrova, "viewing", |_| true).await;
    assert_eq!(names(&told), ["Dr Petrova"]);
}

#[tokio::test]
async fn what_somebody_may_not_see_is_as_what_is_not_there_and_takes_his_window_from_where_it_was() {
    let world = World::start().await;
    let id = closed(&world, ANNA).await;
    assert_eq!(names(&show(&world, PETROVA, "archive", &id).await.ok()), ["Dr Petrova"], "she led it");
    assert_eq!(show(&world, SOKOLOV, "archive", &id).await.ok(), nothing());
    assert_eq!(show(&world, PETROVA, "settings", "texts").await.ok(), nothing());
    assert_eq!(names(&show(&world, VOLKOVA, "archive", &id).await.ok()), ["Ms Volkova"], "the other is elsewhere now");
    assert_eq!(names(&show(&world, VOLKOVA, "settings", "texts").await.ok()), ["Ms Volkova"]);
    for (kind, id) in [
        ("settings", "nothing"),
        ("consultation", "unknown"),
        ("callback", "unknown"),
        ("patient", "unknown"),
        ("archive", "unknown"),
        ("patient", "a\u{0}b"),
    ] {
        assert_eq!(show(&world, VOLKOVA, kind, id).await.ok(), nothing(), "{kind} {id}");
    }
    let open = world.ask(BORIS, "general").await;
    assert_eq!(show(&world, VOLKOVA, "archive", open["id"].as_str().unwrap()).await.ok(), nothing(), "not sealed yet");
}

#[tokio::test]
async fn a_word_of_another_shape_is_refused() {
    let world = World::start().await;
    for wrong in [
        json!({}),
        json!({ "console": "" }),
        json!({ "console": "x".repeat(65) }),
        json!({ "console": "x", "act": "thinking" }),
        json!({ "console": "x", "record": { "kind": "queue", "id": "general" } }),
        json!({ "console": "x", "record": { "kind": "patient" } }),
        json!({ "console": "x", "more": 1 }),
    ] {
        world.call(PETROVA, "PUT", "/viewing", Some(wrong)).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn a_neighbours_desk_is_another_one() {
    let world = World::start_with_neighbour().await;
    let anna = patient_of(&world, ANNA).await;
    show(&world, PETROVA, "patient", &anna).await.ok();
    let there = async |kind: &str, id: &str| {
        world.call_neighbour(VOLKOVA, "PUT", "/viewing", Some(showing(VOLKOVA, kind, id, "looking"))).await
    };
    assert_eq!(there("patient", &anna).await.ok(), nothing());
    show(&world, VOLKOVA, "settings", "texts").await.ok();
    assert_eq!(names(&there("settings", "texts").await.ok()), ["Ms Volkova"]);
    assert_eq!(there("settings", "texts").await.ok()["viewers"].as_array().unwrap().len(), 1);
}
