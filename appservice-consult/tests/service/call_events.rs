//! What the media server tells is the record: signed, repeated, shuffled, lost. And who must not be in a call does not stay in it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use support::media::{Event, KEY, SECRET, sign, sign_as};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, World, sfu_get, user};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

fn identity(who: &str) -> String {
    format!("{}:D", user(who))
}

/// A call that both have joined, with the ids of their connections.
struct Running {
    world: World,
    talk: Value,
    call: Value,
    room: String,
    sids: [String; 2],
}

async fn running() -> Running {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/calls", id(&talk));
    let call = world.post(PETROVA, &path, json!({ "kind": "audio" })).await["call"].clone();
    world.post(ANNA, &format!("/calls/{}/answer", id(&call)), json!({})).await;
    let (room, room_sid) = world.media.only_room();
    let mut sids = Vec::new();
    for who in [PETROVA, ANNA] {
        let sid = world.media.connect(&room, &identity(who)).unwrap().sid;
        tell(&world, "participant_joined", (&room, &room_sid), (&sid, who)).await;
        sids.push(sid);
    }
    world.look().await;
    Running { world, talk, call, room, sids: sids.try_into().unwrap() }
}

async fn tell(world: &World, kind: &str, (room, room_sid): (&str, &str), (sid, who): (&str, &str)) {
    let now = world.now_ms();
    let event = Event {
        id: format!("EV_{}", world.media.number()),
        kind,
        room,
        room_sid,
        at_ms: now,
        who: Some((sid, &identity(who), now)),
        reason: "CLIENT_INITIATED",
    };
    let body = event.body();
    assert_eq!(world.hook(&body, &sign(&body)).await, 200);
}

impl Running {
    async fn call(&self) -> Value {
        self.world.get(PETROVA, &format!("/calls/{}", id(&self.call))).await
    }
}

#[tokio::test]
async fn an_event_without_the_right_signature_changes_nothing() {
    let running = running().await;
    let world = &running.world;
    let before = running.call().await;
    let (room, room_sid) = world.media.only_room();
    let now = world.now_ms();
    let event = Event {
        id: "EV_forged".to_owned(),
        kind: "participant_left",
        room: &room,
        room_sid: &room_sid,
        at_ms: now,
        who: Some((&running.sids[1], &identity(ANNA), now)),
        reason: "CLIENT_INITIATED",
    };
    let body = event.body();
    let signature = sign(&body);
    for at in (0..body.len()).step_by(7) {
        let mut tampered = body.clone().into_bytes();
        tampered[at] ^= 1;
        if let Ok(tampered) = String::from_utf8(tampered) {
            assert_eq!(world.hook(&tampered, &signature).await, 401, "byte {at}");
        }
    }
    let formatted = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&body).unwrap()).unwrap();
    let cut = &body[..body.len() - 1];
    for other in [formatted.as_str(), cut, "", "{}", &format!("{body} ")] {
        assert_eq!(world.hook(other, &signature).await, 401, "{other}");
    }
    let join_token = world.post(ANNA, &format!("/calls/{}/token", id(&running.call)), json!({})).await;
    let join_token = join_token["ticket"]["jwt"].as_str().unwrap();
    let cut_signature = &signature[..signature.len() - 2];
    for forged in [
        join_token,
        cut_signature,
        &format!("Bearer {signature}"),
        &sign_as(KEY, "another secret of the same length as ours is, nearly", &body),
        &sign_as("other", SECRET, &body),
        &sign("{}"),
        "",
        "x",
    ] {
        assert_eq!(world.hook(&body, forged).await, 401, "{forged}");
    }
    let wrong_kind =
        Request::post("/webhook").header("content-type", "application/json").header("authorization", &signature);
    assert_eq!(world.webhook(wrong_kind.body(Body::from(body.clone())).unwrap()).await, 415);
    assert_eq!(running.call().await, before);
    assert_eq!(world.hook(&body, &signature).await, 200, "the true one is taken");
    assert_ne!(running.call().await, before);
}

#[tokio::test]
async fn a_repeated_event_counts_once_and_a_foreign_room_is_nobodys() {
    let running = running().await;
    let world = &running.world;
    let (room, room_sid) = world.media.only_room();
    world.pass(30);
    let now = world.now_ms();
    let left = |id: &str, room: &str, at_ms: i64| {
        let identity = identity(ANNA);
        let who = Some((running.sids[1].as_str(), identity.as_str(), now - 30_000));
        let event = Event {
            id: id.to_owned(),
            kind: "participant_left",
            room,
            room_sid: &room_sid,
            at_ms,
            who,
            reason: "CLIENT_INITIATED",
        };
        event.body()
    };
    let body = left("EV_1", &room, now);
    assert_eq!(world.hook(&body, &sign(&body)).await, 200);
    let once = running.call().await;
    world.pass(50);
    for _ in 0..3 {
        assert_eq!(world.hook(&body, &sign(&body)).await, 200);
    }
    assert_eq!(running.call().await, once);
    let elsewhere = left("EV_2", "somebody-elses-room", now);
    assert_eq!(world.hook(&elsewhere, &sign(&elsewhere)).await, 200);
    assert_eq!(running.call().await, once);
}

