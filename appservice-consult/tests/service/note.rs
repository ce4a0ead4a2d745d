//! Notes of staff: who reads and writes them, mentions that open them for a time, editing, deleting, erasing; and that no patient is told anything of it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

const HOUR: i64 = 3_600;
const CANARY: &str = "canary-of-the-notes";

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

async fn operator_id(world: &World, who: &str) -> String {
    world.get(who, "/me").await["operator"]["id"].as_str().unwrap().to_owned()
}

fn notes_of(talk: &Value) -> String {
    format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap())
}

async fn write(world: &World, who: &str, talk: &Value, text: &str, mentions: &[&str]) -> Answer {
    let mut ids = Vec::new();
    for whom in mentions {
        ids.push(operator_id(world, whom).await);
    }
    let request_id = uuid::Uuid::from_bytes(world.context().random());
    let body = json!({ "text": text, "mentions": ids, "request_id": request_id });
    world.call(who, "POST", &notes_of(talk), Some(body)).await
}

async fn edit(world: &World, who: &str, note: &Value, text: &str) -> Answer {
    let mentions: Vec<&Value> = note["mentions"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    let body = json!({ "text": text, "mentions": mentions, "version": note["version"] });
    world.call(who, "PATCH", &format!("/notes/{}", id(note)), Some(body)).await
}

async fn remove(world: &World, who: &str, note: &Value) -> Answer {
    world.call(who, "DELETE", &format!("/notes/{}", id(note)), None).await
}

fn texts(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap_or("-")).collect()
}

async fn actions(world: &World, subject: &str) -> Vec<String> {
    let audit = world.get(VOLKOVA, &format!("/audit?subject={subject}")).await;
    let entries = audit["items"].as_array().unwrap().iter();
    entries.map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn who_takes_part_writes_notes_and_reads_them_newest_first_page_by_page() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    for text in ["one", "two", "three"] {
        world.pass(1);
        let note = write(&world, PETROVA, &talk, text, &[]).await;
        assert_eq!((note.status.as_u16(), &note.body["consultation_id"]), (201, &talk["id"]));
        assert_eq!(note.body["author"]["name"], "Dr Petrova");
    }
    let first = world.get(PETROVA, &format!("{}?limit=2", notes_of(&talk))).await;
    assert_eq!((texts(&first), &first["total"]), (vec!["three", "two"], &json!(3)));
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = world.get(PETROVA, &format!("{}?limit=2&cursor={cursor}", notes_of(&talk))).await;
    assert_eq!((texts(&second), &second["next_cursor"]), (vec!["one"], &Value::Null));
    let patient = first["items"][0]["patient_id"].as_str().unwrap();
    let on_card = world.get(PETROVA, &format!("/patients/{patient}/notes")).await;
    assert_eq!(texts(&on_card), ["three", "two", "one"]);
    world.call(PETROVA, "GET", &format!("{}?cursor=zzz", notes_of(&talk)), None).await.problem(400, "invalid");
}

