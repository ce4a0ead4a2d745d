//! Devices: list, name, delete; also those of application services.

use std::sync::Arc;

use consilium_harness::{FakeAppservice, User, World, segment};
use consilium_homeserver::{
    context::{Context, ManualClock},
    http::auth::UserClass,
    policy::Contact,
};
use reqwest::Method;
use serde_json::{Value, json};

const DEVICES: &str = "/_matrix/client/v3/devices";
const WHOAMI: &str = "/_matrix/client/v3/account/whoami";

fn proof(name: &str, password: &str) -> Value {
    json!({ "auth": {
        "type": "m.login.password", "identifier": { "type": "m.id.user", "user": name }, "password": password,
    } })
}

#[tokio::test]
async fn devices_are_listed_and_named() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let other = world.sign_in("alice").await;
    let path = format!("{DEVICES}/{}", other.device);
    alice.put(&path, json!({ "display_name": "Лэптоп" })).await.ok();
    assert_eq!(alice.get(&path).await.ok()["display_name"], "Лэптоп");
    let list = alice.get(DEVICES).await.ok();
    let mut ids: Vec<_> = list["devices"].as_array().expect("a list").iter().map(|d| d["device_id"].clone()).collect();
    ids.sort_by_key(Value::to_string);
    let mut expected = vec![json!(alice.device), json!(other.device)];
    expected.sort_by_key(Value::to_string);
    assert_eq!(ids, expected);
    alice.get(&format!("{DEVICES}/UNKNOWN")).await.refused(404, "M_NOT_FOUND");
    alice.put(&format!("{DEVICES}/UNKNOWN"), json!({ "display_name": "x" })).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn deleting_a_device_needs_its_owners_password() {
    let world = World::start().await;
    let [alice, _bob] = world.users(["alice", "bob"]).await;
    let other = world.sign_in("alice").await;
    let path = format!("{DEVICES}/{}", other.device);
    let delete = |body: Value| {
        let request = alice.request(Method::DELETE, &path).json(&body);
        async move {
            let response = request.send().await.expect("it is answered");
            let status = response.status().as_u16();
            (status, response.json::<Value>().await.expect("JSON"))
        }
    };
    let (status, asked) = delete(json!({})).await;
    assert_eq!((status, &asked["flows"]), (401, &json!([{ "stages": ["m.login.password"] }])));
    let mut foreign = proof("bob", "bob-password");
    foreign["auth"]["session"] = asked["session"].clone();
    let (status, refused) = delete(foreign).await;
    assert_eq!((status, &refused["errcode"]), (403, &json!("M_FORBIDDEN")));
    other.get(WHOAMI).await.ok();
    let mut own = proof("alice", "alice-password");
    own["auth"]["session"] = asked["session"].clone();
    assert_eq!(delete(own).await.0, 200);
    other.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    alice.get(&path).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn several_devices_are_deleted_at_once() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let [second, third] = [world.sign_in("alice").await, world.sign_in("alice").await];
    let mut body = proof("alice", "alice-password");
    body["devices"] = json!([second.device, third.device, "UNKNOWN"]);
    alice.post("/_matrix/client/v3/delete_devices", body).await.ok();
    second.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    third.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    alice.get(WHOAMI).await.ok();
}

