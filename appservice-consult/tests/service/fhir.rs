//! A sealed consultation as FHIR: what is in it, by the official definitions; who is given it; that nothing of staff's own is inside.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use http_body_util::BodyExt;
use serde_json::{Value, json};
use support::partner::{Partner, SCOPES};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

use crate::call::{call, press, tell};
use crate::conclusion::{amend, save, sign};
use crate::council::{come, dismiss, invite_as, on_duty};
use crate::questionnaire::{answer, ask, asks};
use crate::retention::{close, erase, id};

const CANARY: &str = "canary-of-the-staff";
/// Letters of every kind, what no FHIR text may hold, and markup.
const ODD: &str = "До свидания 👩‍⚕️ שלום \u{202e}x\u{202c}\u{0}\u{1b}[0m\u{a0}<b>&amp;</b>\n\"end\"";

fn path(talk: &Value) -> String {
    format!("/consultations/{}/fhir", id(talk))
}

pub async fn export(world: &World, who: &str, talk: &Value) -> Value {
    world.get(who, &path(talk)).await
}

pub fn resources<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let all = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    all.filter(|resource| resource["resourceType"] == kind).collect()
}

/// What the official definitions say against each of these; `tests/fhir/validate.mjs` asks them.
pub fn faults(resources: &[Value]) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fhir");
    assert!(folder.join("node_modules").is_dir(), "the validator is not installed: cd tests/fhir && npm ci");
    let mut node = Command::new("node");
    node.arg("validate.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = node.spawn().expect("Node 20.19 or newer is installed");
    let input = serde_json::to_vec(resources).unwrap();
    running.stdin.take().unwrap().write_all(&input).unwrap();
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success(), "the validator failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The same with another value there in its first resource of that type; `null`: with none.
pub fn broken(bundle: &Value, kind: &str, pointer: &str, value: Value) -> Value {
    let mut broken = bundle.clone();
    let entries = broken["entry"].as_array_mut().unwrap().iter_mut();
    let mut of_kind = entries.map(|entry| &mut entry["resource"]).filter(|one| one["resourceType"] == kind);
    let resource = of_kind.next().unwrap();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = resource.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => parent.remove(field),
        value => parent.insert(field.to_owned(), value),
    };
    broken
}

async fn deliver(world: &World, event: Value) -> String {
    let sent = event["event_id"].as_str().unwrap().to_owned();
    assert_eq!(world.deliver(vec![event]).await, 200);
    sent
}

async fn send(world: &World, who: &str, talk: &Value, content: Value) -> String {
    deliver(world, world.homeserver.message(&user(who), talk["room_id"].as_str().unwrap(), content)).await
}

async fn about(world: &World, talk: &Value, what: &str, body: Value) {
    world.post(PETROVA, &format!("/consultations/{}/{what}", id(talk)), body).await;
    world.settle().await;
}

/// Words of all kinds: an answer, one that is mended, one that is taken back, a picture with a caption.
async fn conversation(world: &World, talk: &Value) {
    let room = talk["room_id"].as_str().unwrap();
    let first = world.say(ANNA, room, ODD).await;
    let reply =
        json!({ "msgtype": "m.text", "body": "How long?", "m.relates_to": { "m.in_reply_to": { "event_id": first } } });
    let reply = send(world, PETROVA, talk, reply).await;
    let new = json!({ "msgtype": "m.text", "body": "Since when?" });
    let relation = json!({ "rel_type": "m.replace", "event_id": reply });
    let edit = json!({ "msgtype": "m.text", "body": "*", "m.new_content": new, "m.relates_to": relation });
    send(world, PETROVA, talk, edit).await;
    let gone = world.say(ANNA, room, "taken back").await;
    deliver(world, world.homeserver.event(&user(ANNA), room, "m.room.redaction", json!({ "redacts": gone }))).await;
    let file = json!({
        "url": "mxc://hs.test/photo", "key": { "k": "key-of-the-file" }, "iv": "I", "v": "v2", "hashes": { "sha256": "H" },
    });
    let picture = json!({
        "msgtype": "m.image", "body": "Since Monday", "filename": "rash.jpg", "file": file,
        "info": { "mimetype": "image/jpeg", "size": 1234 },
    });
    send(world, ANNA, talk, picture).await;
}

