//! Sticky events: who is shown them where, and for how long.

use std::sync::Arc;

use consilium_harness::{Synced, User, World, segment};
use consilium_homeserver::{
    Context,
    context::ManualClock,
    keyspaces::{STICKY_ENDS, STICKY_EVENTS},
};
use consilium_store::Direction;
use serde_json::{Value, json};

use crate::{
    delayed_events::{aged_world, pass},
    rooms::room_path,
};

const HOUR_MS: u64 = 3_600_000;

fn sending(user: &User, room: &str, duration: &str) -> String {
    let txn = user.transaction();
    room_path(room, &format!("send/org.example.member/{txn}?org.matrix.msc4354.sticky_duration_ms={duration}"))
}

async fn stick(user: &User, room: &str, text: &str, duration_ms: u64) -> String {
    let body = json!({ "body": text, "msc4354_sticky_key": text });
    let answer = user.put(&sending(user, room, &duration_ms.to_string()), body).await.ok();
    answer["event_id"].as_str().expect("an event id").to_owned()
}

/// More messages than a timeline shows.
async fn talk(user: &User, room: &str) {
    for number in 0..25 {
        user.say(room, &format!("message {number}")).await;
    }
}

fn section(synced: &Synced, room: &str) -> Vec<Value> {
    synced.joined(room).0["msc4354_sticky"]["events"].as_array().cloned().unwrap_or_default()
}

fn texts(events: &[Value]) -> Vec<&str> {
    events.iter().filter_map(|event| event["content"]["body"].as_str()).collect()
}

#[tokio::test]
async fn a_sticky_event_says_how_long_it_sticks_and_how_long_still() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let since = bob.sync().await;
    let id = stick(&alice, &room, "here", 60_000).await;
    clock.advance_ms(20_000);
    let news = bob.sync_since(since.next_batch(), 0).await;
    let timeline = news.joined(&room).timeline();
    assert_eq!(timeline[0]["msc4354_sticky"], json!({ "duration_ms": 60_000 }));
    assert_eq!(timeline[0]["unsigned"]["msc4354_sticky_duration_ttl_ms"], 40_000);
    assert!(section(&news, &room).is_empty(), "what the timeline shows is not shown twice: {}", news.0);
    let path = room_path(&room, &format!("event/{}", segment(&id)));
    let event = bob.get(&path).await.ok();
    assert_eq!(event["msc4354_sticky"], json!({ "duration_ms": 60_000 }));
    assert_eq!(event["unsigned"]["msc4354_sticky_duration_ttl_ms"], 40_000);
    clock.advance_ms(40_000);
    let event = bob.get(&path).await.ok();
    assert!(event["unsigned"].get("msc4354_sticky_duration_ttl_ms").is_none(), "{event}");
    assert_eq!(event["msc4354_sticky"], json!({ "duration_ms": 60_000 }), "what was signed stays");
    let plain = bob.get(&room_path(&room, "messages?dir=f&limit=1")).await.ok();
    assert!(plain["chunk"][0].get("msc4354_sticky").is_none(), "{plain}");
}

#[tokio::test]
async fn one_that_is_beyond_the_timeline_comes_in_its_own_section_and_once() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let since = bob.sync().await;
    stick(&alice, &room, "first", 60_000).await;
    stick(&bob, &room, "second", 60_000).await;
    talk(&alice, &room).await;
    stick(&alice, &room, "in the timeline", 60_000).await;
    let news = bob.sync_since(since.next_batch(), 0).await;
    let sticky = section(&news, &room);
    assert_eq!(texts(&sticky), ["first", "second"], "{}", news.0);
    assert_eq!(sticky[0]["sender"], alice.id.as_str());
    assert!(sticky[0].get("room_id").is_none() && sticky[0]["event_id"].is_string(), "{}", sticky[0]);
    assert!(sticky[0]["unsigned"]["msc4354_sticky_duration_ttl_ms"].is_u64());
    assert!(news.joined(&room).texts().contains(&"in the timeline".to_owned()));
    talk(&alice, &room).await;
    let later = bob.sync_since(news.next_batch(), 0).await;
    assert!(section(&later, &room).is_empty(), "the client has them: {}", later.0);
}