/// All events of one call, whose times are known.
fn events_of(number: i64, room: &str, begins_ms: i64) -> Vec<String> {
    let (room_sid, patient, staff) = (format!("RM_many_{number}"), format!("PA_a{number}"), format!("PA_p{number}"));
    let (anna, petrova) = (identity(ANNA), identity(PETROVA));
    let at = |seconds: i64| begins_ms + seconds * 1_000;
    let length = 30 + number % 50;
    let event = |what: &str, kind: &'static str, seconds: i64, who: Option<(&str, &str, i64)>| {
        let (id, at_ms) = (format!("EV_{number}_{what}"), at(seconds));
        Event { id, kind, room, room_sid: &room_sid, at_ms, who, reason: "CLIENT_INITIATED" }.body()
    };
    vec![
        event("s", "room_started", 0, None),
        event("ps", "participant_joined", 1, Some((&staff, &petrova, at(1)))),
        event("pp", "participant_joined", 10, Some((&patient, &anna, at(10)))),
        event("lp", "participant_left", 10 + length, Some((&patient, &anna, at(10)))),
        event("ls", "participant_left", 12 + length, Some((&staff, &petrova, at(1)))),
        event("f", "room_finished", 17 + length, None),
    ]
}

/// The same order each time, and no order at all.
fn shuffle<T>(items: &mut [T]) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for at in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap() % (at + 1);
        items.swap(at, other);
    }
}

