//! Macros: made by supervisors, run by who might do the same by hand; all of it or nothing.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consilium_config::brand::ConclusionNeed;
use consilium_consult::actor::Actor;
use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, request_id};

fn content(shortcut: &str, does: Value) -> Value {
    let mut content = json!({ "title": "Do it", "shortcut": shortcut });
    for (key, value) in does.as_object().unwrap() {
        content[key] = value.clone();
    }
    content
}

async fn made(world: &World, shortcut: &str, does: Value) -> Value {
    world.post(VOLKOVA, "/macros", content(shortcut, does)).await
}

async fn tag(world: &World, name: &str) -> Value {
    world.post(VOLKOVA, "/tags", json!({ "names": { "en": name }, "color": "info" })).await
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

async fn change(world: &World, before: &Value, content: Value, archived: bool) -> Answer {
    let body = json!({ "version": before["version"], "content": content, "archived": archived });
    world.call(VOLKOVA, "PUT", &format!("/macros/{}", id(before)), Some(body)).await
}

fn path(on: &Value, which: &Value) -> String {
    format!("/consultations/{}/macros/{}", id(on), id(which))
}

fn wish(which: &Value, request_id: &str) -> Value {
    json!({ "version": which["version"], "request_id": request_id })
}

async fn run(world: &World, who: &str, on: &Value, which: &Value) -> Answer {
    world.call(who, "POST", &path(on, which), Some(wish(which, &request_id()))).await
}

async fn check(world: &World, who: &str, on: &Value, which: &Value) -> Answer {
    world.call(who, "POST", &format!("{}/check", path(on, which)), Some(wish(which, &request_id()))).await
}

async fn notes(world: &World, on: &Value) -> Vec<String> {
    let path = format!("/conversations/{}/notes", on["conversation_id"].as_str().unwrap());
    let notes = world.get(VOLKOVA, &path).await;
    notes["items"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap().to_owned()).collect()
}

fn tags(row: &Value) -> Vec<&str> {
    row["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect()
}

fn refused_at(answer: &Answer, status: u16, slug: &str, step: &str) {
    answer.problem(status, slug);
    assert_eq!(answer.body["macro_step"], step, "{}", answer.body);
}

#[tokio::test]
async fn supervisors_make_macros_and_everybody_of_staff_has_them() {
    let world = World::start().await;
    let text = json!({ "texts": { "en": " Hello, {{patient.name}}. ", "ru": "" }, "queues": ["dental"] });
    let first = made(&world, "/Hello", text.clone()).await;
    assert_eq!((&first["version"], &first["archived"]), (&json!(1), &json!(false)));
    assert_eq!(first["changed_by"]["name"], "Ms Volkova");
    let kept = &first["content"];
    assert_eq!((&kept["shortcut"], &kept["texts"]), (&json!("hello"), &json!({ "en": "Hello, {{patient.name}}." })));
    let all = world.get(SOKOLOV, "/macros").await;
    assert_eq!(all["macros"][0], first);

    let second = change(&world, &first, content("bye", json!({ "note": "Was greeted" })), false).await.ok();
    assert_eq!((&second["version"], &second["content"]["note"]), (&json!(2), &json!("Was greeted")));
    change(&world, &first, content("late", json!({ "note": "n" })), false).await.problem(409, "conflict");
    let same = change(&world, &second, content("bye", json!({ "note": " Was greeted " })), false).await.ok();
    assert_eq!(same["version"], 2, "nothing was changed");

    // Out of use its shortcut is free; it comes back only where nobody has it.
    let away = change(&world, &second, second["content"].clone(), true).await.ok();
    assert_eq!((&away["version"], &away["archived"]), (&json!(3), &json!(true)));
    let other = made(&world, "bye", json!({ "note": "Another" })).await;
    let refused = change(&world, &away, away["content"].clone(), false).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "shortcut");
    change(&world, &other, other["content"].clone(), true).await.ok();
    assert_eq!(change(&world, &away, away["content"].clone(), false).await.ok()["archived"], false);

    // Each content stands in the audit log, from where it is brought back.
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&first))).await;
    let told: Vec<_> = audit["items"].as_array().unwrap().iter().collect();
    assert_eq!(told.len(), 4);
    let created = told.iter().find(|entry| entry["action"] == "macro.created").unwrap();
    assert_eq!(created["detail"]["content"], first["content"]);
}

