//! Delayed events: sent once at their time, whatever happens in between.

use std::{collections::BTreeMap, sync::Arc};

use consilium_harness::{Answer, User, World, segment};
use consilium_homeserver::{
    Context,
    context::ManualClock,
    keyspaces::{DELAYED_OWNERS, DELAYED_SCHEDULES, DELAYED_TIMES},
};
use consilium_store::Direction;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::rooms::{bodies, room_path};

pub const DELAYED: &str = "/_matrix/client/unstable/org.matrix.msc4140/delayed_events";
pub const HOUR_MS: u64 = 3_600_000;
pub const DAY_MS: u64 = 24 * HOUR_MS;
pub const MEMBER: &str = "org.matrix.msc3401.call.member";

pub async fn aged_world() -> (World, Arc<ManualClock>) {
    let clock = ManualClock::at(1_700_000_000_000);
    (World::builder().context(Context::fixed(Arc::clone(&clock) as _, 5)).on_disk().start().await, clock)
}

/// Time passes, and what is due is sent.
pub async fn pass(world: &World, clock: &ManualClock, by_ms: u64) {
    clock.advance_ms(by_ms);
    world.tenant().await.delayed_events.fire_due().await.expect("what is due is sent");
}

pub async fn say_later(user: &User, room: &str, txn: &str, text: &str, delay: &str) -> Answer {
    let path = room_path(room, &format!("send/m.room.message/{txn}?org.matrix.msc4140.delay={delay}"));
    user.put(&path, json!({ "msgtype": "m.text", "body": text })).await
}

pub async fn scheduled(user: &User, room: &str, text: &str, delay_ms: u64) -> String {
    let answer = say_later(user, room, &user.transaction(), text, &delay_ms.to_string()).await.ok();
    answer["delay_id"].as_str().unwrap_or_else(|| panic!("a delay id: {answer}")).to_owned()
}

pub fn own_key(user: &User) -> String {
    format!("_{}_{}_m.call", user.id, user.device)
}

/// The leave that a device schedules for when it crashes.
pub async fn leave_later(user: &User, room: &str, delay_ms: u64) -> String {
    let state = format!("state/{MEMBER}/{}?org.matrix.msc4140.delay={delay_ms}", segment(&own_key(user)));
    let answer = user.put(&room_path(room, &state), json!({})).await.ok();
    answer["delay_id"].as_str().expect("a delay id").to_owned()
}

pub async fn act(world: &World, id: &str, action: &str) -> Answer {
    world.post(&format!("{DELAYED}/{id}/{action}"), json!({})).await
}

/// What was said in the room, in order.
pub async fn said(user: &User, room: &str) -> Vec<String> {
    bodies(&user.get(&room_path(room, "messages?dir=f&limit=1000")).await.ok())
}

pub async fn own(user: &User, query: &str) -> Value {
    user.get(&format!("{DELAYED}{query}")).await.ok()
}

pub fn ids(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(|one| one["delay_id"].as_str()).collect()
}

/// Two members, who may both set the state of calls.
pub async fn call_room(alice: &User, bob: &User) -> String {
    let room = alice.create_room_with(&[bob]).await;
    let path = room_path(&room, "state/m.room.power_levels");
    let mut levels = alice.get(&path).await.ok();
    levels["events"][MEMBER] = json!(0);
    alice.put(&path, levels).await.ok();
    room
}

#[tokio::test]
async fn an_event_is_sent_when_its_time_has_come_and_not_before() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let since = alice.sync().await;
    let id = scheduled(&alice, &room, "later", 5_000).await;
    pass(&world, &clock, 4_999).await;
    assert!(said(&alice, &room).await.is_empty());
    pass(&world, &clock, 1).await;
    let news = alice.sync_since(since.next_batch(), 0).await;
    let timeline = news.joined(&room).timeline();
    assert_eq!(timeline.len(), 1, "{timeline:?}");
    assert_eq!(timeline[0]["content"], json!({ "msgtype": "m.text", "body": "later" }));
    assert_eq!(timeline[0]["origin_server_ts"], 1_700_000_005_000_u64, "the time is that of sending");
    assert_eq!(timeline[0]["sender"], alice.id.as_str());
    assert!(timeline[0]["unsigned"]["transaction_id"].is_string(), "{timeline:?}");
    pass(&world, &clock, DAY_MS).await;
    assert_eq!(said(&alice, &room).await, ["later"]);
    act(&world, &id, "send").await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn the_worker_sends_by_itself() {
    // By the machine's clock: the only test that waits for it, and as long as it takes.
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let since = bob.sync().await;
    scheduled(&alice, &room, "by itself", 1).await;
    let news = bob.sync_since(since.next_batch(), 20_000).await;
    assert_eq!(news.joined(&room).texts(), ["by itself"]);
}