#[tokio::test]
async fn a_thousand_calls_events_doubled_and_shuffled_give_the_right_records() {
    const CALLS: i64 = 1_000;
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    for who in [ANNA, PETROVA] {
        world.rtc("sfu/get", &sfu_get(who, room)).await.ok();
    }
    let (media_room, _) = world.media.only_room();
    let begins = world.now_ms();
    let mut events: Vec<String> =
        (0..CALLS).flat_map(|number| events_of(number, &media_room, begins + number * 60_000)).collect();
    events.extend(events.clone());
    shuffle(&mut events);
    world.pass(CALLS * 60 + 600);
    for some in events.chunks(256) {
        let answers = some.iter().map(async |body| world.hook(body, &sign(body)).await);
        assert!(futures_util::future::join_all(answers).await.iter().all(|status| *status == 200));
    }
    world.pass(15);
    world.look().await;
    let (mut cursor, mut talked, mut seen) = (String::new(), 0, 0);
    loop {
        let page = world.get(PETROVA, &format!("/calls?limit=200{cursor}")).await;
        assert_eq!(page["total"], CALLS);
        for call in page["items"].as_array().unwrap() {
            assert_eq!(
                (call["state"].as_str(), call["outcome"].as_str()),
                (Some("ended"), Some("completed")),
                "{call}"
            );
            assert_eq!(
                (call["caller_side"].as_str(), call["participants"].as_array().unwrap().len()),
                (Some("staff"), 2),
                "{call}"
            );
            let seconds = call["talked_seconds"].as_i64().unwrap();
            assert!((30..=81).contains(&seconds), "{call}");
            talked += seconds;
            seen += 1;
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let whole: i64 = (0..CALLS).map(|number| 30 + number % 50).sum();
    assert_eq!(seen, CALLS);
    assert!((talked - whole).abs() <= CALLS, "each to the second: {talked} of {whole}");
}

#[tokio::test]
async fn events_that_never_came_are_found_in_the_room_list() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/calls", id(&talk));
    let call = world.post(PETROVA, &path, json!({ "kind": "audio" })).await["call"].clone();
    let (room, _) = world.media.only_room();
    world.post(ANNA, &format!("/calls/{}/answer", id(&call)), json!({})).await;
    let sids: Vec<String> =
        [PETROVA, ANNA].iter().map(|who| world.media.connect(&room, &identity(who)).unwrap().sid).collect();
    world.pass(31);
    world.look().await;
    let shown = world.get(PETROVA, &format!("/calls/{}", id(&call))).await;
    assert_eq!(shown["participants"].as_array().unwrap().len(), 2, "{shown}");
    world.pass(60);
    for sid in &sids {
        world.media.disconnect(&room, sid);
    }
    world.look().await;
    world.pass(11);
    world.look().await;
    let over = world.get(PETROVA, &format!("/calls/{}", id(&call))).await;
    assert_eq!((over["state"].as_str(), over["outcome"].as_str()), (Some("ended"), Some("completed")), "{over}");
    // Nobody said when they left: the time in which a lost connection goes unnoticed is not billed.
    assert_eq!(over["talked_seconds"], 39);
}

#[tokio::test]
async fn one_look_ends_all_calls_whose_time_is_over() {
    let world = World::start().await;
    let mut calls = Vec::new();
    for (patient, operator) in [(ANNA, PETROVA), (BORIS, SOKOLOV)] {
        let talk = world.talk(patient, operator).await;
        let path = format!("/consultations/{}/calls", id(&talk));
        calls.push((operator, world.post(operator, &path, json!({ "kind": "audio" })).await["call"].clone()));
    }
    world.pass(45);
    world.look().await;
    for (operator, call) in calls {
        let over = world.get(operator, &format!("/calls/{}", id(&call))).await;
        assert_eq!((over["state"].as_str(), over["outcome"].as_str()), (Some("ended"), Some("missed")), "{over}");
    }
}

#[tokio::test]
async fn a_killed_media_server_ends_its_calls_when_it_was_last_there() {
    let running = running().await;
    let world = &running.world;
    world.pass(40);
    world.look().await;
    world.media.is_down.store(true, Ordering::SeqCst);
    world.pass(31);
    world.only_look().await;
    assert_eq!(running.call().await["state"], "answered", "it may come back");
    world.pass(25);
    world.only_look().await;
    let over = running.call().await;
    assert_eq!((over["state"].as_str(), over["outcome"].as_str()), (Some("ended"), Some("lost")), "{over}");
    assert!(over["talked_seconds"].as_i64().unwrap() <= 40, "{over}");
    assert!(over["participants"].as_array().unwrap().iter().all(|who| who["left_at"].is_string()));
    world.say(ANNA, running.talk["room_id"].as_str().unwrap(), "are you there?").await;
    world.media.lose_everything();
    world.media.is_down.store(false, Ordering::SeqCst);
    world.only_look().await;
    world.settle_late().await;
    let path = format!("/consultations/{}/calls", id(&running.talk));
    let again = world.post(PETROVA, &path, json!({ "kind": "audio" })).await;
    assert_eq!(again["call"]["state"], "ringing", "call again works");
    let line = world.lines(&running.talk).await.into_iter().rfind(|line| line["kind"] == "call").unwrap();
    assert_eq!(line["outcome"], "lost");
}

#[tokio::test]
async fn a_media_server_that_came_back_without_the_room_has_lost_the_call() {
    let running = running().await;
    let world = &running.world;
    world.media.is_down.store(true, Ordering::SeqCst);
    world.pass(31);
    world.only_look().await;
    world.media.lose_everything();
    world.media.is_down.store(false, Ordering::SeqCst);
    world.pass(1);
    world.look().await;
    world.pass(31);
    world.look().await;
    assert_eq!(running.call().await["outcome"], "lost");
}

#[tokio::test]
async fn who_was_put_out_of_the_room_is_out_of_the_call_at_once_and_again_when_he_returns() {
    let running = running().await;
    let world = &running.world;
    let anna = identity(ANNA);
    world.homeserver.leave(running.talk["room_id"].as_str().unwrap(), &user(ANNA));
    world.settle().await;
    world.look().await;
    assert!(!world.media.is_there(&anna), "within one look");
    world.media.connect(&running.room, &anna).unwrap();
    world.pass(1);
    world.look().await;
    assert!(!world.media.is_there(&anna), "the old token opened the room, and he is out again");
    world.pass(31);
    world.look().await;
    world.pass(121);
    world.look().await;
    assert!(
        world.media.connect(&running.room, &anna).is_none(),
        "alone the operator is not in a call: the room is gone"
    );
}

#[tokio::test]
async fn each_join_is_checked_also_of_who_had_a_token_once() {
    let running = running().await;
    let world = &running.world;
    let (_, room_sid) = world.media.only_room();
    // Nobody gave this identity a token of ours.
    world.media.connect(&running.room, "@mallory:hs.test:D").unwrap();
    tell(world, "participant_joined", (&running.room, &room_sid), ("PA_m", "mallory")).await;
    world.look().await;
    assert!(!world.media.is_there("@mallory:hs.test:D"));
    assert_eq!(running.call().await["participants"].as_array().unwrap().len(), 2, "and is not written down");
}

#[tokio::test]
async fn who_is_locked_is_taken_out_and_gets_no_token_until_the_account_is_unlocked() {
    let running = running().await;
    let world = &running.world;
    let tell_of_devices = async || {
        let changed = world.homeserver.event(&user(ANNA), "", "devices", json!({ "user": user(ANNA) }));
        assert_eq!(world.deliver(vec![changed]).await, 200);
        world.look().await;
    };
    world.homeserver.locked.lock().unwrap().push(user(ANNA));
    tell_of_devices().await;
    assert!(!world.media.is_there(&identity(ANNA)) && world.media.is_there(&identity(PETROVA)));
    // An old token opens the room, and is of no use.
    world.media.connect(&running.room, &identity(ANNA)).unwrap();
    world.pass(2);
    world.look().await;
    assert!(!world.media.is_there(&identity(ANNA)));
    world.pass(60);
    let room = running.talk["room_id"].as_str().unwrap();
    let answer = world.rtc("sfu/get", &sfu_get(ANNA, room)).await;
    assert_eq!((answer.status.as_u16(), answer.body["errcode"].as_str()), (403, Some("M_FORBIDDEN")));
    world.homeserver.locked.lock().unwrap().clear();
    world.rtc("sfu/get", &sfu_get(ANNA, room)).await.ok();
}

#[tokio::test]
async fn a_signed_out_device_is_taken_out_and_the_users_other_device_stays() {
    let running = running().await;
    let world = &running.world;
    world.post("anna+E", &format!("/calls/{}/token", id(&running.call)), json!({})).await;
    let second = format!("{}:E", user(ANNA));
    world.media.connect(&running.room, &second).unwrap();
    world.homeserver.signed_out.lock().unwrap().push(format!("{} D", user(ANNA)));
    let changed = world.homeserver.event(&user(ANNA), "", "devices", json!({ "user": user(ANNA) }));
    assert_eq!(world.deliver(vec![changed]).await, 200);
    world.look().await;
    assert!(!world.media.is_there(&identity(ANNA)) && world.media.is_there(&second));
    // The call goes on, so the room exists: an old or a refreshed token opens it, as long as one lives.
    for minute in 0..11 {
        world.media.connect(&running.room, &identity(ANNA)).unwrap();
        world.pass(58);
        world.look().await;
        assert!(!world.media.is_there(&identity(ANNA)), "in minute {minute}");
        assert!(world.media.is_there(&second) && world.media.is_there(&identity(PETROVA)), "nobody else is touched");
    }
}

/// He is in the running call by a second device too; hangs up on that one, and then on the first.
async fn hangs_up_on_one_of_two(who: &str) {
    let running = running().await;
    let world = &running.world;
    let second = format!("{who}+E");
    let hang_up = format!("/calls/{}/hang-up", id(&running.call));
    world.post(&second, &format!("/calls/{}/token", id(&running.call)), json!({})).await;
    let (room, room_sid) = world.media.only_room();
    let identity = format!("{}:E", user(who));
    let sid = world.media.connect(&room, &identity).unwrap().sid;
    let now = world.now_ms();
    let event = |id: &str, kind| {
        let who = Some((sid.as_str(), identity.as_str(), now));
        Event { id: id.to_owned(), kind, room: &room, room_sid: &room_sid, at_ms: now, who, reason: "CLIENT_INITIATED" }
            .body()
    };
    let joined = event("EV_second_joined", "participant_joined");
    assert_eq!(world.hook(&joined, &sign(&joined)).await, 200);
    assert_eq!(world.post(&second, &hang_up, json!({})).await["state"], "answered", "{who}");
    world.media.disconnect(&room, &sid);
    let left = event("EV_second_left", "participant_left");
    assert_eq!(world.hook(&left, &sign(&left)).await, 200);
    let ended = world.post(who, &hang_up, json!({})).await;
    assert_eq!((&ended["state"], &ended["outcome"]), (&json!("ended"), &json!("completed")), "{who}");
}

#[tokio::test]
async fn who_hangs_up_on_one_device_stays_in_the_call_on_the_other() {
    hangs_up_on_one_of_two(PETROVA).await;
    hangs_up_on_one_of_two(ANNA).await;
}

#[tokio::test]
async fn nobody_is_judged_while_the_homeserver_does_not_answer() {
    let running = running().await;
    let world = &running.world;
    let (_, room_sid) = world.media.only_room();
    world.homeserver.is_down.store(true, Ordering::SeqCst);
    tell(world, "participant_joined", (&running.room, &room_sid), ("PA_again", ANNA)).await;
    world.pass(8);
    world.look().await;
    assert!(world.media.is_there(&identity(ANNA)));
    world.homeserver.is_down.store(false, Ordering::SeqCst);
    world.homeserver.signed_out.lock().unwrap().push(format!("{} D", user(ANNA)));
    world.look().await;
    assert!(!world.media.is_there(&identity(ANNA)), "and is judged when it does");
}

#[tokio::test]
async fn an_operator_who_hands_the_consultation_on_leaves_the_call() {
    let running = running().await;
    let world = &running.world;
    let transfer = json!({ "to": { "queue_id": "dental" }, "note": "teeth" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&running.talk)), transfer).await;
    world.look().await;
    assert!(!world.media.is_there(&identity(PETROVA)) && world.media.is_there(&identity(ANNA)));
    assert_eq!(running.call().await["state"], "answered", "the next operator can join it");
}

