//! What is trimmed after a time, and that whoever was away for longer misses nothing.

use std::{sync::Arc, time::Duration};

use consilium_harness::{FakeAppservice, User, World, segment};
use consilium_homeserver::{
    Context,
    context::ManualClock,
    horizon::{CHANGES_KEPT, DEVICE_LISTS_KEPT, Stream},
};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

const NOW_MS: u64 = 1_700_000_000_000;
const HOUR_MS: u64 = 3_600_000;

/// Time passes, and the house is tidied as it is hourly.
async fn pass(world: &World, clock: &ManualClock, by: Duration) {
    let house = Arc::clone(&world.tenant().await.house);
    house.tidy_rows().await;
    clock.advance_ms(u64::try_from(by.as_millis()).expect("it fits") + HOUR_MS);
    house.tidy_rows().await;
}

async fn aged_world() -> (World, Arc<ManualClock>) {
    let clock = ManualClock::at(NOW_MS);
    let context = Context::fixed(Arc::clone(&clock) as _, 7);
    (World::builder().context(context).on_disk().start().await, clock)
}

async fn upload_keys(user: &User) {
    let keys = json!({
        "user_id": user.id, "device_id": user.device, "algorithms": ["m.olm.v1.curve25519-aes-sha2"],
        "keys": { format!("ed25519:{}", user.device): "abc" }, "signatures": {},
    });
    user.post("/_matrix/client/v3/keys/upload", json!({ "device_keys": keys })).await.ok();
}

#[tokio::test]
async fn media_that_were_wanted_for_a_time_go_after_it_and_others_stay() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let upload = async |query: &str, content: &[u8]| {
        let path = format!("/_matrix/media/v3/upload{query}");
        let answer = alice.send_bytes(reqwest::Method::POST, &path, "a/b", content.to_vec()).await.ok();
        answer["content_uri"].as_str().expect("a uri").replace("mxc://", "/_matrix/client/v1/media/download/")
    };
    let brief = upload("?chat.consilium.lifetime_ms=3600000", b"brief").await;
    let same = upload("", b"brief").await;
    let longer = upload("?chat.consilium.lifetime_ms=86400000", b"longer").await;
    let wrong = "/_matrix/media/v3/upload?chat.consilium.lifetime_ms=soon";
    alice.send_bytes(reqwest::Method::POST, wrong, "a/b", vec![1]).await.refused(400, "M_INVALID_PARAM");
    pass(&world, &clock, Duration::from_hours(1)).await;
    alice.get(&brief).await.refused(404, "M_NOT_FOUND");
    assert_eq!(alice.get(&same).await.bytes, b"brief");
    assert_eq!(alice.get(&longer).await.bytes, b"longer");
    pass(&world, &clock, Duration::from_hours(24)).await;
    alice.get(&longer).await.refused(404, "M_NOT_FOUND");
    assert_eq!(alice.get(&same).await.bytes, b"brief");
}

#[tokio::test]
async fn a_token_from_before_the_horizon_misses_nothing() {
    let (world, clock) = aged_world().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let quiet = carol.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    let event_id = alice.say(&room, "long ago").await;
    upload_keys(&alice).await;
    let base = format!("/_matrix/client/v3/user/{}/account_data/org.example", segment(&bob.id));
    bob.put(&base, json!({ "old": true })).await.ok();
    let receipt = format!("/_matrix/client/v3/rooms/{}/receipt/m.read/{}", segment(&room), segment(&event_id));
    alice.post(&receipt, json!({})).await.ok();
    pass(&world, &clock, CHANGES_KEPT.max(DEVICE_LISTS_KEPT)).await;
    let view = world.tenant().await.store.view();
    assert!(Stream::Changes.trimmed(&*view).await.expect("read") > consilium_store::Position(0));
    assert!(Stream::DeviceLists.trimmed(&*view).await.expect("read") > consilium_store::Position(0));
    drop(view);
    // The feeds in memory would still know it.
    let world = world.restart().await;
    let bob = bob.at(&world);
    let news = bob.sync_since(first.next_batch(), 0).await;
    assert_eq!(news.joined(&room).texts(), ["long ago"]);
    assert!(news.joined(&room).0["ephemeral"].to_string().contains(&event_id), "{}", news.0);
    assert!(news.joined(&quiet).0.is_null(), "nothing happened there: {}", news.0);
    assert_eq!(news.0["account_data"]["events"][0]["content"], json!({ "old": true }));
    let mut changed = news.0["device_lists"]["changed"].as_array().cloned().expect("a list");
    changed.sort_by_key(Value::to_string);
    assert_eq!(changed, [json!(alice.id), json!(bob.id), json!(carol.id)], "everybody he shares a room with");
    let later = bob.sync_since(news.next_batch(), 0).await;
    assert!(later.0["rooms"].is_null() && later.0["device_lists"].is_null(), "{}", later.0);
    world.stop().await;
}

