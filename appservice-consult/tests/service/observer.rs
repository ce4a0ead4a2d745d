//! Who observes reads and listens: he cannot write in the room, and sends nothing in a call, whichever client he takes.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use consilium_consult::call::Voice;
use serde_json::{Value, json};
use support::media::{Event, claims, sign};
use support::{ANNA, Answer, PETROVA, SOKOLOV, VOLKOVA, World, sfu_get, user};

const LEVELS: &str = "m.room.power_levels";

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn room(talk: &Value) -> &str {
    talk["room_id"].as_str().unwrap()
}

async fn operator_id(world: &World, who: &str) -> String {
    world.get(who, "/me").await["operator"]["id"].as_str().unwrap().to_owned()
}

async fn invite(world: &World, talk: &Value, whom: &str, role: &str) {
    let body = json!({ "operator_id": operator_id(world, whom).await, "role": role });
    world.post(PETROVA, &format!("/consultations/{}/participants", id(talk)), body).await;
}

async fn dismiss(world: &World, talk: &Value, whom: &str) {
    let whom = operator_id(world, whom).await;
    let path = format!("/consultations/{}/participants/{whom}", id(talk));
    world.call(PETROVA, "DELETE", &path, None).await.ok();
}

/// A consultation of Anna that Petrova leads; Volkova and Sokolov are on duty.
async fn talk() -> (World, Value) {
    let world = World::start().await;
    for who in [SOKOLOV, VOLKOVA] {
        world.call(who, "PUT", "/operators/me/status", Some(json!({ "status": "online" }))).await.ok();
    }
    let talk = world.talk(ANNA, PETROVA).await;
    world.pass(1);
    (world, talk)
}

/// The same, and Volkova observes it.
async fn observed() -> (World, Value) {
    let (world, talk) = talk().await;
    invite(&world, &talk, VOLKOVA, "observer").await;
    come(&world, &talk, VOLKOVA).await;
    (world, talk)
}

async fn come(world: &World, talk: &Value, who: &str) {
    world.settle().await;
    world.homeserver.join(room(talk), &user(who));
    world.settle().await;
}

/// The levels of single people in the room.
async fn levels(world: &World, talk: &Value) -> Value {
    world.settle().await;
    world.homeserver.state(room(talk), LEVELS, "").map_or(Value::Null, |levels| levels["users"].clone())
}

fn below() -> Value {
    json!({ user(VOLKOVA): -1 })
}

#[tokio::test]
async fn who_observes_is_kept_from_writing_until_he_leaves_or_has_another_role() {
    let (world, talk) = observed().await;
    assert_eq!(levels(&world, &talk).await, below());
    let all = world.homeserver.state(room(&talk), LEVELS, "").unwrap();
    assert_eq!((&all["events_default"], &all["users_default"]), (&json!(0), &json!(0)), "everybody else may");
    invite(&world, &talk, VOLKOVA, "consultant").await;
    assert_eq!(levels(&world, &talk).await, json!({}));
    invite(&world, &talk, VOLKOVA, "observer").await;
    assert_eq!(levels(&world, &talk).await, below());
    dismiss(&world, &talk, VOLKOVA).await;
    assert_eq!(levels(&world, &talk).await, json!({}));
    assert_eq!(world.homeserver.membership(room(&talk), &user(VOLKOVA)).as_deref(), Some("leave"));

    invite(&world, &talk, VOLKOVA, "observer").await;
    come(&world, &talk, VOLKOVA).await;
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    assert_eq!(levels(&world, &talk).await, json!({}), "it is over");
}

#[tokio::test]
async fn who_observes_and_is_handed_the_consultation_writes() {
    let (world, talk) = observed().await;
    let to = json!({ "to": { "operator_id": operator_id(&world, VOLKOVA).await }, "note": "yours" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&talk)), to).await;
    assert_eq!(levels(&world, &talk).await, json!({}));
}

#[tokio::test]
async fn nobody_comes_to_observe_before_he_is_kept_from_writing_also_over_a_restart() {
    let (world, talk) = talk().await;
    world.homeserver.takes_no_state.store(true, Ordering::SeqCst);
    invite(&world, &talk, VOLKOVA, "observer").await;
    let tried = async {
        while world.homeserver.state_refused.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), tried).await.expect("the levels are tried");
    assert_eq!(world.homeserver.membership(room(&talk), &user(VOLKOVA)), None, "the invitation waits for them");
    let (clock, homeserver) = (Arc::clone(&world.clock), Arc::clone(&world.homeserver));
    let mended = world.restart_with(|_| {
        clock.pass(60);
        homeserver.takes_no_state.store(false, Ordering::SeqCst);
    });
    let world = mended.await;
    assert_eq!(levels(&world, &talk).await, below());
    assert_eq!(world.homeserver.membership(room(&talk), &user(VOLKOVA)).as_deref(), Some("invite"));
}

