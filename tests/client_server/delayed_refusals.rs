//! Delayed events that are not taken, not sent, or not shown: limits, refusals, what ends with whom, and who sees what.

use std::sync::Arc;

use consilium_config::{RateLimit, RateLimits};
use consilium_harness::{Answer, World, segment};
use consilium_homeserver::{
    Context,
    context::ManualClock,
    keyspaces::{DELAYED_EVENTS, DELAYED_OWNERS, DELAYED_SCHEDULES, DELAYED_TIMES, DELAYED_TRANSACTIONS},
};
use consilium_store::{Direction, Keyspace};
use futures_util::{StreamExt, stream};
use reqwest::Method;
use serde_json::json;

use crate::{
    delayed_events::{
        DAY_MS, DELAYED, HOUR_MS, MEMBER, act, aged_world, call_room, ids, leave_later, own, own_key, pass, said,
        say_later, scheduled,
    },
    rooms::room_path,
};

#[tokio::test]
async fn delays_that_are_none_or_too_long_are_refused_by_the_names_that_clients_know() {
    let (world, _) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let long = say_later(&alice, &room, "a", "x", &(DAY_MS + 1).to_string()).await.refused(400, "M_UNKNOWN");
    assert_eq!(long["org.matrix.msc4140.errcode"], "M_MAX_DELAY_EXCEEDED");
    assert_eq!(long["org.matrix.msc4140.max_delay"], DAY_MS);
    for wrong in ["0", "-1", "1.5", "soon", "18446744073709551616"] {
        say_later(&alice, &room, "a", "x", wrong).await.refused(400, "M_INVALID_PARAM");
    }
    let parent = room_path(&room, "send/m.room.message/a?org.matrix.msc4140.parent_delay_id=x");
    alice.put(&parent, json!({ "body": "x" })).await.refused(400, "M_INVALID_PARAM");
    assert_eq!(own(&alice, "").await["delayed_events"], json!([]));
    assert!(said(&alice, &room).await.is_empty(), "nor is it sent at once");
    say_later(&alice, &room, "a", "x", &HOUR_MS.to_string()).await.ok();
    say_later(&alice, &room, "b", "x", &DAY_MS.to_string()).await.ok();
}

#[tokio::test]
async fn events_that_would_never_be_taken_are_refused_at_once() {
    let (world, _) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room().await;
    say_later(&bob, &room, "a", "x", "1000").await.refused(403, "M_FORBIDDEN");
    say_later(&bob, "!nothing:hs.test", "a", "x", "1000").await.refused(403, "M_FORBIDDEN");
    say_later(&alice, "nonsense", "a", "x", "1000").await.refused(400, "M_INVALID_PARAM");
    let later = |rest: &str| room_path(&room, &format!("{rest}?org.matrix.msc4140.delay=1000"));
    world.put(&later("send/m.room.message/a"), json!({})).await.refused(401, "M_MISSING_TOKEN");
    alice.put(&later("send/m.room.message/a"), json!({ "x": "y".repeat(66_000) })).await.refused(413, "M_TOO_LARGE");
    alice.put(&later(&format!("send/{}/a", "x".repeat(300))), json!({})).await.refused(413, "M_TOO_LARGE");
    alice.put(&later(&format!("state/x/{}", "x".repeat(300))), json!({})).await.refused(413, "M_TOO_LARGE");
    alice
        .put(&later("state/m.room.canonical_alias"), json!({ "alias": "#x:hs.test" }))
        .await
        .refused(400, "M_BAD_ALIAS");
    alice.put(&later("send/m.room.redaction/a"), json!({})).await.refused(400, "M_MISSING_PARAM");
    let bytes = |body: &str| body.as_bytes().to_vec();
    for (body, errcode) in [("[]", "M_BAD_JSON"), ("{", "M_NOT_JSON"), (r#"{"n":1.5}"#, "M_BAD_JSON")] {
        let path = later("send/m.room.message/a");
        alice.send_bytes(Method::PUT, &path, "application/json", bytes(body)).await.refused(400, errcode);
    }
    assert_eq!(own(&alice, "").await["delayed_events"], json!([]));
}

#[tokio::test]
async fn a_user_may_have_a_hundred_scheduled() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let answers: Vec<Answer> = stream::iter(0..120)
        .map(async |number| say_later(&alice, &room, &format!("n{number}"), "x", "60000").await)
        .buffer_unordered(4)
        .collect()
        .await;
    let taken: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(taken.len(), 100);
    let refused = answers.iter().find(|answer| answer.status == 429).expect("one too many");
    assert_eq!(refused.refused(429, "M_LIMIT_EXCEEDED")["retry_after_ms"], 60_000);
    scheduled(&bob, &room, "another's limit is his own", 60_000).await;
    let id = taken[0].json()["delay_id"].as_str().expect("a delay id").to_owned();
    act(&world, &id, "cancel").await.ok();
    scheduled(&alice, &room, "in its place", 60_000).await;
    say_later(&alice, &room, "over", "x", "60000").await.refused(429, "M_LIMIT_EXCEEDED");
    pass(&world, &clock, 60_000).await;
    assert_eq!(said(&alice, &room).await.len(), 101);
    scheduled(&alice, &room, "all are sent", 60_000).await;
}

