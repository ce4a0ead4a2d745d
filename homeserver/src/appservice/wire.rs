//! [`Wire`]: requests to application services, each with the homeserver's token. Their order and what they say is decided elsewhere.
//!
//! Source: Application Service API v1.19 §Authorization, §Pinging, §Querying.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use reqwest::RequestBuilder;
use ruma::{
    UserId,
    api::error::{BadStatusErrorData, ErrorKind},
};
use serde::Serialize;

use super::Appservice;
use crate::{
    http::{ApiError, host::Service},
    tenant::Tenant,
};

/// Of the body of a refused ping so much is handed on, in bytes: it is for people who look for the fault.
const REFUSAL_BYTES_MAX: usize = 64 * 1024;

/// The body of an answer to a request that was passed on, in bytes: tokens and lists of them.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// The connections of a tenant to its application services.
#[derive(Debug)]
pub struct Wire {
    /// Made at the first request: a tenant without application services needs none.
    client: OnceLock<reqwest::Client>,
    /// For clients' requests: what the service answers is theirs, a redirection too.
    passing: OnceLock<reqwest::Client>,
    /// How long a service may take for one answer.
    answer_within: Duration,
}

impl Service for Wire {
    fn of(tenant: &Tenant) -> &std::sync::Arc<Self> {
        &tenant.wire
    }
}

/// Why a ping has no good answer.
#[derive(Debug, thiserror::Error)]
pub enum PingError {
    #[error("the registration has no url")]
    UrlNotSet,
    #[error("the application service answered {status}")]
    BadStatus { status: StatusCode, body: String },
    #[error("the application service does not answer in time")]
    Timeout,
    #[error("the application service cannot be reached")]
    Failed(#[source] reqwest::Error),
}

impl From<PingError> for ApiError {
    fn from(error: PingError) -> Self {
        let text = error.to_string();
        match error {
            PingError::UrlNotSet => Self::bad_request(ErrorKind::UrlNotSet, text),
            PingError::BadStatus { status, body } => {
                let mut data = BadStatusErrorData::new();
                data.status = Some(status);
                data.body = Some(body);
                Self::new(StatusCode::BAD_GATEWAY, ErrorKind::BadStatus(data), text)
            }
            PingError::Timeout => Self::new(StatusCode::GATEWAY_TIMEOUT, ErrorKind::ConnectionTimeout, text),
            PingError::Failed(_) => Self::new(StatusCode::BAD_GATEWAY, ErrorKind::ConnectionFailed, text),
        }
    }
}

#[derive(Serialize)]
struct Ping<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<&'a str>,
}

impl Wire {
    pub fn new(answer_within: Duration) -> Self {
        Self { client: OnceLock::new(), passing: OnceLock::new(), answer_within }
    }

    /// A request to `path` of the service; `None` when it has no address.
    fn request(&self, appservice: &Appservice, method: reqwest::Method, path: &str) -> Option<RequestBuilder> {
        let base = appservice.registration.url.as_deref()?.trim_end_matches('/');
        let client = self.client.get_or_init(reqwest::Client::new);
        let token = appservice.registration.hs_token.expose();
        let request = client.request(method, format!("{base}{path}")).bearer_auth(token).timeout(self.answer_within);
        Some(request.header(header::CONTENT_TYPE, HeaderValue::from_static("application/json")))
    }

    /// Sends the transaction `id`; gives the status of the answer, `None` when the service has no address.
    pub async fn put_transaction(
        &self,
        appservice: &Appservice,
        id: &str,
        body: Vec<u8>,
    ) -> Result<Option<StatusCode>, reqwest::Error> {
        let path = format!("/_matrix/app/v1/transactions/{id}");
        let Some(request) = self.request(appservice, reqwest::Method::PUT, &path) else { return Ok(None) };
        Ok(Some(request.body(body).send().await?.status()))
    }

