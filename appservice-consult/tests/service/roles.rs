//! Every role on every route. A route that is added without a row here fails the test.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use consilium_consult::api::{mounted, mounted_for_everyone};
use serde_json::{Value, json};
use support::partner::{Partner, SCOPES};
use support::things::with_each;
use support::{ANNA, PETROVA, VOLKOVA, World};

use crate::settings_staff::{SECOND, second};

/// Who may pass a route's gate at all. Behind it a handler may still say no for other reasons than the role.
#[derive(Clone, Copy)]
pub enum Gate {
    Everyone,
    Patients,
    Staff,
    Supervisors,
    Administrators,
}

/// Where keys of partners' systems lead.
pub const PARTNERS: [(&str, &str); 16] = [
    ("GET", "/queues"),
    ("GET", "/fields"),
    ("GET", "/patients"),
    ("GET", "/patients/{id}"),
    ("PATCH", "/patients/{id}"),
    ("POST", "/patients"),
    ("GET", "/patients/{id}/invitation"),
    ("POST", "/patients/{id}/invitation"),
    ("DELETE", "/patients/{id}/invitation"),
    ("POST", "/patients/{id}/consultations"),
    ("POST", "/patients/{id}/callbacks"),
    ("GET", "/consultations"),
    ("GET", "/consultations/{id}"),
    ("GET", "/consultations/{id}/fhir"),
    ("GET", "/callbacks"),
    ("GET", "/callbacks/{id}"),
];

impl Gate {
    pub fn admits(self, role: &str) -> bool {
        match self {
            Self::Everyone => true,
            Self::Patients => role == "patient",
            Self::Staff => role != "patient",
            // All that supervisors may, administrators may.
            Self::Supervisors => role == "supervisor" || role == "administrator",
            Self::Administrators => role == "administrator",
        }
    }
}

fn report() -> Value {
    json!({ "loss_permille": 1, "jitter_ms": 2, "round_trip_ms": 3, "freezes": 0, "freeze_ms": 0 })
}

/// Method, path, who may, and a body that is valid.
pub type Row = (&'static str, &'static str, Gate, Option<Value>);

/// A row for every route that needs a token.
pub fn rows() -> Vec<Row> {
    [
        rows_about_consultations_and_people(),
        rows_about_queue_invitations_and_devices(),
        rows_about_several(),
        rows_about_patients(),
        rows_about_archive_and_reports(),
        rows_about_callbacks(),
        rows_about_notes(),
        rows_about_conclusions(),
        rows_about_retention(),
        rows_about_rights(),
        rows_about_persons(),
        rows_about_integrations(),
        rows_about_settings(),
        rows_about_setup(),
    ]
    .concat()
}

fn canned(mut more: Value) -> Value {
    for (key, value) in [("title", "T"), ("shortcut", "t"), ("language", "en"), ("text", "t")] {
        more[key] = json!(value);
    }
    more
}

