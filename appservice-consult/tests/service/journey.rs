//! A consultation from the first question to the archive, through the API and the homeserver's transactions.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

fn id(consultation: &Value) -> String {
    consultation["id"].as_str().unwrap().to_owned()
}

fn room(consultation: &Value) -> String {
    consultation["room_id"].as_str().unwrap().to_owned()
}

async fn take_and_join(world: &World, who: &str, consultation: &Value) -> Value {
    let taken = world.post(who, &format!("/consultations/{}/take", id(consultation)), json!({})).await;
    world.settle().await;
    world.homeserver.join(&room(consultation), &user(who));
    world.settle().await;
    taken
}

#[tokio::test]
async fn a_question_is_asked_taken_answered_transferred_closed_and_read_in_the_archive() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    assert_eq!(
        (&asked["phase"], &asked["waiting"]["place"], &asked["taken_at"]),
        (&json!("queued"), &json!(1), &Value::Null)
    );
    world.homeserver.join(&room(&asked), &user(ANNA));
    let first = world.say(ANNA, &room(&asked), "My tooth hurts").await;

    let waiting = world.get(PETROVA, "/consultations?view=waiting").await;
    let row = &waiting["items"][0];
    assert_eq!(
        (&row["patient"]["name"], &row["message_count"], &waiting["total"]),
        (&json!("Анна Каренина"), &json!(1), &json!(1))
    );
    assert_eq!(row["first_event_id"], first);
    assert!(row["unanswered_since"].is_string());

    let taken = take_and_join(&world, PETROVA, &asked).await;
    assert_eq!((&taken["phase"], &taken["participants"][0]["name"]), (&json!("active"), &json!("Dr Petrova")));
    assert_eq!(world.member.handed.lock().unwrap()[0], (room(&asked), user(PETROVA)));
    let detail = world.get(PETROVA, &format!("/consultations/{}", id(&asked))).await;
    assert_eq!(detail["keys"], json!({ "ready": true, "devices": 1 }));
    world.say(PETROVA, &room(&asked), "Since when?").await;
    let detail = world.get(PETROVA, &format!("/consultations/{}", id(&asked))).await;
    assert!(detail["first_answer_at"].is_string() && detail["unanswered_since"].is_null());

    let transfer = json!({ "to": { "queue_id": "dental" }, "note": "tooth 36, please look" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&asked)), transfer).await;
    world.settle().await;
    assert_eq!(world.homeserver.membership(&room(&asked), &user(PETROVA)).as_deref(), Some("leave"));
    let row = world.get(VOLKOVA, "/consultations?view=waiting&queue=dental").await["items"][0].clone();
    assert_eq!(
        (&row["transfer"]["note"], &row["transfer"]["from"]),
        (&json!("tooth 36, please look"), &json!("Dr Petrova"))
    );
    assert_eq!((&row["priority"], &row["previous_operator"]["name"]), (&json!(1), &json!("Dr Petrova")));
    world.call(SOKOLOV, "POST", &format!("/consultations/{}/take", id(&asked)), None).await.problem(404, "not-found");

    take_and_join(&world, VOLKOVA, &asked).await;
    world.say(VOLKOVA, &room(&asked), "Come on Monday").await;
    let closed =
        world.post(VOLKOVA, &format!("/consultations/{}/close", id(&asked)), json!({ "note": "visit agreed" })).await;
    assert_eq!((&closed["phase"], &closed["end_reason"]), (&json!("archived"), &json!("visit agreed")));
    world.settle().await;
    assert_eq!(world.homeserver.membership(&room(&asked), &user(VOLKOVA)).as_deref(), Some("leave"));
    let state = world.homeserver.state(&room(&asked), "chat.consilium.consultation", &id(&asked)).unwrap();
    assert_eq!((&state["phase"], &state["participants"]), (&json!("archived"), &json!([])));

    check_archive(&world, &asked).await;

    let actions: Vec<_> = detail_actions(&world, &id(&asked)).await;
    assert_eq!(actions, ["requested", "taken", "transferred", "taken", "closed"]);
}

