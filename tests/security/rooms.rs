//! Rooms: ids, rights, memberships, events; and the queries of reading them.

use crate::table::{
    Row,
    Who::{Anna, Boris, Petrova},
    row,
};

const BAD_JSON: (u16, &str) = (400, "M_BAD_JSON");
const INVALID: (u16, &str) = (400, "M_INVALID_PARAM");
const MISSING: (u16, &str) = (400, "M_MISSING_PARAM");
const FORBIDDEN: (u16, &str) = (403, "M_FORBIDDEN");
const NOT_FOUND: (u16, &str) = (404, "M_NOT_FOUND");
const TOO_LARGE: (u16, &str) = (413, "M_TOO_LARGE");

#[rustfmt::skip] // A table: a row is a line.
pub fn rows() -> Vec<Row> {
    [ids(), rights(), memberships()].concat()
}

#[rustfmt::skip] // A table: a row is a line.
fn ids() -> Vec<Row> {
    let put = |name, path: &str, refusal| row(name, Anna, format!("PUT {path}"), "{}", refusal);
    vec![
        put("no room id", "<c>/rooms/nowhere/send/m.room.message/t", INVALID),
        put("a room id with a NUL", "<c>/rooms/!a%00b:clinic.test/send/m.room.message/t", INVALID),
        put("a room id that is too long", "<c>/rooms/!<long>:clinic.test/send/m.room.message/t", INVALID),
        put("a room id that is not UTF-8", "<c>/rooms/!%ff:clinic.test/send/m.room.message/t", INVALID),
        put("a room id with a slash in it", "<c>/rooms/!a%2F..%2F..:clinic.test/send/m.room.message/t", FORBIDDEN),
        put("a room of nobody", "<c>/rooms/!nowhere:clinic.test/send/m.room.message/t", FORBIDDEN),
        put("an event type that is too long", "<r>/send/<long>/t", TOO_LARGE),
        put("a state key that is too long", "<r>/state/x/<long>", TOO_LARGE),
        put("no event id", "<r>/redact/hello/t", INVALID),
        put("an event of nobody to redact", "<r>/redact/$nothing/t", NOT_FOUND),
        put("a redaction without a target", "<r>/send/m.room.redaction/t", MISSING),
        row("a redaction of no event id", Anna, "PUT <r>/send/m.room.redaction/t", r#"{"redacts":"hello"}"#, BAD_JSON),
        row("a room version of nobody", Anna, "POST <c>/createRoom", r#"{"room_version":"99"}"#, (400, "M_UNSUPPORTED_ROOM_VERSION")),
        row("a preset of nobody", Anna, "POST <c>/createRoom", r#"{"preset":"party"}"#, INVALID),
        row("a visibility of nobody", Anna, "POST <c>/createRoom", r#"{"visibility":"dim"}"#, INVALID),
        row("an invitation of no user id", Anna, "POST <c>/createRoom", r#"{"invite":["nobody"]}"#, BAD_JSON),
        row("a room's name that is too long", Anna, "POST <c>/createRoom", format!(r#"{{"name":"{}"}}"#, "x".repeat(70_000)), TOO_LARGE),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
fn rights() -> Vec<Row> {
    let put = |name, who, path: &str, body: &str, refusal| row(name, who, format!("PUT {path}"), body, refusal);
    let levels = |name, body: &str, refusal| put(name, Anna, "<r>/state/m.room.power_levels", body, refusal);
    vec![
        put("a message of a stranger", Boris, "<r>/send/m.room.message/t", r#"{"body":"x"}"#, FORBIDDEN),
        put("a state of a stranger", Boris, "<r>/state/m.room.name", r#"{"name":"x"}"#, FORBIDDEN),
        put("a state of a member without the power", Petrova, "<r>/state/m.room.name", r#"{"name":"x"}"#, FORBIDDEN),
        put("a state in a dialogue, by its patient", Anna, "<c>/rooms/<dialogue>/state/m.room.encryption", r#"{"algorithm":"none"}"#, FORBIDDEN),
        put("the service's state in a dialogue", Anna, "<c>/rooms/<dialogue>/state/chat.consilium.consultation/x", r#"{"phase":"archived"}"#, FORBIDDEN),
        put("a second create event", Anna, "<r>/state/m.room.create", "{}", FORBIDDEN),
        put("a state key of another user", Anna, "<r>/state/x/@petrova:clinic.test", "{}", FORBIDDEN),
        put("another's membership", Petrova, "<r>/state/m.room.member/@anna:clinic.test", r#"{"membership":"leave"}"#, FORBIDDEN),
        put("another's joining", Anna, "<r>/state/m.room.member/@volkova:clinic.test", r#"{"membership":"join"}"#, FORBIDDEN),
        put("a membership of nobody", Anna, "<r>/state/m.room.member/nobody", r#"{"membership":"join"}"#, FORBIDDEN),
        put("no membership at all", Anna, "<r>/state/m.room.member/@anna:clinic.test", "{}", FORBIDDEN),
        put("a membership that is a number", Anna, "<r>/state/m.room.member/@anna:clinic.test", r#"{"membership":7}"#, FORBIDDEN),
        put("an alias that points nowhere", Anna, "<r>/state/m.room.canonical_alias", r##"{"alias":"#x:clinic.test"}"##, (400, "M_BAD_ALIAS")),
        levels("power levels that are texts", r#"{"users_default":"100"}"#, FORBIDDEN),
        levels("power levels that are floats", r#"{"users_default":1.5}"#, BAD_JSON),
        levels("power levels of no user", r#"{"users":{"nobody":50}}"#, FORBIDDEN),
        levels("power levels that are a list", r#"{"users":[]}"#, FORBIDDEN),
        levels("power levels of the room's creator", r#"{"users":{"@anna:clinic.test":50}}"#, FORBIDDEN),
        put("power for oneself", Petrova, "<r>/state/m.room.power_levels", r#"{"users":{"@petrova:clinic.test":100}}"#, FORBIDDEN),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
fn memberships() -> Vec<Row> {
    let post = |name, who, path: &str, body: &str, refusal| row(name, who, format!("POST {path}"), body, refusal);
    let boris = r#"{"user_id":"@boris:clinic.test"}"#;
    vec![
        post("an invitation of nobody", Anna, "<r>/invite", "{}", MISSING),
        post("an invitation of no user id", Anna, "<r>/invite", r#"{"user_id":"boris"}"#, INVALID),
        post("an invitation with a NUL", Anna, "<r>/invite", r#"{"user_id":"@a\u0000:clinic.test"}"#, INVALID),
        post("an invitation of another patient", Anna, "<r>/invite", boris, FORBIDDEN),
        post("an invitation of one who is there", Anna, "<r>/invite", r#"{"user_id":"@petrova:clinic.test"}"#, FORBIDDEN),
        post("an invitation into a dialogue, by its patient", Anna, "<c>/rooms/<dialogue>/invite", r#"{"user_id":"@petrova:clinic.test"}"#, FORBIDDEN),
        post("an invitation by e-mail", Anna, "<r>/invite", r#"{"id_server":"x","id_access_token":"x","medium":"email","address":"a@b"}"#, (403, "M_THREEPID_DENIED")),
        post("removing the room's creator", Petrova, "<r>/kick", r#"{"user_id":"@anna:clinic.test"}"#, FORBIDDEN),
        post("removing the keeper from its dialogue", Anna, "<c>/rooms/<dialogue>/kick", r#"{"user_id":"@keeper:clinic.test"}"#, FORBIDDEN),
        post("removing one who is not there", Anna, "<r>/kick", boris, FORBIDDEN),
        post("unbanning one who is not banned", Anna, "<r>/unban", boris, (403, "M_BAD_STATE")),
        post("joining without an invitation", Boris, "<c>/join/<room>", "{}", FORBIDDEN),
        post("joining a dialogue of others", Boris, "<c>/join/<dialogue>", "{}", FORBIDDEN),
        post("an operator joining a dialogue that he has not taken", Petrova, "<c>/join/<dialogue>", "{}", FORBIDDEN),
        post("joining nowhere", Boris, "<c>/join/!nowhere:clinic.test", "{}", NOT_FOUND),
        post("joining what is no id", Boris, "<c>/join/nowhere", "{}", INVALID),
        post("joining an alias of nobody", Boris, "<c>/join/%23x:clinic.test", "{}", NOT_FOUND),
        post("leaving where one is not", Boris, "<r>/leave", "{}", FORBIDDEN),
        post("forgetting where one is", Anna, "<r>/forget", "{}", (400, "M_UNKNOWN")),
    ]
}

/// Reading: who may not, and parameters that are none.
#[rustfmt::skip] // A table: a row is a line.
pub fn queries() -> Vec<Row> {
    let get = |name, path: &str, refusal| row(name, Anna, format!("GET {path}"), "", refusal);
    let stranger = |name, path: &str, refusal| row(name, Boris, format!("GET {path}"), "", refusal);
    vec![
        stranger("the state, for a stranger", "<r>/state", FORBIDDEN),
        stranger("the members, for a stranger", "<r>/members", FORBIDDEN),
        stranger("the messages, for a stranger", "<r>/messages?dir=b", FORBIDDEN),
        stranger("an event, for a stranger", "<r>/event/<event>", NOT_FOUND),
        stranger("an event's context, for a stranger", "<r>/context/<event>", FORBIDDEN),
        stranger("an event's relations, for a stranger", "/_matrix/client/v1/rooms/<room>/relations/<event>", FORBIDDEN),
        get("an event of another room by this one", "<c>/rooms/<dialogue>/event/<event>", NOT_FOUND),
        get("messages without a direction", "<r>/messages", MISSING),
        get("messages in no direction", "<r>/messages?dir=x", INVALID),
        get("messages in two directions", "<r>/messages?dir=b&dir=f", INVALID),
        get("a limit below zero", "<r>/messages?dir=b&limit=-1", INVALID),
        get("a limit that is a word", "<r>/messages?dir=b&limit=many", INVALID),
        get("a limit that no number holds", "<r>/messages?dir=b&limit=99999999999999999999", INVALID),
        get("messages from nowhere", "<r>/messages?dir=b&from=garbage", INVALID),
        get("messages to nowhere", "<r>/messages?dir=b&to=garbage", INVALID),
        get("messages with a filter that is no JSON", "<r>/messages?dir=b&filter={", INVALID),
        get("messages with a filter that is a number", "<r>/messages?dir=b&filter=7", INVALID),
        get("the context of no event id", "<r>/context/hello", INVALID),
        get("a context with a limit below zero", "<r>/context/<event>?limit=-1", INVALID),
        get("members at no time", "<r>/members?at=garbage", INVALID),
        get("members of no membership", "<r>/members?membership=guest", INVALID),
        get("relations in no direction", "/_matrix/client/v1/rooms/<room>/relations/<event>?dir=x", INVALID),
        get("relations from nowhere", "/_matrix/client/v1/rooms/<room>/relations/<event>?from=x", INVALID),
        get("an event at no time", "/_matrix/client/v1/rooms/<room>/timestamp_to_event?dir=f", MISSING),
        get("an event at a time that is a word", "/_matrix/client/v1/rooms/<room>/timestamp_to_event?dir=f&ts=now", INVALID),
        get("a state that is not there", "<r>/state/x.nothing", NOT_FOUND),
        get("a state in no form", "<r>/state/m.room.create?format=xml", INVALID),
        get("a sync since garbage", "<c>/sync?since=garbage", INVALID),
        get("a sync since a number below zero", "<c>/sync?since=s1.1.-5_0_0", INVALID),
        get("a sync since a token of others", "<c>/sync?since=s72594_4483_1934", INVALID),
        get("a sync with a filter of nobody", "<c>/sync?filter=nothing", INVALID),
        get("a sync with a filter that is half an object", "<c>/sync?filter={", INVALID),
        get("a sync with a filter of wrong types", "<c>/sync?filter={%22room%22:7}", INVALID),
        get("a sync with a time below zero", "<c>/sync?timeout=-1", INVALID),
        get("a sync that is full perhaps", "<c>/sync?full_state=perhaps", INVALID),
        get("a query that is not UTF-8", "<r>/messages?dir=%ff", INVALID),
    ]
}
