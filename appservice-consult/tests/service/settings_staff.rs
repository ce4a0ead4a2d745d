//! Who works for the partner, and as what: rights that nobody raises above his own, versions of a card with the way back, statuses of the brand's own.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, Answer, PETROVA, SOKOLOV, VOLKOVA, World, user};

use crate::settings::{fields, put, set, try_set};

pub const SECOND: &str = "second";

async fn id(world: &World, who: &str) -> String {
    let all = world.get(VOLKOVA, "/operators").await;
    let operators = all["operators"].as_array().unwrap();
    let known = operators.iter().find(|operator| operator["user_id"] == user(who)).unwrap();
    known["id"].as_str().unwrap().to_owned()
}

async fn change(world: &World, by: &str, whom: &str, what: Value) -> Answer {
    let id = id(world, whom).await;
    world.call(by, "PATCH", &format!("/operators/{id}"), Some(what)).await
}

async fn versions(world: &World, whom: &str) -> Vec<Value> {
    let id = id(world, whom).await;
    let history = world.get(VOLKOVA, &format!("/operators/{id}/history")).await;
    history["versions"].as_array().unwrap().clone()
}

async fn bring_back(world: &World, by: &str, whom: &str, (based_on, version): (i64, i64)) -> Answer {
    let id = id(world, whom).await;
    let body = json!({ "based_on": based_on, "version": version });
    world.call(by, "POST", &format!("/operators/{id}/restore"), Some(body)).await
}

/// A supervisor who administers nothing.
pub async fn second(world: &World) {
    let new = json!({ "user_id": user(SECOND), "name": "Second", "role": "supervisor", "queues": [] });
    world.post(VOLKOVA, "/operators", new).await;
}

fn refused_by(answer: &Answer, code: &str) {
    answer.problem(422, "invalid");
    assert_eq!((fields(answer), &answer.body["errors"][0]["code"]), (vec!["role"], &json!(code)));
}

#[tokio::test]
async fn the_first_supervisor_administers_and_nobody_takes_that_from_the_last() {
    let world = World::start().await;
    second(&world).await;
    let me = world.get(VOLKOVA, "/me").await;
    assert_eq!((&me["role"], &me["operator"]["role"]), (&json!("supervisor"), &json!("administrator")));
    assert_eq!(world.get(SECOND, "/me").await["operator"]["role"], "supervisor");
    for role in ["operator", "supervisor"] {
        refused_by(&change(&world, VOLKOVA, VOLKOVA, json!({ "role": role })).await, "last_administrator");
    }
    change(&world, VOLKOVA, SECOND, json!({ "role": "administrator" })).await.ok();
    change(&world, SECOND, VOLKOVA, json!({ "role": "supervisor" })).await.ok();
    refused_by(&change(&world, SECOND, SECOND, json!({ "role": "operator" })).await, "last_administrator");
    let world = world.restart().await;
    assert_eq!(world.get(SECOND, "/me").await["operator"]["role"], "administrator");
    assert_eq!(world.get(VOLKOVA, "/me").await["operator"]["role"], "supervisor");
}

#[tokio::test]
async fn nobody_raises_himself_or_touches_who_stands_above() {
    let world = World::start().await;
    second(&world).await;
    refused_by(&change(&world, SECOND, SECOND, json!({ "role": "administrator" })).await, "above_own");
    refused_by(&change(&world, SECOND, PETROVA, json!({ "role": "administrator" })).await, "above_own");
    refused_by(&change(&world, SECOND, VOLKOVA, json!({ "role": "operator" })).await, "above_own");
    refused_by(&change(&world, SECOND, VOLKOVA, json!({ "title": "Nobody" })).await, "above_own");
    let new = json!({ "user_id": user("third"), "name": "Third", "role": "administrator", "queues": [] });
    refused_by(&world.call(SECOND, "POST", "/operators", Some(new)).await, "above_own");
    change(&world, SECOND, PETROVA, json!({ "role": "supervisor" })).await.ok();
    change(&world, PETROVA, PETROVA, json!({ "role": "operator" })).await.ok();
    change(&world, PETROVA, PETROVA, json!({ "role": "supervisor" })).await.problem(403, "forbidden");
}

