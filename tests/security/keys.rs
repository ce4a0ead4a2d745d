//! Keys, signatures, to-device messages and key backups.

use crate::table::{
    Row,
    Who::{Anna, Boris},
    row,
};

const BAD_JSON: (u16, &str) = (400, "M_BAD_JSON");
const INVALID: (u16, &str) = (400, "M_INVALID_PARAM");
const MISSING: (u16, &str) = (400, "M_MISSING_PARAM");
const NOT_FOUND: (u16, &str) = (404, "M_NOT_FOUND");

/// A cross-signing key of `user`.
fn cross_signing(user: &str, usage: &str) -> String {
    let key = "nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk";
    format!(r#"{{"user_id":"{user}","usage":["{usage}"],"keys":{{"ed25519:{key}":"{key}"}}}}"#)
}

fn device_keys(user: &str, device: &str) -> String {
    let keys = format!(r#"{{"curve25519:{device}":"a","ed25519:{device}":"b"}}"#);
    let signatures = format!(r#"{{"{user}":{{"ed25519:{device}":"c"}}}}"#);
    format!(
        r#"{{"device_keys":{{"user_id":"{user}","device_id":"{device}","algorithms":[],"keys":{keys},"signatures":{signatures}}}}}"#
    )
}

#[rustfmt::skip] // A table: a row is a line.
pub fn rows() -> Vec<Row> {
    let upload = |name, body: &str, refusal| row(name, Anna, "POST <c>/keys/upload", body, refusal);
    let signing = |name, body: String, refusal| row(name, Anna, "POST <c>/keys/device_signing/upload", body, refusal);
    let to_device = |name, body: &str| row(name, Anna, "PUT <c>/sendToDevice/m.test/t", body, BAD_JSON);
    let anna = "@anna:clinic.test";
    vec![
        upload("keys of another user", &device_keys("@boris:clinic.test", "<device>"), INVALID),
        upload("keys of another device", &device_keys(anna, "OTHER"), INVALID),
        upload("device keys that are a list", r#"{"device_keys":[]}"#, BAD_JSON),
        upload("device keys that lack everything", r#"{"device_keys":{}}"#, BAD_JSON),
        upload("one-time keys that are a list", r#"{"one_time_keys":[]}"#, BAD_JSON),
        upload("a one-time key that is a number", r#"{"one_time_keys":{"signed_curve25519:AAAA":7}}"#, BAD_JSON),
        upload("a one-time key without a name", r#"{"one_time_keys":{"nonsense":{}}}"#, BAD_JSON),
        upload("a fallback key that is a list", r#"{"fallback_keys":{"signed_curve25519:AAAA":[]}}"#, BAD_JSON),
        row("a query without users", Anna, "POST <c>/keys/query", "{}", BAD_JSON),
        row("a query of a list of users", Anna, "POST <c>/keys/query", r#"{"device_keys":["@anna:clinic.test"]}"#, BAD_JSON),
        row("a query of no user id", Anna, "POST <c>/keys/query", r#"{"device_keys":{"anna":[]}}"#, BAD_JSON),
        row("a claim without keys", Anna, "POST <c>/keys/claim", "{}", BAD_JSON),
        row("a claim of wrong types", Anna, "POST <c>/keys/claim", r#"{"one_time_keys":{"@anna:clinic.test":"all"}}"#, BAD_JSON),
        row("changes since nothing", Anna, "GET <c>/keys/changes?to=s1.1.1_0_0", "", (400, "M_MISSING_PARAM")),
        signing("a master key of another user", format!(r#"{{"master_key":{}}}"#, cross_signing("@boris:clinic.test", "master")), INVALID),
        signing("a master key of another use", format!(r#"{{"master_key":{}}}"#, cross_signing(anna, "self_signing")), BAD_JSON),
        signing("a master key that is a text", r#"{"master_key":"x"}"#.to_owned(), BAD_JSON),
        signing("a self-signing key without a master key", format!(r#"{{"self_signing_key":{}}}"#, cross_signing(anna, "self_signing")), MISSING),
        row("signatures that are a list", Anna, "POST <c>/keys/signatures/upload", "[]", BAD_JSON),
        row("signatures of wrong types", Anna, "POST <c>/keys/signatures/upload", r#"{"@anna:clinic.test":7}"#, BAD_JSON),
        to_device("to-device messages that are missing", "{}"),
        to_device("to-device messages that are a list", r#"{"messages":[]}"#),
        to_device("a to-device message of no user id", r#"{"messages":{"anna":{"*":{}}}}"#),
        to_device("a to-device message that is a number", r#"{"messages":{"@anna:clinic.test":{"*":7}}}"#),
        row("a to-device message of 70 kB", Anna, "PUT <c>/sendToDevice/m.test/t", format!(r#"{{"messages":{{"@anna:clinic.test":{{"*":{{"x":"{}"}}}}}}}}"#, "x".repeat(70_000)), (413, "M_TOO_LARGE")),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
pub fn backups() -> Vec<Row> {
    let put = |name, path: &str, body: &str, refusal| row(name, Anna, format!("PUT {path}"), body, refusal);
    let version = "<c>/room_keys/version";
    let session = r#"{"first_message_index":0,"forwarded_count":0,"is_verified":false,"session_data":{}}"#;
    let keys = format!(r#"{{"rooms":{{"<room>":{{"sessions":{{"s":{session}}}}}}}}}"#);
    vec![
        row("a backup of nobody", Boris, format!("GET {version}"), "", NOT_FOUND),
        row("another's backup", Boris, "GET <c>/room_keys/version/<backup>", "", NOT_FOUND),
        row("a backup's version that is a word", Anna, format!("GET {version}/latest"), "", NOT_FOUND),
        row("a backup without an algorithm", Anna, format!("POST {version}"), r#"{"auth_data":{}}"#, BAD_JSON),
        row("a backup with data that are a list", Anna, format!("POST {version}"), r#"{"algorithm":"x","auth_data":[]}"#, BAD_JSON),
        row("a backup without a body", Anna, format!("POST {version}"), "", BAD_JSON),
        put("a backup with another algorithm", "<c>/room_keys/version/<backup>", r#"{"algorithm":"x","auth_data":{}}"#, INVALID),
        put("keys for no version", "<c>/room_keys/keys", &keys, MISSING),
        put("keys for a version of nobody", "<c>/room_keys/keys?version=99", &keys, NOT_FOUND),
        put("keys for a version that is a word", "<c>/room_keys/keys?version=x", &keys, NOT_FOUND),
        put("keys that are a list", "<c>/room_keys/keys?version=<backup>", "[]", BAD_JSON),
        put("a key with an index below zero", "<c>/room_keys/keys/<room>/s?version=<backup>", &session.replace(":0", ":-1"), BAD_JSON),
        put("a key that lacks everything", "<c>/room_keys/keys/<room>/s?version=<backup>", "{}", BAD_JSON),
        row("the end of a backup of nobody", Anna, format!("DELETE {version}/99"), "", NOT_FOUND),
    ]
}