#[tokio::test]
async fn what_cannot_be_a_macro_is_refused_with_the_field() {
    let world = World::start().await;
    let known = tag(&world, "Known").await;
    made(&world, "taken", json!({ "note": "n" })).await;
    for (field, does) in [
        ("texts", json!({})),
        ("texts", json!({ "texts": { "ru": "Здравствуйте" } })),
        ("texts", json!({ "texts": { "en": "{{patient.phone}}" } })),
        ("add_tags", json!({ "add_tags": ["unknown"] })),
        ("remove_tags", json!({ "add_tags": [id(&known)], "remove_tags": [id(&known)] })),
        ("ending.queue_id", json!({ "ending": { "kind": "transfer", "queue_id": "nowhere", "note": "n" } })),
        ("ending.note", json!({ "ending": { "kind": "transfer", "queue_id": "dental", "note": " " } })),
        ("ending.minutes", json!({ "ending": { "kind": "hold", "minutes": 0 } })),
        ("queues", json!({ "note": "n", "queues": ["nowhere"] })),
    ] {
        let refused = world.call(VOLKOVA, "POST", "/macros", Some(content("new", does))).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{}", refused.body);
    }
    let taken = world.call(VOLKOVA, "POST", "/macros", Some(content("TAKEN", json!({ "note": "n" })))).await;
    assert_eq!(taken.body["errors"][0]["field"], "shortcut");
    for does in [json!({ "ending": { "kind": "erase" } }), json!({ "ending": { "kind": "hold", "until": 1 } })] {
        world.call(VOLKOVA, "POST", "/macros", Some(content("new", does))).await.problem(422, "invalid");
    }
    world
        .call(PETROVA, "POST", "/macros", Some(content("new", json!({ "note": "n" }))))
        .await
        .problem(403, "forbidden");
    world.call(ANNA, "GET", "/macros", None).await.problem(403, "forbidden");
    assert_eq!(world.get(VOLKOVA, "/macros").await["macros"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn one_run_does_every_step_and_the_audit_log_names_the_macro_at_each() {
    let world = World::start().await;
    let (pain, done) = (tag(&world, "Pain").await, tag(&world, "Done").await);
    let talk = world.talk(ANNA, PETROVA).await;
    world.call(PETROVA, "PUT", &format!("/consultations/{}/tags/{}", id(&talk), id(&pain)), None).await.ok();
    let ending = json!({ "kind": "transfer", "queue_id": "dental", "note": "Look at the tooth" });
    let which = json!({
        "texts": { "en": "A dentist will answer." }, "add_tags": [id(&done)], "remove_tags": [id(&pain)],
        "note": "Sent on", "ending": ending,
    });
    let which = made(&world, "dentist", which).await;
    let before = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!(check(&world, PETROVA, &talk, &which).await.status, 204);
    assert_eq!(world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await, before, "a check leaves nothing");
    assert_eq!(notes(&world, &talk).await, [] as [&str; 0]);

    let after = run(&world, PETROVA, &talk, &which).await.ok();
    assert_eq!((&after["phase"], &after["queue"]["id"]), (&json!("queued"), &json!("dental")));
    assert_eq!(after["transfer"]["note"], "Look at the tooth");
    assert_eq!(tags(&after), ["Done"]);
    assert_eq!(notes(&world, &talk).await, ["Sent on"]);
    world.settle().await;
    let audit = world.get(VOLKOVA, "/audit?limit=100").await;
    let named = |action: &str| {
        let entry = audit["items"].as_array().unwrap().iter().find(|entry| entry["action"] == action);
        entry.unwrap_or_else(|| panic!("{action}"))["detail"]["macro"].clone()
    };
    for action in ["consultation.macro_run", "consultation.untagged", "note.written", "consultation.transferred"] {
        assert_eq!(named(action), "Do it", "{action}");
    }
}

#[tokio::test]
async fn a_step_that_is_refused_leaves_nothing_of_the_others() {
    let world = World::start_as(|brand| brand.queues[0].conclusion = ConclusionNeed::Required).await;
    let done = tag(&world, "Done").await;
    let does = json!({ "add_tags": [id(&done)], "note": "Closed", "ending": { "kind": "close" } });
    let which = made(&world, "close", does).await;
    let talk = world.talk(ANNA, PETROVA).await;
    for refused in [check(&world, PETROVA, &talk, &which).await, run(&world, PETROVA, &talk, &which).await] {
        refused_at(&refused, 409, "conclusion-required", "close");
    }
    // As by hand: who does not see it runs nothing on it, and who does not lead it does not close it.
    run(&world, SOKOLOV, &talk, &which).await.problem(404, "not-found");
    crate::council::on_duty(&world, SOKOLOV).await;
    crate::council::invite_as(&world, PETROVA, &talk, SOKOLOV, "consultant").await.ok();
    refused_at(&run(&world, SOKOLOV, &talk, &which).await, 403, "forbidden", "close");
    let note_less = json!({ "add_tags": [id(&done)], "ending": { "kind": "close" } });
    let note_less = made(&world, "less", note_less).await;
    refused_at(&run(&world, SOKOLOV, &talk, &note_less).await, 403, "forbidden", "close");
    let detail = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!((&detail["phase"], tags(&detail).len()), (&json!("active"), 0));
    assert_eq!(notes(&world, &talk).await, [] as [&str; 0]);
    let audit = world.get(VOLKOVA, "/audit?limit=100").await.to_string();
    assert!(!audit.contains("macro_run"), "what did not run is not told");
}

#[tokio::test]
async fn what_a_macro_names_may_have_gone_meanwhile() {
    let world = World::start_as(|brand| brand.queues[1].retired = false).await;
    let old = tag(&world, "Old").await;
    let tagging = made(&world, "tagging", json!({ "add_tags": [id(&old)] })).await;
    let transfer = json!({ "ending": { "kind": "transfer", "queue_id": "dental", "note": "n" } });
    let transfer = made(&world, "transfer", transfer).await;
    let foreign = json!({ "ending": { "kind": "transfer", "queue_id": "psychology", "note": "n" } });
    let foreign = made(&world, "foreign", foreign).await;
    let (anna, boris) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, PETROVA).await);
    refused_at(&run(&world, PETROVA, &anna, &foreign).await, 422, "invalid", "transfer");
    let body = json!({ "names": { "en": "Old" }, "color": "info", "version": 1, "archived": true });
    world.call(VOLKOVA, "PUT", &format!("/tags/{}", id(&old)), Some(body)).await.ok();
    refused_at(&check(&world, PETROVA, &anna, &tagging).await, 409, "conflict", "add_tags");
    // It goes out of use as it is, and is not taken back so.
    let away = change(&world, &tagging, tagging["content"].clone(), true).await.ok();
    let refused = change(&world, &away, away["content"].clone(), false).await;
    assert_eq!(refused.body["errors"][0]["field"], "add_tags");
    run(&world, PETROVA, &boris, &away).await.problem(409, "conflict");
    let world = world.restart_with(|brand| brand.queues[1].retired = true).await;
    refused_at(&run(&world, PETROVA, &anna, &transfer).await, 422, "invalid", "transfer");
}

#[tokio::test]
async fn nothing_runs_that_was_not_shown_and_nothing_twice() {
    let world = World::start().await;
    let first = made(&world, "note", json!({ "note": "Once", "ending": { "kind": "hold", "minutes": 30 } })).await;
    let (talk, other) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, PETROVA).await);
    let second = content("note", json!({ "note": "Twice", "queues": ["general"] }));
    let second = change(&world, &first, second, false).await.ok();
    run(&world, PETROVA, &talk, &first).await.problem(409, "conflict");

    let request = request_id();
    for _ in 0..2 {
        world.post(PETROVA, &path(&talk, &second), wish(&second, &request)).await;
    }
    assert_eq!(notes(&world, &talk).await, ["Twice"]);
    let elsewhere = world.call(PETROVA, "POST", &path(&other, &second), Some(wish(&second, &request))).await;
    elsewhere.problem(409, "conflict");

    let dental = made(&world, "dental", json!({ "note": "n", "queues": ["dental"] })).await;
    run(&world, PETROVA, &talk, &dental).await.problem(409, "conflict");
    run(&world, PETROVA, &json!({ "id": "unknown" }), &second).await.problem(404, "not-found");
    run(&world, PETROVA, &talk, &json!({ "id": "unknown", "version": 1 })).await.problem(404, "not-found");
    run(&world, ANNA, &talk, &second).await.problem(403, "forbidden");
    for body in [json!({ "version": 2 }), json!({ "version": 2, "request_id": "x" })] {
        world.call(PETROVA, "POST", &path(&talk, &second), Some(body)).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn a_hold_begins_when_it_runs_and_a_supervisor_closes_anybodys() {
    let world = World::start().await;
    let hold = made(&world, "hold", json!({ "ending": { "kind": "hold", "minutes": 30 } })).await;
    let close = made(&world, "close", json!({ "ending": { "kind": "close", "note": "No answer" } })).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let held = run(&world, PETROVA, &talk, &hold).await.ok();
    let time = |name: &str| held["hold"][name].as_str().unwrap();
    assert!(time("until") > time("since"), "{held}");
    refused_at(&run(&world, VOLKOVA, &talk, &hold).await, 403, "forbidden", "hold");
    let closed = run(&world, VOLKOVA, &talk, &close).await.ok();
    assert_eq!((&closed["phase"], &closed["end_reason"]), (&json!("archived"), &json!("No answer")));
    refused_at(&run(&world, PETROVA, &talk, &close).await, 409, "conflict", "close");
}

#[tokio::test]
async fn a_change_is_told_to_every_desk_and_to_no_patient() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let listen = async |who: &str| world.send(who, "GET", "/events", None).await.into_body().into_data_stream();
    let (sokolov, anna) = (listen(SOKOLOV).await, listen(ANNA).await);
    let which = made(&world, "note", json!({ "note": "n" })).await;
    let told = support::until_event(sokolov, "macro", |_| true).await;
    assert_eq!(told["changed"], which);
    run(&world, PETROVA, &talk, &which).await.ok();
    world.pass(1);
    world.post(PETROVA, &format!("/consultations/{}/hold", id(&talk)), json!({})).await;
    let heard = support::events_until(anna, "consultation", |data| data["consultation"]["phase"] == "on_hold").await;
    assert!(heard.iter().all(|(name, _)| name == "consultation"), "{heard:?}");
}

