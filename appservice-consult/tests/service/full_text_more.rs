//! Full text of the archive, further: call-backs beside consultations, and words by their beginnings.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, lies_in, request_id};

use crate::council::{come, dismiss, invite_as, on_duty};
use crate::full_text::{archived, find, ids, index, number, search_for, shown, verify};
use crate::retention::{DAY_SECONDS, classes, close, id, tidy};

/// A call-back that Dr Petrova made and nobody answered at: sealed, and in the index.
pub async fn called_back(world: &World, who: &str, reason: &str, note: &str) -> Value {
    // What is sealed has an order only where time passed in between.
    world.pass(60);
    let order = json!({ "queue_id": "general", "request_id": request_id(), "phone": "+74951112233", "reason": reason });
    let ordered = world.post(who, "/callbacks", order).await;
    let steps = [
        ("take", json!({})),
        ("notes", json!({ "note": note })),
        ("done", json!({ "outcome": "wrong_number", "note": "A shop answered" })),
    ];
    for (what, body) in steps {
        world.post(PETROVA, &format!("/callbacks/{}/{what}", id(&ordered)), body).await;
        world.settle().await;
    }
    index(world).await;
    ordered
}

/// What was found, of both kinds.
fn all(found: &Value) -> Vec<&str> {
    let hits = found["items"].as_array().unwrap().iter();
    hits.map(|hit| hit["callback"]["id"].as_str().or(hit["consultation"]["id"].as_str()).unwrap()).collect()
}

#[tokio::test]
async fn call_backs_are_found_by_why_they_were_ordered_what_was_noted_and_what_came_of_them() {
    let world = World::start().await;
    let ordered = called_back(&world, ANNA, "Сыпь после пенициллина", "Allergic to ibuprofen").await;
    for text in ["сыпи", "пенициллин", "ibuprofen", "a shop answers", "wrong number", "чужого номера", "пениц* shop"]
    {
        let found = find(&world, VOLKOVA, text).await;
        assert_eq!((all(&found), &found["total"]), (vec![id(&ordered)], &json!(1)), "{text}");
    }
    // Neither number nor name, nor another outcome.
    for text in ["74951112233", "Анна", "shop talked"] {
        assert_eq!(all(&find(&world, VOLKOVA, text).await), [""; 0], "{text}");
    }
    let found = find(&world, VOLKOVA, "сыпь ibuprofen shop number").await;
    let hit = &found["items"][0];
    assert_eq!((&hit["callback"]["name"], &hit["sequence"]), (&json!("Анна Каренина"), &json!(1)));
    assert!(hit["sealed_at"].is_string() && hit.get("consultation").is_none(), "{hit}");
    let shown = shown(&found);
    let sources: Vec<&str> = shown.iter().map(|(source, _)| source.as_str()).collect();
    assert_eq!(sources, ["reason", "note", "note"], "at most three");
    assert_eq!(shown[0].1, "[Сыпь] после пенициллина");
    assert_eq!((&hit["snippets"][0]["by"], &hit["snippets"][1]["by"]), (&Value::Null, &json!("Dr Petrova")));
    let outcome = find(&world, VOLKOVA, "wrong number").await;
    assert_eq!(crate::full_text::shown(&outcome), [("outcome".to_owned(), "[Wrong] [number]".to_owned())]);
    assert_eq!(verify(&world).await, Ok(1));
}

#[tokio::test]
async fn a_call_back_is_found_by_who_may_open_its_record_and_each_showing_is_audited() {
    let world = World::start().await;
    let ordered = called_back(&world, ANNA, "A pheochromocytoma, they said", "Speaks slowly").await;
    let record = format!("/callbacks/{}/record", id(&ordered));
    for (who, status, expected) in
        [(PETROVA, 200, vec![id(&ordered)]), (SOKOLOV, 404, vec![]), (VOLKOVA, 200, vec![id(&ordered)])]
    {
        assert_eq!(world.call(who, "GET", &record, None).await.status.as_u16(), status, "{who}");
        let found = find(&world, who, "pheochromocytoma").await;
        assert_eq!((all(&found), &found["total"]), (expected.clone(), &json!(expected.len())), "{who}");
    }
    search_for(&world, ANNA, json!({ "text": "pheochromocytoma" })).await.problem(403, "forbidden");
    let read = world.get(VOLKOVA, &format!("/audit?action=archive.read&subject={}", id(&ordered))).await;
    let forms: Vec<&Value> = read["items"].as_array().unwrap().iter().map(|entry| &entry["detail"]["form"]).collect();
    assert_eq!(forms.iter().filter(|form| form.as_str() == Some("snippet")).count(), 2, "{read}");
    assert_eq!(forms.len(), 4, "two showings, and two records that were opened");
    for word in ["pheochromocytoma", "pheochromocyt"] {
        assert!(!lies_in(&world.data_folder(), word.as_bytes()), "{word} lies on disk");
    }
}

