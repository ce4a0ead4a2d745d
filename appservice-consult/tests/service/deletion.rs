//! The end of an account over HTTP: what stands in its way, what goes, what stays and until when, crashes in the middle, and the new person who comes afterwards.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use consilium_config::Brand;
use consilium_consult::admin::Admin;
use consilium_consult::deletion::{self, Part, Progress};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sqlx::Row;
use support::receiver::Receiver;
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, lies_in, user};

use crate::conclusion;
use crate::retention::{CANARY, REASON, classes, days, id, read, sealed, tidy};
use crate::retention_proof::open;
use crate::webhook::endpoint;

const NOTE: &str = "canary-of-the-notes";
const WORDS: &str = "canary-of-the-rating";
const ABOUT: &str = "canary-of-the-call-back";

/// Records of all queues go with the account, those of the dentists stay for two years.
fn lenient(brand: &mut Brand) {
    classes(brand);
    brand.retention[0].erase_on_request = true;
}

async fn delete(world: &World, who: &str) -> Answer {
    world.call(who, "POST", "/me/deletion", Some(json!({ "confirm": "delete" }))).await
}

async fn delete_by(world: &World, who: &str, patient: &str) -> Answer {
    let body = json!({ "confirm": "delete", "reason": REASON });
    world.call(who, "POST", &format!("/patients/{patient}/deletion"), Some(body)).await
}

async fn patient_id(world: &World, localpart: &str) -> String {
    let page = world.get(VOLKOVA, &format!("/patients?user={localpart}")).await;
    page["items"][0]["id"].as_str().unwrap().to_owned()
}

fn fresh(world: &World) -> String {
    uuid::Uuid::from_bytes(world.context().random()).to_string()
}

/// A patient of whom there is everything: a card, a sealed consultation with a picture, a conclusion, a note, a rating with words, a call-back, a spare key.
async fn with_a_past(world: &World, who: &str) -> Value {
    let card = json!({ "name": "Anna Karenina-Oblonskaya", "phone": "+7 916 123-45-67", "email": "anna@example.org" });
    world.call(who, "PATCH", "/me", Some(card)).await.ok();
    world.post(who, "/me/backup-secret", json!({ "device_name": "Anna's phone" })).await;
    let talk = world.talk(who, PETROVA).await;
    conclusion::save(world, PETROVA, &talk, &[("complaint", CANARY), ("advice", CANARY)]).await.ok();
    conclusion::sign(world, PETROVA, &talk).await.ok();
    let notes = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    world.post(PETROVA, &notes, json!({ "text": NOTE, "request_id": fresh(world) })).await;
    let room = talk["room_id"].as_str().unwrap();
    world.say(who, room, CANARY).await;
    let file = json!({ "url": format!("mxc://hs.test/{}", id(&talk)), "key": { "k": "K" }, "iv": "I", "v": "v2" });
    let picture = json!({ "msgtype": "m.image", "body": "rash.jpg", "file": file });
    assert_eq!(world.deliver(vec![world.homeserver.message(&user(who), room, picture)]).await, 200);
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({ "note": CANARY })).await;
    // What the keeper says afterwards is said after the record was sealed.
    world.pass(2);
    world.settle().await;
    world
        .call(
            who,
            "PUT",
            &format!("/consultations/{}/rating", id(&talk)),
            Some(json!({ "stars": 4, "comment": WORDS })),
        )
        .await
        .ok();
    let order =
        json!({ "queue_id": "general", "request_id": fresh(world), "phone": "+7 495 000-00-01", "reason": ABOUT });
    let callback = world.post(who, "/callbacks", order).await;
    world.post(who, &format!("/callbacks/{}/cancel", id(&callback)), json!({})).await;
    world.settle().await;
    talk
}

