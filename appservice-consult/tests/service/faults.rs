//! The database is held by somebody else, or there is no room on its disk: who writes waits or is told to come again, who reads is served, nothing is done by halves,
//! and everything goes on afterwards.
//!
//! What becomes of a process that is killed is tested with the whole system (`tests/system/power_cuts.rs`), of the homeserver's store in `tests/durability`.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use consilium_consult::tenant::Tenant;
use rusqlite::Connection;
use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, VOLKOVA, World, request_id, user};

use crate::full_text::verify;
use crate::retention::{close, id};

/// Another process that has begun to write into the database.
fn somebody_writes(world: &World) -> Connection {
    let other = Connection::open(world.data_folder().join("consult.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

fn tenant(world: &World) -> Arc<Tenant> {
    world.consult.tenant("clinic").unwrap()
}

async fn write(world: &World, talk: &Value, text: &str, request_id: &str) -> Answer {
    let body = json!({ "text": text, "request_id": request_id });
    let path = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    world.call(PETROVA, "POST", &path, Some(body)).await
}

/// The notes of a conversation, in the order they were written.
async fn notes(world: &World, talk: &Value) -> Vec<String> {
    let path = format!("/conversations/{}/notes?limit=200", talk["conversation_id"].as_str().unwrap());
    let page = world.get(PETROVA, &path).await;
    let mut notes: Vec<(String, String)> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| (id(note).to_owned(), note["text"].as_str().unwrap().to_owned()))
        .collect();
    // Identifiers are in the order in which they were made where time passed in between.
    notes.sort();
    notes.into_iter().map(|(_, text)| text).collect()
}

fn message(world: &World, talk: &Value, text: &str) -> Value {
    let content = json!({ "msgtype": "m.text", "body": text });
    json!({ "events": [world.homeserver.message(&user(ANNA), talk["room_id"].as_str().unwrap(), content)] })
}

/// What was said in a sealed consultation.
async fn said(world: &World, talk: &Value) -> Vec<String> {
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(talk))).await;
    let entries = record["transcript"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "text");
    entries.map(|entry| entry["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_writes_while_another_process_does_waits_for_it_and_who_reads_does_not() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let other = somebody_writes(&world);
    let request_id = request_id();
    let others = async {
        for (who, path) in [(ANNA, "/consultations"), (PETROVA, "/queues"), (VOLKOVA, "/operators")] {
            world.get(who, path).await;
        }
        other.execute_batch("ROLLBACK").unwrap();
    };
    let (written, ()) = tokio::join!(write(&world, &talk, "It waited", &request_id), others);
    written.ok();
    assert_eq!(notes(&world, &talk).await, ["It waited"]);
}

/// As long as the service waits for the lock, which is seconds by the machine's clock and not by the test's.
#[tokio::test]
async fn who_waits_too_long_for_another_process_is_told_to_come_again_and_nothing_was_done() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let body = message(&world, &talk, "Is anybody there?");
    let request_id = request_id();
    let other = somebody_writes(&world);
    let (written, taken) =
        tokio::join!(write(&world, &talk, "Too early", &request_id), world.deliver_as("held", body.clone()));
    written.problem(503, "unavailable");
    assert_eq!(taken, 503, "the homeserver keeps the transaction");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(notes(&world, &talk).await, [""; 0]);
    for _ in 0..2 {
        write(&world, &talk, "Too early", &request_id).await.ok();
        assert_eq!(world.deliver_as("held", body.clone()).await, 200);
    }
    world.settle_late().await;
    assert_eq!(notes(&world, &talk).await, ["Too early"]);
    close(&world, &talk).await;
    assert_eq!(said(&world, &talk).await, ["Is anybody there?"]);
    verify(&world).await.unwrap();
}

/// A word that needs more room than is left in the pages that there are.
fn long(word: &str) -> String {
    format!("{word} {}", "x".repeat(3_000))
}

#[tokio::test]
async fn a_full_disk_refuses_what_is_written_serves_what_is_read_and_loses_nothing() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    tenant(&world).store.leave_room(Some(0)).await.unwrap();
    let (mut kept, mut refused) = (Vec::new(), None);
    for number in 0..100 {
        let (request_id, text) = (request_id(), long(&format!("note {number}")));
        let answer = write(&world, &talk, &text, &request_id).await;
        if !answer.status.is_success() {
            answer.problem(503, "unavailable");
            refused = Some((request_id, text));
            break;
        }
        kept.push(text);
        world.pass(1);
    }
    let (request_id, text) = refused.expect("the disk becomes full");
    let body = message(&world, &talk, &"y".repeat(50_000));
    assert_eq!(world.deliver_as("full", body.clone()).await, 503, "the homeserver keeps the transaction");
    let question = json!({ "queue_id": "dental", "request_id": support::request_id() });
    let asked = world.call(BORIS, "POST", "/consultations", Some(question.clone())).await;
    assert!(asked.status == 201 || asked.status == 503, "{asked:?}");
    for (who, path) in [(ANNA, "/consultations"), (PETROVA, "/queues"), (VOLKOVA, "/operators")] {
        world.get(who, path).await;
    }

    tenant(&world).store.leave_room(None).await.unwrap();
    assert_eq!(notes(&world, &talk).await, kept, "what was acknowledged, and nothing of what was not");
    for _ in 0..2 {
        write(&world, &talk, &text, &request_id).await.ok();
        assert_eq!(world.deliver_as("full", body.clone()).await, 200);
        world.call(BORIS, "POST", "/consultations", Some(question.clone())).await.ok();
    }
    world.settle_late().await;
    kept.push(text);
    assert_eq!(notes(&world, &talk).await, kept);
    assert_eq!(world.get(BORIS, "/consultations").await["total"], 1);
    close(&world, &talk).await;
    assert_eq!(said(&world, &talk).await, ["y".repeat(50_000)]);
    verify(&world).await.unwrap();
}

#[tokio::test]
async fn a_transaction_that_the_keeper_has_no_room_for_comes_again_and_counts_once() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let bodies: Vec<Value> = ["one", "two", "three"].iter().map(|text| message(&world, &talk, text)).collect();
    world.member.is_full.store(true, Ordering::SeqCst);
    assert_eq!(world.deliver_as("kept-0", bodies[0].clone()).await, 503);
    world.member.is_full.store(false, Ordering::SeqCst);
    for (number, body) in bodies.iter().enumerate() {
        for _ in 0..2 {
            assert_eq!(world.deliver_as(&format!("kept-{number}"), body.clone()).await, 200);
        }
    }
    world.settle().await;
    close(&world, &talk).await;
    assert_eq!(said(&world, &talk).await, ["one", "two", "three"]);
}
