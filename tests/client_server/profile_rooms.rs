//! A new name or picture, and the end of an account, in the rooms of the user.

use consilium_harness::{User, World, segment};
use serde_json::{Value, json};

async fn member(asking: &User, room: &str, of: &str) -> Value {
    asking.get(&format!("/_matrix/client/v3/rooms/{}/state/m.room.member/{}", segment(room), segment(of))).await.ok()
}

#[tokio::test]
async fn a_change_while_the_server_stops_is_answered_and_done_after_the_next_start() {
    let world = World::builder().on_disk().start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = bob.create_room_with(&[&alice]).await;
    world.tenant().await.stopping().cancel();
    name(&alice, "Late").await;
    let world = world.restart().await;
    comes_to(&bob.at(&world), &room, &alice.id, &json!({ "membership": "join", "displayname": "Late" })).await;
    world.stop().await;
}

/// Waits until the member event of `of` says `wanted`.
async fn comes_to(asking: &User, room: &str, of: &str, wanted: &Value) {
    let mut since = asking.sync().await.next_batch().to_owned();
    for _ in 0..10 {
        if member(asking, room, of).await == *wanted {
            return;
        }
        let news = asking.sync_since(&since, 10_000).await;
        news.next_batch().clone_into(&mut since);
    }
    panic!("it never became {wanted}");
}

async fn name(user: &User, name: &str) {
    let path = format!("/_matrix/client/v3/profile/{}/displayname", segment(&user.id));
    user.put(&path, json!({ "displayname": name })).await.ok();
}

async fn deactivate(user: &User, erase: bool) {
    let localpart = user.id.trim_start_matches('@').split(':').next().unwrap_or_default();
    let auth = json!({
        "type": "m.login.password",
        "identifier": { "type": "m.id.user", "user": user.id },
        "password": format!("{localpart}-password"),
    });
    user.post("/_matrix/client/v3/account/deactivate", json!({ "auth": auth, "erase": erase })).await.ok();
}

#[tokio::test]
async fn a_new_name_is_in_every_joined_room_and_only_once() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let mut rooms = Vec::new();
    for _ in 0..3 {
        rooms.push(bob.create_room_with(&[&alice]).await);
    }
    let left = bob.create_room_with(&[&alice]).await;
    alice.leave(&left).await;
    let since = bob.sync().await;
    name(&alice, "Алиса").await;
    name(&alice, "Алиса").await;
    let avatar = format!("/_matrix/client/v3/profile/{}/avatar_url", segment(&alice.id));
    alice.put(&avatar, json!({ "avatar_url": "mxc://hs.test/face" })).await.ok();
    let news = bob.sync_since(since.next_batch(), 0).await;
    for room in &rooms {
        let content = member(&bob, room, &alice.id).await;
        let wanted = json!({ "membership": "join", "displayname": "Алиса", "avatar_url": "mxc://hs.test/face" });
        assert_eq!(content, wanted);
        let events = news.joined(room).timeline();
        assert_eq!(events.len(), 2, "one for each change that is one: {events:?}");
        assert!(events.iter().all(|event| event["type"] == "m.room.member" && event["sender"] == alice.id.as_str()));
    }
    assert_eq!(member(&bob, &left, &alice.id).await, json!({ "membership": "leave" }));
    alice.delete(&format!("/_matrix/client/v3/profile/{}/displayname", segment(&alice.id))).await.ok();
    let content = member(&bob, &rooms[0], &alice.id).await;
    assert_eq!(content, json!({ "membership": "join", "avatar_url": "mxc://hs.test/face" }));
}

#[tokio::test]
async fn a_new_name_that_was_not_told_to_all_rooms_is_told_after_a_restart() {
    let world = World::builder().on_disk().start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = bob.create_room_with(&[&alice]).await;
    // The change is committed as a request commits it, and the process ends before its rooms hear of it.
    world.tenant().await.stopping().cancel();
    let key = world.tenant().await.ids.user(&*world.tenant().await.store.view(), &user_id(&alice)).await;
    let key = key.expect("the store is read").expect("she is known");
    world.tenant().await.profiles.set_display_name(key, Some("Late")).await.expect("it is committed");
    let world = world.restart().await;
    comes_to(&bob.at(&world), &room, &alice.id, &json!({ "membership": "join", "displayname": "Late" })).await;
    world.stop().await;
}

fn user_id(user: &User) -> ruma::OwnedUserId {
    user.id.as_str().try_into().expect("a user id")
}

#[tokio::test]
async fn a_deactivated_user_has_left_his_rooms_and_declined_invitations() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let joined = bob.create_room_with(&[&alice]).await;
    let invited = bob.create_room().await;
    bob.invite(&invited, &alice).await;
    let keys = json!({
        "user_id": alice.id, "device_id": alice.device, "algorithms": ["m.olm.v1.curve25519-aes-sha2"],
        "keys": { format!("ed25519:{}", alice.device): "abc" }, "signatures": {},
    });
    alice.post("/_matrix/client/v3/keys/upload", json!({ "device_keys": keys })).await.ok();
    deactivate(&alice, false).await;
    assert_eq!(member(&bob, &joined, &alice.id).await, json!({ "membership": "leave" }));
    assert_eq!(member(&bob, &invited, &alice.id).await, json!({ "membership": "leave" }));
    let devices = bob.post("/_matrix/client/v3/keys/query", json!({ "device_keys": { &alice.id: [] } })).await.ok();
    assert!(devices["device_keys"][&alice.id].as_object().is_none_or(serde_json::Map::is_empty), "{devices}");
}

#[tokio::test]
async fn a_deactivation_that_was_cut_off_is_finished_after_a_restart() {
    let world = World::builder().on_disk().start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = bob.create_room_with(&[&alice]).await;
    let tenant = world.tenant().await;
    tenant.stopping().cancel();
    let key = tenant.ids.user(&*tenant.store.view(), &user_id(&alice)).await.expect("read").expect("known");
    let content = consilium_homeserver::account::Content::Keep;
    tenant.accounts.deactivate(key, content).await.expect("it is committed");
    drop(tenant);
    let world = world.restart().await;
    comes_to(&bob.at(&world), &room, &alice.id, &json!({ "membership": "leave" })).await;
    world.stop().await;
}

#[tokio::test]
async fn who_comes_after_an_erasure_gets_redacted_copies() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = bob.create_room_with(&[&alice]).await;
    let said = alice.say(&room, "erase me").await;
    let kept = bob.say(&room, "keep me").await;
    deactivate(&alice, true).await;
    bob.invite(&room, &carol).await;
    carol.join(&room).await;
    let event = |id: &str| format!("/_matrix/client/v3/rooms/{}/event/{}", segment(&room), segment(id));
    assert_eq!(bob.get(&event(&said)).await.ok()["content"]["body"], "erase me", "he could read it before");
    assert_eq!(carol.get(&event(&said)).await.ok()["content"], json!({}));
    assert_eq!(carol.get(&event(&kept)).await.ok()["content"]["body"], "keep me");
    let synced = carol.sync().await;
    assert_eq!(synced.joined(&room).texts(), ["keep me"]);
}

#[tokio::test]
async fn without_erasure_history_stays_as_it_was() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = bob.create_room_with(&[&alice]).await;
    alice.say(&room, "still here").await;
    deactivate(&alice, false).await;
    bob.invite(&room, &carol).await;
    carol.join(&room).await;
    assert_eq!(carol.sync().await.joined(&room).texts(), ["still here"]);
}
