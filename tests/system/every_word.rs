//! Into every place where somebody can write something about somebody a word is written; then every byte of every file is searched for it: databases and what the
//! engines give of them, a dump, media, logs, temporary folders, a backup that was made while everything ran.
//!
//! What the desk writes of itself is kept in the open; where, is said in `docs/at-rest.md`, and nowhere else is it found.

use std::collections::BTreeSet;
use std::path::Path;

use consilium_harness::{CLINIC, System};
use reqwest::Method;
use serde_json::{Value, json};

use crate::clinic::{Asked, Clinic, Person, question};
use crate::disk::{self, needles};

/// What every word begins with that nobody may find.
const SEALED: &str = "Xq7Kanarejka";
/// What every word begins with that the desk writes of itself.
const OPEN: &str = "Vw8Papagajko";
/// What a name begins with that the homeserver shows.
const SHOWN: &str = "Hs9Kakadusha";
/// As much as the process can say of itself.
const LOG: &str = "debug,consilium=trace,consilium_homeserver=trace,consilium_consult=trace,consilium_keeper=trace";
/// What is kept in the open, by whoever it is that says so to the reader.
const DOCUMENT: &str = include_str!("../../docs/at-rest.md");
/// Where the desk's own words of this test have to be.
const OPEN_PLACES: [&str; 7] = [
    "api_key.name",
    "audit.detail",
    "canned.text",
    "canned_version.content",
    "macro.content",
    "setting.note",
    "tag.names",
];

fn sealed(place: &str) -> String {
    format!("{SEALED}{place}")
}

fn open(place: &str) -> String {
    format!("{OPEN}{place}")
}

