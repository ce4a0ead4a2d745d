//! Each kind of limit: what counts, what is answered beyond it, and that time lifts it. The clock stands still unless a test moves it.

use std::sync::Arc;

use consilium_config::{RateLimit, RateLimits};
use consilium_harness::{Answer, User, World, segment};
use consilium_homeserver::{Context, context::ManualClock};
use serde_json::{Value, json};

/// Two at once, then one every ten seconds.
const FEW: RateLimit = RateLimit::new(0.1, 2);
/// Never in the way.
const MANY: RateLimit = RateLimit::new(1_000.0, 100_000);

fn many() -> RateLimits {
    RateLimits {
        enabled: true,
        message: MANY,
        create_room: MANY,
        join: MANY,
        invite: MANY,
        login_address: MANY,
        login_account: MANY,
        registration: MANY,
        upload: MANY,
        keys: MANY,
        request_user: MANY,
        request_address: MANY,
    }
}

async fn limited(limits: RateLimits) -> (World, Arc<ManualClock>) {
    let clock = ManualClock::at(1_700_000_000_000);
    let context = Context::fixed(Arc::clone(&clock) as _, 11);
    let world = World::builder().context(context).configure(|config| config.rate_limits = limits).start().await;
    (world, clock)
}

/// Two go through, the third is told to wait, and goes through when it has waited.
async fn third_waits(clock: &ManualClock, mut act: impl AsyncFnMut() -> Answer) {
    for number in 0..2 {
        let answer = act().await;
        assert_ne!(answer.status, 429, "{number}: {answer}");
    }
    let refused = act().await;
    let body = refused.refused(429, "M_LIMIT_EXCEEDED");
    let wait_ms = body["retry_after_ms"].as_u64().expect("how long to wait");
    assert!((1..=10_000).contains(&wait_ms), "{body}");
    let wait_s: u64 = refused.header("retry-after").parse().expect("whole seconds");
    assert_eq!(wait_s, wait_ms.div_ceil(1_000), "the header says the same: {body}");
    clock.advance_ms(wait_ms - 1);
    act().await.refused(429, "M_LIMIT_EXCEEDED");
    clock.advance_ms(1);
    let answer = act().await;
    assert_ne!(answer.status, 429, "it has waited: {answer}");
}

fn room_path(room: &str, rest: &str) -> String {
    format!("/_matrix/client/v3/rooms/{}/{rest}", segment(room))
}