fn rows_about_notes() -> Vec<Row> {
    use Gate::{Staff, Supervisors};
    let new = json!({ "text": "t", "request_id": "7b1f6a52-3333-4222-8333-444455556666" });
    let a_macro = json!({ "title": "M", "shortcut": "m", "note": "n" });
    let run = json!({ "version": 1, "request_id": "7b1f6a52-3333-4222-8333-444455557777" });
    let follow_up = json!({
        "patient_id": "unknown", "due_at": "2030-01-01T00:00:00Z", "request_id": "7b1f6a52-3333-4222-8333-444455558888",
    });
    vec![
        ("GET", "/conversations/{id}/notes", Staff, None),
        ("POST", "/conversations/{id}/notes", Staff, Some(new)),
        ("GET", "/patients/{id}/notes", Staff, None),
        ("PATCH", "/notes/{id}", Staff, Some(json!({ "text": "t", "version": 1 }))),
        ("DELETE", "/notes/{id}", Staff, None),
        ("GET", "/notes/{id}/versions", Staff, None),
        ("GET", "/mentions", Staff, None),
        ("POST", "/mentions/{id}/seen", Staff, None),
        ("GET", "/canned", Staff, None),
        ("POST", "/canned", Staff, Some(canned(json!({ "scope": "personal" })))),
        ("PUT", "/canned/{id}", Staff, Some(canned(json!({ "version": 1 })))),
        ("DELETE", "/canned/{id}", Staff, None),
        ("GET", "/canned/{id}/versions", Staff, None),
        ("POST", "/files", Staff, Some(json!({ "name": "a.txt", "media_type": "text/plain", "content": "YQ==" }))),
        ("GET", "/files/{id}", Staff, None),
        ("GET", "/macros", Staff, None),
        ("POST", "/macros", Supervisors, Some(a_macro.clone())),
        ("PUT", "/macros/{id}", Supervisors, Some(json!({ "version": 1, "content": a_macro, "archived": false }))),
        ("POST", "/consultations/{id}/macros/{macro_id}/check", Staff, Some(run.clone())),
        ("POST", "/consultations/{id}/macros/{macro_id}", Staff, Some(run)),
        ("GET", "/tags", Staff, None),
        ("POST", "/tags", Supervisors, Some(json!({ "names": { "en": "T" }, "color": "info" }))),
        (
            "PUT",
            "/tags/{id}",
            Supervisors,
            Some(json!({ "names": { "en": "T" }, "color": "info", "version": 1, "archived": false })),
        ),
        ("GET", "/views", Staff, None),
        ("POST", "/views", Staff, Some(json!({ "name": "V", "section": "waiting" }))),
        ("PUT", "/views/{id}", Staff, Some(json!({ "version": 1, "name": "V", "section": "waiting" }))),
        ("PUT", "/view-order", Staff, Some(json!({ "view_ids": [] }))),
        ("PUT", "/consultations/{id}/tags/{tag_id}", Staff, None),
        ("DELETE", "/consultations/{id}/tags/{tag_id}", Staff, None),
        ("GET", "/fields", Staff, None),
        ("PATCH", "/consultations/{id}/fields", Staff, Some(json!({ "fields": {} }))),
        ("GET", "/follow-ups", Staff, None),
        ("GET", "/follow-ups/message", Staff, None),
        ("GET", "/follow-ups/{id}", Staff, None),
        ("POST", "/follow-ups", Staff, Some(follow_up)),
        ("PATCH", "/follow-ups/{id}", Staff, Some(json!({ "version": 1 }))),
        ("POST", "/follow-ups/{id}/done", Staff, Some(json!({ "version": 1 }))),
        ("POST", "/follow-ups/{id}/cancel", Staff, Some(json!({ "version": 1 }))),
    ]
}

fn rows_about_conclusions() -> Vec<Row> {
    use Gate::{Everyone, Staff};
    let save = json!({ "version": 0, "language": "en", "sections": [] });
    vec![
        ("GET", "/consultations/{id}/conclusion/draft", Staff, None),
        ("PUT", "/consultations/{id}/conclusion/draft", Staff, Some(save)),
        ("GET", "/consultations/{id}/conclusion/preview", Staff, None),
        ("POST", "/consultations/{id}/conclusion/sign", Staff, Some(json!({ "version": 1 }))),
        ("POST", "/consultations/{id}/conclusion/amend", Staff, Some(json!({ "version": 1, "reason": "r" }))),
        ("GET", "/consultations/{id}/conclusion/versions", Everyone, None),
        ("GET", "/consultations/{id}/conclusion/pdf", Everyone, None),
        ("PUT", "/consultations/{id}/rating", Gate::Patients, Some(json!({ "stars": 5 }))),
        ("GET", "/consultations/{id}/rating", Everyone, None),
    ]
}

fn rows_about_retention() -> Vec<Row> {
    use Gate::Supervisors;
    let hold = json!({ "patient_id": "unknown", "reason": "r", "request_id": "7b1f6a52-4444-4222-8333-444455556666" });
    vec![
        ("GET", "/archive/due", Supervisors, None),
        ("POST", "/archive/{consultation_id}/erase", Supervisors, Some(json!({ "reason": "r" }))),
        ("GET", "/archive/{consultation_id}/certificate", Supervisors, None),
        ("GET", "/holds", Supervisors, None),
        ("POST", "/holds", Supervisors, Some(hold)),
        ("POST", "/holds/{id}/lift", Supervisors, Some(json!({ "reason": "r" }))),
    ]
}

