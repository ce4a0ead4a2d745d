//! Locked accounts, and who may lock; accounts that an application service makes and ends.

use consilium_harness::{FakeAppservice, Transaction, User, World, segment};
use consilium_homeserver::{account::NewAccount, http::auth::UserClass};
use serde_json::{Value, json};

const WHOAMI: &str = "/_matrix/client/v3/account/whoami";
const LOGIN: &str = "/_matrix/client/v3/login";
const USER_INFO: &str = "/_matrix/federation/v1/openid/userinfo";

fn lock_of(user: &str) -> String {
    format!("/_matrix/client/v1/admin/lock/{}", segment(user))
}

/// An administrator, made as the command line makes one.
async fn admin(world: &World, name: &str) -> User {
    let tenant = world.tenant().await;
    let user = tenant.accounts.local_user(name).expect("a name of this server");
    let password = Some(format!("{name}-password"));
    let account = NewAccount { user, password, class: UserClass::Member, admin: true, appservice: None };
    tenant.accounts.register(account, None).await.expect("the store");
    world.sign_in(name).await
}

fn password(name: &str) -> Value {
    json!({ "type": "m.login.password", "identifier": { "type": "m.id.user", "user": name }, "password": "p" })
}

/// Registers with a password and refresh tokens.
async fn registered(world: &World, name: &str) -> Value {
    let auth = json!({ "type": "m.login.dummy" });
    let body = json!({ "username": name, "password": "p", "refresh_token": true, "auth": auth });
    world.post("/_matrix/client/v3/register", body).await.ok()
}

