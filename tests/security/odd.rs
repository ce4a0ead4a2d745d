//! Odd input that the specification lets through: it is taken, read back as one thing, and harms nobody who reads it later.

use consilium_harness::segment;
use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::Fixture;

/// After the table, because these change something.
pub async fn are_taken_and_harm_nothing(fixture: &Fixture) {
    a_key_twice_is_one_key(fixture).await;
    state_of_wrong_types_is_read_past(fixture).await;
    names_of_any_characters_are_kept(fixture).await;
    what_concerns_nobody_goes_nowhere(fixture).await;
    a_page_is_never_run(fixture).await;
}

/// Whoever reads the event must see what was signed: one value, everywhere the same.
async fn a_key_twice_is_one_key(fixture: &Fixture) {
    let send = fixture.in_path("<r>/send/m.room.message/twice");
    let body = br#"{"body":"first","msgtype":"m.text","body":"second","msgtype":"m.text"}"#.to_vec();
    let sent = fixture.anna.send_bytes(Method::PUT, &send, "application/json", body).await.ok();
    let event = format!("{}/event/{}", fixture.in_path("<r>"), segment(sent["event_id"].as_str().unwrap()));
    let answer = fixture.petrova.get(&event).await;
    assert_eq!(String::from_utf8_lossy(&answer.bytes).matches("\"body\"").count(), 1, "{answer}");
    assert_eq!(answer.ok()["content"]["body"], "second");
}

/// A room's state may hold anything; clients and rules of other servers have sent worse.
async fn state_of_wrong_types_is_read_past(fixture: &Fixture) {
    let room = fixture.anna.create_room_with(&[&fixture.petrova]).await;
    let base = format!("/_matrix/client/v3/rooms/{}", segment(&room));
    for (kind, content) in [
        ("m.room.name", json!({ "name": 7 })),
        ("m.room.topic", json!({ "topic": [] })),
        ("m.room.avatar", json!({ "url": {} })),
        ("m.room.history_visibility", json!({ "history_visibility": 7 })),
        ("m.room.encryption", json!({ "algorithm": [] })),
        ("m.room.guest_access", json!({ "guest_access": null })),
        ("m.room.tombstone", json!({ "replacement_room": 7 })),
        ("m.room.pinned_events", json!({ "pinned": "x" })),
        ("m.room.server_acl", json!({ "deny": 7 })),
        ("m.space.child", json!({ "via": 7 })),
    ] {
        fixture.anna.put(&format!("{base}/state/{kind}"), content).await.ok();
    }
    let member = format!("{base}/state/m.room.member/{}", segment(&fixture.anna.id));
    let odd = json!({ "membership": "join", "displayname": 7, "avatar_url": [] });
    fixture.anna.put(&member, odd).await.ok();
    for content in [
        json!({ "m.relates_to": 7 }),
        json!({ "m.relates_to": { "rel_type": 7, "event_id": [] } }),
        json!({ "m.relates_to": { "m.in_reply_to": { "event_id": {} } } }),
        json!({ "m.mentions": { "user_ids": "all" }, "body": {} }),
        json!({ "m.new_content": [], "m.relates_to": { "rel_type": "m.replace", "event_id": "$x" } }),
    ] {
        fixture.anna.send(&room, "m.room.message", content).await;
    }
    fixture.anna.say(&room, "after all that").await;
    for path in ["/state", "/members", "/messages?dir=b&limit=100", "/joined_members"] {
        fixture.petrova.get(&format!("{base}{path}")).await.ok();
    }
    let seen = fixture.petrova.sync().await.joined(&room).texts();
    assert_eq!(seen.last().map(String::as_str), Some("after all that"), "{seen:?}");
}

/// Names are compared byte by byte, and every byte can be stored.
async fn names_of_any_characters_are_kept(fixture: &Fixture) {
    let names = ["a\0b", "a\0", "\u{202e}x", "emoji 🦷", "%2e%2e", "' OR 1=1--", "\u{ffff}", " "];
    for name in names {
        let path = format!("{}/state/x.odd/{}", fixture.in_path("<r>"), segment(name));
        fixture.anna.put(&path, json!({ "name": name })).await.ok();
    }
    for name in names {
        let path = format!("{}/state/x.odd/{}", fixture.in_path("<r>"), segment(name));
        assert_eq!(fixture.anna.get(&path).await.ok(), json!({ "name": name }), "{name:?}");
    }
}

async fn what_concerns_nobody_goes_nowhere(fixture: &Fixture) {
    let anna = &fixture.anna;
    let message =
        json!({ "@nobody:clinic.test": { "*": {} }, "@lex:law.test": { "*": {} }, "@boris:clinic.test": { "X": {} } });
    anna.put("/_matrix/client/v3/sendToDevice/m.test/nobody", json!({ "messages": message })).await.ok();
    assert_eq!(fixture.boris.sync().await.to_device(), [Value::Null; 0]);
    let users = json!({ "@nobody:clinic.test": [], "@lex:law.test": [] });
    let queried = anna.post("/_matrix/client/v3/keys/query", json!({ "device_keys": users })).await.ok();
    assert!(holds_nothing(&queried["device_keys"]), "{queried}");
    let wanted =
        json!({ "@nobody:clinic.test": { "X": "signed_curve25519" }, "@lex:law.test": { "X": "signed_curve25519" } });
    let claimed = anna.post("/_matrix/client/v3/keys/claim", json!({ "one_time_keys": wanted })).await.ok();
    assert!(holds_nothing(&claimed["one_time_keys"]), "{claimed}");
    // A token of another user is a place in the same stream: it shows its bearer what is his own.
    let since = fixture.petrova.sync().await.next_batch().to_owned();
    let seen = fixture.boris.sync_since(&since, 0).await;
    assert!(!seen.0.to_string().contains(&fixture.in_body("<room>")), "{:?}", seen.0);
    // So is one of the future.
    fixture.boris.get("/_matrix/client/v3/sync?since=s1.1.9999999999_0_0&timeout=0").await.ok();
}

/// Objects in objects, and nothing in any of them.
fn holds_nothing(value: &Value) -> bool {
    value.as_object().is_some_and(|entries| entries.values().all(holds_nothing))
}

/// A file lies about what it is: no browser runs it.
async fn a_page_is_never_run(fixture: &Fixture) {
    let page = b"<script>alert(1)</script>".to_vec();
    for kind in ["text/html", "image/svg+xml", "image/png", "text/html\u{0}", "", "application/xhtml+xml; charset=x"] {
        let upload = "/_matrix/media/v3/upload?filename=%22%0d%0aset-cookie:a=b%0d%0a.html";
        let kind = kind.trim_end_matches('\0');
        let sent = fixture.anna.send_bytes(Method::POST, upload, kind, page.clone()).await.ok();
        let media = sent["content_uri"].as_str().unwrap().strip_prefix("mxc://").unwrap().to_owned();
        let got = fixture.petrova.get(&format!("/_matrix/client/v1/media/download/{media}")).await;
        assert_eq!((got.status.as_u16(), &got.bytes), (200, &page));
        assert!(got.header("content-security-policy").starts_with("sandbox;"), "{kind}");
        assert_eq!((got.header("x-content-type-options"), got.header("set-cookie")), ("nosniff", ""), "{kind}");
        let shown = got.header("content-disposition").starts_with("inline");
        assert!(!shown || kind == "image/png", "{kind}: {}", got.header("content-disposition"));
    }
}