fn rows_about_rights() -> Vec<Row> {
    use Gate::{Patients, Staff, Supervisors};
    let delete = json!({ "confirm": "delete", "reason": "r" });
    vec![
        ("GET", "/patients/{id}/export", Supervisors, None),
        ("GET", "/patients/{id}/deletion", Supervisors, None),
        ("POST", "/patients/{id}/deletion", Supervisors, Some(delete)),
        ("GET", "/patients/{id}/sign-ins", Staff, None),
        ("POST", "/patients/{id}/sign-out", Staff, Some(json!({ "reason": "lost" }))),
        ("GET", "/me/consents", Patients, None),
        ("PUT", "/me/consents/{purpose}", Patients, Some(json!({ "hash": "unknown" }))),
        ("DELETE", "/me/consents/{purpose}", Patients, None),
        ("GET", "/patients/{id}/consents", Staff, None),
        ("GET", "/me/export", Patients, None),
        ("GET", "/me/deletion", Patients, None),
        // What is asked for is not said: the gate alone is tried, and the patient stays for the rows behind it.
        ("POST", "/me/deletion", Patients, Some(json!({ "confirm": "perhaps" }))),
    ]
}

fn rows_about_persons() -> Vec<Row> {
    use Gate::{Patients, Staff, Supervisors};
    let request_id = "7b1f6a52-6666-4222-8333-444455556666";
    let merge = json!({ "merged_id": "other", "reason": "r", "seen": "unknown", "request_id": request_id });
    let apart = json!({ "version": 1, "reason": "r", "request_id": request_id });
    let new = json!({
        "name": "Masha", "birth_date": "2017-05-01", "relationship": "PRN",
        "request_id": "7b1f6a52-5555-4222-8333-444455556666",
    });
    vec![
        ("GET", "/patients/{id}/merges/preview?with=other", Supervisors, None),
        ("GET", "/patients/{id}/merges", Supervisors, None),
        ("POST", "/patients/{id}/merges", Supervisors, Some(merge)),
        ("POST", "/merges/{id}/separate", Supervisors, Some(apart)),
        ("PUT", "/patients/{id}/dismissed-duplicates/{other_id}", Staff, None),
        ("DELETE", "/patients/{id}/dismissed-duplicates/{other_id}", Staff, None),
        ("PUT", "/consultations/{id}/person", Staff, Some(json!({ "person_id": null, "was": "unknown" }))),
        ("GET", "/me/persons", Patients, None),
        ("POST", "/me/persons", Patients, Some(new)),
        ("PATCH", "/me/persons/{id}", Patients, Some(json!({ "name": "Maria" }))),
        ("DELETE", "/me/persons/{id}", Patients, None),
        ("GET", "/me/persons/{id}/consents", Patients, None),
        ("PUT", "/me/persons/{id}/consents/{purpose}", Patients, Some(json!({ "hash": "unknown" }))),
        ("DELETE", "/me/persons/{id}/consents/{purpose}", Patients, None),
        ("GET", "/patients/{id}/persons/{person_id}", Staff, None),
        ("GET", "/patients/{id}/persons/{person_id}/consents", Staff, None),
    ]
}

fn rows_about_callbacks() -> Vec<Row> {
    use Gate::{Everyone, Patients, Staff};
    vec![
        (
            "POST",
            "/callbacks",
            Patients,
            Some(json!({ "queue_id": "general", "request_id": "7b1f6a52-2222-4222-8333-444455556666" })),
        ),
        ("GET", "/callbacks", Everyone, None),
        ("GET", "/callbacks/{id}", Everyone, None),
        ("POST", "/callbacks/{id}/cancel", Everyone, None),
        ("POST", "/callbacks/{id}/move", Patients, None),
        ("POST", "/callbacks/{id}/take", Staff, None),
        ("POST", "/callbacks/{id}/release", Staff, None),
        ("POST", "/callbacks/{id}/calls", Staff, Some(json!({ "kind": "audio" }))),
        ("POST", "/callbacks/{id}/consultation", Staff, None),
        ("POST", "/callbacks/{id}/telephone", Staff, None),
        ("POST", "/callbacks/{id}/no-answer", Staff, None),
        ("POST", "/callbacks/{id}/again-later", Staff, None),
        ("POST", "/callbacks/{id}/done", Staff, Some(json!({ "outcome": "answered" }))),
        ("POST", "/callbacks/{id}/notes", Staff, Some(json!({ "note": "n" }))),
        ("GET", "/callbacks/{id}/record", Staff, None),
    ]
}