#[tokio::test]
async fn the_notes_are_open_to_who_has_to_do_with_the_conversation() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "dental").await;
    world.settle().await;
    // It waits: who serves the queue may read before he takes it, who does not may not.
    write(&world, PETROVA, &asked, "before", &[]).await.ok();
    world.call(SOKOLOV, "GET", &notes_of(&asked), None).await.problem(403, "forbidden");
    write(&world, SOKOLOV, &asked, "no", &[]).await.problem(403, "forbidden");
    assert_eq!(texts(&world.get(VOLKOVA, &notes_of(&asked)).await), ["before"]);
    let patient = world.get(PETROVA, &notes_of(&asked)).await["items"][0]["patient_id"].clone();
    let card = format!("/patients/{}/notes", patient.as_str().unwrap());
    world.call(SOKOLOV, "GET", &card, None).await.problem(403, "forbidden");
    world.get(SOKOLOV, &format!("/patients/{}", patient.as_str().unwrap())).await;

    world.post(PETROVA, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
    let to = json!({ "to": { "operator_id": operator_id(&world, SOKOLOV).await }, "note": "yours" });
    world.pass(1);
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&asked)), to).await;
    assert_eq!(texts(&world.get(SOKOLOV, &notes_of(&asked)).await), ["before"], "it was handed to him by name");
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
    world.post(SOKOLOV, &format!("/consultations/{}/close", id(&asked)), json!({})).await;
    world.settle().await;
    for who in [PETROVA, SOKOLOV, VOLKOVA] {
        assert_eq!(texts(&world.get(who, &card).await), ["before"], "{who} took part, or is a supervisor");
    }
    for (path, who) in [("/conversations/unknown/notes", PETROVA), ("/patients/unknown/notes", VOLKOVA)] {
        world.call(who, "GET", path, None).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_mention_opens_the_notes_for_a_time_and_is_told_to_whom_it_names() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let stream = world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    let note = write(&world, PETROVA, &talk, "@Dr Sokolov, what do you think?", &[SOKOLOV]).await.ok();
    assert_eq!(note["mentions"][0]["name"], "Dr Sokolov");
    let told = support::until_event(stream, "mention", |_| true).await;
    assert_eq!((&told["unseen"], &told["mention"]["by"]["name"]), (&json!(1), &json!("Dr Petrova")));
    assert_eq!(told["mention"]["patient"]["name"], "Анна Каренина");
    assert_eq!(told["mention"]["consultation_id"], talk["id"]);
    assert!(!told.to_string().contains("think"), "a stream carries no text");

    assert_eq!(texts(&world.get(SOKOLOV, &notes_of(&talk)).await).len(), 1);
    write(&world, SOKOLOV, &talk, "I agree", &[]).await.ok();
    write(&world, SOKOLOV, &talk, "@Ms Volkova", &[VOLKOVA]).await.problem(403, "forbidden");
    let mentions = world.get(SOKOLOV, "/mentions").await;
    assert_eq!((&mentions["total"], &mentions["unseen"]), (&json!(1), &json!(1)));
    let seen = format!("/mentions/{}/seen", id(&mentions["items"][0]));
    world.call(PETROVA, "POST", &seen, None).await.problem(404, "not-found");
    let at = world.post(SOKOLOV, &seen, json!({})).await["seen_at"].clone();
    world.pass(5);
    assert_eq!(world.post(SOKOLOV, &seen, json!({})).await["seen_at"], at, "once");
    assert_eq!(world.get(SOKOLOV, "/mentions").await["unseen"], 0);

    world.pass(24 * HOUR - 6);
    world.get(SOKOLOV, &notes_of(&talk)).await;
    world.pass(1);
    world.call(SOKOLOV, "GET", &notes_of(&talk), None).await.problem(403, "forbidden");
    write(&world, SOKOLOV, &talk, "too late", &[]).await.problem(403, "forbidden");
    let patient = note["patient_id"].as_str().unwrap();
    let audit = actions(&world, patient).await;
    assert!(audit.iter().any(|action| action == "patient.access_granted"), "{audit:?}");
    assert!(audit.iter().filter(|action| *action == "patient.read").count() >= 2, "reading notes is reading the card");
}

#[tokio::test]
async fn a_mention_goes_with_the_text_that_named_him() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let note = write(&world, PETROVA, &talk, "@Dr Sokolov", &[SOKOLOV]).await.ok();
    let again = edit(&world, PETROVA, &note, "@Dr Sokolov, look").await.ok();
    assert_eq!(world.get(SOKOLOV, "/mentions").await["total"], 1, "the same mention");
    let body = json!({ "text": "never mind", "version": again["version"] });
    let stream = world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    world.call(PETROVA, "PATCH", &format!("/notes/{}", id(&note)), Some(body)).await.ok();
    let told = support::until_event(stream, "mention", |_| true).await;
    assert_eq!((&told["mention"], &told["unseen"]), (&Value::Null, &json!(0)));
    world.call(SOKOLOV, "GET", &notes_of(&talk), None).await.problem(403, "forbidden");

    let other = write(&world, PETROVA, &talk, "@Dr Sokolov", &[SOKOLOV]).await.ok();
    remove(&world, PETROVA, &other).await.ok();
    world.call(SOKOLOV, "GET", &notes_of(&talk), None).await.problem(403, "forbidden");
    assert_eq!(world.get(SOKOLOV, "/mentions").await["total"], 0);
    let audit = actions(&world, note["patient_id"].as_str().unwrap()).await;
    assert_eq!(audit.iter().filter(|action| *action == "patient.access_withdrawn").count(), 2);
}

