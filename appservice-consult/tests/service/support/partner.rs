//! A partner's system: it calls by a key that a supervisor made.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt;
use serde_json::{Value, json};

use super::{ANNA, Answer, VOLKOVA, World};

/// All scopes, as the wire writes them.
pub const SCOPES: [&str; 8] = [
    "patients:read",
    "patients:write",
    "patients:invite",
    "consultations:read",
    "records:read",
    "consultations:open",
    "callbacks:read",
    "callbacks:open",
];

/// A key and the world that it was made in.
pub struct Partner<'a> {
    pub world: &'a World,
    pub id: String,
    pub token: String,
}

impl<'a> Partner<'a> {
    /// A system whose key has these scopes.
    pub async fn with(world: &'a World, name: &str, scopes: &[&str]) -> Self {
        let made = world.post(VOLKOVA, "/api-keys", json!({ "name": name, "scopes": scopes })).await;
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        Self { world, id: text(&made["key"]["id"]), token: text(&made["token"]) }
    }

    /// A request.
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        self.send(method, path, body, &[]).await.0
    }

    /// A request with headers of its own; the answer with its headers.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> (Answer, HeaderMap) {
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/_consilium/v1{path}"))
            .header("host", "api.test")
            .header("accept-language", "en")
            .header("authorization", format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.world.raw(request.body(body).expect("a request")).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        (Answer { status: parts.status, body }, parts.headers)
    }

    pub async fn get(&self, path: &str) -> Value {
        self.call("GET", path, None).await.ok()
    }

    /// Opens something under an `Idempotency-Key`; the answer, and whether it was given before.
    pub async fn open(&self, path: &str, body: Value, retry: &str) -> (Answer, bool) {
        let (answer, headers) = self.send("POST", path, Some(body), &[("idempotency-key", retry)]).await;
        (answer, headers.contains_key("idempotency-replayed"))
    }

    /// What the audit log says of it, newest first.
    pub async fn acts(&self) -> Vec<Value> {
        let page = self.world.get(VOLKOVA, &format!("/audit?actor=key:{}&limit=200", self.id)).await;
        page["items"].as_array().expect("items").clone()
    }
}

/// Anna's card.
pub async fn anna(world: &World) -> String {
    world.get(ANNA, "/me").await;
    let listed = world.get(VOLKOVA, "/patients?user=anna").await;
    listed["items"][0]["id"].as_str().expect("her card").to_owned()
}
