//! Questions that a service asks: shown with it, answered with the request, read before it is taken, sealed and erased with it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_config::Brand;
use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World};

use crate::export::{copy, data, page};
use crate::retention::{classes, erase, id};

const CANARY: &str = "canary-of-an-answer";

const QUESTIONS: &str = r#"
id = "child"
title = { ru = "О ребёнке", en = "About the child" }
items = [
    { link_id = "fever", type = "boolean", required = true, text = { ru = "Температура?", en = "A fever?" } },
    { link_id = "highest", type = "decimal", text = { ru = "Какая?", en = "How high?" }, unit = { ru = "°C", en = "°C" },
      minimum = 34, maximum = 43, red_flag_from = 39.5, enable_when = { question = "fever", answer = "yes" } },
    { link_id = "signs", type = "choice", repeats = true, text = { ru = "Что ещё?", en = "What else?" }, options = [
        { code = "breath", text = { ru = "Тяжело дышит", en = "Breathes with difficulty" }, red_flag = true },
        { code = "rash", text = { ru = "Сыпь", en = "A rash" } },
    ] },
    { link_id = "words", type = "text", text = { ru = "Ещё?", en = "Anything else?" } },
]
"#;

/// The queue `general` asks; `dental` does not.
pub fn asks(brand: &mut Brand) {
    brand.questionnaires = vec![toml::from_str(QUESTIONS).unwrap()];
    let general = brand.queues.iter_mut().find(|queue| queue.id == "general").unwrap();
    general.questionnaire = Some("child".to_owned());
}

fn request(queue: &str, answers: Value) -> Value {
    json!({ "queue_id": queue, "request_id": support::request_id(), "answers": answers })
}

pub async fn ask(world: &World, who: &str, answers: Value) -> Answer {
    world.call(who, "POST", "/consultations", Some(request("general", answers))).await
}

pub fn answer(link_id: &str, value: impl Into<Value>) -> Value {
    json!({ "link_id": link_id, "value": value.into() })
}

pub fn calm() -> Value {
    json!([answer("fever", true), answer("highest", 38.2), answer("signs", json!(["rash"])), answer("words", CANARY)])
}

pub async fn detail(world: &World, who: &str, talk: &Value) -> Value {
    world.get(who, &format!("/consultations/{}", talk["id"].as_str().unwrap())).await
}