#[tokio::test]
async fn its_author_edits_a_note_within_the_hour_and_what_it_said_is_kept() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let note = write(&world, PETROVA, &talk, "first", &[]).await.ok();
    world.pass(60);
    let edited = edit(&world, PETROVA, &note, "second").await.ok();
    assert_eq!((&edited["text"], edited["edited_at"].is_string()), (&json!("second"), true));
    edit(&world, PETROVA, &note, "by an old version").await.problem(409, "conflict");
    edit(&world, VOLKOVA, &edited, "not hers").await.problem(403, "forbidden");
    edit(&world, SOKOLOV, &edited, "not open").await.problem(403, "forbidden");
    let same = edit(&world, PETROVA, &edited, "second").await.ok();
    let versions = world.get(VOLKOVA, &format!("/notes/{}/versions", id(&note))).await;
    assert_eq!(versions["versions"], json!([{ "at": note["created_at"], "text": "first" }]));
    world.call(SOKOLOV, "GET", &format!("/notes/{}/versions", id(&note)), None).await.problem(403, "forbidden");
    world.pass(HOUR);
    edit(&world, PETROVA, &same, "third").await.problem(409, "conflict");
    remove(&world, PETROVA, &same).await.problem(409, "conflict");
    remove(&world, SOKOLOV, &same).await.problem(403, "forbidden");
    let gone = remove(&world, VOLKOVA, &same).await.ok();
    assert_eq!((&gone["text"], &gone["deleted"]["by"]["name"]), (&Value::Null, &json!("Ms Volkova")));
    let versions = world.get(VOLKOVA, &format!("/notes/{}/versions", id(&note))).await;
    assert_eq!(versions["versions"], json!([]), "its former texts go with it");
    remove(&world, VOLKOVA, &same).await.problem(409, "conflict");
    edit(&world, PETROVA, &gone, "back").await.problem(409, "conflict");
    assert_eq!(texts(&world.get(PETROVA, &notes_of(&talk)).await), ["-"], "a tombstone stays");
    let audit = actions(&world, &id(&note)).await;
    assert_eq!(audit, ["note.deleted", "note.edited", "note.edited", "note.written"]);
}

#[tokio::test]
async fn a_retried_note_is_written_once() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let other = world.talk(BORIS, PETROVA).await;
    let body = json!({ "text": "once", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
    let first = world.call(PETROVA, "POST", &notes_of(&talk), Some(body.clone())).await;
    let again = world.call(PETROVA, "POST", &notes_of(&talk), Some(body.clone())).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16(), &first.body), (201, 200, &again.body));
    world.call(PETROVA, "POST", &notes_of(&other), Some(body.clone())).await.problem(409, "conflict");
    // Another author's key is another key.
    assert_eq!(world.call(VOLKOVA, "POST", &notes_of(&talk), Some(body)).await.status.as_u16(), 201);
}