#[tokio::test]
async fn events_of_a_room_are_sent_in_the_order_of_their_times() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let (room, other) = (alice.create_room().await, alice.create_room().await);
    for (text, delay_ms) in [("third", 3_000), ("first", 1_000), ("second", 2_000)] {
        scheduled(&alice, &room, text, delay_ms).await;
        scheduled(&alice, &other, text, delay_ms).await;
    }
    pass(&world, &clock, 10_000).await;
    assert_eq!(said(&alice, &room).await, ["first", "second", "third"]);
    assert_eq!(said(&alice, &other).await, ["first", "second", "third"]);
}

#[tokio::test]
async fn a_retried_request_schedules_once() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let first = say_later(&alice, &room, "one", "once", "1000").await.ok();
    assert_eq!(say_later(&alice, &room, "one", "once", "1000").await.ok(), first);
    let together: Vec<Value> = stream::iter(0..8)
        .map(async |_| say_later(&alice, &room, "two", "together", "1000").await.ok())
        .buffer_unordered(8)
        .collect()
        .await;
    assert!(together.iter().all(|one| *one == together[0] && *one != first), "{together:?}");
    // Another device's transactions are its own.
    let phone = world.sign_in("alice").await;
    assert_ne!(say_later(&phone, &room, "one", "phone", "1000").await.ok(), first);
    let world = world.restart().await;
    let alice = alice.at(&world);
    assert_eq!(say_later(&alice, &room, "one", "once", "1000").await.ok(), first);
    pass(&world, &clock, 1_000).await;
    assert_eq!(say_later(&alice, &room, "one", "once", "1000").await.ok(), first, "also when it was sent");
    let mut texts = said(&alice, &room).await;
    texts.sort_unstable();
    assert_eq!(texts, ["once", "phone", "together"]);
}

