//! Backups of room keys.

use consilium_harness::{User, World};
use serde_json::{Value, json};

const VERSION: &str = "/_matrix/client/v3/room_keys/version";
const KEYS: &str = "/_matrix/client/v3/room_keys/keys";
const ALGORITHM: &str = "m.megolm_backup.v1.curve25519-aes-sha2";

fn auth_data(n: u32) -> Value {
    json!({ "algorithm": ALGORITHM, "auth_data": { "public_key": format!("key{n}"), "signatures": {} } })
}

fn key(first: u64, forwarded: u64, verified: bool, text: &str) -> Value {
    json!({
        "first_message_index": first, "forwarded_count": forwarded, "is_verified": verified,
        "session_data": { "ciphertext": text },
    })
}

async fn create(user: &User) -> String {
    user.post(VERSION, auth_data(1)).await.ok()["version"].as_str().expect("a version").to_owned()
}

#[tokio::test]
async fn versions_are_made_read_changed_and_deleted() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    alice.get(VERSION).await.refused(404, "M_NOT_FOUND");
    let first = create(&alice).await;
    let mut expected = auth_data(1);
    expected["version"] = json!(first);
    expected["count"] = json!(0);
    expected["etag"] = json!("0");
    assert_eq!(alice.get(VERSION).await.ok(), expected);
    let mut changed = auth_data(2);
    changed["version"] = json!(first);
    alice.put(&format!("{VERSION}/{first}"), changed.clone()).await.ok();
    assert_eq!(alice.get(&format!("{VERSION}/{first}")).await.ok()["auth_data"]["public_key"], "key2");
    changed["version"] = json!("99");
    alice.put(&format!("{VERSION}/{first}"), changed).await.refused(400, "M_INVALID_PARAM");
    let other = json!({ "algorithm": "another", "auth_data": {} });
    alice.put(&format!("{VERSION}/{first}"), other).await.refused(400, "M_INVALID_PARAM");

    let second = create(&alice).await;
    assert_ne!(first, second);
    assert_eq!(alice.get(VERSION).await.ok()["version"], second);
    alice.delete(&format!("{VERSION}/{second}")).await.ok();
    assert_eq!(alice.get(VERSION).await.ok()["version"], first);
    alice.get(&format!("{VERSION}/{second}")).await.refused(404, "M_NOT_FOUND");
    alice.delete(&format!("{VERSION}/{second}")).await.refused(404, "M_NOT_FOUND");
    let third = create(&alice).await;
    assert!(third != first && third != second);
    alice.get(&format!("{VERSION}/unknown")).await.refused(404, "M_NOT_FOUND");
}

#[tokio::test]
async fn keys_are_kept_by_room_and_session() {
    let world = World::start().await;
    let [alice, bob] = world.users(["alice", "bob"]).await;
    let version = create(&alice).await;
    let (k1, k2, k3) = (key(0, 0, true, "1"), key(0, 0, true, "2"), key(0, 0, true, "3"));
    let put = |path: &str, body: Value| {
        let path = format!("{KEYS}{path}?version={version}");
        let alice = &alice;
        async move { alice.put(&path, body).await }
    };
    let get = |path: &str| {
        let path = format!("{KEYS}{path}?version={version}");
        let alice = &alice;
        async move { alice.get(&path).await }
    };
    assert_eq!(get("").await.ok(), json!({ "rooms": {} }));
    assert_eq!(get("/!r:hs.test").await.ok(), json!({ "sessions": {} }));
    get("/!r:hs.test/s").await.refused(404, "M_NOT_FOUND");
    assert_eq!(put("/!a:hs.test/s1", k1.clone()).await.ok()["count"], 1);
    let room = json!({ "sessions": { "s2": k2 } });
    assert_eq!(put("/!a:hs.test", room).await.ok()["count"], 2);
    let all = json!({ "rooms": { "!b:hs.test": { "sessions": { "s3": k3 } } } });
    let stand = put("", all).await.ok();
    assert_eq!(stand["count"], 3);
    assert_eq!(get("/!a:hs.test/s1").await.ok(), k1);
    assert_eq!(get("/!a:hs.test").await.ok(), json!({ "sessions": { "s1": k1, "s2": k2 } }));
    let whole = json!({ "rooms": {
        "!a:hs.test": { "sessions": { "s1": k1, "s2": k2 } }, "!b:hs.test": { "sessions": { "s3": k3 } },
    } });
    assert_eq!(get("").await.ok(), whole);
    assert_eq!(alice.get(VERSION).await.ok()["etag"], stand["etag"]);
    bob.get(&format!("{KEYS}?version={version}")).await.refused(404, "M_NOT_FOUND");

    let delete = |path: &str| {
        let path = format!("{KEYS}{path}?version={version}");
        let alice = &alice;
        async move { alice.delete(&path).await.ok()["count"].clone() }
    };
    assert_eq!(delete("/!a:hs.test/s1").await, 2);
    assert_eq!(delete("/!a:hs.test/s1").await, 2);
    assert_eq!(delete("/!a:hs.test").await, 1);
    assert_eq!(delete("").await, 0);
    assert_eq!(get("").await.ok(), json!({ "rooms": {} }));
}

