//! An operator who was moved on, or whose consultation ended, reads nothing that is said afterwards: with every key, session, token and route that he ever had.

use std::collections::BTreeSet;

use consilium_harness::{KEEPER, segment};
use consilium_keeper::test_client::TestClient;
use serde_json::{Value, json};

use crate::clinic::{Asked, Clinic, Person};

/// What is said after he has gone. None of these words stands anywhere else.
const AFTER: [&str; 3] = ["after: by the patient", "after: by the next operator", "after: a file.pdf"];

/// What a removed operator kept: where he was in the streams, and events that he may ask about.
struct Kept {
    since: String,
    page: String,
    seen: String,
    sessions: Vec<String>,
}

/// What was said after he had gone, as those who may read it see it.
struct After {
    events: Vec<Value>,
    media: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_who_was_moved_on_reads_nothing_said_afterwards() {
    let clinic = Clinic::start().await;
    let mut anna = clinic.patient("anna").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let mut sokolova = clinic.staff("sokolova", "operator").await;
    let volkova = clinic.staff("volkova", "supervisor").await;
    let asked = clinic.ask(&mut anna, "therapist").await;
    let kept = take_and_read(&clinic, &mut petrova, &mut anna, &asked).await;

    let me = sokolova.api.get("/_consilium/v1/me").await.ok();
    let to = json!({ "to": { "operator_id": me["operator"]["id"] }, "note": "yours now" });
    petrova.api.post(&asked.path("transfer"), to).await.ok();
    petrova.syncs_until("the end of her part", |client| client.membership(&asked.room) == Some("leave")).await;
    anna.syncs_until("that she left", |client| {
        client.membership_of(&asked.room, petrova.client.user_id()) == Some("leave")
    })
    .await;
    clinic.take(&mut sokolova, &asked).await;
    anna.syncs_until("the next", |client| client.membership_of(&asked.room, sokolova.client.user_id()) == Some("join"))
        .await;
    let after = speak_on(&mut anna, &mut sokolova, &asked, &kept.seen).await;
    reads_nothing(&mut petrova, &asked, &kept, &after).await;

    // Nor by the archive: it gives him what he has heard, and the others everything.
    sokolova.api.post(&asked.path("close"), json!({})).await.ok();
    let path = format!("/_consilium/v1/archive/{}", asked.id);
    let whole = volkova.sees(&path, "the consultation is sealed", |_| true).await;
    for (reader, all) in [(&volkova, true), (&sokolova, true), (&anna, true), (&petrova, false)] {
        let record = reader.api.get(&path).await.ok().to_string();
        assert!(record.contains("before"), "{record}");
        for text in AFTER {
            assert_eq!(record.contains(text), all, "{}: {text}: {record}", reader.api.id);
        }
    }
    assert_eq!(whole["files"].as_array().map(Vec::len), Some(1));
    assert_eq!(petrova.api.get(&path).await.ok()["files"], json!([]));
    reads_nothing(&mut petrova, &asked, &kept, &after).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_whose_consultation_ended_reads_nothing_of_the_next() {
    let clinic = Clinic::start().await;
    let mut anna = clinic.patient("anna").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let mut sokolova = clinic.staff("sokolova", "operator").await;
    // A queue that gives no time to re-open: what follows is another consultation in the same room.
    let asked = clinic.ask(&mut anna, "therapist").await;
    let kept = take_and_read(&clinic, &mut petrova, &mut anna, &asked).await;
    petrova.api.post(&asked.path("close"), json!({})).await.ok();
    petrova.syncs_until("the end of her part", |client| client.membership(&asked.room) == Some("leave")).await;
    anna.syncs_until("that she left", |client| {
        client.membership_of(&asked.room, petrova.client.user_id()) == Some("leave")
    })
    .await;

    // The patient speaks before anybody is there, and goes on when the next operator is.
    let alone = anna.client.say(&asked.room, AFTER[0]).await.unwrap();
    let path = "/_consilium/v1/consultations?view=waiting";
    let waiting = sokolova.sees(path, "it waits", |seen| seen["total"] == 1).await;
    let id = waiting["items"][0]["id"].as_str().unwrap().to_owned();
    let next = Asked { id, ..asked.clone() };
    clinic.take(&mut sokolova, &next).await;
    sokolova.reads(&asked.room, AFTER[0]).await;
    anna.syncs_until("the next", |client| client.membership_of(&asked.room, sokolova.client.user_id()) == Some("join"))
        .await;
    let mut after = speak_on(&mut anna, &mut sokolova, &next, &kept.seen).await;
    let history = anna.client.raw_history(&asked.room).await.unwrap();
    after.events.extend(history.into_iter().filter(|event| event["event_id"] == alone.as_str()));
    reads_nothing(&mut petrova, &next, &kept, &after).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_reads_while_he_takes_part_and_nothing_said_afterwards() {
    let clinic = Clinic::start().await;
    let mut anna = clinic.patient("anna").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let mut sokolova = clinic.staff("sokolova", "operator").await;
    let asked = clinic.ask(&mut anna, "therapist").await;
    anna.client.say(&asked.room, "before: long ago").await.unwrap();
    clinic.take(&mut sokolova, &asked).await;
    petrova.api.put("/_consilium/v1/operators/me/status", json!({ "status": "online" })).await.ok();
    let me = petrova.api.get("/_consilium/v1/me").await.ok();
    let colleague = me["operator"]["id"].as_str().unwrap();
    let body = json!({ "operator_id": colleague });
    sokolova.api.post(&asked.path("participants"), body.clone()).await.ok();
    petrova.sees("/_consilium/v1/consultations?view=mine", "it is on her desk", |seen| seen["total"] == 1).await;
    petrova.join(&asked.room).await;
    petrova.reads(&asked.room, "before: long ago").await;
    let kept = read_and_speak(&mut petrova, &mut anna, &asked).await;
    sokolova.reads(&asked.room, "before: since when?").await;

    petrova.api.delete(&asked.path(&format!("participants/{colleague}"))).await.ok();
    petrova.syncs_until("the end of her part", |client| client.membership(&asked.room) == Some("leave")).await;
    for person in [&mut anna, &mut sokolova] {
        let her = petrova.client.user_id().to_owned();
        person.syncs_until("that she left", |client| client.membership_of(&asked.room, &her) == Some("leave")).await;
    }
    let after = speak_on(&mut anna, &mut sokolova, &asked, &kept.seen).await;
    reads_nothing(&mut petrova, &asked, &kept, &after).await;
    sokolova.api.post(&asked.path("close"), json!({})).await.ok();
    let path = format!("/_consilium/v1/archive/{}", asked.id);
    let whole = sokolova.sees(&path, "the consultation is sealed", |_| true).await.to_string();
    let hers = petrova.api.get(&path).await.ok().to_string();
    assert!(hers.contains("before: since monday"), "{hers}");
    for text in AFTER {
        assert!(whole.contains(text) && !hers.contains(text), "{text}: {hers}");
    }
}

async fn take_and_read(clinic: &Clinic, petrova: &mut Person, anna: &mut Person, asked: &Asked) -> Kept {
    anna.client.say(&asked.room, "before: long ago").await.unwrap();
    clinic.take(petrova, asked).await;
    read_and_speak(petrova, anna, asked).await
}

/// She reads what has been said, both say something more, and what she keeps of it.
async fn read_and_speak(petrova: &mut Person, anna: &mut Person, asked: &Asked) -> Kept {
    petrova.reads(&asked.room, "before: long ago").await;
    anna.syncs_until("the operator", |client| {
        client.membership_of(&asked.room, petrova.client.user_id()) == Some("join")
    })
    .await;
    let seen = anna.client.say(&asked.room, "before: it hurts").await.unwrap();
    petrova.reads(&asked.room, "before: it hurts").await;
    petrova.client.say(&asked.room, "before: since when?").await.unwrap();
    anna.client.say(&asked.room, "before: since monday").await.unwrap();
    petrova.reads(&asked.room, "before: since monday").await;
    let synced = petrova.api.sync().await;
    let page = petrova.api.get(&format!("{}/messages?dir=f&limit=1000", in_room(asked))).await.ok();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let page = if page["end"].is_null() { synced.next_batch().to_owned() } else { text(&page["end"]) };
    let sessions = petrova.client.sessions(&asked.room).await.unwrap();
    Kept { since: synced.next_batch().to_owned(), page, seen, sessions }
}

/// The patient, the next operator and a file; also as relations of an event that the removed one knows.
async fn speak_on(anna: &mut Person, sokolova: &mut Person, asked: &Asked, seen: &str) -> After {
    let room = &asked.room;
    let begin = anna.client.raw_history(room).await.unwrap().len();
    let reply =
        json!({ "msgtype": "m.text", "body": AFTER[0], "m.relates_to": { "m.in_reply_to": { "event_id": seen } } });
    for content in [
        reply,
        json!({ "msgtype": "m.text", "body": AFTER[0], "m.relates_to": { "rel_type": "m.thread", "event_id": seen } }),
    ] {
        // The relation of an encrypted event stands in the open, so that servers can count it.
        let mut encrypted = anna.client.encrypt(room, content.clone()).await.unwrap();
        encrypted["m.relates_to"] = content["m.relates_to"].clone();
        anna.client.put_event(room, "m.room.encrypted", encrypted).await.unwrap();
    }
    sokolova.reads(room, AFTER[0]).await;
    sokolova.client.say(room, AFTER[1]).await.unwrap();
    let content = anna.client.upload_file("m.file", AFTER[2], "application/pdf", b"after: bytes").await.unwrap();
    let media = content["file"]["url"].as_str().unwrap().to_owned();
    let encrypted = anna.client.encrypt(room, content).await.unwrap();
    anna.client.put_event(room, "m.room.encrypted", encrypted).await.unwrap();
    sokolova.reads(room, AFTER[2]).await;
    let events = anna.client.raw_history(room).await.unwrap().split_off(begin);
    let events: Vec<Value> = events.into_iter().filter(|event| event["type"] == "m.room.encrypted").collect();
    assert!(events.len() >= 4, "{events:?}");
    After { events, media }
}

fn in_room(asked: &Asked) -> String {
    format!("/_matrix/client/v3/rooms/{}", segment(&asked.room))
}

async fn reads_nothing(petrova: &mut Person, asked: &Asked, kept: &Kept, after: &After) {
    no_session_is_his(&petrova.client, asked, kept, after).await;
    for (request, answer) in everything_he_may_ask(petrova, asked, kept, after).await {
        for event in &after.events {
            // The consultation API tells colleagues the id of the last message, which is opaque.
            let id = (!request.starts_with("/_consilium/")).then_some(&event["event_id"]);
            for trace in [Some(&event["content"]["ciphertext"]), id].into_iter().flatten() {
                let trace = trace.as_str().unwrap();
                assert!(!answer.contains(trace), "{request} gives {trace}: {answer}");
            }
        }
        for text in AFTER {
            assert!(!answer.contains(text), "{request} gives {text}");
        }
    }
    keys_are_not_given(petrova, asked, after).await;
}

/// The patient's next session is another than all that he ever got, and what he has opens nothing even if he had the ciphertext.
async fn no_session_is_his(client: &TestClient, asked: &Asked, kept: &Kept, after: &After) {
    let sessions: BTreeSet<String> =
        client.sessions(&asked.room).await.unwrap().into_iter().chain(kept.sessions.clone()).collect();
    assert!(!kept.sessions.is_empty(), "he had some");
    for event in &after.events {
        let session = event["content"]["session_id"].as_str().unwrap();
        assert!(!sessions.contains(session), "he has the session of {event}");
        let read = client.read_event(&asked.room, event).await.unwrap();
        assert!(read.text.is_err(), "{read:?}");
    }
}

/// Requests, and the text of whatever they give. What must be refused is, and the rest is looked through.
async fn everything_he_may_ask(petrova: &Person, asked: &Asked, kept: &Kept, after: &After) -> Vec<(String, String)> {
    let room = in_room(asked);
    let since = segment(&kept.since);
    let page = segment(&kept.page);
    let seen = segment(&kept.seen);
    let filter = segment(r#"{"room":{"include_leave":true,"timeline":{"limit":1000}}}"#);
    let relations = room.replace("/v3/", "/v1/");
    let mut open: Vec<String> = vec![
        format!("{room}/messages?dir=b&limit=1000"),
        format!("{room}/messages?dir=f&limit=1000"),
        format!("{room}/messages?dir=f&limit=1000&from={page}"),
        format!("{room}/messages?dir=f&limit=1000&from={since}"),
        format!("{room}/messages?dir=b&limit=1000&from={since}"),
        format!("/_matrix/client/v3/sync?timeout=0&filter={filter}"),
        format!("/_matrix/client/v3/sync?timeout=0&full_state=true&filter={filter}"),
        format!("/_matrix/client/v3/sync?timeout=0&since={since}&filter={filter}"),
        format!("/_matrix/client/v3/sync?timeout=0&since={since}&full_state=true"),
        format!("{room}/event/{seen}"),
        format!("{room}/context/{seen}?limit=100"),
        format!("{room}/state"),
        format!("{room}/members"),
        format!("{room}/members?at={since}"),
        format!("{room}/state/m.room.member/{}", segment(&petrova.api.id)),
        format!("{room}/initialSync"),
        format!("{relations}/relations/{seen}?limit=100"),
        format!("{relations}/relations/{seen}/m.thread?limit=100"),
        format!("{relations}/threads?include=all"),
        format!("{relations}/timestamp_to_event?dir=b&ts=99999999999999"),
        format!("{room}/aliases"),
        "/_matrix/client/v3/room_keys/version".to_owned(),
        "/_matrix/client/v3/room_keys/keys?version=1".to_owned(),
        format!("/_matrix/client/v3/room_keys/keys/{}?version=1", segment(&asked.room)),
        format!("/_consilium/v1/consultations/{}", asked.id),
        "/_consilium/v1/consultations?view=all&limit=200".to_owned(),
        "/_consilium/v1/archive".to_owned(),
        format!("/_consilium/v1/archive/{}", asked.id),
        "/_consilium/v1/patients".to_owned(),
    ];
    let mut answers = Vec::new();
    for event in &after.events {
        let event = segment(event["event_id"].as_str().unwrap());
        for path in [format!("{room}/event/{event}"), format!("{room}/context/{event}?limit=100")] {
            let answer = petrova.api.get(&path).await;
            assert!(answer.status.is_client_error(), "{answer}");
        }
        open.push(format!("{relations}/relations/{event}"));
    }
    let (server, media) = after.media.strip_prefix("mxc://").unwrap().split_once('/').unwrap();
    open.push(format!("/_matrix/client/v1/media/download/{server}/{media}"));
    for path in open {
        let answer = petrova.api.get(&path).await;
        assert!(!answer.status.is_server_error(), "{answer}");
        let asks_for_one = path.contains("/relations/$") || path.contains("/relations/%24");
        if !(asks_for_one && answer.status.is_client_error()) {
            answers.push((path, String::from_utf8_lossy(&answer.bytes).into_owned()));
        }
    }
    for (path, body) in
        [("join", json!({})), ("invite", json!({ "user_id": petrova.api.id })), ("kick", json!({ "user_id": KEEPER }))]
    {
        petrova.api.post(&format!("{room}/{path}"), body).await.refused(403, "M_FORBIDDEN");
    }
    answers
}

/// Neither the patient's device nor the keeper gives the keys on request, and the service hands over no history.
async fn keys_are_not_given(petrova: &mut Person, asked: &Asked, after: &After) {
    let path = format!("/_consilium/v1/conversations/{}/history-keys", asked.conversation);
    let refused = petrova.api.post(&path, json!({})).await;
    assert_eq!(refused.status.as_u16(), 403, "{refused}");
    let had = petrova.client.to_device_messages().len();
    for (number, event) in after.events.iter().enumerate() {
        let content = &event["content"];
        let body = json!({
            "algorithm": content["algorithm"], "room_id": asked.room, "session_id": content["session_id"],
            "sender_key": content["sender_key"],
        });
        let request = json!({
            "action": "request", "body": body, "request_id": format!("r{number}"),
            "requesting_device_id": petrova.client.device_id(),
        });
        let messages = json!({ "@anna:clinic.test": { "*": request }, (KEEPER): { "*": request }, "@sokolova:clinic.test": { "*": request } });
        let path = format!("/_matrix/client/v3/sendToDevice/m.room_key_request/{}", petrova.api.transaction());
        // That it is refused would be as well.
        let _ = petrova.api.put(&path, json!({ "messages": messages })).await;
    }
    let claim = json!({ "one_time_keys": { "@anna:clinic.test": { "*": "signed_curve25519" } } });
    let _ = petrova.api.post("/_matrix/client/v3/keys/claim", claim).await;
    petrova.client.sync().await.unwrap();
    petrova.client.accept_bundle(&asked.room, KEEPER).await.unwrap();
    for message in &petrova.client.to_device_messages()[had..] {
        assert_ne!(message["type"], "m.forwarded_room_key", "{message}");
    }
    let sessions = petrova.client.sessions(&asked.room).await.unwrap();
    for event in &after.events {
        assert!(!sessions.contains(&event["content"]["session_id"].as_str().unwrap().to_owned()), "{event}");
    }
}