#[tokio::test]
async fn a_first_sync_and_who_joins_get_all_that_still_stick() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room().await;
    let since = bob.sync().await;
    stick(&alice, &room, "over soon", 1_000).await;
    stick(&alice, &room, "lasting", HOUR_MS).await;
    stick(&alice, &room, "never", 0).await;
    talk(&alice, &room).await;
    clock.advance_ms(1_000);
    assert_eq!(texts(&section(&alice.sync().await, &room)), ["lasting"]);
    alice.invite(&room, &bob).await;
    let invited = bob.sync_since(since.next_batch(), 0).await;
    assert!(invited.is_invited(&room) && !invited.0.to_string().contains("lasting"), "{}", invited.0);
    bob.join(&room).await;
    let joined = bob.sync_since(invited.next_batch(), 0).await;
    assert_eq!(texts(&section(&joined, &room)), ["lasting"]);
    let world = world.restart().await;
    let (alice, bob) = (alice.at(&world), bob.at(&world));
    assert_eq!(texts(&section(&alice.sync().await, &room)), ["lasting"], "a restart forgets none");
    let full = format!("/_matrix/client/v3/sync?since={}&full_state=true", segment(joined.next_batch()));
    let full = Synced(bob.get(&full).await.ok());
    assert!(section(&full, &room).is_empty(), "whole state is asked for, not what the client has: {}", full.0);
    clock.advance_ms(HOUR_MS);
    assert!(section(&alice.sync().await, &room).is_empty());
}

#[tokio::test]
async fn what_was_said_before_one_could_see_it_stays_hidden() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let hidden = json!({
        "preset": "private_chat", "invite": [bob.id],
        "initial_state": [{
            "type": "m.room.history_visibility", "state_key": "", "content": { "history_visibility": "joined" },
        }],
    });
    let room = alice.create_room_like(hidden).await;
    let since = bob.sync().await;
    stick(&alice, &room, "before", HOUR_MS).await;
    bob.join(&room).await;
    stick(&alice, &room, "after", HOUR_MS).await;
    talk(&alice, &room).await;
    assert_eq!(texts(&section(&bob.sync_since(since.next_batch(), 0).await, &room)), ["after"]);
    assert_eq!(texts(&section(&bob.sync().await, &room)), ["after"]);
    assert_eq!(texts(&section(&alice.sync().await, &room)), ["before", "after"]);
}

#[tokio::test]
async fn who_left_or_was_never_there_is_shown_none() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let since = bob.sync().await;
    stick(&alice, &room, "while he was there", HOUR_MS).await;
    talk(&alice, &room).await;
    bob.leave(&room).await;
    stick(&alice, &room, "after he left", HOUR_MS).await;
    let news = bob.sync_since(since.next_batch(), 0).await;
    assert!(!news.0.to_string().contains("after he left"), "{}", news.0);
    assert!(news.left(&room).0.get("msc4354_sticky").is_none(), "{}", news.0);
    assert!(!carol.sync().await.0.to_string().contains("while he was there"));
    bob.put(&sending(&bob, &room, "1000"), json!({})).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn redacted_ones_and_those_of_ignored_users_are_left_out() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob, &carol]).await;
    let since = bob.sync().await;
    let gone = stick(&alice, &room, "redacted", HOUR_MS).await;
    stick(&carol, &room, "ignored", HOUR_MS).await;
    stick(&alice, &room, "left", HOUR_MS).await;
    alice.put(&room_path(&room, &format!("redact/{}/r", segment(&gone))), json!({})).await.ok();
    let list = format!("/_matrix/client/v3/user/{}/account_data/m.ignored_user_list", segment(&bob.id));
    bob.put(&list, json!({ "ignored_users": { &carol.id: {} } })).await.ok();
    talk(&alice, &room).await;
    assert_eq!(texts(&section(&bob.sync_since(since.next_batch(), 0).await, &room)), ["left"]);
    assert_eq!(texts(&section(&bob.sync().await, &room)), ["left"]);
    assert_eq!(texts(&section(&alice.sync().await, &room)), ["ignored", "left"]);
    let event = alice.get(&room_path(&room, &format!("event/{}", segment(&gone)))).await.ok();
    assert!(event.get("msc4354_sticky").is_none(), "a redacted event is like any other: {event}");
}

#[tokio::test]
async fn one_that_a_filter_keeps_out_of_the_timeline_is_shown_all_the_same() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let since = bob.sync().await;
    stick(&alice, &room, "sticky", HOUR_MS).await;
    alice.say(&room, "plain").await;
    let filtered = async |filter: Value| {
        let filter = segment(&filter.to_string());
        let path = format!("/_matrix/client/v3/sync?since={}&filter={filter}", segment(since.next_batch()));
        Synced(bob.get(&path).await.ok())
    };
    let messages = filtered(json!({ "room": { "timeline": { "types": ["m.room.message"] } } })).await;
    assert_eq!(
        (messages.joined(&room).texts(), texts(&section(&messages, &room))),
        (vec!["plain".to_owned()], vec!["sticky"])
    );
    let none = filtered(json!({ "room": { "timeline": { "not_rooms": [room] } } })).await;
    assert_eq!((none.joined(&room).texts(), texts(&section(&none, &room))), (vec![], vec!["sticky"]));
    let other = filtered(json!({ "room": { "not_rooms": [room] } })).await;
    assert!(other.joined(&room).0.is_null(), "{}", other.0);
}

