//! [`Answer`]: a response that was read whole, and what tests ask of it.

use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;

/// A response: status, headers, body; and the request that it answers, for messages.
#[derive(Clone, Debug)]
pub struct Answer {
    pub request: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub(crate) async fn of(request: String, response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap_or_else(|error| panic!("{request}: the body broke off: {error}"));
        Self { request, status, headers, bytes: bytes.into() }
    }

    /// The body as JSON; `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// The body of a success.
    ///
    /// # Panics
    /// When the status is not 2xx.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{self}");
        self.json()
    }

    /// The body of a refusal with this status and `errcode`.
    ///
    /// # Panics
    /// When it is another one.
    #[track_caller]
    pub fn refused(&self, status: u16, errcode: &str) -> Value {
        let body = self.json();
        let seen = (self.status.as_u16(), body["errcode"].as_str().unwrap_or_default());
        assert_eq!(seen, (status, errcode), "{self}");
        body
    }

    /// A header as text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = String::from_utf8_lossy(&self.bytes);
        let body: String = body.chars().take(2_000).collect();
        write!(formatter, "{} → {} {body}", self.request, self.status)
    }
}