fn rows_about_archive_and_reports() -> Vec<Row> {
    use Gate::{Everyone, Staff, Supervisors};
    vec![
        ("GET", "/archive", Staff, None),
        ("GET", "/archive/{consultation_id}", Everyone, None),
        ("POST", "/archive/search", Staff, Some(json!({ "text": "knee" }))),
        ("GET", "/consultations/{id}/fhir", Everyone, None),
        ("GET", "/audit", Supervisors, None),
        ("GET", "/audit/verify", Supervisors, None),
        ("POST", "/audit/verify", Supervisors, None),
        ("GET", "/reports/consultations?from=2026-11-01&to=2026-11-30", Supervisors, None),
        ("GET", "/reports/consultations.csv?from=2026-11-01&to=2026-11-30", Supervisors, None),
        ("GET", "/reports/consultations/behind?from=2026-11-01&to=2026-11-30", Supervisors, None),
        ("GET", "/reports/now", Supervisors, None),
    ]
}

fn rows_about_consultations_and_people() -> Vec<Row> {
    use Gate::{Everyone, Patients, Staff, Supervisors};
    vec![
        ("GET", "/me", Everyone, None),
        ("PATCH", "/me", Patients, Some(json!({ "sex": "female" }))),
        ("POST", "/me/backup-secret", Patients, Some(json!({ "device_name": "Phone" }))),
        ("DELETE", "/me/backup-secret", Patients, None),
        ("GET", "/events", Everyone, None),
        ("GET", "/services", Everyone, None),
        ("GET", "/conversations", Patients, None),
        ("POST", "/conversations/{id}/history-keys", Everyone, None),
        (
            "POST",
            "/consultations",
            Patients,
            Some(json!({ "queue_id": "general", "request_id": "7b1f6a52-1111-4222-8333-444455556666" })),
        ),
        ("GET", "/consultations", Everyone, None),
        ("GET", "/consultations/{id}", Everyone, None),
        ("POST", "/consultations/{id}/cancel", Patients, None),
        ("GET", "/consultations/{id}/answers", Patients, None),
        ("PUT", "/consultations/{id}/answers", Patients, Some(json!({ "answers": [] }))),
        ("POST", "/consultations/{id}/take", Staff, None),
        ("POST", "/consultations/{id}/pass", Staff, None),
        ("POST", "/consultations/{id}/hold", Staff, None),
        ("POST", "/consultations/{id}/resume", Staff, None),
        ("POST", "/consultations/{id}/transfer", Staff, Some(json!({ "to": { "queue_id": "dental" }, "note": "n" }))),
        ("POST", "/consultations/{id}/take-over", Supervisors, Some(json!({ "lead": "unknown" }))),
        ("POST", "/consultations/{id}/participants", Staff, Some(json!({ "operator_id": "unknown" }))),
        ("DELETE", "/consultations/{id}/participants/{operator_id}", Staff, None),
        ("POST", "/consultations/{id}/close", Staff, None),
        ("POST", "/consultations/{id}/calls", Everyone, Some(json!({ "kind": "audio" }))),
        ("GET", "/calls", Everyone, None),
        ("GET", "/calls/availability", Everyone, None),
        ("GET", "/calls/{id}", Everyone, None),
        ("POST", "/calls/{id}/stand-by", Everyone, None),
        ("POST", "/calls/{id}/answer", Everyone, None),
        ("POST", "/calls/{id}/token", Everyone, None),
        ("POST", "/calls/{id}/decline", Everyone, None),
        ("POST", "/calls/{id}/cancel", Everyone, None),
        ("POST", "/calls/{id}/hang-up", Everyone, None),
        ("POST", "/calls/{id}/quality", Everyone, Some(report())),
        ("GET", "/calls/{id}/quality", Supervisors, None),
        ("GET", "/queues", Staff, None),
        ("GET", "/queues/{id}/hours", Staff, None),
        ("GET", "/operators", Staff, None),
        (
            "POST",
            "/operators",
            Supervisors,
            Some(json!({ "user_id": "@new:hs.test", "name": "N", "role": "operator", "queues": [] })),
        ),
        ("PATCH", "/operators/{id}", Supervisors, Some(json!({ "title": "T" }))),
        // Those of others; an operator's own are tested below.
        ("GET", "/operators/{id}/status-history", Supervisors, None),
        ("POST", "/operators/{id}/approve-identity", Supervisors, None),
        ("PUT", "/operators/me/status", Staff, Some(json!({ "status": "online" }))),
        ("GET", "/operators/me/leaving", Staff, None),
        ("GET", "/operators/me/returned", Staff, None),
        ("POST", "/operators/me/wrapped-up", Staff, None),
        ("POST", "/operators/me/heartbeat", Staff, None),
        ("PUT", "/viewing", Staff, Some(json!({ "console": "c" }))),
    ]
}