/// Two calls: one in which they talk for a minute, one that is declined.
async fn calls(world: &World, talk: &Value) {
    let started = call(world, PETROVA, talk).await;
    tell(world, "participant_joined", PETROVA, "PA_p").await;
    press(world, ANNA, &started["call"], "answer").await.ok();
    tell(world, "participant_joined", ANNA, "PA_a").await;
    world.pass(60);
    tell(world, "participant_left", ANNA, "PA_a").await;
    press(world, ANNA, &started["call"], "hang-up").await.ok();
    world.settle().await;
    let second = call(world, PETROVA, talk).await;
    press(world, ANNA, &second["call"], "decline").await.ok();
    world.settle().await;
}

/// A consultation in which everything happens that a bundle tells of, and what it must not tell.
async fn rich() -> (World, Value) {
    let world = World::start_as(asks).await;
    let card = json!({ "name": "Анна Каренина", "birth_date": "1990-02-03", "sex": "female", "phone": "+74950000001", "email": "anna@example.org" });
    world.call(ANNA, "PATCH", "/me", Some(card)).await.ok();
    let answers = json!([
        answer("fever", true),
        answer("highest", 40.5),
        answer("signs", json!(["breath", "rash"])),
        answer("words", "A cough"),
    ]);
    let talk = ask(&world, ANNA, answers).await.ok();
    world.settle().await;
    world.homeserver.join(talk["room_id"].as_str().unwrap(), &user(ANNA));
    world.pass(30);
    about(&world, &talk, "take", json!({})).await;
    world.homeserver.join(talk["room_id"].as_str().unwrap(), &user(PETROVA));
    conversation(&world, &talk).await;
    let note = json!({ "text": CANARY, "request_id": support::request_id() });
    let notes = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    world.call(PETROVA, "POST", &notes, Some(note)).await.ok();
    world.pass(10);
    about(&world, &talk, "hold", json!({})).await;
    world.pass(20);
    about(&world, &talk, "resume", json!({})).await;
    on_duty(&world, SOKOLOV).await;
    invite_as(&world, PETROVA, &talk, SOKOLOV, "consultant").await.ok();
    come(&world, &talk, SOKOLOV).await;
    calls(&world, &talk).await;
    dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
    world.pass(5);
    save(&world, PETROVA, &talk, &[("complaint", "Кашель & <b>жар</b>"), ("advice", "Rest.\nWarm tea.")]).await.ok();
    sign(&world, PETROVA, &talk).await.ok();
    save(&world, PETROVA, &talk, &[("advice", "Much rest.")]).await.ok();
    amend(&world, PETROVA, &talk, "A slip of the pen").await.ok();
    world.pass(10);
    about(&world, &talk, "close", json!({ "note": CANARY })).await;
    (world, talk)
}

#[tokio::test]
async fn an_export_of_all_that_can_happen_is_valid_by_the_official_definitions() {
    let (world, talk) = rich().await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    let found = faults(std::slice::from_ref(&bundle)).remove(0);
    assert!(found.is_empty(), "{found:#?}\n{bundle:#}");
    let count = |kind: &str| resources(&bundle, kind).len();
    let kinds = ["Patient", "Practitioner", "Organization", "Encounter", "QuestionnaireResponse", "Composition"];
    assert_eq!(kinds.map(count), [1, 2, 1, 1, 1, 2]);
    assert_eq!(count("DocumentReference"), 3, "a picture and two versions of a conclusion");
    assert!(count("Communication") >= 6, "{}", count("Communication"));
}