#[tokio::test]
async fn durations_that_are_none_or_too_long_are_refused() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    for wrong in ["3600001", "-1", "1.5", "long", "99999999999999"] {
        alice.put(&sending(&alice, &room, wrong), json!({})).await.refused(400, "M_INVALID_PARAM");
    }
    let before = alice.get(&room_path(&room, "messages?dir=b&limit=1")).await.ok();
    assert_ne!(before["chunk"][0]["type"], "org.example.member");
    stick(&alice, &room, "the longest", HOUR_MS).await;
    // What clients write into the content makes nothing sticky.
    alice.send(&room, "org.example.member", json!({ "msc4354_sticky": { "duration_ms": 1_000 } })).await;
    let last = alice.get(&room_path(&room, "messages?dir=b&limit=1")).await.ok();
    assert!(last["chunk"][0].get("msc4354_sticky").is_none(), "{last}");
}

#[tokio::test]
async fn a_retried_request_sends_one() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let path = sending(&alice, &room, "60000");
    let first = alice.put(&path, json!({ "body": "once" })).await.ok();
    assert_eq!(alice.put(&path, json!({ "body": "once" })).await.ok(), first);
    talk(&alice, &room).await;
    assert_eq!(texts(&section(&alice.sync().await, &room)), ["once"]);
}

#[tokio::test]
async fn a_delayed_one_sticks_from_when_it_is_sent() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let path = sending(&alice, &room, "60000") + "&org.matrix.msc4140.delay=8000";
    assert!(alice.put(&path, json!({ "body": "left" })).await.ok()["delay_id"].is_string());
    let since = bob.sync().await;
    pass(&world, &clock, 8_000).await;
    talk(&alice, &room).await;
    clock.advance_ms(10_000);
    let sticky = section(&bob.sync_since(since.next_batch(), 0).await, &room);
    assert_eq!(texts(&sticky), ["left"]);
    assert_eq!(sticky[0]["unsigned"]["msc4354_sticky_duration_ttl_ms"], 50_000);
    let long = sending(&alice, &room, "3600001") + "&org.matrix.msc4140.delay=8000";
    alice.put(&long, json!({})).await.refused(400, "M_INVALID_PARAM");
}

#[tokio::test]
async fn a_time_to_come_gives_no_longer_life() {
    let desk = consilium_harness::FakeAppservice::listen("desk").await;
    let clock = ManualClock::at(1_700_000_000_000);
    let context = Context::fixed(Arc::clone(&clock) as _, 5);
    let world = World::builder().context(context).appservice(desk.registration()).start().await;
    let ghost = desk.user(&world, "desk_anna", None).await;
    let room = ghost.create_room().await;
    let path = sending(&ghost, &room, "60000") + "&ts=1800000000000";
    ghost.put(&path, json!({ "body": "early" })).await.ok();
    talk(&ghost, &room).await;
    let sticky = section(&ghost.sync().await, &room);
    assert_eq!(sticky[0]["unsigned"]["msc4354_sticky_duration_ttl_ms"], 60_000, "{sticky:?}");
    clock.advance_ms(60_000);
    assert!(section(&ghost.sync().await, &room).is_empty());
}

#[tokio::test]
async fn rows_go_when_their_time_is_over() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    stick(&alice, &room, "brief", 1_000).await;
    stick(&alice, &room, "lasting", HOUR_MS).await;
    let tenant = world.tenant().await;
    let rows = async || {
        let view = tenant.store.view();
        let events = STICKY_EVENTS.scan_versioned(&*view, &(), 9, Direction::Forward).await.expect("read").len();
        (events, STICKY_ENDS.scan(&*view, &(), 9, Direction::Forward).await.expect("read").len())
    };
    assert_eq!(rows().await, (2, 2));
    clock.advance_ms(1_000);
    tenant.house.tidy_rows().await;
    assert_eq!(rows().await, (1, 1));
    clock.advance_ms(HOUR_MS);
    tenant.house.tidy_rows().await;
    assert_eq!(rows().await, (0, 0));
}