async fn patch(who: &Person, path: &str, body: Value) -> Value {
    let answer = who.api.request(Method::PATCH, path).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "PATCH {path}: {}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

async fn post(who: &Person, path: &str, body: Value) -> Value {
    who.api.post(&format!("/_consilium/v1{path}"), body).await.ok()
}

async fn get(who: &Person, path: &str) -> Value {
    who.api.get(&format!("/_consilium/v1{path}")).await.ok()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// An id that no other request has.
fn request_id() -> Value {
    question("")["request_id"].clone()
}

/// Everybody who has to do with it.
struct People {
    anna: Person,
    boris: Person,
    petrova: Person,
    sokolova: Person,
    volkova: Person,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_that_somebody_wrote_is_unreadable_or_in_a_place_that_is_named() {
    let temporary = tempfile::tempdir().unwrap();
    let environment = [("CONSILIUM__LOG__FILTER", LOG), ("TMPDIR", temporary.path().to_str().unwrap())];
    let system = System::configured(env!("CARGO_BIN_EXE_consilium"), &environment);
    system.launch().await;
    let clinic = Clinic { system };
    let mut people = People {
        anna: clinic.patient("anna").await,
        boris: clinic.patient("boris").await,
        petrova: clinic.staff("petrova", "operator").await,
        sokolova: clinic.staff("sokolova", "operator").await,
        volkova: clinic.staff("volkova", "supervisor").await,
    };
    the_desk_prepares(&people).await;
    cards(&people).await;
    a_call_back(&people).await;
    let asked = a_talk(&clinic, &mut people).await;
    let tenant = clinic.system.data_folder().join("tenants").join(CLINIC);
    backed_up(&clinic, &tenant, "while-it-is-open").await;
    its_end(&clinic, &mut people, &asked).await;
    what_follows(&clinic, &people, &asked).await;
    backed_up(&clinic, &tenant, "when-it-is-over").await;

    // As a power cut leaves it, and as it is after a start and an end.
    clinic.system.kill();
    nothing_is_readable(&clinic, temporary.path(), &tenant).await;
    clinic.system.launch().await;
    assert!(clinic.system.stop().await.success());
    nothing_is_readable(&clinic, temporary.path(), &tenant).await;
    what_is_open_is_named(&clinic, &tenant).await;
}

/// What the desk has ready, in its own words.
async fn the_desk_prepares(People { volkova, .. }: &People) {
    let canned = json!({
        "scope": "shared", "title": "Greeting", "shortcut": "greeting", "language": "en", "text": open("canned"),
    });
    post(volkova, "/canned", canned).await;
    post(volkova, "/tags", json!({ "names": { "en": open("tag"), "ru": open("tag") }, "color": "info" })).await;
    post(volkova, "/api-keys", json!({ "name": open("key"), "scopes": ["patients:read"] })).await;
    let known = get(volkova, "/settings/contacts").await;
    let mut content = known["content"].clone();
    content["phone"] = json!("+74950000009");
    let change = json!({ "based_on": known["section"]["version"], "content": content, "note": open("why") });
    volkova.api.put("/_consilium/v1/settings/contacts", change).await.ok();
}

async fn patient_id(volkova: &Person, user: &str) -> String {
    text(&get(volkova, &format!("/patients?user={user}")).await["items"][0]["id"])
}

/// Cards, persons, views, looks for somebody; one who is made by the desk, and one who goes.
async fn cards(People { anna, boris, petrova, volkova, .. }: &People) {
    let own =
        json!({ "name": sealed("name"), "phone": "+79995550174", "email": format!("{}@mail.example", sealed("mail")) });
    patch(anna, "/_consilium/v1/me", own).await;
    let masha = json!({
        "name": sealed("person"), "birth_date": "2017-05-01", "sex": "female", "relationship": "PRN", "request_id": request_id(),
    });
    post(anna, "/me/persons", masha).await;
    let id = patient_id(volkova, "anna").await;
    let card = json!({
        "insurance": sealed("policy"), "external_id": sealed("number"), "fields": { "allergies": sealed("allergies") },
    });
    patch(volkova, &format!("/_consilium/v1/patients/{id}"), card).await;
    patch(volkova, &format!("/_consilium/v1/patients/{id}"), json!({ "external_id": sealed("other") })).await;
    get(volkova, &format!("/patients?q={}", sealed("name"))).await;
    let view = json!({ "name": sealed("view"), "section": "patients", "query": format!("q={}", sealed("query")) });
    post(petrova, "/views", view).await;
    let invited = json!({ "name": format!("{SHOWN}invited"), "phone": "+79995550175", "request_id": request_id() });
    post(volkova, "/patients", invited).await;
    get(boris, "/me").await;
}

/// A call-back from its order to its record.
async fn a_call_back(People { boris, petrova, .. }: &People) {
    let order = json!({
        "queue_id": "therapist", "request_id": request_id(), "phone": "+79995550176", "reason": sealed("reason"),
    });
    let path = format!("/callbacks/{}", text(&post(boris, "/callbacks", order).await["id"]));
    post(petrova, &format!("{path}/take"), json!({})).await;
    post(petrova, &format!("{path}/notes"), json!({ "note": sealed("calling") })).await;
    let done = json!({ "outcome": "not_needed", "note": sealed("called") });
    post(petrova, &format!("{path}/done"), done).await;
}

/// A consultation with everything that is said, sent, written and handed on in it.
async fn a_talk(clinic: &Clinic, people: &mut People) -> Asked {
    let People { anna, petrova, sokolova, volkova, .. } = people;
    let mut wish = question("paediatrician");
    wish["answers"] = json!([
        { "link_id": "age", "value": ["school"] }, { "link_id": "medicines", "value": sealed("medicines") },
    ]);
    let asked = post(anna, "/consultations", wish).await;
    let asked =
        Asked { id: text(&asked["id"]), conversation: text(&asked["conversation_id"]), room: text(&asked["room_id"]) };
    anna.join(&asked.room).await;
    anna.client.say(&asked.room, &sealed("question")).await.unwrap();
    clinic.take(petrova, &asked).await;
    anna.syncs_until("the operator", |client| client.membership(&asked.room) == Some("join")).await;
    let bytes = sealed("bytes").repeat(400);
    let name = format!("{}.pdf", sealed("file"));
    let file = anna.client.upload_file("m.file", &name, "application/pdf", bytes.as_bytes()).await.unwrap();
    let encrypted = anna.client.encrypt(&asked.room, file).await.unwrap();
    anna.client.put_event(&asked.room, "m.room.encrypted", encrypted).await.unwrap();
    petrova.reads(&asked.room, &name).await;
    petrova.client.say(&asked.room, &sealed("answer")).await.unwrap();
    anna.reads(&asked.room, &sealed("answer")).await;

    let notes = format!("/conversations/{}/notes", asked.conversation);
    let note = post(petrova, &notes, json!({ "text": sealed("note"), "request_id": request_id() })).await;
    let edited = json!({ "text": sealed("edited"), "version": note["version"] });
    patch(petrova, &format!("/_consilium/v1/notes/{}", text(&note["id"])), edited).await;
    a_macro(volkova, petrova, &asked).await;
    hand_on(clinic, petrova, sokolova, &asked).await;
    asked
}

/// What a macro writes is a note like any other; what it is, is the desk's own.
async fn a_macro(volkova: &Person, petrova: &Person, asked: &Asked) {
    let content = json!({ "title": "Ask", "shortcut": "ask", "note": open("macro") });
    let made = post(volkova, "/macros", content).await;
    let path = format!("/consultations/{}/macros/{}", asked.id, text(&made["id"]));
    post(petrova, &path, json!({ "version": made["version"], "request_id": request_id() })).await;
    let tags = get(volkova, "/tags").await["tags"].clone();
    let is_ours = |tag: &&Value| tag.to_string().contains(OPEN);
    let tag = text(&tags.as_array().unwrap().iter().find(is_ours).unwrap()["id"]);
    let path = format!("/_consilium/v1/consultations/{}/tags/{tag}", asked.id);
    petrova.api.put(&path, json!({})).await.ok();
}

async fn hand_on(clinic: &Clinic, petrova: &mut Person, sokolova: &mut Person, asked: &Asked) {
    let me = get(sokolova, "/me").await;
    let to = json!({ "operator_id": me["operator"]["id"] });
    petrova.api.post(&asked.path("transfer"), json!({ "to": to, "note": sealed("transfer") })).await.ok();
    let path = format!("/_consilium/v1/consultations/{}", asked.id);
    sokolova.sees(&path, "the note", |seen| seen.to_string().contains(&sealed("transfer"))).await;
    clinic.take(sokolova, asked).await;
    sokolova.reads(&asked.room, &sealed("answer")).await;
}

/// A follow-up, the conclusion in two versions, the close.
async fn its_end(clinic: &Clinic, people: &mut People, asked: &Asked) {
    let People { sokolova, volkova, .. } = people;
    let seen = get(sokolova, &format!("/consultations/{}", asked.id)).await;
    let asked_at: jiff::Timestamp = text(&seen["requested_at"]).parse().unwrap();
    let due_at = asked_at + jiff::SignedDuration::from_hours(48);
    let follow_up = json!({
        "patient_id": patient_id(volkova, "anna").await, "consultation_id": asked.id, "due_at": due_at.to_string(),
        "note": sealed("followup"), "message": sealed("planned"), "request_id": request_id(),
    });
    post(sokolova, "/follow-ups", follow_up).await;
    let sections = |advice: &str| json!([{ "code": "complaint", "text": sealed("complaint") }, { "code": "advice", "text": sealed(advice) }]);
    let draft = asked.path("conclusion/draft");
    let save =
        |version: i64, advice: &str| json!({ "version": version, "language": "ru", "sections": sections(advice) });
    sokolova.api.put(&draft, save(0, "advice")).await.ok();
    sokolova.api.post(&asked.path("conclusion/sign"), json!({ "version": 1 })).await.ok();
    sokolova.api.put(&draft, save(2, "amended")).await.ok();
    let amend = json!({ "version": 3, "reason": sealed("amendment") });
    sokolova.api.post(&asked.path("conclusion/amend"), amend).await.ok();
    sokolova.api.post(&asked.path("close"), json!({ "note": sealed("closing") })).await.ok();
    let path = format!("/_consilium/v1/archive/{}", asked.id);
    let record = volkova.sees(&path, "the consultation is sealed", |_| true).await.to_string();
    for place in ["question", "answer", "file", "closing", "amended"] {
        assert!(record.contains(&sealed(place)), "it is in the archive: {place}");
    }
    assert!(clinic.verify_archive().status.success());
}

/// What is asked and said about it afterwards, and every document that is made of it.
async fn what_follows(clinic: &Clinic, People { anna, volkova, .. }: &People, asked: &Asked) {
    let rating = json!({ "stars": 5, "comment": sealed("rating") });
    anna.api.put(&asked.path("rating"), rating).await.ok();
    post(volkova, "/archive/search", json!({ "text": sealed("searched") })).await;
    let hold = json!({ "consultation_id": asked.id, "reason": sealed("hold"), "request_id": request_id() });
    post(volkova, "/holds", hold).await;
    for (who, path) in [(anna, "conclusion/pdf"), (volkova, "fhir")] {
        assert!(who.api.get(&asked.path(path)).await.status.is_success(), "{path}");
    }
    assert!(anna.api.get("/_consilium/v1/me/export").await.status.is_success());
    let dora = clinic.patient("dora").await;
    get(&dora, "/me").await;
    let path = format!("/patients/{}/deletion", patient_id(volkova, "dora").await);
    post(volkova, &path, json!({ "confirm": "delete", "reason": sealed("deletion") })).await;
}

/// A backup as people make one while everything runs: a copy of the files, and a dump of the database.
async fn backed_up(clinic: &Clinic, tenant: &Path, when: &str) {
    let folder = clinic.system.folder().join("backups").join(when);
    for file in disk::files(tenant) {
        let to = folder.join(file.strip_prefix(tenant).unwrap());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        match std::fs::copy(&file, to) {
            // A store has just taken away its journal.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            copied => {
                copied.unwrap();
            }
        }
    }
    let database = disk::open_sql(&tenant.join("consult.db")).await;
    let dump = format!("VACUUM INTO '{}'", folder.join("consult.dump.db").display());
    sqlx::query(sqlx::AssertSqlSafe(dump)).execute(&database).await.unwrap();
    database.close().await;
}

async fn nothing_is_readable(clinic: &Clinic, temporary: &Path, tenant: &Path) {
    let (needles, nowhere) = (needles(SEALED), [""; 0]);
    assert_eq!(disk::in_files(clinic.system.folder(), &needles), nowhere);
    assert_eq!(disk::in_files(temporary, &needles), nowhere);
    assert_eq!(disk::in_rows(tenant, &needles).await, nowhere);
}

/// Where something was found, without in which form.
fn places(found: &[String]) -> BTreeSet<&str> {
    found.iter().map(|line| line.split(": ").next().unwrap()).collect()
}

/// The same search finds what the desk wrote of itself, where the document says, and nowhere else.
async fn what_is_open_is_named(clinic: &Clinic, tenant: &Path) {
    let (own, shown) = (needles(OPEN), needles(SHOWN));
    let found = disk::in_rows(tenant, &own).await;
    let expected: BTreeSet<String> = OPEN_PLACES.iter().map(|place| format!("consult.db, {place}")).collect();
    assert_eq!(places(&found), expected.iter().map(String::as_str).collect::<BTreeSet<_>>());
    for place in OPEN_PLACES {
        assert!(DOCUMENT.contains(&format!("`{place}`")), "docs/at-rest.md does not name {place}");
    }
    let found = disk::in_rows(tenant, &shown).await;
    assert!(!found.is_empty() && found.iter().all(|line| line.starts_with("store, table ")), "{found:?}");
    // Neither of them in a log, nor beside the database and the homeserver's store.
    let is_kept = |line: &&str| line.contains("consult.") || line.contains("/store/");
    for needles in [own, shown] {
        let found = disk::in_files(clinic.system.folder(), &needles);
        let elsewhere: Vec<&str> = places(&found).into_iter().filter(|line| !is_kept(line)).collect();
        assert_eq!(elsewhere, [""; 0]);
    }
}
