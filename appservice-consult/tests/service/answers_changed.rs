//! A patient who waits answers anew what he was asked: who may, until when, and who sees it at once.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use crate::questionnaire::{answer, ask, asks, calm, detail};
use crate::retention::{close, id};
use crate::stream::Listener;
use crate::support::{ANNA, Answer, BORIS, PETROVA, VOLKOVA, World};

const CANARY: &str = "canary-of-a-second-answer";

fn path(talk: &Value) -> String {
    format!("/consultations/{}/answers", id(talk))
}

fn worse() -> Value {
    json!([
        answer("fever", true),
        answer("highest", 40.5),
        answer("signs", json!(["breath", "rash"])),
        answer("words", CANARY)
    ])
}

async fn own(world: &World, talk: &Value) -> Value {
    world.get(ANNA, &path(talk)).await
}

async fn change(world: &World, who: &str, talk: &Value, answers: &Value, based_on: &Value) -> Answer {
    world.call(who, "PUT", &path(talk), Some(json!({ "answers": answers, "based_on": based_on }))).await
}

/// Anna changes what she sees.
async fn answer_anew(world: &World, talk: &Value, answers: &Value) -> Value {
    let seen = own(world, talk).await["answered_at"].clone();
    change(world, ANNA, talk, answers, &seen).await.ok()
}

async fn waiting(world: &World) -> Vec<Value> {
    world.get(PETROVA, "/consultations?view=waiting").await["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_waits_sees_what_he_answered_and_answers_anew() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let before = own(&world, &talk).await;
    assert_eq!((&before["questionnaire"]["title"], &before["answers"]), (&json!("About the child"), &calm()));
    let after = answer_anew(&world, &talk, &worse()).await;
    assert_eq!((&after["questionnaire"], &after["answers"]), (&before["questionnaire"], &worse()));
    assert_ne!(after["answered_at"], before["answered_at"]);
    assert_eq!(own(&world, &talk).await, after);
    let card = detail(&world, PETROVA, &talk).await;
    assert_eq!(card["answers"]["items"][3]["value"], CANARY);
    assert_eq!((&card["answered_at"], &card["answers"]["answered_at"]), (&after["answered_at"], &after["answered_at"]));
}

#[tokio::test]
async fn his_place_follows_the_red_flag_up_and_down() {
    let world = World::start_as(asks).await;
    let first = ask(&world, BORIS, calm()).await.ok();
    world.pass(1);
    let talk = ask(&world, ANNA, calm()).await.ok();
    let told = |rows: &[Value]| -> Vec<Value> {
        rows.iter().map(|row| json!([row["id"], row["priority"], row["red_flag"]])).collect()
    };
    answer_anew(&world, &talk, &worse()).await;
    let wanted = [json!([talk["id"], 10, true]), json!([first["id"], 0, false])];
    assert_eq!(told(&waiting(&world).await), wanted);
    assert_eq!(world.get(ANNA, &format!("/consultations/{}", id(&talk))).await["waiting"]["place"], 1);
    let other_flag = json!([answer("fever", true), answer("highest", 41)]);
    answer_anew(&world, &talk, &other_flag).await;
    assert_eq!(told(&waiting(&world).await), wanted, "a second flag is no second step");
    answer_anew(&world, &talk, &calm()).await;
    assert_eq!(told(&waiting(&world).await), [json!([first["id"], 0, false]), json!([talk["id"], 0, false])]);
}

#[tokio::test]
async fn the_desk_sees_it_at_once_and_it_is_on_record_without_a_word_of_it() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let mut desk = Listener::open(&world, PETROVA, None).await;
    let after = answer_anew(&world, &talk, &worse()).await;
    let row = desk.consultation("queued").await.data["consultation"].clone();
    assert_eq!((&row["id"], &row["red_flag"]), (&talk["id"], &json!(true)));
    assert_eq!(row["answered_at"], after["answered_at"]);
    let history = detail(&world, PETROVA, &talk).await["history"].clone();
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!((&last["action"], &last["actor"]["kind"]), (&json!("answers_changed"), &json!("patient")));
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&talk))).await;
    let acts = [&audit["items"][0]["action"], &audit["items"][1]["action"]];
    assert_eq!(acts, ["consultation.answers_read", "consultation.answers_changed"]);
    assert!(!audit.to_string().contains(CANARY), "{audit}");
    world.settle().await;
    assert!(!crate::support::lies_in(&world.data_folder(), CANARY.as_bytes()), "what a patient answers is sealed");
}

