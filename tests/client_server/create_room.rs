//! `POST /createRoom`: presets, versions, initial state, invitations, refusals.

use consilium_harness::World;
use consilium_homeserver::{Context, context::ManualClock};
use serde_json::{Value, json};

use crate::rooms::room_path;

const CREATE: &str = "/_matrix/client/v3/createRoom";

#[tokio::test]
async fn presets_decide_join_rule_guests_and_invitations() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    for (body, join_rule, guests, invite) in [
        (json!({}), "invite", "can_join", 0),
        (json!({ "preset": "private_chat", "visibility": "public" }), "invite", "can_join", 0),
        (json!({ "preset": "trusted_private_chat" }), "invite", "can_join", 0),
        (json!({ "preset": "public_chat" }), "public", "forbidden", 50),
        (json!({ "visibility": "public" }), "public", "forbidden", 50),
    ] {
        let room = alice.create_room_like(body).await;
        let state = async |kind: &str| alice.get(&room_path(&room, &format!("state/{kind}"))).await.ok();
        assert_eq!(state("m.room.join_rules").await["join_rule"], join_rule);
        assert_eq!(state("m.room.guest_access").await["guest_access"], guests);
        assert_eq!(state("m.room.history_visibility").await["history_visibility"], "shared");
        assert_eq!(state("m.room.power_levels").await["invite"], invite);
    }
}

#[tokio::test]
async fn each_version_gives_its_creator_power_in_its_own_way() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    for version in ["10", "11"] {
        let room = alice.create_room_like(json!({ "room_version": version })).await;
        assert!(room.ends_with(":hs.test"), "{room}");
        let levels = alice.get(&room_path(&room, "state/m.room.power_levels")).await.ok();
        assert_eq!(levels["users"], json!({ &*alice.id: 100 }));
        let create = alice.get(&room_path(&room, "state/m.room.create")).await.ok();
        assert_eq!(create["creator"].is_string(), version == "10");
    }
    let body = json!({ "room_version": "12", "creation_content": { "additional_creators": [bob.id] } });
    let room = alice.create_room_like(body).await;
    assert!(!room.contains(':'), "{room} is the hash of the create event");
    let levels = alice.get(&room_path(&room, "state/m.room.power_levels")).await.ok();
    assert_eq!(levels["users"], json!({}));
    assert_eq!(levels["events"]["m.room.tombstone"], 150);
    let create = alice.get(&room_path(&room, "state/m.room.create/?format=event")).await.ok();
    assert_eq!(create["content"]["additional_creators"], json!([bob.id]));
    assert_eq!(create["event_id"], room.replacen('!', "$", 1).as_str());
    assert_eq!(create["room_id"], room.as_str());
}

#[tokio::test]
async fn everybody_invited_to_a_trusted_chat_has_the_power_of_its_creator() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    for version in ["11", "12"] {
        let body =
            json!({ "preset": "trusted_private_chat", "invite": [bob.id], "room_version": version, "is_direct": true });
        let room = alice.create_room_like(body).await;
        bob.join(&room).await;
        bob.put(&room_path(&room, "state/m.room.encryption"), json!({ "algorithm": "m.megolm.v1.aes-sha2" }))
            .await
            .ok();
        let invite = alice.get(&room_path(&room, "messages?dir=b&limit=20")).await.ok();
        let is_invite = |event: &&Value| event["content"]["membership"] == "invite";
        let invite = invite["chunk"].as_array().into_iter().flatten().find(is_invite).cloned().expect("an invitation");
        assert_eq!(invite["content"]["is_direct"], true);
    }
}

