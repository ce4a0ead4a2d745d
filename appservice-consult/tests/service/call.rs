//! A call from both sides, over the API: it rings, is answered, declined, missed, taken back, and stands in the list and in the room.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::Request;
use consilium_consult::call::MediaServer as _;
use futures_util::StreamExt;
use serde_json::{Value, json};
use support::media::{Event, FakeMedia, claims, sign};
use support::{ANNA, BORIS, PETROVA, SOKOLOV, VOLKOVA, World, user};

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

pub async fn call(world: &World, who: &str, consultation: &Value) -> Value {
    world.post(who, &format!("/consultations/{}/calls", id(consultation)), json!({ "kind": "video" })).await
}

pub async fn press(world: &World, who: &str, call: &Value, what: &str) -> support::Answer {
    world.call(who, "POST", &format!("/calls/{}/{what}", id(call)), Some(json!({}))).await
}

fn ended(call: &Value, outcome: &str) {
    assert_eq!((call["state"].as_str(), call["outcome"].as_str()), (Some("ended"), Some(outcome)), "{call}");
}

/// The media server tells that somebody came or left.
pub async fn tell(world: &World, kind: &str, who: &str, sid: &str) {
    let (room, room_sid) = world.media.only_room();
    let identity = format!("{}:D", user(who));
    let now = world.now_ms();
    let event = Event {
        id: format!("EV_{}", world.media.number()),
        kind,
        room: &room,
        room_sid: &room_sid,
        at_ms: now,
        who: Some((sid, &identity, now)),
        reason: "CLIENT_INITIATED",
    };
    world.media.has_told(kind, &room, &identity, sid);
    let body = event.body();
    assert_eq!(world.hook(&body, &sign(&body)).await, 200);
}

/// The next event of that name on a stream.
async fn heard(body: &mut axum::body::BodyDataStream, name: &str) -> Value {
    let wanted = format!("event: {name}\n");
    let listening = async {
        let mut text = String::new();
        loop {
            text.push_str(std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap());
            if let Some(event) = text.split("\n\n").find(|event| event.contains(&wanted)) {
                let data = event.lines().find_map(|line| line.strip_prefix("data: "));
                if let Some(data) = data {
                    return serde_json::from_str(data).unwrap();
                }
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), listening).await.expect("an event comes")
}

async fn stream(world: &World, who: &str) -> axum::body::BodyDataStream {
    world.send(who, "GET", "/events", None).await.into_body().into_data_stream()
}

#[tokio::test]
async fn a_call_rings_is_answered_and_is_recorded_with_its_length() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let mut patient = stream(&world, ANNA).await;
    let started = call(&world, PETROVA, &talk).await;
    let ring = heard(&mut patient, "call").await;
    assert_eq!(
        (ring["call"]["state"].as_str(), ring["call"]["caller_name"].as_str()),
        (Some("ringing"), Some("Dr Petrova"))
    );
    assert_eq!(ring["call"]["id"], started["call"]["id"]);
    let ticket = &started["ticket"];
    assert_eq!(ticket["identity"], "@petrova:hs.test:D");
    assert_eq!(ticket["livekit_service_url"], "https://api.test/_consilium/livekit");
    tell(&world, "participant_joined", PETROVA, "PA_p").await;

    world.pass(12);
    let answered = press(&world, ANNA, &ring["call"], "answer").await.ok();
    assert_eq!(answered["call"]["state"], "answered");
    assert_eq!(answered["ticket"]["identity"], "@anna:hs.test:D");
    tell(&world, "participant_joined", ANNA, "PA_a").await;
    world.pass(60);
    tell(&world, "participant_left", ANNA, "PA_a").await;
    let over = press(&world, ANNA, &ring["call"], "hang-up").await.ok();
    ended(&over, "completed");
    tell_left_of_closed(&world, &started).await;

    world.settle().await;
    assert!(world.media.rooms().is_empty(), "the media room is gone, and with it every token");
    let listed = world.get(PETROVA, "/calls").await;
    assert_eq!(
        (listed["total"].as_i64(), listed["items"][0]["talked_seconds"].as_i64()),
        (Some(1), Some(60)),
        "{listed}"
    );
    assert_eq!(listed["items"][0]["patient"]["name"], "Анна Каренина");
    assert_eq!(listed["items"][0]["participants"].as_array().unwrap().len(), 2);
    let own = world.get(ANNA, "/calls").await;
    assert_eq!((own["total"].as_i64(), own["items"][0].get("patient")), (Some(1), None));
    let line = world.lines(&talk).await.pop().unwrap();
    assert_eq!(
        (line["kind"].as_str(), line["outcome"].as_str(), line["seconds"].as_i64()),
        (Some("call"), Some("completed"), Some(60))
    );
}

