//! Messages of follow-ups: planned, changed and taken back, sent once at their time, kept in the archive, never sent to whoever has left.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use axum::body::Body;
use axum::http::Request;
use consilium_consult::follow_up::{Fate, note_fate, to_say};
use consilium_consult::ids::FollowUpId;
use serde_json::{Value, json};
use support::partner::anna;
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, lies_in, request_id};

use crate::follow_up::{HOUR, acts, ahead, changed, ended, later, listed, look, make, world};
use crate::retention::{id, sealed};

const WORDS: &str = "canary: how was the night?";

/// What staff planned and the service said in a room, in order.
fn said(world: &World, talk: &Value) -> Vec<String> {
    let all = world.member.said_in(talk["room_id"].as_str().unwrap()).into_iter();
    let planned = all.filter(|content| content["chat.consilium.follow_up"].is_object());
    planned.map(|content| content["body"].as_str().unwrap().to_owned()).collect()
}

async fn one(world: &World, known: &Value) -> Value {
    world.get(VOLKOVA, &format!("/follow-ups/{}", id(known))).await
}

/// Its time passes, and what follows from it is carried out.
async fn pass(world: &World, seconds: i64) {
    later(world, seconds).await;
    world.settle().await;
}

#[tokio::test]
async fn a_message_goes_once_at_its_time_and_the_follow_up_stays_to_be_done() {
    let world = world().await;
    let talk = sealed(&world, ANNA).await;
    let patient = anna(&world).await;
    let about =
        json!({ "message": format!("  {WORDS} "), "note": "Look at the answer", "consultation_id": talk["id"] });
    let made = make(&world, PETROVA, &patient, about).await.ok();
    assert_eq!(made["message"], json!({ "text": WORDS, "state": "planned", "at": null }));
    assert!(!lies_in(&world.data_folder(), WORDS.as_bytes()), "it lies sealed");
    pass(&world, HOUR - 1).await;
    assert_eq!(said(&world, &talk), [] as [&str; 0]);
    let world = world.restart().await;
    pass(&world, 1).await;
    assert_eq!(said(&world, &talk), [WORDS]);
    let all = world.member.said_in(talk["room_id"].as_str().unwrap());
    let content = all.iter().find(|content| content["body"] == WORDS).unwrap();
    assert_eq!(content["msgtype"], "m.text", "the patient's phone rings for it");
    let sent = one(&world, &made).await;
    assert_eq!((&sent["message"]["state"], &sent["is_due"]), (&json!("sent"), &json!(true)));
    assert!(sent["message"]["at"].is_string());
    look(&world).await;
    pass(&world, 24 * HOUR).await;
    assert_eq!(said(&world, &talk), [WORDS], "once");
    assert_eq!(acts(&world, &made).await, ["follow_up.made", "follow_up.due", "follow_up.message_sent"]);
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&made))).await.to_string();
    assert!(!audit.contains(WORDS), "the log does not say what it says");
}

#[tokio::test]
async fn what_was_sent_is_kept_in_the_archive_as_words_and_opens_nothing() {
    let world = world().await;
    let talk = sealed(&world, ANNA).await;
    let patient = anna(&world).await;
    make(&world, PETROVA, &patient, json!({ "message": WORDS })).await.ok();
    // Long after the grace, in which a message of hers would have opened it again.
    pass(&world, 2 * HOUR).await;
    world.settle_late().await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    let entries = record["transcript"].as_array().unwrap();
    let kept = entries.iter().find(|entry| entry["body"] == WORDS).unwrap_or_else(|| panic!("{record}"));
    assert_eq!((&kept["kind"], &kept["sender"]["kind"]), (&json!("text"), &json!("system")));
    let own = world.get(ANNA, "/consultations").await;
    assert_eq!((&own["total"], &own["items"][0]["phase"]), (&json!(1), &json!("archived")));
}