#[tokio::test]
async fn only_a_better_key_replaces_a_key() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let version = create(&alice).await;
    let path = format!("{KEYS}/!a:hs.test/s?version={version}");
    let first = key(10, 5, false, "first");
    alice.put(&path, first.clone()).await.ok();
    for worse in [key(11, 5, false, "x"), key(10, 6, false, "x"), key(10, 5, false, "x")] {
        let etag = alice.put(&path, worse).await.ok()["etag"].clone();
        assert_eq!(etag, "1", "nothing changed");
        assert_eq!(alice.get(&path).await.ok(), first);
    }
    for better in [key(10, 4, false, "a"), key(9, 9, false, "b"), key(20, 9, true, "c")] {
        assert_eq!(alice.put(&path, better.clone()).await.ok()["count"], 1);
        assert_eq!(alice.get(&path).await.ok(), better);
    }
}

#[tokio::test]
async fn keys_go_to_the_current_version_only() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let first = create(&alice).await;
    let second = create(&alice).await;
    let body = json!({ "rooms": { "!a:hs.test": { "sessions": { "s": key(0, 0, true, "1") } } } });
    let refused = alice.put(&format!("{KEYS}?version={first}"), body.clone()).await;
    assert_eq!(refused.refused(403, "M_WRONG_ROOM_KEYS_VERSION")["current_version"], second);
    alice.put(&format!("{KEYS}?version=77"), body.clone()).await.refused(404, "M_NOT_FOUND");
    alice.put(KEYS, body).await.refused(400, "M_MISSING_PARAM");
    let wrong = json!({ "rooms": { "!a:hs.test": { "sessions": { "s": { "first_message_index": "x" } } } } });
    alice.put(&format!("{KEYS}?version={second}"), wrong).await.refused(400, "M_BAD_JSON");
    assert_eq!(alice.get(&format!("{KEYS}?version={second}")).await.ok(), json!({ "rooms": {} }));
}

#[tokio::test]
async fn a_large_backup_is_read_whole() {
    let world = World::start().await;
    let alice = world.user("alice").await;
    let version = create(&alice).await;
    let sessions =
        |room: u32| -> Value { (0..700).map(|n| (format!("s{n}"), key(0, 0, true, &format!("{room}-{n}")))).collect() };
    let rooms: Value = (0..3).map(|room| (format!("!{room}:hs.test"), json!({ "sessions": sessions(room) }))).collect();
    let path = format!("{KEYS}?version={version}");
    assert_eq!(alice.put(&path, json!({ "rooms": rooms })).await.ok()["count"], 2_100);
    assert_eq!(alice.get(&path).await.ok(), json!({ "rooms": rooms }));
    let room = format!("{KEYS}/!1:hs.test?version={version}");
    assert_eq!(alice.get(&room).await.ok(), json!({ "sessions": sessions(1) }));
    assert_eq!(alice.delete(&room).await.ok()["count"], 1_400);
}