#[tokio::test]
async fn a_locked_account_can_only_sign_out_and_goes_on_when_it_is_unlocked() {
    let world = World::start().await;
    let root = admin(&world, "root").await;
    let session = registered(&world, "anna").await;
    let anna = User::of(&world, &session);
    let room = anna.create_room().await;
    anna.get(WHOAMI).await.ok();
    assert_eq!(root.get(&lock_of("@anna:hs.test")).await.ok(), json!({ "locked": false }));

    for _ in 0..2 {
        assert_eq!(
            root.put(&lock_of("@anna:hs.test"), json!({ "locked": true })).await.ok(),
            json!({ "locked": true })
        );
    }
    assert_eq!(root.get(&lock_of("@anna:hs.test")).await.ok(), json!({ "locked": true }));
    let members = format!("/_matrix/client/v3/rooms/{}/members", segment(&room));
    for path in [WHOAMI, "/_matrix/client/v3/sync", "/_matrix/client/v3/devices", &members] {
        let refusal = anna.get(path).await.refused(401, "M_USER_LOCKED");
        assert_eq!(refusal["soft_logout"], true, "{path}");
    }
    world.post(LOGIN, password("anna")).await.refused(401, "M_USER_LOCKED");
    let refresh = json!({ "refresh_token": session["refresh_token"] });
    world.post("/_matrix/client/v3/refresh", refresh.clone()).await.refused(401, "M_USER_LOCKED");

    root.put(&lock_of("@anna:hs.test"), json!({ "locked": false })).await.ok();
    anna.get(&members).await.ok();
    world.post("/_matrix/client/v3/refresh", refresh).await.ok();
    let second = User::of(&world, &world.post(LOGIN, password("anna")).await.ok());

    root.put(&lock_of("@anna:hs.test"), json!({ "locked": true })).await.ok();
    second.post("/_matrix/client/v3/logout", json!({})).await.ok();
    second.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    anna.post("/_matrix/client/v3/logout/all", json!({})).await.ok();
    anna.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn a_wrong_password_says_nothing_of_a_lock() {
    let world = World::start().await;
    let root = admin(&world, "root").await;
    registered(&world, "anna").await;
    root.put(&lock_of("@anna:hs.test"), json!({ "locked": true })).await.ok();
    let mut wrong = password("anna");
    wrong["password"] = json!("q");
    world.post(LOGIN, wrong).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn a_token_that_says_who_one_is_says_nothing_while_the_account_is_locked() {
    let world = World::start().await;
    let root = admin(&world, "root").await;
    let anna = world.user("anna").await;
    let path = format!("/_matrix/client/v3/user/{}/openid/request_token", segment("@anna:hs.test"));
    let token = anna.post(&path, json!({})).await.ok()["access_token"].as_str().expect("a token").to_owned();
    let info = format!("{USER_INFO}?access_token={token}");
    assert_eq!(world.get(&info).await.ok()["sub"], "@anna:hs.test");
    root.put(&lock_of("@anna:hs.test"), json!({ "locked": true })).await.ok();
    world.get(&info).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn only_administrators_lock_and_nobody_else_learns_who_has_an_account() {
    let world = World::start().await;
    let [root, other] = [admin(&world, "root").await, admin(&world, "other").await];
    let anna = world.user("anna").await;
    for target in ["@root:hs.test", "@anna:hs.test", "@nobody:hs.test", "@anna:elsewhere.test"] {
        anna.get(&lock_of(target)).await.refused(403, "M_FORBIDDEN");
        anna.put(&lock_of(target), json!({ "locked": true })).await.refused(403, "M_FORBIDDEN");
    }
    for target in ["@root:hs.test", "@other:hs.test"] {
        root.put(&lock_of(target), json!({ "locked": true })).await.refused(403, "M_FORBIDDEN");
        root.get(&lock_of(target)).await.refused(403, "M_FORBIDDEN");
    }
    root.put(&lock_of("@nobody:hs.test"), json!({ "locked": true })).await.refused(404, "M_NOT_FOUND");
    root.put(&lock_of("@anna:elsewhere.test"), json!({ "locked": true })).await.refused(400, "M_INVALID_PARAM");
    root.put(&lock_of("@anna:hs.test"), json!({ "locked": "yes" })).await.refused(400, "M_BAD_JSON");
    root.put(&lock_of("@anna:hs.test"), json!({})).await.refused(400, "M_BAD_JSON");
    other.get(WHOAMI).await.ok();
    let may_lock = async |user: &User| {
        let capabilities = user.get("/_matrix/client/v3/capabilities").await.ok();
        capabilities["capabilities"]["m.account_moderation"]["lock"].clone()
    };
    assert_eq!((may_lock(&root).await, may_lock(&anna).await), (json!(true), json!(false)));
}

#[tokio::test]
async fn an_application_service_may_ask_and_hears_that_the_devices_changed_but_may_not_lock() {
    let bridge = FakeAppservice::listen("bridge").await;
    let world = World::builder().appservice(bridge.registration()).start().await;
    let root = admin(&world, "root").await;
    let anna = world.user("anna").await;
    let service = bridge.user(&world, "bridge_one", Some("DEV")).await;
    anna.create_room_with(&[&service]).await;
    let tells_of_anna = |transaction: &&Transaction| {
        let changed = transaction.body["device_lists"]["changed"].as_array();
        changed.is_some_and(|users| users.contains(&json!(anna.id)))
    };
    let met = bridge.wait_until("anna is met", |told| told.iter().any(|one| tells_of_anna(&one))).await;
    let before = met.iter().filter(tells_of_anna).count();
    root.put(&lock_of("@anna:hs.test"), json!({ "locked": true })).await.ok();
    let again = |told: &[Transaction]| told.iter().filter(tells_of_anna).count() > before;
    bridge.wait_until("anna's devices changed", again).await;
    assert_eq!(service.get(&lock_of("@anna:hs.test")).await.ok(), json!({ "locked": true }));
    service.put(&lock_of("@anna:hs.test"), json!({ "locked": false })).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn an_application_service_ends_an_account_for_good_and_nobody_else_does() {
    let bridge = FakeAppservice::listen("bridge").await;
    let world = World::builder().appservice(bridge.registration()).start().await;
    let root = admin(&world, "root").await;
    let session = registered(&world, "anna").await;
    let anna = User::of(&world, &session);
    let service = bridge.user(&world, "bridge_one", None).await;
    let end = |user: &str| format!("/_matrix/client/unstable/chat.consilium/accounts/{}", segment(user));
    for somebody in [&anna, &root] {
        somebody.delete(&end("@anna:hs.test")).await.refused(403, "M_FORBIDDEN");
    }
    service.delete(&end("@root:hs.test")).await.refused(403, "M_FORBIDDEN");
    for absent in ["@never:hs.test", "@bridge_never:hs.test"] {
        service.delete(&end(absent)).await.refused(404, "M_NOT_FOUND");
    }
    service.delete(&end("nonsense")).await.refused(400, "M_INVALID_PARAM");
    service.delete(&format!("{}?keep_content=perhaps", end("@anna:hs.test"))).await.refused(400, "M_INVALID_PARAM");

    service.delete(&end("@anna:hs.test")).await.ok();
    anna.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    world.post(LOGIN, password("anna")).await.refused(403, "M_USER_DEACTIVATED");
    service.delete(&end("@anna:hs.test")).await.refused(404, "M_NOT_FOUND");
    let again = json!({ "username": "anna", "password": "p", "auth": { "type": "m.login.dummy" } });
    world.post("/_matrix/client/v3/register", again).await.refused(400, "M_USER_IN_USE");
    root.get(WHOAMI).await.ok();

    let session = registered(&world, "boris").await;
    service.delete(&format!("{}?keep_content=true", end("@boris:hs.test"))).await.ok();
    User::of(&world, &session).get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn an_application_service_makes_an_account_whose_person_chooses_the_password_once() {
    let bridge = FakeAppservice::listen("bridge").await;
    let world = World::builder().appservice(bridge.registration()).start().await;
    let service = bridge.user(&world, "bridge_one", None).await;
    let of = |user: &str| format!("/_matrix/client/unstable/chat.consilium/accounts/{}", segment(user));
    let anna = of("@anna:hs.test");
    // Made once, however often it is asked for; nobody signs in with it.
    for _ in 0..2 {
        service.put(&anna, json!({ "displayname": "Anna K." })).await.ok();
    }
    let profile = format!("/_matrix/client/v3/profile/{}", segment("@anna:hs.test"));
    assert_eq!(service.get(&profile).await.ok()["displayname"], "Anna K.");
    world.post(LOGIN, password("anna")).await.refused(403, "M_FORBIDDEN");
    service.put(&anna, json!({ "password": "" })).await.refused(400, "M_WEAK_PASSWORD");

    // Of several first passwords at once one stands; the same again is the same.
    let (one, other) = (json!({ "password": "p" }), json!({ "password": "q" }));
    let (first, second) = tokio::join!(service.put(&anna, one.clone()), service.put(&anna, other.clone()));
    assert_ne!(first.status.is_success(), second.status.is_success(), "{first} {second}");
    let (standing, late) = if first.status.is_success() { (one, other) } else { (other, one) };
    service.put(&anna, standing.clone()).await.ok();
    service.put(&anna, late).await.refused(400, "M_USER_IN_USE");
    service.put(&anna, json!({ "displayname": "Mallory" })).await.refused(400, "M_USER_IN_USE");
    let mut sign_in = password("anna");
    sign_in["password"] = standing["password"].clone();
    world.post(LOGIN, sign_in).await.ok();
}

#[tokio::test]
async fn no_account_that_somebody_uses_and_none_of_a_service_is_made_over() {
    let bridge = FakeAppservice::listen("bridge").await;
    let world = World::builder().appservice(bridge.registration()).start().await;
    let root = admin(&world, "root").await;
    let session = registered(&world, "anna").await;
    let anna = User::of(&world, &session);
    let service = bridge.user(&world, "bridge_one", None).await;
    let of = |user: &str| format!("/_matrix/client/unstable/chat.consilium/accounts/{}", segment(user));
    for somebody in [&anna, &root] {
        somebody.put(&of("@new:hs.test"), json!({})).await.refused(403, "M_FORBIDDEN");
    }
    for (user, body) in [
        ("@anna:hs.test", json!({})),
        ("@anna:hs.test", json!({ "password": "p" })),
        ("@root:hs.test", json!({ "password": "p" })),
        ("@bridge_one:hs.test", json!({ "password": "p" })),
    ] {
        service.put(&of(user), body).await.refused(400, "M_USER_IN_USE");
    }
    // A name in a service's namespace is the service's.
    service.put(&of("@bridge_two:hs.test"), json!({})).await.refused(400, "M_EXCLUSIVE");
    service.put(&of("@new:elsewhere.test"), json!({})).await.refused(400, "M_INVALID_PARAM");
    service.put(&of("nonsense"), json!({})).await.refused(400, "M_INVALID_PARAM");
    service.put(&of("@ended:hs.test"), json!({ "password": "p" })).await.ok();
    service.delete(&of("@ended:hs.test")).await.ok();
    service.put(&of("@ended:hs.test"), json!({ "password": "p" })).await.refused(400, "M_USER_IN_USE");
}
