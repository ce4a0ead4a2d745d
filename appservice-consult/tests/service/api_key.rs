//! Keys of partners' systems over HTTP: how they are made, limited and revoked, and what each leads to.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::collections::BTreeMap;

use consilium_consult::timer;
use serde_json::{Value, json};
use support::partner::{Partner, SCOPES, anna};
use support::{VOLKOVA, World};

async fn shown(world: &World, id: &str) -> Value {
    let all = world.get(VOLKOVA, "/api-keys").await;
    all["keys"].as_array().unwrap().iter().find(|key| key["id"] == id).unwrap().clone()
}

#[tokio::test]
async fn a_key_is_shown_once_and_only_a_hash_of_it_is_kept() {
    let world = World::start().await;
    let crm = Partner::with(&world, "CRM", &["patients:read"]).await;
    assert!(crm.token.starts_with("csk_") && crm.token.len() == 58, "{}", crm.token);
    let all = world.get(VOLKOVA, "/api-keys").await;
    assert!(!all.to_string().contains(&crm.token));
    assert_eq!(all["keys"][0]["beginning"], crm.token[..14]);
    assert_eq!(all["scope_types"], json!(SCOPES));
    let secret = &crm.token[15..];
    assert!(!support::lies_in(&world.data_folder(), secret.as_bytes()), "a key lies on the disk");
    let made = &world.get(VOLKOVA, "/audit?action=api_key.created").await["items"][0];
    assert_eq!(made["detail"], json!({ "name": "CRM", "scopes": ["patients:read"], "expires_at": null }));
}

#[tokio::test]
async fn a_key_outlives_a_restart_and_ends_with_its_revocation() {
    let world = World::start().await;
    let Partner { id, token, .. } = Partner::with(&world, "CRM", &["patients:read"]).await;
    let world = world.restart().await;
    let crm = Partner { world: &world, id, token };
    crm.get("/patients").await;
    let revoked = world.call(VOLKOVA, "DELETE", &format!("/api-keys/{}", crm.id), None).await.ok();
    assert_eq!(revoked["revoked_at"], "2023-11-14T22:13:20Z");
    let (refused, headers) = crm.send("GET", "/patients", None, &[]).await;
    refused.problem(401, "unauthenticated");
    assert_eq!(refused.body["detail"], "The key was revoked.");
    assert_eq!(headers["www-authenticate"], "Bearer");
    world.call(VOLKOVA, "DELETE", &format!("/api-keys/{}", crm.id), None).await.ok();
    assert_eq!(world.get(VOLKOVA, "/audit?action=api_key.revoked").await["total"], 1, "once");
    let change = json!({ "scopes": SCOPES });
    world.call(VOLKOVA, "PATCH", &format!("/api-keys/{}", crm.id), Some(change)).await.problem(409, "conflict");
    Partner::with(&world, "CRM", &["patients:read"]).await.get("/patients").await;
}

#[tokio::test]
async fn a_key_is_renamed_and_limited_while_it_is_in_use() {
    let world = World::start().await;
    let crm = Partner::with(&world, "CRM", &["patients:read", "callbacks:read"]).await;
    let path = format!("/api-keys/{}", crm.id);
    let change = json!({ "name": " Amber  CRM ", "scopes": ["callbacks:read"], "expires_at": "2023-11-14T23:13:20Z" });
    let changed = world.call(VOLKOVA, "PATCH", &path, Some(change)).await.ok();
    assert_eq!((&changed["name"], &changed["scopes"]), (&json!("Amber CRM"), &json!(["callbacks:read"])));
    crm.get("/callbacks").await;
    let refused = crm.call("GET", "/patients", None).await;
    refused.problem(403, "forbidden");
    assert_eq!(refused.body["detail"], "This key may not do that: it lacks the scope `patients:read`.");
    world.pass(3_600);
    let over = crm.call("GET", "/callbacks", None).await;
    over.problem(401, "unauthenticated");
    assert_eq!(over.body["detail"], "The key has expired.");
    world.call(VOLKOVA, "PATCH", &path, Some(json!({ "expires_at": null }))).await.ok();
    crm.get("/callbacks").await;
}

#[tokio::test]
async fn the_last_use_is_noted_once_in_a_minute_with_where_it_came_from() {
    let world = World::start().await;
    let crm = Partner::with(&world, "CRM", &["patients:read"]).await;
    assert_eq!(shown(&world, &crm.id).await["last_used_at"], Value::Null);
    crm.get("/queues").await;
    world.pass(59);
    crm.get("/queues").await;
    let first = shown(&world, &crm.id).await;
    assert_eq!((&first["last_used_at"], &first["last_used_from"]), (&json!("2023-11-14T22:13:20Z"), &json!("0.0.0.0")));
    world.pass(1);
    crm.get("/queues").await;
    assert_eq!(shown(&world, &crm.id).await["last_used_at"], "2023-11-14T22:14:20Z");
    let (id, world) = (crm.id, world.restart().await);
    assert_eq!(shown(&world, &id).await["last_used_at"], "2023-11-14T22:14:20Z", "it is written down");
}

#[tokio::test]
async fn what_is_no_key_or_another_tenants_opens_nothing() {
    let (world, elsewhere) = (World::start().await, World::start().await);
    let foreign = Partner::with(&elsewhere, "CRM", &SCOPES).await;
    let known = Partner::with(&world, "CRM", &SCOPES).await;
    let cut = known.token[..known.token.len() - 1].to_owned();
    let last = if known.token.ends_with('A') { "Q" } else { "A" };
    for token in [foreign.token, format!("{cut}{last}"), cut, "csk_".to_owned(), "csk_x_y".to_owned()] {
        let nobody = Partner { world: &world, id: String::new(), token };
        for path in ["/queues", "/patients", "/me"] {
            nobody.call("GET", path, None).await.problem(401, "unauthenticated");
        }
    }
}

