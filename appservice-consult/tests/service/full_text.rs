//! Full text of the archive: what is found and by whom, what is recorded of it, and that nothing of the erased stays.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::time::Duration;

use consilium_consult::admin::Admin;
use consilium_consult::search::{self, IndexFault};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, lies_in};

use crate::council::{come, invite_as, on_duty};
use crate::retention::{classes, close, erase, id};
use crate::retention_proof::open;

/// Reads into the index what waits, as the worker does within seconds.
pub async fn index(world: &World) {
    let tenant = world.consult.tenant("clinic").unwrap();
    while search::index_some(&tenant).await.unwrap() > 0 {}
}

/// A consultation in which the patient said these lines, closed, sealed and in the index.
pub async fn archived(world: &World, who: &str, lines: &[&str]) -> Value {
    // The machine's steps are at least a millisecond apart, the messages of a clock that stands are not.
    world.pass(60);
    let talk = world.talk(who, PETROVA).await;
    for line in lines {
        world.say(who, talk["room_id"].as_str().unwrap(), line).await;
    }
    world.pass(1);
    close(world, &talk).await;
    index(world).await;
    talk
}

pub async fn search_for(world: &World, who: &str, body: Value) -> Answer {
    world.call(who, "POST", "/archive/search", Some(body)).await
}

pub async fn find(world: &World, who: &str, text: &str) -> Value {
    search_for(world, who, json!({ "text": text })).await.ok()
}

pub fn ids(found: &Value) -> Vec<&str> {
    found["items"].as_array().unwrap().iter().map(|hit| hit["consultation"]["id"].as_str().unwrap()).collect()
}

/// The words around the hits of the first that was found, the hits in brackets.
pub fn shown(found: &Value) -> Vec<(String, String)> {
    let snippets = found["items"][0]["snippets"].as_array().unwrap().iter();
    let text = |snippet: &Value| {
        let parts = snippet["parts"].as_array().unwrap().iter();
        let part = |part: &Value| {
            let text = part["text"].as_str().unwrap();
            if part["hit"] == true { format!("[{text}]") } else { text.to_owned() }
        };
        parts.map(part).collect::<String>()
    };
    snippets.map(|snippet| (snippet["source"].as_str().unwrap().to_owned(), text(snippet))).collect()
}

pub async fn number(world: &World, sql: &str) -> i64 {
    let mut database = open(world).await;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).fetch_one(&mut database).await.unwrap().get(0)
}

async fn change(world: &World, sql: &str) {
    let mut database = open(world).await;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut database).await.unwrap();
}

pub async fn verify(world: &World) -> Result<i64, IndexFault> {
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    let proven = admin.verify().await.unwrap();
    admin.close().await;
    assert!(proven.archive.is_ok() && proven.audit.is_ok());
    proven.index.unwrap()
}

#[tokio::test]
async fn what_was_said_is_found_in_any_form_of_its_words_in_either_language() {
    let world = World::start().await;
    let anna = archived(&world, ANNA, &["У меня Аллергия на пенициллин", "И ещё болит зуб"]).await;
    let boris = archived(&world, BORIS, &["My headaches come back, and a rash too"]).await;
    for text in ["аллергию", "ПЕНИЦИЛЛИНА аллергии", "еще болит", "зубы пенициллин"]
    {
        assert_eq!(ids(&find(&world, VOLKOVA, text).await), [id(&anna)], "{text}");
    }
    for text in ["headache", "the rashes", "\"come back\"", "headache \"a rash\""] {
        assert_eq!(ids(&find(&world, VOLKOVA, text).await), [id(&boris)], "{text}");
    }
    for text in ["аллергия headache", "насморк", "\"back come\"", "\"rash headaches\""] {
        let found = find(&world, VOLKOVA, text).await;
        assert_eq!((ids(&found), &found["total"], &found["to_index"]), (vec![], &json!(0), &json!(0)), "{text}");
    }
    let found = find(&world, VOLKOVA, "аллергию пенициллин").await;
    assert_eq!(shown(&found), [("message".to_owned(), "У меня [Аллергия] на [пенициллин]".to_owned())]);
    let snippet = &found["items"][0]["snippets"][0];
    assert!(snippet["at"].is_string() && snippet["by"].is_string(), "{snippet}");
    assert_eq!((&found["total"], &found["items"][0]["consultation"]["queue"]["id"]), (&json!(1), &json!("general")));
}

