//! OpenID tokens: who gets one, what it says, and when it says nothing any more.

use std::{path::Path, sync::Arc};

use consilium_config::{RateLimit, RateLimits};
use consilium_harness::{User, World, segment};
use consilium_homeserver::{Context, context::ManualClock, keyspaces::OPENID_TOKENS};
use consilium_store::Direction;
use reqwest::Method;
use serde_json::{Value, json};

const HOUR_MS: u64 = 3_600_000;

fn asking(user: &User) -> String {
    format!("/_matrix/client/v3/user/{}/openid/request_token", segment(&user.id))
}

fn info(token: &str) -> String {
    format!("/_matrix/federation/v1/openid/userinfo?access_token={token}")
}

async fn token(user: &User) -> String {
    let answer = user.post(&asking(user), json!({})).await.ok();
    answer["access_token"].as_str().expect("a token").to_owned()
}

async fn aged_world() -> (World, Arc<ManualClock>) {
    let clock = ManualClock::at(1_700_000_000_000);
    (World::builder().context(Context::fixed(Arc::clone(&clock) as _, 3)).on_disk().start().await, clock)
}

#[tokio::test]
async fn a_token_tells_a_third_party_who_somebody_is_for_an_hour() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let answer = alice.post(&asking(&alice), json!({})).await.ok();
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["matrix_server_name"], "hs.test");
    assert_eq!(answer["expires_in"], 3_600);
    let token = answer["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(world.get(&info(&token)).await.ok(), json!({ "sub": alice.id }));
    // It survives a restart, and works as often as it is shown.
    let world = world.restart().await;
    clock.advance_ms(HOUR_MS - 1);
    assert_eq!(world.get(&info(&token)).await.ok(), json!({ "sub": alice.id }));
    clock.advance_ms(1);
    world.get(&info(&token)).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn nobody_gets_a_token_that_says_he_is_somebody_else() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    bob.post(&asking(&alice), json!({})).await.refused(403, "M_FORBIDDEN");
    bob.post("/_matrix/client/v3/user/nonsense/openid/request_token", json!({})).await.refused(400, "M_INVALID_PARAM");
    world.post(&asking(&alice), json!({})).await.refused(401, "M_MISSING_TOKEN");
}

#[tokio::test]
async fn what_is_no_openid_token_says_nothing() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let token = token(&alice).await;
    world.get("/_matrix/federation/v1/openid/userinfo").await.refused(401, "M_MISSING_TOKEN");
    world.get(&info("")).await.refused(401, "M_MISSING_TOKEN");
    for wrong in ["guess", &alice.token, &token[..token.len() - 1], &format!("{token}x")] {
        world.get(&info(wrong)).await.refused(401, "M_UNKNOWN_TOKEN");
    }
    let acts = User::with_token(&world, String::new(), String::new(), token);
    acts.get("/_matrix/client/v3/account/whoami").await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn a_token_says_nothing_at_another_tenant_nor_once_its_account_has_ended() {
    let world = World::builder().tenant("law.test").start().await;
    let alice = world.user("alice").await;
    let token = token(&alice).await;
    let elsewhere = world.request(Method::GET, &info(&token)).header("host", "law.test");
    assert_eq!(elsewhere.send().await.expect("it is answered").status(), 401);
    let auth = json!({
        "type": "m.login.password", "identifier": { "type": "m.id.user", "user": "alice" }, "password": "alice-password",
    });
    alice.post("/_matrix/client/v3/account/deactivate", json!({ "auth": auth })).await.ok();
    world.get(&info(&token)).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn a_token_is_on_disk_as_its_hash_only_and_not_for_ever() {
    let (world, clock) = aged_world().await;
    let alice = world.user("alice").await;
    let token = token(&alice).await;
    let store = world.folder().join("tenants/hs-test/store");
    assert!(!holds(&store, token.as_bytes()));
    // A name is there, so that a search that finds nothing would be noticed.
    assert!(holds(&store, alice.id.as_bytes()));
    let rows = async |world: &World| {
        let view = world.tenant().await.store.view();
        OPENID_TOKENS.scan(&*view, &(), 10, Direction::Forward).await.expect("it is read").len()
    };
    let tenant = world.tenant().await;
    tenant.house.tidy_rows().await;
    assert_eq!(rows(&world).await, 1);
    clock.advance_ms(HOUR_MS);
    tenant.house.tidy_rows().await;
    assert_eq!(rows(&world).await, 0);
}

/// Whether a file below `folder` has `text` in it.
fn holds(folder: &Path, text: &[u8]) -> bool {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).any(|path| {
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text)
    })
}

#[tokio::test]
async fn a_service_may_ask_for_many_and_guesses_count_for_its_address() {
    let few = RateLimit::new(0.1, 3);
    let limits = RateLimits { enabled: true, request_address: few, ..RateLimits::default() };
    let clock = ManualClock::at(1_700_000_000_000);
    let context = Context::fixed(Arc::clone(&clock) as _, 3);
    let world = World::builder().context(context).configure(|config| config.rate_limits = limits).start().await;
    let alice = world.user("alice").await;
    let token = token(&alice).await;
    for _ in 0..20 {
        world.get(&info(&token)).await.ok();
    }
    let mut answers = Vec::<Value>::new();
    for _ in 0..5 {
        answers.push(world.get(&info("guess")).await.json());
    }
    assert_eq!(answers.last().expect("some")["errcode"], "M_LIMIT_EXCEEDED", "{answers:?}");
    world.get(&info(&token)).await.ok();
}