#[tokio::test]
async fn to_schedule_counts_as_to_send() {
    let limits = RateLimits { enabled: true, message: RateLimit::new(0.1, 3), ..RateLimits::default() };
    let clock = ManualClock::at(1_700_000_000_000);
    let context = Context::fixed(Arc::clone(&clock) as _, 3);
    let world = World::builder().context(context).configure(|config| config.rate_limits = limits).start().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let own = format!("/_matrix/client/unstable/org.matrix.msc4140/rooms/{}/delayed_event/x/own", segment(&room));
    let state = room_path(&room, "state/x?org.matrix.msc4140.delay=1000");
    say_later(&alice, &room, "one", "x", "1000").await.ok();
    alice.put(&own, json!({ "delay": 1_000, "content": {} })).await.ok();
    alice.put(&state, json!({})).await.ok();
    say_later(&alice, &room, "two", "x", "1000").await.refused(429, "M_LIMIT_EXCEEDED");
    alice.put(&own, json!({ "delay": 1_000, "content": {} })).await.refused(429, "M_LIMIT_EXCEEDED");
    alice.put(&state, json!({})).await.refused(429, "M_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn restarts_are_not_limited_and_guesses_are() {
    let limits = RateLimits {
        enabled: true,
        request_address: RateLimit::new(0.1, 3),
        request_user: RateLimit::new(0.1, 10),
        ..RateLimits::default()
    };
    let clock = ManualClock::at(1_700_000_000_000);
    let context = Context::fixed(Arc::clone(&clock) as _, 3);
    let world = World::builder().context(context).configure(|config| config.rate_limits = limits).start().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let id = scheduled(&alice, &room, "x", DAY_MS).await;
    for _ in 0..30 {
        act(&world, &id, "restart").await.ok();
        alice.post(&format!("{DELAYED}/{id}/restart"), json!({})).await.ok();
        world.post(&format!("{DELAYED}/{id}"), json!({ "action": "restart" })).await.ok();
    }
    let alone = format!("{DELAYED}/{id}");
    let last = |answers: Vec<Answer>| answers.into_iter().last().expect("some").refused(429, "M_LIMIT_EXCEEDED");
    last(stream::iter(0..6).then(|_| act(&world, "guess", "restart")).collect().await);
    clock.advance_ms(HOUR_MS);
    last(stream::iter(0..6).then(|_| act(&world, &id, "explode")).collect().await);
    clock.advance_ms(HOUR_MS);
    last(stream::iter(0..6).then(|_| world.post(&alone, json!({ "action": "explode" }))).collect().await);
    clock.advance_ms(HOUR_MS);
    last(stream::iter(0..6).then(|_| world.get(&alone)).collect().await);
    act(&world, &id, "restart").await.ok();
}

#[tokio::test]
async fn what_a_room_refuses_is_recorded_and_not_tried_again() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let name = room_path(&room, "state/m.room.name?org.matrix.msc4140.delay=1000");
    let id = bob.put(&name, json!({ "name": "mine" })).await.ok()["delay_id"].as_str().expect("an id").to_owned();
    pass(&world, &clock, 1_000).await;
    let one = own(&bob, &format!("/{id}")).await;
    assert_eq!(one["error"]["errcode"], "M_FORBIDDEN", "{one}");
    assert_eq!(one["finalised_ts"], 1_700_000_001_000_u64);
    assert!(one["event_id"].is_null());
    let ended = own(&bob, "").await["finalised"].clone();
    assert_eq!((&ended[0]["outcome"], &ended[0]["reason"]), (&json!("cancel"), &json!("error")), "{ended}");
    // Later he might, but it is over.
    let levels = room_path(&room, "state/m.room.power_levels");
    let mut content = alice.get(&levels).await.ok();
    content["users"][&bob.id] = json!(50);
    alice.put(&levels, content).await.ok();
    pass(&world, &clock, HOUR_MS).await;
    alice.get(&room_path(&room, "state/m.room.name")).await.refused(404, "M_NOT_FOUND");
    act(&world, &id, "send").await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn a_room_that_refuses_says_so_to_who_sends_it_at_once() {
    let (world, _) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let id = scheduled(&bob, &room, "x", 60_000).await;
    alice.post(&room_path(&room, "kick"), json!({ "user_id": bob.id })).await.ok();
    act(&world, &id, "send").await.refused(403, "M_FORBIDDEN");
    act(&world, &id, "send").await.refused(404, "M_NOT_FOUND");
    assert!(said(&alice, &room).await.is_empty());
}

#[tokio::test]
async fn who_left_the_room_sends_nothing_there_though_he_came_back() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let id = scheduled(&bob, &room, "from before", 60_000).await;
    bob.leave(&room).await;
    alice.invite(&room, &bob).await;
    bob.join(&room).await;
    let again = scheduled(&bob, &room, "from now", 60_000).await;
    pass(&world, &clock, 60_000).await;
    assert_eq!(said(&alice, &room).await, ["from now"]);
    assert_eq!(own(&bob, &format!("/{id}")).await["error"]["errcode"], "M_FORBIDDEN");
    assert!(own(&bob, &format!("/{again}")).await["event_id"].is_string());
}