#[tokio::test]
async fn a_role_that_is_taken_ends_at_once_in_requests_and_in_streams() {
    let world = World::start().await;
    second(&world).await;
    let stream = world.send(SECOND, "GET", "/events", None).await.into_body().into_data_stream();
    world.get(SECOND, "/settings").await;
    change(&world, VOLKOVA, SECOND, json!({ "role": "operator", "queues": ["general"] })).await.ok();
    world.call(SECOND, "GET", "/settings", None).await.problem(403, "forbidden");
    let id = id(&world, SECOND).await;
    let ended = futures_util::StreamExt::collect::<Vec<_>>(stream);
    let heard = tokio::time::timeout(std::time::Duration::from_secs(10), ended).await.expect("the stream ends");
    let text: String =
        heard.iter().map(|chunk| String::from_utf8_lossy(chunk.as_ref().unwrap()).into_owned()).collect();
    assert!(text.contains("event: operator") && text.contains(&id), "he is told what he is now: {text}");
    let again = world.send(SECOND, "GET", "/events", None).await;
    assert_eq!(again.status().as_u16(), 200, "as an operator he listens on");
}

#[tokio::test]
async fn a_card_has_versions_and_each_can_be_undone() {
    let world = World::start().await;
    assert!(versions(&world, PETROVA).await.is_empty());
    change(&world, VOLKOVA, PETROVA, json!({ "grade": "  Highest category ", "capacity": 7 })).await.ok();
    change(&world, VOLKOVA, PETROVA, json!({ "skills": ["ECG"], "queues": ["general"] })).await.ok();
    change(&world, VOLKOVA, PETROVA, json!({ "capacity": 7 })).await.ok();
    let known = versions(&world, PETROVA).await;
    assert_eq!(known.len(), 2, "what says the same is no change");
    assert_eq!((&known[0]["version"], &known[0]["by"]["name"]), (&json!(2), &json!("Ms Volkova")));
    let first = json!([
        { "field": "capacity", "before": 4, "after": 7 },
        { "field": "grade", "before": null, "after": "Highest category" },
    ]);
    assert_eq!(known[1]["differences"], first);
    bring_back(&world, VOLKOVA, PETROVA, (1, 0)).await.problem(409, "conflict");
    let undone = bring_back(&world, VOLKOVA, PETROVA, (2, 1)).await.ok();
    assert_eq!((&undone["skills"], &undone["grade"]), (&json!([]), &json!("Highest category")));
    assert_eq!(undone["queues"], json!(["dental", "general"]));
    let back = bring_back(&world, VOLKOVA, PETROVA, (3, 0)).await.ok();
    assert_eq!((&back["grade"], &back["capacity"]), (&Value::Null, &json!(4)));
    assert_eq!(versions(&world, PETROVA).await[0]["restores"], 0);
    bring_back(&world, VOLKOVA, PETROVA, (4, 9)).await.problem(404, "not-found");
    let audit = world.get(VOLKOVA, "/audit?action=operator.restored").await;
    assert_eq!(audit["items"].as_array().unwrap().len(), 2);
    let wrong = change(&world, VOLKOVA, PETROVA, json!({ "grade": "g".repeat(201) })).await;
    assert_eq!((fields(&wrong), &wrong.body["errors"][0]["code"]), (vec!["grade"], &json!("how_long")));
}

#[tokio::test]
async fn undoing_gives_nobody_more_than_who_undoes_has() {
    let world = World::start().await;
    second(&world).await;
    change(&world, VOLKOVA, SOKOLOV, json!({ "role": "administrator" })).await.ok();
    change(&world, VOLKOVA, SOKOLOV, json!({ "role": "operator" })).await.ok();
    refused_by(&bring_back(&world, SECOND, SOKOLOV, (2, 1)).await, "above_own");
    bring_back(&world, VOLKOVA, SOKOLOV, (2, 1)).await.ok();
    bring_back(&world, SECOND, SOKOLOV, (3, 2)).await.problem(422, "invalid");
}

fn training() -> Value {
    let training = json!({
        "id": "training", "of": "away", "name": { "en": "Training", "ru": "Обучение" }, "color": "info", "on_duty": true,
    });
    let lunch = json!({ "id": "lunch", "of": "break", "name": { "en": "Lunch", "ru": "Обед" } });
    json!({ "statuses": [training, lunch] })
}