#[tokio::test]
async fn what_is_wrong_with_a_resource_is_found() {
    let (world, talk) = rich().await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    let broken = |kind: &str, pointer: &str, value: Value| broken(&bundle, kind, pointer, value);
    let cases = [
        (broken("Encounter", "/class", Value::Null), "Encounter.class"),
        (broken("Encounter", "/status", json!("over")), "not found in value set"),
        (broken("Encounter", "/statusHistory", json!({})), "Encounter.statusHistory"),
        (broken("Encounter", "/subject/reference", json!("urn:uuid:nobody")), "no Patient of the bundle"),
        (broken("Patient", "/birthDate", json!("3.2.1990")), "Invalid date format"),
        (broken("Patient", "/gender", json!(1)), "expected string, but got number"),
        (broken("Communication", "/said", json!("x")), "said"),
        (broken("Communication", "/subject/type", json!("Encounter")), "Invalid type for reference"),
        (broken("Composition", "/section", json!([{ "title": "empty" }])), "cmp-1"),
        (broken("DocumentReference", "/content", Value::Null), "DocumentReference.content"),
        (broken("QuestionnaireResponse", "/item/0/answer", json!([{ "valueBoolean": "yes" }])), ".answer[0]"),
    ];
    let found = faults(&cases.each_ref().map(|(broken, _)| broken.clone()));
    for ((_, wanted), found) in cases.iter().zip(&found) {
        assert!(found.iter().any(|fault| fault.contains(wanted)), "{wanted}: {found:#?}");
    }
}

#[tokio::test]
async fn the_visit_its_words_and_its_papers_are_told_as_they_were() {
    let (world, talk) = rich().await;
    let bundle = export(&world, VOLKOVA, &talk).await;
    let visit = resources(&bundle, "Encounter")[0];
    let past: Vec<_> = visit["statusHistory"].as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
    assert_eq!(past, ["arrived", "in-progress", "onleave", "in-progress"]);
    assert_eq!((&visit["status"], &visit["length"]["value"]), (&json!("finished"), &json!(85)));
    assert_eq!(
        visit["identifier"][0],
        json!({ "system": "https://hs.test/_consilium/fhir/consultation", "value": talk["id"] })
    );
    let roles: Vec<_> =
        visit["participant"].as_array().unwrap().iter().map(|one| &one["type"][0]["coding"][0]["code"]).collect();
    assert_eq!(roles, ["PPRF", "CON"]);
    let said = resources(&bundle, "Communication");
    let words = |one: &Value| one["payload"][0]["contentString"].clone();
    assert!(
        said.iter().any(|one| words(one) == "До свидания 👩‍⚕️ שלום \u{202e}x\u{202c}[0m <b>&amp;</b>\n\"end\""),
        "{said:#?}"
    );
    let mended = said.iter().find(|one| words(one) == "Since when?").unwrap();
    assert_eq!(mended["inResponseTo"][0]["type"], "Communication");
    let statuses = |status: &str| said.iter().filter(|one| one["status"] == status).count();
    assert_eq!((statuses("entered-in-error"), statuses("not-done")), (1, 1), "taken back; declined");
    let talked = said.iter().find(|one| one["medium"][0]["coding"][0]["code"] == "VIDEOCONF").unwrap();
    assert_eq!(talked["extension"][1]["valueDuration"]["value"], 60);
    let picture = &resources(&bundle, "DocumentReference")[0]["content"][0]["attachment"];
    assert_eq!(
        (&picture["title"], &picture["contentType"], &picture["size"]),
        (&json!("rash.jpg"), &json!("image/jpeg"), &json!(1234))
    );
    assert!(picture["url"].as_str().unwrap().starts_with("https://api.test/_consilium/v1/archive/"), "{picture}");
    let conclusion = resources(&bundle, "Composition")[1];
    assert_eq!((&conclusion["status"], &conclusion["relatesTo"][0]["code"]), (&json!("amended"), &json!("replaces")));
    let answers = &resources(&bundle, "QuestionnaireResponse")[0]["item"];
    assert_eq!(answers[1]["answer"][0]["valueQuantity"], json!({ "value": 40.5, "unit": "°C" }));
    assert_eq!(answers[1]["extension"][0]["valueBoolean"], true);
}