#[tokio::test]
async fn names_of_files_and_notes_are_found_and_notes_as_they_stand_now() {
    let world = World::start().await;
    let talk = crate::retention::sealed(&world, ANNA).await;
    index(&world).await;
    assert_eq!(shown(&find(&world, VOLKOVA, "rash").await), [("file".to_owned(), "[rash].jpg".to_owned())]);
    let path = format!("/conversations/{}/notes", talk["conversation_id"].as_str().unwrap());
    let request_id = support::request_id();
    let note = world.post(PETROVA, &path, json!({ "text": "Ask about penicillin", "request_id": request_id })).await;
    index(&world).await;
    let found = find(&world, PETROVA, "penicillin").await;
    assert_eq!(shown(&found), [("note".to_owned(), "Ask about [penicillin]".to_owned())]);
    assert_eq!(found["items"][0]["snippets"][0]["by"], "Dr Petrova");
    let path = format!("/notes/{}", id(&note));
    let edit = json!({ "text": "Ask about aspirin", "mentions": [], "version": note["version"] });
    world.call(PETROVA, "PATCH", &path, Some(edit)).await.ok();
    index(&world).await;
    assert_eq!(ids(&find(&world, VOLKOVA, "penicillin").await), [""; 0]);
    assert_eq!(ids(&find(&world, VOLKOVA, "aspirin").await), [id(&talk)]);
    world.call(VOLKOVA, "DELETE", &path, None).await.ok();
    index(&world).await;
    assert_eq!(ids(&find(&world, VOLKOVA, "aspirin").await), [""; 0]);
    assert_eq!(verify(&world).await, Ok(1));
}

#[tokio::test]
async fn an_operator_finds_what_he_may_read_a_supervisor_all_and_a_patient_nothing() {
    let world = World::start().await;
    let talk = archived(&world, ANNA, &["It is the left knee"]).await;
    assert_eq!(ids(&find(&world, PETROVA, "knee").await), [id(&talk)]);
    assert_eq!(ids(&find(&world, VOLKOVA, "knee").await), [id(&talk)]);
    let none = find(&world, SOKOLOV, "knee").await;
    assert_eq!((ids(&none), &none["total"]), (vec![], &json!(0)));
    search_for(&world, ANNA, json!({ "text": "knee" })).await.problem(403, "forbidden");
    search_for(&world, SOKOLOV, json!({ "text": "knee", "operator": "somebody" })).await.problem(403, "forbidden");
}

#[tokio::test]
async fn who_left_before_the_end_finds_what_he_heard_and_not_what_came_after_him() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    world.pass(60);
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    world.pass(1);
    invite_as(&world, PETROVA, &talk, SOKOLOV, "consultant").await.ok();
    come(&world, &talk, SOKOLOV).await;
    world.say(ANNA, room, "The first pain was in the knee").await;
    world.pass(60);
    crate::council::dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
    world.settle().await;
    world.pass(60);
    world.say(ANNA, room, "Then a fever, and the knee again").await;
    world.pass(1);
    close(&world, &talk).await;
    index(&world).await;
    assert_eq!(ids(&find(&world, PETROVA, "knee fever").await), [id(&talk)]);
    assert_eq!(ids(&find(&world, SOKOLOV, "fever").await), [""; 0]);
    assert_eq!(ids(&find(&world, SOKOLOV, "knee fever").await), [""; 0]);
    assert_eq!(find(&world, SOKOLOV, "fever").await["total"], 0, "not even that there is something");
    let heard = find(&world, SOKOLOV, "pain knee").await;
    assert_eq!(shown(&heard), [("message".to_owned(), "The first [pain] was in the [knee]".to_owned())]);
}

