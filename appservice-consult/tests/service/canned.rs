//! Canned replies: shared ones kept by supervisors, personal ones by their owner, each version with who wrote it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World};

fn reply(scope: &str, shortcut: &str, text: &str) -> Value {
    json!({ "scope": scope, "title": "Greeting", "shortcut": shortcut, "language": "en", "text": text })
}

fn change(before: &Value, text: &str) -> Value {
    let mut change = json!({ "text": text });
    for field in ["version", "title", "shortcut", "language", "queues"] {
        change[field] = before[field].clone();
    }
    change
}

fn path(reply: &Value) -> String {
    format!("/canned/{}", reply["id"].as_str().unwrap())
}

async fn shortcuts(world: &World, who: &str) -> Vec<String> {
    let replies = world.get(who, "/canned").await;
    let words = replies["canned"].as_array().unwrap().iter();
    words.map(|reply| reply["shortcut"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn supervisors_keep_what_is_shared_and_everybody_his_own() {
    let world = World::start().await;
    let mut shared = reply("shared", "/Hello", " Hello, {{patient.name}}. ");
    shared["queues"] = json!(["dental"]);
    let shared = world.post(VOLKOVA, "/canned", shared).await;
    assert_eq!((&shared["shortcut"], &shared["text"]), (&json!("hello"), &json!("Hello, {{patient.name}}.")));
    assert_eq!((&shared["queues"], &shared["changed_by"]["name"]), (&json!(["dental"]), &json!("Ms Volkova")));
    world.call(PETROVA, "POST", "/canned", Some(reply("shared", "x", "x"))).await.problem(403, "forbidden");
    world.call(PETROVA, "PUT", &path(&shared), Some(change(&shared, "x"))).await.problem(403, "forbidden");
    world.call(PETROVA, "DELETE", &path(&shared), None).await.problem(403, "forbidden");

    let own = world.post(PETROVA, "/canned", reply("personal", "hello", "Mine")).await;
    assert_eq!(shortcuts(&world, PETROVA).await, ["hello", "hello"]);
    assert_eq!(shortcuts(&world, SOKOLOV).await, ["hello"]);
    for who in [SOKOLOV, VOLKOVA] {
        world.call(who, "PUT", &path(&own), Some(change(&own, "x"))).await.problem(404, "not-found");
        world.call(who, "DELETE", &path(&own), None).await.problem(404, "not-found");
        world.call(who, "GET", &format!("{}/versions", path(&own)), None).await.problem(404, "not-found");
    }
    world.call(PETROVA, "DELETE", &path(&own), None).await.ok();
    world.call(PETROVA, "DELETE", &path(&own), None).await.problem(404, "not-found");
    assert_eq!(shortcuts(&world, PETROVA).await, ["hello"]);
}

#[tokio::test]
async fn each_change_is_kept_with_who_made_it_and_none_is_lost() {
    let world = World::start().await;
    let first = world.post(VOLKOVA, "/canned", reply("shared", "hi", "one")).await;
    world.pass(5);
    let second = world.call(VOLKOVA, "PUT", &path(&first), Some(change(&first, "two"))).await.ok();
    assert_eq!(second["version"], 2);
    world.call(VOLKOVA, "PUT", &path(&first), Some(change(&first, "three"))).await.problem(409, "conflict");
    let same = world.call(VOLKOVA, "PUT", &path(&first), Some(change(&second, "two"))).await.ok();
    assert_eq!(same["version"], 2, "nothing was changed");
    world.call(VOLKOVA, "DELETE", &path(&first), None).await.ok();
    let versions = world.get(SOKOLOV, &format!("{}/versions", path(&first))).await;
    let told: Vec<_> = versions["versions"].as_array().unwrap().iter().collect();
    let seen: Vec<_> =
        told.iter().map(|one| (one["action"].as_str().unwrap(), one["text"].as_str().unwrap())).collect();
    assert_eq!(seen, [("removed", "two"), ("changed", "two"), ("created", "one")]);
    assert_eq!(told[0]["by"]["name"], "Ms Volkova");
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", first["id"].as_str().unwrap())).await;
    assert_eq!(audit["total"], 3);
    // The shortcut is free again.
    world.post(VOLKOVA, "/canned", reply("shared", "hi", "anew")).await;
}

#[tokio::test]
async fn what_cannot_be_a_reply_is_refused_with_the_field() {
    let world = World::start().await;
    world.post(VOLKOVA, "/canned", reply("shared", "hi", "one")).await;
    let with = |key: &str, value: Value| {
        let mut wrong = reply("shared", "other", "text");
        wrong[key] = value;
        wrong
    };
    for (key, value) in [
        ("shortcut", json!("HI")),
        ("shortcut", json!("two words")),
        ("title", json!("")),
        ("language", json!("de")),
        ("queues", json!(["nowhere"])),
        ("text", json!("{{patient.phone}}")),
        ("text", json!("{{patient.name")),
        ("text", json!("x".repeat(4_001))),
    ] {
        let refused = world.call(VOLKOVA, "POST", "/canned", Some(with(key, value))).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], key, "{}", refused.body);
    }
    let unknown = world.call(VOLKOVA, "POST", "/canned", Some(with("text", json!("{{patient.phone}}")))).await;
    assert!(unknown.body["errors"][0]["message"].as_str().unwrap().contains("{{patient.phone}}"));
    for body in [with("scope", json!("mine")), with("more", json!(1)), json!({})] {
        world.call(VOLKOVA, "POST", "/canned", Some(body)).await.problem(422, "invalid");
    }
    world.post(VOLKOVA, "/canned", with("language", json!("ru"))).await;
    assert_eq!(shortcuts(&world, VOLKOVA).await.len(), 2);
}

#[tokio::test]
async fn a_change_is_told_to_the_desks_that_it_concerns_and_to_no_patient() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let listen = async |who: &str| world.send(who, "GET", "/events", None).await.into_body().into_data_stream();
    let (petrova, sokolov, anna) = (listen(PETROVA).await, listen(SOKOLOV).await, listen(ANNA).await);
    let own = world.post(PETROVA, "/canned", reply("personal", "own", "Mine")).await;
    let told = support::until_event(petrova, "canned", |_| true).await;
    assert_eq!((&told["canned_id"], &told["canned"]["text"]), (&own["id"], &json!("Mine")));
    let shared = world.post(VOLKOVA, "/canned", reply("shared", "all", "Ours")).await;
    let heard = support::events_until(sokolov, "canned", |_| true).await;
    assert_eq!(heard.last().unwrap().1["canned"]["id"], shared["id"], "another's own came not before it");
    world.pass(1);
    world.post(PETROVA, &format!("/consultations/{}/hold", talk["id"].as_str().unwrap()), json!({})).await;
    let heard = support::events_until(anna, "consultation", |data| data["consultation"]["phase"] == "on_hold").await;
    assert!(heard.iter().all(|(name, _)| name == "consultation"), "{heard:?}");
}
