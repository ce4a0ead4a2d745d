//! From a call-back to a consultation: the operator who has it leads one at once, colleagues come into the call that is on, and all of it is sealed.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::media::{Event, sign};
use support::{ANNA, Answer, PETROVA, SOKOLOV, VOLKOVA, World, user};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn room(value: &Value) -> &str {
    value["room_id"].as_str().unwrap()
}

async fn order(world: &World) -> Value {
    let request_id = uuid::Uuid::from_bytes(world.context().random()).to_string();
    let ordered = world.post(ANNA, "/callbacks", json!({ "queue_id": "general", "request_id": request_id })).await;
    world.settle().await;
    if world.homeserver.membership(room(&ordered), &user(ANNA)).as_deref() == Some("invite") {
        world.homeserver.join(room(&ordered), &user(ANNA));
    }
    ordered
}

/// A call-back of Anna that Petrova has taken; both are in its room.
async fn taken() -> (World, Value) {
    let world = World::start().await;
    let ordered = order(&world).await;
    world.post(PETROVA, &format!("/callbacks/{}/take", id(&ordered)), json!({})).await;
    world.settle().await;
    world.homeserver.join(room(&ordered), &user(PETROVA));
    world.settle().await;
    (world, ordered)
}

async fn consult(world: &World, who: &str, callback: &Value) -> Answer {
    world.call(who, "POST", &format!("/callbacks/{}/consultation", id(callback)), None).await
}

async fn close(world: &World, consultation: &Value) {
    world.post(PETROVA, &format!("/consultations/{}/close", id(consultation)), json!({})).await;
    world.settle().await;
}

/// Somebody comes into the call by a token of his.
async fn enters(world: &World, call: &Value, who: &str) {
    let joined = world.post(who, &format!("/calls/{}/token", id(call)), json!({})).await;
    let come = world.media.connect_by(joined["ticket"]["jwt"].as_str().unwrap()).unwrap();
    let (media_room, room_sid) = world.media.only_room();
    let event = Event {
        id: format!("EV_{}", world.media.number()),
        kind: "participant_joined",
        room: &media_room,
        room_sid: &room_sid,
        at_ms: world.now_ms(),
        who: Some((&come.sid, &come.identity, world.now_ms())),
        reason: "CLIENT_INITIATED",
    };
    let body = event.body();
    assert_eq!(world.hook(&body, &sign(&body)).await, 200);
    world.look().await;
}

/// A call of the call-back that Petrova and Anna are in.
async fn in_call(world: &World, callback: &Value) -> Value {
    let path = format!("/callbacks/{}/calls", id(callback));
    let call = world.post(PETROVA, &path, json!({ "kind": "video" })).await["call"].clone();
    world.post(ANNA, &format!("/calls/{}/answer", id(&call)), json!({})).await;
    for who in [PETROVA, ANNA] {
        enters(world, &call, who).await;
    }
    world.pass(1);
    call
}

#[tokio::test]
async fn who_has_a_call_back_leads_a_consultation_at_once_as_if_it_had_been_asked_for_and_taken() {
    let (world, callback) = taken().await;
    let begun = consult(&world, PETROVA, &callback).await;
    assert_eq!(begun.status, 201, "{}", begun.body);
    let talk = begun.ok();
    let path = format!("/consultations/{}", id(&talk));

    // What a patient asked for and an operator took, beside it.
    let other = world.talk(support::BORIS, PETROVA).await;
    let usual = world.get(PETROVA, &format!("/consultations/{}", id(&other))).await;
    world.settle().await;
    let shown = world.get(PETROVA, &path).await;
    let shape = |detail: &Value| {
        let steps = detail["history"].as_array().unwrap().iter().map(|step| step["action"].clone()).collect::<Vec<_>>();
        let team = detail["participants"].as_array().unwrap().iter();
        let team: Vec<_> = team.map(|one| (one["name"].clone(), one["role"].clone())).collect();
        (detail["phase"].clone(), detail["queue"]["id"].clone(), steps, team, detail["keys"].clone())
    };
    assert_eq!(shape(&shown), shape(&usual));
    let fields = |detail: &Value| detail.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(fields(&talk), fields(&usual), "what a take answers");
    assert_eq!(shown["history"][0]["actor"]["name"], "Dr Petrova", "and not the patient");

    let kinds = |lines: Vec<Value>| lines.iter().map(|line| line["kind"].clone()).collect::<Vec<_>>();
    let lines = kinds(world.lines(&talk).await);
    assert_eq!(lines[lines.len() - 2..], kinds(world.lines(&other).await)[..]);
    let state = |talk: &Value| world.homeserver.state(room(talk), "chat.consilium.consultation", id(talk)).unwrap();
    assert_eq!(
        (&state(&talk)["phase"], &state(&talk)["participants"]),
        (&state(&other)["phase"], &state(&other)["participants"])
    );
    for action in ["consultation.requested", "consultation.taken"] {
        assert_eq!(world.get(VOLKOVA, &format!("/audit?action={action}")).await["total"], 2, "{action}");
    }
    assert_eq!(world.get(PETROVA, "/me").await["operator"]["active_consultations"], 2);
    let queues = world.get(PETROVA, "/queues").await;
    assert_eq!((&queues["queues"][0]["active"], &queues["queues"][0]["waiting"]), (&json!(2), &json!(0)));
    assert_eq!(world.get(ANNA, &path).await["phase"], "active", "the patient sees it");
    assert_eq!(world.get(VOLKOVA, "/consultations?view=active").await["total"], 2);
    let held = world.get(PETROVA, &format!("/callbacks/{}", id(&callback))).await;
    assert_eq!((&held["phase"], held["history"].as_array().unwrap().len()), (&json!("taken"), 2), "it is as it was");
}

