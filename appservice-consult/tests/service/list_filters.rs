//! What lists are filtered and sorted by; what they do not have, and what contradicts itself, is refused by name.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::lists::{all, names};
use crate::support;

use consilium_consult::timer;
use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World, request_id};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// Names in an archive's rows.
fn archived(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["consultation"]["patient"]["name"].as_str().unwrap()).collect()
}

async fn closed(world: &World, who: &str) -> Value {
    let talk = world.talk(who, PETROVA).await;
    world.pass(10);
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
    talk
}

async fn closed_with_a_file(world: &World, who: &str) -> Value {
    let talk = world.talk(who, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let file = json!({ "msgtype": "m.file", "body": "plan.pdf", "url": "mxc://hs.test/plan" });
    let event = world.homeserver.message(&support::user(who), room, file);
    assert_eq!(world.deliver(vec![event]).await, 200);
    world.pass(10);
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
    talk
}

#[tokio::test]
async fn what_a_list_cannot_be_asked_is_refused_by_name() {
    let world = World::start().await;
    for (path, field) in [
        ("/consultations?colour=red", "colour"),
        ("/consultations?view=ended&sla=breach", "sla"),
        ("/consultations?view=waiting&phase=active", "phase"),
        ("/consultations?sort=unanswered", "sort"),
        ("/consultations?view=ended&sort=waiting", "sort"),
        ("/callbacks?tag=x", "tag"),
        ("/callbacks?view=ended&due=hour", "due"),
        ("/archive?days=7&from=2023-11-01T00:00:00Z", "days"),
        ("/archive?stars_max=9", "stars_max"),
        ("/archive?files=true", "files"),
        ("/patients?queue=general", "queue"),
        ("/patients?user=anna&sex=female", "sex"),
    ] {
        let refused = world.call(VOLKOVA, "GET", path, None).await;
        refused.problem(400, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{path}");
    }
}

#[tokio::test]
async fn open_consultations_are_found_by_what_presses() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.pass(10);
    let boris = world.ask(BORIS, "general").await;
    world.pass(10);
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "And one more thing").await;
    world.settle().await;
    assert_eq!(names(&all(&world, PETROVA, "/consultations?view=active&unanswered=true").await), ["Анна Каренина"]);
    assert!(all(&world, PETROVA, "/consultations?view=active&unanswered=false").await.is_empty());
    let handed = json!({ "to": { "queue_id": "general" }, "note": "for anybody" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&talk)), handed).await;
    assert_eq!(names(&all(&world, PETROVA, "/consultations?view=waiting&urgent=true").await), ["Анна Каренина"]);
    assert_eq!(names(&all(&world, PETROVA, "/consultations?view=waiting&urgent=false").await), ["Boris"]);
    assert!(all(&world, PETROVA, "/consultations?view=waiting&red_flag=true").await.is_empty());
    assert_eq!(all(&world, PETROVA, "/consultations?view=waiting&red_flag=false&sort=unanswered").await.len(), 2);
    assert!(all(&world, PETROVA, "/consultations?view=waiting&language=xx").await.is_empty());

    world.post(BORIS, &format!("/consultations/{}/cancel", id(&boris)), json!({})).await;
    assert_eq!(names(&all(&world, VOLKOVA, "/consultations?phase=cancelled").await), ["Boris"]);
    assert!(all(&world, PETROVA, "/consultations?phase=cancelled").await.is_empty(), "he took no part in it");
    assert!(all(&world, VOLKOVA, "/consultations?view=ended&phase=archived").await.is_empty());
    assert_eq!(all(&world, VOLKOVA, "/consultations?from=2023-11-14T00:00:00Z&to=2023-11-15T00:00:00Z").await.len(), 2);
    assert!(all(&world, PETROVA, "/consultations?to=2023-11-14T00:00:00Z").await.is_empty());
}

