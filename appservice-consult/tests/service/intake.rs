//! What the homeserver tells, taken exactly once.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, PETROVA, VOLKOVA, World, user};

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}

async fn closed_consultation(world: &World) -> Value {
    let asked = world.ask(ANNA, "general").await;
    world.settle().await;
    world.say(ANNA, &text(&asked, "room_id"), "first").await;
    world.post(PETROVA, &format!("/consultations/{}/take", text(&asked, "id")), json!({})).await;
    world.settle().await;
    world.post(PETROVA, &format!("/consultations/{}/close", text(&asked, "id")), json!({})).await;
    world.settle().await;
    asked
}

async fn transcript(world: &World, id: &str) -> Vec<(String, String)> {
    let record = world.get(VOLKOVA, &format!("/archive/{id}")).await;
    let entries = record["transcript"].as_array().unwrap().iter().filter(|entry| entry["kind"] != "notice");
    entries.map(|entry| (text(entry, "kind"), text(entry, "body"))).collect()
}

#[tokio::test]
async fn a_transaction_that_comes_twice_counts_once_also_after_a_restart() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let message =
        world.homeserver.message(&user(ANNA), &text(&asked, "room_id"), json!({ "msgtype": "m.text", "body": "once" }));
    let body = json!({ "events": [message] });
    assert_eq!(world.deliver_as("t1", body.clone()).await, 200);
    assert_eq!(world.deliver_as("t1", body.clone()).await, 200);
    let received = world.member.received.lock().unwrap().iter().filter(|id| *id == "t1").count();
    assert_eq!(received, 1, "a known transaction does not reach the keeper again");
    let world = world.restart().await;
    assert_eq!(world.deliver_as("t1", body).await, 200);
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", text(&asked, "id"))).await["message_count"], 1);
}

#[tokio::test]
async fn a_message_soon_after_the_close_reopens_and_a_later_one_begins_a_new_consultation() {
    let world = World::start().await;
    let asked = closed_consultation(&world).await;
    world.pass(20 * 60);
    world.say(ANNA, &text(&asked, "room_id"), "one more thing").await;
    let reopened = world.get(VOLKOVA, "/consultations?view=waiting").await["items"][0].clone();
    assert_eq!(
        (&reopened["id"], &reopened["phase"], &reopened["priority"]),
        (&asked["id"], &json!("queued"), &json!(1))
    );
    assert_eq!(reopened["previous_operator"]["name"], "Dr Petrova");
    world.post(PETROVA, &format!("/consultations/{}/take", text(&asked, "id")), json!({})).await;
    world.post(PETROVA, &format!("/consultations/{}/close", text(&asked, "id")), json!({})).await;
    world.settle().await;
    let said = transcript(&world, &text(&asked, "id")).await;
    assert_eq!(said, [("text".into(), "first".into()), ("text".into(), "one more thing".into())]);
    assert_eq!(world.get(VOLKOVA, "/archive").await["items"][0]["sequence"], 2);

    world.pass(31 * 60);
    let message = world.say(ANNA, &text(&asked, "room_id"), "it is back").await;
    let new = world.get(VOLKOVA, "/consultations?view=waiting").await["items"][0].clone();
    assert_ne!(new["id"], asked["id"]);
    assert_eq!((&new["conversation_id"], &new["first_event_id"]), (&asked["conversation_id"], &json!(message)));
    assert_eq!(new["queue"]["id"], "general");
}

#[tokio::test]
async fn a_message_of_before_the_close_that_comes_after_it_is_sealed_with_it_and_reopens_nothing() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let (id, room) = (text(&asked, "id"), text(&asked, "room_id"));
    world.settle().await;
    world.say(ANNA, &room, "first").await;
    world.post(PETROVA, &format!("/consultations/{id}/take"), json!({})).await;
    world.settle().await;
    // Written before the operator presses close; its transaction comes after.
    let content = json!({ "msgtype": "m.text", "body": "and thank you" });
    let on_the_way = world.homeserver.message(&user(ANNA), &room, content);
    world.pass(1);
    world.post(PETROVA, &format!("/consultations/{id}/close"), json!({})).await;
    assert_eq!(world.deliver(vec![on_the_way]).await, 200);
    world.settle().await;
    assert_eq!(world.get(VOLKOVA, &format!("/consultations/{id}")).await["phase"], "archived");
    assert_eq!(world.get(VOLKOVA, "/consultations?view=waiting").await["total"], 0);
    let said = transcript(&world, &id).await;
    assert_eq!(said, [("text".into(), "first".into()), ("text".into(), "and thank you".into())]);
    assert_eq!(world.get(VOLKOVA, &format!("/consultations/{id}")).await["message_count"], 2);
}

