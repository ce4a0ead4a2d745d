//! Application services are asked for users of their namespaces that nobody has met yet.

use consilium_harness::{FakeAppservice, World, segment};
use serde_json::json;

fn profile(user: &str) -> String {
    format!("/_matrix/client/v3/profile/{}", segment(user))
}

#[tokio::test]
async fn a_service_makes_the_user_that_is_invited_or_looked_up() {
    let bridge = FakeAppservice::listen("bridge").await;
    let world = World::builder().appservice(bridge.registration()).start().await;
    bridge.make_users(&world);
    let alice = world.user("alice").await;
    let room = alice.create_room().await;
    let invite = format!("/_matrix/client/v3/rooms/{}/invite", segment(&room));
    alice.post(&invite, json!({ "user_id": "@bridge_one:hs.test" })).await.ok();
    alice.get(&profile("@bridge_two:hs.test")).await.ok();
    alice.create_room_like(json!({ "invite": ["@bridge_three/x:hs.test"] })).await;
    let asked = ["@bridge_one:hs.test", "@bridge_two:hs.test", "@bridge_three/x:hs.test"];
    assert_eq!(bridge.queries(), asked);
    for user in asked {
        alice.get(&profile(user)).await.ok();
    }
    assert_eq!(bridge.queries(), asked, "a user that is there is not asked for");
}

#[tokio::test]
async fn a_user_that_no_service_knows_stays_unknown() {
    let (bridge, other) = (FakeAppservice::listen("bridge").await, FakeAppservice::listen("other").await);
    let world = World::builder().appservice(bridge.registration()).appservice(other.registration()).start().await;
    let alice = world.user("alice").await;
    alice.get(&profile("@bridge_nobody:hs.test")).await.refused(404, "M_NOT_FOUND");
    alice.get(&profile("@nobody:hs.test")).await.refused(404, "M_NOT_FOUND");
    alice.get(&profile("@bridge_nobody:elsewhere.test")).await.refused(404, "M_NOT_FOUND");
    assert_eq!(bridge.queries(), ["@bridge_nobody:hs.test"]);
    assert!(other.queries().is_empty(), "only the service of the namespace is asked");
}

#[tokio::test]
async fn a_service_that_asks_is_not_asked_and_one_that_is_gone_harms_nobody() {
    let bridge = FakeAppservice::listen("bridge").await;
    let gone = FakeAppservice::listen("gone").await;
    let world = World::builder().appservice(bridge.registration()).appservice(gone.registration()).start().await;
    bridge.make_users(&world);
    let ghost = bridge.user(&world, "bridge_ghost", None).await;
    let room = ghost.create_room().await;
    let invite = format!("/_matrix/client/v3/rooms/{}/invite", segment(&room));
    ghost.post(&invite, json!({ "user_id": "@bridge_later:hs.test" })).await.ok();
    assert!(bridge.queries().is_empty());
    drop(gone);
    let alice = world.user("alice").await;
    alice.get(&profile("@gone_nobody:hs.test")).await.refused(404, "M_NOT_FOUND");
}