fn rows_about_queue_invitations_and_devices() -> Vec<Row> {
    use Gate::{Patients, Staff};
    let ask = json!({ "queue_id": "general" });
    vec![
        ("POST", "/consultations/{id}/queue-invitations", Staff, Some(ask)),
        ("GET", "/consultations/{id}/queue-invitations", Staff, None),
        ("DELETE", "/consultations/{id}/queue-invitations/{invitation_id}", Staff, None),
        ("GET", "/operators/me/queue-invitations", Staff, None),
        ("POST", "/queue-invitations/{id}/accept", Staff, None),
        ("POST", "/queue-invitations/{id}/decline", Staff, None),
        ("POST", "/queue-invitations/{id}/seen", Staff, None),
        ("PUT", "/consultations/{id}/device-check", Patients, Some(json!({ "microphone": "works" }))),
    ]
}

fn rows_about_several() -> Vec<Row> {
    use Gate::{Staff, Supervisors};
    let act = json!({ "kind": "priority", "step": "raise" });
    let bulk = json!({ "ids": ["unknown"], "act": act, "request_id": "7b1f6a52-1111-4222-8333-444455556668" });
    vec![
        ("POST", "/consultations/bulk", Staff, Some(bulk)),
        ("POST", "/consultations/export", Staff, Some(json!({ "ids": ["unknown"] }))),
        ("POST", "/patients/export", Supervisors, Some(json!({ "ids": ["unknown"] }))),
    ]
}

fn rows_about_patients() -> Vec<Row> {
    use Gate::Staff;
    vec![
        ("GET", "/patients", Staff, None),
        ("GET", "/patients/{id}", Staff, None),
        ("PATCH", "/patients/{id}", Staff, Some(json!({ "sex": "male" }))),
        (
            "POST",
            "/patients",
            Staff,
            Some(json!({ "name": "Nina", "request_id": "7b1f6a52-1111-4222-8333-444455557777" })),
        ),
        ("POST", "/patients/check", Staff, Some(json!({ "name": "Nina" }))),
        ("GET", "/patients/{id}/invitation", Staff, None),
        ("POST", "/patients/{id}/invitation", Staff, None),
        ("DELETE", "/patients/{id}/invitation", Staff, None),
    ]
}

fn rows_about_settings() -> Vec<Row> {
    use Gate::Supervisors;
    let content = json!({ "phone": "+74950000001" });
    let a_rule =
        json!({ "name": { "en": "R", "ru": "П" }, "event": "consultation.taken", "actions": { "alarm": true } });
    vec![
        ("GET", "/operators/{id}/history", Supervisors, None),
        ("POST", "/operators/{id}/restore", Supervisors, Some(json!({ "based_on": 0, "version": 0 }))),
        ("GET", "/statuses", Gate::Staff, None),
        ("GET", "/settings", Supervisors, None),
        ("GET", "/settings/export", Supervisors, None),
        ("GET", "/settings/{section}", Supervisors, None),
        ("PUT", "/settings/{section}", Supervisors, Some(json!({ "based_on": 0, "content": content }))),
        ("POST", "/settings/{section}/check", Supervisors, Some(json!({ "content": content }))),
        ("GET", "/settings/{section}/history", Supervisors, None),
        ("POST", "/settings/{section}/restore", Supervisors, Some(json!({ "based_on": 0, "version": 0 }))),
        ("POST", "/rules/try", Supervisors, Some(json!({ "content": a_rule }))),
        ("GET", "/rules/runs", Supervisors, None),
        ("POST", "/rules/runs/{id}/seen", Supervisors, None),
    ]
}