/// What was said is in the record, whoever may read it does, and each reading is an entry of the audit.
async fn check_archive(world: &World, asked: &Value) {
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(asked))).await;
    let said: Vec<_> =
        record["transcript"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "text").collect();
    let said: Vec<_> =
        said.iter().map(|entry| (entry["sender"]["name"].as_str().unwrap(), entry["body"].as_str().unwrap())).collect();
    assert_eq!(
        said,
        [("Анна Каренина", "My tooth hurts"), ("Dr Petrova", "Since when?"), ("Ms Volkova", "Come on Monday")]
    );
    assert_eq!((&record["chain"]["signature_valid"], &record["message_count"]), (&json!(true), &json!(3)));

    assert_eq!(
        world.get(ANNA, &format!("/archive/{}", id(asked))).await["transcript"].as_array().unwrap().len(),
        record["transcript"].as_array().unwrap().len()
    );
    world.call(BORIS, "GET", &format!("/archive/{}", id(asked)), None).await.problem(404, "not-found");
    world.call(SOKOLOV, "GET", &format!("/archive/{}", id(asked)), None).await.problem(404, "not-found");
    assert_eq!(world.get(PETROVA, "/archive").await["total"], 1);
    assert_eq!(world.get(SOKOLOV, "/archive").await["total"], 0);
    let reads = world.get(VOLKOVA, "/audit?action=archive.read").await;
    let readers: Vec<_> =
        reads["items"].as_array().unwrap().iter().map(|entry| entry["actor"]["name"].as_str().unwrap()).collect();
    assert_eq!(readers, ["Анна Каренина", "Ms Volkova"]);
}

