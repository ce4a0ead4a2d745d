//! Keys over HTTP: what each leads to and what it does not, and what the audit log says of it.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use axum::body::Body;
use axum::http::Request;
use consilium_consult::api::mounted;
use consilium_consult::api_key::needed;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use support::{ANNA, Answer, PETROVA, VOLKOVA, World};

const SCOPES: [&str; 6] = [
    "patients.read",
    "patients.write",
    "consultations.read",
    "consultations.open",
    "callbacks.read",
    "callbacks.open",
];

/// Makes a key; returns its id and itself.
async fn key(world: &World, name: &str, scopes: &[&str]) -> (String, String) {
    let made = world.post(VOLKOVA, "/api-keys", json!({ "name": name, "scopes": scopes })).await;
    (made["key"]["id"].as_str().unwrap().to_owned(), made["token"].as_str().unwrap().to_owned())
}

async fn by(world: &World, token: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let request = Request::builder().method(method).uri(format!("/_consilium/v1{path}")).header("host", "api.test");
    let request = request.header("authorization", format!("Bearer {token}")).body(body).unwrap();
    let response = world.raw(request).await;
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

/// Anna's record.
async fn anna(world: &World) -> String {
    world.get(ANNA, "/me").await;
    let listed = world.get(PETROVA, "/patients").await;
    listed["items"][0]["id"].as_str().unwrap().to_owned()
}

fn fresh(world: &World) -> String {
    uuid::Uuid::from_bytes(world.context().random()).to_string()
}

#[tokio::test]
async fn a_system_reads_writes_and_orders_in_a_patients_name_and_the_log_says_which() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let (_, token) = key(&world, "CRM", &SCOPES).await;
    let card = format!("/patients/{patient}");
    let change = json!({ "insurance": "Policy 7" });
    assert_eq!(by(&world, &token, "PATCH", &card, Some(change)).await.ok()["insurance"], "Policy 7");
    assert_eq!(by(&world, &token, "GET", &card, None).await.ok()["id"], json!(patient));
    let order = json!({ "queue_id": "general", "request_id": fresh(&world), "phone": "+74950000001" });
    let path = format!("{card}/callbacks");
    let ordered = by(&world, &token, "POST", &path, Some(order.clone())).await;
    assert_eq!(ordered.status, 201);
    assert_eq!(by(&world, &token, "POST", &path, Some(order)).await.status, 200, "once for each request");
    let ask = json!({ "queue_id": "general", "request_id": fresh(&world) });
    let asked = by(&world, &token, "POST", &format!("{card}/consultations"), Some(ask)).await;
    assert_eq!((asked.status.as_u16(), &asked.body["phase"]), (201, &json!("queued")));
    for path in ["/consultations", "/callbacks", "/patients", "/queues"] {
        by(&world, &token, "GET", path, None).await.ok();
    }
    assert_eq!(world.get(ANNA, "/callbacks").await["total"], 1, "she sees it as her own");
    let audit = world.get(VOLKOVA, "/audit?actor=key:CRM").await;
    let entries = audit["items"].as_array().unwrap();
    let mut actions: Vec<_> = entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["callback.ordered", "consultation.requested", "patient.changed", "patient.read"]);
    assert!(entries.iter().all(|entry| entry["actor"]["role"] == "key"));
}

#[tokio::test]
async fn a_key_does_only_what_is_written_on_it() {
    let world = World::start().await;
    let patient = anna(&world).await;
    for (number, scope) in SCOPES.iter().enumerate() {
        let (_, token) = key(&world, &format!("system {number}"), &[scope]).await;
        for (method, path) in mounted() {
            let filled = path.replace("{id}", &patient);
            let answer = by(&world, &token, method.as_str(), &filled, Some(json!({}))).await;
            match needed(&method, path) {
                None => answer.problem(401, "unauthenticated"),
                Some(needed) if format!("{needed:?}").contains("Nothing") => assert_eq!(answer.status, 200),
                Some(consilium_consult::api_key::Needed::Scope(needed)) if json!(needed) == **scope => {
                    assert!(![401, 403].contains(&answer.status.as_u16()), "{scope} {method} {path}: {}", answer.body);
                }
                Some(_) => answer.problem(403, "forbidden"),
            }
        }
    }
}

#[tokio::test]
async fn a_key_that_is_revoked_over_or_unknown_opens_nothing() {
    let world = World::start().await;
    let (id, token) = key(&world, "CRM", &["patients.read"]).await;
    by(&world, &token, "GET", "/patients", None).await.ok();
    let shown = world.get(VOLKOVA, "/api-keys").await;
    assert_eq!(shown["keys"][0]["last_used_at"], "2023-11-14T22:13:20Z");
    assert!(!shown.to_string().contains(&token), "a key is shown once");
    world.call(VOLKOVA, "DELETE", &format!("/api-keys/{id}"), None).await.ok();
    by(&world, &token, "GET", "/patients", None).await.problem(401, "unauthenticated");
    by(&world, "ck_unknown", "GET", "/patients", None).await.problem(401, "unauthenticated");
    let ending = json!({ "name": "CRM", "scopes": ["patients.read"], "expires_at": "2023-11-14T23:13:20Z" });
    let made = world.post(VOLKOVA, "/api-keys", ending).await;
    let token = made["token"].as_str().unwrap();
    by(&world, token, "GET", "/patients", None).await.ok();
    world.pass(3_600);
    by(&world, token, "GET", "/patients", None).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_key_is_limited_like_an_account() {
    let world = World::start().await;
    let (_, token) = key(&world, "CRM", &["patients.read"]).await;
    let mut limited = 0;
    for _ in 0..200 {
        limited += i32::from(by(&world, &token, "GET", "/queues", None).await.status == 429);
    }
    assert!(limited > 0);
    world.get(VOLKOVA, "/queues").await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_field() {
    let world = World::start().await;
    for (field, value) in [
        ("name", json!(" ")),
        ("name", json!("x".repeat(61))),
        ("scopes", json!([])),
        ("expires_at", json!("2023-11-14T22:13:20Z")),
    ] {
        let mut wrong = json!({ "name": "CRM", "scopes": ["patients.read"] });
        wrong[field] = value;
        let answer = world.call(VOLKOVA, "POST", "/api-keys", Some(wrong)).await;
        answer.problem(422, "invalid");
        assert_eq!(answer.body["errors"][0]["field"], field);
    }
    key(&world, "CRM", &["patients.read"]).await;
    let again = json!({ "name": "CRM", "scopes": ["patients.read"] });
    world.call(VOLKOVA, "POST", "/api-keys", Some(again)).await.problem(409, "conflict");
    world.call(VOLKOVA, "DELETE", "/api-keys/none", None).await.problem(404, "not-found");
}