/// The media room was deleted: its last event comes late.
async fn tell_left_of_closed(world: &World, started: &Value) {
    let room = claims(started["ticket"]["jwt"].as_str().unwrap())["video"]["room"].as_str().unwrap().to_owned();
    let now = world.now_ms();
    let identity = format!("{}:D", user(PETROVA));
    let event = Event {
        id: "EV_late".to_owned(),
        kind: "participant_left",
        room: &room,
        room_sid: "RM_0",
        at_ms: now,
        who: Some(("PA_p", &identity, now - 72_000)),
        reason: "ROOM_DELETED",
    };
    let body = event.body();
    assert_eq!(world.hook(&body, &sign(&body)).await, 200);
}

#[tokio::test]
async fn a_token_opens_one_room_as_one_identity_and_nothing_else() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let started = call(&world, PETROVA, &talk).await;
    let claims = claims(started["ticket"]["jwt"].as_str().unwrap());
    let (room, _) = world.media.only_room();
    assert_eq!(
        (claims["sub"].as_str(), claims["video"]["room"].as_str()),
        (Some("@petrova:hs.test:D"), Some(room.as_str()))
    );
    assert!(!room.contains("room-") && !room.contains("hs.test"), "the media server learns no Matrix room: {room}");
    for never in ["roomCreate", "roomList", "roomAdmin", "roomRecord", "ingressAdmin", "hidden", "recorder"] {
        assert_ne!(claims["video"][never], true, "{never}");
    }
    assert!(claims["name"].as_str().is_none_or(str::is_empty) && claims["metadata"].as_str().is_none_or(str::is_empty));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["nbf"].as_i64().unwrap(), 60);
}