async fn detail_actions(world: &World, id: &str) -> Vec<String> {
    let detail = world.get(VOLKOVA, &format!("/consultations/{id}")).await;
    detail["history"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_same_request_gives_the_same_consultation_and_another_is_refused_while_it_is_open() {
    let world = World::start().await;
    let body = json!({ "queue_id": "general", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
    let first = world.call(ANNA, "POST", "/consultations", Some(body.clone())).await;
    let again = world.call(ANNA, "POST", "/consultations", Some(body)).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
    assert_eq!(first.body["id"], again.body["id"]);
    let other = json!({ "queue_id": "dental", "request_id": "7b1f6a52-1111-4222-8333-444455556667" });
    let refused = world.call(ANNA, "POST", "/consultations", Some(other)).await;
    refused.problem(409, "conflict");
    assert_eq!((&refused.body["consultation_id"], &refused.body["phase"]), (&first.body["id"], &json!("queued")));
    let private = world.ask(ANNA, "psychology").await;
    assert_ne!(private["room_id"], first.body["room_id"]);
    assert_eq!(world.get(ANNA, "/conversations").await["conversations"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_room_whose_creation_was_lost_is_found_again_and_not_made_twice() {
    let world = World::start().await;
    world.homeserver.lose_created_room.store(true, std::sync::atomic::Ordering::SeqCst);
    let body = json!({ "queue_id": "general", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
    world.call(ANNA, "POST", "/consultations", Some(body.clone())).await.problem(503, "unavailable");
    assert_eq!(world.homeserver.rooms(), 1);
    let world = world.restart().await;
    let asked = world.call(ANNA, "POST", "/consultations", Some(body)).await.ok();
    assert_eq!(world.homeserver.rooms(), 1);
    assert_eq!(world.homeserver.membership(&room(&asked), &user(ANNA)).as_deref(), Some("invite"));
}

#[tokio::test]
async fn a_patient_who_is_out_of_the_room_is_asked_into_the_same_one_with_his_next_question() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let asks = json!({ "queue_id": "general", "request_id": support::request_id() });
    let is = |world: &World| world.homeserver.membership(&room(&talk), &user(ANNA));
    world.homeserver.leave(&room(&talk), &user(ANNA));
    world.settle().await;
    // What is open goes on, and he is asked into it.
    world.call(ANNA, "POST", "/consultations", Some(asks)).await.problem(409, "conflict");
    world.settle().await;
    assert_eq!(is(&world).as_deref(), Some("invite"));
    world.homeserver.leave(&room(&talk), &user(ANNA));
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
    assert_eq!(is(&world).as_deref(), Some("leave"));
    let again = world.ask(ANNA, "general").await;
    world.settle().await;
    assert_eq!((&again["room_id"], &again["conversation_id"]), (&talk["room_id"], &talk["conversation_id"]));
    assert_eq!(is(&world).as_deref(), Some("invite"));
}

#[tokio::test]
async fn a_patient_withdraws_only_what_is_not_taken_and_only_his_own() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    let path = format!("/consultations/{}/cancel", id(&asked));
    world.call(BORIS, "POST", &path, None).await.problem(404, "not-found");
    assert_eq!(world.post(ANNA, &path, json!({})).await["phase"], "cancelled");
    world.settle().await;
    let again = world.ask(ANNA, "general").await;
    assert_eq!(again["conversation_id"], asked["conversation_id"]);
    take_and_join(&world, PETROVA, &again).await;
    let refused = world.call(ANNA, "POST", &format!("/consultations/{}/cancel", id(&again)), None).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["phase"], "active");
}

#[tokio::test]
async fn an_operator_without_keys_is_told_and_gets_them_when_his_devices_change() {
    let world = World::start().await;
    world.member.devices.lock().unwrap().insert(user(PETROVA), 0);
    let asked = world.ask(ANNA, "general").await;
    take_and_join(&world, PETROVA, &asked).await;
    let path = format!("/consultations/{}", id(&asked));
    assert_eq!(world.get(PETROVA, &path).await["keys"], json!({ "ready": false, "devices": 0 }));
    world.member.devices.lock().unwrap().insert(user(PETROVA), 2);
    world.deliver(vec![json!({ "type": "devices", "content": { "user": user(PETROVA) } })]).await;
    world.settle().await;
    assert_eq!(world.get(PETROVA, &path).await["keys"], json!({ "ready": true, "devices": 2 }));
    assert!(world.member.trusted.lock().unwrap().contains(&user(PETROVA)));
}

#[tokio::test]
async fn a_replaced_identity_of_an_operator_gets_nothing_before_a_supervisor_approves() {
    let world = World::start().await;
    world.member.replaced.lock().unwrap().insert(user(PETROVA));
    let asked = world.ask(ANNA, "general").await;
    world.post(PETROVA, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
    world.settle().await;
    assert!(world.member.handed.lock().unwrap().iter().all(|(_, to)| *to != user(PETROVA)));
    let keys = format!("/conversations/{}/history-keys", asked["conversation_id"].as_str().unwrap());
    world.call(PETROVA, "POST", &keys, None).await.problem(409, "conflict");
    assert!(world.get(VOLKOVA, "/audit?action=keys.refused").await["total"].as_i64().unwrap() > 0);
    let me = world.get(PETROVA, "/me").await["operator"]["id"].as_str().unwrap().to_owned();
    world.post(VOLKOVA, &format!("/operators/{me}/approve-identity"), json!({})).await;
    assert_eq!(world.post(PETROVA, &keys, json!({})).await, json!({ "devices": 1, "sessions": 3 }));
    assert_eq!(world.get(VOLKOVA, "/audit?action=identity.approved").await["total"], 1);
}

#[tokio::test]
async fn keys_that_could_not_be_given_in_time_are_not_given_to_one_who_was_moved_on() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    world.settle().await;
    let gate = world.member.gate.lock().await;
    world.post(PETROVA, &format!("/consultations/{}/take", id(&asked)), json!({})).await;
    let transfer = json!({ "to": { "queue_id": "dental" }, "note": "not mine" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&asked)), transfer).await;
    drop(gate);
    world.settle().await;
    assert!(world.member.handed.lock().unwrap().iter().all(|(_, to)| *to != user(PETROVA)));
    assert_eq!(world.homeserver.membership(&room(&asked), &user(PETROVA)), None, "nor is he asked in any more");
    let keys = format!("/conversations/{}/history-keys", asked["conversation_id"].as_str().unwrap());
    world.call(PETROVA, "POST", &keys, None).await.problem(403, "forbidden");
    take_and_join(&world, VOLKOVA, &asked).await;
    assert!(world.member.handed.lock().unwrap().contains(&(room(&asked), user(VOLKOVA))));
}

#[tokio::test]
async fn holding_and_resuming_is_the_leads_alone() {
    let world = World::start().await;
    let asked = world.ask(ANNA, "general").await;
    take_and_join(&world, PETROVA, &asked).await;
    let path = |what: &str| format!("/consultations/{}/{what}", id(&asked));
    world.call(SOKOLOV, "POST", &path("hold"), None).await.problem(403, "forbidden");
    world
        .call(PETROVA, "POST", &path("hold"), Some(json!({ "until": "2001-01-01T00:00:00Z" })))
        .await
        .problem(422, "invalid");
    let held = world.post(PETROVA, &path("hold"), json!({ "until": "2030-01-01T00:00:00Z" })).await;
    assert_eq!((&held["phase"], &held["hold"]["until"]), (&json!("on_hold"), &json!("2030-01-01T00:00:00Z")));
    assert_eq!(world.post(PETROVA, &path("resume"), json!({})).await["phase"], "active");
    world.call(SOKOLOV, "POST", &path("close"), None).await.problem(403, "forbidden");
    assert_eq!(world.post(VOLKOVA, &path("close"), json!({})).await["phase"], "archived");
}
