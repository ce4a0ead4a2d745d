//! Whoever serves a queue is asked in: the first who accepts comes, for the others it vanishes; nobody there is said at once, nobody in time a little later.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::Arc;

use serde_json::{Value, json};
use support::{ANNA, Answer, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, until_event};

use crate::council::on_duty;

const STANDS_SECONDS: i64 = 120;

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

/// Somebody new on duty who serves these queues.
async fn newcomer(world: &World, who: &str, queues: &[&str]) {
    let user_id = format!("@{who}:{}", support::SERVER);
    let new = json!({ "user_id": user_id, "name": format!("Ms {who}"), "role": "operator", "queues": queues });
    world.post(VOLKOVA, "/operators", new).await;
    on_duty(world, who).await;
}

async fn ask(world: &World, who: &str, into: &Value, queue: &str) -> Answer {
    let body = json!({ "queue_id": queue, "role": "consultant" });
    world.call(who, "POST", &format!("/consultations/{}/queue-invitations", id(into)), Some(body)).await
}

async fn say(world: &World, who: &str, invitation: &Value, word: &str) -> Answer {
    world.call(who, "POST", &format!("/queue-invitations/{}/{word}", id(invitation)), None).await
}

/// He is too late, and told why.
async fn over(world: &World, who: &str, invitation: &Value, became: &str) {
    let refused = say(world, who, invitation, "accept").await;
    refused.problem(409, "queue-invitation-over");
    assert_eq!(refused.body["queue_invitation"], became);
}

/// What asks him now.
async fn asks(world: &World, who: &str) -> Vec<Value> {
    world.get(who, "/operators/me/queue-invitations").await["invitations"].as_array().unwrap().clone()
}

/// What this invitation is now, also where another was made in the same moment.
async fn became(world: &World, into: &Value, asked: &Value) -> Value {
    let all = world.get(VOLKOVA, &format!("/consultations/{}/queue-invitations", id(into))).await;
    let all = all["invitations"].as_array().unwrap();
    all.iter().find(|one| one["id"] == asked["id"]).unwrap().clone()
}

/// A consultation that Petrova leads, and two psychologists on duty.
async fn desk() -> (World, Value) {
    let world = World::start().await;
    newcomer(&world, "orlova", &["psychology"]).await;
    newcomer(&world, "zimina", &["psychology", "general"]).await;
    let talk = world.talk(ANNA, PETROVA).await;
    world.pass(1);
    (world, talk)
}