#[tokio::test]
async fn a_declined_a_missed_and_a_cancelled_call_end_for_both_sides_with_one_line_each() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let first = call(&world, PETROVA, &talk).await["call"].clone();
    let path = format!("/calls/{}/decline", id(&first));
    let declined = world.post(ANNA, &path, json!({ "reason": "write_instead" })).await;
    ended(&declined, "declined");
    assert_eq!(declined["decline_reason"], "write_instead");
    press(&world, ANNA, &first, "answer").await.problem(409, "conflict");

    let second = call(&world, PETROVA, &talk).await["call"].clone();
    assert_ne!(first["id"], second["id"]);
    world.pass(44);
    world.look().await;
    assert_eq!(world.get(ANNA, &format!("/calls/{}", id(&second))).await["state"], "ringing");
    world.pass(1);
    world.look().await;
    ended(&world.get(ANNA, &format!("/calls/{}", id(&second))).await, "missed");

    let third = call(&world, PETROVA, &talk).await["call"].clone();
    press(&world, ANNA, &third, "cancel").await.problem(409, "conflict");
    ended(&press(&world, PETROVA, &third, "cancel").await.ok(), "cancelled");
    ended(&press(&world, PETROVA, &third, "cancel").await.ok(), "cancelled");
    world.settle().await;
    let outcomes: Vec<Value> = world
        .lines(&talk)
        .await
        .iter()
        .filter(|line| line["kind"] == "call")
        .map(|line| line["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["declined", "missed", "cancelled"]);
    assert!(world.media.rooms().is_empty());
}

/// What was said in a room of one kind, in words.
fn said(world: &World, room: &str, kind: &str) -> Vec<String> {
    let all = world.member.said_in(room);
    let of_kind = all.iter().filter(|content| content["chat.consilium.notice"]["kind"] == kind);
    of_kind.map(|content| content["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_line_of_a_call_is_in_the_language_in_which_the_patient_asked() {
    let world = World::start().await;
    let wish = json!({ "queue_id": "general", "request_id": support::request_id() });
    let asked = world.post_in("ru", ANNA, "/consultations", wish).await;
    let russian = world.taken(asked, ANNA, PETROVA).await;
    let english = world.talk(BORIS, SOKOLOV).await;
    for (talk, operator) in [(&russian, PETROVA), (&english, SOKOLOV)] {
        let ringing = call(&world, operator, talk).await["call"].clone();
        press(&world, operator, &ringing, "cancel").await.ok();
    }
    world.settle().await;
    assert_eq!(said(&world, russian["room_id"].as_str().unwrap(), "call"), ["Звонок отменён."]);
    assert_eq!(said(&world, english["room_id"].as_str().unwrap(), "call"), ["The call was cancelled."]);
}

#[tokio::test]
async fn of_two_devices_the_first_answers_and_the_other_is_told() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let ringing = call(&world, PETROVA, &talk).await["call"].clone();
    let mut second = stream(&world, "anna+E").await;
    press(&world, ANNA, &ringing, "answer").await.ok();
    let told = heard(&mut second, "call").await;
    assert_eq!(
        (told["call"]["state"].as_str(), told["call"]["answered_device_id"].as_str()),
        (Some("answered"), Some("D"))
    );
    press(&world, "anna+E", &ringing, "answer").await.problem(409, "conflict");
    press(&world, ANNA, &ringing, "answer").await.ok();
    press(&world, PETROVA, &ringing, "answer").await.problem(409, "conflict");
}

#[tokio::test]
async fn who_is_in_a_call_is_busy() {
    let world = World::start().await;
    let (one, two) = (world.talk(ANNA, PETROVA).await, world.talk(BORIS, SOKOLOV).await);
    let first = call(&world, PETROVA, &one).await["call"].clone();
    press(&world, ANNA, &first, "answer").await.ok();
    let other = world.ask(ANNA, "psychology").await;
    world.settle().await;
    world.homeserver.join(other["room_id"].as_str().unwrap(), &user(ANNA));
    world.post(VOLKOVA, &format!("/consultations/{}/take", id(&other)), json!({})).await;
    world.settle().await;
    world.homeserver.join(other["room_id"].as_str().unwrap(), &user(VOLKOVA));
    world.settle().await;
    let busy = call(&world, VOLKOVA, &other).await;
    ended(&busy["call"], "busy");
    assert_eq!(busy["ticket"], Value::Null);

    let again = call(&world, PETROVA, &one).await;
    assert_eq!(
        (again["call"]["id"].as_str(), again["ticket"].is_object()),
        (Some(id(&first)), true),
        "he joins his own"
    );
    assert_eq!(call(&world, SOKOLOV, &two).await["call"]["state"], "ringing", "others are not concerned");
}

#[tokio::test]
async fn only_who_takes_part_may_call_and_see() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let path = format!("/consultations/{}/calls", id(&talk));
    let body = Some(json!({ "kind": "audio" }));
    world.call(SOKOLOV, "POST", &path, body.clone()).await.problem(403, "forbidden");
    world.call(BORIS, "POST", &path, body).await.problem(404, "not-found");
    let ringing = call(&world, PETROVA, &talk).await["call"].clone();
    world.call(BORIS, "GET", &format!("/calls/{}", id(&ringing)), None).await.problem(404, "not-found");
    for what in ["answer", "decline", "cancel", "hang-up", "token"] {
        press(&world, BORIS, &ringing, what).await.problem(404, "not-found");
        press(&world, SOKOLOV, &ringing, what).await.problem(403, "forbidden");
    }
    assert_eq!(world.get(BORIS, "/calls").await["total"], 0);
    world.homeserver.leave(talk["room_id"].as_str().unwrap(), &user(ANNA));
    world.settle().await;
    press(&world, ANNA, &ringing, "answer").await.problem(403, "forbidden");
}

#[tokio::test]
async fn one_call_names_its_patient_to_staff_as_the_list_does() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let ringing = call(&world, PETROVA, &talk).await["call"].clone();
    press(&world, PETROVA, &ringing, "cancel").await.ok();
    world.settle().await;
    let path = format!("/calls/{}", id(&ringing));
    let listed = world.get(PETROVA, "/calls").await["items"][0].clone();
    assert_eq!((id(&listed), listed["patient"]["name"].is_string()), (id(&ringing), true), "{listed}");
    assert_eq!(world.get(PETROVA, &path).await, listed);
    assert_eq!(world.get(ANNA, &path).await.get("patient"), None, "the patient knows who he is");
}

