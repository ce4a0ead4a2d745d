//! Calls over a real livekit-server: what its API, its tokens and its room list do, and that a killed one ends its calls.
//!
//! `make test` builds the server; it is found by `CONSILIUM_LIVEKIT`, else in the cache folder. Media are not part of these tests: a participant is a
//! signalling connection, which is what a token opens.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::Arc;

use consilium_consult::call::{LiveKit, MediaServer, Voice};
use serde_json::{Value, json};
use support::livekit::{Joined, RealLiveKit};
use support::media::{KEY, SECRET, claims};
use support::{ANNA, PETROVA, World, user};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

struct Calling {
    server: RealLiveKit,
    world: World,
    talk: Value,
    call: Value,
    tokens: [String; 2],
    room: String,
}

/// A call that both sides have tokens for.
async fn calling() -> Calling {
    let server = RealLiveKit::start().await;
    let world = World::start_with_media(Arc::new(server.client()), &server.url()).await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/calls", id(&talk));
    let started = world.post(PETROVA, &path, json!({ "kind": "audio" })).await;
    let answered = world.post(ANNA, &format!("/calls/{}/answer", id(&started["call"])), json!({})).await;
    let token = |answer: &Value| answer["ticket"]["jwt"].as_str().unwrap().to_owned();
    let tokens = [token(&started), token(&answered)];
    let room = claims(&tokens[0])["video"]["room"].as_str().unwrap().to_owned();
    Calling { server, world, talk, call: started["call"].clone(), tokens, room }
}

#[tokio::test]
async fn a_token_opens_its_room_until_the_room_is_deleted() {
    let calling = calling().await;
    let mut operator = calling.server.join(&calling.tokens[0]).await.expect("the room is there");
    let mut patient = calling.server.join(&calling.tokens[1]).await.expect("the room is there");
    assert_eq!(operator.identity, format!("{}:D", user(PETROVA)));
    let presence = calling.server.client().presence(&calling.room).await.unwrap().expect("the room is listed");
    assert_eq!(presence.people.len(), 2, "{presence:?}");

    calling.world.post(PETROVA, &format!("/calls/{}/hang-up", id(&calling.call)), json!({})).await;
    calling.world.settle().await;
    assert!(operator.is_ended().await && patient.is_ended().await, "the end of the call is the end of the room");
    assert!(calling.server.client().presence(&calling.room).await.unwrap().is_none());
    for token in &calling.tokens {
        assert_eq!(calling.server.join(token).await.err(), Some(404), "a token that still lives opens nothing");
    }
}

#[tokio::test]
async fn who_is_taken_out_comes_back_neither_with_the_old_nor_with_a_refreshed_token() {
    let calling = calling().await;
    let world = &calling.world;
    let _operator = calling.server.join(&calling.tokens[0]).await.unwrap();
    let mut patient = calling.server.join(&calling.tokens[1]).await.unwrap();
    let refreshed = patient.refreshed_token().await;
    assert_ne!(refreshed, calling.tokens[1]);
    // The room list tells what no event did: a signalling connection is not a participant for the media server's events.
    world.pass(31);
    world.look().await;
    world.homeserver.leave(calling.talk["room_id"].as_str().unwrap(), &user(ANNA));
    world.settle().await;
    world.look().await;
    assert!(patient.is_ended().await, "he is out");
    for token in [&calling.tokens[1], &refreshed] {
        let mut again: Joined = calling.server.join(token).await.expect("a token cannot be taken back");
        world.pass(1);
        world.look().await;
        assert!(again.is_ended().await, "and out again");
    }
    let presence = calling.server.client().presence(&calling.room).await.unwrap().unwrap();
    assert_eq!(presence.people.iter().map(|who| who.identity.as_str()).collect::<Vec<_>>(), ["@petrova:hs.test:D"]);
}

#[tokio::test]
async fn a_killed_media_server_closes_the_record_and_chat_goes_on() {
    let mut calling = calling().await;
    let _both = (
        calling.server.join(&calling.tokens[0]).await.unwrap(),
        calling.server.join(&calling.tokens[1]).await.unwrap(),
    );
    calling.world.pass(31);
    calling.world.look().await;
    calling.server.kill();
    let world = &calling.world;
    for _ in 0..7 {
        world.pass(5);
        world.only_look().await;
    }
    let over = world.get(ANNA, &format!("/calls/{}", id(&calling.call))).await;
    assert_eq!((over["state"].as_str(), over["outcome"].as_str()), (Some("ended"), Some("lost")), "{over}");
    assert_eq!(world.get(ANNA, "/calls/availability").await["available"], false);
    let path = format!("/consultations/{}/calls", id(&calling.talk));
    world.call(PETROVA, "POST", &path, Some(json!({ "kind": "audio" }))).await.problem(503, "calls-unavailable");
    world.say(ANNA, calling.talk["room_id"].as_str().unwrap(), "are you there?").await;

    calling.server.start_again().await;
    world.only_look().await;
    world.settle_late().await;
    let again = world.post(PETROVA, &path, json!({ "kind": "audio" })).await;
    assert_eq!(again["call"]["state"], "ringing");
    calling.server.join(again["ticket"]["jwt"].as_str().unwrap()).await.expect("call again works");
}

#[tokio::test]
async fn the_server_api_is_idempotent_and_refuses_a_wrong_key() {
    let server = RealLiveKit::start().await;
    let client = server.client();
    let sid = client.open("r1").await.unwrap();
    assert_eq!(client.open("r1").await.unwrap(), sid, "the same life of the room");
    client.remove("r1", "nobody").await.unwrap();
    client.remove("r2", "nobody").await.unwrap();
    client.close("r2").await.unwrap();
    client.close("r1").await.unwrap();
    assert_ne!(client.open("r1").await.unwrap(), sid, "another life");
    assert!(LiveKit::new(&server.http(), KEY, "a wrong secret of enough characters, really").open("r1").await.is_err());
    let token = LiveKit::new(&server.http(), KEY, SECRET).token("never-made", "@a:x:D", Voice::Speaks).unwrap();
    assert_eq!(server.join(&token).await.err(), Some(404), "rooms are made by the service only");
}

#[tokio::test]
async fn who_only_listens_is_let_speak_and_silenced_where_he_is() {
    const OBSERVER: &str = "@volkova:hs.test:D";
    let server = RealLiveKit::start().await;
    let client = server.client();
    client.open("r1").await.unwrap();
    let mut there = server.join(&client.token("r1", OBSERVER, Voice::Listens).unwrap()).await.unwrap();
    let speaks = claims(&there.refreshed_token().await)["video"]["canPublish"].clone();
    assert_eq!(speaks, false, "nor does a refreshed token");
    let voice = async || client.presence("r1").await.unwrap().unwrap().people.first().and_then(|who| who.voice);
    assert_eq!(voice().await, Some(Voice::Listens));
    for to in [Voice::Speaks, Voice::Listens] {
        client.let_speak("r1", OBSERVER, to).await.unwrap();
        assert_eq!(voice().await, Some(to));
    }
    client.let_speak("r1", "nobody", Voice::Listens).await.unwrap();
    client.let_speak("r2", OBSERVER, Voice::Listens).await.unwrap();
}