#[tokio::test]
async fn what_cannot_be_a_note_is_refused() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let me = operator_id(&world, PETROVA).await;
    let request_id = "7b1f6a52-1111-4222-8333-444455556666";
    let many: Vec<String> = (0..11).map(|number| number.to_string()).collect();
    for body in [
        json!({}),
        json!({ "text": "t" }),
        json!({ "text": " ", "request_id": request_id }),
        json!({ "text": "я".repeat(4_001), "request_id": request_id }),
        json!({ "text": "a\u{1b}[0m", "request_id": request_id }),
        json!({ "text": "t", "request_id": "x" }),
        json!({ "text": "t", "request_id": request_id, "mentions": ["unknown"] }),
        json!({ "text": "t", "request_id": request_id, "mentions": [me] }),
        json!({ "text": "t", "request_id": request_id, "mentions": many }),
        json!({ "text": "t", "request_id": request_id, "patient_id": "p" }),
    ] {
        world.call(PETROVA, "POST", &notes_of(&talk), Some(body)).await.problem(422, "invalid");
    }
    assert_eq!(world.get(PETROVA, &notes_of(&talk)).await["total"], 0);
    for (method, path) in
        [("PATCH", "/notes/unknown"), ("DELETE", "/notes/unknown"), ("POST", "/mentions/unknown/seen")]
    {
        let body = (method == "PATCH").then(|| json!({ "text": "t", "version": 1 }));
        world.call(PETROVA, method, path, body).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_patient_is_told_nothing_of_notes() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let stream = world.send(ANNA, "GET", "/events", None).await.into_body().into_data_stream();
    let note = write(&world, PETROVA, &talk, CANARY, &[SOKOLOV]).await.ok();
    remove(&world, PETROVA, &note).await.ok();
    write(&world, PETROVA, &talk, CANARY, &[SOKOLOV]).await.ok();
    world.settle().await;
    for path in ["/me", "/consultations", "/conversations", &format!("/consultations/{}", id(&talk))] {
        let answer = world.get(ANNA, path).await.to_string();
        assert!(!answer.contains(CANARY) && !answer.contains("note") && !answer.contains("mention"), "{path} {answer}");
    }
    for line in world.lines(&talk).await {
        assert!(!line.to_string().contains(CANARY));
    }
    // What he hears next is what concerns him: nothing came before it.
    world.pass(1);
    world.post(PETROVA, &format!("/consultations/{}/hold", id(&talk)), json!({})).await;
    let heard = support::events_until(stream, "consultation", |data| data["consultation"]["phase"] == "on_hold").await;
    assert!(heard.iter().all(|(name, data)| name == "consultation" && data["note"].is_null()), "{heard:?}");
}

#[tokio::test]
async fn the_erasure_of_a_patient_takes_his_notes_and_nobody_elses() {
    let world = World::start().await;
    let (anna, boris) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, PETROVA).await);
    let note = write(&world, PETROVA, &anna, "one", &[SOKOLOV]).await.ok();
    edit(&world, PETROVA, &note, "two").await.ok();
    write(&world, PETROVA, &boris, "his", &[]).await.ok();
    let tenant = world.consult.tenant("clinic").unwrap();
    let patient = note["patient_id"].as_str().unwrap().into();
    let mut writing = tenant.store.write().await.unwrap();
    let system = consilium_consult::actor::Actor::System;
    let erased = consilium_consult::note::erase_patient(&mut writing, &tenant, &patient, &system).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(erased, 1);
    assert_eq!(world.get(PETROVA, &notes_of(&anna)).await["total"], 0);
    assert_eq!(world.get(SOKOLOV, "/mentions").await["total"], 0);
    assert_eq!(texts(&world.get(PETROVA, &notes_of(&boris)).await), ["his"]);
    assert_eq!(actions(&world, note["patient_id"].as_str().unwrap()).await[1], "patient.notes_erased");
}

#[tokio::test]
async fn no_note_lies_readable_on_disk() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let note = write(&world, PETROVA, &talk, &format!("{CANARY} one"), &[]).await.ok();
    edit(&world, PETROVA, &note, &format!("{CANARY} two")).await.ok();
    let audit = world.get(VOLKOVA, "/audit").await.to_string();
    assert!(!audit.contains(CANARY), "the audit log has no content");
    let folder = world.data_folder();
    world.consult.stop().await;
    let is_there = |text: &str| {
        let files = ["consult.db", "consult.db-wal"].map(|name| std::fs::read(folder.join(name)).unwrap_or_default());
        files.iter().any(|file| file.windows(text.len()).any(|part| part == text.as_bytes()))
    };
    assert!(is_there("note.written"), "the search finds what is there");
    assert!(!is_there(CANARY));
}