#[tokio::test]
async fn an_application_service_acts_as_its_users_and_their_devices() {
    let keeper = FakeAppservice::listen("keeper").await;
    let world = World::builder().appservice(keeper.registration()).start().await;
    let user = keeper.user(&world, "keeper", Some("KEEPER1")).await;
    let whoami = user.get(WHOAMI).await.ok();
    assert_eq!(whoami, json!({ "user_id": "@keeper:hs.test", "device_id": "KEEPER1" }));
    assert_eq!(user.put(&format!("{DEVICES}/KEEPER1"), json!({})).await.status, 200);

    let ask = |query: &str| {
        let path = format!("{WHOAMI}?{query}");
        let request = world.request(Method::GET, &path).bearer_auth(keeper.as_token());
        async move {
            let response = request.send().await.expect("it is answered");
            let status = response.status().as_u16();
            (status, response.json::<Value>().await.expect("JSON"))
        }
    };
    assert_eq!(ask("").await.1["user_id"], "@_keeper:hs.test");
    assert_eq!(ask("user_id=@keeper:hs.test&org.matrix.msc3202.device_id=KEEPER1").await.1["device_id"], "KEEPER1");
    let (status, refused) = ask("user_id=@keeper:hs.test&device_id=OTHER").await;
    assert_eq!((status, &refused["errcode"]), (400, &json!("M_UNKNOWN_DEVICE")));
    let (status, refused) = ask("user_id=@alice:hs.test").await;
    assert_eq!((status, &refused["errcode"]), (403, &json!("M_FORBIDDEN")));
    let (status, refused) = ask("user_id=@keeper2:hs.test").await;
    assert_eq!((status, &refused["errcode"]), (403, &json!("M_FORBIDDEN")));

    user.delete(&format!("{DEVICES}/KEEPER1")).await.ok();
    user.get(WHOAMI).await.refused(400, "M_UNKNOWN_DEVICE");
}

#[tokio::test]
async fn a_namespace_is_closed_to_everybody_else() {
    let keeper = FakeAppservice::listen("keeper").await;
    let world = World::builder().appservice(keeper.registration()).start().await;
    let body = json!({ "username": "keeper7", "password": "p", "auth": { "type": "m.login.dummy" } });
    world.post("/_matrix/client/v3/register", body).await.refused(400, "M_EXCLUSIVE");
    let register = |name: &str| {
        let body = json!({ "type": "m.login.application_service", "username": name, "inhibit_login": true });
        let request = world.request(Method::POST, "/_matrix/client/v3/register").json(&body);
        async move { request }
    };
    let outside = register("alice").await.bearer_auth(keeper.as_token()).send().await.expect("it is answered");
    assert_eq!(outside.status(), 400);
    assert_eq!(outside.json::<Value>().await.expect("JSON")["errcode"], "M_EXCLUSIVE");
    let unknown = register("keeper1").await.bearer_auth("guess").send().await.expect("it is answered");
    assert_eq!(unknown.status(), 401);
    let none = register("keeper1").await.send().await.expect("it is answered");
    assert_eq!(none.status(), 401);

    let _ = keeper.user(&world, "keeper1", None).await;
    let again = register("keeper1").await.bearer_auth(keeper.as_token()).send().await.expect("it is answered");
    assert_eq!(again.json::<Value>().await.expect("JSON")["errcode"], "M_USER_IN_USE");
    let login =
        json!({ "type": "m.login.application_service", "identifier": { "type": "m.id.user", "user": "keeper1" } });
    let login = world.request(Method::POST, "/_matrix/client/v3/login").json(&login).bearer_auth(keeper.as_token());
    let login = login.send().await.expect("it is answered");
    assert_eq!(login.json::<Value>().await.expect("JSON")["errcode"], "M_APPSERVICE_LOGIN_UNSUPPORTED");
}

#[tokio::test]
async fn a_device_says_when_it_was_seen_last_also_after_a_restart() {
    const BEGIN_MS: u64 = 1_700_000_000_000;
    let clock = ManualClock::at(BEGIN_MS);
    let world = World::builder().context(Context::fixed(Arc::clone(&clock) as _, 7)).on_disk().start().await;
    let alice = world.user("alice").await;
    let other = world.sign_in("alice").await;
    let path = format!("{DEVICES}/{}", other.device);
    clock.advance_ms(60_000);
    assert_eq!(alice.get(&path).await.ok()["last_seen_ts"], BEGIN_MS, "it signed in, and asked for nothing since");
    other.get(WHOAMI).await.ok();
    clock.advance_ms(60_000);
    assert_eq!(alice.get(&path).await.ok()["last_seen_ts"], BEGIN_MS + 60_000);
    world.tenant().await.house.save_seen().await;
    let world = world.restart().await;
    let (alice, other) = (alice.at(&world), other.at(&world));
    assert_eq!(alice.get(&path).await.ok()["last_seen_ts"], BEGIN_MS + 60_000);
    let list = alice.get(DEVICES).await.ok();
    let seen = |device: &str| {
        let found = list["devices"].as_array().expect("a list").iter().find(|row| row["device_id"] == device);
        found.expect("it is listed")["last_seen_ts"].clone()
    };
    assert_eq!((seen(&alice.device), seen(&other.device)), (json!(BEGIN_MS + 120_000), json!(BEGIN_MS + 60_000)));
}

