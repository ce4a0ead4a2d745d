//! What a room allows whom, and input that is refused.

use consilium_harness::{World, segment};
use reqwest::Method;
use serde_json::{Value, json};

use crate::rooms::room_path;

#[tokio::test]
async fn power_levels_are_read_set_and_obeyed() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    for version in ["11", "12"] {
        let room = alice.create_room_like(json!({ "room_version": version, "invite": [bob.id] })).await;
        bob.join(&room).await;
        let path = room_path(&room, "state/m.room.power_levels");
        let mut levels = alice.get(&path).await.ok();
        bob.put(&path, levels.clone()).await.refused(403, "M_FORBIDDEN");
        bob.put(&room_path(&room, "state/m.room.name"), json!({ "name": "x" })).await.refused(403, "M_FORBIDDEN");
        levels["users"][&*bob.id] = json!(50);
        alice.put(&path, levels.clone()).await.ok();
        bob.put(&room_path(&room, "state/m.room.name"), json!({ "name": "x" })).await.ok();
        bob.put(&room_path(&room, "state/m.room.encryption"), json!({})).await.refused(403, "M_FORBIDDEN");
        levels["events_default"] = json!(60);
        alice.put(&path, levels.clone()).await.ok();
        let send = room_path(&room, "send/m.room.message/a");
        bob.put(&send, json!({ "body": "x" })).await.refused(403, "M_FORBIDDEN");
        levels["users_default"] = json!(1.5);
        alice.put(&path, levels.clone()).await.refused(400, "M_BAD_JSON");
        levels["users_default"] = json!("100");
        alice.put(&path, levels).await.refused(403, "M_FORBIDDEN");
    }
}

#[tokio::test]
async fn state_keys_that_are_user_ids_belong_to_their_users() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let room = alice.create_room_with(&[&bob]).await;
    let levels = room_path(&room, "state/m.room.power_levels");
    let mut content = alice.get(&levels).await.ok();
    content["state_default"] = json!(0);
    alice.put(&levels, content).await.ok();
    let key = |key: &str| room_path(&room, &format!("state/x.own/{}", segment(key)));
    bob.put(&key(&bob.id), json!({ "a": 1 })).await.ok();
    bob.put(&key(&alice.id), json!({ "a": 1 })).await.refused(403, "M_FORBIDDEN");
    alice.put(&key(&bob.id), json!({ "a": 1 })).await.refused(403, "M_FORBIDDEN");
    alice.put(&key("@notmember:hs.test"), json!({ "a": 1 })).await.refused(403, "M_FORBIDDEN");
    bob.put(&key("free"), json!({ "a": 1 })).await.ok();
    for kind in ["m.call.member", "org.matrix.msc3401.call.member"] {
        let call = |key: String| room_path(&room, &format!("state/{kind}/{}", segment(&key)));
        bob.put(&call(format!("_{}_DEVICE_m.call", bob.id)), json!({})).await.ok();
        bob.put(&call(format!("_{}_DEVICE_m.call", alice.id)), json!({})).await.refused(403, "M_FORBIDDEN");
        bob.put(&call("anything".into()), json!({})).await.refused(403, "M_FORBIDDEN");
    }
}

#[tokio::test]
async fn bad_events_are_refused_with_the_right_error() {
    let world = World::start().await;
    let [alice] = world.users(["alice"]).await;
    let room = alice.create_room().await;
    let before = alice.get(&room_path(&room, "messages?dir=b&limit=1000")).await.ok();
    let send = room_path(&room, "send/m.room.message/t");
    let long = "x".repeat(300);
    for (path, body, status, errcode) in [
        (send.clone(), "", 200, ""),
        (send.clone() + "1", "{", 400, "M_NOT_JSON"),
        (send.clone() + "2", "[]", 400, "M_BAD_JSON"),
        (send.clone() + "3", "\"text\"", 400, "M_BAD_JSON"),
        (send.clone() + "4", r#"{"number":1.5}"#, 400, "M_BAD_JSON"),
        (send.clone() + "5", r#"{"number":9007199254740993}"#, 400, "M_BAD_JSON"),
        (send.clone() + "6", r#"{"number":1e3}"#, 400, "M_BAD_JSON"),
        (send.clone() + "7", r#"{"number":NaN}"#, 400, "M_NOT_JSON"),
        (send.clone() + "8", r#"{"number":Infinity}"#, 400, "M_NOT_JSON"),
        (room_path("notaroom", "send/m.room.message/t"), "{}", 400, "M_INVALID_PARAM"),
        (room_path(&room, &format!("send/{long}/t")), "{}", 413, "M_TOO_LARGE"),
        (room_path(&room, &format!("state/x/{long}")), "{}", 413, "M_TOO_LARGE"),
        (room_path(&room, "state/m.room.create"), "{}", 403, "M_FORBIDDEN"),
        (room_path(&room, "state/m.room.member/nobody"), r#"{"membership":"join"}"#, 403, "M_FORBIDDEN"),
        (room_path(&room, "state/m.room.member/%40alice%3Ahs.test"), "{}", 403, "M_FORBIDDEN"),
        (room_path(&room, "state/m.room.canonical_alias"), r##"{"alias":"#x:hs.test"}"##, 400, "M_BAD_ALIAS"),
        (room_path(&room, "redact/nothing/t"), "{}", 400, "M_INVALID_PARAM"),
    ] {
        let answer = alice.send_bytes(Method::PUT, &path, "application/json", body.into()).await;
        if status == 200 {
            answer.ok()
        } else {
            answer.refused(status, errcode)
        };
    }
    let large = json!({ "body": "x".repeat(65_600) });
    alice.put(&(send.clone() + "9"), large.clone()).await.refused(413, "M_TOO_LARGE");
    alice.put(&room_path(&room, "state/x.large"), large).await.refused(413, "M_TOO_LARGE");
    alice.put(&(send + "10"), json!({ "body": "x".repeat(64_000) })).await.ok();
    let after = alice.get(&room_path(&room, "messages?dir=b&limit=1000")).await.ok();
    let count = |page: &Value| page["chunk"].as_array().map_or(0, Vec::len);
    assert_eq!(count(&after), count(&before) + 2, "nothing of what was refused is there");
}
