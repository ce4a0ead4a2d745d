//! Canned replies: shared ones kept by supervisors, personal ones by their owner, each version with who wrote it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use support::{ANNA, PETROVA, SOKOLOV, VOLKOVA, World};

fn reply(scope: &str, shortcut: &str, text: &str) -> Value {
    json!({ "scope": scope, "title": "Greeting", "shortcut": shortcut, "language": "en", "text": text })
}

fn change(before: &Value, text: &str) -> Value {
    let mut change = json!({ "text": text });
    for field in ["version", "title", "shortcut", "language", "queues", "files"] {
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

/// Keeps a file; so many bytes.
async fn kept(world: &World, who: &str, name: &str, size: usize) -> Value {
    let content = STANDARD.encode(name.repeat(size.div_ceil(name.len())).as_bytes().split_at(size).0);
    let new = json!({ "name": name, "media_type": "application/pdf", "content": content });
    world.post(who, "/files", new).await
}

async fn status_of(world: &World, who: &str, file: &Value) -> u16 {
    world.send(who, "GET", &format!("/files/{}", file["id"].as_str().unwrap()), None).await.status().as_u16()
}

#[tokio::test]
async fn a_reply_brings_files_with_it_and_each_version_says_which() {
    let world = World::start().await;
    let prices = kept(&world, VOLKOVA, "prices.pdf", 40).await;
    // Its id alone counts: what is said of it besides is the service's.
    let mut new = reply("shared", "prices", "Here they are.");
    new["files"] = json!([{ "id": prices["id"], "name": "virus.exe" }, { "id": prices["id"] }]);
    let made = world.post(VOLKOVA, "/canned", new).await;
    assert_eq!(made["files"], json!([prices]));
    let all = world.get(PETROVA, "/canned").await;
    assert_eq!(all["canned"][0]["files"], json!([prices]));
    assert_eq!(status_of(&world, PETROVA, &prices).await, 200);
    assert_eq!(status_of(&world, ANNA, &prices).await, 403);
    let mut bare = change(&made, "Ask us.");
    bare["files"] = json!([]);
    let bare = world.call(VOLKOVA, "PUT", &path(&made), Some(bare)).await.ok();
    assert_eq!(bare["files"], json!([]));
    let versions = world.get(PETROVA, &format!("{}/versions", path(&made))).await;
    assert_eq!((&versions["versions"][0]["files"], &versions["versions"][1]["files"]), (&json!([]), &json!([prices])));
    let audit = world.get(VOLKOVA, "/audit?action=canned.created").await;
    assert_eq!(audit["items"][0]["detail"]["files"], json!([prices["id"]]), "which, and nothing of them");
    let world = world.restart().await;
    let back = world.call(VOLKOVA, "PUT", &path(&made), Some(change(&with_files(&bare, &made), "Again."))).await.ok();
    assert_eq!(back["files"], json!([prices]));
}

#[tokio::test]
async fn a_client_that_knows_of_no_files_leaves_them_as_they_are() {
    let world = World::start().await;
    let prices = kept(&world, VOLKOVA, "prices.pdf", 40).await;
    let mut new = reply("shared", "prices", "Here they are.");
    new["files"] = json!([prices]);
    let made = world.post(VOLKOVA, "/canned", new).await;
    let older = |before: &Value, text: &str| {
        let mut older = change(before, text);
        older.as_object_mut().unwrap().remove("files");
        older
    };
    let kept = world.call(VOLKOVA, "PUT", &path(&made), Some(older(&made, "As of May."))).await.ok();
    assert_eq!((&kept["text"], &kept["files"]), (&json!("As of May."), &json!([prices])));
    let mut nothing = change(&kept, "As of June.");
    nothing["files"] = Value::Null;
    let kept = world.call(VOLKOVA, "PUT", &path(&made), Some(nothing)).await.ok();
    assert_eq!(kept["files"], json!([prices]), "null says nothing either");
    // A brand that sends files no more still lets its words be changed.
    let world = world.restart_with(|brand| brand.features.attachments = false).await;
    let kept = world.call(VOLKOVA, "PUT", &path(&made), Some(older(&kept, "As of July."))).await.ok();
    assert_eq!((&kept["text"], &kept["files"]), (&json!("As of July."), &json!([prices])));
}

#[tokio::test]
async fn a_reply_may_bring_files_alone() {
    let world = World::start().await;
    let prices = kept(&world, VOLKOVA, "prices.pdf", 40).await;
    let mut new = reply("shared", "prices", " ");
    let refused = world.call(VOLKOVA, "POST", "/canned", Some(new.clone())).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "text");
    new["files"] = json!([prices]);
    let made = world.post(VOLKOVA, "/canned", new).await;
    assert_eq!((&made["text"], &made["files"]), (&json!(""), &json!([prices])));
    let mut empty = change(&made, "");
    empty["files"] = json!([]);
    let refused = world.call(VOLKOVA, "PUT", &path(&made), Some(empty)).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "text", "then nothing would be left of it");
}

