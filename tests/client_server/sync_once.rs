//! What `/sync` gives once, and again only until the next token acknowledges it; and what `full_state` adds.

use consilium_harness::{User, World, segment};
use serde_json::{Value, json};

async fn like(user: &User, query: &str) -> Value {
    user.get(&format!("/_matrix/client/v3/sync?{query}")).await.ok()
}

fn next(body: &Value) -> &str {
    body["next_batch"].as_str().expect("a token")
}

fn kinds(events: &Value) -> Vec<&str> {
    events.as_array().into_iter().flatten().filter_map(|event| event["type"].as_str()).collect()
}

#[tokio::test]
async fn full_state_gives_the_state_and_no_gap() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let quiet = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    alice.say(&room, "new").await;
    let body = like(&bob, &format!("since={}&full_state=true&timeout=60000", first.next_batch())).await;
    let joined = &body["rooms"]["join"];
    assert_eq!(joined[&room]["timeline"]["limited"], false, "{}", joined[&room]);
    assert_eq!(kinds(&joined[&room]["timeline"]["events"]), ["m.room.message"]);
    assert_eq!(joined[&quiet]["timeline"]["limited"], false);
    assert_eq!(joined[&quiet]["timeline"]["events"], json!([]));
    for room in [&room, &quiet] {
        let state = kinds(&joined[room]["state"]["events"]);
        assert!(state.contains(&"m.room.create") && state.contains(&"m.room.member"), "{state:?}");
    }
    let later = like(&bob, &format!("since={}", next(&body))).await;
    assert!(later["rooms"].is_null(), "{later}");
}

#[tokio::test]
async fn account_data_and_tags_of_a_room_come_once() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let first = bob.sync().await;
    let base = format!("/_matrix/client/v3/user/{}/rooms/{}", segment(&bob.id), segment(&room));
    bob.put(&format!("{base}/account_data/org.example.note"), json!({ "n": 1 })).await.ok();
    bob.put(&format!("{base}/tags/m.favourite"), json!({ "order": 0.5 })).await.ok();
    let body = like(&bob, &format!("since={}", first.next_batch())).await;
    let mut seen = kinds(&body["rooms"]["join"][&room]["account_data"]["events"]);
    seen.sort_unstable();
    assert_eq!(seen, ["m.tag", "org.example.note"]);
    let again = like(&bob, &format!("since={}", first.next_batch())).await;
    assert_eq!(again["rooms"], body["rooms"], "the same token gives the same");
    let later = like(&bob, &format!("since={}", next(&body))).await;
    assert!(later["rooms"].is_null(), "{later}");
    bob.delete(&format!("{base}/tags/m.favourite")).await.ok();
    let gone = like(&bob, &format!("since={}", next(&body))).await;
    let events = &gone["rooms"]["join"][&room]["account_data"]["events"];
    assert_eq!(events, &json!([{ "type": "m.tag", "content": { "tags": {} } }]));
    let whole = like(&bob, "").await;
    assert!(whole["rooms"]["join"][&room]["account_data"].to_string().contains("org.example.note"));
    let others = alice.sync().await;
    assert!(others.joined(&room).0["account_data"].is_null(), "another user's data");
}

#[tokio::test]
async fn to_device_messages_stay_until_the_next_token_acknowledges_them() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let other = world.sign_in("bob").await;
    let first = bob.sync().await;
    let send = async |txn: &str, device: &str| {
        let messages = json!({ "messages": { &bob.id: { device: { "txn": txn } } } });
        alice.put(&format!("/_matrix/client/v3/sendToDevice/m.test/{txn}"), messages).await.ok();
    };
    send("one", &bob.device).await;
    send("one", &bob.device).await;
    send("all", "*").await;
    let body = like(&bob, &format!("since={}", first.next_batch())).await;
    let texts = |body: &Value| -> Vec<String> {
        let events = body["to_device"]["events"].as_array().cloned().unwrap_or_default();
        events.iter().filter_map(|event| event["content"]["txn"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(texts(&body), ["one", "all"]);
    let again = like(&bob, &format!("since={}", first.next_batch())).await;
    assert_eq!(texts(&again), ["one", "all"], "the answer may have been lost");
    assert_eq!(texts(&like(&bob, "").await), ["one", "all"], "a client that begins anew has not got them");
    assert_eq!(texts(&like(&other, "").await), ["all"]);
    let later = like(&bob, &format!("since={}", next(&body))).await;
    assert_eq!(texts(&later), [""; 0]);
    assert_eq!(texts(&like(&bob, "").await), [""; 0], "acknowledged messages are gone");
    assert_eq!(texts(&like(&other, "").await), ["all"], "the other device has not acknowledged its own");
}

#[tokio::test]
async fn more_to_device_messages_than_one_answer_holds_come_in_order_with_the_next() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let first = bob.sync().await;
    for number in 0..620 {
        let messages = json!({ "messages": { &bob.id: { &bob.device: { "n": number } } } });
        alice.put(&format!("/_matrix/client/v3/sendToDevice/m.test/t{number}"), messages).await.ok();
    }
    let (mut since, mut numbers) = (first.next_batch().to_owned(), Vec::new());
    while numbers.len() < 620 {
        let body = like(&bob, &format!("since={since}")).await;
        let events = body["to_device"]["events"].as_array().cloned().unwrap_or_default();
        assert!(!events.is_empty() && events.len() <= 500, "{} events", events.len());
        numbers.extend(events.iter().filter_map(|event| event["content"]["n"].as_u64()));
        next(&body).clone_into(&mut since);
    }
    assert_eq!(numbers, (0..620).collect::<Vec<_>>());
    assert!(like(&bob, &format!("since={since}")).await["to_device"].is_null());
}
