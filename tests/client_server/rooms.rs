//! Rooms: creating, joining, sending, state, history.

use consilium_harness::{World, segment};
use serde_json::{Value, json};

pub fn room_path(room: &str, rest: &str) -> String {
    format!("/_matrix/client/v3/rooms/{}/{rest}", segment(room))
}

/// Bodies of the messages that a page of `/messages` holds, in its order.
pub fn bodies(page: &Value) -> Vec<String> {
    let chunk = page["chunk"].as_array().cloned().unwrap_or_default();
    chunk.iter().filter_map(|event| event["content"]["body"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_message_is_sent_and_read_back() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let event_id = alice.say(&room, "hello").await;
    let page = bob.get(&room_path(&room, "messages?dir=b&limit=1")).await.ok();
    assert_eq!(bodies(&page), ["hello"]);
    let event = bob.get(&room_path(&room, &format!("event/{}", segment(&event_id)))).await.ok();
    assert_eq!(event["event_id"], event_id.as_str());
    assert_eq!(event["room_id"], room.as_str());
    assert_eq!(event["sender"], alice.id.as_str());
    assert_eq!(event["unsigned"]["membership"], "join");
    assert!(event["unsigned"]["transaction_id"].is_null(), "another user's transaction is nobody's business");
    let own = alice.get(&room_path(&room, &format!("event/{}", segment(&event_id)))).await.ok();
    assert!(own["unsigned"]["transaction_id"].is_string());
}

#[tokio::test]
async fn a_retried_send_returns_the_first_event_id() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let (room, other) = (alice.create_room().await, alice.create_room().await);
    let path = room_path(&room, "send/m.room.message/txn1");
    let body = json!({ "msgtype": "m.text", "body": "once" });
    let (first, second) = tokio::join!(alice.put(&path, body.clone()), alice.put(&path, body.clone()));
    assert_eq!(first.ok()["event_id"], second.ok()["event_id"]);
    assert_eq!(alice.put(&path, body.clone()).await.ok()["event_id"], first.ok()["event_id"]);
    let elsewhere = alice.put(&room_path(&other, "send/m.room.message/txn1"), body).await.ok();
    assert_ne!(elsewhere["event_id"], first.ok()["event_id"], "another path is another transaction");
    let page = alice.get(&room_path(&room, "messages?dir=b&limit=10")).await.ok();
    assert_eq!(bodies(&page), ["once"]);
}

#[tokio::test]
async fn who_is_not_in_a_room_neither_reads_nor_writes() {
    let world = World::start().await;
    let [alice, mallory] = world.users(["alice", "mallory"]).await;
    let room = alice.create_room().await;
    alice.say(&room, "private").await;
    for room in [&*room, "!unknown:hs.test", "!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let send = room_path(room, "send/m.room.message/1");
        mallory.put(&send, json!({ "body": "x", "msgtype": "m.text" })).await.refused(403, "M_FORBIDDEN");
        for path in ["messages?dir=b", "state", "state/m.room.name", "members", "joined_members"] {
            mallory.get(&room_path(room, path)).await.refused(403, "M_FORBIDDEN");
        }
    }
    mallory.post(&room_path(&room, "join"), json!({})).await.refused(403, "M_FORBIDDEN");
    mallory.post(&room_path("!unknown:hs.test", "join"), json!({})).await.refused(404, "M_NOT_FOUND");
    mallory.post("/_matrix/client/v3/join/%23alias:hs.test", json!({})).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn pages_of_messages_go_both_ways_and_end() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let room = alice.create_room().await;
    for number in 0..25 {
        alice.say(&room, &format!("{number}")).await;
    }
    let mut seen = Vec::new();
    let mut from = String::new();
    loop {
        let page = alice.get(&room_path(&room, &format!("messages?dir=b&limit=7{from}"))).await.ok();
        seen.extend(bodies(&page));
        match page["end"].as_str() {
            Some(end) => from = format!("&from={}", segment(end)),
            None => break,
        }
    }
    let expected: Vec<String> = (0..25).rev().map(|number| number.to_string()).collect();
    assert_eq!(seen, expected);
    let (mut seen, mut from) = (Vec::new(), String::new());
    loop {
        let page = alice.get(&room_path(&room, &format!("messages?dir=f&limit=7{from}"))).await.ok();
        seen.extend(bodies(&page));
        match page["end"].as_str() {
            Some(end) => from = format!("&from={}", segment(end)),
            None => break,
        }
    }
    assert_eq!(seen, expected.into_iter().rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn state_is_set_read_and_listed() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    for version in ["10", "11", "12"] {
        let room = alice.create_room_like(json!({ "room_version": version, "name": "First", "topic": "Talk" })).await;
        assert_eq!(alice.get(&room_path(&room, "state/m.room.name")).await.ok(), json!({ "name": "First" }));
        let put = alice.put(&room_path(&room, "state/m.room.name/"), json!({ "name": "Second" })).await.ok();
        let again = alice.put(&room_path(&room, "state/m.room.name"), json!({ "name": "Second" })).await.ok();
        assert_eq!(put["event_id"], again["event_id"], "setting state twice is idempotent");
        let event = alice.get(&room_path(&room, "state/m.room.name/?format=event")).await.ok();
        assert_eq!(event["unsigned"]["prev_content"]["name"], "First");
        let all = alice.get(&room_path(&room, "state")).await.ok();
        let kinds: Vec<&str> =
            all.as_array().into_iter().flatten().filter_map(|event| event["type"].as_str()).collect();
        for kind in ["m.room.create", "m.room.member", "m.room.power_levels", "m.room.join_rules", "m.room.topic"] {
            assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
        }
        let create = alice.get(&room_path(&room, "state/m.room.create")).await.ok();
        assert_eq!(create["room_version"], version);
        alice.get(&room_path(&room, "state/m.nothing/x")).await.refused(404, "M_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_left_member_sees_nothing_said_afterwards() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.say(&room, "before").await;
    bob.leave(&room).await;
    let after = alice.say(&room, "after").await;
    alice.put(&room_path(&room, "state/m.room.name"), json!({ "name": "secret" })).await.ok();
    assert_eq!(bodies(&bob.get(&room_path(&room, "messages?dir=b")).await.ok()), ["before"]);
    bob.get(&room_path(&room, &format!("event/{}", segment(&after)))).await.refused(404, "M_NOT_FOUND");
    bob.get(&room_path(&room, "state/m.room.name")).await.refused(404, "M_NOT_FOUND");
    bob.put(&room_path(&room, "send/m.room.message/9"), json!({ "body": "x" })).await.refused(403, "M_FORBIDDEN");
    bob.get(&room_path(&room, "joined_members")).await.refused(403, "M_FORBIDDEN");
}
