//! Who sees what of a room's history, and paging through it.

use consilium_harness::{User, World, segment};
use serde_json::{Value, json};

use crate::rooms::{bodies, room_path};

async fn everything(user: &User, room: &str) -> Vec<String> {
    bodies(&user.get(&room_path(room, "messages?dir=f&limit=100")).await.ok())
}

async fn room_with(owner: &User, visibility: &str) -> String {
    let state = json!([{ "type": "m.room.history_visibility", "content": { "history_visibility": visibility } }]);
    owner.create_room_like(json!({ "initial_state": state })).await
}

#[tokio::test]
async fn each_visibility_shows_a_new_member_what_it_says() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    for (visibility, expected) in [
        ("world_readable", vec!["before", "invited", "joined"]),
        ("shared", vec!["before", "invited", "joined"]),
        ("invited", vec!["invited", "joined"]),
        ("joined", vec!["joined"]),
    ] {
        let room = room_with(&alice, visibility).await;
        let before = alice.say(&room, "before").await;
        alice.invite(&room, &bob).await;
        alice.say(&room, "invited").await;
        if visibility != "world_readable" {
            bob.get(&room_path(&room, "messages?dir=b")).await.refused(403, "M_FORBIDDEN");
        }
        bob.join(&room).await;
        alice.say(&room, "joined").await;
        assert_eq!(everything(&bob, &room).await, expected, "{visibility}");
        let single = bob.get(&room_path(&room, &format!("event/{}", segment(&before)))).await;
        let context = bob.get(&room_path(&room, &format!("context/{}", segment(&before)))).await;
        if expected.contains(&"before") {
            single.ok();
            context.ok();
        } else {
            single.refused(404, "M_NOT_FOUND");
            context.refused(404, "M_NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn a_change_of_visibility_counts_from_its_place_on() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = room_with(&alice, "joined").await;
    alice.say(&room, "closed").await;
    let open = json!({ "history_visibility": "shared" });
    alice.put(&room_path(&room, "state/m.room.history_visibility"), open).await.ok();
    alice.say(&room, "open").await;
    alice.invite(&room, &bob).await;
    bob.join(&room).await;
    assert_eq!(everything(&bob, &room).await, ["open"]);
    bob.leave(&room).await;
    alice.say(&room, "absent").await;
    assert_eq!(everything(&bob, &room).await, ["open"]);
    alice.invite(&room, &bob).await;
    bob.join(&room).await;
    assert_eq!(everything(&bob, &room).await, ["open", "absent"], "shared history is shared with who comes back");
}

#[tokio::test]
async fn a_world_readable_room_is_read_by_strangers_and_written_by_members() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = room_with(&alice, "world_readable").await;
    let event = alice.say(&room, "for all").await;
    assert_eq!(everything(&bob, &room).await, ["for all"]);
    bob.get(&room_path(&room, &format!("event/{}", segment(&event)))).await.ok();
    bob.get(&room_path(&room, "state/m.room.create")).await.ok();
    bob.put(&room_path(&room, "send/m.room.message/1"), json!({ "body": "x" })).await.refused(403, "M_FORBIDDEN");
    let closed = json!({ "history_visibility": "shared" });
    alice.put(&room_path(&room, "state/m.room.history_visibility"), closed).await.ok();
    bob.get(&room_path(&room, "messages?dir=b")).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn state_is_shown_to_a_departed_member_as_it_was() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let name = room_path(&room, "state/m.room.name");
    alice.put(&name, json!({ "name": "then" })).await.ok();
    bob.leave(&room).await;
    alice.put(&name, json!({ "name": "now" })).await.ok();
    assert_eq!(bob.get(&name).await.ok()["name"], "then");
    let state = bob.get(&room_path(&room, "state")).await.ok();
    let names: Vec<&Value> = state
        .as_array()
        .into_iter()
        .flatten()
        .filter(|event| event["type"] == "m.room.name")
        .map(|event| &event["content"]["name"])
        .collect();
    assert_eq!(names, ["then"]);
    let forward = bob.get(&room_path(&room, "messages?dir=f&limit=100")).await.ok();
    assert_eq!(forward["end"], Value::Null);
    let last = forward["chunk"].as_array().and_then(|chunk| chunk.last()).cloned().expect("events");
    assert_eq!((&last["state_key"], &last["content"]["membership"]), (&json!(bob.id), &json!("leave")));
}

#[tokio::test]
async fn context_shows_both_sides_and_tokens_that_lead_on() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let room = alice.create_room().await;
    let mut ids = Vec::new();
    for number in 0..9 {
        ids.push(alice.say(&room, &number.to_string()).await);
    }
    let path = room_path(&room, &format!("context/{}?limit=4", segment(&ids[4])));
    let context = alice.get(&path).await.ok();
    assert_eq!(context["event"]["content"]["body"], "4");
    assert_eq!(bodies(&json!({ "chunk": context["events_before"] })), ["3", "2"]);
    assert_eq!(bodies(&json!({ "chunk": context["events_after"] })), ["5", "6"]);
    assert!(context["state"].as_array().is_some_and(|state| state.len() >= 6));
    let on = async |dir: &str, token: &Value| {
        let token = segment(token.as_str().expect("a token"));
        bodies(&alice.get(&room_path(&room, &format!("messages?dir={dir}&limit=2&from={token}"))).await.ok())
    };
    assert_eq!(on("b", &context["start"]).await, ["1", "0"]);
    assert_eq!(on("f", &context["end"]).await, ["7", "8"]);
    let lazy = segment(r#"{"lazy_load_members":true}"#);
    let context = alice.get(&format!("{path}&filter={lazy}")).await.ok();
    let members =
        context["state"].as_array().into_iter().flatten().filter(|event| event["type"] == "m.room.member").count();
    assert_eq!(members, 1);
    alice.get(&room_path(&room, "context/$unknown")).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn filters_choose_events() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.say(&room, "a").await;
    let parent = bob.say(&room, "b").await;
    alice.send(&room, "m.room.message", json!({ "body": "url", "url": "mxc://hs.test/x" })).await;
    let relation = json!({ "body": "related", "m.relates_to": { "rel_type": "m.reference", "event_id": parent } });
    alice.send(&room, "m.room.message", relation).await;
    alice.send(&room, "x.other", json!({ "body": "other" })).await;
    let all = ["a", "b", "url", "related", "other"];
    for (filter, expected) in [
        (json!({}), all.to_vec()),
        (json!({ "types": ["m.room.*"] }), vec!["a", "b", "url", "related"]),
        (json!({ "not_types": ["m.room.message"] }), vec!["other"]),
        (json!({ "senders": [bob.id] }), vec!["b"]),
        (json!({ "not_senders": [alice.id] }), vec!["b"]),
        (json!({ "contains_url": true }), vec!["url"]),
        (json!({ "contains_url": false, "types": ["m.room.message"] }), vec!["a", "b", "related"]),
        (json!({ "org.matrix.msc3874.rel_types": ["m.reference"] }), vec!["related"]),
        (json!({ "not_rel_types": ["m.reference"], "types": ["m.room.message"] }), vec!["a", "b", "url"]),
        (json!({ "rooms": [room] }), all.to_vec()),
        (json!({ "not_rooms": [room] }), vec![]),
        (json!({ "rooms": [] }), vec![]),
    ] {
        let path = room_path(&room, &format!("messages?dir=f&limit=100&filter={}", segment(&filter.to_string())));
        assert_eq!(bodies(&alice.get(&path).await.ok()), expected, "{filter}");
    }
    let lazy = segment(r#"{"lazy_load_members":true,"types":["m.room.message"],"senders":["@bob:hs.test"]}"#);
    let page = alice.get(&room_path(&room, &format!("messages?dir=b&filter={lazy}"))).await.ok();
    let state = page["state"].as_array().cloned().unwrap_or_default();
    assert!(state.iter().all(|event| event["state_key"] == bob.id.as_str()) && state.len() <= 1, "{state:?}");
    alice.get(&room_path(&room, "messages?dir=b&filter=nonsense")).await.refused(400, "M_INVALID_PARAM");
    alice.get(&room_path(&room, "messages?dir=x")).await.refused(400, "M_INVALID_PARAM");
    alice.get(&room_path(&room, "messages")).await.refused(400, "M_MISSING_PARAM");
    alice.get(&room_path(&room, "messages?dir=b&from=nonsense")).await.refused(400, "M_INVALID_PARAM");
}

#[tokio::test]
async fn an_event_is_found_by_its_time() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let room = alice.create_room().await;
    let first = alice.say(&room, "first").await;
    let path = |ts: &Value, dir: &str| {
        format!("/_matrix/client/v1/rooms/{}/timestamp_to_event?ts={ts}&dir={dir}", segment(&room))
    };
    let event = alice.get(&room_path(&room, &format!("event/{}", segment(&first)))).await.ok();
    let found = alice.get(&path(&event["origin_server_ts"], "f")).await.ok();
    assert!(found["origin_server_ts"].as_u64() >= event["origin_server_ts"].as_u64());
    assert_eq!(alice.get(&path(&json!(4_000_000_000_000_u64), "b")).await.ok()["event_id"], first.as_str());
    alice.get(&path(&json!(4_000_000_000_000_u64), "f")).await.refused(404, "M_NOT_FOUND");
    alice.get(&path(&json!(5), "b")).await.refused(404, "M_NOT_FOUND");
}