#[tokio::test]
async fn the_first_who_accepts_comes_and_for_the_others_it_vanishes() {
    let (world, talk) = desk().await;
    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    assert_eq!((&asked["state"], &asked["asked"], &asked["declined"]), (&json!("open"), &json!(2), &json!(0)));
    assert_eq!(
        (&asked["queue"]["name"], &asked["service"]["name"]),
        (&json!("Psychologist"), &json!("General practitioner"))
    );
    let again = ask(&world, PETROVA, &talk, "psychology").await.ok();
    assert_eq!(again["id"], asked["id"], "a second press asks nobody anew");
    for who in ["orlova", "zimina"] {
        let told = asks(&world, who).await;
        assert_eq!(told.len(), 1, "{who}");
        assert!(!told[0].to_string().contains("Каренина"), "nothing of the patient before: {}", told[0]);
    }
    assert!(asks(&world, SOKOLOV).await.is_empty(), "he does not serve it");
    assert_eq!(asks(&world, PETROVA).await[0]["id"], asked["id"], "her own, after a reload of her console");

    let came = say(&world, "orlova", &asked, "accept").await.ok();
    assert_eq!(came["participants"][1]["name"], "Ms orlova");
    assert_eq!(came["participants"][1]["invited_by"]["name"], "Dr Petrova");
    let refused = say(&world, "zimina", &asked, "accept").await;
    refused.problem(409, "taken");
    assert_eq!(refused.body["taken_by"]["name"], "Ms orlova");
    assert!(asks(&world, "zimina").await.is_empty() && asks(&world, "orlova").await.is_empty());
    assert_eq!(say(&world, "orlova", &asked, "accept").await.ok()["id"], talk["id"], "a second press is none");
    let now = became(&world, &talk, &asked).await;
    assert_eq!((&now["state"], &now["accepted_by"]["name"]), (&json!("accepted"), &json!("Ms orlova")));
    world.settle().await;
    let room = talk["room_id"].as_str().unwrap();
    assert!(world.member.handed.lock().unwrap().contains(&(room.to_owned(), support::user("orlova"))), "with the keys");
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&talk))).await.to_string();
    for action in ["queue_invitation.made", "queue_invitation.accepted", "consultation.invited"] {
        assert_eq!(audit.matches(action).count(), 1, "{action}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_accept_at_once_exactly_one_comes() {
    let (world, talk) = desk().await;
    let world = Arc::new(world);
    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    let start = Arc::new(tokio::sync::Barrier::new(2));
    let press = |who: &'static str| {
        let (world, start, asked) = (Arc::clone(&world), Arc::clone(&start), asked.clone());
        tokio::spawn(async move {
            start.wait().await;
            say(&world, who, &asked, "accept").await
        })
    };
    let (one, other) = (press("orlova"), press("zimina"));
    let answers = [one.await.unwrap(), other.await.unwrap()];
    let (came, late): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((came.len(), late.len()), (1, 1), "{answers:?}");
    late[0].problem(409, "taken");
    let team = world.get(PETROVA, &format!("/consultations/{}", id(&talk))).await["participants"].clone();
    assert_eq!(team.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn nobody_there_is_said_at_once() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    ask(&world, PETROVA, &talk, "psychology").await.problem(409, "nobody-there");
    newcomer(&world, "orlova", &["psychology"]).await;
    let away = json!({ "status": "break", "reason": "lunch" });
    world.call("orlova", "PUT", "/operators/me/status", Some(away)).await.ok();
    ask(&world, PETROVA, &talk, "psychology").await.problem(409, "nobody-there");
    on_duty(&world, PETROVA).await;
    on_duty(&world, "orlova").await;
    ask(&world, PETROVA, &talk, "psychology").await.ok();
    // She herself is no colleague of hers.
    ask(&world, PETROVA, &talk, "dental").await.problem(409, "nobody-there");
    let unknown = ask(&world, PETROVA, &talk, "nowhere").await;
    unknown.problem(422, "invalid");
    assert_eq!(unknown.body["errors"][0]["field"], "queue_id");
}

#[tokio::test]
async fn where_all_decline_it_is_over_and_who_asked_is_told() {
    let (world, talk) = desk().await;
    let listen = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    let one = say(&world, "orlova", &asked, "decline").await.ok();
    assert_eq!((&one["state"], &one["declined"]), (&json!("open"), &json!(1)));
    assert!(asks(&world, "orlova").await.is_empty());
    assert_eq!(asks(&world, "zimina").await.len(), 1);
    assert_eq!(say(&world, "orlova", &asked, "decline").await.ok()["declined"], 1, "a second press is none");
    let all = say(&world, "zimina", &asked, "decline").await.ok();
    assert_eq!((&all["state"], &all["declined"]), (&json!("declined"), &json!(2)));
    let told = until_event(listen, "queue_invitation", |data| data["invitation"]["state"] == "declined").await;
    assert_eq!(told["invitation_id"], asked["id"]);
    over(&world, "zimina", &asked, "declined").await;
    assert_ne!(ask(&world, PETROVA, &talk, "psychology").await.ok()["id"], asked["id"], "she may ask anew");
}

#[tokio::test]
async fn nobody_in_time_is_over_by_the_clock() {
    let (world, talk) = desk().await;
    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    world.pass(STANDS_SECONDS - 1);
    assert_eq!(asks(&world, "orlova").await.len(), 1);
    world.pass(1);
    // Also before anybody has looked at what is due.
    assert!(asks(&world, "orlova").await.is_empty());
    over(&world, "orlova", &asked, "expired").await;
    assert_eq!(became(&world, &talk, &asked).await["state"], "expired");
    let tenant = world.consult.tenant("clinic").unwrap();
    consilium_consult::queue_invitation::run_due(&tenant).await.unwrap();
    let audit = world.get(VOLKOVA, &format!("/audit?subject={}", id(&talk))).await.to_string();
    assert_eq!(audit.matches("queue_invitation.expired").count(), 1);
    on_duty(&world, "orlova").await;
    assert_ne!(ask(&world, PETROVA, &talk, "psychology").await.ok()["id"], asked["id"]);
}

#[tokio::test]
async fn it_is_taken_back_and_ends_with_the_consultation_or_with_who_leads_it() {
    let (world, talk) = desk().await;
    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    let path = format!("/consultations/{}/queue-invitations/{}", id(&talk), id(&asked));
    world.call("orlova", "DELETE", &path, None).await.problem(404, "not-found");
    assert_eq!(world.call(PETROVA, "DELETE", &path, None).await.ok()["state"], "taken_back");
    assert_eq!(world.call(PETROVA, "DELETE", &path, None).await.ok()["state"], "taken_back");
    over(&world, "orlova", &asked, "taken_back").await;

    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    let to = json!({ "to": { "queue_id": "dental" }, "note": "Teeth" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&talk)), to).await;
    over(&world, "orlova", &asked, "over").await;
    assert_eq!(became(&world, &talk, &asked).await["state"], "over");
    let now = world.get(VOLKOVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!(now["phase"], "queued", "nobody came into what nobody leads");
}

#[tokio::test]
async fn only_who_leads_or_supervises_asks_and_only_who_was_asked_answers() {
    let (world, talk) = desk().await;
    ask(&world, SOKOLOV, &talk, "psychology").await.problem(403, "forbidden");
    let waits = world.ask(BORIS, "general").await;
    ask(&world, VOLKOVA, &waits, "psychology").await.problem(409, "conflict");
    let asked = ask(&world, VOLKOVA, &talk, "psychology").await.ok();
    for word in ["accept", "decline"] {
        say(&world, SOKOLOV, &asked, word).await.problem(404, "not-found");
        say(&world, "orlova", &json!({ "id": "unknown" }), word).await.problem(404, "not-found");
    }
    world
        .call("orlova", "GET", &format!("/consultations/{}/queue-invitations", id(&talk)), None)
        .await
        .problem(404, "not-found");
    let body = json!({ "queue_id": "psychology", "role": "lead" });
    let path = format!("/consultations/{}/queue-invitations", id(&talk));
    world.call(PETROVA, "POST", &path, Some(body)).await.problem(422, "invalid");
}

#[tokio::test]
async fn that_nobody_came_is_told_until_who_asked_has_read_it() {
    let (world, talk) = desk().await;
    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    for who in ["orlova", "zimina"] {
        say(&world, who, &asked, "decline").await.ok();
    }
    let world = world.restart().await;
    let told = asks(&world, PETROVA).await;
    assert_eq!((told.len(), &told[0]["id"], &told[0]["state"]), (1, &asked["id"], &json!("declined")));
    assert!(asks(&world, "orlova").await.is_empty(), "it is told to who asked");
    for other in ["orlova", VOLKOVA] {
        say(&world, other, &asked, "seen").await.problem(404, "not-found");
    }
    let listen = world.send(PETROVA, "GET", "/events", None).await.into_body().into_data_stream();
    for _ in 0..2 {
        assert_eq!(say(&world, PETROVA, &asked, "seen").await.ok()["state"], "declined");
    }
    let gone = until_event(listen, "queue_invitation", |data| data["invitation"].is_null()).await;
    assert_eq!(gone["invitation_id"], asked["id"], "her other windows hear that it is read");
    assert!(asks(&world, PETROVA).await.is_empty());
}

#[tokio::test]
async fn nobody_in_time_is_told_for_a_shift_and_not_longer() {
    let (world, talk) = desk().await;
    let asked = ask(&world, PETROVA, &talk, "psychology").await.ok();
    say(&world, PETROVA, &asked, "seen").await.ok();
    assert_eq!(asks(&world, PETROVA).await[0]["state"], "open", "what stands is nothing to read");
    world.pass(STANDS_SECONDS);
    assert_eq!(asks(&world, PETROVA).await[0]["state"], "expired", "also before anybody has looked at what is due");
    let tenant = world.consult.tenant("clinic").unwrap();
    consilium_consult::queue_invitation::run_due(&tenant).await.unwrap();
    world.pass(12 * 3_600 - 1);
    assert_eq!(asks(&world, PETROVA).await[0]["id"], asked["id"]);
    world.pass(1);
    assert!(asks(&world, PETROVA).await.is_empty());
}

#[tokio::test]
async fn what_was_asked_anew_or_needs_nobody_any_more_is_told_no_more() {
    let (world, talk) = desk().await;
    let first = ask(&world, PETROVA, &talk, "psychology").await.ok();
    for who in ["orlova", "zimina"] {
        say(&world, who, &first, "decline").await.ok();
    }
    world.pass(1);
    let again = ask(&world, PETROVA, &talk, "psychology").await.ok();
    let told: Vec<Value> = asks(&world, PETROVA).await.iter().map(|one| one["id"].clone()).collect();
    assert_eq!(told, [again["id"].clone()], "the later one says what there is to say");
    for who in ["orlova", "zimina"] {
        say(&world, who, &again, "decline").await.ok();
    }
    assert_eq!(asks(&world, PETROVA).await[0]["id"], again["id"]);
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    assert!(asks(&world, PETROVA).await.is_empty(), "it is closed");
}