#[tokio::test]
async fn a_sync_that_waits_ends_with_its_sign_in() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let lost = world.sign_in("alice").await;
    let since = lost.sync().await.next_batch().to_owned();
    let path = format!("/_matrix/client/v3/sync?timeout=30000&since={since}");
    let waiting = lost.get(&path);
    let ending = async {
        let mut body = proof("alice", "alice-password");
        body["devices"] = json!([lost.device]);
        alice.post("/_matrix/client/v3/delete_devices", body).await.ok();
    };
    // Whether the one came before the other or not, the answer is the same.
    let (told, ()) = tokio::join!(waiting, ending);
    told.refused(401, "M_UNKNOWN_TOKEN");
}

#[tokio::test]
async fn whoever_was_signed_out_from_elsewhere_is_told_so_for_half_a_year() {
    const DAY_MS: u64 = 24 * 3_600 * 1_000;
    let clock = ManualClock::at(1_700_000_000_000);
    let world = World::builder().context(Context::fixed(Arc::clone(&clock) as _, 7)).start().await;
    let alice = world.user("alice").await;
    let body = json!({
        "type": "m.login.password", "identifier": { "type": "m.id.user", "user": "alice" },
        "password": "alice-password", "refresh_token": true,
    });
    let signed_in = world.post("/_matrix/client/v3/login", body).await.ok();
    let (lost, itself) = (User::of(&world, &signed_in), world.sign_in("alice").await);
    let mut proved = proof("alice", "alice-password");
    proved["devices"] = json!([lost.device]);
    alice.post("/_matrix/client/v3/delete_devices", proved).await.ok();
    itself.post("/_matrix/client/v3/logout", json!({})).await.ok();

    let told = lost.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    assert_eq!((&told["chat.consilium.signed_out_by"], &told["soft_logout"]), (&json!("owner"), &json!(false)));
    let refresh = || world.post("/_matrix/client/v3/refresh", json!({ "refresh_token": signed_in["refresh_token"] }));
    let told = refresh().await.refused(401, "M_UNKNOWN_TOKEN");
    assert_eq!(told["chat.consilium.signed_out_by"], "owner");
    let left = itself.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    assert_eq!(left["chat.consilium.signed_out_by"], Value::Null, "it went by itself");

    let house = Arc::clone(&world.tenant().await.house);
    clock.advance_ms(179 * DAY_MS);
    house.tidy_rows().await;
    assert_eq!(refresh().await.refused(401, "M_UNKNOWN_TOKEN")["chat.consilium.signed_out_by"], "owner");
    clock.advance_ms(2 * DAY_MS);
    house.tidy_rows().await;
    assert_eq!(refresh().await.refused(401, "M_UNKNOWN_TOKEN")["chat.consilium.signed_out_by"], Value::Null);
}

/// A world in which patients cannot reach each other, or an ordinary one; its clock.
async fn world_of(contact: Contact) -> (World, Arc<ManualClock>) {
    let clock = ManualClock::at(1_700_000_000_000);
    let context = Context::fixed(Arc::clone(&clock) as _, 7);
    let builder = World::builder().configure(|config| config.tenants[0].policy.contact = contact);
    (builder.context(context).start().await, clock)
}

