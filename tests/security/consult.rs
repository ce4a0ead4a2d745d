//! The consultation service's API: bodies, ids, queries, roles.

use crate::table::{
    Row,
    Who::{Anna, Boris, Header, Nobody, Petrova, Volkova},
    row,
};

const MALFORMED: (u16, &str) = (400, "invalid");
const INVALID: (u16, &str) = (422, "invalid");
const FORBIDDEN: (u16, &str) = (403, "forbidden");
const ABSENT: (u16, &str) = (404, "not-found");
const CONFLICT: (u16, &str) = (409, "conflict");
const NOT_SIGNED_IN: (u16, &str) = (401, "unauthenticated");

#[rustfmt::skip] // A table: a row is a line.
pub fn of_patients() -> Vec<Row> {
    let ask = |name, body: &str, refusal| row(name, Boris, "POST <api>/consultations", body, refusal);
    let own = |name, body: &str| row(name, Boris, "PATCH <api>/me", body, INVALID);
    let get = |name, path: &str, refusal| row(name, Boris, format!("GET <api>{path}"), "", refusal);
    let known = "7b1f6a52-3333-4222-8333-444455556666";
    vec![
        ask("no body", "", INVALID),
        ask("half an object", "{", MALFORMED),
        ask("a list", "[]", INVALID),
        ask("a queue that is a number", r#"{"queue_id":7,"request_id":"x"}"#, INVALID),
        ask("a request id that is none", r#"{"queue_id":"therapist","request_id":"x"}"#, INVALID),
        ask("a queue of nobody", &format!(r#"{{"queue_id":"nowhere","request_id":"{known}"}}"#), INVALID),
        ask("deep nesting", &format!("{{\"more\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000)), INVALID),
        row("a body of 70 kB", Boris, "POST <api>/consultations", "x".repeat(70_000), (413, "too-large")),
        row("bytes that are not UTF-8", Boris, "POST <api>/consultations", b"{\"queue_id\":\"\xff\"}", MALFORMED),
        row("a second consultation while one is open", Anna, "POST <api>/consultations", format!(r#"{{"queue_id":"therapist","request_id":"{known}"}}"#), CONFLICT),
        own("a telephone that is none", r#"{"phone":"call me"}"#),
        own("an e-mail that is none", r#"{"email":"nowhere"}"#),
        own("a sex that is none", r#"{"sex":"yes"}"#),
        own("a birth date to come", r#"{"birth_date":"2190-01-01"}"#),
        own("an empty name", r#"{"name":" "}"#),
        own("a name that is a list", r#"{"name":[]}"#),
        row("a spare key for another", Boris, "POST <api>/me/backup-secret", r#"{"user_id":"@anna:clinic.test"}"#, INVALID),
        row("a device with a long name", Boris, "POST <api>/me/backup-secret", format!(r#"{{"device_name":"{}"}}"#, "x".repeat(101)), INVALID),
        row("a spare key, for an operator", Petrova, "POST <api>/me/backup-secret", "{}", FORBIDDEN),
        row("taking a spare key, for a supervisor", Volkova, "DELETE <api>/me/backup-secret", "", FORBIDDEN),
        row("asking without having agreed", Boris, "POST <api>/consultations", format!(r#"{{"queue_id":"therapist","request_id":"{known}"}}"#), (409, "consents-missing")),
        row("agreeing to a text that nobody was shown", Boris, "PUT <api>/me/consents/treatment", r#"{"hash":"00"}"#, (409, "consent-changed")),
        row("agreeing to something of nobody", Boris, "PUT <api>/me/consents/..%2Fme", r#"{"hash":"00"}"#, ABSENT),
        row("withdrawing what was never given", Boris, "DELETE <api>/me/consents/treatment", "", ABSENT),
        row("another's consents, for a patient", Boris, "GET <api>/patients/<patient>/consents", "", FORBIDDEN),
        row("agreeing, by an operator", Petrova, "PUT <api>/me/consents/treatment", r#"{"hash":"00"}"#, FORBIDDEN),
        row("a spare key without a token", Nobody, "POST <api>/me/backup-secret", "{}", NOT_SIGNED_IN),
        get("a route of nobody", "/nothing", ABSENT),
        get("a slash too many", "/me/", ABSENT),
        get("a path upwards", "/consultations/..%2F..%2Fme", ABSENT),
        get("another's consultation", "/consultations/<consultation>", ABSENT),
        get("another's archive", "/archive/<consultation>", ABSENT),
        get("another's consultation as FHIR", "/consultations/<consultation>/fhir", ABSENT),
        get("a cursor of nobody", "/consultations?cursor=zzz", MALFORMED),
        get("a limit below zero", "/consultations?limit=-1", MALFORMED),
        get("the patients, for a patient", "/patients", FORBIDDEN),
        get("the audit, for a patient", "/audit", FORBIDDEN),
        get("an id that is not UTF-8", "/consultations/%ff", MALFORMED),
        row("saying what is shown, by a patient", Boris, "PUT <api>/viewing", r#"{"console":"x"}"#, FORBIDDEN),
        row("taking, by a patient", Boris, "POST <api>/consultations/<consultation>/take", "{}", FORBIDDEN),
        row("inviting, by a patient", Boris, "POST <api>/consultations/<consultation>/participants", r#"{"operator_id":"x"}"#, FORBIDDEN),
        row("sending out, by a patient", Boris, "DELETE <api>/consultations/<consultation>/participants/x", "", FORBIDDEN),
        row("a consultation out of a call-back, by a patient", Boris, "POST <api>/callbacks/x/consultation", "", FORBIDDEN),
        row("cancelling another's", Boris, "POST <api>/consultations/<consultation>/cancel", "{}", ABSENT),
        get("another's answers", "/consultations/<consultation>/answers", ABSENT),
        row("answering for another", Boris, "PUT <api>/consultations/<consultation>/answers", r#"{"answers":[]}"#, ABSENT),
        row("answering anew without a list", Boris, "PUT <api>/consultations/<consultation>/answers", "{}", INVALID),
        row("answering for a patient, by an operator", Petrova, "PUT <api>/consultations/<consultation>/answers", r#"{"answers":[]}"#, FORBIDDEN),
        row("keys of another's conversation", Boris, "POST <api>/conversations/<conversation>/history-keys", "{}", ABSENT),
        row("a method of others", Boris, "DELETE <api>/me", "", (405, "not-found")),
        row("no token", Nobody, "GET <api>/me", "", NOT_SIGNED_IN),
        row("a token of nobody", Header("Bearer nonsense"), "GET <api>/me", "", NOT_SIGNED_IN),
        row("a token of a session that was signed out", Header("Bearer <out>"), "GET <api>/me", "", NOT_SIGNED_IN),
        row("a token in the query", Nobody, "GET <api>/me?access_token=<token>", "", NOT_SIGNED_IN),
        row("another scheme", Header("Basic <token>"), "GET <api>/me", "", NOT_SIGNED_IN),
    ]
}

#[rustfmt::skip] // A table: a row is a line.
pub fn of_staff() -> Vec<Row> {
    let get = |name, path: &str, refusal| row(name, Petrova, format!("GET <api>{path}"), "", refusal);
    let about = |name, what: &str, body: &str, refusal| {
        row(name, Petrova, format!("POST <api>/consultations/<consultation>/{what}"), body, refusal)
    };
    let hire = |name, user: &str, queues: &str| {
        let body = format!(r#"{{"user_id":"{user}","name":"X","role":"operator","queues":[{queues}]}}"#);
        row(name, Volkova, "POST <api>/operators", body, INVALID)
    };
    let note = format!(r#"{{"note":"{}"}}"#, "x".repeat(5_000));
    vec![
        get("a limit that is a word", "/consultations?limit=x", MALFORMED),
        get("a view of nobody", "/consultations?view=nothing", MALFORMED),
        get("an order of nobody", "/consultations?sort=size", MALFORMED),
        get("a consultation of nobody", "/consultations/unknown", ABSENT),
        get("an id that is too long", "/consultations/<long>", ABSENT),
        get("an id with a NUL", "/consultations/%00", ABSENT),
        get("an id that is SQL", "/consultations/'%20OR%201=1--", ABSENT),
        get("a patient of nobody", "/patients/unknown", ABSENT),
        get("the archive of another operator", "/archive?operator=somebody", FORBIDDEN),
        get("the archive of a time that is a word", "/archive?from=yesterday", MALFORMED),
        get("an archive record that is not sealed", "/archive/<consultation>", ABSENT),
        row("searching the archive for nothing", Volkova, "POST <api>/archive/search", r#"{"text":" "}"#, MALFORMED),
        row("searching the archive for what stands everywhere", Volkova, "POST <api>/archive/search", r#"{"text":"the"}"#, MALFORMED),
        row("searching the archive by two letters", Volkova, "POST <api>/archive/search", r#"{"text":"kn*"}"#, MALFORMED),
        row("searching the archive from its end", Volkova, "POST <api>/archive/search", r#"{"text":"rash","sort":"oldest"}"#, MALFORMED),
        row("searching the archive of another operator", Petrova, "POST <api>/archive/search", r#"{"text":"rash","operator":"somebody"}"#, FORBIDDEN),
        row("searching the archive, for a patient", Anna, "POST <api>/archive/search", r#"{"text":"rash"}"#, FORBIDDEN),
        get("a consultation of others as FHIR", "/consultations/<consultation>/fhir", ABSENT),
        row("an open consultation as FHIR", Volkova, "GET <api>/consultations/<consultation>/fhir", "", CONFLICT),
        get("the audit, for an operator", "/audit", FORBIDDEN),
        row("checking the audit, by an operator", Petrova, "POST <api>/audit/verify", "", FORBIDDEN),
        get("what the installation was found to be, for an operator", "/doctor", FORBIDDEN),
        row("examining the installation, by an operator", Petrova, "POST <api>/doctor", "", FORBIDDEN),
        row("the audit backwards in time", Volkova, "GET <api>/audit?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "", MALFORMED),
        about("holding what nobody has taken", "hold", "{}", CONFLICT),
        about("resuming what nobody has taken", "resume", "{}", CONFLICT),
        about("closing what nobody has taken", "close", "{}", CONFLICT),
        about("a hold until a word", "hold", r#"{"until":"soon"}"#, INVALID),
        about("a note that is a number", "close", r#"{"note":7}"#, INVALID),
        about("a note that is too long", "close", &note, INVALID),
        about("a transfer to nobody", "transfer", r#"{"to":{},"note":"n"}"#, INVALID),
        about("a transfer to two", "transfer", r#"{"to":{"queue_id":"a","operator_id":"b"},"note":"n"}"#, INVALID),
        about("a transfer without a note", "transfer", r#"{"to":{"queue_id":"therapist"},"note":" "}"#, INVALID),
        about("a transfer to a queue of nobody", "transfer", r#"{"to":{"queue_id":"nowhere"},"note":"n"}"#, INVALID),
        about("a transfer into another circle", "transfer", r#"{"to":{"queue_id":"psychologist"},"note":"n"}"#, INVALID),
        about("a transfer to deep nesting", "transfer", &format!("{{\"to\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000)), MALFORMED),
        about("inviting nobody", "participants", r#"{"operator_id":"nobody"}"#, INVALID),
        about("inviting without a name", "participants", "{}", INVALID),
        about("inviting a lead", "participants", r#"{"operator_id":"nobody","role":"lead"}"#, INVALID),
        row("a consultation out of nothing", Petrova, "POST <api>/callbacks/x/consultation", "", ABSENT),
        row("sending nobody out", Petrova, "DELETE <api>/consultations/<consultation>/participants/nobody", "", ABSENT),
        about("asking as an operator", "cancel", "{}", FORBIDDEN),
        row("keys of a conversation that he does not serve", Petrova, "POST <api>/conversations/<conversation>/history-keys", "{}", FORBIDDEN),
        row("a status of nobody", Petrova, "PUT <api>/operators/me/status", r#"{"status":"asleep"}"#, INVALID),
        row("hiring, by an operator", Petrova, "POST <api>/operators", "{}", FORBIDDEN),
        hire("hiring from elsewhere", "@x:elsewhere.test", ""),
        hire("hiring no user id", "x", ""),
        hire("hiring the keeper", "@keeper:clinic.test", ""),
        hire("hiring for a queue of nobody", "@x:clinic.test", r#""nowhere""#),
        row("hiring one who works here", Volkova, "POST <api>/operators", r#"{"user_id":"@petrova:clinic.test","name":"P","role":"operator","queues":[]}"#, CONFLICT),
        row("changing one who does not work here", Volkova, "PATCH <api>/operators/unknown", "{}", ABSENT),
        row("a role of nobody", Volkova, "PATCH <api>/operators/<operator>", r#"{"role":"owner"}"#, INVALID),
    ]
}
