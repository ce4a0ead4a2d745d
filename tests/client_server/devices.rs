//! Devices: list, name, delete; also those of application services.

use consilium_harness::{FakeAppservice, World};
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