#[tokio::test]
async fn broken_promises_come_first_and_pages_agree() {
    let world = World::start_as(|brand| {
        for queue in &mut brand.queues {
            queue.abandon_after_minutes = 10_000;
            queue.sla.wait_minutes = (queue.id == "general").then_some(10);
        }
    })
    .await;
    world.ask("d", "dental").await;
    world.ask(ANNA, "general").await;
    world.pass(400);
    world.ask(BORIS, "general").await;
    let look = async || timer::look(&world.consult.tenant("clinic").unwrap()).await.unwrap();
    world.pass(450);
    look().await;
    look().await;
    assert_eq!(names(&all(&world, PETROVA, "/consultations?view=waiting&sla=breach").await), ["Анна Каренина"]);
    assert_eq!(names(&all(&world, PETROVA, "/consultations?view=waiting&sla=warning").await), ["Boris"]);
    let by_promise = all(&world, PETROVA, "/consultations?view=waiting&sort=sla").await;
    assert_eq!(names(&by_promise), ["Анна Каренина", "Boris", "d"]);
}

#[tokio::test]
async fn the_archive_is_found_by_what_was_said_of_it() {
    let world = World::start().await;
    let anna = closed(&world, ANNA).await;
    let boris = closed_with_a_file(&world, BORIS).await;
    let rated =
        world.call(ANNA, "PUT", &format!("/consultations/{}/rating", id(&anna)), Some(json!({ "stars": 2 }))).await;
    rated.ok();
    let tag = world.post(VOLKOVA, "/tags", json!({ "names": { "en": "Fever" }, "color": "danger" })).await;
    world.call(PETROVA, "PUT", &format!("/consultations/{}/tags/{}", id(&boris), id(&tag)), None).await.ok();
    let hold = json!({ "consultation_id": anna["id"], "reason": "Case A-17", "request_id": request_id() });
    world.post(VOLKOVA, "/holds", hold).await;
    for (query, found) in [
        ("", vec!["Boris", "Анна Каренина"]),
        ("?sort=oldest", vec!["Анна Каренина", "Boris"]),
        ("?stars_max=2", vec!["Анна Каренина"]),
        ("?stars_max=1", vec![]),
        ("?held=true", vec!["Анна Каренина"]),
        ("?held=false", vec!["Boris"]),
        ("?conclusion=true", vec![]),
        ("?conclusion=false&days=7", vec!["Boris", "Анна Каренина"]),
    ] {
        assert_eq!(archived(&all(&world, VOLKOVA, &format!("/archive{query}")).await), found, "{query}");
    }
    for (talk, has_files) in [(&anna, false), (&boris, true)] {
        let row = world.get(VOLKOVA, &format!("/consultations/{}", id(talk))).await;
        let patient = id(&row["patient"]);
        for files in [true, false] {
            let found = all(&world, VOLKOVA, &format!("/archive?patient={patient}&files={files}")).await;
            assert_eq!(found.len(), usize::from(files == has_files), "{files}");
        }
    }
    let tagged = all(&world, PETROVA, &format!("/archive?tag={}", id(&tag))).await;
    assert_eq!(archived(&tagged), ["Boris"], "an operator has the filters too");
    world.pass(8 * 24 * 3_600);
    assert!(all(&world, VOLKOVA, "/archive?days=7").await.is_empty());
}

#[tokio::test]
async fn call_backs_and_patients_have_filters_of_their_own() {
    let world = World::start().await;
    world.call(ANNA, "PATCH", "/me", Some(json!({ "sex": "female" }))).await.ok();
    world.call(BORIS, "PATCH", "/me", Some(json!({ "sex": "male" }))).await.ok();
    world.get("c", "/me").await;
    world.ask(BORIS, "general").await;
    let order = json!({ "queue_id": "general", "request_id": request_id(), "phone": "+7 495 000-00-01" });
    world.post(ANNA, "/callbacks", order).await;
    for (query, count) in [
        ("?source=app", 1),
        ("?source=form", 0),
        ("?due=overdue", 0),
        ("?view=all&outcome=answered", 0),
        ("?view=waiting&phase=new", 1),
    ] {
        assert_eq!(all(&world, PETROVA, &format!("/callbacks{query}")).await.len(), count, "{query}");
    }
    let found = async |query: &str| {
        let rows = all(&world, PETROVA, &format!("/patients{query}")).await;
        rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("?sex=female").await, ["Анна Каренина"]);
    assert_eq!(found("?sex=male&sort=last_consultation").await, ["Boris"]);
    assert_eq!(found("?sex=male&q=anna").await, [] as [&str; 0]);
    assert_eq!(found("?days=1").await, ["Boris"]);
    assert_eq!(found("?sort=consultations").await[0], "Boris");
}
