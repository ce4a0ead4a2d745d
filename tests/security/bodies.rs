//! Bodies that are no JSON, JSON of another shape, or too much of it.

use crate::table::{Row, Who::Anna, row};

const SEND: &str = "PUT <r>/send/m.room.message/bad";
const NOT_JSON: (u16, &str) = (400, "M_NOT_JSON");
const BAD_JSON: (u16, &str) = (400, "M_BAD_JSON");
const TOO_LARGE: (u16, &str) = (413, "M_TOO_LARGE");

/// Levels of nesting that a recursive reader does not survive.
const DEEP: usize = 10_000;

#[rustfmt::skip] // A table: a row is a line.
pub fn rows() -> Vec<Row> {
    let send = |name, body: &[u8], refusal| row(name, Anna, SEND, body, refusal);
    [
        vec![
            send("half an object", b"{", NOT_JSON),
            send("a word", b"hello", NOT_JSON),
            send("a form", b"msgtype=m.text&body=x", NOT_JSON)
                .with("content-type", "application/x-www-form-urlencoded"),
            send("two objects", b"{}{}", NOT_JSON),
            send("a comma too many", br#"{"body":"x",}"#, NOT_JSON),
            send("single quotes", b"{'body':'x'}", NOT_JSON),
            send("a comment", b"{} // x", NOT_JSON),
            send("a key without quotes", b"{body:1}", NOT_JSON),
            send("bytes that are not UTF-8", b"{\"body\":\"\xff\"}", NOT_JSON),
            send("an overlong encoding", b"{\"body\":\"\xc0\xaf\"}", NOT_JSON),
            send("a surrogate in UTF-8", b"{\"body\":\"\xed\xa0\x80\"}", NOT_JSON),
            send("half a surrogate pair", br#"{"body":"\ud800"}"#, NOT_JSON),
            send("UTF-16", b"\xff\xfe{\x00}\x00", NOT_JSON),
            send("a byte order mark", b"\xef\xbb\xbf{}", NOT_JSON),
            send("a control character", b"{\"body\":\"a\x01b\"}", NOT_JSON),
            send("NUL", b"\0", NOT_JSON),
            send("NaN", br#"{"n":NaN}"#, NOT_JSON),
            send("a number with a leading zero", br#"{"n":01}"#, NOT_JSON),
            send("compressed bytes", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", NOT_JSON).with("content-encoding", "gzip"),
        ],
        shapes(),
        sizes(),
    ]
    .concat()
}

#[rustfmt::skip] // A table: a row is a line.
fn shapes() -> Vec<Row> {
    let send = |name, body: &[u8]| row(name, Anna, SEND, body, BAD_JSON);
    let create = |name, body: &str| row(name, Anna, "POST <c>/createRoom", body, BAD_JSON);
    vec![
        send("a list", b"[]"),
        send("a text", b"\"x\""),
        send("a number", b"7"),
        send("null", b"null"),
        send("true", b"true"),
        send("a float", br#"{"n":1.5}"#),
        send("a float far inside", br#"{"a":[{"b":{"c":[0.1]}}]}"#),
        send("an exponent", br#"{"n":1e3}"#),
        send("an integer above 2^53", br#"{"n":9007199254740993}"#),
        send("an integer below -2^53", br#"{"n":-9007199254740993}"#),
        send("an integer above 2^64", br#"{"n":18446744073709551616}"#),
        send("a list of a thousand levels", format!("{{\"a\":{}{}}}", "[".repeat(1_000), "]".repeat(1_000)).as_bytes()),
        create("a name that is a number", r#"{"name":7}"#),
        create("invitations that are a text", r#"{"invite":"@boris:clinic.test"}"#),
        create("an initial state that is an object", r#"{"initial_state":{}}"#),
        create("initial state without a type", r#"{"initial_state":[{"content":{}}]}"#),
        create("initial state without content", r#"{"initial_state":[{"type":"x"}]}"#),
        create("a create event in the initial state", r#"{"initial_state":[{"type":"m.room.create","content":{}}]}"#),
        create("a room version that is a number", r#"{"room_version":12}"#),
        create("creation content that is a list", r#"{"creation_content":[]}"#),
        create("power levels that are a list", r#"{"power_level_content_override":[]}"#),
        create("is_direct that is a text", r#"{"is_direct":"yes"}"#),
        row("a reason that is a number", Anna, "POST <r>/kick", r#"{"user_id":"@petrova:clinic.test","reason":7}"#, BAD_JSON),
        row("a user that is an object", Anna, "POST <r>/invite", r#"{"user_id":{}}"#, BAD_JSON),
        row("a redaction's reason that is a list", Anna, "PUT <r>/redact/<event>/t", r#"{"reason":[]}"#, BAD_JSON),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
fn sizes() -> Vec<Row> {
    let text = |length: usize| format!("{{\"body\":\"{}\"}}", "x".repeat(length)).into_bytes();
    let nested = |open: &str, close: &str| format!("{{\"a\":{}1{}}}", open.repeat(DEEP), close.repeat(DEEP));
    vec![
        row("lists in lists", Anna, SEND, nested("[", "]"), BAD_JSON),
        row("objects in objects", Anna, SEND, nested("{\"a\":", "}"), BAD_JSON),
        row("brackets that nobody closes", Anna, SEND, "[".repeat(100_000), BAD_JSON),
        row("deep nesting where no token is", crate::table::Who::Nobody, "POST <c>/login", nested("[", "]"), BAD_JSON),
        row("deep nesting in account data", Anna, "PUT <c>/user/@anna:clinic.test/account_data/x", nested("[", "]"), BAD_JSON),
        row("deep nesting in keys", Anna, "POST <c>/keys/query", nested("[", "]"), BAD_JSON),
        row("an event of 66 kB", Anna, SEND, text(66_000), TOO_LARGE),
        row("a state event of 66 kB", Anna, "PUT <r>/state/x.large", text(66_000), TOO_LARGE),
        row("a body above the limit", Anna, SEND, text(5 << 20), TOO_LARGE),
        row("a body above the limit at createRoom", Anna, "POST <c>/createRoom", text(5 << 20), TOO_LARGE),
        row("a body above the limit, without a token", crate::table::Who::Nobody, "POST <c>/login", text(5 << 20), TOO_LARGE),
        row("a filter of 40 kB", Anna, "POST <c>/user/@anna:clinic.test/filter", text(40_000), TOO_LARGE),
    ]
}