fn rows_about_setup() -> Vec<Row> {
    use Gate::{Administrators, Patients, Supervisors};
    vec![
        ("GET", "/doctor", Administrators, None),
        ("POST", "/doctor", Administrators, None),
        ("GET", "/checklist", Supervisors, None),
        ("PUT", "/checklist/{item}", Supervisors, None),
        ("DELETE", "/checklist/{item}", Supervisors, None),
        ("GET", "/rehearsal", Supervisors, None),
        ("POST", "/rehearsal", Supervisors, None),
        ("DELETE", "/rehearsal", Supervisors, None),
        ("POST", "/rehearsal/skip", Supervisors, None),
        ("POST", "/me/rehearsal", Patients, Some(json!({ "code": "unknown" }))),
        ("GET", "/demo", Supervisors, None),
        ("POST", "/demo/removal", Supervisors, Some(json!({ "confirm": "unknown" }))),
    ]
}

fn rows_about_integrations() -> Vec<Row> {
    use Gate::{Staff, Supervisors};
    let new = json!({ "url": "https://crm.example/hook", "events": ["call.ended"] });
    let range = json!({ "from": "2023-11-14T00:00:00Z", "to": "2023-11-15T00:00:00Z" });
    vec![
        ("POST", "/patients/{id}/consultations", Staff, Some(json!({ "queue_id": "general" }))),
        ("POST", "/patients/{id}/callbacks", Staff, Some(json!({ "queue_id": "general" }))),
        ("GET", "/api-keys", Supervisors, None),
        ("POST", "/api-keys", Supervisors, Some(json!({ "name": "CRM", "scopes": ["patients:read"] }))),
        ("PATCH", "/api-keys/{id}", Supervisors, Some(json!({ "name": "CRM" }))),
        ("DELETE", "/api-keys/{id}", Supervisors, None),
        ("GET", "/webhooks", Supervisors, None),
        ("POST", "/webhooks", Supervisors, Some(new)),
        ("PATCH", "/webhooks/{id}", Supervisors, Some(json!({ "on": false }))),
        ("DELETE", "/webhooks/{id}", Supervisors, None),
        ("POST", "/webhooks/{id}/secret", Supervisors, None),
        ("POST", "/webhooks/{id}/test", Supervisors, None),
        ("POST", "/webhooks/{id}/replay", Supervisors, Some(range)),
        ("GET", "/webhooks/{id}/deliveries", Supervisors, None),
        ("POST", "/webhooks/{id}/deliveries/{event_id}/replay", Supervisors, None),
    ]
}

/// A path to things that are not there.
fn filled(path: &str) -> String {
    with_each(path, |_| "unknown".to_owned())
}

#[test]
fn every_mounted_route_has_a_row() {
    let mounted: BTreeSet<_> = mounted().into_iter().map(|(method, path)| (method.to_string(), path)).collect();
    let rows: BTreeSet<_> = rows()
        .into_iter()
        .map(|(method, path, ..)| (method.to_owned(), path.split('?').next().unwrap_or(path)))
        .collect();
    let without: Vec<_> = mounted.difference(&rows).collect();
    assert!(without.is_empty(), "give each of these a row here, with who may pass its gate: {without:?}");
    let of_nothing: Vec<_> = rows.difference(&mounted).collect();
    assert!(of_nothing.is_empty(), "these rows are of routes that are not mounted: {of_nothing:?}");
}

/// What somebody is, as the service says it to himself.
async fn role_of(world: &World, who: &str) -> String {
    let me = world.get(who, "/me").await;
    me["operator"]["role"].as_str().or(me["role"].as_str()).unwrap().to_owned()
}

/// Routes that one account asks for before it has asked too often.
const AT_ONCE: usize = 100;