#[tokio::test]
async fn a_consultation_that_was_opened_again_is_found_by_all_that_was_said_in_it() {
    let world = World::start().await;
    let talk = archived(&world, ANNA, &["The knee hurts"]).await;
    world.pass(20 * 60);
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "And a fever since today").await;
    world.post(SOKOLOV, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    world.settle().await;
    world.pass(1);
    world.post(SOKOLOV, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
    index(&world).await;
    for who in [VOLKOVA, SOKOLOV] {
        let found = find(&world, who, "knee fever").await;
        assert_eq!((ids(&found), &found["total"]), (vec![id(&talk)], &json!(1)), "{who}");
        assert_eq!(shown(&found).len(), 2, "one of each session");
    }
    assert_eq!(ids(&find(&world, PETROVA, "knee").await), [id(&talk)]);
    assert_eq!(find(&world, PETROVA, "fever").await["total"], 0, "he was not there any more");
    assert_eq!(verify(&world).await, Ok(1));
}

#[tokio::test]
async fn a_search_is_audited_with_what_it_showed_and_its_words_are_sealed() {
    let world = World::start().await;
    let talk = archived(&world, ANNA, &["A pheochromocytoma, they said"]).await;
    find(&world, PETROVA, "Pheochromocytoma").await;
    let audit = world.get(VOLKOVA, "/audit?action=archive.searched").await;
    let entry = &audit["items"][0];
    assert_eq!((&audit["total"], &entry["actor"]["name"]), (&json!(1), &json!("Dr Petrova")));
    let detail = &entry["detail"];
    assert_eq!((&detail["hits"], &detail["shown"]), (&json!(1), &json!(1)));
    assert_eq!(detail["words"], "Pheochromocytoma", "a supervisor sees what for");
    let read = world.get(VOLKOVA, &format!("/audit?action=archive.read&subject={}", id(&talk))).await;
    assert_eq!((&read["total"], &read["items"][0]["detail"]["form"]), (&json!(1), &json!("snippet")));
    assert_eq!(read["items"][0]["detail"]["search"], detail["search"]);
    for word in ["Pheochromocytoma", "pheochromocytoma"] {
        assert!(!lies_in(&world.data_folder(), word.as_bytes()), "{word} lies on disk");
    }
    assert!(number(&world, "SELECT count(*) FROM audit WHERE detail LIKE '%words_hash%'").await == 1);
    // Words that were exchanged are not those of the entry.
    change(&world, "UPDATE archive_search SET words = (SELECT key_check FROM archive_index)").await;
    let audit = world.get(VOLKOVA, "/audit?action=archive.searched").await;
    assert_eq!(audit["items"][0]["detail"]["words"], Value::Null);
    world.pass(366 * 24 * 3_600);
    crate::retention::tidy(&world).await;
    assert_eq!(number(&world, "SELECT count(*) FROM archive_search").await, 0, "a year later nobody knows");
}

#[tokio::test]
async fn what_cannot_be_looked_up_is_refused_by_name_and_recorded_nowhere() {
    let world = World::start().await;
    let long = "knee ".repeat(50);
    let many = (10..30).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
    for (text, says) in [
        ("", "Say what"),
        ("   ", "Say what"),
        ("x ?", "two letters"),
        ("и не the", "nearly every"),
        (long.as_str(), "200"),
        (many.as_str(), "10 different"),
        ("kn*", "three letters"),
        ("knee 2024*", "no digits"),
        ("knee* rash* fever* tooth*", "3 beginnings"),
    ] {
        let answer = search_for(&world, VOLKOVA, json!({ "text": text })).await;
        answer.problem(400, "invalid");
        let error = &answer.body["errors"][0];
        assert_eq!(error["field"], "text", "{error}");
        assert!(error["message"].as_str().unwrap().contains(says), "{error}");
    }
    search_for(&world, VOLKOVA, json!({})).await.problem(422, "invalid");
    search_for(&world, VOLKOVA, json!({ "text": 7 })).await.problem(422, "invalid");
    search_for(&world, VOLKOVA, json!({ "text": "knee", "words": "x" })).await.problem(422, "invalid");
    search_for(&world, VOLKOVA, json!({ "text": "knee", "cursor": "x" })).await.problem(400, "invalid");
    search_for(&world, VOLKOVA, json!({ "text": "knee", "sort": "oldest" })).await.problem(400, "invalid");
    search_for(&world, VOLKOVA, json!({ "text": "knee", "days": 0 })).await.problem(400, "invalid");
    search_for(&world, VOLKOVA, json!({ "text": "knee", "held": "yes" })).await.problem(422, "invalid");
    assert_eq!(world.get(VOLKOVA, "/audit?action=archive.searched").await["total"], 0);
}

#[tokio::test]
async fn filters_narrow_what_is_found_and_pages_follow_one_another() {
    let world = World::start().await;
    let mut talks = Vec::new();
    for who in [ANNA, BORIS, ANNA, BORIS, ANNA] {
        talks.push(archived(&world, who, &["The knee hurts"]).await);
    }
    let newest_first: Vec<&str> = talks.iter().rev().map(id).collect();
    let found = find(&world, VOLKOVA, "knee").await;
    assert_eq!((ids(&found), &found["total"], &found["next_cursor"]), (newest_first.clone(), &json!(5), &Value::Null));
    let (mut cursor, mut seen) = (Value::Null, Vec::new());
    loop {
        let page = search_for(&world, VOLKOVA, json!({ "text": "knee", "limit": 2, "cursor": cursor })).await.ok();
        assert_eq!(page["total"], 5);
        seen.extend(ids(&page).into_iter().map(str::to_owned));
        cursor = page["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!(seen, newest_first);
    let tag =
        world.post(VOLKOVA, "/tags", json!({ "names": { "en": "Knees", "ru": "Колени" }, "color": "info" })).await;
    world.call(PETROVA, "PUT", &format!("/consultations/{}/tags/{}", id(&talks[1]), id(&tag)), None).await.ok();
    let stars = Some(json!({ "stars": 2 }));
    world.call(BORIS, "PUT", &format!("/consultations/{}/rating", id(&talks[3])), stars).await.ok();
    index(&world).await;
    let patient = found["items"][0]["consultation"]["patient"]["id"].clone();
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    let (first, last) = (&found["items"][4]["sealed_at"], &found["items"][0]["sealed_at"]);
    for (filter, expected) in [
        (json!({ "queue": "dental" }), vec![]),
        (json!({ "queue": "general" }), newest_first.clone()),
        (json!({ "operator": petrova }), newest_first.clone()),
        (json!({ "operator": "nobody" }), vec![]),
        (json!({ "patient": patient }), vec![id(&talks[4]), id(&talks[2]), id(&talks[0])]),
        (json!({ "patient": "nobody" }), vec![]),
        (json!({ "tag": tag["id"] }), vec![id(&talks[1])]),
        (json!({ "tag": tag["id"], "patient": patient }), vec![]),
        (json!({ "from": last }), vec![id(&talks[4])]),
        (json!({ "to": last }), newest_first[1..].to_vec()),
        (json!({ "to": first }), vec![]),
        (json!({ "from": "2100-01-01T00:00:00Z" }), vec![]),
        (json!({ "days": 1 }), newest_first.clone()),
        (json!({ "stars_max": 2 }), vec![id(&talks[3])]),
        (json!({ "stars_max": 1 }), vec![]),
        (json!({ "conclusion": true }), vec![]),
        (json!({ "conclusion": false, "held": false }), newest_first.clone()),
        (json!({ "held": true }), vec![]),
    ] {
        let mut body = json!({ "text": "knee" });
        body.as_object_mut().unwrap().extend(filter.as_object().unwrap().clone());
        let narrowed = search_for(&world, VOLKOVA, body).await.ok();
        assert_eq!(ids(&narrowed), expected, "{filter}");
        assert_eq!(narrowed["total"], expected.len(), "{filter}");
    }
    world.call(PETROVA, "DELETE", &format!("/consultations/{}/tags/{}", id(&talks[1]), id(&tag)), None).await.ok();
    index(&world).await;
    assert_eq!(ids(&search_for(&world, VOLKOVA, json!({ "text": "knee", "tag": tag["id"] })).await.ok()), [""; 0]);
}

#[tokio::test]
async fn what_was_erased_is_not_found_and_no_entry_of_it_is_left() {
    let world = World::start_as(classes).await;
    let (gone, stays) =
        (archived(&world, ANNA, &["Only the knee"]).await, archived(&world, BORIS, &["Only a rash"]).await);
    let before = number(&world, "SELECT count(*) FROM archive_word").await;
    world.pass(1_801);
    erase(&world, &gone).await.ok();
    assert_eq!(ids(&find(&world, VOLKOVA, "knee").await), [""; 0], "at once");
    assert_eq!(ids(&find(&world, VOLKOVA, "only").await), [id(&stays)]);
    assert_eq!(number(&world, "SELECT count(*) FROM archive_indexed").await, 1);
    assert!(number(&world, "SELECT count(*) FROM archive_word").await < before, "words that only it had are gone");
    assert_eq!(find(&world, VOLKOVA, "kne*").await["total"], 0, "and their beginnings");
    index(&world).await;
    assert_eq!(verify(&world).await, Ok(1));
}

#[tokio::test]
async fn records_from_before_there_was_an_index_are_read_at_the_next_start() {
    let world = World::start().await;
    let talk = archived(&world, ANNA, &["The knee hurts"]).await;
    let old = "DELETE FROM archive_word; DELETE FROM archive_beginning; DELETE FROM archive_indexed; DELETE FROM archive_to_index; UPDATE archive_index SET form = 0, key_check = NULL;";
    change(&world, old).await;
    assert_eq!(ids(&find(&world, VOLKOVA, "knee").await), [""; 0]);
    let world = world.restart().await;
    let tenant = world.consult.tenant("clinic").unwrap();
    search::make_ready(&tenant).await.unwrap();
    index(&world).await;
    assert_eq!(ids(&find(&world, VOLKOVA, "knee").await), [id(&talk)]);
    assert_eq!(verify(&world).await, Ok(1));
}

#[tokio::test]
async fn a_crash_in_the_middle_of_reading_leaves_nothing_half_done() {
    let world = World::start().await;
    let talk = archived(&world, ANNA, &["The knee hurts", "And a rash"]).await;
    let words = number(&world, "SELECT count(*) FROM archive_word").await;
    let again = "INSERT INTO archive_to_index (consultation_id, callback_id, sequence, marks) SELECT consultation_id, callback_id, doc, 1 FROM archive_indexed";
    change(&world, again).await;
    let tenant = world.consult.tenant("clinic").unwrap();
    for micros in [0, 50, 200, 1_000, 3_000] {
        // Cut off wherever it is.
        drop(tokio::time::timeout(Duration::from_micros(micros), search::index_some(&tenant)).await);
        let left = number(&world, "SELECT count(*) FROM archive_to_index").await;
        assert!(verify(&world).await == Ok(1), "{left} left");
        change(&world, &format!("{again} WHERE NOT EXISTS (SELECT 1 FROM archive_to_index)")).await;
    }
    index(&world).await;
    assert_eq!(number(&world, "SELECT count(*) FROM archive_word").await, words, "the same again is the same");
    assert_eq!(ids(&find(&world, VOLKOVA, "knee rash").await), [id(&talk)]);
}

#[tokio::test]
async fn what_somebody_does_to_the_index_is_named_and_made_good_by_making_it_anew() {
    for (sql, fault) in [
        ("DELETE FROM archive_word WHERE label = (SELECT min(label) FROM archive_word)", IndexFault::Disagrees(0)),
        ("DELETE FROM archive_indexed WHERE doc = 2", IndexFault::Disagrees(0)),
        ("UPDATE archive_word SET docs = x'01' || docs", IndexFault::EntryChanged(0)),
        (
            "UPDATE archive_word SET docs = (SELECT docs FROM archive_word ORDER BY label LIMIT 1)",
            IndexFault::EntryChanged(0),
        ),
        ("UPDATE archive_indexed SET labels = x'00' || labels WHERE doc = 1", IndexFault::Changed(1)),
        ("UPDATE archive_indexed SET beginnings = x'00' || beginnings WHERE doc = 1", IndexFault::Changed(1)),
        ("UPDATE archive_beginning SET words = x'01' || words", IndexFault::EntryChanged(0)),
        (
            "DELETE FROM archive_beginning WHERE label = (SELECT min(label) FROM archive_beginning)",
            IndexFault::Disagrees(0),
        ),
    ] {
        let world = World::start().await;
        archived(&world, ANNA, &["The knee hurts"]).await;
        let talk = archived(&world, BORIS, &["The knee too"]).await;
        assert_eq!(verify(&world).await, Ok(2));
        change(&world, sql).await;
        assert_eq!(verify(&world).await, Err(fault), "{sql}");
        let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
        // The running service may read some of them first.
        assert!(admin.reindex(|_| {}).await.unwrap() <= 2);
        admin.close().await;
        assert_eq!(verify(&world).await, Ok(2), "{sql}");
        assert_eq!(ids(&find(&world, VOLKOVA, "knee too").await), [id(&talk)]);
    }
}

#[tokio::test]
async fn a_machine_that_cannot_open_records_has_no_index_and_says_so() {
    let world = World::start().await;
    let talk = archived(&world, ANNA, &["The knee hurts"]).await;
    let secrets = world.data_folder().join("secrets");
    let (identity, elsewhere) = (secrets.join("archive.identity.sealed"), secrets.join("elsewhere"));
    std::fs::rename(&identity, &elsewhere).unwrap();
    let world = world.restart().await;
    search::make_ready(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    search_for(&world, VOLKOVA, json!({ "text": "knee" })).await.problem(409, "conflict");
    assert_eq!(number(&world, "SELECT count(*) FROM archive_word").await, 0);
    let admin = Admin::open(&world.config.tenants[0], world.context()).await.unwrap();
    assert_eq!(admin.verify().await.unwrap().index, None);
    assert!(admin.reindex(|_| {}).await.is_err());
    admin.close().await;
    std::fs::rename(&elsewhere, &identity).unwrap();
    let world = world.restart().await;
    search::make_ready(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    index(&world).await;
    assert_eq!(ids(&find(&world, VOLKOVA, "knee").await), [id(&talk)]);
}

#[tokio::test]
async fn who_searches_without_end_is_slowed_down_alone() {
    let world = World::start().await;
    let mut refused = 0;
    for _ in 0..100 {
        let answer = search_for(&world, VOLKOVA, json!({ "text": "knee" })).await;
        refused += usize::from(answer.status.as_u16() == 429);
    }
    assert!((1..=40).contains(&refused), "{refused}");
    assert!(search_for(&world, PETROVA, json!({ "text": "knee" })).await.status.is_success());
}