#[tokio::test]
async fn a_sign_in_that_a_patient_does_not_use_for_half_a_year_ends_and_the_others_stay() {
    const DAY_MS: u64 = 24 * 3_600 * 1_000;
    let (world, clock) = world_of(Contact::Closed).await;
    let tenant = world.tenant().await;
    let (used, drawer) = (world.user("anna").await, world.sign_in("anna").await);
    let staff = world.user("petrova").await;
    let name = tenant.accounts.local_user("petrova").expect("a name of this server");
    let found = tenant.accounts.active(&*tenant.store.view(), &name).await.expect("the store");
    let (key, _) = found.expect("an account");
    tenant.accounts.set_class(key, UserClass::Staff).await.expect("the store");
    for one in [&used, &drawer, &staff] {
        one.get(WHOAMI).await.ok();
    }
    tenant.house.save_seen().await;
    clock.advance_ms(181 * DAY_MS);
    tenant.house.tidy_rows().await;
    for one in [&used, &drawer] {
        one.get(WHOAMI).await.ok();
    }
    clock.advance_ms(181 * DAY_MS);
    // That they were used since is not written yet, and counts.
    tenant.house.tidy_rows().await;
    for one in [&used, &drawer] {
        one.get(WHOAMI).await.ok();
    }
    tenant.house.save_seen().await;
    clock.advance_ms(183 * DAY_MS);
    used.get(WHOAMI).await.ok();
    tenant.house.tidy_rows().await;
    let told = drawer.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    assert_eq!(told["chat.consilium.signed_out_by"], "unused");
    for one in [&used, &staff] {
        one.get(WHOAMI).await.ok();
    }
    let left = used.get(DEVICES).await.ok();
    assert_eq!(left["devices"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn where_nobody_is_a_patient_no_sign_in_ends_by_itself() {
    let (world, clock) = world_of(Contact::Open).await;
    let alice = world.user("alice").await;
    alice.get(WHOAMI).await.ok();
    let house = Arc::clone(&world.tenant().await.house);
    house.save_seen().await;
    clock.advance_ms(400 * 24 * 3_600 * 1_000);
    house.tidy_rows().await;
    alice.get(WHOAMI).await.ok();
}

#[tokio::test]
async fn an_application_service_sees_and_ends_the_sign_ins_of_people_and_nobody_else_does() {
    let bridge = FakeAppservice::listen("bridge").await;
    let world = World::builder().appservice(bridge.registration()).start().await;
    let [anna, boris] = world.users(["anna", "boris"]).await;
    let (lost, other) = (world.sign_in("anna").await, world.sign_in("anna").await);
    let service = bridge.user(&world, "bridge_one", Some("DEV")).await;
    let of =
        |user: &str, what: &str| format!("/_matrix/client/unstable/chat.consilium/accounts/{}/{what}", segment(user));
    let asked = json!({ "devices": [lost.device, boris.device, "UNKNOWN"], "asked": true });
    for somebody in [&anna, &boris] {
        somebody.get(&of("@anna:hs.test", "devices")).await.refused(403, "M_FORBIDDEN");
        somebody.post(&of("@anna:hs.test", "sign_out"), asked.clone()).await.refused(403, "M_FORBIDDEN");
    }
    service.get(&of("@bridge_one:hs.test", "devices")).await.refused(403, "M_FORBIDDEN");
    service.get(&of("@never:hs.test", "devices")).await.refused(404, "M_NOT_FOUND");
    service.get(&of("nonsense", "devices")).await.refused(400, "M_INVALID_PARAM");
    service.post(&of("@anna:hs.test", "sign_out"), json!({ "asked": "perhaps" })).await.refused(400, "M_BAD_JSON");

    let list = service.get(&of("@anna:hs.test", "devices")).await.ok();
    let mut ids: Vec<_> =
        list["devices"].as_array().expect("a list").iter().map(|row| row["device_id"].clone()).collect();
    ids.sort_by_key(Value::to_string);
    let mut expected = vec![json!(anna.device), json!(lost.device), json!(other.device)];
    expected.sort_by_key(Value::to_string);
    assert_eq!(ids, expected);

    service.post(&of("@anna:hs.test", "sign_out"), asked).await.ok();
    let told = lost.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
    assert_eq!(told["chat.consilium.signed_out_by"], "service_asked");
    for who in [&anna, &other, &boris] {
        who.get(WHOAMI).await.ok();
    }
    service.post(&of("@anna:hs.test", "sign_out"), json!({ "asked": false })).await.ok();
    for who in [&anna, &other] {
        let told = who.get(WHOAMI).await.refused(401, "M_UNKNOWN_TOKEN");
        assert_eq!(told["chat.consilium.signed_out_by"], "service");
    }
    boris.get(WHOAMI).await.ok();
}