    /// Whether the service has, or has just made, `user`; `false` also when it has no address.
    pub async fn has_user(&self, appservice: &Appservice, user: &UserId) -> Result<bool, reqwest::Error> {
        let path = format!("/_matrix/app/v1/users/{}", percent_encode(user.as_bytes(), NON_ALPHANUMERIC));
        let Some(request) = self.request(appservice, reqwest::Method::GET, &path) else { return Ok(false) };
        Ok(request.send().await?.status().is_success())
    }

    /// Pings the service; gives how long it took.
    pub async fn ping(&self, appservice: &Appservice, transaction_id: Option<&str>) -> Result<Duration, PingError> {
        let request = self.request(appservice, reqwest::Method::POST, "/_matrix/app/v1/ping");
        let request = request.ok_or(PingError::UrlNotSet)?;
        let body = serde_json::to_vec(&Ping { transaction_id }).expect("a text is JSON");
        let began = Instant::now();
        let answer = request.body(body).send().await.map_err(failed)?;
        let status = answer.status();
        if status.is_success() {
            return Ok(began.elapsed());
        }
        Err(PingError::BadStatus { status, body: refusal(answer).await? })
    }
}

/// A client's request as the service gets it.
#[derive(Debug)]
pub struct PassedOn {
    pub method: http::Method,
    /// Path and query.
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// What the service said to a request that was passed on.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Why a request that was passed on has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PassOnError {
    #[error("the application service does not answer in time")]
    Timeout,
    #[error("the application service cannot be reached")]
    Failed(#[source] reqwest::Error),
    #[error("the application service says more than {ANSWER_BYTES_MAX} bytes")]
    TooLarge,
}

impl From<reqwest::Error> for PassOnError {
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() { Self::Timeout } else { Self::Failed(error) }
    }
}

impl From<PassOnError> for ApiError {
    fn from(error: PassOnError) -> Self {
        let text = error.to_string();
        match error {
            PassOnError::Timeout => Self::new(StatusCode::GATEWAY_TIMEOUT, ErrorKind::ConnectionTimeout, text),
            PassOnError::Failed(_) => Self::new(StatusCode::BAD_GATEWAY, ErrorKind::ConnectionFailed, text),
            PassOnError::TooLarge => Self::new(StatusCode::BAD_GATEWAY, ErrorKind::Unknown, text),
        }
    }
}

impl Wire {
    /// Passes a client's request on to the service that claims its path.
    pub async fn pass_on(&self, appservice: &Appservice, request: PassedOn) -> Result<Answer, PassOnError> {
        let base = appservice.registration.proxy_url.as_deref().unwrap_or_default().trim_end_matches('/');
        let client = if let Some(client) = self.passing.get() {
            client
        } else {
            let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
            self.passing.get_or_init(|| client)
        };
        let sending = client
            .request(request.method, format!("{base}{}", request.target))
            .headers(request.headers)
            .bearer_auth(appservice.registration.hs_token.expose())
            .timeout(self.answer_within)
            .body(request.body);
        let answer = sending.send().await.inspect_err(|_| {
            tracing::warn!(appservice.id = %appservice.id.0, "a request cannot be passed on");
        })?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        match Limited::new(reqwest::Body::from(answer), ANSWER_BYTES_MAX).collect().await {
            Ok(body) => Ok(Answer { status, headers, body: body.to_bytes() }),
            Err(error) => match error.downcast::<reqwest::Error>() {
                Ok(error) => Err((*error).into()),
                Err(_) => Err(PassOnError::TooLarge),
            },
        }
    }
}

fn failed(error: reqwest::Error) -> PingError {
    if error.is_timeout() { PingError::Timeout } else { PingError::Failed(error) }
}

/// The body of a refusal; of one that is too long nothing.
async fn refusal(answer: reqwest::Response) -> Result<String, PingError> {
    match Limited::new(reqwest::Body::from(answer), REFUSAL_BYTES_MAX).collect().await {
        Ok(body) => Ok(String::from_utf8_lossy(&body.to_bytes()).into_owned()),
        Err(error) if error.is::<LengthLimitError>() => Ok(String::new()),
        Err(error) => match error.downcast::<reqwest::Error>() {
            Ok(error) => Err(failed(*error)),
            Err(_) => Ok(String::new()),
        },
    }
}