async fn actions(world: &World, subject: &str) -> Vec<String> {
    let audit = world.get(VOLKOVA, &format!("/audit?subject={subject}&limit=200")).await;
    audit["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_patient_is_told_what_goes_deletes_his_account_and_nothing_of_him_is_left() {
    let world = World::start_as(lenient).await;
    let talk = with_a_past(&world, ANNA).await;
    let patient = patient_id(&world, ANNA).await;
    let plan = world.get(ANNA, "/me/deletion").await;
    assert_eq!((&plan["goes"], &plan["stays"], &plan["blocked"]), (&json!(1), &json!([]), &Value::Null), "{plan}");
    assert_eq!((&plan["deleted_at"], &plan["receipt"]), (&Value::Null, &Value::Null));
    let mut database = open(&world).await;
    let row = sqlx::raw_sql("SELECT card, phone_index, email_index FROM patient WHERE phone_index IS NOT NULL")
        .fetch_one(&mut database)
        .await
        .unwrap();
    let personal: Vec<Vec<u8>> = (0..3).map(|column| row.get(column)).collect();
    let notes = sqlx::raw_sql("SELECT body FROM note").fetch_one(&mut database).await.unwrap();
    let words = sqlx::raw_sql("SELECT comment FROM rating").fetch_one(&mut database).await.unwrap();
    let about = sqlx::raw_sql("SELECT details FROM callback").fetch_one(&mut database).await.unwrap();
    let content = sqlx::raw_sql("SELECT content FROM conclusion_version").fetch_one(&mut database).await.unwrap();
    let sealed: Vec<Vec<u8>> = [notes, words, about, content].iter().map(|row| row.get(0)).collect();
    drop(database);
    assert!(lies_in(&world.data_folder(), &personal[0]), "the search finds what is there");

    let done = delete(&world, ANNA).await.ok();
    assert!(done["deleted_at"].is_string() && done["receipt"]["html"].as_str().unwrap().contains("Receipt"), "{done}");
    world.settle_late().await;
    for bytes in personal.iter().chain(&sealed) {
        assert!(!lies_in(&world.data_folder(), bytes), "something personal lies on disk");
    }
    for text in [
        "Karenina",
        "Каренина",
        "9161234567",
        "anna@example.org",
        "Anna's phone",
        NOTE,
        WORDS,
        ABOUT,
        CANARY,
        "rash.jpg",
    ] {
        assert!(!lies_in(&world.data_folder(), text.as_bytes()), "{text} lies on disk");
    }
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    assert_eq!(*world.homeserver.ended.lock().unwrap(), [user(ANNA)]);
    assert_eq!(*world.homeserver.removed_media.lock().unwrap(), [format!("hs.test/{}", id(&talk))]);
    let room = talk["room_id"].as_str().unwrap();
    assert_eq!(world.homeserver.membership(room, support::member::KEEPER).as_deref(), Some("leave"));
    assert_eq!(world.member.secrets.lock().unwrap()[&user(ANNA)], None, "the keeper keeps no spare key");
    let card = world.get(VOLKOVA, &format!("/patients/{patient}")).await;
    assert_eq!(
        (&card["name"], &card["phone"], card["deleted_at"].is_string()),
        (&json!("Deleted account"), &Value::Null, true)
    );
    assert_eq!(card["user_id"], format!("deleted:{patient}"));
    assert_eq!(world.get(VOLKOVA, "/patients").await["total"], 0);
    let told = actions(&world, &patient).await;
    for action in ["patient.deleted", "patient.notes_erased", "patient.conclusions_erased", "patient.deletion_finished"]
    {
        assert_eq!(told.iter().filter(|told| *told == action).count(), 1, "{action} in {told:?}");
    }
    let certificate = world.get(VOLKOVA, &format!("/archive/{}/certificate", id(&talk))).await;
    assert_eq!(
        (&certificate["erased"]["cause"], &certificate["erased"]["by"]),
        (&json!("account_deleted"), &json!(""))
    );
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    let proven = admin.verify().await.unwrap();
    assert!(proven.archive.is_ok() && proven.audit.is_ok());
}

#[tokio::test]
async fn whoever_comes_afterwards_with_the_same_account_is_somebody_new() {
    let world = World::start_as(lenient).await;
    with_a_past(&world, ANNA).await;
    let before = patient_id(&world, ANNA).await;
    delete(&world, ANNA).await.ok();
    world.settle_late().await;
    let again = "anna+new";
    let me = world.get(again, "/me").await;
    assert_eq!((&me["phone"], &me["conversations"]), (&Value::Null, &json!([])));
    assert_eq!(world.get(again, "/consultations").await["total"], 0);
    assert_ne!(patient_id(&world, ANNA).await, before);
    let phone = json!({ "phone": "+7 916 123-45-67" });
    world.call(again, "PATCH", "/me", Some(phone)).await.ok();
    assert_eq!(world.get(VOLKOVA, "/patients?q=%2B79161234567").await["total"], 1, "the number is found once");
    let world = world.restart().await;
    assert_eq!(world.get(VOLKOVA, "/patients").await["total"], 1);
}

#[tokio::test]
async fn while_something_is_open_it_is_refused_and_says_what_to_end() {
    let world = World::start_as(lenient).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let refused = delete(&world, ANNA).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["consultation_id"], talk["id"]);
    let plan = world.get(ANNA, "/me/deletion").await;
    assert_eq!((&plan["blocked"]["by"], &plan["blocked"]["consultation_id"]), (&json!("consultation"), &talk["id"]));
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.pass(2);
    world.settle().await;
    let order = json!({ "queue_id": "general", "request_id": fresh(&world), "phone": "+7 495 000-00-01" });
    let callback = world.post(ANNA, "/callbacks", order).await;
    let refused = delete(&world, ANNA).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["callback_id"], callback["id"]);
    assert_eq!(world.get(ANNA, "/me/deletion").await["blocked"]["by"], "callback");
    world.post(ANNA, &format!("/callbacks/{}/cancel", id(&callback)), json!({})).await;
    world.settle().await;
    delete(&world, ANNA).await.ok();
}

