//! Invitations, joins, leaves, kicks, bans, and who is in a room.

use std::collections::BTreeSet;

use consilium_harness::{User, World, segment};
use consilium_homeserver::{http::auth::UserClass, policy::Contact};
use serde_json::{Value, json};

use crate::rooms::{bodies, room_path};

async fn act(by: &User, room: &str, what: &str, on: &User) -> consilium_harness::Answer {
    by.post(&room_path(room, what), json!({ "user_id": on.id, "reason": "because" })).await
}

async fn membership(reader: &User, room: &str, of: &User) -> Value {
    let path = room_path(room, &format!("state/m.room.member/{}", segment(&of.id)));
    reader.get(&path).await.ok()["membership"].clone()
}

#[tokio::test]
async fn the_ways_through_a_membership() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room().await;
    bob.post(&room_path(&room, "join"), json!({})).await.refused(403, "M_FORBIDDEN");
    act(&alice, &room, "invite", &bob).await.ok();
    assert_eq!(membership(&alice, &room, &bob).await, "invite");
    bob.leave(&room).await;
    bob.post(&room_path(&room, "join"), json!({})).await.refused(403, "M_FORBIDDEN");
    act(&alice, &room, "invite", &bob).await.ok();
    bob.join(&room).await;
    bob.join(&room).await;
    act(&alice, &room, "invite", &bob).await.refused(403, "M_FORBIDDEN");
    act(&alice, &room, "kick", &bob).await.ok();
    let kicked =
        alice.get(&room_path(&room, &format!("state/m.room.member/{}?format=event", segment(&bob.id)))).await.ok();
    assert_eq!((&kicked["content"]["membership"], &kicked["content"]["reason"]), (&json!("leave"), &json!("because")));
    assert_eq!(kicked["sender"], alice.id.as_str());
    act(&alice, &room, "kick", &bob).await.refused(403, "M_FORBIDDEN");
    act(&alice, &room, "ban", &bob).await.ok();
    act(&alice, &room, "invite", &bob).await.refused(403, "M_FORBIDDEN");
    bob.post(&room_path(&room, "join"), json!({})).await.refused(403, "M_FORBIDDEN");
    act(&alice, &room, "unban", &bob).await.ok();
    assert_eq!(membership(&alice, &room, &bob).await, "leave");
    act(&alice, &room, "unban", &bob).await.refused(403, "M_BAD_STATE");
    act(&alice, &room, "invite", &bob).await.ok();
    bob.join(&room).await;
    act(&bob, &room, "kick", &alice).await.refused(403, "M_FORBIDDEN");
    act(&bob, &room, "ban", &alice).await.refused(403, "M_FORBIDDEN");
    act(&bob, &room, "invite", &bob).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn a_public_room_is_joined_with_what_the_request_adds() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    bob.put(&format!("/_matrix/client/v3/profile/{}/displayname", segment(&bob.id)), json!({ "displayname": "Bob" }))
        .await
        .ok();
    let room = alice.create_room_like(json!({ "preset": "public_chat" })).await;
    let joined =
        bob.post(&format!("/_matrix/client/v3/join/{}", segment(&room)), json!({ "foo": "bar", "reason": "hi" })).await;
    assert_eq!(joined.ok(), json!({ "room_id": room }));
    let path = room_path(&room, &format!("state/m.room.member/{}", segment(&bob.id)));
    let content = alice.get(&path).await.ok();
    let expected = json!({ "membership": "join", "foo": "bar", "reason": "hi", "displayname": "Bob" });
    assert_eq!(content, expected);
    let voucher = json!({ "join_authorised_via_users_server": alice.id });
    carol.post(&room_path(&room, "join"), voucher).await.ok();
    let path = room_path(&room, &format!("state/m.room.member/{}", segment(&carol.id)));
    assert_eq!(alice.get(&path).await.ok()["join_authorised_via_users_server"], Value::Null);
    let members = alice.get(&room_path(&room, "joined_members")).await.ok();
    assert_eq!(members["joined"][&*bob.id], json!({ "display_name": "Bob" }));
    assert_eq!(members["joined"].as_object().map(serde_json::Map::len), Some(3));
}

