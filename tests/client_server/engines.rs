//! Both engines give the same answers, to the letter: time stands still and randomness has one seed.

use std::sync::Arc;

use consilium_harness::{World, segment};
use consilium_homeserver::{Context, EngineKind, context::ManualClock};
use serde_json::{Value, json};

/// What a client sees of a little of everything, on `engine`.
async fn seen(engine: EngineKind) -> Vec<Value> {
    let clock = ManualClock::at(1_700_000_000_000);
    let context = Context::fixed(Arc::clone(&clock) as _, 5);
    let world = World::builder().context(context).configure(|config| config.engine = engine).start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let path = |rest: &str| format!("/_matrix/client/v3/rooms/{}/{rest}", segment(&room));
    let first = bob.sync().await;
    let mut seen = vec![first.0.clone()];
    let said = alice.say(&room, "one").await;
    let edit = json!({
        "msgtype": "m.text", "body": "* two", "m.new_content": { "msgtype": "m.text", "body": "two" },
        "m.relates_to": { "rel_type": "m.replace", "event_id": said },
    });
    alice.send(&room, "m.room.message", edit).await;
    let thread = json!({ "body": "in a thread", "m.relates_to": { "rel_type": "m.thread", "event_id": said } });
    let threaded = bob.send(&room, "m.room.message", thread).await;
    let gone = bob.say(&room, "gone").await;
    bob.put(&path(&format!("redact/{}/r1", segment(&gone))), json!({ "reason": "mistake" })).await.ok();
    bob.post(&path(&format!("receipt/m.read/{}", segment(&threaded))), json!({ "thread_id": said })).await.ok();
    alice.put(&path("state/m.room.topic"), json!({ "topic": "both" })).await.ok();
    let data =
        format!("/_matrix/client/v3/user/{}/rooms/{}/account_data/org.example", segment(&bob.id), segment(&room));
    bob.put(&data, json!({ "n": 1 })).await.ok();
    let messages = json!({ "messages": { &bob.id: { "*": { "n": 2 } } } });
    alice.put("/_matrix/client/v3/sendToDevice/m.test/1", messages).await.ok();
    let signatures = json!({ &bob.id: { "ed25519:A": "s" } });
    let keys = json!({ "one_time_keys": { "signed_curve25519:A": { "key": "key00001", "signatures": signatures } } });
    bob.post("/_matrix/client/v3/keys/upload", keys).await.ok();
    let token = format!("/_matrix/client/v3/user/{}/openid/request_token", segment(&alice.id));
    seen.push(alice.post(&token, json!({})).await.ok());
    let sticky = "send/org.example.member/s1?org.matrix.msc4354.sticky_duration_ms=60000";
    alice.put(&path(sticky), json!({ "body": "sticky" })).await.ok();
    let delayed = "send/m.room.message/s2?org.matrix.msc4140.delay=1000";
    seen.push(alice.put(&path(delayed), json!({ "body": "delayed" })).await.ok());
    let news = bob.sync_since(first.next_batch(), 0).await;
    seen.push(news.0.clone());
    seen.push(alice.get("/_matrix/client/unstable/org.matrix.msc4140/delayed_events").await.ok());
    let claim = json!({ "one_time_keys": { &bob.id: { &bob.device: "signed_curve25519" } } });
    seen.push(alice.post("/_matrix/client/v3/keys/claim", claim).await.ok());
    clock.advance_ms(40 * 86_400_000);
    let tenant = world.tenant().await;
    tenant.delayed_events.fire_due().await.expect("what is due is sent");
    tenant.house.tidy_rows().await;
    clock.advance_ms(40 * 86_400_000);
    tenant.house.tidy_rows().await;
    bob.leave(&room).await;
    seen.push(bob.sync_since(news.next_batch(), 0).await.0);
    seen.push(alice.get(&path("messages?dir=b&limit=5")).await.ok());
    seen.push(alice.get(&path("members")).await.ok());
    seen.push(
        alice.get(&format!("/_matrix/client/v1/rooms/{}/relations/{}", segment(&room), segment(&said))).await.ok(),
    );
    world.stop().await;
    seen
}

#[tokio::test]
async fn answers_do_not_depend_on_the_engine() {
    let (memory, rocks) = (seen(EngineKind::Memory).await, seen(EngineKind::RocksDb).await);
    for (one, other) in memory.iter().zip(&rocks) {
        assert_eq!(one, other);
    }
    let all = memory.iter().map(Value::to_string).collect::<String>();
    assert_eq!(memory.len(), rocks.len());
    assert!(["in a thread", "delay_id", "msc4354_sticky"].iter().all(|text| all.contains(text)), "{all}");
}