#[tokio::test]
async fn an_account_that_ends_takes_them_with_it_and_a_device_that_signs_out_does_not() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = call_room(&alice, &bob).await;
    let member = room_path(&room, &format!("state/{MEMBER}/{}", segment(&own_key(&bob))));
    bob.put(&member, json!({ "application": "m.call" })).await.ok();
    leave_later(&bob, &room, 20_000).await;
    let phone = world.sign_in("bob").await;
    bob.post("/_matrix/client/v3/logout", json!({})).await.ok();
    pass(&world, &clock, 20_000).await;
    assert_eq!(alice.get(&member).await.ok(), json!({}), "the device left the call");
    let id = scheduled(&phone, &room, "never", 20_000).await;
    let auth = json!({
        "type": "m.login.password", "identifier": { "type": "m.id.user", "user": "bob" }, "password": "bob-password",
    });
    phone.post("/_matrix/client/v3/account/deactivate", json!({ "auth": auth })).await.ok();
    act(&world, &id, "send").await.refused(404, "M_NOT_FOUND");
    pass(&world, &clock, 2 * DAY_MS).await;
    assert!(said(&alice, &room).await.is_empty());
    assert_eq!(left(&world).await, [0; 4], "nothing of them is left");
}

#[tokio::test]
async fn what_ended_is_shown_for_a_day_and_then_nothing_of_it_is_left() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let [sent, due, cancelled] = [
        scheduled(&alice, &room, "a", 9_000).await,
        scheduled(&alice, &room, "b", 1_000).await,
        scheduled(&alice, &room, "c", 9_000).await,
    ];
    pass(&world, &clock, 1_000).await;
    act(&world, &sent, "send").await.ok();
    act(&world, &cancelled, "cancel").await.ok();
    let listed = own(&alice, "").await;
    assert_eq!(listed["delayed_events"], json!([]));
    let of = |id: &str| {
        let entries = listed["finalised"].as_array().cloned().unwrap_or_default();
        let entry = entries.into_iter().find(|entry| entry["delayed_event"]["delay_id"] == id).expect("it is listed");
        (entry["outcome"].clone(), entry["reason"].clone(), entry["event_id"].is_string())
    };
    assert_eq!(of(&sent), (json!("send"), json!("action"), true));
    assert_eq!(of(&due), (json!("send"), json!("delay"), true));
    assert_eq!(of(&cancelled), (json!("cancel"), json!("action"), false));
    pass(&world, &clock, DAY_MS - 1).await;
    assert_eq!(own(&alice, "").await["finalised"].as_array().map(Vec::len), Some(3));
    pass(&world, &clock, 1).await;
    assert_eq!(own(&alice, "").await["finalised"], json!([]));
    alice.get(&format!("{DELAYED}/{sent}")).await.refused(404, "M_NOT_FOUND");
    assert_eq!(left(&world).await, [0; 4]);
    let tenant = world.tenant().await;
    clock.advance_ms(3 * DAY_MS);
    tenant.house.tidy_rows().await;
    let view = tenant.store.view();
    assert!(DELAYED_TRANSACTIONS.scan(&*view, &(), 9, Direction::Forward).await.expect("read").is_empty());
}

