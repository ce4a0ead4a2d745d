//! [`User`]: somebody with a token, who sends requests.

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::{
    answer::Answer,
    world::{World, send},
};

/// A signed-in user on one device, or an application service that acts as one.
#[derive(Debug)]
pub struct User {
    http: reqwest::Client,
    base_url: String,
    pub id: String,
    pub device: String,
    pub token: String,
    /// What is added to the query of each request: the masquerading of application services.
    pub query: String,
    pub(crate) transactions: AtomicU64,
}

impl User {
    /// From the answer to a registration or login.
    pub fn of(world: &World, signed_in: &Value) -> Self {
        let text = |key: &str| signed_in[key].as_str().unwrap_or_default().to_owned();
        Self::with_token(world, text("user_id"), text("device_id"), text("access_token"))
    }

    pub fn with_token(world: &World, id: String, device: String, token: String) -> Self {
        Self {
            http: world.http().clone(),
            base_url: world.base_url().to_owned(),
            id,
            device,
            token,
            query: String::new(),
            transactions: AtomicU64::new(0),
        }
    }

    /// From the answer to a registration or login, at a server elsewhere.
    pub fn at_address(http: reqwest::Client, base_url: String, signed_in: &Value) -> Self {
        let text = |key: &str| signed_in[key].as_str().unwrap_or_default().to_owned();
        let (id, device, token) = (text("user_id"), text("device_id"), text("access_token"));
        Self { http, base_url, id, device, token, query: String::new(), transactions: AtomicU64::new(0) }
    }

    /// The same user after the server moved, as [`World::restart`] makes it.
    #[must_use]
    pub fn at(self, world: &World) -> Self {
        Self { http: world.http().clone(), base_url: world.base_url().to_owned(), ..self }
    }

    /// A request with the token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut url = format!("{}{path}", self.base_url);
        if !self.query.is_empty() {
            url.push(if path.contains('?') { '&' } else { '?' });
            url.push_str(&self.query);
        }
        self.http.request(method, url).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    /// Sends a body of any kind.
    pub async fn send_bytes(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        send(self.request(method, path).header("content-type", kind).body(body)).await
    }

    /// Agrees to everything without which the consultation service begins nothing for a patient.
    pub async fn agree(&self) {
        let asked = self.get("/_consilium/v1/me/consents").await.ok();
        for consent in asked["consents"].as_array().into_iter().flatten().filter(|consent| consent["required"] == true)
        {
            let purpose = consent["purpose"].as_str().unwrap_or_default();
            let body = serde_json::json!({ "hash": consent["offered"]["hash"] });
            self.put(&format!("/_consilium/v1/me/consents/{purpose}"), body).await.ok();
        }
    }

    /// A transaction id that this user has not used yet.
    pub fn transaction(&self) -> String {
        format!("t{}", self.transactions.fetch_add(1, Ordering::Relaxed))
    }
}

/// Escapes an id for a path segment.
pub fn segment(id: &str) -> String {
    use std::fmt::Write;
    let mut escaped = String::with_capacity(id.len() + 8);
    for byte in id.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(char::from(byte)),
            _ => {
                let _ = write!(escaped, "%{byte:02X}");
            }
        }
    }
    escaped
}
