//! Questions that supervisors change in the console: by the rules of a folder, in versions, asked at once, and what was answered before stays as it was asked.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World};

use crate::questionnaire::{answer, ask, asks, calm, detail};
use crate::settings::{document, put, restore, set, try_set};

const SECTION: &str = "questionnaire.child";

fn text(english: &str) -> Value {
    json!({ "en": english, "ru": english })
}

/// A form of one question of yes or no.
fn form(title: &str) -> Value {
    let item = json!({ "link_id": "pain", "type": "boolean", "text": text("Does it hurt?"), "red_flag": true });
    json!({ "title": text(title), "items": [item] })
}

async fn asked(world: &World, queue: &str) -> Value {
    let list = world.get(ANNA, "/services").await;
    let services = list["services"].as_array().unwrap();
    services.iter().find(|service| service["id"] == queue).unwrap()["questionnaire"].clone()
}

#[tokio::test]
async fn a_form_is_made_in_the_console_and_asked_at_once_where_a_queue_names_it() {
    let world = World::start().await;
    let made = put(&world, VOLKOVA, "questionnaire.pain", &json!(0), form("Pain")).await.ok();
    assert_eq!((&made["section"]["kind"], &made["section"]["title"]), (&json!("questionnaire"), &json!("Pain")));
    assert_eq!(made["content"]["items"][0]["options"], json!([]), "with what it leaves to defaults");
    assert_eq!(asked(&world, "general").await, Value::Null);
    let anna = world.send(ANNA, "GET", "/events", None).await.into_body().into_data_stream();
    set(&world, "queue.general", "/questionnaire", json!("pain")).await;
    set(&world, "questionnaire.pain", "/items/0/text/en", json!("Is there pain?")).await;
    support::until_event(anna, "settings", |data| data["section"] == "questionnaire.pain").await;
    assert_eq!(asked(&world, "general").await["items"][0]["text"], "Is there pain?");
    let flagged = ask(&world, ANNA, json!([answer("pain", true)])).await.ok();
    assert_eq!(detail(&world, PETROVA, &flagged).await["red_flag"], true);
    let world = world.restart().await;
    assert_eq!(asked(&world, "general").await["title"], "Pain");
}

#[tokio::test]
async fn what_a_folder_may_not_ask_is_refused_by_its_field() {
    let world = World::start_as(asks).await;
    let option = |code: &str| json!({ "code": code, "text": text(code) });
    for (pointer, value, field) in [
        ("/title", json!({ "en": "Only English" }), "title"),
        ("/items", json!([]), "items"),
        ("/items/0/link_id", json!("words"), "items.id"),
        ("/items/0/link_id", json!("Not a name"), "items.id"),
        ("/items/0/text", json!({ "en": "", "ru": "?" }), "items.fever.text"),
        ("/items/0/type", json!("colour"), "items[0].type"),
        ("/items/0/options", json!([option("a"), option("b")]), "items.fever.options"),
        ("/items/0/minimum", json!(3), "items.fever.minimum"),
        ("/items/1/minimum", json!(50), "items.highest.minimum"),
        ("/items/1/red_flag", json!(true), "items.highest.red_flag"),
        ("/items/1/enable_when/question", json!("words"), "items.highest.enable_when"),
        ("/items/1/enable_when/answer", json!("maybe"), "items.highest.enable_when"),
        ("/items/2/options", json!([option("a")]), "items.signs.options"),
        ("/items/2/options/0/text", json!({ "en": "a" }), "items.signs.options.breath.text"),
        ("/items/2/options/0/code", json!("rash"), "items.signs.options.id"),
        ("/items/3/repeats", json!(true), "items.words.repeats"),
    ] {
        let refused = try_set(&world, VOLKOVA, SECTION, pointer, value.clone()).await;
        refused.problem(422, "invalid");
        let fields = refused.body["errors"].as_array().unwrap();
        assert!(fields.iter().any(|error| error["field"] == field), "{pointer} {value}: {}", refused.body);
    }
    assert_eq!(document(&world, SECTION).await["section"]["version"], 0);
    for who in [PETROVA, ANNA] {
        put(&world, who, SECTION, &json!(0), form("Mine")).await.problem(403, "forbidden");
    }
    let missing = try_set(&world, VOLKOVA, "queue.dental", "/questionnaire", json!("nobody")).await;
    missing.problem(422, "invalid");
    assert_eq!(missing.body["errors"][0]["field"], "questionnaire");
}