#[tokio::test]
async fn who_has_left_a_call_that_goes_on_without_him_may_call_somebody_else() {
    let running = running().await;
    let world = &running.world;
    let (_, room_sid) = world.media.only_room();
    let other = world.talk(BORIS, PETROVA).await;
    let path = format!("/consultations/{}/calls", id(&other));
    world.call(PETROVA, "POST", &path, Some(json!({ "kind": "audio" }))).await.problem(409, "conflict");
    let transfer = json!({ "to": { "queue_id": "dental" }, "note": "teeth" });
    world.post(PETROVA, &format!("/consultations/{}/transfer", id(&running.talk)), transfer).await;
    world.look().await;
    tell(world, "participant_left", (&running.room, &room_sid), (&running.sids[0], PETROVA)).await;
    assert_eq!(running.call().await["state"], "answered", "the patient waits for the next one");
    let second = world.post(PETROVA, &path, json!({ "kind": "audio" })).await;
    assert_eq!(second["call"]["state"], "ringing");
}

#[tokio::test]
async fn a_delegated_leave_is_restarted_while_its_device_is_there_and_sent_when_it_is_gone() {
    let running = running().await;
    let world = &running.world;
    let room = running.talk["room_id"].as_str().unwrap();
    let mut request = sfu_get(ANNA, room);
    request["delay_id"] = json!("d1");
    request["delay_timeout"] = json!(3_600_000);
    request["delay_cs_api_url"] = json!("https://api.test/");
    for _ in 0..3 {
        world.rtc("sfu/get", &request).await.ok();
    }
    let done = || world.homeserver.delayed.lock().unwrap().clone();
    world.look().await;
    assert!(done().is_empty(), "not yet");
    world.pass(240);
    world.look().await;
    assert_eq!(done(), ["restart d1"]);
    let (media_room, room_sid) = world.media.only_room();
    world.media.disconnect(&media_room, &running.sids[1]);
    tell(world, "participant_left", (&media_room, &room_sid), (&running.sids[1], ANNA)).await;
    world.look().await;
    assert_eq!(done(), ["restart d1", "send d1"]);
    world.look().await;
    world.pass(300);
    world.look().await;
    assert_eq!(done().len(), 2, "it fires once");
}

