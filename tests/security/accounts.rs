//! Registration, sign-in, devices, profiles, account data, filters, receipts, push rules.

use crate::table::{
    Row,
    Who::{Anna, Nobody},
    row,
};

const BAD_JSON: (u16, &str) = (400, "M_BAD_JSON");
const INVALID: (u16, &str) = (400, "M_INVALID_PARAM");
const FORBIDDEN: (u16, &str) = (403, "M_FORBIDDEN");
const NOT_FOUND: (u16, &str) = (404, "M_NOT_FOUND");
/// User-interactive authentication asks for a proof.
const PROOF: (u16, &str) = (401, "");

#[rustfmt::skip] // A table: a row is a line.
pub fn rows() -> Vec<Row> {
    [sign_in(), devices(), profiles(), own_data(), rules()].concat()
}

#[rustfmt::skip] // A table: a row is a line.
fn sign_in() -> Vec<Row> {
    let register = |name, body: &str, refusal| row(name, Nobody, "POST <c>/register", body, refusal);
    let login = |name, body: &str, refusal| row(name, Nobody, "POST <c>/login", body, refusal);
    let dummy = r#""auth":{"type":"m.login.dummy"}"#;
    let account = |name: &str| format!(r#"{{"username":"{name}","password":"p",{dummy}}}"#);
    let invalid_name = (400, "M_INVALID_USERNAME");
    vec![
        register("a name with a space", &account("a b"), invalid_name),
        register("a name with a colon", &account("a:b"), invalid_name),
        register("a name with a slash upwards", &account("../a\\u0000"), invalid_name),
        register("a name that is too long", &account("<long>"), invalid_name),
        register("a name that is taken", &account("anna"), (400, "M_USER_IN_USE")),
        register("the keeper's name", &account("keeper"), (400, "M_EXCLUSIVE")),
        register("a password that is too long", &account("new").replace("\"p\"", &format!("\"{}\"", "p".repeat(2_000))), (400, "M_WEAK_PASSWORD")),
        register("a password that is a number", &format!(r#"{{"username":"new","password":7,{dummy}}}"#), BAD_JSON),
        register("no proof", r#"{"username":"new","password":"p"}"#, PROOF),
        register("a proof of nobody's session", r#"{"username":"new","password":"p","auth":{"type":"m.login.recaptcha","session":"x","response":"y"}}"#, (400, "M_UNKNOWN")),
        row("a guest", Nobody, "POST <c>/register?kind=guest", "{}", (403, "M_GUEST_ACCESS_FORBIDDEN")),
        row("an application service's registration without its token", Nobody, "POST <c>/register", r#"{"type":"m.login.application_service","username":"keeper2"}"#, (401, "M_MISSING_TOKEN")),
        row("a name to check that is missing", Nobody, "GET <c>/register/available", "", (400, "M_MISSING_PARAM")),
        login("no type", "{}", BAD_JSON),
        login("a type that is a number", r#"{"type":7}"#, BAD_JSON),
        login("a type of nobody", r#"{"type":"m.login.magic"}"#, (400, "M_UNKNOWN")),
        login("no user", r#"{"type":"m.login.password","password":"x"}"#, (400, "M_MISSING_PARAM")),
        login("no password", r#"{"type":"m.login.password","user":"anna"}"#, (400, "M_MISSING_PARAM")),
        login("a wrong password", r#"{"type":"m.login.password","user":"anna","password":"x"}"#, FORBIDDEN),
        login("nobody's password", r#"{"type":"m.login.password","user":"nobody","password":"x"}"#, FORBIDDEN),
        login("NUL in the user", r#"{"type":"m.login.password","user":"anna\u0000","password":"x"}"#, FORBIDDEN),
        login("a password of a megabyte", &format!(r#"{{"type":"m.login.password","user":"anna","password":"{}"}}"#, "x".repeat(1_000_000)), FORBIDDEN),
        login("a login token of nobody", r#"{"type":"m.login.token","token":"x"}"#, FORBIDDEN),
        row("a refresh token of nobody", Nobody, "POST <c>/refresh", r#"{"refresh_token":"x"}"#, (401, "M_UNKNOWN_TOKEN")),
        row("a refresh token that is a list", Nobody, "POST <c>/refresh", r#"{"refresh_token":[]}"#, BAD_JSON),
        row("a new password without a proof", Anna, "POST <c>/account/password", r#"{"new_password":"x"}"#, PROOF),
        row("the end of an account without a proof", Anna, "POST <c>/account/deactivate", "{}", PROOF),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
fn devices() -> Vec<Row> {
    let name = format!(r#"{{"display_name":"{}"}}"#, "x".repeat(2_000));
    vec![
        row("a device of nobody", Anna, "GET <c>/devices/NOTHING", "", NOT_FOUND),
        row("a device that is named anew and is nobody's", Anna, "PUT <c>/devices/NOTHING", "{}", NOT_FOUND),
        row("a device's name that is too long", Anna, "PUT <c>/devices/<device>", name, INVALID),
        row("a device's name that is a list", Anna, "PUT <c>/devices/<device>", r#"{"display_name":[]}"#, BAD_JSON),
        row("the end of a device without a proof", Anna, "DELETE <c>/devices/<device>", "{}", PROOF),
        row("devices that are a text", Anna, "POST <c>/delete_devices", r#"{"devices":"x"}"#, BAD_JSON),
        row("the end of a device with another's proof", Anna, "DELETE <c>/devices/<device>", r#"{"auth":{"type":"m.login.password","identifier":{"type":"m.id.user","user":"boris"},"password":"a long password of the tests"}}"#, FORBIDDEN),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
fn profiles() -> Vec<Row> {
    let name = format!(r#"{{"displayname":"{}"}}"#, "x".repeat(2_000));
    vec![
        row("a profile of nobody", Anna, "GET <c>/profile/@nobody:clinic.test", "", NOT_FOUND),
        row("a profile of another patient", Anna, "GET <c>/profile/@boris:clinic.test", "", NOT_FOUND),
        row("a profile of no user id", Anna, "GET <c>/profile/nobody", "", INVALID),
        row("another's name", Anna, "PUT <c>/profile/@boris:clinic.test/displayname", r#"{"displayname":"x"}"#, FORBIDDEN),
        row("a name that is too long", Anna, "PUT <c>/profile/@anna:clinic.test/displayname", name, INVALID),
        row("a name that is a number", Anna, "PUT <c>/profile/@anna:clinic.test/displayname", r#"{"displayname":7}"#, INVALID),
        row("a picture that is no address", Anna, "PUT <c>/profile/@anna:clinic.test/avatar_url", r#"{"avatar_url":[]}"#, INVALID),
        row("a name that is missing", Anna, "PUT <c>/profile/@anna:clinic.test/displayname", "{}", (400, "M_MISSING_PARAM")),
        row("a field that is too long", Anna, "PUT <c>/profile/@anna:clinic.test/<long>", r#"{"<long>":1}"#, (400, "M_KEY_TOO_LARGE")),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
fn own_data() -> Vec<Row> {
    vec![
        row("another's account data", Anna, "PUT <c>/user/@boris:clinic.test/account_data/x", "{}", FORBIDDEN),
        row("another's account data, read", Anna, "GET <c>/user/@boris:clinic.test/account_data/x", "", FORBIDDEN),
        row("account data that are a list", Anna, "PUT <c>/user/@anna:clinic.test/account_data/x", "[]", BAD_JSON),
        row("push rules as account data", Anna, "PUT <c>/user/@anna:clinic.test/account_data/m.push_rules", "{}", (405, "M_BAD_JSON")),
        row("account data of no room", Anna, "PUT <c>/user/@anna:clinic.test/rooms/nowhere/account_data/x", "{}", INVALID),
        row("another's tags", Anna, "GET <c>/user/@boris:clinic.test/rooms/<room>/tags", "", FORBIDDEN),
        row("a tag's order that is a list", Anna, "PUT <c>/user/@anna:clinic.test/rooms/<room>/tags/u.x", r#"{"order":[]}"#, BAD_JSON),
        row("another's filters", Anna, "POST <c>/user/@boris:clinic.test/filter", "{}", FORBIDDEN),
        row("a filter of nobody", Anna, "GET <c>/user/@anna:clinic.test/filter/nothing", "", NOT_FOUND),
        row("a filter with a room that is a number", Anna, "POST <c>/user/@anna:clinic.test/filter", r#"{"room":7}"#, BAD_JSON),
        row("a filter with a limit below zero", Anna, "POST <c>/user/@anna:clinic.test/filter", r#"{"room":{"timeline":{"limit":-1}}}"#, BAD_JSON),
        row("a filter with fields that are a text", Anna, "POST <c>/user/@anna:clinic.test/filter", r#"{"event_fields":"type"}"#, BAD_JSON),
        row("another's typing", Anna, "PUT <r>/typing/@boris:clinic.test", r#"{"typing":true,"timeout":1000}"#, FORBIDDEN),
        row("typing that is a text", Anna, "PUT <r>/typing/@anna:clinic.test", r#"{"typing":"yes"}"#, BAD_JSON),
        row("typing with a time below zero", Anna, "PUT <r>/typing/@anna:clinic.test", r#"{"typing":true,"timeout":-1}"#, BAD_JSON),
        row("a receipt of no kind", Anna, "POST <r>/receipt/m.seen/<event>", "{}", INVALID),
        row("a receipt for no event id", Anna, "POST <r>/receipt/m.read/hello", "{}", INVALID),
        row("a receipt in a thread that is a number", Anna, "POST <r>/receipt/m.read/<event>", r#"{"thread_id":7}"#, BAD_JSON),
        row("read markers that are a number", Anna, "POST <r>/read_markers", r#"{"m.fully_read":7}"#, BAD_JSON),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
fn rules() -> Vec<Row> {
    let rule = "<c>/pushrules/global/content/x";
    vec![
        row("a push rule of no kind", Anna, "PUT <c>/pushrules/global/nothing/x", r#"{"actions":[]}"#, INVALID),
        row("a push rule with a name of the server's", Anna, "PUT <c>/pushrules/global/override/.m.rule.mine", r#"{"actions":[],"conditions":[]}"#, INVALID),
        row("a push rule without actions", Anna, format!("PUT {rule}"), r#"{"pattern":"x"}"#, BAD_JSON),
        row("a push rule with actions that are a text", Anna, format!("PUT {rule}"), r#"{"pattern":"x","actions":"notify"}"#, BAD_JSON),
        row("a push rule of nobody", Anna, format!("DELETE {rule}"), "", NOT_FOUND),
        row("a push rule that is switched by a number", Anna, "PUT <c>/pushrules/global/override/.m.rule.master/enabled", r#"{"enabled":1}"#, BAD_JSON),
    ]
}