#[tokio::test]
async fn once_it_is_taken_or_over_the_answers_stay_as_they_were_read() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let seen = own(&world, &talk).await["answered_at"].clone();
    world.post(PETROVA, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    change(&world, ANNA, &talk, &worse(), &seen).await.problem(409, "conflict");
    change(&world, ANNA, &talk, &json!([]), &seen).await.problem(409, "conflict");
    assert_eq!(own(&world, &talk).await["answers"], calm());
    assert_eq!(detail(&world, PETROVA, &talk).await["priority"], 0);
    close(&world, &talk).await;
    change(&world, ANNA, &talk, &worse(), &seen).await.problem(409, "conflict");
    let withdrawn = ask(&world, BORIS, calm()).await.ok();
    world.post(BORIS, &format!("/consultations/{}/cancel", id(&withdrawn)), json!({})).await;
    change(&world, BORIS, &withdrawn, &worse(), &Value::Null).await.problem(409, "conflict");
}

#[tokio::test]
async fn the_record_has_what_stood_when_it_was_taken() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    answer_anew(&world, &talk, &worse()).await;
    world.post(PETROVA, &format!("/consultations/{}/take", id(&talk)), json!({})).await;
    close(&world, &talk).await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    assert_eq!(record["answers"]["items"][3]["value"], CANARY);
}

#[tokio::test]
async fn anothers_answers_are_not_there_and_staff_answers_for_nobody() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let seen = own(&world, &talk).await["answered_at"].clone();
    world.call(BORIS, "GET", &path(&talk), None).await.problem(404, "not-found");
    change(&world, BORIS, &talk, &worse(), &seen).await.problem(404, "not-found");
    for staff in [PETROVA, VOLKOVA] {
        world.call(staff, "GET", &path(&talk), None).await.problem(403, "forbidden");
        change(&world, staff, &talk, &worse(), &seen).await.problem(403, "forbidden");
    }
    assert_eq!(own(&world, &talk).await["answers"], calm());
}

#[tokio::test]
async fn answers_that_could_not_be_asked_with_cannot_be_changed_to() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let seen = own(&world, &talk).await["answered_at"].clone();
    for (answers, field) in [
        (json!([]), "answers.fever"),
        (json!([answer("fever", false), answer("highest", 38)]), "answers.highest"),
        (json!([answer("fever", true), answer("highest", 99)]), "answers.highest"),
        (json!([answer("fever", false), answer("who", "I")]), "answers"),
    ] {
        let refused = change(&world, ANNA, &talk, &answers, &seen).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{}", refused.body);
    }
    world.call(ANNA, "PUT", &path(&talk), Some(json!({ "based_on": seen }))).await.problem(422, "invalid");
    assert_eq!(own(&world, &talk).await["answers"], calm());
    let silent = world.ask(BORIS, "dental").await;
    assert_eq!(world.get(BORIS, &path(&silent)).await["questionnaire"], Value::Null);
    change(&world, BORIS, &silent, &json!([]), &Value::Null).await.problem(422, "invalid");
}

#[tokio::test]
async fn of_two_devices_the_second_is_told_and_a_retry_changes_nothing() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let seen = own(&world, &talk).await["answered_at"].clone();
    let first = change(&world, ANNA, &talk, &worse(), &seen).await.ok();
    assert_eq!(change(&world, ANNA, &talk, &worse(), &seen).await.ok(), first);
    let other = json!([answer("fever", false)]);
    change(&world, ANNA, &talk, &other, &seen).await.problem(409, "conflict");
    change(&world, ANNA, &talk, &other, &Value::Null).await.problem(409, "conflict");
    let history = detail(&world, PETROVA, &talk).await["history"].clone();
    let steps: Vec<_> = history.as_array().unwrap().iter().map(|step| step["action"].clone()).collect();
    assert_eq!(steps, ["requested", "answers_changed"]);
    change(&world, ANNA, &talk, &other, &first["answered_at"]).await.ok();
}

#[tokio::test]
async fn who_asked_from_a_client_that_cannot_ask_back_answers_while_he_waits() {
    let world = World::start_as(asks).await;
    let talk = world.ask(ANNA, "general").await;
    let before = own(&world, &talk).await;
    assert_eq!((&before["answers"], &before["answered_at"]), (&json!([]), &Value::Null));
    assert_eq!(before["questionnaire"]["items"].as_array().unwrap().len(), 4);
    change(&world, ANNA, &talk, &worse(), &Value::Null).await.ok();
    let row = waiting(&world).await.remove(0);
    assert_eq!((&row["priority"], &row["red_flag"]), (&json!(10), &json!(true)));
}

#[tokio::test]
async fn what_was_asked_is_answered_anew_though_the_service_asks_nothing_by_now() {
    let world = World::start_as(asks).await;
    let talk = ask(&world, ANNA, calm()).await.ok();
    let world = world
        .restart_with(|brand| {
            brand.questionnaires.clear();
            brand.queues.iter_mut().for_each(|queue| queue.questionnaire = None);
        })
        .await;
    assert_eq!(answer_anew(&world, &talk, &worse()).await["answers"], worse());
    assert_eq!(detail(&world, PETROVA, &talk).await["answers"]["items"][3]["value"], CANARY);
}
