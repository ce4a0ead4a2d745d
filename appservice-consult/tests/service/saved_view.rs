//! Saved views: everybody's own, shared by supervisors, kept over a restart, guarded by versions, told to whom they concern.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, PETROVA, SOKOLOV, VOLKOVA, World, lies_in, until_event};

const CANARY: &str = "canary-of-the-views";

fn view(name: &str, more: Value) -> Value {
    let mut view = json!({ "name": name, "section": "waiting", "query": "queue=general&sort=patient" });
    view.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    view
}

/// What changes a view as it was, with something of it changed.
fn change(before: &Value, more: Value) -> Value {
    let mut change = json!({});
    for field in ["version", "name", "section", "query", "order", "sharing", "removed"] {
        change[field] = before[field].clone();
    }
    change.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    change
}

async fn put(world: &World, who: &str, before: &Value, more: Value) -> Answer {
    let path = format!("/views/{}", before["id"].as_str().unwrap());
    world.call(who, "PUT", &path, Some(change(before, more))).await
}

async fn names(world: &World, who: &str) -> Vec<String> {
    let views = world.get(who, "/views").await;
    views["views"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

const EVERYBODY: &str = "everybody";

fn shared(with: &str) -> Value {
    json!({ "sharing": { "with": with } })
}

#[tokio::test]
async fn a_view_is_its_owners_alone_and_outlives_a_restart() {
    let world = World::start().await;
    let made = world.post(PETROVA, "/views", view(" Late   children ", json!({}))).await;
    assert_eq!((&made["name"], &made["version"]), (&json!("Late children"), &json!(1)));
    assert_eq!((&made["owner"]["name"], &made["sharing"]["with"]), (&json!("Dr Petrova"), &json!("nobody")));
    for who in [SOKOLOV, VOLKOVA] {
        assert!(names(&world, who).await.is_empty());
        put(&world, who, &made, json!({ "name": "Mine" })).await.problem(404, "not-found");
    }
    let world = world.restart().await;
    assert_eq!(names(&world, PETROVA).await, ["Late children"]);
    let kept = world.get(PETROVA, "/views").await["views"][0].clone();
    assert_eq!(kept["query"], "queue=general&sort=patient");
    let list = world.get(PETROVA, &format!("/consultations?view=waiting&{}", kept["query"].as_str().unwrap())).await;
    assert_eq!(list["total"], 0, "the list takes it");
    let other = World::start().await;
    put(&other, PETROVA, &made, json!({})).await.problem(404, "not-found");
    assert!(names(&other, PETROVA).await.is_empty(), "another tenant's");
}

#[tokio::test]
async fn a_change_is_over_the_version_that_was_seen_and_what_was_removed_can_be_taken_back() {
    let world = World::start().await;
    let made = world.post(PETROVA, "/views", view("Late", json!({}))).await;
    let changed = put(&world, PETROVA, &made, json!({ "section": "archive", "query": "days=7" })).await.ok();
    assert_eq!((&changed["version"], &changed["section"]), (&json!(2), &json!("archive")));
    put(&world, PETROVA, &made, json!({ "name": "Older" })).await.problem(409, "conflict");
    assert_eq!(put(&world, PETROVA, &changed, json!({})).await.ok()["version"], 2, "nothing changed");
    let removed = put(&world, PETROVA, &changed, json!({ "removed": true })).await.ok();
    assert!(names(&world, PETROVA).await.is_empty());
    let back = put(&world, PETROVA, &removed, json!({ "removed": false })).await.ok();
    assert_eq!((&back["removed"], &back["query"]), (&json!(false), &json!("days=7")));
    let removed = put(&world, PETROVA, &back, json!({ "removed": true })).await.ok();
    world.pass(2 * 24 * 3_600);
    world.post(PETROVA, "/views", view("Another", json!({}))).await;
    put(&world, PETROVA, &removed, json!({ "removed": false })).await.problem(404, "not-found");
}

#[tokio::test]
async fn supervisors_share_and_others_read() {
    let world = World::start().await;
    world.call(PETROVA, "POST", "/views", Some(view("A", shared(EVERYBODY)))).await.problem(403, "forbidden");
    let own = world.post(VOLKOVA, "/views", view("Desk", json!({}))).await;
    let desk = put(&world, VOLKOVA, &own, shared(EVERYBODY)).await.ok();
    let dental = json!({ "sharing": { "with": "queues", "queue_ids": ["dental"] } });
    // Views of one millisecond have no order.
    world.pass(1);
    let teeth = world.post(VOLKOVA, "/views", view("Teeth", dental)).await;
    assert_eq!(names(&world, PETROVA).await, ["Desk", "Teeth"]);
    assert_eq!(names(&world, SOKOLOV).await, ["Desk"], "he serves no dentist's queue");
    put(&world, PETROVA, &desk, json!({ "name": "Mine" })).await.problem(403, "forbidden");
    put(&world, PETROVA, &desk, json!({ "removed": true })).await.problem(403, "forbidden");
    put(&world, PETROVA, &desk, shared("nobody")).await.problem(403, "forbidden");
    put(&world, SOKOLOV, &teeth, json!({})).await.problem(404, "not-found");
    let copy = change(&desk, json!({ "name": "Desk, mine", "sharing": { "with": "nobody" } }));
    let copy = json!({ "name": copy["name"], "section": copy["section"], "query": copy["query"] });
    world.pass(1);
    world.post(PETROVA, "/views", copy).await;
    assert_eq!(names(&world, PETROVA).await, ["Desk", "Teeth", "Desk, mine"]);
    let kept = put(&world, VOLKOVA, &desk, json!({ "name": "The desk" })).await.ok();
    put(&world, VOLKOVA, &kept, shared("nobody")).await.ok();
    put(&world, VOLKOVA, &teeth, json!({ "removed": true })).await.ok();
    assert_eq!(names(&world, PETROVA).await, ["Desk, mine"]);
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", own["id"].as_str().unwrap())).await;
    let actions: Vec<_> = audit["items"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(actions, ["view.unshared", "view.changed", "view.shared"], "private, it is nobody's affair");
}

#[tokio::test]
async fn a_supervisor_ends_the_sharing_of_a_colleagues_and_nothing_else() {
    let world = World::start().await;
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].as_str().unwrap().to_owned();
    let role = async |role: &str| {
        world.call(VOLKOVA, "PATCH", &format!("/operators/{petrova}"), Some(json!({ "role": role }))).await.ok()
    };
    role("supervisor").await;
    let made = world.post(PETROVA, "/views", view("Hers", shared(EVERYBODY))).await;
    role("operator").await;
    put(&world, VOLKOVA, &made, json!({ "name": "Mine" })).await.problem(403, "forbidden");
    let renamed = put(&world, PETROVA, &made, json!({ "name": "Still hers" })).await.ok();
    assert_eq!(renamed["sharing"]["with"], "everybody", "what is shared stays so");
    put(&world, VOLKOVA, &renamed, shared("nobody")).await.ok();
    assert_eq!((names(&world, PETROVA).await.len(), names(&world, SOKOLOV).await.len()), (1, 0));
}

#[tokio::test]
async fn what_cannot_be_a_view_is_refused() {
    let world = World::start().await;
    world.post(PETROVA, "/views", view("Late", json!({}))).await;
    for (more, field) in [
        (json!({ "name": " " }), "name"),
        (json!({ "name": "x".repeat(61) }), "name"),
        (json!({ "name": "LATE" }), "name"),
        (json!({ "query": "colour=red" }), "query"),
        (json!({ "query": "view=ended" }), "query"),
        (json!({ "query": "limit=7" }), "query"),
        (json!({ "section": "archive", "query": "days=0" }), "query"),
        (json!({ "query": format!("q={}", "x".repeat(2_000)) }), "query"),
        (json!({ "order": "Name" }), "order"),
        (json!({ "more": 1 }), "body"),
    ] {
        let refused = world.call(PETROVA, "POST", "/views", Some(view("A", more.clone()))).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{more}");
    }
    let nowhere = json!({ "sharing": { "with": "queues", "queue_ids": ["nowhere"] } });
    let refused = world.call(VOLKOVA, "POST", "/views", Some(view("A", nowhere))).await;
    assert_eq!(refused.body["errors"][0]["field"], "sharing");
    for number in 1..50 {
        world.post(PETROVA, "/views", view(&format!("V{number}"), json!({}))).await;
    }
    world.call(PETROVA, "POST", "/views", Some(view("One more", json!({})))).await.problem(409, "conflict");
    assert_eq!(names(&world, PETROVA).await.len(), 50);
}

#[tokio::test]
async fn everybody_has_his_own_order() {
    let world = World::start().await;
    let desk = world.post(VOLKOVA, "/views", view("Desk", shared(EVERYBODY))).await;
    let late = world.post(PETROVA, "/views", view("Late", json!({}))).await;
    let order = json!({ "view_ids": [late["id"], "unknown", desk["id"], late["id"]] });
    let stream = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    let arranged = world.call(PETROVA, "PUT", "/view-order", Some(order)).await.ok();
    assert_eq!(arranged["views"][0]["name"], "Late");
    let told = until_event(stream, "view_order", |_| true).await;
    assert_eq!(told["view_ids"], json!([late["id"], desk["id"]]));
    assert_eq!(names(&world, PETROVA).await, ["Late", "Desk"]);
    world.post(PETROVA, "/views", view("Newer", json!({}))).await;
    assert_eq!(names(&world, PETROVA).await, ["Late", "Desk", "Newer"]);
    assert_eq!(names(&world, SOKOLOV).await, ["Desk"]);
    let too_many = json!({ "view_ids": vec!["x"; 151] });
    world.call(PETROVA, "PUT", "/view-order", Some(too_many)).await.problem(422, "invalid");
}

#[tokio::test]
async fn other_consoles_hear_of_what_they_see_and_nobody_else_does() {
    let world = World::start().await;
    let listen = async |who: &str| world.send(who, "GET", "/events", None).await.into_body().into_data_stream();
    let (own, colleague, patient) = (listen(PETROVA).await, listen(SOKOLOV).await, listen(ANNA).await);
    world.post(PETROVA, "/views", view(CANARY, json!({ "query": format!("q={CANARY}") }))).await;
    assert_eq!(until_event(own, "view", |_| true).await["view"]["name"], CANARY);
    let desk = world.post(VOLKOVA, "/views", view("Desk", shared(EVERYBODY))).await;
    let heard = support::events_until(colleague, "view", |_| true).await;
    assert_eq!(heard.last().unwrap().1["view"]["name"], "Desk", "the private one was not for him");
    assert!(!format!("{heard:?}").contains(CANARY));
    let again = listen(SOKOLOV).await;
    put(&world, VOLKOVA, &desk, shared("nobody")).await.ok();
    let gone = until_event(again, "view", |_| true).await;
    assert_eq!((&gone["view_id"], &gone["view"]), (&desk["id"], &Value::Null));
    world.ask(ANNA, "general").await;
    let told = support::events_until(patient, "consultation", |_| true).await;
    assert!(told.iter().all(|(name, _)| name != "view"), "{told:?}");
    assert!(!lies_in(&world.data_folder(), CANARY.as_bytes()), "name and query are sealed");
}