#[tokio::test]
async fn messages_are_counted_and_reading_state_is_not() {
    let (world, clock) = limited(RateLimits { message: FEW, ..many() }).await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room().await;
    let message = || room_path(&room, &format!("send/m.room.message/{}", alice.transaction()));
    third_waits(&clock, async || alice.put(&message(), json!({ "msgtype": "m.text", "body": "x" })).await).await;
    for _ in 0..5 {
        alice.get(&room_path(&room, "state/m.room.create")).await.ok();
        alice.get(&room_path(&room, "state/m.room.create/")).await.ok();
    }
    bob.create_room().await;
    clock.advance_ms(100_000);
    let topic = room_path(&room, "state/m.room.topic");
    let mut number = 0;
    third_waits(&clock, async || {
        number += 1;
        alice.put(&topic, json!({ "topic": format!("{number}") })).await
    })
    .await;
    clock.advance_ms(100_000);
    let event = alice.say(&room, "to redact").await;
    let redact = || room_path(&room, &format!("redact/{}/{}", segment(&event), alice.transaction()));
    alice.put(&redact(), json!({})).await.ok();
    alice.put(&redact(), json!({})).await.refused(429, "M_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn rooms_invitations_and_joins_have_limits_of_their_own() {
    let (world, clock) = limited(RateLimits { create_room: FEW, invite: FEW, join: FEW, ..many() }).await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let public = json!({ "preset": "public_chat" });
    third_waits(&clock, async || alice.post("/_matrix/client/v3/createRoom", public.clone()).await).await;
    let room = bob.create_room_like(public).await;
    let invite = room_path(&room, "invite");
    third_waits(&clock, async || bob.post(&invite, json!({ "user_id": "@alice:hs.test" })).await).await;
    third_waits(&clock, async || alice.post(&room_path(&room, "join"), json!({})).await).await;
    clock.advance_ms(100_000);
    let by_alias = format!("/_matrix/client/v3/join/{}", segment(&room));
    third_waits(&clock, async || alice.post(&by_alias, json!({})).await).await;
}

#[tokio::test]
async fn invitations_of_a_new_room_count_as_invitations() {
    let (world, clock) = limited(RateLimits { invite: RateLimit::new(0.1, 3), ..many() }).await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let path = "/_matrix/client/v3/createRoom";
    let inviting =
        |names: &[&str]| json!({ "invite": names.iter().map(|name| format!("@{name}:hs.test")).collect::<Vec<_>>() });
    alice.post(path, inviting(&["bob", "carl", "dora", "emil"])).await.refused(400, "M_INVALID_PARAM");
    alice.post(path, inviting(&["bob", "carl"])).await.ok();
    alice.post(path, inviting(&["bob", "carl"])).await.refused(429, "M_LIMIT_EXCEEDED");
    let rooms = alice.get("/_matrix/client/v3/joined_rooms").await.ok();
    assert_eq!(rooms["joined_rooms"].as_array().map(Vec::len), Some(1), "no refused room was made: {rooms}");
    alice.post(path, inviting(&["bob"])).await.ok();
    bob.post(path, inviting(&["alice"])).await.ok();
    clock.advance_ms(100_000);
    alice.post(path, inviting(&["bob", "carl"])).await.ok();
}

#[tokio::test]
async fn uploads_and_keys_have_limits_of_their_own() {
    let (world, clock) = limited(RateLimits { upload: FEW, keys: FEW, ..many() }).await;
    let alice = world.user("alice").await;
    third_waits(&clock, async || {
        alice.send_bytes(reqwest::Method::POST, "/_matrix/media/v3/upload", "text/plain", b"x".to_vec()).await
    })
    .await;
    third_waits(&clock, async || alice.post("/_matrix/client/v3/keys/query", json!({ "device_keys": {} })).await).await;
    clock.advance_ms(100_000);
    let send = || format!("/_matrix/client/v3/sendToDevice/m.test/{}", alice.transaction());
    third_waits(&clock, async || alice.put(&send(), json!({ "messages": {} })).await).await;
}

#[tokio::test]
async fn other_requests_are_counted_by_user_and_those_without_a_token_by_address() {
    let (world, clock) = limited(many()).await;
    let alice = world.user("alice").await;
    drop(alice);
    drop(world);
    let (world, by_user) = limited(RateLimits { request_user: FEW, ..many() }).await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let whoami = "/_matrix/client/v3/account/whoami";
    third_waits(&by_user, async || alice.get(whoami).await).await;
    bob.get(whoami).await.ok();
    drop(clock);

    let (world, by_address) = limited(RateLimits { request_address: FEW, ..many() }).await;
    third_waits(&by_address, async || world.get("/_matrix/client/versions").await).await;
    by_address.advance_ms(100_000);
    let guess = User::with_token(&world, String::new(), String::new(), "guess".to_owned());
    third_waits(&by_address, async || guess.get(whoami).await).await;
    by_address.advance_ms(100_000);
    third_waits(&by_address, async || guess.get("/_matrix/client/v3/profile/@nobody:hs.test").await).await;
}

fn password_login(name: &str, password: &str) -> Value {
    json!({
        "type": "m.login.password", "password": password,
        "identifier": { "type": "m.id.user", "user": name },
    })
}

#[tokio::test]
async fn signing_in_is_limited_by_account_named_and_by_address() {
    const LOGIN: &str = "/_matrix/client/v3/login";
    let (world, clock) = limited(RateLimits { login_account: FEW, ..many() }).await;
    let _users = world.users(["alice", "bob"]).await;
    third_waits(&clock, async || world.post(LOGIN, password_login("alice", "guess")).await).await;
    world.post(LOGIN, password_login("@ALICE:hs.test", "alice-password")).await.refused(429, "M_LIMIT_EXCEEDED");
    world.post(LOGIN, password_login("bob", "bob-password")).await.ok();
    // A token names no account: whoever uses one is not held up by others who do.
    for _ in 0..4 {
        let body = json!({ "type": "m.login.token", "token": "guess" });
        world.post(LOGIN, body).await.refused(403, "M_FORBIDDEN");
    }

    let (world, clock) = limited(RateLimits { login_address: FEW, ..many() }).await;
    let names = ["a", "b", "c", "d", "e", "f"];
    let mut next = 0;
    third_waits(&clock, async || {
        next += 1;
        world.post(LOGIN, password_login(names[next % names.len()], "guess")).await
    })
    .await;
}

#[tokio::test]
async fn a_proof_by_password_counts_as_signing_in() {
    let (world, clock) = limited(RateLimits { login_account: FEW, ..many() }).await;
    let alice = world.user("alice").await;
    let mut auth = password_login("alice", "guess");
    auth["type"] = json!("m.login.password");
    let body = json!({ "new_password": "new", "auth": auth });
    third_waits(&clock, async || alice.post("/_matrix/client/v3/account/password", body.clone()).await).await;
}

#[tokio::test]
async fn registrations_are_limited_by_address() {
    let (world, clock) = limited(RateLimits { registration: FEW, ..many() }).await;
    let mut number = 0;
    third_waits(&clock, async || {
        number += 1;
        let body = json!({
            "username": format!("user{number}"), "password": "p", "auth": { "type": "m.login.dummy" },
        });
        world.post("/_matrix/client/v3/register", body).await
    })
    .await;
}