#[tokio::test]
async fn a_colleague_comes_into_the_call_that_is_on_and_the_sealed_record_holds_it() {
    let (world, callback) = taken().await;
    world.call(SOKOLOV, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    let call = in_call(&world, &callback).await;
    assert_eq!(call["consultation_id"], Value::Null);
    let token = format!("/calls/{}/token", id(&call));
    world.call(SOKOLOV, "POST", &token, Some(json!({}))).await.problem(403, "forbidden");

    let talk = consult(&world, PETROVA, &callback).await.ok();
    let shown = world.get(ANNA, &format!("/calls/{}", id(&call))).await;
    assert_eq!((&shown["consultation_id"], &shown["state"]), (&talk["id"], &json!("answered")));
    assert_eq!(shown["invited"], json!([]), "who leads it is in it already");
    let sokolov = world.get(SOKOLOV, "/me").await["operator"]["id"].clone();
    world.pass(1);
    world.post(PETROVA, &format!("/consultations/{}/participants", id(&talk)), json!({ "operator_id": sokolov })).await;
    let shown = world.get(PETROVA, &format!("/calls/{}", id(&call))).await;
    assert_eq!(shown["invited"][0]["user_id"], user(SOKOLOV), "he is rung");
    world.settle().await;
    world.homeserver.join(room(&callback), &user(SOKOLOV));
    world.settle().await;
    enters(&world, &call, SOKOLOV).await;
    let shown = world.get(PETROVA, &format!("/calls/{}", id(&call))).await;
    assert_eq!(shown["participants"].as_array().unwrap().len(), 3);

    close(&world, &talk).await;
    world.look().await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    assert_eq!(record["calls"].as_array().unwrap().len(), 1, "{record}");
    assert_eq!((&record["calls"][0]["id"], &record["calls"][0]["outcome"]), (&call["id"], &json!("completed")));
    assert_eq!(world.homeserver.membership(room(&callback), &user(SOKOLOV)).as_deref(), Some("leave"));
    assert_eq!(
        world.homeserver.membership(room(&callback), &user(PETROVA)).as_deref(),
        Some("join"),
        "he has the call-back still"
    );
    world.post(PETROVA, &format!("/callbacks/{}/done", id(&callback)), json!({ "outcome": "answered" })).await;
    world.settle().await;
    assert_eq!(world.homeserver.membership(room(&callback), &user(PETROVA)).as_deref(), Some("leave"));
}

#[tokio::test]
async fn the_consultation_outlives_the_call_back() {
    let (world, callback) = taken().await;
    let talk = consult(&world, PETROVA, &callback).await.ok();
    world.post(PETROVA, &format!("/callbacks/{}/done", id(&callback)), json!({ "outcome": "answered" })).await;
    world.settle().await;
    assert_eq!(world.homeserver.membership(room(&callback), &user(PETROVA)).as_deref(), Some("join"));
    world.say(PETROVA, room(&callback), "as we said").await;
    let shown = world.get(ANNA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!((&shown["phase"], shown["first_answer_at"].is_string()), (&json!("active"), true));
    close(&world, &talk).await;
    assert_eq!(world.homeserver.membership(room(&callback), &user(PETROVA)).as_deref(), Some("leave"));
}

#[tokio::test]
async fn only_who_has_it_begins_one_and_only_where_none_is_open() {
    let world = World::start().await;
    let callback = order(&world).await;
    let refused = consult(&world, PETROVA, &callback).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.body["callback_phase"], "new");
    world.post(PETROVA, &format!("/callbacks/{}/take", id(&callback)), json!({})).await;
    for who in [SOKOLOV, VOLKOVA, ANNA] {
        consult(&world, who, &callback).await.problem(403, "forbidden");
    }
    assert_eq!(world.get(VOLKOVA, "/consultations?view=all").await["total"], 0);

    let talk = consult(&world, PETROVA, &callback).await.ok();
    let again = consult(&world, PETROVA, &callback).await;
    again.problem(409, "conflict");
    assert_eq!((&again.body["consultation_id"], &again.body["phase"]), (&talk["id"], &json!("active")));
    close(&world, &talk).await;
    let next = consult(&world, PETROVA, &callback).await.ok();
    assert_ne!(next["id"], talk["id"], "another one, when that is over");
    close(&world, &next).await;
    world.post(PETROVA, &format!("/callbacks/{}/done", id(&callback)), json!({ "outcome": "answered" })).await;
    world.settle().await;
    let over = consult(&world, PETROVA, &callback).await;
    over.problem(409, "conflict");
    assert_eq!(over.body["callback_phase"], "archived");

    // One that the patient has asked for stands in the way too, and can be taken.
    let waits = world.ask(ANNA, "dental").await;
    let callback = order(&world).await;
    world.post(PETROVA, &format!("/callbacks/{}/take", id(&callback)), json!({})).await;
    let refused = consult(&world, PETROVA, &callback).await;
    refused.problem(409, "conflict");
    assert_eq!((&refused.body["consultation_id"], &refused.body["phase"]), (&waits["id"], &json!("queued")));
    consult(&world, PETROVA, &json!({ "id": "unknown" })).await.problem(404, "not-found");
}