async fn kept(world: &World, name: &str, text: &str) -> Value {
    let content = STANDARD.encode(text);
    world.post(VOLKOVA, "/files", json!({ "name": name, "media_type": "application/pdf", "content": content })).await
}

async fn bytes_of(world: &World, who: &str, file: &Value) -> (u16, Vec<u8>) {
    let response = world.send(who, "GET", &format!("/files/{}", id(file)), None).await;
    let status = response.status().as_u16();
    (status, http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes().to_vec())
}

#[tokio::test]
async fn a_macro_names_files_that_staff_reads_and_no_patient() {
    let world = World::start().await;
    let file = kept(&world, " Before  the visit.pdf", "%PDF canary-of-kept-files").await;
    assert_eq!((&file["name"], &file["size_bytes"]), (&json!("Before the visit.pdf"), &json!(25)));
    assert_eq!(kept(&world, "Before the visit.pdf", "%PDF canary-of-kept-files").await, file, "the same is kept once");
    assert!(!support::lies_in(&world.data_folder(), b"canary-of-kept-files"), "it is sealed");
    // Its id alone counts: what is said of it besides is the service's.
    let named = json!([{ "id": file["id"], "name": "virus.exe" }, { "id": file["id"] }]);
    let which = made(&world, "bring", json!({ "texts": { "en": "Here it is." }, "files": named })).await;
    assert_eq!(which["content"]["files"], json!([file]));
    let talk = world.talk(ANNA, PETROVA).await;
    assert_eq!(check(&world, PETROVA, &talk, &which).await.status, 204);
    run(&world, PETROVA, &talk, &which).await.ok();
    assert_eq!(bytes_of(&world, PETROVA, &file).await, (200, b"%PDF canary-of-kept-files".to_vec()));
    assert_eq!(bytes_of(&world, ANNA, &file).await.0, 403);
    assert_eq!(bytes_of(&world, PETROVA, &json!({ "id": "unknown" })).await.0, 404);
    let new = json!({ "name": "a.pdf", "media_type": "application/pdf", "content": "YQ==" });
    world.call(ANNA, "POST", "/files", Some(new)).await.problem(403, "forbidden");
    for (field, wrong) in
        [("name", json!({ "name": "../a", "content": "YQ==" })), ("content", json!({ "name": "a", "content": "?" }))]
    {
        let refused = world.call(VOLKOVA, "POST", "/files", Some(wrong)).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field);
    }
    let refused = json!({ "texts": { "en": "Here" }, "files": [{ "id": "unknown" }] });
    let refused = world.call(VOLKOVA, "POST", "/macros", Some(content("lost", refused))).await;
    assert_eq!(refused.body["errors"][0]["field"], "files", "{}", refused.body);
    // The brand sends no files any more: the step is named, and nothing is done.
    let world = world.restart_with(|brand| brand.features.attachments = false).await;
    refused_at(&check(&world, PETROVA, &talk, &which).await, 409, "conflict", "files");
    refused_at(&run(&world, PETROVA, &talk, &which).await, 409, "conflict", "files");
}