#[tokio::test]
async fn a_message_without_a_key_is_counted_and_read_when_the_key_comes_also_after_the_sealing() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let room = text(&asked, "room_id");
    let waiting =
        |world: &World| world.homeserver.event(&user(ANNA), &room, "m.room.encrypted", json!({ "waiting": true }));
    let (soon, late) = (waiting(&world), waiting(&world));
    world.deliver(vec![soon.clone(), late.clone()]).await;
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", text(&asked, "id"))).await["message_count"], 2);
    let key_for = |event: &Value, body: &str| {
        let mut event = event.clone();
        event["content"] = json!({ "plain": { "msgtype": "m.text", "body": body } });
        json!({ "type": "late", "content": event })
    };
    world.deliver(vec![key_for(&soon, "soon")]).await;
    world.post(PETROVA, &format!("/consultations/{}/take", text(&asked, "id")), json!({})).await;
    world.settle().await;
    world.post(PETROVA, &format!("/consultations/{}/close", text(&asked, "id")), json!({})).await;
    world.settle().await;
    let said = transcript(&world, &text(&asked, "id")).await;
    assert_eq!(said, [("text".into(), "soon".into()), ("undecryptable".into(), String::new())]);
    world.deliver(vec![key_for(&late, "late")]).await;
    world.settle().await;
    let said = transcript(&world, &text(&asked, "id")).await;
    assert_eq!(said[2], ("text".into(), "late".into()));
}

#[tokio::test]
async fn edits_and_redactions_change_the_transcript_and_no_count() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let (room, path) = (text(&asked, "room_id"), format!("/consultations/{}", text(&asked, "id")));
    let kept = world.say(ANNA, &room, "typo").await;
    let gone = world.say(ANNA, &room, "secret").await;
    let new = json!({ "msgtype": "m.text", "body": "mended" });
    let edit = json!({ "msgtype": "m.text", "body": "* mended", "m.new_content": new, "m.relates_to": { "rel_type": "m.replace", "event_id": kept } });
    let edit = world.homeserver.message(&user(ANNA), &room, edit);
    let redaction = world.homeserver.event(&user(ANNA), &room, "m.room.redaction", json!({ "redacts": gone }));
    world.deliver(vec![edit, redaction]).await;
    assert_eq!(world.get(ANNA, &path).await["message_count"], 2);
    world.post(PETROVA, &format!("{path}/take"), json!({})).await;
    world.post(PETROVA, &format!("{path}/close"), json!({})).await;
    world.settle().await;
    let said = transcript(&world, &text(&asked, "id")).await;
    assert_eq!(said, [("text".into(), "mended".into()), ("redacted".into(), String::new())]);
}

fn sign(world: &World, who: &str, room: &str, target: &str, key: &str) -> Value {
    let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": target, "key": key } });
    world.homeserver.event(&user(who), room, "m.reaction", content)
}

#[tokio::test]
async fn signs_under_messages_are_sealed_with_them_and_count_nowhere() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let (room, path) = (text(&asked, "room_id"), format!("/consultations/{}", text(&asked, "id")));
    let said = world.say(ANNA, &room, "Shall I take it twice a day?").await;
    world.post(PETROVA, &format!("{path}/take"), json!({})).await;
    world.settle().await;
    let (kept, regretted) = (sign(&world, PETROVA, &room, &said, "👍"), sign(&world, PETROVA, &room, &said, "😮"));
    let regret = world.homeserver.event(
        &user(PETROVA),
        &room,
        "m.room.redaction",
        json!({ "redacts": text(&regretted, "event_id") }),
    );
    let nowhere = sign(&world, ANNA, &room, "$unknown", "👍");
    let of_a_stranger = sign(&world, "stranger", &room, &said, "👍");
    assert_eq!(world.deliver(vec![kept.clone(), regretted, regret, nowhere, of_a_stranger]).await, 200);
    assert_eq!(world.deliver(vec![kept]).await, 200, "told again");
    assert_eq!(world.get(ANNA, &path).await["message_count"], 1);
    assert!(!support::lies_in(&world.data_folder(), "👍".as_bytes()), "a sign lies on the disk");
    world.post(PETROVA, &format!("{path}/close"), json!({})).await;
    world.settle().await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", text(&asked, "id"))).await;
    let entries = record["transcript"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["event_id"] == said.as_str()).unwrap();
    let reactions = entry["reactions"].as_array().unwrap();
    assert_eq!(reactions.len(), 1, "{reactions:?}");
    assert_eq!(
        (&reactions[0]["sign"], &reactions[0]["sender"]["name"], &reactions[0]["sender"]["kind"]),
        (&json!("👍"), &json!("Dr Petrova"), &json!("operator"))
    );
}