#[tokio::test]
async fn a_role_passes_exactly_the_gates_that_are_its_own() {
    // The first supervisor administers; the second is no more than that.
    for (role, who) in [("patient", ANNA), ("operator", PETROVA), ("supervisor", SECOND), ("administrator", VOLKOVA)] {
        for some in rows().chunks(AT_ONCE) {
            let world = World::start().await;
            second(&world).await;
            assert_eq!(role_of(&world, who).await, role);
            for (method, path, gate, body) in some {
                let path = filled(path);
                let response = world.send(who, method, &path, body.clone()).await;
                let status = response.status().as_u16();
                if gate.admits(role) {
                    assert!(![401, 403, 405].contains(&status) && status < 500, "{role} {method} {path}: {status}");
                } else {
                    assert_eq!(status, 403, "{role} {method} {path}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_key_passes_only_the_gates_that_are_made_for_keys() {
    let world = World::start().await;
    // Several keys, so that none asks too often.
    for (number, some) in rows().chunks(40).enumerate() {
        let system = Partner::with(&world, &format!("System {number}"), &SCOPES).await;
        for (method, path, _, body) in some {
            let status = system.call(method, &filled(path), body.clone()).await.status.as_u16();
            if PARTNERS.contains(&(method, path)) {
                assert!(![401, 403, 405].contains(&status) && status < 500, "{method} {path}: {status}");
            } else {
                assert_eq!(status, 403, "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn nobody_passes_any_gate() {
    for some in rows().chunks(AT_ONCE) {
        let world = World::start().await;
        for (method, path, _, body) in some {
            let path = filled(path);
            for (who, status) in [("", 401), ("guest", 403), ("keeper", 403)] {
                if who.is_empty() {
                    world.homeserver.invalidate("nobody");
                }
                let who = if who.is_empty() { "nobody" } else { who };
                assert_eq!(
                    world.send(who, method, &path, body.clone()).await.status().as_u16(),
                    status,
                    "{who} {method} {path}"
                );
            }
        }
    }
}

/// What routes that need no token answer to who brings nothing, from the tenant's own page and from a page of somebody else.
const FOR_EVERYONE: [(&str, &str, u16); 5] = [
    ("GET", "/public/callbacks/challenge", 200),
    ("POST", "/public/callbacks", 422),
    ("POST", "/public/invitations", 422),
    ("POST", "/public/invitations/accept", 422),
    ("POST", "/public/rehearsals/{code}/opened", 404),
];

#[tokio::test]
async fn routes_without_a_token_are_few_and_serve_no_page_of_others() {
    let mounted: BTreeSet<_> =
        mounted_for_everyone().into_iter().map(|(method, path)| (method.to_string(), path)).collect();
    let known: BTreeSet<_> = FOR_EVERYONE.iter().map(|(method, path, _)| ((*method).to_owned(), *path)).collect();
    assert_eq!(mounted, known, "say in FOR_EVERYONE what a route without a token answers to nobody");
    let world = World::start().await;
    for (method, path, status) in FOR_EVERYONE {
        for (origin, status) in [(None, status), (Some("https://evil.test"), 403)] {
            let request = Request::builder().method(method).uri(format!("/_consilium/v1{}", filled(path)));
            let mut request = request.header("host", "api.test");
            if let Some(origin) = origin {
                request = request.header("origin", origin);
            }
            let answer = world.raw(request.body(Body::from("{}")).unwrap()).await;
            assert_eq!(answer.status().as_u16(), status, "{method} {path} from {origin:?}");
        }
    }
}

#[tokio::test]
async fn an_operator_sees_his_own_statuses_and_not_those_of_others() {
    let world = World::start().await;
    let id = |me: &Value| me["operator"]["id"].as_str().unwrap().to_owned();
    let (petrova, volkova) = (id(&world.get(PETROVA, "/me").await), id(&world.get(VOLKOVA, "/me").await));
    world.get(PETROVA, &format!("/operators/{petrova}/status-history")).await;
    world.call(PETROVA, "GET", &format!("/operators/{volkova}/status-history"), None).await.problem(403, "forbidden");
    world.get(VOLKOVA, &format!("/operators/{petrova}/status-history")).await;
}
