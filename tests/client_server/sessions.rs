//! Login, logout, refresh, login tokens.

use std::sync::Arc;

use consilium_harness::{User, World};
use consilium_homeserver::context::{Context, ManualClock};
use serde_json::{Value, json};

const LOGIN: &str = "/_matrix/client/v3/login";
const REFRESH: &str = "/_matrix/client/v3/refresh";
const WHOAMI: &str = "/_matrix/client/v3/account/whoami";

fn password(user: &str, password: &str) -> Value {
    json!({ "type": "m.login.password", "identifier": { "type": "m.id.user", "user": user }, "password": password })
}

#[tokio::test]
async fn login_offers_password_and_token() {
    let world = World::start().await;
    let flows = world.get(LOGIN).await.ok();
    let types: Vec<_> = flows["flows"].as_array().expect("flows").iter().map(|flow| &flow["type"]).collect();
    assert_eq!(types, ["m.login.password", "m.login.token"]);
}

#[tokio::test]
async fn one_signs_in_by_localpart_by_id_in_capitals_and_in_the_old_form() {
    let world = World::start().await;
    let _ = world.user("alice").await;
    for name in ["alice", "@alice:hs.test", "ALICE"] {
        let answer = world.post(LOGIN, password(name, "alice-password")).await.ok();
        assert_eq!(answer["user_id"], "@alice:hs.test");
        let whoami = User::of(&world, &answer).get(WHOAMI).await.ok();
        assert_eq!(whoami["device_id"], answer["device_id"]);
    }
    let old = json!({ "type": "m.login.password", "user": "alice", "password": "alice-password" });
    world.post(LOGIN, old).await.ok();
}

#[tokio::test]
async fn wrong_proofs_are_refused_alike() {
    let world = World::start().await;
    let _ = world.user("alice").await;
    let wrong = world.post(LOGIN, password("alice", "wrong")).await.refused(403, "M_FORBIDDEN");
    let nobody = world.post(LOGIN, password("nobody", "wrong")).await.refused(403, "M_FORBIDDEN");
    assert_eq!(wrong, nobody);
    world.post(LOGIN, password("@alice:other.test", "alice-password")).await.refused(403, "M_FORBIDDEN");
    world.post(LOGIN, json!({ "type": "m.login.magic" })).await.refused(400, "M_UNKNOWN");
    world.post(LOGIN, json!({ "user": "alice" })).await.refused(400, "M_BAD_JSON");
}

#[tokio::test]
async fn signing_in_on_a_known_device_ends_its_earlier_session() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let mut body = password("alice", "alice-password");
    body["device_id"] = json!(alice.device);
    let answer = world.post(LOGIN, body).await.ok();
    assert_eq!(answer["device_id"], alice.device);
    alice.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    User::of(&world, &answer).get(WHOAMI).await.ok();
}

#[tokio::test]
async fn logout_ends_one_session_and_logout_all_every_one() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let [second, third] = [world.sign_in("alice").await, world.sign_in("alice").await];
    // Asked before, so that the token is remembered as checked.
    second.get(WHOAMI).await.ok();
    second.post("/_matrix/client/v3/logout", json!({})).await.ok();
    let refused = second.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    assert_ne!(refused["soft_logout"], true);
    alice.get(&format!("/_matrix/client/v3/devices/{}", second.device)).await.refused(404, "M_NOT_FOUND");
    third.get(WHOAMI).await.ok();
    third.post("/_matrix/client/v3/logout/all", json!({})).await.ok();
    alice.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    third.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    world.post("/_matrix/client/v3/logout", json!({})).await.refused(401, "M_MISSING_TOKEN");
}

/// A session with refresh tokens, and the clock that it lives by.
async fn refreshable() -> (World, Arc<ManualClock>, Value) {
    let clock = ManualClock::at(1_800_000_000_000);
    let world = World::builder().context(Context::fixed(clock.clone(), 7)).start().await;
    let _ = world.user("alice").await;
    let mut body = password("alice", "alice-password");
    body["refresh_token"] = json!(true);
    let session = world.post(LOGIN, body).await.ok();
    (world, clock, session)
}

fn with(world: &World, session: &Value, token: &Value) -> User {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    User::with_token(world, text(&session["user_id"]), text(&session["device_id"]), text(token))
}

#[tokio::test]
async fn an_expired_token_is_a_soft_logout_and_a_refresh_mends_it() {
    let (world, clock, session) = refreshable().await;
    let alice = with(&world, &session, &session["access_token"]);
    let life = session["expires_in_ms"].as_u64().expect("a life");
    alice.get(WHOAMI).await.ok();
    clock.advance_ms(life);
    let refused = alice.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    assert_eq!(refused["soft_logout"], true);
    let tokens = world.post(REFRESH, json!({ "refresh_token": session["refresh_token"] })).await.ok();
    let whoami = with(&world, &session, &tokens["access_token"]).get(WHOAMI).await.ok();
    assert_eq!(whoami["device_id"], session["device_id"]);
}

