//! The public form: a visitor without an account orders a call-back; robots, strangers and other tenants' challenges do not.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use consilium_consult::callback::{GOOD_SECONDS, issue_challenge, zero_bits};
use consilium_consult::tenant_key::TenantKey;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use support::{Answer, PETROVA, VOLKOVA, World};

const SITE: &str = "https://www.clinic.test";
const CHALLENGE: &str = "/public/callbacks/challenge";
const ORDER: &str = "/public/callbacks";

struct Sent {
    host: &'static str,
    origin: Option<&'static str>,
    address: u32,
}

const FROM_SITE: Sent = Sent { host: "api.test", origin: Some(SITE), address: 1 };

async fn send(world: &World, sent: &Sent, method: &str, path: &str, body: Option<&Value>) -> axum::response::Response {
    let mut request = Request::builder()
        .method(method)
        .uri(format!("/_consilium/v1{path}"))
        .header("host", sent.host)
        .header("accept-language", "ru");
    if let Some(origin) = sent.origin {
        request = request.header("origin", origin);
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let mut request = request.body(body).unwrap();
    let peer = SocketAddr::new(IpAddr::V4(sent.address.into()), 1);
    request.extensions_mut().insert(ConnectInfo(peer));
    world.raw(request).await
}

async fn call(world: &World, sent: &Sent, method: &str, path: &str, body: Option<&Value>) -> Answer {
    let response = send(world, sent, method, path, body).await;
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

async fn challenge(world: &World, sent: &Sent) -> Value {
    call(world, sent, "GET", CHALLENGE, None).await.ok()
}

fn solve(challenge: &Value) -> String {
    let token = challenge["challenge"].as_str().unwrap();
    let bits = u32::try_from(challenge["difficulty_bits"].as_u64().unwrap()).unwrap();
    (0_u64..1 << 32).map(|number| number.to_string()).find(|text| zero_bits(token, text) >= bits).unwrap()
}

/// A solution that is none.
fn fail(challenge: &Value) -> String {
    let token = challenge["challenge"].as_str().unwrap();
    (0..99).map(|number| number.to_string()).find(|text| zero_bits(token, text) < 17).unwrap()
}

fn filled_in(challenge: &Value, solution: &str) -> Value {
    json!({
        "challenge": challenge["challenge"], "solution": solution, "queue_id": "general", "name": "Ivan Petrov", "phone": "+7 495 111-22-33",
        "reason": "An appointment", "time_zone": "Europe/Moscow", "consent_version": "2026-11-01",
        "window": { "start": "2023-11-15T15:00", "end": "2023-11-15T17:00" },
    })
}

#[tokio::test]
async fn a_visitor_says_for_whom_it_is_and_the_desk_sees_it() {
    let world = World::start().await;
    let fresh = challenge(&world, &FROM_SITE).await;
    let mut body = filled_in(&fresh, &solve(&fresh));
    body["for_name"] = json!("  Masha   Petrova ");
    let ordered = call(&world, &FROM_SITE, "POST", ORDER, Some(&body)).await.ok();
    let seen = world.get(PETROVA, &format!("/callbacks/{}", ordered["id"].as_str().unwrap())).await;
    assert_eq!((&seen["name"], &seen["for_name"]), (&json!("Ivan Petrov"), &json!("Masha Petrova")));
    let fresh = challenge(&world, &FROM_SITE).await;
    let mut wrong = filled_in(&fresh, &solve(&fresh));
    wrong["for_name"] = json!("x".repeat(201));
    let refused = call(&world, &FROM_SITE, "POST", ORDER, Some(&wrong)).await;
    refused.problem(422, "invalid");
    assert_eq!(refused.body["errors"][0]["field"], "for_name");
}

#[tokio::test]
async fn a_visitor_orders_a_call_back_and_what_he_agreed_to_is_kept() {
    let world = World::start().await;
    let challenge = challenge(&world, &FROM_SITE).await;
    let always = json!({ "time_zone": "Europe/Moscow", "open": true, "opens_at": null, "times": null });
    assert_eq!(challenge["queues"][0]["hours"], always, "so that the form proposes times in which somebody works");
    assert_eq!(challenge["consent"], json!({ "version": "2026-11-01", "text": "Я согласен на звонок." }));
    let queues: Vec<_> =
        challenge["queues"].as_array().unwrap().iter().map(|queue| queue["id"].as_str().unwrap()).collect();
    assert_eq!(queues, ["general", "dental"], "those that the form offers");
    let ordered = call(&world, &FROM_SITE, "POST", ORDER, Some(&filled_in(&challenge, &solve(&challenge)))).await;
    assert_eq!(ordered.status, 201, "{}", ordered.body);
    assert_eq!(ordered.body["window"]["start"], "2023-11-15T12:00:00Z");

    let id = ordered.body["id"].as_str().unwrap();
    let path = format!("/callbacks/{id}");
    let detail = world.get(PETROVA, &path).await;
    assert_eq!(
        (&detail["name"], &detail["phone"], &detail["patient"]),
        (&json!("Ivan Petrov"), &json!("+74951112233"), &Value::Null)
    );
    assert_eq!((&detail["source"], &detail["room_id"]), (&json!("form"), &Value::Null));
    let consent = &detail["consent"];
    assert_eq!(
        (&consent["version"], &consent["language"], &consent["origin"]),
        (&json!("2026-11-01"), &json!("ru"), &json!(SITE))
    );
    assert_eq!(
        (consent["text_sha256"].as_str().unwrap().len(), consent["agreed_at"].as_str()),
        (64, Some("2023-11-14T22:13:20Z"))
    );
    assert!(!detail.to_string().contains("0.0.0.1"), "the address itself is not kept");

    world.post(PETROVA, &format!("{path}/take"), json!({})).await;
    let in_app = world.call(PETROVA, "POST", &format!("{path}/calls"), Some(json!({ "kind": "audio" }))).await;
    in_app.problem(409, "conflict");
    world.call(PETROVA, "POST", &format!("{path}/consultation"), None).await.problem(409, "conflict");
    world.post(PETROVA, &format!("{path}/telephone"), json!({})).await;
    world.post(PETROVA, &format!("{path}/done"), json!({ "outcome": "answered" })).await;
    world.settle().await;
    let record = world.get(VOLKOVA, &format!("{path}/record")).await;
    assert_eq!(
        (&record["content"]["name"], &record["content"]["consent"]["version"]),
        (&json!("Ivan Petrov"), &json!("2026-11-01"))
    );
    assert_eq!(world.get(VOLKOVA, "/callbacks?view=ended&q=%2B74951112233").await["total"], 1);
}

#[tokio::test]
async fn without_fresh_work_of_its_own_an_order_is_refused() {
    let world = World::start().await;
    let refused = |body: Value, address: u32| {
        let world = &world;
        async move { call(world, &Sent { address, ..FROM_SITE }, "POST", ORDER, Some(&body)).await }
    };
    let fresh = challenge(&world, &FROM_SITE).await;
    let solution = solve(&fresh);
    let mut missing = filled_in(&fresh, &solution);
    missing.as_object_mut().unwrap().remove("challenge");
    refused(missing, 2).await.problem(422, "invalid");
    refused(filled_in(&json!({ "challenge": "bm9uZQ" }), "1"), 3).await.problem(403, "challenge-failed");
    refused(filled_in(&fresh, &fail(&fresh)), 4).await.problem(403, "challenge-failed");
    let easier = fresh["challenge"].as_str().unwrap().replace('A', "B");
    refused(filled_in(&json!({ "challenge": easier }), &solution), 5).await.problem(403, "challenge-failed");

    assert_eq!(refused(filled_in(&fresh, &solution), 6).await.status, 201);
    refused(filled_in(&fresh, &solution), 7).await.problem(403, "challenge-failed");
    let late = challenge(&world, &FROM_SITE).await;
    let solution = solve(&late);
    world.pass(GOOD_SECONDS);
    refused(filled_in(&late, &solution), 8).await.problem(403, "challenge-failed");
    assert_eq!(world.get(VOLKOVA, "/callbacks?view=all").await["total"], 1);
}

#[tokio::test]
async fn another_tenants_challenge_is_none() {
    let world = World::start().await;
    // The same installation's key, another tenant's sub-key.
    for (tenant, status) in [("other.test", 403), (support::SERVER, 201)] {
        let foreign = issue_challenge(&TenantKey::derive(&[7; 32], tenant), &world.context(), 0);
        let body = filled_in(&json!({ "challenge": foreign.token }), "1");
        let answer = call(&world, &FROM_SITE, "POST", ORDER, Some(&body)).await;
        assert_eq!(answer.status.as_u16(), status, "{tenant} {}", answer.body);
    }
}

#[tokio::test]
async fn a_used_challenge_stays_used_over_a_restart() {
    let world = World::start().await;
    let fresh = challenge(&world, &FROM_SITE).await;
    let order = filled_in(&fresh, &solve(&fresh));
    assert_eq!(call(&world, &FROM_SITE, "POST", ORDER, Some(&order)).await.status, 201);
    let world = world.restart().await;
    call(&world, &FROM_SITE, "POST", ORDER, Some(&order)).await.problem(403, "challenge-failed");
}

#[tokio::test]
async fn what_cannot_be_is_named_and_costs_no_challenge() {
    let world = World::start().await;
    let fresh = challenge(&world, &FROM_SITE).await;
    let solution = solve(&fresh);
    let changed = |field: &str, value: Value| {
        let mut body = filled_in(&fresh, &solution);
        body[field] = value;
        body
    };
    let cases = [
        ("name", json!(" "), 422, "name"),
        ("phone", json!("call me"), 422, "phone"),
        ("phone", json!(" "), 422, "phone"),
        ("reason", json!("x".repeat(1_001)), 422, "reason"),
        ("queue_id", json!("psychology"), 422, "queue_id"),
        ("queue_id", json!("nowhere"), 422, "queue_id"),
        ("time_zone", json!("Mars/Olympus"), 422, "time_zone"),
        ("window", json!({ "start": "2020-01-01T10:00", "end": "2020-01-01T11:00" }), 422, "window"),
        ("window", json!({ "start": "soon", "end": "later" }), 422, "body"),
        ("company", json!("a field that only robots fill in"), 422, "body"),
    ];
    for (number, (field, value, status, named)) in (100_u32..).zip(cases) {
        let sent = Sent { address: number, ..FROM_SITE };
        let answer = call(&world, &sent, "POST", ORDER, Some(&changed(field, value))).await;
        answer.problem(status, "invalid");
        assert_eq!(answer.body["errors"][0]["field"], named, "{}", answer.body);
    }
    let old = Sent { address: 200, ..FROM_SITE };
    call(&world, &old, "POST", ORDER, Some(&changed("consent_version", json!("2020")))).await.problem(409, "conflict");
    assert_eq!(call(&world, &FROM_SITE, "POST", ORDER, Some(&filled_in(&fresh, &solution))).await.status, 201);
}

#[tokio::test]
async fn a_window_in_which_nobody_works_is_refused_and_costs_no_challenge() {
    let world = World::start().await.restart_with(|brand| {
        let hours = brand.queue("psychology").unwrap().hours.clone();
        brand.queues[0].hours = hours;
    });
    let world = world.await;
    let fresh = challenge(&world, &FROM_SITE).await;
    let mut body = filled_in(&fresh, &solve(&fresh));
    let cases = [
        ("2023-11-15T17:00", "2023-11-15T19:00", "Europe/Moscow", Some("2023-11-16T06:00:00Z")),
        ("2023-11-15T19:00", "2023-11-15T20:01", "Asia/Yekaterinburg", Some("2023-11-16T06:00:00Z")),
        // Later than the form is told of: only the service knows.
        ("2023-12-09T10:00", "2023-12-09T12:00", "Europe/Moscow", Some("2023-12-11T06:00:00Z")),
        ("2023-11-15T19:00", "2023-11-15T20:00", "Asia/Yekaterinburg", None),
    ];
    for (number, (start, end, zone, opens_at)) in (300_u32..).zip(cases) {
        body["window"] = json!({ "start": start, "end": end });
        body["time_zone"] = json!(zone);
        let answer = call(&world, &Sent { address: number, ..FROM_SITE }, "POST", ORDER, Some(&body)).await;
        match opens_at {
            Some(opens_at) => {
                answer.problem(422, "outside-hours");
                assert_eq!(answer.body["opens_at"], opens_at, "{start} {end} {zone}");
            }
            None => assert_eq!(answer.status, 201, "{}", answer.body),
        }
    }
}

#[tokio::test]
async fn only_the_sites_that_the_brand_names_may_show_the_form() {
    let world = World::start().await;
    for (origin, allowed) in
        [(Some(SITE), true), (Some("http://console.test"), true), (None, true), (Some("https://evil.test"), false)]
    {
        let sent = Sent { origin, ..FROM_SITE };
        let response = send(&world, &sent, "GET", CHALLENGE, None).await;
        assert_eq!(response.status(), if allowed { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{origin:?}");
        let shown =
            response.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(shown.as_deref(), origin.filter(|_| allowed), "{origin:?}");
    }
    // The site may ask for the form, and for nothing else.
    let preflight = |path: &str| {
        let request =
            Request::builder().method("OPTIONS").uri(format!("/_consilium/v1{path}")).header("host", "api.test");
        let request = request.header("origin", SITE).header("access-control-request-method", "POST");
        request.body(Body::empty()).unwrap()
    };
    let form = world.raw(preflight(ORDER)).await;
    assert_eq!(form.headers()["access-control-allow-origin"], SITE);
    assert!(world.raw(preflight("/consultations")).await.headers().get("access-control-allow-origin").is_none());
    let elsewhere = call(&world, &Sent { host: "other.test", ..FROM_SITE }, "GET", CHALLENGE, None).await;
    elsewhere.problem(404, "not-found");
}

#[tokio::test]
async fn one_address_cannot_order_again_and_again_and_a_header_does_not_make_it_another() {
    let world = World::start().await;
    let mut statuses = Vec::new();
    for number in 0..8 {
        let mut request =
            Request::builder().method("POST").uri(format!("/_consilium/v1{ORDER}")).header("host", "api.test");
        request = request.header("x-forwarded-for", format!("192.0.2.{number}"));
        let body = filled_in(&json!({ "challenge": "bm9uZQ" }), "1").to_string();
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(IpAddr::V4(77.into()), 1)));
        statuses.push(world.raw(request).await.status().as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 3, "{statuses:?}");
}

#[tokio::test]
async fn a_flood_makes_the_work_harder() {
    let world = World::start().await;
    let quiet = challenge(&world, &FROM_SITE).await["difficulty_bits"].as_u64().unwrap();
    for number in 0..10 {
        let easy = issue_challenge(&TenantKey::derive(&[7; 32], support::SERVER), &world.context(), 0);
        let body = filled_in(&json!({ "challenge": easy.token }), "1");
        let sent = Sent { address: 1_000 + number, ..FROM_SITE };
        assert_eq!(call(&world, &sent, "POST", ORDER, Some(&body)).await.status, 201);
    }
    assert_eq!(challenge(&world, &FROM_SITE).await["difficulty_bits"].as_u64().unwrap(), quiet + 1);
    world.pass(601);
    assert_eq!(challenge(&world, &FROM_SITE).await["difficulty_bits"].as_u64().unwrap(), quiet);
}
