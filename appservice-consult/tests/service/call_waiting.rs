//! Devices at which it rings wait in the media room: they see and hear nothing, and are in no record until one of them answers.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;
use std::time::Duration;

use consilium_consult::call::{LiveKit, MediaError, MediaServer as _, Someone, Voice};
use serde_json::{Value, json};
use support::livekit::RealLiveKit;
use support::media::{Event, claims, sign};
use support::twirp::{PlannedLiveKit, Said};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, World, user};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn identity(who: &str) -> String {
    format!("{}:D", user(who))
}

/// Dr Petrova calls Anna, whose device waits.
struct Ringing {
    world: World,
    call: Value,
    /// The media server's room, by name and number; it is gone soon after the call.
    room: (String, String),
    waits: Someone,
}

impl Ringing {
    async fn begin() -> Self {
        let world = World::start().await;
        let talk = world.talk(ANNA, PETROVA).await;
        let path = format!("/consultations/{}/calls", id(&talk));
        let started = world.post(PETROVA, &path, json!({ "kind": "video" })).await;
        let call = started["call"].clone();
        let room = world.media.only_room();
        let operator = world.media.connect(&room.0, &identity(PETROVA)).unwrap();
        let ringing = Self { waits: operator.clone(), world, call, room };
        ringing.tell("participant_joined", &operator).await;
        let ticket = ringing.press(ANNA, "stand-by").await.ok();
        let waits = ringing.world.media.connect_by(ticket["ticket"]["jwt"].as_str().unwrap()).unwrap();
        let ringing = Self { waits, ..ringing };
        ringing.tell("participant_joined", &ringing.waits).await;
        ringing.world.pass(12);
        ringing.world.look().await;
        ringing
    }

    async fn press(&self, who: &str, what: &str) -> support::Answer {
        self.world.call(who, "POST", &format!("/calls/{}/{what}", id(&self.call)), Some(json!({}))).await
    }

    /// The media server tells that somebody came or left, with what it lets him.
    async fn tell(&self, kind: &str, who: &Someone) {
        let (room, room_sid) = &self.room;
        let at_ms = self.world.now_ms();
        let event = Event {
            id: format!("EV_{}", self.world.media.number()),
            kind,
            room,
            room_sid,
            at_ms,
            who: Some((&who.sid, &who.identity, at_ms)),
            reason: "CLIENT_INITIATED",
        };
        let mut body: Value = serde_json::from_str(&event.body()).unwrap();
        let waits = who.voice == Some(Voice::Waits);
        let permission =
            json!({ "canSubscribe": !waits, "canPublish": !waits, "canPublishData": !waits, "hidden": waits });
        body["participant"]["permission"] = permission;
        let body = body.to_string();
        assert_eq!(self.world.hook(&body, &sign(&body)).await, 200);
    }

    async fn listed(&self) -> Value {
        self.world.get(PETROVA, "/calls").await["items"][0].clone()
    }

    fn voice(&self) -> Option<Voice> {
        self.world.media.voice_of(&identity(ANNA))
    }
}