#[tokio::test]
async fn where_nothing_else_is_to_be_done_it_is_over_when_it_was_sent() {
    let world = world().await;
    let talk = sealed(&world, ANNA).await;
    let patient = anna(&world).await;
    let made = make(&world, PETROVA, &patient, json!({ "message": WORDS })).await.ok();
    pass(&world, HOUR).await;
    assert_eq!(said(&world, &talk), [WORDS]);
    let over = one(&world, &made).await;
    assert_eq!((&over["state"], &over["message"]["state"]), (&json!("done"), &json!("sent")));
    assert_eq!(over["ended_by"], Value::Null, "the service did it");
    assert!(listed(&world, VOLKOVA, "view=open").await.is_empty());
}

#[tokio::test]
async fn before_its_time_a_message_is_changed_and_taken_back_and_afterwards_it_is_not() {
    let world = world().await;
    let talk = sealed(&world, ANNA).await;
    let patient = anna(&world).await;
    let plan = async || make(&world, PETROVA, &patient, json!({ "message": "Hello", "note": "n" })).await.ok();
    let [kept, taken_back, done, cancelled] = [plan().await, plan().await, plan().await, plan().await];
    let kept = changed(&world, PETROVA, &kept, json!({ "message": WORDS })).await.ok();
    let without = changed(&world, PETROVA, &taken_back, json!({ "message": null })).await.ok();
    assert_eq!((&kept["message"]["text"], &without["message"]), (&json!(WORDS), &Value::Null));
    for (known, how) in [(&done, "done"), (&cancelled, "cancel")] {
        let over = ended(&world, PETROVA, known, how).await.ok();
        assert_eq!(over["message"]["state"], "taken_back");
    }
    let put_off = changed(&world, PETROVA, &kept, json!({ "due_at": ahead(&world, 2 * HOUR) })).await.ok();
    pass(&world, HOUR).await;
    assert_eq!(said(&world, &talk), [] as [&str; 0], "it waits for its new time");
    pass(&world, HOUR).await;
    assert_eq!(said(&world, &talk), [WORDS]);

    let sent = one(&world, &put_off).await;
    changed(&world, PETROVA, &sent, json!({ "message": null })).await.problem(409, "conflict");
    let late = changed(&world, PETROVA, &sent, json!({ "message": "Once more" })).await;
    late.problem(422, "invalid");
    assert_eq!(late.body["errors"][0]["field"], "message", "its time has come");
    let noted = changed(&world, PETROVA, &sent, json!({ "note": "other", "message": WORDS })).await.ok();
    assert_eq!(noted["message"]["state"], "sent");
    let again = json!({ "message": "Once more", "due_at": ahead(&world, HOUR) });
    assert_eq!(changed(&world, PETROVA, &noted, again).await.ok()["message"]["state"], "planned");
    pass(&world, HOUR).await;
    assert_eq!(said(&world, &talk), [WORDS, "Once more"]);
}

#[tokio::test]
async fn a_crash_after_it_was_said_sends_nothing_twice() {
    let world = world().await;
    let talk = sealed(&world, ANNA).await;
    let patient = anna(&world).await;
    let made = make(&world, PETROVA, &patient, json!({ "message": WORDS, "note": "n" })).await.ok();
    pass(&world, HOUR).await;
    let (tenant, follow_up) = (world.consult.tenant("clinic").unwrap(), FollowUpId::from(id(&made)));
    assert_eq!(to_say(&tenant, &follow_up).await.unwrap(), None, "it was said");
    for fate in [Fate::Sent, Fate::Failed] {
        assert!(note_fate(&tenant, &follow_up, fate).await.unwrap());
    }
    let known = one(&world, &made).await;
    assert_eq!((&known["version"], &known["message"]["state"]), (&json!(3), &json!("sent")));
    assert_eq!(said(&world, &talk), [WORDS]);
}