#[tokio::test]
async fn a_delegated_leave_of_a_device_that_never_came_is_sent_and_outlives_a_restart() {
    let world = World::start().await;
    let talk = world.talk(BORIS, SOKOLOV).await;
    let mut request = support::passed_token(talk["room_id"].as_str().unwrap());
    for delay in ["d1", "gone"] {
        request["delay_id"] = json!(delay);
        let path = "unstable/io.element.msc4195/rtc/livekit/delegate_delayed_leave";
        assert_eq!(world.passed_on(BORIS, path, &request).await.ok(), json!({}));
    }
    let world = world.restart().await;
    world.pass(59);
    world.look().await;
    assert!(world.homeserver.delayed.lock().unwrap().is_empty(), "he may still come");
    world.pass(1);
    world.look().await;
    assert_eq!(*world.homeserver.delayed.lock().unwrap(), ["send d1"]);
}

#[tokio::test]
async fn a_leave_of_one_room_is_sent_though_its_device_is_in_a_call_of_another() {
    let running = running().await;
    let world = &running.world;
    let other = world.talk(BORIS, PETROVA).await;
    let mut request = sfu_get(PETROVA, other["room_id"].as_str().unwrap());
    request["delay_id"] = json!("d1");
    world.rtc("sfu/get", &request).await.ok();
    world.pass(60);
    world.look().await;
    assert!(world.media.is_there(&identity(PETROVA)), "in the call with Anna");
    assert_eq!(*world.homeserver.delayed.lock().unwrap(), ["send d1"], "and never in the one with Boris");
}