async fn close(world: &World, talk: &Value) {
    world.post(PETROVA, &format!("/consultations/{}/close", talk["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;
}

#[tokio::test]
async fn a_service_shows_its_questions_in_the_callers_language() {
    let world = World::start_as(asks).await;
    let services = world.get(ANNA, "/services").await;
    let of = |id: &str| services["services"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    let questions = &of("general")["questionnaire"];
    assert_eq!(of("dental")["questionnaire"], Value::Null);
    let items = questions["items"].as_array().unwrap();
    assert_eq!(items.len(), 4);
    assert_eq!((&items[1]["type"], &items[1]["maximum"]), (&json!("decimal"), &json!(43.0)));
    assert_eq!(items[1]["enable_when"], json!({ "question": "fever", "answer": "yes" }));
    assert_eq!(items[2]["options"][0]["red_flag"], true);
}

#[tokio::test]
async fn answers_are_read_before_it_is_taken_and_afterwards_by_who_takes_part() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    assert!(talk.get("answers").is_none(), "the patient knows what he answered");
    let waiting = detail(&world, SOKOLOV, &talk).await;
    assert_eq!((&waiting["priority"], &waiting["red_flag"]), (&json!(0), &json!(false)));
    let items = waiting["answers"]["items"].as_array().unwrap();
    let shown: Vec<_> = items.iter().map(|item| (&item["value"], &item["chosen"], &item["red_flag"])).collect();
    assert_eq!(shown[1], (&json!(38.2), &json!([]), &json!(false)));
    assert_eq!(shown[2].0, &json!(["rash"]));
    assert_eq!(items[1]["unit"], "°C");
    world.post(PETROVA, &format!("/consultations/{}/take", talk["id"].as_str().unwrap()), json!({})).await;
    assert_eq!(detail(&world, PETROVA, &talk).await["answers"], waiting["answers"]);
    assert_eq!(detail(&world, VOLKOVA, &talk).await["answers"], waiting["answers"]);
    let path = format!("/consultations/{}", talk["id"].as_str().unwrap());
    world.call(SOKOLOV, "GET", &path, None).await.problem(404, "not-found");
}

#[tokio::test]
async fn a_red_flag_goes_before_others_and_is_marked_in_the_list() {
    let world = World::start_as(asks).await;
    ask(&world, ANNA, calm()).await.ok();
    world.pass(1);
    let flags = json!([answer("fever", true), answer("highest", 40), answer("signs", json!(["rash", "breath"]))]);
    let urgent = ask(&world, BORIS, flags).await.ok();
    let list = world.get(PETROVA, "/consultations?view=waiting").await;
    let first = &list["items"][0];
    assert_eq!((&first["id"], &first["red_flag"]), (&urgent["id"], &json!(true)));
    assert_eq!(list["items"][1]["red_flag"], false);
    let items = detail(&world, PETROVA, &urgent).await["answers"]["items"].clone();
    assert_eq!(
        items.as_array().unwrap().iter().map(|item| &item["red_flag"]).collect::<Vec<_>>(),
        [&json!(false), &json!(true), &json!(true)]
    );
    assert_eq!(items[2]["value"], json!(["breath", "rash"]), "in the order of the options");
}

#[tokio::test]
async fn answers_that_cannot_be_kept_begin_nothing_and_say_where() {
    let world = World::start_as(asks).await;
    for (answers, field) in [
        (json!([]), "answers.fever"),
        (json!([answer("fever", "yes")]), "answers.fever"),
        (json!([answer("fever", false), answer("highest", 38)]), "answers.highest"),
        (json!([answer("fever", true), answer("highest", 99)]), "answers.highest"),
        (json!([answer("fever", false), answer("signs", json!(["x"]))]), "answers.signs"),
        (json!([answer("fever", false), answer("who", "I")]), "answers"),
    ] {
        let refused = ask(&world, ANNA, answers).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{}", refused.body);
    }
    let malformed = json!([{ "link_id": "fever", "value": { "x": 1 } }]);
    assert_eq!(ask(&world, ANNA, malformed).await.status.as_u16() / 100, 4);
    let nothing = world.call(ANNA, "POST", "/consultations", Some(request("dental", json!([])))).await;
    nothing.problem(422, "invalid");
    assert_eq!(world.get(PETROVA, "/consultations?view=waiting").await["items"], json!([]));
    world.ask(ANNA, "general").await;
}

#[tokio::test]
async fn a_repeated_request_keeps_the_first_answers() {
    let world = World::start_as(asks).await;
    let body = request("general", calm());
    let first = world.post(ANNA, "/consultations", body.clone()).await;
    let again = world.post(ANNA, "/consultations", body).await;
    assert_eq!(first["id"], again["id"]);
    assert_eq!(detail(&world, PETROVA, &first).await["answers"]["items"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn answers_are_read_with_the_questions_of_then() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let before = detail(&world, PETROVA, &talk).await["answers"].clone();
    let world = world
        .restart_with(|brand| {
            brand.questionnaires.clear();
            brand.queues.iter_mut().for_each(|queue| queue.questionnaire = None);
        })
        .await;
    assert_eq!(detail(&world, PETROVA, &talk).await["answers"], before);
}

#[tokio::test]
async fn answers_are_sealed_on_disk_stand_in_the_record_and_go_with_it() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    world.post(PETROVA, &format!("/consultations/{}/take", talk["id"].as_str().unwrap()), json!({})).await;
    close(&world, &talk).await;
    assert!(!support::lies_in(&world.data_folder(), CANARY.as_bytes()), "what a patient answers is sealed");
    let record = world.get(VOLKOVA, &format!("/archive/{}", talk["id"].as_str().unwrap())).await;
    let words = record["answers"]["items"].as_array().unwrap().last().unwrap()["value"].clone();
    assert_eq!(words, CANARY);
    assert_eq!(detail(&world, PETROVA, &talk).await["answers"], Value::Null, "now they stand in the record");
    world.pass(24 * 3_600);
    let reason = json!({ "reason": "Anna asked for it" });
    let id = talk["id"].as_str().unwrap();
    world.post(VOLKOVA, &format!("/archive/{id}/erase"), reason).await;
    let certificate = world.get(VOLKOVA, &format!("/archive/{id}/certificate")).await;
    assert_eq!(certificate["counts"]["answers"], 1, "{certificate}");
    world.call(VOLKOVA, "GET", &format!("/archive/{id}"), None).await.problem(410, "erased");
}

#[tokio::test]
async fn a_copy_of_own_data_has_the_answers_as_they_were_asked_and_none_that_were_erased() {
    let world = World::start_as(|brand| {
        classes(brand);
        asks(brand);
    })
    .await;
    let erased = ask(&world, ANNA, json!([answer("fever", true), answer("words", "canary-of-the-first")])).await.ok();
    world.post(PETROVA, &format!("/consultations/{}/take", id(&erased)), json!({})).await;
    close(&world, &erased).await;
    world.pass(24 * 3_600);
    erase(&world, &erased).await.ok();
    world.homeserver.sign_in("anna+again", "D", Some(u64::try_from(world.now_ms()).unwrap()));
    let flags = json!([answer("fever", true), answer("highest", 40.5), answer("signs", json!(["breath", "rash"]))]);
    ask(&world, ANNA, flags).await.ok();
    world.settle().await;
    // The questions of now are others, and so is the language of the copy.
    let world =
        world.restart_with(|brand| brand.questionnaires[0].title = [("en", "Other"), ("ru", "Другое")].into()).await;
    let mut copied = copy(&world, "anna+again", "/me/export?language=ru").await;
    let text = page(&mut copied);
    for said in [
        "About the child",
        "<dt>How high?</dt>\n<dd>40,5 °C — тревожный признак</dd>",
        "<dd>Breathes with difficulty, A rash — тревожный признак</dd>",
        "<dt>A fever?</dt>\n<dd>да</dd>",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let data = data(&mut copied);
    assert!(!text.contains("canary-of-the-first") && !data.to_string().contains("canary-of-the-first"));
    let answers = |place: usize| &data["consultations"][place]["answers"];
    assert_eq!(answers(0), &Value::Null);
    let items = answers(1)["items"].as_array().unwrap();
    let told: Vec<_> = items.iter().map(|item| json!([item["text"], item["red_flag"]])).collect();
    assert_eq!(told, [json!(["A fever?", false]), json!(["How high?", true]), json!(["What else?", true])]);
}

#[tokio::test]
async fn a_copy_has_the_answers_of_a_sealed_consultation() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    world.post(PETROVA, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    close(&world, &talk).await;
    let mut copied = copy(&world, ANNA, "/me/export").await;
    assert!(page(&mut copied).contains(&format!("<dt>Anything else?</dt>\n<dd>{CANARY}</dd>")));
    assert_eq!(data(&mut copied)["consultations"][0]["answers"]["items"][3]["value"], CANARY);
}
