//! What goes of the archive: class and time at the close, the list of what goes, the timer, and erasure by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use consilium_config::brand::{Localized, RetentionClass};
use consilium_consult::{retention, timer};
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

pub const DAY_SECONDS: i64 = 24 * 3_600;
pub const CANARY: &str = "canary-of-the-erased";
pub const REASON: &str = "Anna asked for it in writing";

fn class(id: &str, keep_years: Option<u16>, keep_days: Option<u32>) -> RetentionClass {
    let name = Localized::from([("en", id), ("ru", id)]);
    RetentionClass { id: id.to_owned(), name, keep_years, keep_days, erase_on_request: false }
}

/// Ten days for all queues, two years for the dentists'.
pub fn classes(brand: &mut consilium_config::Brand) {
    brand.retention = vec![class("standard", None, Some(10)), class("minor", Some(2), None)];
    let dental = brand.queues.iter_mut().find(|queue| queue.id == "dental").unwrap();
    dental.retention = Some("minor".to_owned());
}

pub fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// A consultation with a message and a picture that was closed and sealed.
pub async fn sealed(world: &World, who: &str) -> Value {
    let talk = world.talk(who, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    world.say(who, room, CANARY).await;
    let number = world.media.number();
    let file = |id: String| json!({ "url": format!("mxc://hs.test/{id}"), "key": { "k": "K" }, "iv": "I", "v": "v2" });
    let info = json!({ "thumbnail_file": file(format!("small-{number}")) });
    let content =
        json!({ "msgtype": "m.image", "body": "rash.jpg", "file": file(format!("large-{number}")), "info": info });
    assert_eq!(world.deliver(vec![world.homeserver.message(&user(who), room, content)]).await, 200);
    close(world, &talk).await;
    talk
}

pub async fn close(world: &World, talk: &Value) {
    world.post(PETROVA, &format!("/consultations/{}/close", id(talk)), json!({ "note": CANARY })).await;
    world.settle().await;
}

/// One round of the timer, with what follows from it.
pub async fn tidy(world: &World) {
    timer::tidy(&world.consult.tenant("clinic").unwrap(), 10_000).await.unwrap();
    world.settle().await;
}

/// Days pass, and the timer with them.
pub async fn days(world: &World, days: i64) {
    for _ in 0..days {
        world.pass(DAY_SECONDS);
        tidy(world).await;
    }
}

pub async fn due(world: &World, query: &str) -> Value {
    world.get(VOLKOVA, &format!("/archive/due?{query}")).await
}

pub async fn erase(world: &World, talk: &Value) -> support::Answer {
    let body = json!({ "reason": REASON });
    world.call(VOLKOVA, "POST", &format!("/archive/{}/erase", id(talk)), Some(body)).await
}

pub async fn read(world: &World, who: &str, talk: &Value) -> support::Answer {
    world.call(who, "GET", &format!("/archive/{}", id(talk)), None).await
}

#[tokio::test]
async fn what_is_sealed_has_the_class_of_its_queue_and_its_time() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    let row = read(&world, VOLKOVA, &talk).await.ok();
    // It ended on 2023-11-15 in Moscow; ten days are kept, and the day after the last one is over.
    let retention = json!({ "class": { "id": "standard", "name": "standard" }, "due_at": "2023-11-25T21:00:00Z" });
    assert_eq!((&row["retention"], &row["held"], &row["erased"]), (&retention, &json!(false), &Value::Null));
    let dental = world.ask(BORIS, "dental").await;
    world.post(VOLKOVA, &format!("/consultations/{}/take", id(&dental)), json!({})).await;
    world.settle().await;
    world.say(BORIS, dental["room_id"].as_str().unwrap(), "A tooth").await;
    world.post(VOLKOVA, &format!("/consultations/{}/close", id(&dental)), json!({})).await;
    world.settle().await;
    let row = read(&world, VOLKOVA, &dental).await.ok();
    assert_eq!(
        (&row["retention"]["class"]["id"], &row["retention"]["due_at"]),
        (&json!("minor"), &json!("2025-11-15T21:00:00Z"))
    );
}