#[tokio::test]
async fn a_key_that_asks_too_often_waits_and_no_other_does() {
    let world = World::start().await;
    let (busy, quiet) =
        (Partner::with(&world, "Busy", &["callbacks:read"]).await, Partner::with(&world, "Quiet", &SCOPES).await);
    let mut waits = Vec::new();
    for _ in 0..100 {
        let (answer, headers) = busy.send("GET", "/callbacks", None, &[]).await;
        if answer.status == 429 {
            answer.problem(429, "rate-limited");
            waits.push(headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap());
        }
    }
    assert!(!waits.is_empty() && waits.iter().all(|seconds| *seconds == 1), "{waits:?}");
    quiet.get("/callbacks").await;
    world.get(VOLKOVA, "/callbacks").await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_field() {
    let world = World::start().await;
    let made = Partner::with(&world, "CRM", &["patients:read"]).await;
    for (field, value) in [
        ("name", json!(" ")),
        ("name", json!("x".repeat(61))),
        ("name", json!("a\u{0}b")),
        ("scopes", json!([])),
        ("expires_at", json!("2023-11-14T22:13:20Z")),
    ] {
        let mut wrong = json!({ "name": "ERP", "scopes": ["patients:read"] });
        wrong[field] = value.clone();
        let answers = [
            world.call(VOLKOVA, "POST", "/api-keys", Some(wrong)).await,
            world.call(VOLKOVA, "PATCH", &format!("/api-keys/{}", made.id), Some(json!({ field: value }))).await,
        ];
        for answer in answers {
            answer.problem(422, "invalid");
            assert_eq!(answer.body["errors"][0]["field"], field, "{}", answer.body);
        }
    }
    for wrong in [
        json!({ "name": "ERP", "scopes": ["everything"] }),
        json!({ "name": "ERP" }),
        json!({ "name": "ERP", "scopes": SCOPES, "role": "supervisor" }),
    ] {
        world.call(VOLKOVA, "POST", "/api-keys", Some(wrong)).await.problem(422, "invalid");
    }
    let again = json!({ "name": "CRM", "scopes": ["patients:read"] });
    world.call(VOLKOVA, "POST", "/api-keys", Some(again)).await.problem(409, "conflict");
    let other = Partner::with(&world, "ERP", &["patients:read"]).await;
    let taken = json!({ "name": "CRM" });
    world.call(VOLKOVA, "PATCH", &format!("/api-keys/{}", other.id), Some(taken)).await.problem(409, "conflict");
    world.call(VOLKOVA, "PATCH", "/api-keys/none", Some(json!({}))).await.problem(404, "not-found");
    world.call(VOLKOVA, "DELETE", "/api-keys/none", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn there_are_at_most_fifty_keys_in_use() {
    let world = World::start().await;
    for number in 0..50 {
        Partner::with(&world, &format!("System {number}"), &["patients:read"]).await;
    }
    let more = json!({ "name": "One more", "scopes": ["patients:read"] });
    world.call(VOLKOVA, "POST", "/api-keys", Some(more.clone())).await.problem(409, "conflict");
    let first = world.get(VOLKOVA, "/api-keys").await["keys"][0]["id"].as_str().unwrap().to_owned();
    world.call(VOLKOVA, "DELETE", &format!("/api-keys/{first}"), None).await.ok();
    world.call(VOLKOVA, "POST", "/api-keys", Some(more)).await.ok();
}

/// The scope that the document names for each operation that keys lead to; empty: any key.
fn documented() -> BTreeMap<(String, String), Option<String>> {
    let document: Value = serde_json::from_str(&consilium_consult::openapi_json()).unwrap();
    let mut found = BTreeMap::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let mut ways = operation["security"].as_array().into_iter().flatten();
            if let Some(scopes) = ways.find_map(|way| way.get("partner_key")) {
                let scope = scopes.get(0).and_then(Value::as_str).map(str::to_owned);
                found.insert((method.to_uppercase(), path.clone()), scope);
            }
        }
    }
    found
}

#[tokio::test]
async fn a_key_does_what_is_written_on_it_and_nothing_else_as_the_document_says() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let ways = documented();
    assert_eq!(ways.len(), 16, "{ways:?}");
    for scope in SCOPES {
        assert!(ways.values().any(|needed| needed.as_deref() == Some(scope)), "{scope} leads nowhere");
        let system = Partner::with(&world, scope, &[scope]).await;
        for ((method, path), needed) in &ways {
            let answer = system.call(method, &path.replace("{id}", &patient), Some(json!({}))).await;
            let may = needed.as_deref().is_none_or(|needed| needed == scope);
            let is_let_in = ![401, 403].contains(&answer.status.as_u16());
            assert_eq!(is_let_in, may, "{scope} {method} {path}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn answers_for_retries_are_forgotten_after_a_day() {
    let world = World::start().await;
    let patient = anna(&world).await;
    let crm = Partner::with(&world, "CRM", &SCOPES).await;
    let path = format!("/patients/{patient}/consultations");
    let body = json!({ "queue_id": "general" });
    let (first, _) = crm.open(&path, body.clone(), "1").await;
    world.pass(24 * 3_600 - 1);
    assert!(crm.open(&path, body.clone(), "1").await.1, "kept for a day");
    world.pass(1);
    let tenant = world.consult.tenant("clinic").unwrap();
    timer::look(&tenant).await.unwrap();
    timer::tidy(&tenant, 10_000).await.unwrap();
    let (later, is_replay) = crm.open(&path, body, "1").await;
    assert!(later.status == 201 && !is_replay, "{}", later.body);
    assert_ne!(later.body["id"], first.body["id"], "nobody came to the first, and this is a new one");
}