fn names(call: &Value) -> Vec<&str> {
    call["participants"].as_array().unwrap().iter().map(|one| one["user_id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_token_to_wait_with_lets_nobody_see_hear_or_be_seen() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/calls", id(&talk));
    let started = world.post(PETROVA, &path, json!({ "kind": "video" })).await;
    let ticket = world.post(ANNA, &format!("/calls/{}/stand-by", id(&started["call"])), json!({})).await;
    assert_eq!(ticket["call"]["state"], "ringing");
    let claims = claims(ticket["ticket"]["jwt"].as_str().unwrap());
    assert_eq!(claims["sub"], identity(ANNA));
    let video = &claims["video"];
    assert_eq!((&video["hidden"], &video["canSubscribe"]), (&json!(true), &json!(false)), "{video}");
    assert_eq!((&video["canPublish"], &video["canPublishData"]), (&json!(false), &json!(false)), "{video}");
}

#[tokio::test]
async fn who_waits_is_in_no_record_and_is_not_let_in_by_waiting() {
    let ringing = Ringing::begin().await;
    assert_eq!(ringing.voice(), Some(Voice::Waits), "a look at who came lets nobody in");
    // The room list is compared too.
    ringing.world.pass(31);
    ringing.world.look().await;
    let call = ringing.listed().await;
    assert_eq!((call["state"].as_str(), names(&call)), (Some("ringing"), vec![user(PETROVA).as_str()]), "{call}");
    ringing.press(ANNA, "decline").await.ok();
    ringing.tell("participant_left", &ringing.waits).await;
    ringing.world.settle().await;
    let call = ringing.listed().await;
    assert_eq!((call["outcome"].as_str(), call["talked_seconds"].as_i64()), (Some("declined"), Some(0)), "{call}");
    assert_eq!(names(&call), [user(PETROVA).as_str()], "who declines was never there");
}

#[tokio::test]
async fn who_answers_is_let_in_and_his_time_begins_with_the_answer() {
    let ringing = Ringing::begin().await;
    let answered = ringing.press(ANNA, "answer").await.ok();
    assert_eq!(answered["call"]["state"], "answered");
    assert_eq!(ringing.voice(), Some(Voice::Speaks));
    let call = ringing.listed().await;
    assert_eq!(names(&call).len(), 2, "{call}");
    ringing.world.pass(60);
    // The media server says since when he is connected: twelve seconds before he answered.
    let left = Someone { voice: Some(Voice::Speaks), ..ringing.waits.clone() };
    ringing.tell("participant_left", &left).await;
    ringing.press(ANNA, "hang-up").await.ok();
    ringing.world.settle().await;
    let call = ringing.listed().await;
    assert_eq!((call["outcome"].as_str(), call["talked_seconds"].as_i64()), (Some("completed"), Some(60)), "{call}");
}

#[tokio::test]
async fn a_repeated_answer_counts_once() {
    let ringing = Ringing::begin().await;
    for _ in 0..2 {
        ringing.press(ANNA, "answer").await.ok();
    }
    assert_eq!(names(&ringing.listed().await).len(), 2);
}

#[tokio::test]
async fn only_those_at_whom_it_rings_may_wait_and_only_as_long_as_it_does() {
    let ringing = Ringing::begin().await;
    ringing.press(PETROVA, "stand-by").await.problem(409, "conflict");
    ringing.press(BORIS, "stand-by").await.problem(404, "not-found");
    ringing.press(SOKOLOV, "stand-by").await.problem(403, "forbidden");
    ringing.press(ANNA, "answer").await.ok();
    ringing.press(ANNA, "stand-by").await.problem(409, "conflict");
    ringing.press(ANNA, "hang-up").await.ok();
    ringing.press(ANNA, "stand-by").await.problem(409, "conflict");
}

#[tokio::test]
async fn who_is_put_out_of_the_room_waits_no_longer() {
    let ringing = Ringing::begin().await;
    let room = ringing.call["room_id"].as_str().unwrap();
    ringing.world.homeserver.leave(room, &user(ANNA));
    ringing.world.settle().await;
    ringing.world.look().await;
    assert!(!ringing.world.media.is_there(&identity(ANNA)));
}

#[tokio::test]
async fn a_real_media_server_shows_nobody_who_waits_and_lets_him_in() {
    let server = RealLiveKit::start().await;
    let client = server.client();
    client.open("r1").await.unwrap();
    let _waits = server.join(&client.token("r1", "@anna:hs.test:D", Voice::Waits).unwrap()).await.unwrap();
    let voice = async || client.presence("r1").await.unwrap().unwrap().people.first().and_then(|who| who.voice);
    assert_eq!(voice().await, Some(Voice::Waits));
    let come = client.let_speak("r1", "@anna:hs.test:D", Voice::Speaks).await.unwrap().expect("he is there");
    assert_eq!((come.voice, voice().await), (Some(Voice::Speaks), Some(Voice::Speaks)));
    assert_eq!(client.let_speak("r1", "nobody", Voice::Speaks).await.unwrap(), None);
}

/// Of a request that nobody answers.
const SHORT: Duration = Duration::from_millis(500);

async fn let_in(client: &LiveKit) -> Result<Option<Someone>, MediaError> {
    client.let_speak("r1", "@anna:hs.test:D", Voice::Speaks).await
}

#[tokio::test]
async fn who_is_just_coming_and_cannot_be_told_yet_is_told_until_he_hears_it() {
    let server = PlannedLiveKit::start(&[Said::Unavailable, Said::Unavailable, Said::Done]).await;
    let come = let_in(&server.client()).await.unwrap().expect("he is there");
    assert_eq!((come.identity.as_str(), come.voice), ("@anna:hs.test:D", Some(Voice::Speaks)));
    assert_eq!(server.asked(), ["UpdateParticipant"; 3]);

    let server = PlannedLiveKit::start(&[Said::Unavailable, Said::NotFound]).await;
    assert_eq!(let_in(&server.client()).await, Ok(None), "he has gone again");
}

#[tokio::test]
async fn a_request_that_is_not_answered_in_time_is_made_again() {
    let server = PlannedLiveKit::start(&[Said::Silence, Said::Unavailable, Said::Done]).await;
    let come = let_in(&server.client().with_request_timeout(SHORT)).await.unwrap().expect("he is there");
    assert_eq!(come.voice, Some(Voice::Speaks));

    let server = PlannedLiveKit::start(&[Said::Silence]).await;
    let unreachable = let_in(&server.client().with_request_timeout(SHORT).with_patience(Duration::ZERO)).await;
    assert!(matches!(unreachable, Err(MediaError::Unreachable(_))), "{unreachable:?}");
}

#[tokio::test]
async fn who_can_never_be_told_is_waited_for_and_then_it_is_refused() {
    let server = PlannedLiveKit::start(&[Said::Unavailable]).await;
    let refused = let_in(&server.client().with_patience(Duration::ZERO)).await;
    assert!(matches!(&refused, Err(MediaError::Refused(why)) if why.contains("unavailable")), "{refused:?}");

    let server = PlannedLiveKit::start(&[Said::NotFound]).await;
    assert_eq!(let_in(&server.client()).await, Ok(None));
    assert_eq!(server.asked().len(), 1, "who is not there is not told again");
}

#[tokio::test]
async fn who_answers_and_cannot_be_let_in_is_told_so_and_it_rings_on() {
    let ringing = Ringing::begin().await;
    ringing.world.media.is_unheard.store(true, Ordering::SeqCst);
    ringing.press(ANNA, "answer").await.problem(503, "calls-unavailable");
    let call = ringing.listed().await;
    assert_eq!((call["state"].as_str(), names(&call)), (Some("ringing"), vec![user(PETROVA).as_str()]), "{call}");
    assert_eq!(ringing.voice(), Some(Voice::Waits));
    let calls = ringing.world.get(PETROVA, "/calls/availability").await;
    assert_eq!(calls["available"], true, "for everybody else calls work: {calls}");
    ringing.world.media.is_unheard.store(false, Ordering::SeqCst);
    assert_eq!(ringing.press(ANNA, "answer").await.ok()["call"]["state"], "answered");
    assert_eq!(ringing.voice(), Some(Voice::Speaks));
}