#[tokio::test]
async fn what_is_due_stands_in_the_list_for_a_day_and_is_erased_then() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    assert_eq!(due(&world, "days=7").await["total"], 0);
    let far = due(&world, "days=30").await;
    assert_eq!((&far["total"], &far["items"][0]["goes_at"]), (&json!(1), &json!("2023-11-25T21:00:00Z")));
    let count = json!([{
        "class": { "id": "standard", "name": "standard" }, "queue": { "id": "general", "name": "General practitioner" },
        "count": 1, "held": 0,
    }]);
    assert_eq!(far["counts"], count);

    days(&world, 10).await;
    let tomorrow = due(&world, "").await;
    assert_eq!(tomorrow["items"][0]["consultation"]["id"], talk["id"], "{tomorrow}");
    assert_eq!(due(&world, "queue=dental").await["total"], 0);
    assert_eq!(due(&world, "class=minor").await["total"], 0);
    assert!(read(&world, VOLKOVA, &talk).await.status.is_success());
    days(&world, 1).await;
    assert_eq!(due(&world, "").await["total"], 0);
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    let row = world.get(VOLKOVA, "/archive").await["items"][0].clone();
    assert_eq!((&row["erased"]["cause"], &row["erased"]["by"]), (&json!("due"), &json!("")));
    tidy(&world).await;
    assert_eq!(world.get(VOLKOVA, "/audit?action=archive.erased").await["total"], 1, "once");
}

#[tokio::test]
async fn one_whose_time_was_over_long_before_anybody_looked_stands_in_the_list_for_a_day_too() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    world.pass(400 * DAY_SECONDS);
    tidy(&world).await;
    tidy(&world).await;
    assert!(read(&world, VOLKOVA, &talk).await.status.is_success(), "listed now");
    assert_eq!(due(&world, "").await["total"], 1);
    world.pass(DAY_SECONDS - 1);
    tidy(&world).await;
    assert!(read(&world, VOLKOVA, &talk).await.status.is_success());
    world.pass(1);
    tidy(&world).await;
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
}

#[tokio::test]
async fn what_was_sealed_before_there_were_classes_gets_its_own_at_the_next_start() {
    let world = World::start().await;
    let talk = sealed(&world, ANNA).await;
    assert_eq!(read(&world, VOLKOVA, &talk).await.ok()["retention"], Value::Null);
    world.pass(400 * DAY_SECONDS);
    tidy(&world).await;
    assert!(read(&world, VOLKOVA, &talk).await.status.is_success(), "without classes everything is kept");
    let world = world.restart_with(classes).await;
    retention::classify_all(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    assert_eq!(read(&world, VOLKOVA, &talk).await.ok()["retention"]["due_at"], "2023-11-25T21:00:00Z");
    assert_eq!(due(&world, "").await["total"], 1);
}

#[tokio::test]
async fn a_supervisor_erases_by_hand_with_a_reason_and_nothing_is_left_of_what_was_said() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    erase(&world, &talk).await.problem(409, "conflict");
    world.pass(1_801);
    for reason in [json!({ "reason": " " }), json!({}), json!({ "reason": "x".repeat(501) })] {
        let path = format!("/archive/{}/erase", id(&talk));
        world.call(VOLKOVA, "POST", &path, Some(reason)).await.problem(422, "invalid");
    }
    let certificate = erase(&world, &talk).await.ok();
    assert_eq!(
        (&certificate["erased"]["by"], &certificate["erased"]["reason"]),
        (&json!("Ms Volkova"), &json!(REASON))
    );
    assert_eq!(certificate["records"].as_array().unwrap().len(), 1);
    erase(&world, &talk).await.problem(410, "erased");
    for who in [ANNA, PETROVA, VOLKOVA] {
        read(&world, who, &talk).await.problem(410, "erased");
    }
    for who in [BORIS, SOKOLOV] {
        read(&world, who, &talk).await.problem(404, "not-found");
    }
    let own = world.get(ANNA, "/consultations").await["items"][0].clone();
    assert_eq!((own["erased_at"].is_string(), &own["end_reason"]), (true, &Value::Null));
    world.settle().await;
    let removed = world.homeserver.removed_media.lock().unwrap().clone();
    assert_eq!(removed.len(), 2, "the picture and the small one: {removed:?}");
}

