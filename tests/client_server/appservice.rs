//! Transactions to application services: order, retry, to-device messages, device lists, key counts.

use consilium_harness::{FakeAppservice, World, segment};
use serde_json::{Value, json};

fn bodies(events: &[Value]) -> Vec<&str> {
    events.iter().filter_map(|event| event["content"]["body"].as_str()).collect()
}

#[tokio::test]
async fn events_of_its_rooms_come_in_order_and_others_do_not() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).start().await;
    let [alice] = world.users(["alice"]).await;
    let ghost = desk.user(&world, "desk_anna", None).await;
    let other = alice.create_room().await;
    alice.say(&other, "not for you").await;
    let room = alice.create_room_with(&[&ghost]).await;
    for text in ["one", "two", "three"] {
        alice.say(&room, text).await;
    }
    desk.wait_for("events", |event| event["content"]["body"] == "three").await;
    let events = desk.received("events");
    assert_eq!(bodies(&events), ["one", "two", "three"]);
    assert!(events.iter().all(|event| event["room_id"] == room.as_str()), "{events:?}");
}

#[tokio::test]
async fn a_refused_transaction_comes_again_under_its_id_with_all_that_it_held() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).start().await;
    let [alice] = world.users(["alice"]).await;
    let ghost = desk.user(&world, "desk_anna", Some("DEV")).await;
    let room = alice.create_room_with(&[&ghost]).await;
    desk.wait_for("events", |event| {
        event["state_key"] == ghost.id.as_str() && event["content"]["membership"] == "join"
    })
    .await;
    desk.refuse([500, 503]);
    let messages = json!({ "messages": { &ghost.id: { "DEV": { "key": "secret" } } } });
    alice.put("/_matrix/client/v3/sendToDevice/m.room_key/1", messages).await.ok();
    alice.say(&room, "needs the key").await;
    desk.wait_for("events", |event| event["content"]["body"] == "needs the key").await;
    let transactions = desk.transactions();
    let refused: Vec<_> = transactions.iter().filter(|transaction| !transaction.accepted).collect();
    assert_eq!(refused.len(), 2);
    let again = transactions.iter().find(|transaction| transaction.accepted && transaction.id == refused[0].id);
    let again = again.expect("it came again under its id");
    assert_eq!(again.body["to_device"], refused[0].body["to_device"]);
    let keys = desk.received("de.sorunome.msc2409.to_device");
    assert_eq!(keys.len(), 1, "neither lost nor doubled: {keys:?}");
    assert_eq!(keys[0]["to_device_id"], "DEV");
    let has = |body: &Value, key: &str| body[key].as_array().is_some_and(|list| !list.is_empty());
    let key_at = transactions.iter().position(|transaction| has(&transaction.body, "to_device"));
    let event_at = transactions.iter().position(|transaction| {
        bodies(transaction.body["events"].as_array().map_or(&[], Vec::as_slice)).contains(&"needs the key")
    });
    assert!(key_at <= event_at, "the room key comes with its event or before");
}

#[tokio::test]
async fn device_lists_and_key_counts_stand_in_the_transactions() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).start().await;
    let [alice] = world.users(["alice"]).await;
    let ghost = desk.user(&world, "desk_anna", Some("DEV")).await;
    alice.create_room_with(&[&ghost]).await;
    let id = alice.id.clone();
    let named = desk
        .wait_until("alice newly shares a room", |transactions| {
            transactions.iter().any(|one| {
                one.body["device_lists"]["changed"].as_array().is_some_and(|users| users.contains(&json!(id)))
            })
        })
        .await;
    let last = &named.last().expect("one came").body;
    assert_eq!(last["device_one_time_keys_count"][&ghost.id]["DEV"]["signed_curve25519"], 0);
    assert_eq!(last["org.matrix.msc3202.device_unused_fallback_key_types"][&ghost.id]["DEV"], json!([]));
}

#[tokio::test]
async fn what_waits_is_sent_after_a_restart() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).on_disk().start().await;
    let [alice] = world.users(["alice"]).await;
    let ghost = desk.user(&world, "desk_anna", None).await;
    let room = alice.create_room_with(&[&ghost]).await;
    desk.wait_for("events", |event| {
        event["state_key"] == ghost.id.as_str() && event["content"]["membership"] == "join"
    })
    .await;
    desk.refuse([500; 3]);
    alice.say(&room, "before the restart").await;
    let world = world.restart().await;
    alice.at(&world).say(&room, "after it").await;
    desk.wait_for("events", |event| event["content"]["body"] == "after it").await;
    assert_eq!(bodies(&desk.received("events")), ["before the restart", "after it"]);
    world.stop().await;
}

#[tokio::test]
async fn typing_takes_no_number_from_what_must_come_once() {
    let desk = FakeAppservice::listen("desk").await;
    let world = World::builder().appservice(desk.registration()).on_disk().start().await;
    let [alice] = world.users(["alice"]).await;
    let ghost = desk.user(&world, "desk_anna", None).await;
    let room = alice.create_room_with(&[&ghost]).await;
    let typing = format!("/_matrix/client/v3/rooms/{}/typing/{}", segment(&room), segment(&alice.id));
    for said in ["one", "two"] {
        alice.say(&room, said).await;
        desk.wait_for("events", |event| event["content"]["body"] == said).await;
        let before = desk.received("ephemeral").len();
        alice.put(&typing, json!({ "typing": said == "one", "timeout": 30_000 })).await.ok();
        desk.wait_until("typing", |_| desk.received("ephemeral").len() > before).await;
    }
    let world = world.restart().await;
    alice.at(&world).say(&room, "three").await;
    desk.wait_for("events", |event| event["content"]["body"] == "three").await;
    assert_eq!(bodies(&desk.received("events")), ["one", "two", "three"]);
    let transactions = desk.transactions();
    let is_empty = |list: &Value| list.as_array().is_none_or(Vec::is_empty);
    let (kept, passing): (Vec<_>, Vec<_>) = transactions
        .iter()
        .partition(|one| !is_empty(&one.body["events"]) || !is_empty(&one.body["device_lists"]["changed"]));
    let numbers: Vec<u64> = kept.iter().map(|one| one.id.parse().expect("a number")).collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1), "{numbers:?}");
    assert!(passing.len() >= 2, "{transactions:#?}");
    assert!(passing.iter().all(|one| one.id.parse::<u64>().is_err()), "{passing:#?}");
    let ids: std::collections::BTreeSet<_> = transactions.iter().map(|one| &one.id).collect();
    assert_eq!(ids.len(), transactions.len(), "no id comes twice");
    world.stop().await;
}
