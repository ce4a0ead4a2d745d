//! How `/sync` sums a room up, and in which form it gives events.

use consilium_harness::{World, segment};
use serde_json::{Value, json};

#[tokio::test]
async fn heroes_are_those_who_are_there_however_many_have_left() {
    let world = World::start().await;
    let operators = world.users(["a", "b", "c", "d", "e", "f", "g"]).await;
    let [patient, late] = world.users(["patient", "late"]).await;
    let room = patient.create_room().await;
    for operator in &operators {
        patient.invite(&room, operator).await;
        operator.join(&room).await;
        operator.leave(&room).await;
    }
    patient.invite(&room, &late).await;
    late.join(&room).await;
    let summary = patient.sync().await.joined(&room).0["summary"].clone();
    let wanted = json!({ "m.heroes": [late.id], "m.joined_member_count": 2, "m.invited_member_count": 0 });
    assert_eq!(summary, wanted);
    late.leave(&room).await;
    let summary = patient.sync().await.joined(&room).0["summary"].clone();
    assert_eq!(summary["m.heroes"].as_array().map(Vec::len), Some(5), "nobody is there: who was. {summary}");
}

#[tokio::test]
async fn who_joined_in_a_gap_is_counted_for_a_client_that_loads_members_lazily() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    alice.invite(&room, &carol).await;
    carol.join(&room).await;
    for _ in 0..3 {
        alice.say(&room, "so that there is a gap").await;
    }
    let filter = segment(r#"{"room":{"timeline":{"limit":2},"state":{"lazy_load_members":true}}}"#);
    let path = format!("/_matrix/client/v3/sync?since={}&filter={filter}", first.next_batch());
    let joined = bob.get(&path).await.ok()["rooms"]["join"][&room].clone();
    assert_eq!(joined["timeline"]["limited"], true);
    assert_eq!(joined["summary"]["m.joined_member_count"], 3, "{joined}");
}

#[tokio::test]
async fn a_room_that_was_left_is_in_a_first_sync_for_who_asks_for_it() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.say(&room, "before").await;
    bob.leave(&room).await;
    alice.say(&room, "afterwards").await;
    let left = async |query: &str| {
        let body = bob.get(&format!("/_matrix/client/v3/sync{query}")).await.ok();
        body["rooms"]["leave"][&room].clone()
    };
    assert_eq!(left("").await, Value::Null);
    let shown = left(&format!("?filter={}", segment(r#"{"room":{"include_leave":true}}"#))).await;
    let events = shown["timeline"]["events"].as_array().cloned().unwrap_or_default();
    let said: Vec<&str> = events.iter().filter_map(|event| event["content"]["body"].as_str()).collect();
    assert_eq!(said, ["before"], "what was said while he was there, and nothing after it: {shown}");
}

#[tokio::test]
async fn a_filter_may_ask_for_events_as_servers_exchange_them() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    alice.say(&room, "raw").await;
    let event = async |format: &str| -> Value {
        let filter = segment(&format!(r#"{{"event_format":"{format}"}}"#));
        let body = alice.get(&format!("/_matrix/client/v3/sync?filter={filter}")).await.ok();
        body["rooms"]["join"][&room]["timeline"]["events"].as_array().and_then(|all| all.last().cloned()).expect("one")
    };
    let (client, federation) = (event("client").await, event("federation").await);
    assert!(client["event_id"].is_string() && client["hashes"].is_null() && client["auth_events"].is_null());
    assert!(federation["hashes"].is_object() && federation["auth_events"].is_array(), "{federation}");
    assert_eq!(client["content"], federation["content"]);
}

#[tokio::test]
async fn who_leaves_or_is_kicked_types_no_more() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob, &carol]).await;
    for user in [&bob, &carol] {
        let path = format!("/_matrix/client/v3/rooms/{}/typing/{}", segment(&room), segment(&user.id));
        user.put(&path, json!({ "typing": true, "timeout": 120_000 })).await.ok();
    }
    let first = alice.sync().await;
    bob.leave(&room).await;
    let kick = format!("/_matrix/client/v3/rooms/{}/kick", segment(&room));
    alice.post(&kick, json!({ "user_id": carol.id })).await.ok();
    let news = alice.sync_since(first.next_batch(), 0).await;
    let typing = json!([{ "type": "m.typing", "content": { "user_ids": [] } }]);
    assert_eq!(news.joined(&room).0["ephemeral"]["events"], typing, "{}", news.0);
}