#[tokio::test]
async fn name_topic_and_initial_state_are_set_in_their_order() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let body = json!({
        "name": "Name", "topic": "Topic",
        "initial_state": [
            { "type": "m.room.topic", "content": { "topic": "overwritten" } },
            { "type": "m.room.join_rules", "content": { "join_rule": "public" } },
            { "type": "m.room.encryption", "state_key": "", "content": { "algorithm": "m.megolm.v1.aes-sha2" } },
            { "type": "x.custom", "state_key": "key", "content": { "value": 1 } },
        ],
        "power_level_content_override": { "events_default": 50 },
        "creation_content": { "m.federate": false, "room_version": "1", "type": "m.space", "creator": "@x:y" },
    });
    let room = alice.create_room_like(body).await;
    let state = async |kind: &str| alice.get(&room_path(&room, &format!("state/{kind}"))).await.ok();
    assert_eq!(state("m.room.name").await, json!({ "name": "Name" }));
    let topic = state("m.room.topic").await;
    assert_eq!(topic["topic"], "Topic");
    assert_eq!(topic["m.topic"]["m.text"][0]["body"], "Topic");
    assert_eq!(state("m.room.join_rules").await["join_rule"], "public");
    assert_eq!(state("x.custom/key").await["value"], 1);
    assert_eq!(state("m.room.power_levels").await["events_default"], 50);
    let create = state("m.room.create").await;
    assert_eq!((&create["room_version"], &create["type"]), (&json!("12"), &json!("m.space")));
    assert_eq!((&create["m.federate"], &create["creator"]), (&json!(false), &Value::Null));
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_whole() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    for (body, status, errcode) in [
        (json!({ "room_version": "9999" }), 400, "M_UNSUPPORTED_ROOM_VERSION"),
        (json!({ "room_version": "1" }), 400, "M_UNSUPPORTED_ROOM_VERSION"),
        (json!({ "room_version": 12 }), 400, "M_BAD_JSON"),
        (json!({ "preset": "nonsense" }), 400, "M_INVALID_PARAM"),
        (json!({ "visibility": "nonsense" }), 400, "M_INVALID_PARAM"),
        (json!({ "invite": ["nobody"] }), 400, "M_BAD_JSON"),
        (json!({ "invite": "x" }), 400, "M_BAD_JSON"),
        (json!({ "invite": ["@x:elsewhere"] }), 403, "M_FORBIDDEN"),
        (json!({ "invite_3pid": [{ "medium": "email" }] }), 403, "M_THREEPID_DENIED"),
        (json!({ "room_alias_name": "alias" }), 400, "M_INVALID_PARAM"),
        (json!({ "initial_state": [{ "type": "m.room.create", "content": {} }] }), 400, "M_BAD_JSON"),
        (json!({ "initial_state": [{ "type": "m.x" }] }), 400, "M_BAD_JSON"),
        (json!({ "power_level_content_override": { "users": { &*alice.id: 100 } } }), 400, "M_BAD_JSON"),
        (json!({ "power_level_content_override": { "users_default": "100" } }), 403, "M_FORBIDDEN"),
        (json!({ "creation_content": { "additional_creators": ["nobody"] } }), 403, "M_FORBIDDEN"),
        (json!({ "name": 1.5 }), 400, "M_BAD_JSON"),
        (json!({ "topic": "x".repeat(70_000) }), 413, "M_TOO_LARGE"),
        (json!({ "invite": vec![&*bob.id; 501] }), 413, "M_TOO_LARGE"),
    ] {
        alice.post(CREATE, body).await.refused(status, errcode);
    }
    let rooms = alice.get("/_matrix/client/v3/joined_rooms").await.ok();
    assert_eq!(rooms, json!({ "joined_rooms": [] }));
}

#[tokio::test]
async fn two_rooms_made_alike_in_one_millisecond_are_two_rooms() {
    let clock = ManualClock::at(1_700_000_000_000);
    let world = World::builder().context(Context::fixed(clock, 3)).start().await;
    let alice = world.user("alice").await;
    let (one, other) = tokio::join!(alice.create_room(), alice.create_room());
    let third = alice.create_room().await;
    assert!(one != other && other != third && one != third);
}