#[tokio::test]
async fn whoever_has_left_is_sent_nothing() {
    let world = world().await;
    let talk = sealed(&world, ANNA).await;
    let patient = anna(&world).await;
    let made = make(&world, PETROVA, &patient, json!({ "message": WORDS })).await.ok();
    world.call(ANNA, "POST", "/me/deletion", Some(json!({ "confirm": "delete" }))).await.ok();
    world.settle_late().await;
    pass(&world, 2 * HOUR).await;
    assert_eq!(said(&world, &talk), [] as [&str; 0]);
    assert_eq!(acts(&world, &made).await, ["follow_up.made", "follow_up.cancelled"]);
    let words = world.call(PETROVA, "GET", &format!("/follow-ups/message?patient_id={patient}"), None).await;
    words.problem(410, "erased");
}

#[tokio::test]
async fn a_message_needs_a_conversation_of_the_same_circle() {
    let world = world().await;
    sealed(&world, ANNA).await;
    let patient = anna(&world).await;
    world.get(BORIS, "/me").await;
    let boris = world.get(VOLKOVA, "/patients?user=boris").await["items"][0]["id"].as_str().unwrap().to_owned();
    let planned = make(&world, VOLKOVA, &patient, json!({ "message": WORDS })).await.ok();
    for refused in [
        make(&world, VOLKOVA, &boris, json!({ "message": WORDS })).await,
        make(&world, VOLKOVA, &patient, json!({ "message": WORDS, "queue_id": "psychology" })).await,
        changed(&world, VOLKOVA, &planned, json!({ "queue_id": "psychology" })).await,
        make(&world, VOLKOVA, &patient, json!({ "message": "x".repeat(2_001) })).await,
        make(&world, VOLKOVA, &patient, json!({ "message": "a\u{0}" })).await,
    ] {
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], "message");
    }
    let empty = make(&world, VOLKOVA, &boris, json!({ "message": "  " })).await.ok();
    assert_eq!(empty["message"], Value::Null, "nothing is no message");
}

#[tokio::test]
async fn a_message_begins_with_the_brands_words_in_the_patients_language() {
    let world = World::start_as(|brand| {
        let russian = brand.texts.get_mut("ru").unwrap();
        russian.insert("follow_up.message".to_owned(), "Как Вы?".to_owned());
        let english = brand.texts.get_mut("en").unwrap();
        english.insert("follow_up.message".to_owned(), "How are you?".to_owned());
    })
    .await;
    let patient = anna(&world).await;
    let words = async |patient: &str, more: &str| {
        world.get(PETROVA, &format!("/follow-ups/message?patient_id={patient}{more}")).await
    };
    let before = json!({ "language": "en", "text": "How are you?", "can_be_sent": false });
    assert_eq!(words(&patient, "").await, before, "nobody knows yet what she speaks");
    let asked = Request::post("/_consilium/v1/consultations").header("host", "api.test");
    let asked = asked.header("accept-language", "ru").header("authorization", format!("Bearer token-{ANNA}"));
    let body = json!({ "queue_id": "general", "request_id": request_id() }).to_string();
    assert_eq!(world.raw(asked.body(Body::from(body)).unwrap()).await.status(), 201);
    world.settle().await;
    let known = json!({ "language": "ru", "text": "Как Вы?", "can_be_sent": true });
    assert_eq!(words(&patient, "").await, known);
    assert_eq!(words(&patient, "&queue_id=psychology").await["can_be_sent"], false);
    for (query, status, slug) in [
        ("patient_id=unknown".to_owned(), 404, "not-found"),
        (format!("patient_id={patient}&queue_id=nowhere"), 422, "invalid"),
        (format!("patient_id={patient}&consultation_id=unknown"), 422, "invalid"),
        (String::new(), 400, "invalid"),
    ] {
        world.call(PETROVA, "GET", &format!("/follow-ups/message?{query}"), None).await.problem(status, slug);
    }
    world.call(ANNA, "GET", &format!("/follow-ups/message?patient_id={patient}"), None).await.problem(403, "forbidden");
}