fn with_files(reply: &Value, before: &Value) -> Value {
    let mut reply = reply.clone();
    reply["files"] = before["files"].clone();
    reply
}

#[tokio::test]
async fn files_that_cannot_be_sent_with_a_reply_are_refused() {
    let world = World::start().await;
    let with = |files: Value| {
        let mut new = reply("personal", "prices", "Here they are.");
        new["files"] = files;
        new
    };
    let mut many = Vec::new();
    for number in 0..6 {
        many.push(kept(&world, VOLKOVA, &format!("{number}.pdf"), 8).await);
    }
    for (wrong, code) in [(json!([{ "id": "unknown" }]), "file_gone"), (json!(many), "too_many")] {
        let refused = world.call(PETROVA, "POST", "/canned", Some(with(wrong))).await;
        refused.problem(422, "invalid");
        let error = &refused.body["errors"][0];
        assert_eq!((&error["field"], &error["code"]), (&json!("files"), &json!(code)));
    }
    // A brand that sends no files has none in its replies.
    let world = world.restart_with(|brand| brand.features.attachments = false).await;
    let refused = world.call(PETROVA, "POST", "/canned", Some(with(json!([many[0]])))).await;
    assert_eq!(refused.body["errors"][0]["code"], "file_gone", "{}", refused.body);
}

#[tokio::test]
async fn a_file_goes_some_time_after_the_last_reply_or_macro_that_names_it() {
    let world = World::start().await;
    let (shared, own) = (kept(&world, VOLKOVA, "a.pdf", 8).await, kept(&world, PETROVA, "b.pdf", 8).await);
    let with = |scope: &str, word: &str, file: &Value| {
        let mut new = reply(scope, word, "Here it is.");
        new["files"] = json!([file]);
        new
    };
    let by_all = world.post(VOLKOVA, "/canned", with("shared", "a", &shared)).await;
    let by_one = world.post(PETROVA, "/canned", with("personal", "b", &own)).await;
    let a_macro = json!({ "title": "Bring", "shortcut": "bring", "texts": { "en": "Here" }, "files": [shared] });
    world.post(VOLKOVA, "/macros", a_macro).await;
    world.call(VOLKOVA, "DELETE", &path(&by_all), None).await.ok();
    world.call(PETROVA, "DELETE", &path(&by_one), None).await.ok();
    world.pass(29 * 24 * 3_600);
    kept(&world, VOLKOVA, "c.pdf", 8).await;
    assert_eq!(status_of(&world, PETROVA, &own).await, 200, "the reply can be made again");
    world.pass(2 * 24 * 3_600);
    kept(&world, VOLKOVA, "d.pdf", 8).await;
    assert_eq!(status_of(&world, PETROVA, &own).await, 404);
    assert_eq!(status_of(&world, PETROVA, &shared).await, 200, "a macro names it still");
}

#[tokio::test]
async fn an_operator_keeps_files_for_his_own_replies_up_to_a_limit() {
    const MIB: usize = 1 << 20;
    let world = World::start().await;
    for name in ["1.pdf", "2.pdf", "3.pdf", "4.pdf"] {
        kept(&world, PETROVA, name, 5 * MIB).await;
    }
    let more = json!({ "name": "5.pdf", "media_type": "application/pdf", "content": "YQ==" });
    world.call(PETROVA, "POST", "/files", Some(more.clone())).await.problem(409, "conflict");
    kept(&world, PETROVA, "4.pdf", 5 * MIB).await;
    world.post(SOKOLOV, "/files", more).await;
    kept(&world, VOLKOVA, "6.pdf", 8).await;
}