/// How many rows of each kind there are.
async fn left(world: &World) -> [usize; 4] {
    let view = world.tenant().await.store.view();
    let schedules = DELAYED_SCHEDULES.scan_versioned(&*view, &(), 9, Direction::Forward).await.expect("read").len();
    [
        rows(&*view, DELAYED_EVENTS).await,
        rows(&*view, DELAYED_OWNERS).await,
        rows(&*view, DELAYED_TIMES).await,
        schedules,
    ]
}

async fn rows<K, V>(view: &dyn consilium_store::View, keyspace: Keyspace<K, V>) -> usize
where
    K: consilium_store::codec::Key,
    V: consilium_store::codec::Value,
{
    keyspace.scan(view, &(), 9, Direction::Forward).await.expect("it is read").len()
}

#[tokio::test]
async fn only_the_owner_sees_what_he_scheduled() {
    let world = World::builder().tenant("law.test").start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let message = scheduled(&alice, &room, "mine", 60_000).await;
    let leave = leave_later(&alice, &room, 50_000).await;
    let listed = own(&alice, "").await;
    assert_eq!(ids(&listed["delayed_events"]), [&*leave, &*message], "by their times");
    assert_eq!(listed["scheduled"], listed["delayed_events"]);
    let (first, second) = (&listed["delayed_events"][0], &listed["delayed_events"][1]);
    assert_eq!((&first["type"], &first["state_key"]), (&json!(MEMBER), &json!(own_key(&alice))));
    assert_eq!((&first["content"], &first["delay"], &first["room_id"]), (&json!({}), &json!(50_000), &json!(room)));
    assert_eq!((&second["content"]["body"], second.get("state_key")), (&json!("mine"), None));
    assert!(second["running_since"].is_u64() && second.get("finalised_ts").is_none(), "{second}");
    assert_eq!(alice.get(&format!("{DELAYED}/{message}")).await.ok(), *second);
    assert_eq!(ids(&own(&alice, &format!("?delay_id={leave}")).await["scheduled"]), [&*leave]);
    let open = own(&alice, "?status=scheduled").await;
    assert!(open["finalised"].is_null() && ids(&open["scheduled"]).len() == 2, "{open}");
    alice.get(&format!("{DELAYED}?status=odd")).await.refused(400, "M_INVALID_PARAM");

    assert_eq!(own(&bob, "").await["delayed_events"], json!([]));
    bob.get(&format!("{DELAYED}/{message}")).await.refused(404, "M_NOT_FOUND");
    world.get(DELAYED).await.refused(401, "M_MISSING_TOKEN");
    world.get(&format!("{DELAYED}/{message}")).await.refused(401, "M_MISSING_TOKEN");
    for id in ["x", &"x".repeat(5_000), "%00", &format!("{message}0")] {
        alice.get(&format!("{DELAYED}/{id}")).await.refused(404, "M_NOT_FOUND");
        act(&world, id, "send").await.refused(404, "M_NOT_FOUND");
    }
    let path = format!("{DELAYED}/{message}/cancel");
    let elsewhere = world.request(Method::POST, &path).header("host", "law.test").send().await.expect("it is answered");
    assert_eq!(elsewhere.status(), 404, "another tenant knows nothing of it");
    act(&world, &message, "cancel").await.ok();
}
