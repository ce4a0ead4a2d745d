//! Registration, password, deactivation.

use consilium_config::Secret;
use consilium_harness::{SHARED_SECRET, World};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha1::Sha1;

const REGISTER: &str = "/_matrix/client/v3/register";
const WHOAMI: &str = "/_matrix/client/v3/account/whoami";

fn dummy(username: &str) -> Value {
    json!({ "username": username, "password": "пароль-1", "auth": { "type": "m.login.dummy" } })
}

#[tokio::test]
async fn an_empty_registration_is_answered_with_the_flows() {
    let world = World::start().await;
    let answer = world.post(REGISTER, json!({})).await;
    assert_eq!(answer.status, 401);
    let body = answer.json();
    assert_eq!(body["flows"], json!([{ "stages": ["m.login.dummy"] }]));
    let session = body["session"].as_str().expect("a session");
    let finish =
        json!({ "username": "alice", "password": "p", "auth": { "type": "m.login.dummy", "session": session } });
    let done = world.post(REGISTER, finish.clone()).await.ok();
    assert_eq!(done["user_id"], "@alice:hs.test");
    // The session is over: it makes no second account.
    let again = json!({ "username": "bob", "password": "p", "auth": { "type": "m.login.dummy", "session": session } });
    world.post(REGISTER, again).await.refused(400, "M_UNKNOWN");
}

#[tokio::test]
async fn registration_signs_in_on_the_device_that_was_asked_for() {
    let world = World::start().await;
    let mut body = dummy("alice");
    body["device_id"] = json!("MYDEVICE");
    body["initial_device_display_name"] = json!("My phone");
    let answer = world.post(REGISTER, body).await.ok();
    assert_eq!(answer["device_id"], "MYDEVICE");
    let user = consilium_harness::User::of(&world, &answer);
    let whoami = user.get(WHOAMI).await.ok();
    assert_eq!((&whoami["user_id"], &whoami["device_id"]), (&json!("@alice:hs.test"), &json!("MYDEVICE")));
    let device = user.get("/_matrix/client/v3/devices/MYDEVICE").await.ok();
    assert_eq!(device["display_name"], "My phone");
}

#[tokio::test]
async fn inhibit_login_makes_the_account_only() {
    let world = World::start().await;
    let mut body = dummy("alice");
    body["inhibit_login"] = json!(true);
    let answer = world.post(REGISTER, body).await.ok();
    assert_eq!(answer["user_id"], "@alice:hs.test");
    assert!(answer.get("access_token").is_none());
}

#[tokio::test]
async fn names_are_lower_case_and_of_allowed_characters() {
    let world = World::start().await;
    assert_eq!(world.post(REGISTER, dummy("CAPS")).await.ok()["user_id"], "@caps:hs.test");
    for name in ["q-1", "q.1", "q_1", "q=1", "q/1", "q+1", "3"] {
        assert_eq!(world.post(REGISTER, dummy(name)).await.ok()["user_id"], format!("@{name}:hs.test"));
    }
    for name in ["a b", "a:b", "a@b", "юзер", "a#b", "", "a\\b", "a'b", &"x".repeat(300)] {
        world.post(REGISTER, dummy(name)).await.refused(400, "M_INVALID_USERNAME");
    }
    world.post(REGISTER, dummy("caps")).await.refused(400, "M_USER_IN_USE");
    world.post(&format!("{REGISTER}?kind=guest"), json!({})).await.refused(403, "M_GUEST_ACCESS_FORBIDDEN");
}

#[tokio::test]
async fn a_name_is_chosen_when_none_is_wanted() {
    let world = World::start().await;
    let answer = world.post(REGISTER, json!({ "password": "p", "auth": { "type": "m.login.dummy" } })).await.ok();
    assert!(answer["user_id"].as_str().is_some_and(|id| id.len() > 15));
}

#[tokio::test]
async fn availability_says_what_registration_would() {
    let world = World::start().await;
    let _ = world.user("alice").await;
    let available = |name: &str| {
        let path = format!("{REGISTER}/available?username={name}");
        let world = &world;
        async move { world.get(&path).await }
    };
    assert_eq!(available("bob").await.ok(), json!({ "available": true }));
    available("alice").await.refused(400, "M_USER_IN_USE");
    available("a%20b").await.refused(400, "M_INVALID_USERNAME");
    world.get(&format!("{REGISTER}/available")).await.refused(400, "M_MISSING_PARAM");
}

#[tokio::test]
async fn two_at_once_do_not_get_the_same_name() {
    let world = World::start().await;
    let attempts = (0..8).map(|_| world.post(REGISTER, dummy("alice")));
    let mut made = 0;
    for attempt in futures(attempts).await {
        if attempt.status == 200 {
            made += 1;
        } else {
            attempt.refused(400, "M_USER_IN_USE");
        }
    }
    assert_eq!(made, 1);
}

async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    futures_util::future::join_all(all).await
}

