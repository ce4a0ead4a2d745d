//! Two tenants in one process: what belongs to one does not exist for the other, and is answered like what exists nowhere.

use crate::table::{
    Row,
    Who::{Anna, Header, Lex, Petrova, Volkova},
    row,
};

const FORBIDDEN: (u16, &str) = (403, "M_FORBIDDEN");
const NOT_FOUND: (u16, &str) = (404, "M_NOT_FOUND");
const NOT_A_TOKEN: (u16, &str) = (401, "M_UNKNOWN_TOKEN");
const ABSENT: (u16, &str) = (404, "not-found");

#[rustfmt::skip] // A table: a row is a line.
pub fn rows() -> Vec<Row> {
    let law = |name, request: &str, body: &str, refusal| row(name, Anna, request, body, refusal);
    vec![
        law("the messages of another tenant's room", "GET <c>/rooms/<law_room>/messages?dir=b", "", FORBIDDEN),
        law("the state of another tenant's room", "GET <c>/rooms/<law_room>/state", "", FORBIDDEN),
        law("the members of another tenant's room", "GET <c>/rooms/<law_room>/members", "", FORBIDDEN),
        law("a message into another tenant's room", "PUT <c>/rooms/<law_room>/send/m.room.message/t", "{}", FORBIDDEN),
        law("joining another tenant's room", "POST <c>/join/<law_room>", "{}", NOT_FOUND),
        law("another tenant's event by its room", "GET <c>/rooms/<law_room>/event/<law_event>", "", NOT_FOUND),
        law("another tenant's event by one's own room", "GET <r>/event/<law_event>", "", NOT_FOUND),
        law("the context of another tenant's event", "GET <r>/context/<law_event>", "", NOT_FOUND),
        law("redacting another tenant's event", "PUT <r>/redact/<law_event>/t", "{}", NOT_FOUND),
        law("the profile of another tenant's user", "GET <c>/profile/@lex:law.test", "", NOT_FOUND),
        law("inviting another tenant's user", "POST <r>/invite", r#"{"user_id":"@lex:law.test"}"#, FORBIDDEN),
        law("another tenant's device", "GET <c>/devices/<law_device>", "", NOT_FOUND),
        law("account data of another tenant's user", "GET <c>/user/@lex:law.test/account_data/x", "", FORBIDDEN),
        law("another tenant's media by its name", "GET /_matrix/client/v1/media/download/law.test/<law_media>", "", NOT_FOUND),
        law("another tenant's media by one's own name", "GET /_matrix/client/v1/media/download/clinic.test/<law_media>", "", NOT_FOUND),
        law("a thumbnail of another tenant's media", "GET /_matrix/client/v1/media/thumbnail/law.test/<law_media>?width=5&height=5", "", NOT_FOUND),
        law("a sign-in of another tenant's user", "POST <c>/login", r#"{"type":"m.login.password","user":"@lex:law.test","password":"p"}"#, FORBIDDEN),
        law("another tenant's queue", "POST <api>/consultations", r#"{"queue_id":"family","request_id":"7b1f6a52-2222-4222-8333-444455556666"}"#, (422, "invalid")),
        row("another tenant's token", Header("Bearer <law_token>"), "GET <c>/account/whoami", "", NOT_A_TOKEN),
        row("another tenant's token, writing", Header("Bearer <law_token>"), "POST <c>/createRoom", "{}", NOT_A_TOKEN),
        row("another tenant's token at the service", Header("Bearer <law_token>"), "GET <api>/me", "", (401, "unauthenticated")),
        row("another tenant's token at the media", Header("Bearer <law_token>"), "GET /_matrix/client/v1/media/download/clinic.test/<media>", "", NOT_A_TOKEN),
        row("another tenant's consultation, for a patient", Anna, "GET <api>/consultations/<law_consultation>", "", ABSENT),
        row("another tenant's consultation, for an operator", Petrova, "GET <api>/consultations/<law_consultation>", "", ABSENT),
        row("taking another tenant's consultation", Petrova, "POST <api>/consultations/<law_consultation>/take", "{}", ABSENT),
        row("inviting into another tenant's consultation", Volkova, "POST <api>/consultations/<law_consultation>/participants", r#"{"operator_id":"x"}"#, ABSENT),
        row("closing another tenant's consultation", Volkova, "POST <api>/consultations/<law_consultation>/close", "{}", ABSENT),
        row("keys of another tenant's conversation", Anna, "POST <api>/conversations/<law_conversation>/history-keys", "", ABSENT),
        row("a member of staff from another tenant", Volkova, "POST <api>/operators", r#"{"user_id":"@lex:law.test","name":"L","role":"operator","queues":[]}"#, (422, "invalid")),
        row("the clinic's room from the other tenant", Lex, "GET <r>/messages?dir=b", "", FORBIDDEN),
        row("the clinic's event from the other tenant", Lex, "GET <r>/event/<event>", "", NOT_FOUND),
        row("the clinic's media from the other tenant", Lex, "GET /_matrix/client/v1/media/download/clinic.test/<media>", "", NOT_FOUND),
        row("the clinic's consultation from the other tenant", Lex, "GET <api>/consultations/<consultation>", "", ABSENT),
        row("the clinic's consultation as FHIR from the other tenant", Lex, "GET <api>/consultations/<consultation>/fhir", "", ABSENT),
        row("the clinic's patients from the other tenant", Lex, "GET <api>/patients/<patient>", "", (403, "forbidden")),
    ]
}