#[tokio::test]
async fn a_room_that_was_observed_before_there_were_such_levels_gets_them_at_the_start() {
    let (world, talk) = observed().await;
    world.homeserver.forget_state(room(&talk), LEVELS, "");
    let world = world.restart().await;
    assert_eq!(levels(&world, &talk).await, below());
    // A room that is opened for calls keeps them too.
    world.homeserver.forget_state(room(&talk), "org.matrix.msc4143.rtc.slot", "m.call#ROOM");
    start(&world, PETROVA, &talk).await.ok();
    assert_eq!(levels(&world, &talk).await, below());
}

#[tokio::test]
async fn who_is_sent_out_before_the_invitation_was_carried_out_is_not_asked_in() {
    let (world, talk) = talk().await;
    let gate = world.member.gate.lock().await;
    invite(&world, &talk, VOLKOVA, "observer").await;
    dismiss(&world, &talk, VOLKOVA).await;
    drop(gate);
    world.settle().await;
    assert_eq!(world.homeserver.membership(room(&talk), &user(VOLKOVA)), None);
}

async fn start(world: &World, who: &str, talk: &Value) -> Answer {
    world.call(who, "POST", &format!("/consultations/{}/calls", id(talk)), Some(json!({ "kind": "video" }))).await
}

/// A ticket for a call that is on.
async fn ticket(world: &World, who: &str, call: &Value) -> Answer {
    world.call(who, "POST", &format!("/calls/{}/token", id(call)), Some(json!({}))).await
}

fn jwt(joined: &Value) -> &str {
    joined["ticket"]["jwt"].as_str().unwrap()
}

/// What a token lets its holder do: publish, publish data, subscribe.
fn grants(jwt: &str) -> [Value; 3] {
    let video = claims(jwt)["video"].clone();
    ["canPublish", "canPublishData", "canSubscribe"].map(|grant| video[grant].clone())
}

/// Somebody comes by a token; the media server tells it, and the service looks.
async fn enter(world: &World, who: &str, jwt: &str) {
    let come = world.media.connect_by(jwt).unwrap();
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
    assert_eq!(come.identity, identity(who));
    world.look().await;
}

fn identity(who: &str) -> String {
    format!("{}:D", user(who))
}

/// A call between Petrova and Anna that both are in.
async fn in_call(world: &World, talk: &Value) -> Value {
    let started = start(world, PETROVA, talk).await.ok();
    let call = started["call"].clone();
    let answered = world.post(ANNA, &format!("/calls/{}/answer", id(&call)), json!({})).await;
    enter(world, PETROVA, jwt(&started)).await;
    enter(world, ANNA, jwt(&answered)).await;
    world.pass(1);
    call
}

#[tokio::test]
async fn the_token_of_who_observes_lets_him_hear_and_see_and_nothing_else() {
    let (world, talk) = observed().await;
    let call = in_call(&world, &talk).await;
    let silent = [json!(false), json!(false), json!(true)];
    let heard = [json!(true), json!(true), json!(true)];
    let volkovas = ticket(&world, VOLKOVA, &call).await.ok();
    assert_eq!(grants(jwt(&volkovas)), silent);
    let by_any_client = world.rtc("sfu/get", &sfu_get(VOLKOVA, room(&talk))).await.ok();
    assert_eq!(grants(by_any_client["jwt"].as_str().unwrap()), silent);
    let passed_on = world.passed_on(VOLKOVA, "v1/rtc/livekit/get_token", &support::passed_token(room(&talk))).await;
    assert_eq!(grants(passed_on.ok()["jwt"].as_str().unwrap()), silent);
    for who in [PETROVA, ANNA] {
        assert_eq!(grants(jwt(&ticket(&world, who, &call).await.ok())), heard, "{who}");
    }
    invite(&world, &talk, VOLKOVA, "trainee").await;
    assert_eq!(grants(jwt(&ticket(&world, VOLKOVA, &call).await.ok())), heard);
}

