//! Endpoints and methods that are not there, tokens that open nothing, paths that try to be others.

use crate::table::{
    Row,
    Who::{Anna, Header, Nobody},
    row,
};

const UNKNOWN: (u16, &str) = (404, "M_UNRECOGNIZED");
const WRONG_METHOD: (u16, &str) = (405, "M_UNRECOGNIZED");
const MISSING: (u16, &str) = (401, "M_MISSING_TOKEN");
const NOT_A_TOKEN: (u16, &str) = (401, "M_UNKNOWN_TOKEN");

#[rustfmt::skip] // A table: a row is a line.
pub fn rows() -> Vec<Row> {
    let get = |name, path: &str, refusal| row(name, Anna, format!("GET {path}"), "", refusal);
    vec![
        get("an endpoint of nobody", "<c>/nothing", UNKNOWN),
        get("a version that does not exist", "/_matrix/client/v9/sync", UNKNOWN),
        get("the bare prefix", "/_matrix/", UNKNOWN),
        get("federation, which is closed", "/_matrix/federation/v1/version", UNKNOWN),
        get("an administrator's endpoint of others", "/_synapse/admin/v2/users", UNKNOWN),
        get("shared-secret registration without a secret", "/_synapse/admin/v1/register", UNKNOWN),
        get("another well-known file", "/.well-known/matrix/server", UNKNOWN),
        get("a slash too many", "<c>/sync/", UNKNOWN),
        get("a room id that is empty", "<c>/rooms//state", (400, "M_INVALID_PARAM")),
        get("a path upwards", "<c>/rooms/../sync", UNKNOWN),
        get("a path upwards, escaped", "<c>/rooms/%2e%2e/sync", UNKNOWN),
        get("the application services' endpoint from outside", "/_matrix/app/v1/transactions/1", UNKNOWN),
        row("GET where POST is", Anna, "GET <c>/logout", "", WRONG_METHOD),
        row("POST where GET is", Anna, "POST <c>/sync", "{}", WRONG_METHOD),
        row("DELETE where GET is", Anna, "DELETE <c>/account/whoami", "", WRONG_METHOD),
        row("PATCH", Anna, "PATCH <c>/createRoom", "{}", WRONG_METHOD),
        row("a method of nobody", Anna, "BREW <c>/account/whoami", "", WRONG_METHOD),
        row("TRACE", Anna, "TRACE <c>/account/whoami", "", WRONG_METHOD),
        row("no token", Nobody, "GET <c>/account/whoami", "", MISSING),
        row("no token, and a body that is none", Nobody, "PUT <r>/send/m.room.message/t", "{", MISSING),
        row("no token at the media", Nobody, "GET /_matrix/client/v1/media/download/clinic.test/<media>", "", MISSING),
        row("no token at the keys", Nobody, "POST <c>/keys/query", "{}", MISSING),
        row("an empty header", Header(""), "GET <c>/account/whoami", "", MISSING),
        row("a scheme without a token", Header("Bearer "), "GET <c>/account/whoami", "", MISSING),
        row("another scheme", Header("Basic YTpi"), "GET <c>/account/whoami", "", MISSING),
        row("a token of nobody", Header("Bearer nonsense"), "GET <c>/account/whoami", "", NOT_A_TOKEN),
        row("a token with more behind it", Header("Bearer <token>x"), "GET <c>/account/whoami", "", NOT_A_TOKEN),
        row("a token of a session that was signed out", Header("Bearer <out>"), "GET <c>/sync", "", NOT_A_TOKEN),
        row("a token of a session that was signed out, writing", Header("Bearer <out>"), "POST <c>/createRoom", "{}", NOT_A_TOKEN),
        row("a token of nobody in the query", Nobody, "GET <c>/sync?access_token=nonsense", "", NOT_A_TOKEN),
        row("two tokens in the query", Nobody, "GET <c>/sync?access_token=a&access_token=b", "", MISSING),
        row("a long token", Header("Bearer <long><long><long>"), "GET <c>/sync", "", NOT_A_TOKEN),
        row("acting as another", Anna, "GET <c>/profile/nobody?user_id=@boris:clinic.test", "", (400, "M_INVALID_PARAM")),
    ]
}
