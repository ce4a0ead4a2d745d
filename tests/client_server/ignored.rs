//! Ignored users: what of theirs does not reach the one who ignores them.

use consilium_harness::{User, World, segment};
use serde_json::json;

async fn ignore(user: &User, others: &[&User]) {
    let list: serde_json::Map<_, _> = others.iter().map(|other| (other.id.clone(), json!({}))).collect();
    let path = format!("/_matrix/client/v3/user/{}/account_data/m.ignored_user_list", segment(&user.id));
    user.put(&path, json!({ "ignored_users": list })).await.ok();
}

#[tokio::test]
async fn messages_of_ignored_users_are_left_out_and_their_state_is_not() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = bob.create_room_with(&[&alice, &carol]).await;
    ignore(&alice, &[&bob]).await;
    let since = alice.sync().await;
    bob.say(&room, "unheard").await;
    carol.say(&room, "heard").await;
    let topic = format!("/_matrix/client/v3/rooms/{}/state/m.room.topic", segment(&room));
    bob.put(&topic, json!({ "topic": "seen" })).await.ok();
    let news = alice.sync_since(since.next_batch(), 0).await;
    let timeline = news.joined(&room).timeline();
    let seen: Vec<&str> = timeline.iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(seen, ["m.room.message", "m.room.topic"]);
    assert_eq!(news.joined(&room).texts(), ["heard"]);
    assert_eq!(alice.sync().await.joined(&room).texts(), ["heard"], "nor in a first sync");
    ignore(&alice, &[]).await;
    assert_eq!(alice.sync().await.joined(&room).texts(), ["unheard", "heard"]);
}

#[tokio::test]
async fn a_message_of_an_ignored_user_is_no_news() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = bob.create_room_with(&[&alice]).await;
    ignore(&alice, &[&bob]).await;
    let since = alice.sync().await;
    bob.say(&room, "unheard").await;
    let news = alice.sync_since(since.next_batch(), 0).await;
    assert!(news.0["rooms"].is_null(), "{}", news.0);
}

#[tokio::test]
async fn the_limit_of_a_timeline_counts_what_is_shown() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = bob.create_room_with(&[&alice, &carol]).await;
    ignore(&alice, &[&bob]).await;
    let since = alice.sync().await;
    for number in 0..3 {
        carol.say(&room, &format!("heard {number}")).await;
        bob.say(&room, "unheard").await;
    }
    let filter = segment(r#"{"room":{"timeline":{"limit":2}}}"#);
    let path = format!("/_matrix/client/v3/sync?since={}&filter={filter}", since.next_batch());
    let answer = alice.get(&path).await.ok();
    let timeline = &answer["rooms"]["join"][&room]["timeline"];
    let texts: Vec<_> = timeline["events"].as_array().expect("events").iter().map(|e| &e["content"]["body"]).collect();
    assert_eq!(texts, [&json!("heard 1"), &json!("heard 2")]);
    assert_eq!(timeline["limited"], true);
}

#[tokio::test]
async fn invitations_of_ignored_users_do_not_come() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    ignore(&alice, &[&bob]).await;
    let since = alice.sync().await;
    let (unwanted, wanted) = (bob.create_room().await, carol.create_room().await);
    bob.invite(&unwanted, &alice).await;
    carol.invite(&wanted, &alice).await;
    for synced in [alice.sync_since(since.next_batch(), 0).await, alice.sync().await] {
        assert!(!synced.is_invited(&unwanted) && synced.is_invited(&wanted), "{}", synced.0);
    }
}

#[tokio::test]
async fn receipts_typing_and_unread_counts_know_nothing_of_ignored_users() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = bob.create_room_with(&[&alice, &carol]).await;
    let said = alice.say(&room, "read me").await;
    ignore(&alice, &[&bob]).await;
    let since = alice.sync().await;
    for reader in [&bob, &carol] {
        let path = format!("/_matrix/client/v3/rooms/{}/receipt/m.read/{}", segment(&room), segment(&said));
        reader.post(&path, json!({})).await.ok();
        let path = format!("/_matrix/client/v3/rooms/{}/typing/{}", segment(&room), segment(&reader.id));
        reader.put(&path, json!({ "typing": true, "timeout": 60_000 })).await.ok();
    }
    bob.send(
        &room,
        "m.room.message",
        json!({
            "msgtype": "m.text", "body": "alice!", "m.mentions": { "user_ids": [alice.id] },
        }),
    )
    .await;
    carol.say(&room, "counted").await;
    let room_news = alice.sync_since(since.next_batch(), 0).await.joined(&room).0;
    let ephemeral = room_news["ephemeral"].to_string();
    assert!(ephemeral.contains(&carol.id) && !ephemeral.contains(&bob.id), "{ephemeral}");
    assert_eq!(room_news["unread_notifications"], json!({ "notification_count": 1, "highlight_count": 0 }));
}