#[tokio::test]
async fn the_end_of_the_consultation_is_the_end_of_the_call() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let ringing = call(&world, PETROVA, &talk).await["call"].clone();
    press(&world, ANNA, &ringing, "answer").await.ok();
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.look().await;
    ended(&world.get(ANNA, &format!("/calls/{}", id(&ringing))).await, "completed");
    assert!(world.media.rooms().is_empty());
    let body = Some(json!({ "kind": "audio" }));
    let again = world.call(PETROVA, "POST", &format!("/consultations/{}/calls", id(&talk)), body).await;
    again.problem(403, "forbidden");
}

#[tokio::test]
async fn without_a_media_server_calls_are_unavailable_and_chat_goes_on() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    assert_eq!(world.get(ANNA, "/calls/availability").await["available"], true);
    world.media.is_down.store(true, Ordering::SeqCst);
    let path = format!("/consultations/{}/calls", id(&talk));
    let body = Some(json!({ "kind": "audio" }));
    world.call(PETROVA, "POST", &path, body.clone()).await.problem(503, "calls-unavailable");
    let unavailable = world.get(ANNA, "/calls/availability").await;
    assert_eq!((unavailable["available"].as_bool(), unavailable["reason"].as_str()), (Some(false), Some("no_answer")));
    assert_eq!(world.get(PETROVA, "/calls").await["total"], 0, "nothing rang");
    world.say(ANNA, talk["room_id"].as_str().unwrap(), "we can still write").await;
    world.media.is_down.store(false, Ordering::SeqCst);
    // Nobody has looked yet: the press itself finds that it answers again.
    assert_eq!(call(&world, PETROVA, &talk).await["call"]["state"], "ringing");
    assert_eq!(world.get(ANNA, "/calls/availability").await["available"], true);
}

#[tokio::test]
async fn a_conversation_is_open_for_calls_and_an_older_one_is_opened() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let slot = "org.matrix.msc4143.rtc.slot";
    assert_eq!(world.homeserver.state(room, slot, "m.call#ROOM").unwrap()["status"], "open");
    world.homeserver.forget_state(room, slot, "m.call#ROOM");
    call(&world, PETROVA, &talk).await;
    assert_eq!(world.homeserver.state(room, slot, "m.call#ROOM").unwrap()["status"], "open");
    let levels = world.homeserver.state(room, "m.room.power_levels", "").unwrap();
    assert_eq!(
        (&levels["notifications"]["room"], &levels["events"]["org.matrix.msc3401.call.member"]),
        (&json!(0), &json!(-1))
    );
}