#[tokio::test]
async fn who_knows_the_id_restarts_sends_and_cancels_without_a_token() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let [restarted, sent, cancelled] = [
        scheduled(&alice, &room, "restarted", 5_000).await,
        scheduled(&alice, &room, "sent", 5_000).await,
        scheduled(&alice, &room, "cancelled", 5_000).await,
    ];
    act(&world, &cancelled, "cancel").await.ok();
    act(&world, &sent, "send").await.ok();
    assert_eq!(said(&alice, &room).await, ["sent"]);
    for _ in 0..4 {
        pass(&world, &clock, 4_000).await;
        assert_eq!(act(&world, &restarted, "restart").await.ok(), json!({}));
    }
    assert_eq!(said(&alice, &room).await, ["sent"]);
    pass(&world, &clock, 5_000).await;
    assert_eq!(said(&alice, &room).await, ["sent", "restarted"]);
    for id in [&restarted, &sent, &cancelled] {
        for action in ["restart", "send", "cancel"] {
            act(&world, id, action).await.refused(404, "M_NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn the_action_may_stand_in_the_body_and_a_token_does_no_harm() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let id = scheduled(&alice, &room, "x", 5_000).await;
    let path = format!("{DELAYED}/{id}");
    pass(&world, &clock, 4_000).await;
    world.post(&path, json!({ "action": "restart" })).await.ok();
    pass(&world, &clock, 4_000).await;
    alice.post(&format!("{path}/restart"), json!({})).await.ok();
    pass(&world, &clock, 4_000).await;
    assert!(said(&alice, &room).await.is_empty());
    world.post(&path, json!({})).await.refused(400, "M_MISSING_PARAM");
    world.post(&path, json!({ "action": "explode" })).await.refused(400, "M_INVALID_PARAM");
    world.post(&path, json!({ "action": 1 })).await.refused(400, "M_BAD_JSON");
    world.post(&format!("{path}/explode"), json!({})).await.refused(404, "M_UNRECOGNIZED");
    world.post(&path, json!({ "action": "send" })).await.ok();
    assert_eq!(said(&alice, &room).await, ["x"]);
}

#[tokio::test]
async fn a_leave_that_became_due_while_nothing_ran_is_sent_once() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = call_room(&alice, &bob).await;
    let member = room_path(&room, &format!("state/{MEMBER}/{}", segment(&own_key(&bob))));
    let id = leave_later(&bob, &room, 20_000).await;
    bob.put(&member, json!({ "application": "m.call" })).await.ok();
    let later = scheduled(&alice, &room, "not yet", 10 * HOUR_MS).await;
    let since = alice.sync().await;
    clock.advance_ms(3 * HOUR_MS);
    let world = world.restart().await;
    let (alice, bob) = (alice.at(&world), bob.at(&world));
    pass(&world, &clock, 0).await;
    assert_eq!(alice.get(&member).await.ok(), json!({}));
    act(&world, &id, "restart").await.refused(404, "M_NOT_FOUND");
    let news = alice.sync_since(since.next_batch(), 0).await;
    assert_eq!(news.joined(&room).timeline().len(), 1, "{}", news.0);
    bob.put(&member, json!({ "application": "m.call", "again": true })).await.ok();
    let world = world.restart().await;
    let alice = alice.at(&world);
    pass(&world, &clock, 0).await;
    assert_eq!(alice.get(&member).await.ok()["again"], true, "it was not sent a second time");
    assert_eq!(ids(&own(&alice, "").await["delayed_events"]), [later], "what is not due waits");
    pass(&world, &clock, 7 * HOUR_MS).await;
    assert_eq!(said(&alice, &room).await, ["not yet"]);
}

#[tokio::test]
async fn an_attempt_that_broke_off_after_the_room_took_the_event_does_not_send_it_again() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let id = scheduled(&alice, &room, "once", 1_000).await;
    let tenant = world.tenant().await;
    let view = tenant.store.view();
    let rows = DELAYED_SCHEDULES.scan_versioned(&*view, &(), 10, Direction::Forward).await.expect("read");
    let (key, _, before) = rows.into_iter().next().expect("it is scheduled");
    pass(&world, &clock, 1_000).await;
    assert_eq!(said(&alice, &room).await, ["once"]);
    // The rows as they would be if the server had died between the event's commit and the one that says so.
    let mut batch = consilium_store::Batch::new();
    DELAYED_SCHEDULES.put_versioned(&mut batch, &key, &before);
    DELAYED_OWNERS.put(&mut batch, &id, &key.0);
    DELAYED_TIMES.put(&mut batch, &(before.at_ms, key.0, key.1.clone()), &());
    tenant.store.commit(batch).await.expect("written");
    drop((view, tenant));
    let world = world.restart().await;
    let alice = alice.at(&world);
    pass(&world, &clock, 0).await;
    assert_eq!(said(&alice, &room).await, ["once"]);
    act(&world, &id, "send").await.refused(404, "M_NOT_FOUND");
    let ended = own(&alice, "?status=finalised").await;
    assert_eq!(ended["finalised"][0]["outcome"], "send", "{ended}");
}

#[tokio::test]
async fn however_many_send_it_at_once_it_is_sent_once() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    for round in 0..10 {
        let id = scheduled(&alice, &room, &format!("{round}"), 1_000).await;
        clock.advance_ms(1_000);
        let tenant = world.tenant().await;
        let fired = stream::iter(0..4).map(|_| tenant.delayed_events.fire_due()).buffer_unordered(4).count();
        let sends = stream::iter(0..4).map(|_| act(&world, &id, "send")).buffer_unordered(4);
        let (_, answers) = tokio::join!(fired, sends.collect::<Vec<Answer>>());
        assert!(answers.iter().filter(|answer| answer.status == 200).count() <= 1);
    }
    let expected: Vec<String> = (0..10).map(|round| round.to_string()).collect();
    assert_eq!(said(&alice, &room).await, expected);
}

