//! Bad input gives a problem that says what to mend, never a 500, and changes nothing.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use support::{ANNA, BORIS, PETROVA, VOLKOVA, World};

async fn problem(world: &World, request: Request<Body>) -> (u16, String) {
    let response = world.raw(request).await;
    let status = response.status().as_u16();
    let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    assert_eq!(kind.as_deref(), Some("application/problem+json"), "{status} {body}");
    (status, body["type"].as_str().unwrap().trim_start_matches("urn:consilium:problem:").to_owned())
}

fn request(method: &str, path: &str, who: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::builder().method(method).uri(format!("/_consilium/v1{path}")).header("host", "api.test");
    request.header("authorization", format!("Bearer token-{who}")).body(body.into()).unwrap()
}

/// Who sends what, and the status that he gets; the kind of the problem follows from it.
type Case = (&'static str, String, String, u16);

fn case(who: &'static str, request: &str, body: &str, status: u16) -> Case {
    (who, request.to_owned(), body.to_owned(), status)
}

fn slug(status: u16) -> &'static str {
    match status {
        400 | 422 => "invalid",
        403 => "forbidden",
        404 | 405 => "not-found",
        409 => "conflict",
        413 => "too-large",
        _ => "?",
    }
}

fn requests_of_patients() -> Vec<Case> {
    let known = "7b1f6a52-1111-4222-8333-444455556666";
    let ask = "POST /consultations";
    vec![
        case(ANNA, ask, "", 422),
        case(ANNA, ask, "{", 400),
        case(ANNA, ask, "null", 422),
        case(ANNA, ask, "[]", 422),
        case(ANNA, ask, "7", 422),
        case(ANNA, ask, "\u{0}", 400),
        case(ANNA, ask, "{} {}", 422),
        case(ANNA, ask, r#"{"queue_id":7,"request_id":"x"}"#, 422),
        case(ANNA, ask, r#"{"queue_id":"general","request_id":"not-a-uuid"}"#, 422),
        case(ANNA, ask, r#"{"queue_id":"general"}"#, 422),
        case(ANNA, ask, &format!(r#"{{"queue_id":"nowhere","request_id":"{known}"}}"#), 422),
        case(ANNA, "GET /consultations?cursor=zzz", "", 400),
        case(ANNA, "GET /consultations?limit=-1", "", 400),
        case(ANNA, "PATCH /me", r#"{"phone":"call me"}"#, 422),
        case(ANNA, "PATCH /me", r#"{"sex":"yes"}"#, 422),
        case(ANNA, "PATCH /me", r#"{"name":""}"#, 422),
        case(ANNA, "PATCH /me", r#"{"name":null,"email":"nowhere"}"#, 422),
        case(ANNA, "PATCH /me", r#"{"birth_date":"2090-01-01"}"#, 422),
        case(ANNA, "POST /me/backup-secret", "[]", 422),
        case(ANNA, "POST /me/backup-secret", r#"{"device_name":7}"#, 422),
        case(ANNA, "POST /me/backup-secret", &json!({ "device_name": "x".repeat(101) }).to_string(), 422),
        case(ANNA, "POST /me/backup-secret", r#"{"start_over":"yes"}"#, 422),
        case(ANNA, "POST /me/backup-secret", r#"{"user_id":"@boris:hs.test"}"#, 422),
        case(ANNA, "POST /me/backup-secret", "{", 400),
        case(ANNA, "GET /me/backup-secret", "", 405),
        case(ANNA, "GET /nothing", "", 404),
        case(ANNA, "GET /me/", "", 404),
        case(ANNA, "DELETE /me", "", 405),
        case(ANNA, "GET /consultations/unknown/take", "", 405),
        case(ANNA, "POST /conversations/unknown/history-keys", "", 404),
        case(ANNA, "GET /archive/unknown", "", 404),
    ]
}

fn requests_about_callbacks() -> Vec<Case> {
    let order = "POST /callbacks";
    let with = |more: Value| {
        let mut body = json!({ "queue_id": "general", "request_id": "7b1f6a52-3333-4222-8333-444455556666" });
        for (key, value) in more.as_object().unwrap() {
            body[key] = value.clone();
        }
        body.to_string()
    };
    let window = |start: &str, end: &str| with(json!({ "window": { "start": start, "end": end } }));
    vec![
        case(ANNA, order, "", 422),
        case(ANNA, order, "{", 400),
        case(ANNA, order, &with(json!({ "queue_id": "nowhere" })), 422),
        case(ANNA, order, &with(json!({ "request_id": "x" })), 422),
        case(ANNA, order, &with(json!({ "phone": "call me" })), 422),
        case(ANNA, order, &with(json!({ "phone": "+7".repeat(40) })), 422),
        case(ANNA, order, &with(json!({ "reason": "x".repeat(1_001) })), 422),
        case(ANNA, order, &with(json!({ "reason": "\u{1b}[0m" })), 422),
        case(ANNA, order, &with(json!({ "time_zone": "Moscow" })), 422),
        case(ANNA, order, &with(json!({ "time_zone": "../../etc/passwd" })), 422),
        case(ANNA, order, &with(json!({ "time_zone": "x".repeat(5_000) })), 422),
        case(ANNA, order, &window("soon", "later"), 422),
        case(ANNA, order, &window("2023-11-16T10:00", "2023-11-16T10:01"), 422),
        case(ANNA, order, &window("2023-11-16T10:00", "2023-11-16T09:00"), 422),
        case(ANNA, order, &window("2023-11-10T10:00", "2023-11-10T12:00"), 422),
        case(ANNA, order, &window("9999-12-30T10:00", "9999-12-30T12:00"), 422),
        case(ANNA, order, &window("-009999-01-01T10:00", "9999-12-30T12:00"), 422),
        case(ANNA, "GET /callbacks?sort=size", "", 400),
        case(ANNA, "GET /callbacks?cursor=zzz", "", 400),
        case(ANNA, "GET /callbacks/unknown", "", 404),
        case(ANNA, "POST /callbacks/unknown/move", "", 404),
        case(ANNA, "POST /callbacks/unknown/cancel", "", 404),
        case(PETROVA, "GET /callbacks?view=nothing", "", 400),
        case(PETROVA, "GET /callbacks?overdue=maybe", "", 400),
        case(PETROVA, "GET /callbacks?due_before=soon", "", 400),
        case(PETROVA, "GET /callbacks?phase=asleep", "", 400),
        case(PETROVA, "GET /callbacks?due=soon", "", 400),
        case(PETROVA, "GET /callbacks?view=ended&due=hour", "", 400),
        case(PETROVA, "POST /callbacks/unknown/take", "", 404),
        case(PETROVA, "POST /callbacks/unknown/release", "", 404),
        case(PETROVA, "POST /callbacks/unknown/telephone", "", 404),
        case(PETROVA, "POST /callbacks/unknown/calls", r#"{"kind":"audio"}"#, 404),
        case(PETROVA, "POST /callbacks/unknown/calls", r#"{"kind":"smoke"}"#, 422),
        case(PETROVA, "POST /callbacks/unknown/no-answer", r#"{"again_at":"soon"}"#, 422),
        case(PETROVA, "POST /callbacks/unknown/again-later", r#"{"time_zone":7}"#, 422),
        case(PETROVA, "POST /callbacks/unknown/done", "", 422),
        case(PETROVA, "POST /callbacks/unknown/done", r#"{"outcome":"well"}"#, 422),
        case(PETROVA, "POST /callbacks/unknown/notes", r#"{"note":"n"}"#, 404),
        case(PETROVA, "GET /callbacks/unknown/record", "", 404),
    ]
}

fn requests_of_staff() -> Vec<Case> {
    let new = |user: &str, name: &str, queues: &str| {
        format!(r#"{{"user_id":"{user}","name":"{name}","role":"operator","queues":[{queues}]}}"#)
    };
    let status = "PUT /operators/me/status";
    let leaves = |status: &str, choice: &str| {
        format!(r#"{{"status":"{status}","hand_over":[{{"consultation_id":"unknown","choice":"{choice}"}}]}}"#)
    };
    let hire = "POST /operators";
    vec![
        case(PETROVA, status, &leaves("online", "queue"), 422),
        case(PETROVA, status, &leaves("offline", "nobody"), 422),
        case(PETROVA, status, r#"{"status":"offline","hand_over":[{"choice":"queue"}]}"#, 422),
        case(PETROVA, "GET /consultations?limit=x", "", 400),
        case(PETROVA, "GET /consultations?view=nothing", "", 400),
        case(PETROVA, "GET /consultations?sort=size", "", 400),
        case(PETROVA, "GET /consultations?cursor=zzz", "", 400),
        case(PETROVA, "GET /consultations?colour=red", "", 400),
        case(PETROVA, "GET /consultations?urgent=true", "", 400),
        case(PETROVA, "GET /consultations?view=mine&cursor=zzz&sort=sla", "", 400),
        case(PETROVA, "POST /views", r#"{"name":"","section":"waiting"}"#, 422),
        case(PETROVA, "POST /views", r#"{"name":"A","section":"reports"}"#, 422),
        case(PETROVA, "PUT /views/unknown", r#"{"name":"A","section":"waiting","version":1}"#, 404),
        case(PETROVA, "PUT /view-order", "{}", 422),
        case(PETROVA, "GET /consultations/unknown", "", 404),
        case(PETROVA, &format!("GET /consultations/{}", "x".repeat(400)), "", 404),
        case(PETROVA, "GET /consultations/%00", "", 404),
        case(PETROVA, "GET /consultations/%ff", "", 400),
        case(PETROVA, "GET /consultations/'%20OR%201=1--", "", 404),
        case(PETROVA, "POST /consultations/unknown/take", "", 404),
        case(PETROVA, status, r#"{"status":"asleep"}"#, 422),
        case(PETROVA, status, "", 422),
        case(PETROVA, status, &json!({ "status": "away", "reason": "x".repeat(500) }).to_string(), 422),
        case(PETROVA, "POST /consultations/unknown/calls", r#"{"kind":"audio"}"#, 404),
        case(PETROVA, "POST /consultations/unknown/calls", r#"{"kind":"smoke"}"#, 422),
        case(PETROVA, "POST /consultations/unknown/calls", "", 422),
        case(PETROVA, "POST /consultations/unknown/calls", r#"{"kind":"audio","member_id":""}"#, 404),
        case(PETROVA, "GET /calls?cursor=zzz", "", 400),
        case(PETROVA, "GET /calls?outcome=nice", "", 422),
        case(PETROVA, "GET /calls?colour=red", "", 422),
        case(PETROVA, "GET /calls?days=0", "", 422),
        case(PETROVA, "GET /calls?open=true&outcome=missed", "", 422),
        case(PETROVA, "GET /calls/unknown", "", 404),
        case(PETROVA, "GET /calls/%00", "", 404),
        case(PETROVA, "POST /calls/unknown/answer", "", 404),
        case(PETROVA, "POST /calls/unknown/decline", r#"{"reason":"because"}"#, 422),
        case(PETROVA, "POST /calls/unknown/hang-up", "", 404),
        case(PETROVA, "POST /calls/unknown/quality", "{}", 422),
        case(PETROVA, "GET /calls/unknown/quality", "", 403),
        case(VOLKOVA, "GET /calls/unknown/quality", "", 404),
        case(PETROVA, "GET /patients?sort=age", "", 400),
        case(PETROVA, "GET /patients?cursor=MQ", "", 400),
        case(PETROVA, "GET /patients/unknown", "", 404),
        case(PETROVA, "PATCH /patients/unknown", "{}", 404),
        case(PETROVA, "GET /archive?operator=somebody", "", 403),
        case(VOLKOVA, "GET /archive?from=yesterday", "", 400),
        case(VOLKOVA, "GET /archive/unknown", "", 404),
        case(VOLKOVA, "GET /audit?cursor=x", "", 400),
        case(VOLKOVA, hire, &new("@x:elsewhere", "X", ""), 422),
        case(VOLKOVA, hire, &new("x", "X", ""), 422),
        case(VOLKOVA, hire, &new("@keeper:hs.test", "X", ""), 422),
        case(VOLKOVA, hire, &new("@x:hs.test", " ", ""), 422),
        case(VOLKOVA, hire, &new("@x:hs.test", "X", r#""nowhere""#), 422),
        case(VOLKOVA, hire, &new("@petrova:hs.test", "X", ""), 409),
        case(VOLKOVA, "PATCH /operators/unknown", "{}", 404),
        case(VOLKOVA, "POST /operators/unknown/approve-identity", "", 404),
        case(VOLKOVA, "GET /operators/unknown/status-history", "", 404),
    ]
}

/// About a consultation of Boris that waits.
fn requests_about(asked: &Value) -> Vec<Case> {
    let own = |method: &str, what: &str| format!("{method} /consultations/{}{what}", asked["id"].as_str().unwrap());
    let keys = format!("POST /conversations/{}/history-keys", asked["conversation_id"].as_str().unwrap());
    let big = json!({ "note": "x".repeat(70_000) }).to_string();
    let deep = format!("{{\"to\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    let (close, hold, transfer) = (own("POST", "/close"), own("POST", "/hold"), own("POST", "/transfer"));
    vec![
        case(ANNA, &own("GET", ""), "", 404),
        case(ANNA, &own("POST", "/cancel"), "", 404),
        case(ANNA, &keys, "", 404),
        case(PETROVA, &keys, "", 403),
        case(PETROVA, &hold, "", 409),
        case(PETROVA, &own("POST", "/resume"), "", 409),
        case(PETROVA, &close, "", 409),
        case(PETROVA, &hold, r#"{"until":"soon"}"#, 422),
        case(PETROVA, &close, &json!({ "note": "x".repeat(5_000) }).to_string(), 422),
        case(PETROVA, &close, r#"{"note":7}"#, 422),
        case(PETROVA, &close, &big, 413),
        case(PETROVA, &transfer, &deep, 400),
        case(PETROVA, &transfer, r#"{"to":{},"note":"n"}"#, 422),
        case(PETROVA, &transfer, r#"{"to":{"queue_id":"a","operator_id":"b"},"note":"n"}"#, 422),
        case(PETROVA, &transfer, r#"{"to":{"queue_id":"dental"},"note":" "}"#, 422),
        case(PETROVA, &transfer, r#"{"to":{"queue_id":"nowhere"},"note":"n"}"#, 422),
        case(PETROVA, &transfer, r#"{"to":{"queue_id":"psychology"},"note":"n"}"#, 422),
        case(PETROVA, &transfer, r#"{"to":{"operator_id":"nobody"},"note":"n"}"#, 422),
        case(VOLKOVA, &own("GET", "").replace("consultations", "archive"), "", 404),
    ]
}

/// Words about a call-back that its operator sees.
async fn requests_about_notes(world: &World) -> Vec<Case> {
    let order = json!({ "queue_id": "general", "request_id": "0190a0a0-0000-7000-8000-000000000001", "phone": "+7 495 000-00-01" });
    let ordered = world.post(ANNA, "/callbacks", order).await;
    let notes = format!("POST /callbacks/{}/notes", ordered["id"].as_str().unwrap());
    vec![
        case(PETROVA, &notes, r#"{"note":" "}"#, 422),
        case(PETROVA, &notes, &json!({ "note": "x".repeat(4_001) }).to_string(), 422),
        case(PETROVA, &notes, r#"{"text":"n"}"#, 422),
    ]
}

#[tokio::test]
async fn bad_input_is_refused_with_what_is_wrong() {
    let world = World::start().await;
    let asked = world.ask(BORIS, "general").await;
    let cases =
        [requests_of_patients(), requests_about_callbacks(), requests_of_staff(), requests_about(&asked)].concat();
    let noted = requests_about_notes(&world).await;
    let cases = [cases, noted].concat();
    assert!(cases.len() >= 60, "{}", cases.len());
    for (who, line, body, status) in cases {
        let (method, path) = line.split_once(' ').unwrap();
        let answer = problem(&world, request(method, path, who, body)).await;
        assert_eq!(answer, (status, slug(status).to_owned()), "{who} {line}");
    }
    assert_eq!(world.get(PETROVA, "/consultations").await["total"], 1);
    assert_eq!(world.get(PETROVA, "/callbacks?view=all").await["total"], 1, "the one with notes");
    assert_eq!(world.get(VOLKOVA, "/operators").await["operators"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn tokens_and_hosts_that_are_not_ours_open_nothing() {
    let world = World::start().await;
    let with = |host: &str, token: Option<&str>| {
        let mut request = Request::builder().uri("/_consilium/v1/me").header("host", host);
        if let Some(token) = token {
            request = request.header("authorization", token);
        }
        request.body(Body::empty()).unwrap()
    };
    for token in [None, Some(""), Some("Bearer"), Some("Bearer "), Some("Basic abc"), Some("Bearer nonsense")] {
        assert_eq!(problem(&world, with("api.test", token)).await, (401, "unauthenticated".into()), "{token:?}");
    }
    assert_eq!(problem(&world, with("other.test", Some("Bearer token-anna"))).await, (404, "not-found".into()));
    world.homeserver.is_down.store(true, Ordering::SeqCst);
    assert_eq!(problem(&world, with("api.test", Some("Bearer token-late"))).await, (503, "unavailable".into()));
}

#[tokio::test]
async fn only_the_tenants_own_apps_may_ask_from_another_origin() {
    let world = World::start().await;
    let preflight = |origin: &str| {
        let request =
            Request::builder().method("OPTIONS").uri("/_consilium/v1/consultations").header("host", "api.test");
        let request = request.header("origin", origin).header("access-control-request-method", "POST");
        request.header("access-control-request-headers", "authorization, content-type").body(Body::empty()).unwrap()
    };
    let ours = world.raw(preflight("http://console.test")).await;
    assert_eq!(
        (ours.status().as_u16(), &ours.headers()["access-control-allow-origin"]),
        (204, &"http://console.test".parse().unwrap())
    );
    assert!(ours.headers()["access-control-allow-headers"].to_str().unwrap().contains("last-event-id"));
    let theirs = world.raw(preflight("http://evil.test")).await;
    assert!(theirs.headers().get("access-control-allow-origin").is_none());
    let request =
        Request::builder().uri("/_consilium/v1/me").header("host", "api.test").header("origin", "http://console.test");
    let refused = world.raw(request.body(Body::empty()).unwrap()).await;
    assert_eq!(refused.status(), 401);
    assert!(refused.headers().contains_key("access-control-allow-origin"), "the console reads the problem");
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_again() {
    let world = World::start().await;
    for _ in 0..400 {
        let answer = world.call(ANNA, "GET", "/conversations", None).await;
        if answer.status == 429 {
            answer.problem(429, "rate-limited");
            assert!(answer.body["retry_after_ms"].as_u64().unwrap() > 0);
            return;
        }
    }
    panic!("no limit");
}