#[tokio::test]
async fn it_is_the_same_twice_and_holds_nothing_of_staffs_own_and_no_key() {
    let (world, talk) = rich().await;
    let bytes =
        |response: axum::response::Response| async move { response.into_body().collect().await.unwrap().to_bytes() };
    let first = world.send(VOLKOVA, "GET", &path(&talk), None).await;
    assert_eq!(first.headers()["content-type"], "application/fhir+json; charset=utf-8");
    assert_eq!(first.headers()["cache-control"], "no-store");
    let first = bytes(first).await;
    world.pass(3_600);
    assert_eq!(first, bytes(world.send(PETROVA, "GET", &path(&talk), None).await).await);
    let text = String::from_utf8(first.to_vec()).unwrap();
    for never in [CANARY, "key-of-the-file", "mxc://", "taken back"] {
        assert!(!text.contains(never), "{never} is in it");
    }
}

#[tokio::test]
async fn who_reads_the_record_is_given_it_as_far_as_he_reads_it_and_that_is_recorded() {
    let (world, talk) = rich().await;
    export(&world, ANNA, &talk).await;
    export(&world, PETROVA, &talk).await;
    world.call(BORIS, "GET", &path(&talk), None).await.problem(404, "not-found");
    let his = export(&world, SOKOLOV, &talk).await;
    assert_eq!(resources(&his, "Composition").len(), 0, "he had gone when it was signed");
    world.call(VOLKOVA, "GET", "/consultations/unknown/fhir", None).await.problem(404, "not-found");
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}&action=archive.read", id(&talk))).await;
    let entries = audit["items"].as_array().unwrap();
    let roles: Vec<_> = entries.iter().map(|entry| &entry["actor"]["role"]).collect();
    assert_eq!(roles, ["operator", "operator", "patient"], "refusals read nothing");
    assert!(entries.iter().all(|entry| entry["detail"]["form"] == "fhir"), "{audit}");
}

#[tokio::test]
async fn a_colleague_who_took_no_part_is_given_nothing() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    close(&world, &talk).await;
    world.call(SOKOLOV, "GET", &path(&talk), None).await.problem(404, "not-found");
}

#[tokio::test]
async fn one_that_is_open_is_refused_and_to_strangers_it_is_not_there() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let crm = Partner::with(&world, "HIS", &["records:read"]).await;
    for who in [ANNA, PETROVA, VOLKOVA] {
        world.call(who, "GET", &path(&talk), None).await.problem(409, "conflict");
    }
    crm.call("GET", &path(&talk), None).await.problem(409, "conflict");
    for who in [BORIS, SOKOLOV] {
        world.call(who, "GET", &path(&talk), None).await.problem(404, "not-found");
    }
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}&action=archive.read", id(&talk))).await;
    assert_eq!(audit["total"], 0);
}

#[tokio::test]
async fn a_key_needs_its_scope_and_its_reading_stands_under_its_name() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    close(&world, &talk).await;
    let others: Vec<&str> = SCOPES.into_iter().filter(|scope| *scope != "records:read").collect();
    let without = Partner::with(&world, "CRM", &others).await;
    without.call("GET", &path(&talk), None).await.problem(403, "forbidden");
    let his = Partner::with(&world, "HIS", &["records:read"]).await;
    let bundle = his.get(&path(&talk)).await;
    assert_eq!(bundle, export(&world, VOLKOVA, &talk).await);
    his.call("GET", "/consultations/unknown/fhir", None).await.problem(404, "not-found");
    let acts = his.acts().await;
    assert_eq!((acts.len(), &acts[0]["action"], &acts[0]["actor"]["name"]), (1, &json!("archive.read"), &json!("HIS")));
}

#[tokio::test]
async fn of_one_that_was_erased_nothing_is_given() {
    let world = World::start_as(crate::retention::classes).await;
    let talk = crate::retention::sealed(&world, ANNA).await;
    export(&world, VOLKOVA, &talk).await;
    world.pass(24 * 3_600);
    erase(&world, &talk).await.ok();
    world.call(VOLKOVA, "GET", &path(&talk), None).await.problem(410, "erased");
}