#[tokio::test]
async fn a_patient_calls_who_leads_his_consultation_and_nobody_elses() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let ringing = call(&world, ANNA, &talk).await["call"].clone();
    assert_eq!((&ringing["caller_side"], &ringing["state"]), (&json!("patient"), &json!("ringing")));
    press(&world, PETROVA, &ringing, "answer").await.ok();
    let over = press(&world, ANNA, &ringing, "hang-up").await.ok();
    ended(&over, "completed");
    let path = format!("/consultations/{}/calls", id(&talk));
    world.call(BORIS, "POST", &path, Some(json!({ "kind": "audio" }))).await.problem(404, "not-found");
}

#[tokio::test]
async fn what_the_apps_measured_is_shown_to_supervisors() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let ringing = call(&world, PETROVA, &talk).await["call"].clone();
    let path = format!("/calls/{}/quality", id(&ringing));
    let report = |loss: u16| json!({ "loss_permille": loss, "jitter_ms": 8, "round_trip_ms": 40, "freezes": 1, "freeze_ms": 200 });
    world.call(ANNA, "POST", &path, Some(report(1))).await.problem(403, "forbidden");
    press(&world, ANNA, &ringing, "answer").await.ok();
    tell(&world, "participant_joined", ANNA, "PA_a").await;
    for loss in [10, 30] {
        assert_eq!(world.call(ANNA, "POST", &path, Some(report(loss))).await.status, 204);
        world.pass(10);
    }
    world.call(ANNA, "POST", &path, Some(report(1_001))).await.problem(422, "invalid");
    let shown = world.get(VOLKOVA, &path).await;
    let anna = &shown["participants"][0];
    assert_eq!((&anna["reports"], &anna["freezes"]), (&json!(2), &json!(2)));
    assert_eq!(anna["loss_permille"], json!({ "mean": 20, "worst": 30 }));
}

#[tokio::test]
async fn the_call_is_on_the_books_after_a_restart() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let ringing = call(&world, PETROVA, &talk).await["call"].clone();
    let world = world.restart().await;
    press(&world, ANNA, &ringing, "answer").await.ok();
    let request =
        Request::get("/_consilium/v1/calls").header("host", "api.test").header("authorization", "Bearer token-anna");
    let response = world.raw(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(world.get(ANNA, "/calls").await["items"][0]["state"], "answered");
}