#[tokio::test]
async fn filters_narrow_both_kinds_alike() {
    let world = World::start().await;
    let talk = archived(&world, ANNA, &["The knee hurts"]).await;
    let ordered = called_back(&world, BORIS, "My knee", "None").await;
    let (of_talk, of_callback, both) = (vec![id(&talk)], vec![id(&ordered)], vec![id(&ordered), id(&talk)]);
    let found = find(&world, VOLKOVA, "knee").await;
    assert_eq!((all(&found), &found["total"], ids_of_talks(&found)), (both.clone(), &json!(2), of_talk.clone()));
    let boris = found["items"][0]["callback"]["patient"]["id"].clone();
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].clone();
    let (last, first) = (&found["items"][0]["sealed_at"], &found["items"][1]["sealed_at"]);
    let held = json!({ "reason": "Case A-17", "request_id": request_id(), "patient_id": boris });
    let narrowings = [
        (json!({ "queue": "general" }), both.clone()),
        (json!({ "queue": "dental" }), vec![]),
        (json!({ "operator": petrova }), both.clone()),
        (json!({ "operator": "nobody" }), vec![]),
        (json!({ "patient": boris }), of_callback.clone()),
        (json!({ "from": last }), of_callback.clone()),
        (json!({ "from": first, "to": last }), of_talk.clone()),
        (json!({ "conclusion": false }), of_talk.clone()),
        (json!({ "conclusion": true }), vec![]),
        (json!({ "stars_max": 5 }), vec![]),
        (json!({ "held": false }), both.clone()),
        (json!({ "held": true }), vec![]),
    ];
    let after_hold = [
        (json!({ "held": true }), of_callback.clone()),
        (json!({ "held": false }), of_talk.clone()),
        (json!({ "held": true, "patient": boris }), of_callback),
        (json!({ "held": false, "patient": boris }), vec![]),
        (json!({ "held": false, "conclusion": false }), of_talk),
        (json!({ "held": true, "conclusion": false }), vec![]),
    ];
    let look = async |narrowings: &[(Value, Vec<&str>)]| {
        for (filter, expected) in narrowings {
            let mut body = json!({ "text": "knee" });
            body.as_object_mut().unwrap().extend(filter.as_object().unwrap().clone());
            let narrowed = search_for(&world, VOLKOVA, body).await.ok();
            assert_eq!((&all(&narrowed), &narrowed["total"]), (expected, &json!(expected.len())), "{filter}");
        }
    };
    look(&narrowings[..]).await;
    world.post(VOLKOVA, "/holds", held).await;
    look(&after_hold[..]).await;
    let page = search_for(&world, VOLKOVA, json!({ "text": "knee", "limit": 1 })).await.ok();
    let next = json!({ "text": "knee", "limit": 1, "cursor": page["next_cursor"] });
    assert_eq!(all(&search_for(&world, VOLKOVA, next).await.ok()), [id(&talk)], "pages have both");
}

fn ids_of_talks(found: &Value) -> Vec<&str> {
    let hits = found["items"].as_array().unwrap().iter();
    hits.filter_map(|hit| hit["consultation"]["id"].as_str()).collect()
}