async fn set_status(world: &World, who: &str, status: &str, kind: &str) -> Answer {
    let body = json!({ "status": status, "kind": kind });
    world.call(who, "PUT", "/operators/me/status", Some(body)).await
}

#[tokio::test]
async fn a_status_of_the_brand_is_chosen_shown_and_counted_as_it_says() {
    let world = World::start().await;
    assert_eq!(world.get(PETROVA, "/statuses").await, json!({ "statuses": [] }));
    put(&world, VOLKOVA, "statuses", &json!(0), training()).await.ok();
    let shown = json!({ "id": "training", "of": "away", "name": "Training", "color": "info" });
    assert_eq!(world.get(PETROVA, "/statuses").await["statuses"][0], shown);
    let me = set_status(&world, PETROVA, "away", "training").await.ok();
    assert_eq!((&me["status"], &me["status_kind"]), (&json!("away"), &shown));
    for (status, kind) in [("break", "training"), ("online", "lunch"), ("away", "gone")] {
        let refused = set_status(&world, PETROVA, status, kind).await;
        refused.problem(422, "invalid");
        assert_eq!(fields(&refused), ["kind"]);
    }
    world.pass(3_600);
    set_status(&world, PETROVA, "break", "lunch").await.ok();
    world.pass(3_600);
    world.call(PETROVA, "PUT", "/operators/me/status", Some(json!({ "status": "offline" }))).await.ok();
    let path = format!("/operators/{}/status-history", id(&world, PETROVA).await);
    let periods = world.get(PETROVA, &path).await;
    assert_eq!((&periods["items"][0]["kind"], &periods["items"][1]["kind"]["name"]), (&Value::Null, &json!("Lunch")));
    let report = world.get(VOLKOVA, "/reports/consultations?from=2023-11-14&to=2023-11-16").await;
    // A status begins a millisecond after the one before it.
    let on_duty = report["total"]["on_duty_seconds"].as_i64().unwrap();
    assert!((3_599..=3_600).contains(&on_duty), "an hour of training is duty, an hour of lunch is not: {report}");
}

#[tokio::test]
async fn a_status_that_was_chosen_is_retired_and_not_removed() {
    let world = World::start().await;
    put(&world, VOLKOVA, "statuses", &json!(0), training()).await.ok();
    set_status(&world, PETROVA, "away", "training").await.ok();
    let refused = try_set(&world, VOLKOVA, "statuses", "/statuses", json!([])).await;
    refused.problem(422, "invalid");
    let error = &refused.body["errors"][0];
    assert_eq!(
        (&error["field"], &error["code"], &error["params"]["name"]),
        (&json!("statuses"), &json!("status_in_use"), &json!("training"))
    );
    let refused = try_set(&world, VOLKOVA, "statuses", "/statuses/0/of", json!("break")).await;
    assert_eq!(fields(&refused), ["statuses.training.of"]);
    let sokolov = world.send(SOKOLOV, "GET", "/events", None).await.into_body().into_data_stream();
    set(&world, "statuses", "/statuses/0/name/en", json!("Course")).await;
    let named = |data: &Value| data["operator"]["status_kind"]["name"] == "Course";
    support::until_event(sokolov, "operator", named).await;
    set(&world, "statuses", "/statuses/0/retired", json!(true)).await;
    set_status(&world, SOKOLOV, "away", "training").await.problem(422, "invalid");
    let me = world.get(PETROVA, "/me").await;
    assert_eq!(me["operator"]["status_kind"]["name"], "Course", "who has it keeps it");
    let only = json!({ "statuses": [set(&world, "statuses", "/statuses/0/color", json!("note")).await["content"]["statuses"][0]] });
    put(&world, VOLKOVA, "statuses", &json!(4), only).await.ok();
    for (pointer, value, field) in [
        ("/statuses/0/name", json!({ "en": "x" }), "statuses.training.name"),
        ("/statuses/0/name/en", json!("n".repeat(61)), "statuses.training.name"),
        ("/statuses/0/color", json!("pink"), "statuses[0].color"),
        ("/statuses/0/id", json!("Not a name"), "statuses.id"),
    ] {
        let refused = try_set(&world, VOLKOVA, "statuses", pointer, value).await;
        assert!(fields(&refused).contains(&field), "{}", refused.body);
    }
    world.call(ANNA, "GET", "/statuses", None).await.problem(403, "forbidden");
}