#[tokio::test]
async fn whoami_says_when_one_signed_in_and_a_refresh_does_not_move_it() {
    let (world, clock, session) = refreshable().await;
    let signed_in_at = |who: User| async move { who.get(WHOAMI).await.ok()["chat.consilium.signed_in_at"].clone() };
    let at = signed_in_at(with(&world, &session, &session["access_token"])).await;
    assert_eq!(at, 1_800_000_000_000_u64);
    clock.advance_ms(60_000);
    let tokens = world.post(REFRESH, json!({ "refresh_token": session["refresh_token"] })).await.ok();
    assert_eq!(signed_in_at(with(&world, &session, &tokens["access_token"])).await, at);
    let mut again = password("alice", "alice-password");
    again["device_id"] = session["device_id"].clone();
    let again = world.post(LOGIN, again).await.ok();
    assert_eq!(
        signed_in_at(User::of(&world, &again)).await,
        1_800_000_060_000_u64,
        "signing in anew on a known device counts"
    );
}

#[tokio::test]
async fn the_tokens_before_a_refresh_work_until_the_new_one_is_used() {
    let (world, _, session) = refreshable().await;
    let before = with(&world, &session, &session["access_token"]);
    let tokens = world.post(REFRESH, json!({ "refresh_token": session["refresh_token"] })).await.ok();
    before.get(WHOAMI).await.ok();
    with(&world, &session, &tokens["access_token"]).get(WHOAMI).await.ok();
    before.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn a_lost_answer_to_a_refresh_can_be_asked_for_again() {
    let (world, _, session) = refreshable().await;
    let lost = world.post(REFRESH, json!({ "refresh_token": session["refresh_token"] })).await.ok();
    let again = world.post(REFRESH, json!({ "refresh_token": session["refresh_token"] })).await.ok();
    with(&world, &session, &again["access_token"]).get(WHOAMI).await.ok();
    with(&world, &session, &lost["access_token"]).get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    world.post(REFRESH, json!({ "refresh_token": lost["refresh_token"] })).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn a_spent_refresh_token_that_comes_back_ends_the_session() {
    let (world, _, session) = refreshable().await;
    let tokens = world.post(REFRESH, json!({ "refresh_token": session["refresh_token"] })).await.ok();
    let alice = with(&world, &session, &tokens["access_token"]);
    alice.get(WHOAMI).await.ok();
    world.post(REFRESH, json!({ "refresh_token": session["refresh_token"] })).await.refused(401, "M_UNKNOWN_TOKEN");
    alice.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    world.post(REFRESH, json!({ "refresh_token": tokens["refresh_token"] })).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn a_chain_of_refreshes_goes_on_without_the_access_tokens_being_used() {
    let (world, _, session) = refreshable().await;
    let mut refresh = session["refresh_token"].clone();
    let mut tokens = Value::Null;
    for _ in 0..20 {
        tokens = world.post(REFRESH, json!({ "refresh_token": refresh })).await.ok();
        refresh = tokens["refresh_token"].clone();
    }
    with(&world, &session, &tokens["access_token"]).get(WHOAMI).await.ok();
    world.post(REFRESH, json!({ "refresh_token": "crt_unknown" })).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn a_login_token_signs_in_once_and_not_late() {
    const PATH: &str = "/_matrix/client/v1/login/get_token";
    let clock = ManualClock::at(1_800_000_000_000);
    let world = World::builder().context(Context::fixed(clock.clone(), 7)).start().await;
    let alice = world.user("alice").await;
    assert_eq!(alice.post(PATH, json!({})).await.status, 401);
    let auth = password("alice", "alice-password");
    let token = alice.post(PATH, json!({ "auth": auth })).await.ok()["login_token"].clone();
    let login = json!({ "type": "m.login.token", "token": token });
    assert_eq!(world.post(LOGIN, login.clone()).await.ok()["user_id"], "@alice:hs.test");
    world.post(LOGIN, login).await.refused(403, "M_FORBIDDEN");

    let late = alice.post(PATH, json!({ "auth": auth })).await.ok();
    clock.advance_ms(late["expires_in_ms"].as_u64().expect("a life"));
    let login = json!({ "type": "m.login.token", "token": late["login_token"] });
    world.post(LOGIN, login).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn sessions_survive_a_restart() {
    let world = World::builder().on_disk().start().await;
    let alice = world.user("alice").await;
    let world = world.restart().await;
    let alice = alice.at(&world);
    assert_eq!(alice.get(WHOAMI).await.ok()["user_id"], "@alice:hs.test");
    let bob = world.user("bob").await;
    assert_eq!(bob.get(WHOAMI).await.ok()["user_id"], "@bob:hs.test");
}