#[tokio::test]
async fn while_a_call_is_on_it_is_refused() {
    let world = World::start_as(lenient).await;
    let order = json!({ "queue_id": "general", "request_id": fresh(&world), "phone": "+7 495 000-00-01" });
    let callback = world.post(ANNA, "/callbacks", order).await;
    world.settle().await;
    let room = callback["room_id"].as_str().unwrap();
    world.homeserver.join(room, &user(ANNA));
    let callback = format!("/callbacks/{}", id(&callback));
    world.post(PETROVA, &format!("{callback}/take"), json!({})).await;
    world.settle().await;
    world.homeserver.join(room, &user(PETROVA));
    world.settle().await;
    // A consultation's call ends with it, a call-back's only by hand.
    let called = world.post(PETROVA, &format!("{callback}/calls"), json!({ "kind": "audio" })).await;
    let plan = world.get(ANNA, "/me/deletion").await;
    assert_eq!(plan["blocked"]["by"], "call", "{plan}");
    delete(&world, ANNA).await.problem(409, "conflict");
    world.post(PETROVA, &format!("/calls/{}/cancel", id(&called["call"])), json!({})).await;
    assert_eq!(world.get(ANNA, "/me/deletion").await["blocked"]["by"], "callback");
}

#[tokio::test]
async fn a_sign_in_of_long_ago_and_a_word_that_is_another_are_refused() {
    let world = World::start_as(lenient).await;
    world.get(ANNA, "/me").await;
    for body in [json!({}), json!({ "confirm": "yes" }), json!({ "confirm": "delete", "more": 1 })] {
        world.call(ANNA, "POST", "/me/deletion", Some(body)).await.problem(422, "invalid");
    }
    world.pass(601);
    delete(&world, ANNA).await.problem(403, "sign-in-stale");
    world.call(ANNA, "GET", "/me/export", None).await.problem(403, "sign-in-stale");
    world.get(ANNA, "/me/deletion").await;
    assert!(world.get(ANNA, "/me").await["name"].as_str().unwrap().contains("Анна"), "nothing has begun");
}

