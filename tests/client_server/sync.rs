//! `/sync`: what is new, long polls, membership, state, receipts, typing, unread counts.

use consilium_harness::{User, World, segment};
use serde_json::{Value, json};

use crate::rooms::room_path;

async fn sync_like(user: &User, query: &str) -> Value {
    user.get(&format!("/_matrix/client/v3/sync?{query}")).await.ok()
}

fn next(body: &Value) -> String {
    body["next_batch"].as_str().expect("a token").to_owned()
}

fn types(events: &Value) -> Vec<String> {
    events.as_array().into_iter().flatten().filter_map(|event| event["type"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_first_sync_shows_the_room_and_a_later_one_only_what_is_new() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.say(&room, "one").await;
    let first = bob.sync().await;
    assert_eq!(first.joined(&room).texts(), ["one"]);
    alice.say(&room, "two").await;
    let second = bob.sync_since(first.next_batch(), 0).await;
    assert_eq!(second.joined(&room).texts(), ["two"]);
    let third = sync_like(&bob, &format!("since={}", second.next_batch())).await;
    assert!(third["rooms"].is_null(), "nothing is new: {third}");
}

#[tokio::test]
async fn a_parked_sync_wakes_with_the_message() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    let (woken, _) = tokio::join!(bob.sync_since(first.next_batch(), 30_000), async {
        tokio::task::yield_now().await;
        alice.say(&room, "wake up").await
    });
    assert_eq!(woken.joined(&room).texts(), ["wake up"]);
}

#[tokio::test]
async fn an_invitation_is_shown_with_stripped_state_and_then_the_room() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_like(json!({ "name": "Ward", "preset": "private_chat" })).await;
    let before = bob.sync().await;
    alice.invite(&room, &bob).await;
    let invited = sync_like(&bob, &format!("since={}", before.next_batch())).await;
    let state = &invited["rooms"]["invite"][&room]["invite_state"]["events"];
    assert!(
        types(state).contains(&"m.room.name".to_owned()) && types(state).contains(&"m.room.member".to_owned()),
        "{state}"
    );
    bob.join(&room).await;
    let joined = sync_like(&bob, &format!("since={}", next(&invited))).await;
    let entry = &joined["rooms"]["join"][&room];
    let all = [types(&entry["state"]["events"]), types(&entry["timeline"]["events"])].concat();
    for kind in ["m.room.create", "m.room.power_levels", "m.room.join_rules", "m.room.name"] {
        assert!(all.contains(&kind.to_owned()), "{kind} is missing in {all:?}");
    }
    assert_eq!(entry["summary"]["m.joined_member_count"], 2);
}

#[tokio::test]
async fn a_left_member_sees_nothing_said_afterwards() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    alice.say(&room, "before").await;
    bob.leave(&room).await;
    alice.say(&room, "private").await;
    let left = sync_like(&bob, &format!("since={}", first.next_batch())).await;
    let events = left["rooms"]["leave"][&room]["timeline"]["events"].clone();
    assert!(left["rooms"]["join"][&room].is_null());
    let text = events.to_string();
    assert!(text.contains("before") && !text.contains("private"), "{text}");
    let later = sync_like(&bob, &format!("since={}", next(&left))).await;
    assert!(later["rooms"].is_null(), "{later}");
}

#[tokio::test]
async fn a_gap_is_told_and_the_state_in_it_is_not_lost() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    alice.put(&room_path(&room, "state/m.room.topic/"), json!({ "topic": "in the gap" })).await.ok();
    for number in 0..12 {
        alice.say(&room, &format!("message {number}")).await;
    }
    let filter = segment(r#"{"room":{"timeline":{"limit":5}}}"#);
    let body = sync_like(&bob, &format!("since={}&filter={filter}", first.next_batch())).await;
    let entry = &body["rooms"]["join"][&room];
    assert_eq!(entry["timeline"]["limited"], true);
    assert_eq!(entry["timeline"]["events"].as_array().map(Vec::len), Some(5));
    assert_eq!(types(&entry["state"]["events"]), ["m.room.topic"]);
    let from = entry["timeline"]["prev_batch"].as_str().expect("a place to page from");
    let page = bob.get(&room_path(&room, &format!("messages?dir=b&limit=3&from={from}"))).await.ok();
    assert_eq!(crate::rooms::bodies(&page), ["message 6", "message 5", "message 4"]);
    let after = sync_like(&bob, &format!("since={}&filter={filter}&use_state_after=true", first.next_batch())).await;
    assert_eq!(types(&after["rooms"]["join"][&room]["state_after"]["events"]), ["m.room.topic"]);
}

#[tokio::test]
async fn lazily_loaded_members_are_those_who_spoke() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob, &carol]).await;
    bob.say(&room, "hello").await;
    let filter = segment(r#"{"room":{"timeline":{"limit":1},"state":{"lazy_load_members":true}}}"#);
    let body = sync_like(&alice, &format!("filter={filter}")).await;
    let state = body["rooms"]["join"][&room]["state"]["events"].as_array().cloned().unwrap_or_default();
    let mut members: Vec<&str> = state
        .iter()
        .filter(|event| event["type"] == "m.room.member")
        .filter_map(|event| event["state_key"].as_str())
        .collect();
    members.sort_unstable();
    assert_eq!(members, [alice.id.as_str(), bob.id.as_str()]);
}

