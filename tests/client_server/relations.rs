//! Edits, threads, reactions, references, and taking things back.

use consilium_harness::{User, World, segment};
use serde_json::{Value, json};

use crate::rooms::room_path;

async fn event(user: &User, room: &str, id: &str) -> Value {
    user.get(&room_path(room, &format!("event/{}", segment(id)))).await.ok()
}

async fn edit(user: &User, room: &str, id: &str, text: &str) -> String {
    let content = json!({
        "msgtype": "m.text", "body": format!("* {text}"), "m.new_content": { "msgtype": "m.text", "body": text },
        "m.relates_to": { "rel_type": "m.replace", "event_id": id },
    });
    user.send(room, "m.room.message", content).await
}

async fn in_thread(user: &User, room: &str, root: &str, text: &str) -> String {
    let content =
        json!({ "msgtype": "m.text", "body": text, "m.relates_to": { "rel_type": "m.thread", "event_id": root } });
    user.send(room, "m.room.message", content).await
}

async fn react(user: &User, room: &str, id: &str, key: &str) -> consilium_harness::Answer {
    let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": id, "key": key } });
    user.put(&room_path(room, &format!("send/m.reaction/{}", user.transaction())), content).await
}

async fn redact(user: &User, room: &str, id: &str) -> consilium_harness::Answer {
    user.put(&room_path(room, &format!("redact/{}/r{}", segment(id), segment(id))), json!({ "reason": "oops" })).await
}

#[tokio::test]
async fn the_last_edit_of_the_sender_is_bundled() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let id = alice.say(&room, "first").await;
    edit(&alice, &room, &id, "second").await;
    let last = edit(&alice, &room, &id, "third").await;
    edit(&bob, &room, &id, "forged").await;
    let shown = event(&bob, &room, &id).await;
    assert_eq!(shown["content"]["body"], "first");
    let bundled = &shown["unsigned"]["m.relations"]["m.replace"];
    assert_eq!((&bundled["event_id"], &bundled["content"]["m.new_content"]["body"]), (&json!(last), &json!("third")));
    redact(&alice, &room, &last).await.ok();
    let shown = event(&bob, &room, &id).await;
    assert_eq!(shown["unsigned"]["m.relations"]["m.replace"]["content"]["m.new_content"]["body"], "second");
}

#[tokio::test]
async fn a_thread_is_summed_up_at_its_root() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let root = alice.say(&room, "root").await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(in_thread(&bob, &room, &root, &number.to_string()).await);
    }
    edit(&bob, &room, &ids[2], "two").await;
    let thread = event(&bob, &room, &root).await["unsigned"]["m.relations"]["m.thread"].clone();
    assert_eq!((&thread["count"], &thread["current_user_participated"]), (&json!(3), &json!(true)));
    assert_eq!(thread["latest_event"]["event_id"], ids[2].as_str());
    let edited = &thread["latest_event"]["unsigned"]["m.relations"]["m.replace"]["content"]["m.new_content"]["body"];
    assert_eq!(edited, "two");
    redact(&bob, &room, &ids[2]).await.ok();
    let thread = event(&bob, &room, &root).await["unsigned"]["m.relations"]["m.thread"].clone();
    assert_eq!((&thread["count"], &thread["latest_event"]["event_id"]), (&json!(2), &json!(ids[1])));
    let nested = json!({ "body": "x", "m.relates_to": { "rel_type": "m.thread", "event_id": ids[0] } });
    alice.put(&room_path(&room, "send/m.room.message/nested"), nested).await.refused(400, "M_INVALID_PARAM");
}