#[tokio::test]
async fn calls_are_sealed_with_the_consultation_and_nothing_need_be_written_beside_them() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let started = call(&world, PETROVA, &talk).await;
    world.pass(20);
    let reason = Some(json!({ "reason": "call_later" }));
    world.call(ANNA, "POST", &format!("/calls/{}/decline", id(&started["call"])), reason).await.ok();
    world.settle().await;
    let answered = call(&world, PETROVA, &talk).await;
    tell(&world, "participant_joined", PETROVA, "PA_p").await;
    press(&world, ANNA, &answered["call"], "answer").await.ok();
    tell(&world, "participant_joined", ANNA, "PA_a").await;
    world.pass(60);
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
    world.look().await;

    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    let calls = record["calls"].as_array().unwrap();
    let outcomes: Vec<_> = calls.iter().map(|call| call["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["declined", "completed"], "{record}");
    assert_eq!(
        (calls[0]["decline_reason"].as_str(), calls[0]["talked_seconds"].as_i64()),
        (Some("call_later"), Some(0))
    );
    let caller = &calls[1]["caller"];
    assert_eq!((caller["name"].as_str(), caller["kind"].as_str()), (Some("Dr Petrova"), Some("operator")));
    assert_eq!((calls[1]["kind"].as_str(), calls[1]["talked_seconds"].as_i64()), (Some("video"), Some(60)));
    assert_eq!((record["message_count"].as_i64(), &record["chain"]["signature_valid"]), (Some(0), &json!(true)));
    assert_eq!(
        world.get(ANNA, &format!("/archive/{}", id(&talk))).await["calls"],
        record["calls"],
        "the patient's own too"
    );
}

#[tokio::test]
async fn a_call_that_is_heard_of_after_the_seal_is_sealed_as_a_supplement() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    world.say(ANNA, room, "good morning").await;
    for who in [PETROVA, ANNA] {
        world.rtc("sfu/get", &support::sfu_get(who, room)).await.ok();
    }
    let then = world.now_ms();
    world.pass(600);
    world.post(PETROVA, &format!("/consultations/{}/close", id(&talk)), json!({})).await;
    world.settle().await;
    let sealed = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    assert_eq!((sealed["sequence"].as_i64(), &sealed["calls"]), (Some(1), &json!([])));

    let (media_room, room_sid) = world.media.only_room();
    for (kind, at_ms) in [("participant_joined", then), ("participant_left", then + 30_000)] {
        for (who, sid) in [(PETROVA, "PA_p"), (ANNA, "PA_a")] {
            let identity = format!("{}:D", user(who));
            let number = world.media.number();
            let who = Some((sid, identity.as_str(), then));
            let (room, room_sid) = (media_room.as_str(), room_sid.as_str());
            let event =
                Event { id: format!("EV_{number}"), kind, room, room_sid, at_ms, who, reason: "CLIENT_INITIATED" };
            let body = event.body();
            assert_eq!(world.hook(&body, &sign(&body)).await, 200);
        }
    }
    world.look().await;
    let sealed = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    assert_eq!((sealed["sequence"].as_i64(), sealed["message_count"].as_i64()), (Some(2), Some(1)), "{sealed}");
    assert_eq!(sealed["calls"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_call_of_another_client_is_noticed_rings_and_ends() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    for who in [PETROVA, ANNA] {
        world.rtc("sfu/get", &support::sfu_get(who, room)).await.ok();
    }
    assert_eq!(world.get(PETROVA, "/calls").await["total"], 0, "a token is no call yet");
    tell(&world, "participant_joined", PETROVA, "PA_p").await;
    let ringing = world.get(ANNA, "/calls").await["items"][0].clone();
    assert_eq!((ringing["state"].as_str(), ringing["caller_side"].as_str()), (Some("ringing"), Some("staff")));
    tell(&world, "participant_joined", ANNA, "PA_a").await;
    assert_eq!(world.get(ANNA, "/calls").await["items"][0]["state"], "answered");
    world.pass(30);
    for (who, sid) in [(PETROVA, "PA_p"), (ANNA, "PA_a")] {
        tell(&world, "participant_left", who, sid).await;
    }
    world.pass(10);
    world.look().await;
    let over = world.get(ANNA, "/calls").await["items"][0].clone();
    ended(&over, "completed");
    assert_eq!(over["talked_seconds"], 30);
}

#[tokio::test]
async fn who_comes_while_the_room_of_an_ended_call_is_deleted_begins_no_call() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let first = call(&world, PETROVA, &talk).await["call"].clone();
    let (media_room, _) = world.media.only_room();
    press(&world, ANNA, &first, "decline").await.ok();
    world.settle().await;
    assert!(world.media.rooms().is_empty(), "deleted with the call");
    world.media.open(&media_room).await.unwrap();
    tell(&world, "participant_joined", PETROVA, "PA_late").await;
    assert_eq!(world.get(ANNA, "/calls").await["total"], 1);
    world.settle().await;
    assert!(world.media.rooms().is_empty(), "deleted again");
    let next = call(&world, PETROVA, &talk).await["call"].clone();
    tell(&world, "participant_joined", PETROVA, "PA_next").await;
    assert_eq!(world.get(ANNA, &format!("/calls/{}", id(&next))).await["state"], "ringing");
    assert_eq!(world.get(ANNA, "/calls").await["total"], 2);
}

#[test]
fn the_fake_media_server_is_honest_about_rooms() {
    assert!(FakeMedia::new().connect("nowhere", "nobody").is_none());
}