#[tokio::test]
async fn a_file_goes_some_time_after_no_macro_names_it() {
    let world = World::start().await;
    let (file, other) = (kept(&world, "a.pdf", "one").await, kept(&world, "b.pdf", "two").await);
    let with = |files: Value| content("bring", json!({ "texts": { "en": "Here" }, "files": files }));
    let which = world.post(VOLKOVA, "/macros", with(json!([file]))).await;
    world.pass(31 * 24 * 3_600);
    let without = change(&world, &which, with(json!([])), false).await.ok();
    assert_eq!(bytes_of(&world, PETROVA, &other).await.0, 404, "no macro ever named it");
    assert_eq!(bytes_of(&world, PETROVA, &file).await.0, 200, "an earlier version can be brought back");
    let back = change(&world, &without, with(json!([file])), false).await.ok();
    let without = change(&world, &back, with(json!([])), false).await.ok();
    world.pass(31 * 24 * 3_600);
    kept(&world, "c.pdf", "three").await;
    assert_eq!(bytes_of(&world, PETROVA, &file).await.0, 404);
    let refused = change(&world, &without, with(json!([file])), false).await;
    assert_eq!(refused.body["errors"][0]["field"], "files", "{}", refused.body);
}

#[tokio::test]
async fn the_note_of_a_macro_names_colleagues_as_one_by_hand_does() {
    let world = World::start().await;
    let me = async |who: &str| world.get(who, "/me").await["operator"]["id"].clone();
    let (petrova, sokolov) = (me(PETROVA).await, me(SOKOLOV).await);
    let note = json!({ "note": "@Dr Sokolov and @Dr Petrova, look", "mentions": [sokolov, petrova, sokolov] });
    let which = made(&world, "look", note).await;
    assert_eq!(which["content"]["mentions"].as_array().unwrap().len(), 2, "each once");
    let talk = world.talk(ANNA, PETROVA).await;
    let notes_path = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    world.call(SOKOLOV, "GET", &notes_path, None).await.problem(403, "forbidden");
    assert_eq!(check(&world, PETROVA, &talk, &which).await.status, 204);
    assert_eq!(world.get(SOKOLOV, "/mentions").await["total"], 0, "a check tells nobody");
    run(&world, PETROVA, &talk, &which).await.ok();
    assert_eq!(world.get(SOKOLOV, "/mentions").await["total"], 1);
    assert_eq!(world.get(PETROVA, "/mentions").await["total"], 0, "who runs it knows");
    let seen = world.get(SOKOLOV, &notes_path).await;
    assert_eq!(seen["items"][0]["mentions"].as_array().unwrap().len(), 1);
    world.pass(24 * 3_600);
    world.call(SOKOLOV, "GET", &notes_path, None).await.problem(403, "forbidden");
    for (field, wrong) in [
        ("mentions", json!({ "note": "n", "mentions": ["stranger"] })),
        ("mentions", json!({ "texts": { "en": "t" }, "mentions": [sokolov] })),
    ] {
        let refused = world.call(VOLKOVA, "POST", "/macros", Some(content("new", wrong))).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{}", refused.body);
    }
    // Who works here no more is named by nobody: the step is refused, and nothing is written.
    let tenant = world.consult.tenant("clinic").unwrap();
    let gone = sokolov.as_str().unwrap().into();
    consilium_consult::operator::part(&tenant, &gone, &Actor::System).await.unwrap();
    refused_at(&check(&world, PETROVA, &talk, &which).await, 422, "invalid", "note");
    refused_at(&run(&world, PETROVA, &talk, &which).await, 422, "invalid", "note");
    assert_eq!(notes(&world, &talk).await.len(), 1);
}