#[tokio::test]
async fn only_what_is_over_sealed_and_there_can_be_erased() {
    let world = World::start_as(classes).await;
    let talk = world.talk(ANNA, PETROVA).await;
    erase(&world, &talk).await.problem(409, "conflict");
    let unknown = json!({ "id": "unknown" });
    erase(&world, &unknown).await.problem(404, "not-found");
    let certificate = format!("/archive/{}/certificate", id(&talk));
    world.call(VOLKOVA, "GET", &certificate, None).await.problem(404, "not-found");
    world.call(VOLKOVA, "GET", "/archive/due?days=x", None).await.problem(400, "invalid");
    world.call(VOLKOVA, "GET", "/archive/due?cursor=x", None).await.problem(400, "invalid");
}

#[tokio::test]
async fn notes_conclusion_and_tags_go_with_the_consultation_and_no_conclusion_is_written_anew() {
    let world = World::start_as(classes).await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.say(ANNA, talk["room_id"].as_str().unwrap(), CANARY).await;
    let notes = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    let note = json!({ "text": CANARY, "request_id": "7b1f6a52-5555-4222-8333-444455556666" });
    world.post(PETROVA, &notes, note).await;
    let tag = world.post(VOLKOVA, "/tags", json!({ "names": { "en": "T", "ru": "Т" }, "color": "info" })).await;
    world.call(PETROVA, "PUT", &format!("/consultations/{}/tags/{}", id(&talk), id(&tag)), None).await.ok();
    crate::conclusion::save(&world, PETROVA, &talk, &[("complaint", CANARY), ("advice", CANARY)]).await.ok();
    crate::conclusion::sign(&world, PETROVA, &talk).await.ok();
    close(&world, &talk).await;
    let rating = format!("/consultations/{}/rating", id(&talk));
    let rate = Some(json!({ "stars": 4, "comment": CANARY }));
    world.call(ANNA, "PUT", &rating, rate.clone()).await.ok();
    world.pass(1_801);
    let certificate = erase(&world, &talk).await.ok();
    world.call(ANNA, "PUT", &rating, rate).await.problem(409, "conflict");
    assert_eq!(world.get(VOLKOVA, &rating).await["comment"], Value::Null);
    assert_eq!(
        certificate["counts"],
        json!({ "notes": 1, "conclusions": 1, "calls": 0, "tags": 1, "comments": 1, "answers": 0, "fields": 0, "follow_ups": 0 })
    );
    assert_eq!(world.get(VOLKOVA, &notes).await["items"], json!([]));
    let row = world.get(VOLKOVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!((&row["tags"], &row["conclusion"]), (&json!([]), &Value::Null));
    let version = json!({ "version": 0, "language": "en", "sections": [] });
    let path = crate::conclusion::path(&talk, "draft");
    world.call(VOLKOVA, "PUT", &path, Some(version)).await.problem(409, "conflict");
}

#[tokio::test]
async fn a_message_after_the_erasure_begins_a_new_consultation() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    world.pass(1_801);
    erase(&world, &talk).await.ok();
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "One more question").await;
    world.settle().await;
    let own = world.get(ANNA, "/consultations").await;
    assert_eq!((&own["total"], &own["items"][0]["phase"]), (&json!(2), &json!("queued")));
}

#[tokio::test]
async fn a_homeserver_that_is_away_is_asked_again_and_the_certificate_says_what_is_not_gone_yet() {
    let world = World::start_as(classes).await;
    let talk = sealed(&world, ANNA).await;
    world.pass(1_801);
    // Somebody is known for ten seconds; the homeserver goes away behind that.
    world.get(VOLKOVA, "/me").await;
    world.homeserver.is_down.store(true, Ordering::SeqCst);
    let certificate = erase(&world, &talk).await.ok();
    assert!(certificate["files"].as_array().unwrap().iter().all(|file| file["gone_at"].is_null()), "{certificate}");
    world.homeserver.is_down.store(false, Ordering::SeqCst);
    world.settle_late().await;
    assert_eq!(world.homeserver.removed_media.lock().unwrap().len(), 2);
    let certificate = world.get(VOLKOVA, &format!("/archive/{}/certificate", id(&talk))).await;
    assert!(certificate["files"].as_array().unwrap().iter().all(|file| file["gone_at"].is_string()), "{certificate}");
}
