//! Calls of staff among themselves: in the rooms that the configuration names, for who the homeserver says is in.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::sync::atomic::Ordering;

use serde_json::json;
use support::media::{Event, sign};
use support::{ANNA, PETROVA, SOKOLOV, STAFF_ROOM, VOLKOVA, World, get_token, sfu_get, user};

const SERVICE: &str = "consilium-consult";

/// A world where these are in the staff room, and the service is asked in.
async fn with_staff_room(members: &[&str]) -> World {
    let world = World::start().await;
    for member in members {
        world.homeserver.ask_in(STAFF_ROOM, &user(member));
        world.homeserver.join(STAFF_ROOM, &user(member));
    }
    world.homeserver.ask_in(STAFF_ROOM, &user(SERVICE));
    world.settle().await;
    world
}

#[tokio::test]
async fn staff_who_are_in_a_staff_room_meet_there_and_no_call_is_recorded() {
    let world = with_staff_room(&[PETROVA, SOKOLOV]).await;
    for who in [PETROVA, SOKOLOV] {
        let identity = format!("{}:D", user(who));
        world.rtc("sfu/get", &sfu_get(who, STAFF_ROOM)).await.ok();
        let (media_room, _) = world.media.only_room();
        world.media.connect(&media_room, &identity).unwrap();
    }
    assert_eq!(world.homeserver.membership(STAFF_ROOM, &user(SERVICE)).as_deref(), Some("join"));
    world.look().await;
    for who in [PETROVA, SOKOLOV] {
        assert!(world.media.is_there(&format!("{}:D", user(who))));
    }
    assert_eq!(
        world.get(VOLKOVA, "/calls").await["items"],
        json!([]),
        "what staff talk about among themselves is no consultation"
    );
}

#[tokio::test]
async fn who_is_not_in_the_staff_room_or_not_of_staff_gets_no_token() {
    let world = with_staff_room(&[PETROVA, ANNA]).await;
    for who in [SOKOLOV, ANNA, "stranger"] {
        for (endpoint, body) in [("sfu/get", sfu_get(who, STAFF_ROOM)), ("get_token", get_token(who, STAFF_ROOM))] {
            let answer = world.rtc(endpoint, &body).await;
            assert_eq!((answer.status.as_u16(), answer.body["errcode"].as_str()), (403, Some("M_FORBIDDEN")), "{who}");
        }
    }
    let other = world.rtc("sfu/get", &sfu_get(PETROVA, "!another")).await;
    assert_eq!(other.status, 403, "a room that is not configured");
    assert!(world.media.rooms().is_empty());
}

#[tokio::test]
async fn nobody_calls_in_a_staff_room_that_the_service_cannot_see() {
    let world = World::start().await;
    world.homeserver.ask_in(STAFF_ROOM, &user(PETROVA));
    world.homeserver.join(STAFF_ROOM, &user(PETROVA));
    world.homeserver.leave(STAFF_ROOM, &user(SERVICE));
    let answer = world.rtc("sfu/get", &sfu_get(PETROVA, STAFF_ROOM)).await;
    assert_eq!((answer.status.as_u16(), answer.body["errcode"].as_str()), (403, Some("M_FORBIDDEN")));
    world.homeserver.ask_in(STAFF_ROOM, &user(SERVICE));
    world.rtc("sfu/get", &sfu_get(PETROVA, STAFF_ROOM)).await.ok();
}

#[tokio::test]
async fn who_is_put_out_of_a_staff_room_is_put_out_of_its_call() {
    let world = with_staff_room(&[PETROVA, SOKOLOV]).await;
    for who in [PETROVA, SOKOLOV] {
        world.rtc("sfu/get", &sfu_get(who, STAFF_ROOM)).await.ok();
        let (media_room, _) = world.media.only_room();
        world.media.connect(&media_room, &format!("{}:D", user(who))).unwrap();
    }
    world.homeserver.leave(STAFF_ROOM, &user(SOKOLOV));
    world.settle().await;
    world.look().await;
    assert!(!world.media.is_there(&format!("{}:D", user(SOKOLOV))));
    assert!(world.media.is_there(&format!("{}:D", user(PETROVA))));
}

#[tokio::test]
async fn who_is_put_out_of_a_staff_room_long_after_he_came_is_put_out_of_its_call() {
    let world = with_staff_room(&[PETROVA, SOKOLOV]).await;
    for who in [PETROVA, SOKOLOV] {
        world.rtc("sfu/get", &sfu_get(who, STAFF_ROOM)).await.ok();
        let (media_room, _) = world.media.only_room();
        world.media.connect(&media_room, &format!("{}:D", user(who))).unwrap();
    }
    // His token was renewed by the media server alone, and no book says that he is there.
    world.pass(3_600);
    world.homeserver.leave(STAFF_ROOM, &user(SOKOLOV));
    world.settle().await;
    world.look().await;
    assert!(!world.media.is_there(&format!("{}:D", user(SOKOLOV))));
    assert!(world.media.is_there(&format!("{}:D", user(PETROVA))));
}

#[tokio::test]
async fn a_delegated_leave_in_a_staff_room_is_sent_when_its_device_is_gone_and_not_before() {
    let world = with_staff_room(&[PETROVA]).await;
    let mut request = sfu_get(PETROVA, STAFF_ROOM);
    request["delay_id"] = json!("d1");
    request["delay_timeout"] = json!(3_600_000);
    world.rtc("sfu/get", &request).await.ok();
    let (media_room, _) = world.media.only_room();
    let sid = world.media.connect(&media_room, &format!("{}:D", user(PETROVA))).unwrap().sid;
    let done = || world.homeserver.delayed.lock().unwrap().clone();
    world.pass(120);
    world.look().await;
    assert!(done().is_empty(), "she is there, though no book says so");
    world.media.is_down.store(true, Ordering::SeqCst);
    world.media.disconnect(&media_room, &sid);
    world.only_look().await;
    assert!(done().is_empty(), "nobody can say that she has gone");
    world.media.is_down.store(false, Ordering::SeqCst);
    world.look().await;
    assert_eq!(done(), ["send d1"]);
}

#[tokio::test]
async fn who_comes_back_when_all_had_left_finds_a_room_to_come_into() {
    let world = with_staff_room(&[PETROVA]).await;
    world.rtc("sfu/get", &sfu_get(PETROVA, STAFF_ROOM)).await.ok();
    let (media_room, room_sid) = world.media.only_room();
    // The media server ends a room that all have left, and tells so.
    world.media.lose_everything();
    let (id, room, at_ms) = ("EV_over".to_owned(), media_room.as_str(), world.now_ms());
    let event = Event { id, kind: "room_finished", room, room_sid: &room_sid, at_ms, who: None, reason: "" };
    let body = event.body();
    assert_eq!(world.hook(&body, &sign(&body)).await, 200);
    world.rtc("sfu/get", &sfu_get(PETROVA, STAFF_ROOM)).await.ok();
    assert!(world.media.connect(&media_room, &format!("{}:D", user(PETROVA))).is_some());
}