#[tokio::test]
async fn a_call_back_that_was_erased_leaves_the_index_in_the_same_transaction() {
    let world = World::start().await;
    called_back(&world, ANNA, "Only the knee", "Speaks slowly").await;
    assert_eq!(find(&world, VOLKOVA, "knee").await["total"], 1);
    world.pass(31 * DAY_SECONDS);
    tidy(&world).await;
    assert_eq!(find(&world, VOLKOVA, "knee").await["total"], 0);
    for table in ["archive_indexed", "archive_word", "archive_beginning", "archive_to_index"] {
        assert_eq!(number(&world, &format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
    index(&world).await;
    assert_eq!(verify(&world).await, Ok(0));
}

#[tokio::test]
async fn call_backs_from_before_they_were_found_are_read_at_the_next_start() {
    let world = World::start().await;
    let ordered = called_back(&world, ANNA, "The knee", "Speaks slowly").await;
    let talk = archived(&world, BORIS, &["The knee hurts"]).await;
    let mut database = crate::retention_proof::open(&world).await;
    let old = "DELETE FROM archive_word; DELETE FROM archive_beginning; DELETE FROM archive_indexed; DELETE FROM archive_to_index; UPDATE archive_index SET form = 1;";
    sqlx::raw_sql(old).execute(&mut database).await.unwrap();
    drop(database);
    let world = world.restart().await;
    consilium_consult::search::make_ready(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    index(&world).await;
    assert_eq!(all(&find(&world, VOLKOVA, "knee").await), [id(&talk), id(&ordered)]);
    assert_eq!(verify(&world).await, Ok(2));
}

#[tokio::test]
async fn the_beginning_of_a_word_finds_what_begins_so_and_shows_it() {
    let world = World::start().await;
    let anna = archived(&world, ANNA, &["Аллергологу я сказала про аллергию", "Сильная головная боль"]).await;
    let boris = archived(&world, BORIS, &["An allergy, and headaches"]).await;
    for (text, expected) in [
        ("аллер*", vec![id(&anna)]),
        ("АЛЛ*", vec![id(&anna)]),
        ("аллергия*", vec![id(&anna)]),
        ("аллерго*", vec![id(&anna)]),
        ("аллопат*", vec![]),
        ("голов* аллер*", vec![id(&anna)]),
        ("\"голов* боль\"", vec![id(&anna)]),
        ("\"боль голов*\"", vec![]),
        ("all*", vec![id(&boris)]),
        ("allergy* head*", vec![id(&boris)]),
        ("head* аллер*", vec![]),
        ("head", vec![]),
    ] {
        let found = find(&world, VOLKOVA, text).await;
        assert_eq!((ids(&found), &found["total"]), (expected.clone(), &json!(expected.len())), "{text}");
    }
    let found = find(&world, VOLKOVA, "аллер*").await;
    assert_eq!(shown(&found), [("message".to_owned(), "[Аллергологу] я сказала про [аллергию]".to_owned())]);
    let narrowed = search_for(&world, VOLKOVA, json!({ "text": "аллер*", "held": false })).await.ok();
    assert_eq!(ids(&narrowed), [id(&anna)]);
}

#[tokio::test]
async fn by_beginnings_too_who_left_finds_only_what_he_heard() {
    let world = World::start().await;
    on_duty(&world, SOKOLOV).await;
    world.pass(60);
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    world.pass(1);
    invite_as(&world, PETROVA, &talk, SOKOLOV, "consultant").await.ok();
    come(&world, &talk, SOKOLOV).await;
    world.say(ANNA, room, "The kneecap hurts").await;
    world.pass(60);
    dismiss(&world, PETROVA, &talk, SOKOLOV).await.ok();
    world.settle().await;
    world.pass(60);
    world.say(ANNA, room, "I kneel, and have a fever").await;
    world.pass(1);
    close(&world, &talk).await;
    index(&world).await;
    let heard = find(&world, SOKOLOV, "kne*").await;
    assert_eq!(shown(&heard), [("message".to_owned(), "The [kneecap] hurts".to_owned())]);
    for text in ["fev*", "kneel*"] {
        let none = find(&world, SOKOLOV, text).await;
        assert_eq!((ids(&none), &none["total"]), (vec![], &json!(0)), "{text}");
        assert_eq!(ids(&find(&world, PETROVA, text).await), [id(&talk)], "{text}");
    }
}

#[tokio::test]
async fn a_word_that_nobody_has_any_more_is_behind_no_beginning() {
    let world = World::start_as(classes).await;
    let gone = archived(&world, ANNA, &["Only the kneecap"]).await;
    archived(&world, BORIS, &["Only a knee"]).await;
    let before = number(&world, "SELECT count(*) FROM archive_beginning").await;
    world.pass(1_801);
    crate::retention::erase(&world, &gone).await.ok();
    let left = find(&world, VOLKOVA, "kne*").await;
    assert_eq!(shown(&left), [("message".to_owned(), "Only a [knee]".to_owned())]);
    assert_eq!(find(&world, VOLKOVA, "kneec*").await["total"], 0);
    assert_eq!(number(&world, "SELECT count(*) FROM archive_beginning").await, before, "`onl` and `kne` are left");
    assert_eq!(verify(&world).await, Ok(1), "no word stands there that no document has");
}