#[tokio::test]
async fn the_second_time_gives_the_same_receipt_and_everything_else_is_over_at_once() {
    let world = World::start_as(lenient).await;
    with_a_past(&world, ANNA).await;
    world.homeserver.ends_none.store(true, Ordering::SeqCst);
    let first = delete(&world, ANNA).await.ok();
    let second = delete(&world, ANNA).await.ok();
    assert_eq!(first["receipt"], second["receipt"]);
    assert_eq!(world.get(ANNA, "/me/deletion").await["receipt"], first["receipt"]);
    for path in ["/me", "/consultations", "/conversations", "/me/export"] {
        world.call(ANNA, "GET", path, None).await.problem(401, "unauthenticated");
    }
    let ask = json!({ "queue_id": "general", "request_id": fresh(&world) });
    world.call(ANNA, "POST", "/consultations", Some(ask)).await.problem(401, "unauthenticated");
    world.homeserver.ends_none.store(false, Ordering::SeqCst);
    world.settle_late().await;
    assert_eq!(world.homeserver.ended.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_crash_between_the_parts_goes_on_and_each_part_may_be_done_twice() {
    let world = World::start_as(lenient).await;
    let talk = with_a_past(&world, ANNA).await;
    let patient = patient_id(&world, ANNA).await;
    world.homeserver.ends_none.store(true, Ordering::SeqCst);
    delete(&world, ANNA).await.ok();
    world.homeserver.ends_none.store(false, Ordering::SeqCst);
    let tenant = world.consult.tenant("clinic").unwrap();
    // As if the process had died after each part and before it was written down.
    for part in
        [Part::Account, Part::Account, Part::Records, Part::Records, Part::Callbacks, Part::Callbacks, Part::Around]
    {
        assert_eq!(
            deletion::carry_out(&tenant, &patient.as_str().into(), part).await.unwrap(),
            Progress::Done,
            "{part:?}"
        );
    }
    drop(tenant);
    // Tokens that were in use when the account ended are over.
    world.pass(60);
    let world = world.restart().await;
    world.settle_late().await;
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    let plan = world.get(VOLKOVA, &format!("/patients/{patient}/deletion")).await;
    assert!(plan["finished_at"].is_string(), "{plan}");
    assert_eq!(world.get(VOLKOVA, "/audit?action=archive.erased").await["total"], 1, "once");
    assert_eq!(world.get(VOLKOVA, "/audit?action=patient.deletion_finished").await["total"], 1, "once");
}

#[tokio::test]
async fn partners_systems_are_told_once_and_of_nothing_but_whose_account_it_was() {
    let (world, receiver) = (World::start_as(lenient).await, Receiver::start().await);
    let (hook, _) = endpoint(&world, &receiver, "/crm", &["patient.deleted"]).await;
    let asked = json!({ "fields": ["patient.name", "patient.phone", "patient.email", "patient.birth_date"] });
    world.call(VOLKOVA, "PATCH", &format!("/webhooks/{hook}"), Some(asked)).await.ok();
    with_a_past(&world, ANNA).await;
    let patient = patient_id(&world, ANNA).await;
    receiver.plan("/crm", [503]);
    world.homeserver.ends_none.store(true, Ordering::SeqCst);
    let begun = delete(&world, ANNA).await.ok();
    delete(&world, ANNA).await.ok();
    world.told().await;
    assert!(receiver.taken("/crm").is_empty(), "it was refused once");
    // The process dies before the first part is done, and before the event is taken.
    let world = world.restart().await;
    world.homeserver.ends_none.store(false, Ordering::SeqCst);
    world.settle_late().await;
    world.pass(60);
    world.told().await;
    let came = receiver.came();
    assert_eq!(came.iter().map(|one| one.status).collect::<Vec<_>>(), [503, 200]);
    assert_eq!(came[0].id, came[1].id, "it is one event");
    assert_eq!(came[1].kind(), "patient.deleted");
    assert_eq!(came[1].body["data"], json!({ "patient_id": patient, "deleted_at": begun["deleted_at"] }));
    assert!(world.get(VOLKOVA, &format!("/patients/{patient}/deletion")).await["finished_at"].is_string());
}

#[tokio::test]
async fn what_its_class_keeps_stays_sealed_until_its_time_is_over_and_goes_then() {
    let world = World::start_as(classes).await;
    let talk = with_a_past(&world, ANNA).await;
    let plan = world.get(ANNA, "/me/deletion").await;
    let stay = &plan["stays"][0];
    assert_eq!(
        (&plan["goes"], &stay["consultation_id"], &stay["held"]),
        (&json!(0), &talk["id"], &json!(false)),
        "{plan}"
    );
    assert_eq!(
        stay["retention"],
        json!({ "class": { "id": "standard", "name": "standard" }, "due_at": "2023-11-25T21:00:00Z" })
    );
    let done = delete(&world, ANNA).await.ok();
    assert_eq!(done["stays"], plan["stays"]);
    assert!(done["receipt"]["html"].as_str().unwrap().contains("2023-11-26"), "the day in the brand's time zone");
    world.settle_late().await;
    let record = read(&world, VOLKOVA, &talk).await.ok();
    assert!(record["transcript"].to_string().contains(CANARY), "it is readable for who may read the archive");
    assert_eq!(record["consultation"]["patient"]["name"], "Deleted account");
    assert_eq!(world.homeserver.removed_media.lock().unwrap().len(), 0, "its files stay with it");
    days(&world, 12).await;
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    assert_eq!(world.homeserver.removed_media.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_held_stays_whole_and_goes_when_the_hold_is_lifted() {
    let world = World::start_as(lenient).await;
    let talk = with_a_past(&world, ANNA).await;
    let patient = patient_id(&world, ANNA).await;
    let hold = json!({ "patient_id": patient, "reason": "a court", "request_id": fresh(&world) });
    let hold = world.post(VOLKOVA, "/holds", hold).await;
    let plan = world.get(ANNA, "/me/deletion").await;
    assert_eq!((&plan["goes"], &plan["stays"][0]["held"]), (&json!(0), &json!(true)), "{plan}");
    delete(&world, ANNA).await.ok();
    world.settle_late().await;
    days(&world, 20).await;
    assert!(read(&world, VOLKOVA, &talk).await.status.is_success());
    let mut database = open(&world).await;
    let left = "SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM conclusion), (SELECT count(*) FROM rating WHERE comment IS NOT NULL)";
    let row = sqlx::raw_sql(left).fetch_one(&mut database).await.unwrap();
    assert_eq!([row.get::<i64, _>(0), row.get(1), row.get(2)], [1, 1, 1], "what belongs to it stays with it");
    world.post(VOLKOVA, &format!("/holds/{}/lift", id(&hold)), json!({ "reason": "it is over" })).await;
    tidy(&world).await;
    read(&world, VOLKOVA, &talk).await.problem(410, "erased");
    let row = sqlx::raw_sql(left).fetch_one(&mut database).await.unwrap();
    assert_eq!([row.get::<i64, _>(0), row.get(1), row.get(2)], [0, 0, 0]);
}

#[tokio::test]
async fn what_comes_from_a_patient_who_is_going_begins_nothing_and_is_not_kept() {
    let world = World::start_as(lenient).await;
    let talk = with_a_past(&world, ANNA).await;
    world.homeserver.ends_none.store(true, Ordering::SeqCst);
    delete(&world, ANNA).await.ok();
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "one word more").await;
    let mut database = open(&world).await;
    let count = sqlx::raw_sql("SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM consultation)")
        .fetch_one(&mut database)
        .await
        .unwrap();
    assert_eq!((count.get::<i64, _>(0), count.get::<i64, _>(1)), (0, 1));
}

#[tokio::test]
async fn a_supervisor_deletes_at_the_patients_written_word_and_says_why() {
    let world = World::start_as(lenient).await;
    let talk = with_a_past(&world, ANNA).await;
    let patient = patient_id(&world, ANNA).await;
    let path = format!("/patients/{patient}/deletion");
    for reason in ["", " ", &"я".repeat(501)] {
        let body = json!({ "confirm": "delete", "reason": reason });
        world.call(VOLKOVA, "POST", &path, Some(body)).await.problem(422, "invalid");
    }
    for who in [PETROVA, SOKOLOV, BORIS] {
        delete_by(&world, who, &patient).await.problem(403, "forbidden");
        world.call(who, "GET", &path, None).await.problem(403, "forbidden");
    }
    delete_by(&world, VOLKOVA, "unknown").await.problem(404, "not-found");
    let done = delete_by(&world, VOLKOVA, &patient).await.ok();
    assert_eq!((&done["deleted_by"]["name"], &done["reason"]), (&json!("Ms Volkova"), &json!(REASON)));
    assert_eq!(delete_by(&world, VOLKOVA, &patient).await.ok()["receipt"], done["receipt"]);
    world.settle_late().await;
    let certificate = world.get(VOLKOVA, &format!("/archive/{}/certificate", id(&talk))).await;
    assert_eq!(
        (&certificate["erased"]["by"], &certificate["erased"]["reason"]),
        (&json!("Ms Volkova"), &json!(REASON))
    );
    let entry = world.get(VOLKOVA, "/audit?action=patient.deleted").await["items"][0].clone();
    assert_eq!((&entry["actor"]["name"], &entry["subject"]["id"]), (&json!("Ms Volkova"), &json!(patient)));
    assert!(!entry.to_string().contains(REASON) && !lies_in(&world.data_folder(), REASON.as_bytes()));
    world
        .call(VOLKOVA, "PATCH", &format!("/patients/{patient}"), Some(json!({ "name": "X" })))
        .await
        .problem(410, "erased");
    world.call(VOLKOVA, "GET", &format!("/patients/{patient}/export"), None).await.problem(410, "erased");
}

#[tokio::test]
async fn an_account_that_a_supervisor_ends_is_over_at_once_and_its_token_begins_nobody_new() {
    let world = World::start_as(lenient).await;
    // From here on the token is believed.
    world.get(ANNA, "/me").await;
    let patient = patient_id(&world, ANNA).await;
    delete_by(&world, VOLKOVA, &patient).await.ok();
    let tenant = world.consult.tenant("clinic").unwrap();
    for part in Part::ALL {
        let progress = deletion::carry_out(&tenant, &patient.as_str().into(), part).await.unwrap();
        assert_eq!(progress, Progress::Done, "{part:?} waits for nothing");
    }
    drop(tenant);
    world.settle().await;
    for path in ["/me", "/consultations", "/me/deletion"] {
        world.call(ANNA, "GET", path, None).await.problem(401, "unauthenticated");
    }
    assert_eq!(world.get(VOLKOVA, "/patients").await["total"], 0, "nobody new began");
    world.get("anna+new", "/me").await;
    assert_ne!(patient_id(&world, ANNA).await, patient, "whoever signs in with it later is somebody new");
}

#[tokio::test]
async fn whoever_deletes_his_own_account_is_answered_a_moment_longer() {
    let world = World::start_as(lenient).await;
    world.get(ANNA, "/me").await;
    let patient = patient_id(&world, ANNA).await;
    delete(&world, ANNA).await.ok();
    let tenant = world.consult.tenant("clinic").unwrap();
    let carry_out = async |part| deletion::carry_out(&tenant, &patient.as_str().into(), part).await.unwrap();
    assert_eq!(carry_out(Part::Account).await, Progress::Done);
    assert!(matches!(carry_out(Part::Parting).await, Progress::NotYet(_)), "his receipt may have been lost on the way");
    world.pass(60);
    assert_eq!(carry_out(Part::Parting).await, Progress::Done);
}

#[tokio::test]
async fn an_account_of_staff_is_not_deleted() {
    let world = World::start_as(lenient).await;
    delete(&world, PETROVA).await.problem(403, "forbidden");
    world.get(ANNA, "/me").await;
    let patient = patient_id(&world, ANNA).await;
    let new = json!({ "user_id": user(ANNA), "name": "Dr Anna", "role": "operator", "queues": [] });
    world.post(VOLKOVA, "/operators", new).await;
    delete(&world, ANNA).await.problem(403, "forbidden");
    delete_by(&world, VOLKOVA, &patient).await.problem(409, "conflict");
    assert_eq!(world.get(VOLKOVA, &format!("/patients/{patient}/deletion")).await["blocked"]["by"], "staff");
}

#[tokio::test]
async fn another_patient_keeps_everything_and_anybody_can_check_the_receipt() {
    let world = World::start_as(lenient).await;
    with_a_past(&world, ANNA).await;
    let other = sealed(&world, BORIS).await;
    let receipt = delete(&world, ANNA).await.ok()["receipt"].clone();
    world.settle_late().await;
    assert!(read(&world, BORIS, &other).await.ok()["transcript"].to_string().contains(CANARY));
    assert_eq!(world.get(BORIS, "/me").await["name"], "Boris");
    let text = |name: &str| receipt[name].as_str().unwrap().to_owned();
    let key: [u8; 32] = hex::decode(text("verifying_key")).unwrap().try_into().unwrap();
    let signature: [u8; 64] = hex::decode(text("signature")).unwrap().try_into().unwrap();
    let mut signed = Vec::new();
    for part in [b"consilium deletion receipt 1".as_slice(), text("text").as_bytes()] {
        signed.extend((part.len() as u64).to_be_bytes());
        signed.extend(part);
    }
    VerifyingKey::from_bytes(&key).unwrap().verify_strict(&signed, &Signature::from_bytes(&signature)).unwrap();
    assert!(!text("text").contains("Karenina") && !text("text").contains("@anna"), "{}", text("text"));
}