#[tokio::test]
async fn a_sign_after_the_end_opens_nothing_and_changes_no_record() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let (room, id) = (text(&asked, "room_id"), text(&asked, "id"));
    let said = world.say(ANNA, &room, "Thank you").await;
    world.post(PETROVA, &format!("/consultations/{id}/take"), json!({})).await;
    world.settle().await;
    world.post(PETROVA, &format!("/consultations/{id}/close"), json!({})).await;
    world.settle().await;
    assert_eq!(world.deliver(vec![sign(&world, ANNA, &room, &said, "🙏")]).await, 200);
    world.settle().await;
    assert_eq!(world.get(ANNA, &format!("/consultations/{id}")).await["phase"], "archived");
    assert_eq!(world.get(ANNA, "/consultations").await["items"].as_array().unwrap().len(), 1);
    let record = world.get(VOLKOVA, &format!("/archive/{id}")).await;
    assert_eq!(record["chain"]["sequence"], 1);
    let entries = record["transcript"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["reactions"].as_array().unwrap().is_empty()));
}

#[tokio::test]
async fn what_an_operator_sent_just_before_the_close_is_in_the_record() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let room = text(&asked, "room_id");
    world.post(PETROVA, &format!("/consultations/{}/take", text(&asked, "id")), json!({})).await;
    world.settle().await;
    let on_the_way =
        world.homeserver.message(&user(PETROVA), &room, json!({ "msgtype": "m.text", "body": "last words" }));
    world.homeserver.tell(on_the_way);
    world.post(PETROVA, &format!("/consultations/{}/close", text(&asked, "id")), json!({})).await;
    world.settle().await;
    assert_eq!(transcript(&world, &text(&asked, "id")).await, [("text".into(), "last words".into())]);
    assert_eq!(world.get(VOLKOVA, "/archive").await["items"][0]["sequence"], 1);
}

#[tokio::test]
async fn strangers_rooms_and_strangers_say_nothing_and_stop_nothing() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let room = text(&asked, "room_id");
    let odd = vec![
        world.homeserver.message(&user(ANNA), "!elsewhere", json!({ "body": "x" })),
        world.homeserver.message(&user("stranger"), &room, json!({ "body": "x" })),
        json!({ "type": "m.room.message" }),
        json!({ "type": 7, "content": [] }),
        world.homeserver.event(&user(ANNA), &room, "m.reaction", json!({ "m.relates_to": {} })),
    ];
    assert_eq!(world.deliver(odd).await, 200);
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", text(&asked, "id"))).await["message_count"], 0);
    assert_eq!(world.deliver_as("bad", json!([])).await, 400);
}

#[tokio::test]
async fn a_file_is_in_the_records_manifest_with_its_key() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let file = json!({ "url": "mxc://hs.test/1", "key": { "k": "KEY" }, "iv": "I", "v": "v2", "hashes": { "sha256": "HASH" } });
    let content = json!({ "msgtype": "m.image", "body": "rash.jpg", "file": file, "info": { "mimetype": "image/jpeg", "size": 9 } });
    world.deliver(vec![world.homeserver.message(&user(ANNA), &text(&asked, "room_id"), content)]).await;
    world.post(PETROVA, &format!("/consultations/{}/take", text(&asked, "id")), json!({})).await;
    world.post(PETROVA, &format!("/consultations/{}/close", text(&asked, "id")), json!({})).await;
    world.settle().await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", text(&asked, "id"))).await;
    assert_eq!(record["file_count"], 1);
    let archived = &record["files"][0];
    assert_eq!(
        (&archived["name"], &archived["sha256"], &archived["encrypted_file"]["key"]["k"]),
        (&json!("rash.jpg"), &json!("HASH"), &json!("KEY"))
    );
}