#[tokio::test]
async fn relations_are_listed_filtered_paged_and_followed() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let root = alice.say(&room, "root").await;
    let first = in_thread(&alice, &room, &root, "1").await;
    let second = in_thread(&bob, &room, &root, "2").await;
    let thumb = react(&alice, &room, &root, "up").await.ok()["event_id"].as_str().expect("an id").to_owned();
    let grandchild = react(&alice, &room, &first, "up").await.ok()["event_id"].as_str().expect("an id").to_owned();
    react(&alice, &room, &root, "up").await.refused(400, "M_DUPLICATE_ANNOTATION");
    react(&bob, &room, &root, "up").await.ok();
    let list = async |rest: &str| {
        let base = format!("/_matrix/client/v1/rooms/{}/relations/{}", segment(&room), segment(&root));
        let answer = alice.get(&format!("{base}{rest}")).await.ok();
        let ids: Vec<String> = answer["chunk"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|event| event["event_id"].as_str().unwrap_or_default().to_owned())
            .collect();
        (ids, answer)
    };
    assert_eq!(list("/m.thread").await.0, [&*second, &*first]);
    assert_eq!(list("/m.thread?dir=f").await.0, [&*first, &*second]);
    assert_eq!(list("/m.annotation/m.reaction?dir=f").await.0.first(), Some(&thumb));
    assert_eq!(list("/m.annotation/m.room.message").await.0, [] as [&str; 0]);
    assert_eq!(list("").await.0.len(), 4);
    let (ids, page) = list("?dir=f&limit=1").await;
    assert_eq!(ids, [&*first]);
    let next = segment(page["next_batch"].as_str().expect("more"));
    assert_eq!(list(&format!("?dir=f&limit=1&from={next}")).await.0, [&*second]);
    let (ids, page) = list("?recurse=true&limit=50").await;
    assert!(ids.contains(&grandchild), "{ids:?}");
    assert!(page["recursion_depth"].as_u64() >= Some(3));
    let unknown = format!("/_matrix/client/v1/rooms/{}/relations/$unknown", segment(&room));
    alice.get(&unknown).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn a_reaction_that_was_taken_back_may_be_given_again() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let root = alice.say(&room, "root").await;
    let thumb = react(&bob, &room, &root, "up").await.ok()["event_id"].as_str().expect("an id").to_owned();
    redact(&alice, &room, &thumb).await.ok();
    let shown = event(&alice, &room, &thumb).await;
    assert_eq!((&shown["type"], &shown["content"]), (&json!("m.reaction"), &json!({})));
    let list = format!("/_matrix/client/v1/rooms/{}/relations/{}/m.annotation", segment(&room), segment(&root));
    assert_eq!(alice.get(&list).await.ok()["chunk"], json!([]), "what it related to is gone with it");
    react(&bob, &room, &root, "up").await.ok();
    react(&bob, &room, &root, "up").await.refused(400, "M_DUPLICATE_ANNOTATION");
    assert_eq!(alice.get(&list).await.ok()["chunk"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_redaction_takes_the_content_and_says_why() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    for version in ["10", "11", "12"] {
        let body = json!({ "room_version": version, "invite": [bob.id, carol.id] });
        let room = alice.create_room_like(body).await;
        bob.join(&room).await;
        carol.join(&room).await;
        let id = bob.say(&room, "regretted").await;
        redact(&carol, &room, &id).await.refused(403, "M_FORBIDDEN");
        let redaction = redact(&bob, &room, &id).await.ok()["event_id"].as_str().expect("an id").to_owned();
        assert_eq!(redact(&bob, &room, &id).await.ok()["event_id"], redaction.as_str(), "the same transaction");
        let shown = event(&carol, &room, &id).await;
        assert_eq!(shown["content"], json!({}));
        let because = &shown["unsigned"]["redacted_because"];
        assert_eq!((&because["event_id"], &because["content"]["reason"]), (&json!(redaction), &json!("oops")));
        let shown = event(&carol, &room, &redaction).await;
        assert_eq!((&shown["redacts"], &shown["content"]["redacts"]), (&json!(id), &json!(id)), "{version}");
        let other = bob.say(&room, "moderated").await;
        redact(&alice, &room, &other).await.ok();
        assert_eq!(event(&bob, &room, &other).await["content"], json!({}));
        redact(&alice, &room, "$unknown").await.refused(404, "M_NOT_FOUND");
        let create = alice.get(&room_path(&room, "state/m.room.create/?format=event")).await.ok();
        redact(&alice, &room, create["event_id"].as_str().expect("an id")).await.refused(403, "M_FORBIDDEN");
        let name = alice.put(&room_path(&room, "state/m.room.name"), json!({ "name": "bad" })).await.ok();
        redact(&alice, &room, name["event_id"].as_str().expect("an id")).await.ok();
        assert_eq!(alice.get(&room_path(&room, "state/m.room.name")).await.ok(), json!({}));
    }
}

#[tokio::test]
async fn a_redaction_may_also_be_sent_like_a_message() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let room = alice.create_room().await;
    let id = alice.say(&room, "x").await;
    alice.put(&room_path(&room, "send/m.room.redaction/1"), json!({})).await.refused(400, "M_MISSING_PARAM");
    alice.send(&room, "m.room.redaction", json!({ "redacts": id })).await;
    assert_eq!(event(&alice, &room, &id).await["content"], json!({}));
}

#[tokio::test]
async fn a_redacted_child_leaves_no_trace_at_its_parent() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let room = alice.create_room().await;
    let root = alice.say(&room, "root").await;
    let child = in_thread(&alice, &room, &root, "child").await;
    let reference = json!({ "body": "r", "m.relates_to": { "rel_type": "m.reference", "event_id": root } });
    let reference = alice.send(&room, "m.room.message", reference).await;
    let relations = event(&alice, &room, &root).await["unsigned"]["m.relations"].clone();
    assert_eq!(relations["m.reference"], json!({ "chunk": [{ "event_id": reference }] }));
    assert_eq!(relations["m.thread"]["count"], 1);
    redact(&alice, &room, &child).await.ok();
    redact(&alice, &room, &reference).await.ok();
    assert_eq!(event(&alice, &room, &root).await["unsigned"]["m.relations"], Value::Null);
}

#[tokio::test]
async fn who_has_left_gets_no_edit_thread_or_reference_of_afterwards() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let event_id = alice.say(&room, "before").await;
    let relate = async |kind: &str, body: &str| {
        let content = json!({
            "msgtype": "m.text", "body": body, "m.new_content": { "msgtype": "m.text", "body": body },
            "m.relates_to": { "rel_type": kind, "event_id": event_id },
        });
        alice.send(&room, "m.room.message", content).await
    };
    relate("m.thread", "seen in the thread").await;
    bob.leave(&room).await;
    for kind in ["m.replace", "m.thread", "m.reference"] {
        relate(kind, "private").await;
    }
    let left = event(&bob, &room, &event_id).await;
    assert!(!left.to_string().contains("private"), "{left}");
    let relations = &left["unsigned"]["m.relations"];
    assert_eq!(relations["m.thread"]["count"], 1, "{left}");
    assert_eq!(relations["m.thread"]["latest_event"]["content"]["body"], "seen in the thread");
    assert!(relations["m.replace"].is_null() && relations["m.reference"].is_null());
    let here = event(&alice, &room, &event_id).await;
    assert_eq!(here["unsigned"]["m.relations"]["m.thread"]["count"], 2);
    assert!(here["unsigned"]["m.relations"]["m.replace"].is_object());
    assert!(here["unsigned"]["m.relations"]["m.reference"].is_object());
}