#[tokio::test]
async fn a_tenant_may_want_a_registration_token_or_nobody() {
    let world = World::builder()
        .configure(|config| {
            let registration = &mut config.tenants[0].registration;
            registration.open = false;
            registration.tokens = vec![Secret::new("let-me-in")];
        })
        .start()
        .await;
    let with = |token: &str| json!({ "username": "alice", "password": "p", "auth": { "type": "m.login.registration_token", "token": token } });
    world.post(REGISTER, dummy("alice")).await.refused(401, "M_FORBIDDEN");
    let refused = world.post(REGISTER, with("guess")).await.refused(401, "M_FORBIDDEN");
    assert_eq!(refused["flows"], json!([{ "stages": ["m.login.registration_token"] }]));
    world.post(REGISTER, with("let-me-in")).await.ok();
    let validity = "/_matrix/client/v1/register/m.login.registration_token/validity?token=";
    assert_eq!(world.get(&format!("{validity}let-me-in")).await.ok()["valid"], true);
    assert_eq!(world.get(&format!("{validity}guess")).await.ok()["valid"], false);

    let closed = World::builder().configure(|config| config.tenants[0].registration.open = false).start().await;
    closed.post(REGISTER, dummy("alice")).await.refused(403, "M_FORBIDDEN");
}

fn mac(nonce: &str, user: &str, password: &str, admin: bool) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(SHARED_SECRET.as_bytes()).expect("any length");
    let admin = if admin { "admin" } else { "notadmin" };
    mac.update([nonce, user, password, admin].join("\0").as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

#[tokio::test]
async fn the_shared_secret_makes_accounts_once_for_each_nonce() {
    const PATH: &str = "/_synapse/admin/v1/register";
    let world = World::start().await;
    let nonce = world.get(PATH).await.ok()["nonce"].as_str().expect("a nonce").to_owned();
    let body = json!({
        "nonce": nonce, "username": "Root", "displayname": "The root", "password": "p", "admin": true,
        "mac": mac(&nonce, "Root", "p", true),
    });
    let answer = world.post(PATH, body.clone()).await.ok();
    assert_eq!(answer["user_id"], "@root:hs.test");
    assert!(answer["access_token"].is_string() && answer["device_id"].is_string());
    let profile = world.get("/_matrix/client/v3/profile/@root:hs.test").await.ok();
    assert_eq!(profile["displayname"], "The root");
    world.post(PATH, body).await.refused(400, "M_INVALID_PARAM");

    let nonce = world.get(PATH).await.ok()["nonce"].as_str().expect("a nonce").to_owned();
    let forged = json!({ "nonce": nonce, "username": "eve", "password": "p", "mac": mac("other", "eve", "p", false) });
    world.post(PATH, forged).await.refused(403, "M_FORBIDDEN");
    world.get("/_matrix/client/v3/profile/@eve:hs.test").await.refused(404, "M_NOT_FOUND");
}

fn password_auth(name: &str, password: &str) -> Value {
    json!({ "type": "m.login.password", "identifier": { "type": "m.id.user", "user": name }, "password": password })
}

fn login(name: &str, password: &str) -> Value {
    password_auth(name, password)
}

#[tokio::test]
async fn a_changed_password_replaces_the_old_one_and_ends_other_sessions() {
    const PATH: &str = "/_matrix/client/v3/account/password";
    let world = World::start().await;
    let alice = world.user("alice").await;
    let other = world.sign_in("alice").await;
    let body = |auth: Value| json!({ "new_password": "another one", "auth": auth });

    let asked = alice.post(PATH, json!({ "new_password": "another one" })).await;
    assert_eq!(asked.status, 401);
    assert_eq!(asked.json()["flows"], json!([{ "stages": ["m.login.password"] }]));
    alice.post(PATH, body(password_auth("alice", "wrong"))).await.refused(401, "M_FORBIDDEN");
    alice.post(PATH, body(password_auth("alice", "alice-password"))).await.ok();

    alice.get(WHOAMI).await.ok();
    other.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    world.post("/_matrix/client/v3/login", login("alice", "alice-password")).await.refused(403, "M_FORBIDDEN");
    world.post("/_matrix/client/v3/login", login("alice", "another one")).await.ok();
}

#[tokio::test]
async fn other_sessions_are_kept_when_that_is_wanted() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let other = world.sign_in("alice").await;
    let auth = password_auth("alice", "alice-password");
    let body = json!({ "new_password": "another one", "logout_devices": false, "auth": auth });
    alice.post("/_matrix/client/v3/account/password", body).await.ok();
    other.get(WHOAMI).await.ok();
}

#[tokio::test]
async fn a_deactivated_account_is_over_and_its_name_stays_taken() {
    const PATH: &str = "/_matrix/client/v3/account/deactivate";
    let world = World::start().await;
    let alice = world.user("alice").await;
    alice.put("/_matrix/client/v3/profile/@alice:hs.test/displayname", json!({ "displayname": "Alice" })).await.ok();
    alice.post(PATH, json!({ "auth": password_auth("alice", "wrong") })).await.refused(401, "M_FORBIDDEN");
    alice.get(WHOAMI).await.ok();
    let answer = alice.post(PATH, json!({ "auth": password_auth("alice", "alice-password") })).await.ok();
    assert_eq!(answer["id_server_unbind_result"], "no-support");
    alice.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    let refused = world.post("/_matrix/client/v3/login", login("alice", "alice-password")).await;
    refused.refused(403, "M_USER_DEACTIVATED");
    world.post(REGISTER, dummy("alice")).await.refused(400, "M_USER_IN_USE");
    world.get("/_matrix/client/v3/profile/@alice:hs.test").await.refused(404, "M_NOT_FOUND");
}