#[tokio::test]
async fn receipts_and_typing_reach_the_others() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let event_id = alice.say(&room, "read me").await;
    let first = alice.sync().await;
    let receipt = room_path(&room, &format!("receipt/m.read/{}", segment(&event_id)));
    bob.post(&receipt, json!({})).await.ok();
    let body = sync_like(&alice, &format!("since={}", first.next_batch())).await;
    let ephemeral = &body["rooms"]["join"][&room]["ephemeral"]["events"][0];
    assert!(ephemeral["content"][&event_id]["m.read"][&bob.id].is_object(), "{body}");
    let private = room_path(&room, &format!("receipt/m.read.private/{}", segment(&event_id)));
    bob.post(&private, json!({})).await.ok();
    let hidden = sync_like(&alice, &format!("since={}", next(&body))).await;
    assert!(hidden["rooms"].is_null(), "a private receipt was shown: {hidden}");
    let typing = room_path(&room, &format!("typing/{}", segment(&bob.id)));
    bob.put(&typing, json!({ "typing": true, "timeout": 30_000 })).await.ok();
    let typed = sync_like(&alice, &format!("since={}", next(&hidden))).await;
    assert_eq!(typed["rooms"]["join"][&room]["ephemeral"]["events"][0]["content"]["user_ids"], json!([bob.id]));
    bob.put(&typing, json!({ "typing": false })).await.ok();
    let stopped = sync_like(&alice, &format!("since={}", next(&typed))).await;
    assert_eq!(stopped["rooms"]["join"][&room]["ephemeral"]["events"][0]["content"]["user_ids"], json!([]));
}

#[tokio::test]
async fn unread_counts_go_with_the_receipt() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.say(&room, "one").await;
    let last = alice.say(&room, "two").await;
    let body = sync_like(&bob, "timeout=0").await;
    assert_eq!(body["rooms"]["join"][&room]["unread_notifications"]["notification_count"], 2, "{body}");
    bob.post(&room_path(&room, &format!("receipt/m.read/{}", segment(&last))), json!({})).await.ok();
    let read = sync_like(&bob, &format!("since={}", next(&body))).await;
    assert_eq!(read["rooms"]["join"][&room]["unread_notifications"]["notification_count"], 0, "{read}");
    let own = sync_like(&alice, "timeout=0").await;
    assert_eq!(own["rooms"]["join"][&room]["unread_notifications"]["notification_count"], 0);
}

#[tokio::test]
async fn what_was_redacted_does_not_count_as_unread() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.say(&room, "one").await;
    let mistake = alice.say(&room, "for @bob, and not for him").await;
    let mention = json!({ "msgtype": "m.text", "body": "you", "m.mentions": { "user_ids": [bob.id] } });
    let path = room_path(&room, &format!("send/m.room.message/{}", alice.transaction()));
    let mentioning = alice.put(&path, mention).await.ok()["event_id"].as_str().expect("an id").to_owned();
    let body = sync_like(&bob, "timeout=0").await;
    let counts = |body: &Value| body["rooms"]["join"][&room]["unread_notifications"].clone();
    assert_eq!(counts(&body), json!({ "notification_count": 3, "highlight_count": 1 }), "{body}");
    for event in [mistake, mentioning] {
        let path = room_path(&room, &format!("redact/{}/{}", segment(&event), alice.transaction()));
        alice.put(&path, json!({})).await.ok();
    }
    let after = sync_like(&bob, &format!("since={}", next(&body))).await;
    assert_eq!(counts(&after), json!({ "notification_count": 1, "highlight_count": 0 }), "{after}");
}

#[tokio::test]
async fn account_data_and_to_device_messages_come_once() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let first = bob.sync().await;
    let messages = json!({ "messages": { &bob.id: { &bob.device: { "secret": "one" } } } });
    alice.put("/_matrix/client/v3/sendToDevice/m.test/txn1", messages).await.ok();
    bob.put(&format!("/_matrix/client/v3/user/{}/account_data/org.test", segment(&bob.id)), json!({ "a": 1 }))
        .await
        .ok();
    let body = sync_like(&bob, &format!("since={}", first.next_batch())).await;
    assert_eq!(body["to_device"]["events"][0]["content"], json!({ "secret": "one" }), "{body}");
    assert_eq!(types(&body["account_data"]["events"]), ["org.test"]);
    assert_eq!(body["device_one_time_keys_count"]["signed_curve25519"], 0);
    let again = sync_like(&bob, &format!("since={}", first.next_batch())).await;
    assert_eq!(again["to_device"]["events"].as_array().map(Vec::len), Some(1), "an answer may be lost: it comes again");
    let later = sync_like(&bob, &format!("since={}", next(&body))).await;
    assert!(later["to_device"].is_null() && later["account_data"].is_null(), "{later}");
}

#[tokio::test]
async fn a_token_of_somewhere_else_is_refused() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    alice.get("/_matrix/client/v3/sync?since=s72594_4483_1934").await.refused(400, "M_INVALID_PARAM");
}

#[tokio::test]
async fn a_sync_goes_on_after_a_restart() {
    let world = World::builder().on_disk().start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    alice.say(&room, "while you slept").await;
    let world = world.restart().await;
    let bob = bob.at(&world);
    let body = bob.sync_since(first.next_batch(), 0).await;
    assert_eq!(body.joined(&room).texts(), ["while you slept"]);
    world.stop().await;
}