#[tokio::test]
async fn a_restricted_room_lets_members_of_the_named_room_in() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let space = alice.create_room_with(&[&bob]).await;
    let rule = json!({ "join_rule": "restricted", "allow": [{ "type": "m.room_membership", "room_id": space }] });
    for version in ["10", "12"] {
        let body =
            json!({ "room_version": version, "initial_state": [{ "type": "m.room.join_rules", "content": rule }] });
        let room = alice.create_room_like(body).await;
        carol.post(&room_path(&room, "join"), json!({})).await.refused(403, "M_FORBIDDEN");
        let forged = json!({ "join_authorised_via_users_server": alice.id });
        carol.post(&room_path(&room, "join"), forged.clone()).await.refused(403, "M_FORBIDDEN");
        let own = room_path(&room, &format!("state/m.room.member/{}", segment(&carol.id)));
        let forged = json!({ "membership": "join", "join_authorised_via_users_server": alice.id });
        carol.put(&own, forged).await.refused(403, "M_FORBIDDEN");
        bob.join(&room).await;
    }
}

#[tokio::test]
async fn members_are_listed_as_asked_for() {
    let world = World::start().await;
    let [alice, bob, carol, dave] = world.users(["alice", "bob", "carol", "dave"]).await;
    let room = alice.create_room_with(&[&bob, &carol]).await;
    alice.invite(&room, &dave).await;
    let at = alice.get(&room_path(&room, "messages?dir=b&limit=1")).await.ok()["start"]
        .as_str()
        .expect("a token")
        .to_owned();
    carol.leave(&room).await;
    let list = async |query: &str| -> BTreeSet<String> {
        let chunk = alice.get(&room_path(&room, &format!("members{query}"))).await.ok()["chunk"].clone();
        let events = chunk.as_array().cloned().unwrap_or_default();
        events.iter().map(|event| event["state_key"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let ids = |users: &[&User]| users.iter().map(|user| user.id.clone()).collect::<BTreeSet<_>>();
    assert_eq!(list("").await, ids(&[&alice, &bob, &carol, &dave]));
    assert_eq!(list("?membership=join").await, ids(&[&alice, &bob]));
    assert_eq!(list("?not_membership=join").await, ids(&[&carol, &dave]));
    assert_eq!(list("?membership=leave").await, ids(&[&carol]));
    assert_eq!(list(&format!("?membership=join&at={}", segment(&at))).await, ids(&[&alice, &bob, &carol]));
    alice.get(&room_path(&room, "members?membership=nonsense")).await.refused(400, "M_INVALID_PARAM");
    alice.get(&room_path(&room, "members?at=nonsense")).await.refused(400, "M_INVALID_PARAM");
    assert!(
        carol.get(&room_path(&room, "members")).await.ok()["chunk"].is_array(),
        "a departed member sees them as they were"
    );
    dave.get(&room_path(&room, "members")).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn a_forgotten_room_is_gone_until_it_is_joined_again() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.say(&room, "words").await;
    bob.post(&room_path(&room, "forget"), json!({})).await.refused(400, "M_UNKNOWN");
    bob.leave(&room).await;
    assert_eq!(bodies(&bob.get(&room_path(&room, "messages?dir=b")).await.ok()), ["words"]);
    bob.post(&room_path(&room, "forget"), json!({})).await.ok();
    bob.get(&room_path(&room, "messages?dir=b")).await.refused(403, "M_FORBIDDEN");
    alice.invite(&room, &bob).await;
    bob.join(&room).await;
    assert_eq!(bodies(&bob.get(&room_path(&room, "messages?dir=b")).await.ok()), ["words"]);
    bob.post(&room_path("!unknown:hs.test", "forget"), json!({})).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn under_a_closed_policy_patients_cannot_invite_patients() {
    let world = World::builder().configure(|config| config.tenants[0].policy.contact = Contact::Closed).start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room().await;
    act(&alice, &room, "invite", &bob).await.refused(403, "M_FORBIDDEN");
    alice.post("/_matrix/client/v3/createRoom", json!({ "invite": [bob.id] })).await.refused(403, "M_FORBIDDEN");
    let path = room_path(&room, &format!("state/m.room.member/{}", segment(&bob.id)));
    alice.put(&path, json!({ "membership": "invite" })).await.refused(403, "M_FORBIDDEN");
}

#[tokio::test]
async fn under_a_closed_policy_a_patients_room_is_for_who_is_invited_one_at_a_time() {
    const CREATE: &str = "/_matrix/client/v3/createRoom";
    let world = World::builder().configure(|config| config.tenants[0].policy.contact = Contact::Closed).start().await;
    let [alice, one, other] = world.users(["alice", "petrova", "sokolov"]).await;
    let tenant = world.tenant().await;
    for staff in [&one, &other] {
        let name = tenant.accounts.local_user(&staff.id).expect("a user of this server");
        let found = tenant.accounts.active(&*tenant.store.view(), &name).await.expect("the store");
        tenant.accounts.set_class(found.expect("an account").0, UserClass::Staff).await.expect("the store");
    }
    let open = json!([{ "type": "m.room.join_rules", "content": { "join_rule": "public" } }]);
    for refused in [
        json!({ "preset": "public_chat" }),
        json!({ "visibility": "public" }),
        json!({ "invite": [one.id, other.id] }),
        json!({ "initial_state": open }),
    ] {
        alice.post(CREATE, refused).await.refused(403, "M_FORBIDDEN");
    }
    let made = alice.post(CREATE, json!({ "invite": [one.id] })).await.ok();
    let room = made["room_id"].as_str().expect("a room").to_owned();
    for (kind, content) in [
        ("m.room.join_rules", json!({ "join_rule": "public" })),
        ("m.room.join_rules", json!({ "join_rule": "knock" })),
        ("m.room.history_visibility", json!({ "history_visibility": "world_readable" })),
    ] {
        alice.put(&room_path(&room, &format!("state/{kind}")), content).await.refused(403, "M_FORBIDDEN");
    }
    let closed = json!({ "join_rule": "invite" });
    alice.put(&room_path(&room, "state/m.room.join_rules"), closed).await.ok();
    let desk = json!({ "preset": "public_chat", "invite": [alice.id, other.id] });
    one.post(CREATE, desk).await.ok();
}

#[tokio::test]
async fn concurrent_joins_and_messages_of_one_room_all_count() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let room = alice.create_room_like(json!({ "preset": "public_chat" })).await;
    let mut joins = Vec::new();
    for number in 0..20 {
        let [user] = world.users([&*format!("user{number}")]).await;
        let room = room.clone();
        joins.push(tokio::spawn(async move {
            user.join(&room).await;
            for message in 0..5 {
                user.say(&room, &format!("{number}/{message}")).await;
            }
        }));
    }
    for join in joins {
        join.await.expect("it joined and spoke");
    }
    let members = alice.get(&room_path(&room, "joined_members")).await.ok();
    assert_eq!(members["joined"].as_object().map(serde_json::Map::len), Some(21));
    let said = bodies(&alice.get(&room_path(&room, "messages?dir=f&limit=1000")).await.ok());
    assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), 100, "each message is there once");
    for number in 0..20 {
        let own: Vec<_> = said.iter().filter(|text| text.starts_with(&format!("{number}/"))).cloned().collect();
        let expected: Vec<String> = (0..5).map(|message| format!("{number}/{message}")).collect();
        assert_eq!(own, expected, "each user's messages keep their order");
    }
}

#[tokio::test]
async fn of_two_filters_of_members_either_lets_through() {
    let world = World::start().await;
    let [alice, bob, carol] = world.users(["alice", "bob", "carol"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    alice.invite(&room, &carol).await;
    bob.leave(&room).await;
    let members = async |query: &str| {
        let body = alice.get(&room_path(&room, &format!("members?{query}"))).await.ok();
        let mut names: Vec<String> = body["chunk"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|event| event["state_key"].as_str().map(str::to_owned))
            .collect();
        names.sort();
        names
    };
    assert_eq!(members("membership=join").await, [alice.id.as_str()]);
    assert_eq!(members("not_membership=leave").await, [alice.id.as_str(), carol.id.as_str()]);
    assert_eq!(members("membership=leave&not_membership=join").await, [bob.id.as_str(), carol.id.as_str()]);
    assert_eq!(members("membership=join&not_membership=join").await.len(), 3);
}
