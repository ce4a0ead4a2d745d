//! Receipts in threads and beside them, and what counts as unread there.

use consilium_harness::{Answer, User, World, segment};
use serde_json::{Value, json};

async fn read(user: &User, room: &str, event: &str, thread: Option<&str>) -> Answer {
    let path = format!("/_matrix/client/v3/rooms/{}/receipt/m.read/{}", segment(room), segment(event));
    user.post(&path, thread.map_or(json!({}), |thread| json!({ "thread_id": thread }))).await
}

async fn say_in(user: &User, room: &str, root: &str, text: &str) -> String {
    let relation = json!({ "rel_type": "m.thread", "event_id": root });
    user.send(room, "m.room.message", json!({ "msgtype": "m.text", "body": text, "m.relates_to": relation })).await
}

#[tokio::test]
async fn a_receipt_names_the_thread_that_its_event_is_in() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let root = alice.say(&room, "root").await;
    let inside = say_in(&alice, &room, &root, "inside").await;
    let other = alice.say(&room, "other").await;
    let like = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": inside, "key": "+" } });
    let reaction = alice.send(&room, "m.reaction", like).await;
    for (event, thread) in [(&inside, "main"), (&other, &*root), (&root, &*other), (&reaction, "main")] {
        read(&bob, &room, event, Some(thread)).await.refused(400, "M_INVALID_PARAM");
    }
    for (event, thread) in [(&root, "main"), (&root, &*root), (&inside, &*root), (&reaction, &*root), (&other, "main")]
    {
        read(&bob, &room, event, Some(thread)).await.ok();
    }
    read(&bob, &room, &reaction, None).await.ok();
    read(&bob, &room, &root, Some("")).await.refused(400, "M_INVALID_PARAM");
}

#[tokio::test]
async fn of_two_receipts_at_one_event_the_one_without_a_thread_is_shown() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let said = alice.say(&room, "read me").await;
    read(&bob, &room, &said, None).await.ok();
    read(&bob, &room, &said, Some("main")).await.ok();
    let synced = alice.sync().await;
    let shown = &synced.joined(&room).0["ephemeral"]["events"][0]["content"][&said]["m.read"][&bob.id];
    assert!(shown["ts"].is_u64() && shown["thread_id"].is_null(), "{shown}");
}

#[tokio::test]
async fn threads_are_counted_by_themselves_for_who_asks_for_it() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let root = alice.say(&room, "root").await;
    say_in(&alice, &room, &root, "one").await;
    let last = say_in(&alice, &room, &root, "two").await;
    let counts = async |filter: &str| {
        let path = format!("/_matrix/client/v3/sync?filter={}", segment(filter));
        let joined = bob.get(&path).await.ok()["rooms"]["join"][&room].clone();
        let of = |counts: &Value| counts["notification_count"].clone();
        (of(&joined["unread_notifications"]), of(&joined["unread_thread_notifications"][&root]))
    };
    let apart = r#"{"room":{"timeline":{"unread_thread_notifications":true}}}"#;
    assert_eq!(counts("{}").await, (json!(3), Value::Null));
    assert_eq!(counts(apart).await, (json!(1), json!(2)));
    read(&bob, &room, &last, Some(&root)).await.ok();
    assert_eq!(counts(apart).await, (json!(1), Value::Null), "what is read in a thread is read there alone");
    assert_eq!(counts("{}").await, (json!(1), Value::Null));
    read(&bob, &room, &root, Some("main")).await.ok();
    assert_eq!(counts(apart).await, (json!(0), Value::Null));
}