#[tokio::test]
async fn nothing_is_trimmed_before_its_time() {
    let (world, clock) = aged_world().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    alice.say(&room, "yesterday").await;
    pass(&world, &clock, Duration::from_hours(24)).await;
    let view = world.tenant().await.store.view();
    assert_eq!(Stream::Changes.trimmed(&*view).await.expect("read"), consilium_store::Position(0));
    drop(view);
    let world = world.restart().await;
    let news = bob.at(&world).sync_since(first.next_batch(), 0).await;
    assert_eq!(news.joined(&room).texts(), ["yesterday"]);
    assert!(news.0["device_lists"].is_null(), "{}", news.0);
    world.stop().await;
}

#[tokio::test]
async fn a_transaction_id_is_remembered_for_a_day_at_least_and_not_for_ever() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let path = format!("/_matrix/client/v3/rooms/{}/send/m.room.message/one", segment(&room));
    let send = async |alice: &User| {
        let answer = alice.put(&path, json!({ "msgtype": "m.text", "body": "x" })).await.ok();
        answer["event_id"].as_str().expect("an event id").to_owned()
    };
    let sent = send(&alice).await;
    pass(&world, &clock, Duration::from_hours(20)).await;
    // The room's writer remembers by itself; a new process does not.
    let world = world.restart().await;
    let alice = alice.at(&world);
    assert_eq!(send(&alice).await, sent);
    pass(&world, &clock, Duration::from_hours(3 * 24)).await;
    let world = world.restart().await;
    let alice = alice.at(&world);
    assert_ne!(send(&alice).await, sent);
    world.stop().await;
}

#[tokio::test]
async fn a_backlog_larger_than_a_transaction_comes_in_several_and_nothing_is_lost() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let ghost = desk.user(&world, "desk_anna", Some("DEV")).await;
    let room = alice.create_room_with(&[&ghost, &bob]).await;
    let said = alice.say(&room, "first").await;
    desk.wait_for("events", |event| event["content"]["body"] == "first").await;
    let held = desk.hold().await;
    alice.say(&room, "held back").await;
    let base = format!("/_matrix/client/v3/user/{}/account_data/org.example", segment(&bob.id));
    stream::iter(0..2_100)
        .map(async |number| bob.put(&format!("{base}.{}", number % 64), json!({ "n": number })).await.ok())
        .buffer_unordered(32)
        .collect::<Vec<_>>()
        .await;
    upload_keys(&alice).await;
    let receipt = format!("/_matrix/client/v3/rooms/{}/receipt/m.read/{}", segment(&room), segment(&said));
    bob.post(&receipt, json!({})).await.ok();
    for number in 0..250 {
        let messages = json!({ "messages": { &ghost.id: { "DEV": { "n": number } } } });
        alice.put(&format!("/_matrix/client/v3/sendToDevice/m.test/t{number}"), messages).await.ok();
    }
    alice.say(&room, "last").await;
    let before = desk.transactions().len();
    drop(held);
    desk.wait_for("events", |event| event["content"]["body"] == "last").await;
    let read = |event: &Value| event["type"] == "m.receipt" && event["content"][&said]["m.read"][&bob.id].is_object();
    desk.wait_for("ephemeral", read).await;
    let numbers: Vec<u64> = desk.received("to_device").iter().filter_map(|one| one["content"]["n"].as_u64()).collect();
    assert_eq!(numbers, (0..250).collect::<Vec<_>>());
    let after = &desk.transactions()[before..];
    let changed =
        |one: &Value| one["device_lists"]["changed"].as_array().is_some_and(|all| all.contains(&json!(alice.id)));
    assert!(after.iter().any(|one| changed(&one.body)), "the device list came");
    assert!(after.iter().all(|one| one.body["to_device"].as_array().is_none_or(|all| all.len() <= 100)));
}