#[tokio::test]
async fn who_observes_neither_begins_nor_answers_nor_ends_a_call_nor_keeps_one_going() {
    let (world, talk) = observed().await;
    start(&world, VOLKOVA, &talk).await.problem(403, "forbidden");
    assert_eq!(world.rtc("sfu/get", &sfu_get(VOLKOVA, room(&talk))).await.status, 403, "there is no call");
    assert!(world.media.rooms().is_empty(), "and no room was made");
    let rings = start(&world, ANNA, &talk).await.ok()["call"].clone();
    world
        .call(VOLKOVA, "POST", &format!("/calls/{}/answer", id(&rings)), Some(json!({})))
        .await
        .problem(403, "forbidden");
    ticket(&world, VOLKOVA, &rings).await.problem(403, "forbidden");
    world.post(ANNA, &format!("/calls/{}/cancel", id(&rings)), json!({})).await;
    world.settle().await;

    let call = in_call(&world, &talk).await;
    enter(&world, VOLKOVA, jwt(&ticket(&world, VOLKOVA, &call).await.ok())).await;
    for what in ["decline", "cancel", "hang-up"] {
        let on = world.post(VOLKOVA, &format!("/calls/{}/{what}", id(&call)), json!({})).await;
        assert_eq!(on["state"], "answered", "{what}");
    }
    let over = world.post(PETROVA, &format!("/calls/{}/hang-up", id(&call)), json!({})).await;
    assert_eq!(over["state"], "ended");
}

#[tokio::test]
async fn who_observes_makes_nothing_ring_where_he_comes_first_by_a_token_of_before() {
    let (world, talk) = observed().await;
    let call = in_call(&world, &talk).await;
    let of_before = ticket(&world, VOLKOVA, &call).await.ok();
    world.post(PETROVA, &format!("/calls/{}/hang-up", id(&call)), json!({})).await;
    world.settle().await;
    // Another client is about to call: its token opens the room.
    let next = world.rtc("sfu/get", &sfu_get(PETROVA, room(&talk))).await.ok();
    enter(&world, VOLKOVA, jwt(&of_before)).await;
    let calls = world.get(ANNA, "/calls").await;
    assert_eq!(calls["total"], 1, "{calls}");
    enter(&world, PETROVA, next["jwt"].as_str().unwrap()).await;
    let rings = world.get(ANNA, "/calls?open=true").await;
    let ring = &rings["items"][0];
    assert_eq!((&rings["total"], &ring["state"]), (&json!(1), &json!("ringing")), "{rings}");
    assert_eq!(ring["caller_user_id"], user(PETROVA));
}

#[tokio::test]
async fn whose_role_changes_during_a_call_speaks_or_falls_silent_within_a_look() {
    let (world, talk) = observed().await;
    let call = in_call(&world, &talk).await;
    enter(&world, VOLKOVA, jwt(&ticket(&world, VOLKOVA, &call).await.ok())).await;
    let volkova = identity(VOLKOVA);
    assert_eq!(world.media.voice_of(&volkova), Some(Voice::Listens));
    for (role, voice) in [("consultant", Voice::Speaks), ("observer", Voice::Listens)] {
        invite(&world, &talk, VOLKOVA, role).await;
        world.look().await;
        assert_eq!(world.media.voice_of(&volkova), Some(voice), "{role}");
        world.pass(1);
    }
    assert!(world.media.removed.lock().unwrap().is_empty(), "nobody was taken out for it");
    assert_eq!(world.media.voice_of(&identity(PETROVA)), Some(Voice::Speaks));
}

#[tokio::test]
async fn a_token_of_before_does_not_let_who_observes_speak() {
    let (world, talk) = observed().await;
    let call = in_call(&world, &talk).await;
    invite(&world, &talk, VOLKOVA, "consultant").await;
    let of_before = ticket(&world, VOLKOVA, &call).await.ok();
    world.pass(1);
    invite(&world, &talk, VOLKOVA, "observer").await;
    world.look().await;
    enter(&world, VOLKOVA, jwt(&of_before)).await;
    assert_eq!(world.media.voice_of(&identity(VOLKOVA)), Some(Voice::Listens));
}

#[tokio::test]
async fn when_only_an_observer_is_left_with_the_patient_the_call_ends_and_his_time_is_nobodys_talk() {
    let (world, talk) = observed().await;
    let call = in_call(&world, &talk).await;
    enter(&world, VOLKOVA, jwt(&ticket(&world, VOLKOVA, &call).await.ok())).await;
    world.pass(60);
    let (media_room, _) = world.media.only_room();
    let petrova = world.media.sid_of(&identity(PETROVA)).unwrap();
    world.media.disconnect(&media_room, &petrova);
    // No event comes of it: the room list says so.
    world.pass(61);
    world.look().await;
    world.pass(121);
    world.look().await;
    let over = world.get(PETROVA, &format!("/calls/{}", id(&call))).await;
    assert_eq!(over["state"], "ended");
    let talked = over["talked_seconds"].as_i64().unwrap();
    assert!(talked < 130, "{talked} s: the observer's time counts");
    assert!(over["participants"].as_array().unwrap().iter().any(|one| one["user_id"] == user(VOLKOVA)), "he was there");
}