#[tokio::test]
async fn versions_are_compared_question_by_question_and_undone() {
    let world = World::start_as(asks).await;
    let mut content = document(&world, SECTION).await["content"].clone();
    content["items"][2]["options"][1]["text"]["en"] = json!("Spots");
    content["items"][0]["required"] = json!(false);
    content["items"].as_array_mut().unwrap().swap(2, 3);
    let tried = world.post(VOLKOVA, &format!("/settings/{SECTION}/check"), json!({ "content": content })).await;
    let fields: Vec<_> = tried["differences"].as_array().unwrap().iter().map(|one| &one["field"]).collect();
    assert_eq!(fields, ["items[fever].required", "items[signs].options[rash].text.en", "items[order]"]);
    put(&world, VOLKOVA, SECTION, &json!(0), content).await.ok();
    let history = world.get(VOLKOVA, &format!("/settings/{SECTION}/history")).await;
    assert_eq!(history["versions"][0]["differences"], tried["differences"]);
    let undone = restore(&world, SECTION, 0).await.ok();
    assert_eq!(undone["content"]["items"][2]["options"][1]["text"]["en"], "A rash");
    let exported = world.send(VOLKOVA, "GET", "/settings/export", None).await;
    let bytes = http_body_util::BodyExt::collect(exported.into_body()).await.unwrap().to_bytes();
    let brand: consilium_config::Brand = toml::from_str(std::str::from_utf8(&bytes).unwrap()).unwrap();
    assert_eq!(brand.questionnaires, world.consult.tenant("clinic").unwrap().brand().questionnaires);
}

#[tokio::test]
async fn a_form_that_a_queue_asks_stays_and_says_whose_it_is() {
    let world = World::start_as(asks).await;
    let refused = put(&world, VOLKOVA, SECTION, &json!(0), Value::Null).await;
    refused.problem(409, "conflict");
    assert!(refused.body["detail"].as_str().unwrap().contains("general"), "{}", refused.body);
    let used_by = async || document(&world, SECTION).await["section"]["used_by"].clone();
    assert_eq!(used_by().await, json!([{ "id": "general", "name": "General practitioner" }]));
    let tried = json!({ "content": Value::Null });
    world.call(VOLKOVA, "POST", &format!("/settings/{SECTION}/check"), Some(tried)).await.problem(409, "conflict");
    set(&world, "queue.general", "/questionnaire", Value::Null).await;
    assert_eq!(used_by().await, json!([]));
    let removed = put(&world, VOLKOVA, SECTION, &json!(0), Value::Null).await.ok();
    assert_eq!((&removed["section"]["is_there"], &removed["section"]["title"]), (&json!(false), &json!("child")));
    // Back from its history, and the queue's field with it.
    restore(&world, SECTION, 0).await.ok();
    restore(&world, "queue.general", 0).await.ok();
    assert_eq!(asked(&world, "general").await["title"], "About the child");
    // A form of the console alone goes by taking what the folder says too: there it is not.
    put(&world, VOLKOVA, "questionnaire.pain", &json!(0), form("Pain")).await.ok();
    set(&world, "queue.dental", "/questionnaire", json!("pain")).await;
    restore(&world, "questionnaire.pain", 0).await.problem(409, "conflict");
    restore(&world, "queue.dental", 0).await.ok();
    restore(&world, "questionnaire.pain", 0).await.ok();
}

#[tokio::test]
async fn what_was_answered_before_a_change_is_read_with_the_questions_of_then() {
    let world = World::start_as(asks).await;
    let before = ask(&world, ANNA, calm()).await.ok();
    let read = detail(&world, PETROVA, &before).await["answers"].clone();
    set(&world, SECTION, "/items/2/options/1/text/en", json!("Spots")).await;
    set(&world, SECTION, "/items/1/red_flag_from", json!(38)).await;
    let after = ask(&world, BORIS, calm()).await.ok();
    let now = detail(&world, PETROVA, &after).await["answers"].clone();
    assert_eq!((&now["items"][1]["red_flag"], &now["items"][2]["chosen"]), (&json!(true), &json!(["Spots"])));
    put(&world, VOLKOVA, SECTION, &json!(2), form("Pain")).await.ok();
    assert_eq!(detail(&world, PETROVA, &before).await["answers"], read);
    assert_eq!(detail(&world, PETROVA, &after).await["answers"], now);
}
