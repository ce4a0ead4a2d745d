//! What clients ask first; hosts and tenants; endpoints and methods that are not there.

use consilium_harness::World;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn versions_name_the_specification_that_is_served() {
    let world = World::start().await;
    let answer = world.get("/_matrix/client/versions").await.ok();
    let versions = answer["versions"].as_array().expect("a list");
    assert!(versions.contains(&json!("v1.11")) && versions.contains(&json!("v1.19")));
    assert!(answer["unstable_features"].is_object());
}

#[tokio::test]
async fn unstable_features_are_only_those_that_are_there() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let answer = world.get("/_matrix/client/versions").await.ok();
    let features = answer["unstable_features"].as_object().expect("an object");
    assert!(features.values().all(|there| there == &json!(true)), "what is not there is not named: {answer}");
    let user = "/_matrix/client/unstable/org.matrix.msc3391/user/@alice:hs.test";
    assert!(features.contains_key("org.matrix.msc3391"));
    alice.delete(&format!("{user}/account_data/org.example")).await.ok();
    assert!(features.contains_key("uk.tcpip.msc4133"));
    alice
        .get("/_matrix/client/unstable/uk.tcpip.msc4133/profile/@alice:hs.test/m.tz")
        .await
        .refused(404, "M_NOT_FOUND");
    assert!(features.contains_key("org.matrix.msc4222"));
    let room = alice.create_room().await;
    let synced = alice.get("/_matrix/client/v3/sync?org.matrix.msc4222.use_state_after=true").await.ok();
    let joined = &synced["rooms"]["join"][&room];
    assert!(joined["org.matrix.msc4222.state_after"]["events"].is_array() && joined["state"].is_null(), "{joined}");
    let synced = alice.get("/_matrix/client/v3/sync?use_state_after=true").await.ok();
    assert!(synced["rooms"]["join"][&room]["state_after"]["events"].is_array());
}

#[tokio::test]
async fn there_are_no_transports_for_calls_and_only_users_are_told() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    for path in ["/_matrix/client/unstable/org.matrix.msc4143/rtc/transports", "/_matrix/client/v1/rtc/transports"] {
        assert_eq!(alice.get(path).await.ok(), json!({ "rtc_transports": [] }));
        world.get(path).await.refused(401, "M_MISSING_TOKEN");
    }
}

#[tokio::test]
async fn well_known_gives_the_public_address() {
    let world = World::start().await;
    let answer = world.get("/.well-known/matrix/client").await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.ok(), json!({ "m.homeserver": { "base_url": "https://hs.test" } }));
}

#[tokio::test]
async fn endpoints_and_methods_that_do_not_exist_are_unrecognized() {
    let world = World::start().await;
    world.get("/_matrix/client/v3/nothing").await.refused(404, "M_UNRECOGNIZED");
    world.get("/_matrix/client/v3/voip/turnServer").await.refused(404, "M_UNRECOGNIZED");
    world.get("/nothing/at/all").await.refused(404, "M_UNRECOGNIZED");
    world.get("/_matrix/client/v3/logout").await.refused(405, "M_UNRECOGNIZED");
    world.put("/_matrix/client/versions", json!({})).await.refused(405, "M_UNRECOGNIZED");
}

#[tokio::test]
async fn browsers_may_ask_from_any_origin() {
    let world = World::start().await;
    let preflight = world
        .request(Method::OPTIONS, "/_matrix/client/v3/login")
        .header("origin", "https://app.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type");
    let response = preflight.send().await.expect("it is answered");
    assert!(response.status().is_success());
    let allowed = |name: &str| response.headers()[name].to_str().unwrap_or_default().to_lowercase();
    assert_eq!(allowed("access-control-allow-origin"), "*");
    assert!(allowed("access-control-allow-methods").contains("put"));
    assert!(allowed("access-control-allow-headers").contains("authorization"));
}

#[tokio::test]
async fn a_tenant_is_found_by_its_host_and_sees_nothing_of_another() {
    let world = World::builder().tenant("law.test").configure(|config| config.default_tenant = None).start().await;
    let versions = |host: &str| {
        let request = world.request(Method::GET, "/_matrix/client/versions").header("host", host);
        async move { request.send().await.expect("it is answered").status().as_u16() }
    };
    assert_eq!(versions("hs.test").await, 200);
    assert_eq!(versions("LAW.test:8448").await, 200);
    assert_eq!(versions("other.test").await, 404);

    let register = |host: &str| {
        let body = json!({ "username": "alice", "password": "p", "auth": { "type": "m.login.dummy" } });
        let request = world.request(Method::POST, "/_matrix/client/v3/register").header("host", host).json(&body);
        async move {
            let response = request.send().await.expect("it is answered");
            response.json::<serde_json::Value>().await.expect("JSON")
        }
    };
    let here = register("hs.test").await;
    let there = register("law.test").await;
    assert_eq!(here["user_id"], "@alice:hs.test");
    assert_eq!(there["user_id"], "@alice:law.test");

    let token = here["access_token"].as_str().expect("a token").to_owned();
    let whoami = |host: &str| {
        let request = world.request(Method::GET, "/_matrix/client/v3/account/whoami");
        let request = request.header("host", host).bearer_auth(&token);
        async move { request.send().await.expect("it is answered").status().as_u16() }
    };
    assert_eq!(whoami("hs.test").await, 200);
    assert_eq!(whoami("law.test").await, 401);
}

#[tokio::test]
async fn capabilities_need_a_token_and_name_the_room_versions() {
    let world = World::start().await;
    world.get("/_matrix/client/v3/capabilities").await.refused(401, "M_MISSING_TOKEN");
    let alice = world.user("alice").await;
    let answer = alice.get("/_matrix/client/v3/capabilities").await.ok();
    let versions = &answer["capabilities"]["m.room_versions"];
    assert_eq!(versions["default"], "12");
    assert_eq!(versions["available"]["10"], "stable");
}