#[tokio::test]
async fn however_restarts_cancels_and_time_are_mixed_each_is_sent_once_at_its_time() {
    for seed in 1..=5_u64 {
        let (world, clock) = aged_world().await;
        let alice = world.user("alice").await;
        let room = alice.create_room().await;
        let mut state = seed;
        let mut chance = move |of: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % of
        };
        // Delay id → text, delay and when it is due: what should happen.
        let mut waiting = BTreeMap::<String, (String, u64, u64)>::new();
        let (mut now_ms, mut expected) = (0_u64, Vec::<String>::new());
        for step in 0..60 {
            let pick = usize::try_from(chance(1_000)).expect("small");
            let picked = waiting.keys().nth(pick % waiting.len().max(1)).cloned();
            match (chance(6), picked) {
                (0 | 1, _) | (_, None) => {
                    let (text, delay_ms) = (format!("{step}"), 1_000 + chance(9_000));
                    let id = scheduled(&alice, &room, &text, delay_ms).await;
                    waiting.insert(id, (text, delay_ms, now_ms + delay_ms));
                }
                (2, Some(id)) => {
                    act(&world, &id, "restart").await.ok();
                    let one = waiting.get_mut(&id).expect("it waits");
                    one.2 = now_ms + one.1;
                }
                (3, Some(id)) => {
                    act(&world, &id, "cancel").await.ok();
                    waiting.remove(&id);
                }
                (4, Some(id)) => {
                    act(&world, &id, "send").await.ok();
                    expected.extend(waiting.remove(&id).map(|(text, ..)| text));
                }
                _ => {
                    let by_ms = chance(4_000);
                    now_ms += by_ms;
                    pass(&world, &clock, by_ms).await;
                    let mut due: Vec<_> = waiting.extract_if(.., |_, (.., at)| *at <= now_ms).collect();
                    due.sort_by_key(|(_, (.., at))| *at);
                    expected.extend(due.into_iter().map(|(_, (text, ..))| text));
                }
            }
        }
        let (mut seen, mut wanted) = (said(&alice, &room).await, expected);
        // Those of one millisecond may come in any order.
        seen.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(seen, wanted, "seed {seed}");
        let listed = own(&alice, "").await;
        let mut open = ids(&listed["delayed_events"]);
        open.sort_unstable();
        assert_eq!(open, waiting.keys().collect::<Vec<_>>(), "seed {seed}");
    }
}

#[tokio::test]
async fn a_new_name_does_not_make_somebody_another_member() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    scheduled(&bob, &room, "renamed", 60_000).await;
    let name = format!("/_matrix/client/v3/profile/{}/displayname", segment(&bob.id));
    bob.put(&name, json!({ "displayname": "Bob" })).await.ok();
    pass(&world, &clock, 60_000).await;
    assert_eq!(said(&alice, &room).await, ["renamed"]);
}

#[tokio::test]
async fn later_state_of_the_owner_does_not_cancel_his_delayed_state() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = call_room(&alice, &bob).await;
    let member = room_path(&room, &format!("state/{MEMBER}/{}", segment(&own_key(&bob))));
    leave_later(&bob, &room, 8_000).await;
    bob.put(&member, json!({ "application": "m.call" })).await.ok();
    bob.put(&member, json!({ "application": "m.call", "expires": 1 })).await.ok();
    pass(&world, &clock, 8_000).await;
    assert_eq!(bob.get(&member).await.ok(), json!({}));
}

#[tokio::test]
async fn a_redaction_and_the_paths_own_endpoint_can_wait_too() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let event_id = alice.say(&room, "soon gone").await;
    let redact = room_path(&room, "send/m.room.redaction/r?org.matrix.msc4140.delay=1000");
    alice.put(&redact, json!({ "redacts": event_id, "reason": "old" })).await.ok();
    let base = format!("/_matrix/client/unstable/org.matrix.msc4140/rooms/{}/delayed_event", segment(&room));
    let message = json!({ "delay": 1_000, "content": { "msgtype": "m.text", "body": "by its own path" } });
    let first = alice.put(&format!("{base}/m.room.message/t1"), message.clone()).await.ok();
    assert_eq!(alice.put(&format!("{base}/m.room.message/t1"), message).await.ok(), first);
    let topic = json!({ "delay": 1_000, "state_key": "", "content": { "topic": "later" } });
    alice.put(&format!("{base}/m.room.topic/t2"), topic).await.ok();
    alice.put(&format!("{base}/m.room.topic/t3"), json!({ "content": {} })).await.refused(400, "M_BAD_JSON");
    pass(&world, &clock, 1_000).await;
    assert_eq!(said(&alice, &room).await, ["by its own path"]);
    assert_eq!(alice.get(&room_path(&room, "state/m.room.topic")).await.ok()["topic"], "later");
}
