//! A thousand messages that were said while the service was away: each arrives once, in its place, also where the homeserver's answers were lost.
//!
//! The same with clients that were away, and with real keys: `tests/system/thousand.rs`.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use serde_json::{Value, json};
use support::{ANNA, PETROVA, VOLKOVA, World, user};

use crate::full_text::{index, verify};
use crate::retention::{close, id};

const MESSAGES: usize = 1_000;
/// So many events are in one transaction.
const AT_ONCE: usize = 50;

#[tokio::test]
async fn a_thousand_messages_of_the_time_when_the_service_was_away_arrive_once_and_in_order() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    let texts: Vec<String> = (0..MESSAGES).map(|number| format!("message {number}")).collect();
    let says = |(number, text): (usize, &String)| {
        let who = user(if number.is_multiple_of(3) { PETROVA } else { ANNA });
        world.homeserver.message(&who, room, json!({ "msgtype": "m.text", "body": text }))
    };
    let events: Vec<Value> = texts.iter().enumerate().map(says).collect();
    let mut world = world.restart().await;
    for (number, some) in events.chunks(AT_ONCE).enumerate() {
        let (id, body) = (format!("kept-{number}"), json!({ "events": some }));
        assert_eq!(world.deliver_as(&id, body.clone()).await, 200);
        if number.is_multiple_of(4) {
            // The answer was lost: the homeserver sends it again, to a service that has started again meanwhile.
            world = world.restart().await;
            assert_eq!(world.deliver_as(&id, body).await, 200);
        }
    }
    world.settle().await;
    let detail = world.get(VOLKOVA, &format!("/consultations/{}", id(&talk))).await;
    assert_eq!(detail["message_count"], MESSAGES);
    close(&world, &talk).await;
    index(&world).await;
    let record = world.get(VOLKOVA, &format!("/archive/{}", id(&talk))).await;
    let said: Vec<&str> = record["transcript"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["kind"] == "text")
        .map(|entry| entry["body"].as_str().unwrap())
        .collect();
    assert_eq!(said, texts);
    verify(&world).await.unwrap();
}
