//! Profiles, global account data, filters.

use consilium_harness::World;
use consilium_homeserver::policy::{Contact, Policy};
use serde_json::json;

const PROFILE: &str = "/_matrix/client/v3/profile/@alice:hs.test";
const DATA: &str = "/_matrix/client/v3/user/@alice:hs.test/account_data";

#[tokio::test]
async fn a_profile_is_set_by_its_owner_and_read_by_anybody() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    assert_eq!(world.get(PROFILE).await.ok(), json!({}));
    alice.put(&format!("{PROFILE}/displayname"), json!({ "displayname": "Алиса" })).await.ok();
    alice.put(&format!("{PROFILE}/avatar_url"), json!({ "avatar_url": "mxc://hs.test/abc" })).await.ok();
    alice.put(&format!("{PROFILE}/m.tz"), json!({ "m.tz": "Europe/Moscow" })).await.ok();
    let all = json!({ "avatar_url": "mxc://hs.test/abc", "displayname": "Алиса", "m.tz": "Europe/Moscow" });
    assert_eq!(world.get(PROFILE).await.ok(), all);
    assert_eq!(bob.get(&format!("{PROFILE}/displayname")).await.ok(), json!({ "displayname": "Алиса" }));
    bob.put(&format!("{PROFILE}/displayname"), json!({ "displayname": "x" })).await.refused(403, "M_FORBIDDEN");
    alice.delete(&format!("{PROFILE}/m.tz")).await.ok();
    world.get(&format!("{PROFILE}/m.tz")).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn fields_of_a_wrong_form_are_refused() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let put = |field: &str, body| {
        let path = format!("{PROFILE}/{field}");
        let alice = &alice;
        async move { alice.put(&path, body).await }
    };
    put("displayname", json!({ "displayname": 5 })).await.refused(400, "M_INVALID_PARAM");
    put("avatar_url", json!({ "avatar_url": "https://x" })).await.refused(400, "M_INVALID_PARAM");
    put("displayname", json!({ "name": "x" })).await.refused(400, "M_MISSING_PARAM");
    put("displayname", json!("x")).await.refused(400, "M_BAD_JSON");
    put(&"k".repeat(256), json!({})).await.refused(400, "M_MISSING_PARAM");
    put(&"k".repeat(256), json!({ "k".repeat(256): 1 })).await.refused(400, "M_KEY_TOO_LARGE");
    put("big", json!({ "big": "x".repeat(65_536) })).await.refused(400, "M_PROFILE_TOO_LARGE");
    world.get("/_matrix/client/v3/profile/@nobody:hs.test").await.refused(404, "M_NOT_FOUND");
    world.get("/_matrix/client/v3/profile/nobody").await.refused(400, "M_INVALID_PARAM");
}

#[tokio::test]
async fn under_a_closed_policy_members_do_not_find_each_other() {
    let closed = Policy { contact: Contact::Closed };
    let world = World::builder().configure(|config| config.tenants[0].policy = closed).start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    world.get(PROFILE).await.refused(401, "M_MISSING_TOKEN");
    alice.get(PROFILE).await.ok();
    bob.get(PROFILE).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn account_data_is_kept_for_its_owner() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let path = format!("{DATA}/org.example.settings");
    alice.get(&path).await.refused(404, "M_NOT_FOUND");
    alice.put(&path, json!({ "theme": "dark" })).await.ok();
    alice.put(&path, json!({ "theme": "light", "n": 1.5 })).await.ok();
    assert_eq!(alice.get(&path).await.ok(), json!({ "theme": "light", "n": 1.5 }));
    bob.get(&path).await.refused(403, "M_FORBIDDEN");
    bob.put(&path, json!({})).await.refused(403, "M_FORBIDDEN");
    alice.put(&path, json!([1])).await.refused(400, "M_BAD_JSON");
    alice.put(&format!("{DATA}/m.push_rules"), json!({})).await.refused(405, "M_BAD_JSON");
    alice.put(&path, json!({ "x": "y".repeat(70_000) })).await.refused(413, "M_TOO_LARGE");
}

#[tokio::test]
async fn account_data_is_deleted_by_an_empty_object() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let path = format!("{DATA}/org.example.settings");
    alice.put(&path, json!({ "theme": "dark" })).await.ok();
    alice.put(&path, json!({})).await.ok();
    alice.get(&path).await.refused(404, "M_NOT_FOUND");
    alice.put(&path, json!({ "theme": "dark" })).await.ok();
    let unstable = "/_matrix/client/unstable/org.matrix.msc3391/user/@alice:hs.test/account_data/org.example.settings";
    alice.delete(unstable).await.ok();
    alice.get(&path).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn notification_settings_of_a_device_go_with_it() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let other = world.sign_in("alice").await;
    let path = format!("{DATA}/org.matrix.msc3890.local_notification_settings.{}", other.device);
    alice.put(&path, json!({ "is_silenced": true })).await.ok();
    other.post("/_matrix/client/v3/logout", json!({})).await.ok();
    alice.get(&path).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn filters_are_kept_as_they_were() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let path = "/_matrix/client/v3/user/@alice:hs.test/filter";
    let filter = json!({ "room": { "timeline": { "limit": 10 } }, "org.example.unknown": [1] });
    let id = alice.post(path, filter.clone()).await.ok()["filter_id"].as_str().expect("an id").to_owned();
    assert_eq!(alice.get(&format!("{path}/{id}")).await.ok(), filter);
    assert_eq!(alice.post(path, filter).await.ok()["filter_id"], id);
    alice.get(&format!("{path}/unknown")).await.refused(404, "M_NOT_FOUND");
    bob.get(&format!("{path}/{id}")).await.refused(403, "M_FORBIDDEN");
    alice.post(path, json!({ "room": 5 })).await.refused(400, "M_BAD_JSON");
}
