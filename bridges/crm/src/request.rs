//! One request to the CRM or to Consilium, and what its answer means: taken, to be tried later, refused.
//!
//! Deliberately absent: trying again. Consilium repeats a webhook that is not taken, and a poll comes round again.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consilium_appservice::Secret;
use consilium_config::Problem;
use governor::{DefaultDirectRateLimiter, Quota};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, Url};
use serde_json::Value;

use crate::config::{Auth, Config, Crm, Method, Target};
use crate::credentials::Credentials;

/// How long a connection may take to open.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// Connections that are kept for the next request.
const IDLE_CONNECTIONS: usize = 4;
/// Largest answer that is read. Unit: bytes.
const ANSWER_BYTES_MAX: usize = 1 << 20;
/// Longest pause that the other side may wish for. Unit: seconds.
const PAUSE_MAX_SECONDS: u64 = 3_600;
/// Where Consilium's API is.
const CONSILIUM_API: &str = "/_consilium/v1";
/// What we call ourselves.
const USER_AGENT: &str = concat!("Consilium-CRM-Bridge/", env!("CARGO_PKG_VERSION"));

/// A request as the mapping made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prepared {
    pub(crate) to: Target,
    pub(crate) method: Method,
    /// Path and query, from `/` on.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    /// JSON.
    pub(crate) body: Option<String>,
    /// Statuses beside 2xx that are good.
    pub(crate) accept: Vec<u16>,
    /// Its name: the same for each attempt, another one for each other request.
    pub(crate) once: String,
}

/// An answer that is good.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    /// `None`: it is no JSON.
    pub(crate) json: Option<Value>,
}

/// An answer that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The same request may be good later.
    Later {
        /// In fixed words.
        why: &'static str,
        /// What was answered; `None`: nothing.
        status: Option<u16>,
        /// When the other side wants to be asked again. Unit: seconds.
        after_seconds: Option<u64>,
    },
    /// The same request will never be good.
    Refused {
        /// In fixed words.
        why: &'static str,
        /// What was answered; `None`: it could not be sent.
        status: Option<u16>,
    },
}

/// What a status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Later(&'static str),
    Refused,
}

/// Later is whatever another request would meet too: an outage, a limit, a sign-in that no longer holds, an address that has moved. Waiting loses nothing and keeps
/// the order, while giving up would lose every event until somebody looks.
fn judge(status: u16, accept: &[u16]) -> Verdict {
    match status {
        200..=299 => Verdict::Good,
        accepted if accept.contains(&accepted) => Verdict::Good,
        300..=399 => Verdict::Later("it points elsewhere: mend the url in the mapping"),
        401 | 403 | 407 => Verdict::Later("it does not let the bridge in: look at auth, or at the key's scopes"),
        408 | 425 => Verdict::Later("it was too slow"),
        429 => Verdict::Later("it asks for fewer requests"),
        500..=599 => Verdict::Later("it has a fault"),
        _ => Verdict::Refused,
    }
}

/// Sends requests.
pub(crate) struct Sender {
    client: Client,
    crm: Side,
    consilium: Option<Side>,
    crm_pace: DefaultDirectRateLimiter,
}

/// One of the two that are asked.
struct Side {
    /// Without a slash at its end.
    base: String,
    headers: HeaderMap,
    /// Where the request's name goes.
    once: Option<HeaderName>,
}

impl Sender {
    /// Errors: what stands in the mapping cannot be sent, or the machine's trusted certificates cannot be read.
    pub(crate) fn new(config: &Config, credentials: &Credentials) -> Result<Self, Problem> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_WITHIN)
            .timeout(Duration::from_secs(config.crm.timeout_seconds))
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .build()
            .map_err(|error| problem("crm.url", error.to_string(), "Install the machine's trusted certificates"))?;
        let per_second = NonZeroU32::new(config.crm.requests_per_second).unwrap_or(NonZeroU32::MIN);
        let consilium = match (&config.consilium.url, &credentials.key) {
            (Some(url), Some(key)) => {
                let mut headers = HeaderMap::new();
                headers.insert(header::AUTHORIZATION, secret("consilium.key", &format!("Bearer {}", key.reveal()))?);
                let base = format!("{}{CONSILIUM_API}", url.trim_end_matches('/'));
                Some(Side { base, headers, once: Some(HeaderName::from_static("idempotency-key")) })
            }
            _ => None,
        };
        let crm = crm_side(&config.crm, credentials.crm.as_ref())?;
        Ok(Self { client, crm, consilium, crm_pace: DefaultDirectRateLimiter::direct(Quota::per_second(per_second)) })
    }

    /// Sends a request and reads its answer.
    pub(crate) async fn send(&self, prepared: &Prepared) -> Result<Answer, Failure> {
        let to = match prepared.to {
            Target::Crm => "crm",
            Target::Consilium => "consilium",
        };
        if prepared.to == Target::Crm {
            self.crm_pace.until_ready().await;
        }
        let began = Instant::now();
        let outcome = self.try_to_send(prepared).await;
        metrics::histogram!("consilium_crm_request_seconds", "to" => to).record(began.elapsed().as_secs_f64());
        let result = match &outcome {
            Ok(_) => "done",
            Err(Failure::Later { .. }) => "later",
            Err(Failure::Refused { .. }) => "refused",
        };
        metrics::counter!("consilium_crm_requests_total", "to" => to, "result" => result).increment(1);
        outcome
    }

    async fn try_to_send(&self, prepared: &Prepared) -> Result<Answer, Failure> {
        let refused = |why| Failure::Refused { why, status: None };
        let side = match prepared.to {
            Target::Crm => &self.crm,
            Target::Consilium => self.consilium.as_ref().ok_or_else(|| refused("Consilium is not named"))?,
        };
        let url = Url::parse(&format!("{}{}", side.base, prepared.path)).map_err(|_| refused("it has no such URL"))?;
        let mut headers = side.headers.clone();
        for (name, value) in &prepared.headers {
            let name = HeaderName::try_from(name.as_str()).map_err(|_| refused("it has no such header"))?;
            headers.insert(name, HeaderValue::from_str(value).map_err(|_| refused("it has no such header"))?);
        }
        if let Some(name) = side.once.as_ref().filter(|_| prepared.method != Method::Get) {
            let value = HeaderValue::from_str(&prepared.once).map_err(|_| refused("it has no such header"))?;
            headers.insert(name.clone(), value);
        }
        if prepared.body.is_some() {
            headers.entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        }
        let mut request = self.client.request(prepared.method.into(), url).headers(headers);
        if let Some(body) = &prepared.body {
            request = request.body(body.clone());
        }
        let response = request.send().await.map_err(|error| unreachable(&error))?;
        read(response, &prepared.accept).await
    }
}

/// No answer.
fn unreachable(error: &reqwest::Error) -> Failure {
    let why = if error.is_timeout() { "it did not answer in time" } else { "there is no connection to it" };
    Failure::Later { why, status: None, after_seconds: None }
}

async fn read(mut response: Response, accept: &[u16]) -> Result<Answer, Failure> {
    let status = response.status().as_u16();
    match judge(status, accept) {
        Verdict::Good => {}
        Verdict::Later(why) => {
            return Err(Failure::Later { why, status: Some(status), after_seconds: retry_after(&response) });
        }
        Verdict::Refused => return Err(Failure::Refused { why: "it was refused", status: Some(status) }),
    }
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let mut bytes = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| unreachable(&error))? {
        if bytes.len() + part.len() > ANSWER_BYTES_MAX {
            return Err(Failure::Refused { why: "the answer is too large", status: Some(status) });
        }
        bytes.extend_from_slice(&part);
    }
    Ok(Answer { status, location, json: serde_json::from_slice(&bytes).ok() })
}

fn retry_after(response: &Response) -> Option<u64> {
    let seconds: u64 = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.min(PAUSE_MAX_SECONDS))
}

fn crm_side(crm: &Crm, credential: Option<&Secret>) -> Result<Side, Problem> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    for (name, value) in &crm.headers {
        let key = format!("crm.headers.{name}");
        headers.insert(header_name(&key, name)?, header_value(&key, value)?);
    }
    let revealed = credential.map_or("", Secret::reveal);
    match &crm.auth {
        None => {}
        Some(Auth::Bearer { .. }) => {
            headers.insert(header::AUTHORIZATION, secret("crm.auth.token", &format!("Bearer {revealed}"))?);
        }
        Some(Auth::Basic { user, .. }) => {
            let encoded = STANDARD.encode(format!("{user}:{revealed}"));
            headers.insert(header::AUTHORIZATION, secret("crm.auth.password", &format!("Basic {encoded}"))?);
        }
        Some(Auth::Header { name, .. }) => {
            headers.insert(header_name("crm.auth.name", name)?, secret("crm.auth.value", revealed)?);
        }
    }
    let once = crm.idempotency_header.as_ref().map(|name| header_name("crm.idempotency_header", name)).transpose()?;
    Ok(Side { base: crm.url.trim_end_matches('/').to_owned(), headers, once })
}

fn header_name(key: &str, name: &str) -> Result<HeaderName, Problem> {
    HeaderName::try_from(name).map_err(|_| problem(key, "it is no name of a header", "Use letters, digits and `-`"))
}

fn header_value(key: &str, value: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_str(value).map_err(|_| problem(key, "it is no value of a header", "Use one line of text"))
}

/// A header that is never printed.
fn secret(key: &str, value: &str) -> Result<HeaderValue, Problem> {
    let mut value = header_value(key, value)?;
    value.set_sensitive(true);
    Ok(value)
}

fn problem(key: &str, what: impl Into<String>, remedy: &str) -> Problem {
    Problem::new(key, what, remedy)
}

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, judge};

    #[test]
    fn what_another_request_would_meet_too_is_tried_later_and_what_this_one_is_at_fault_for_is_given_up() {
        for status in [200, 201, 204, 299] {
            assert_eq!(judge(status, &[]), Verdict::Good, "{status}");
        }
        for status in [301, 307, 401, 403, 407, 408, 425, 429, 500, 502, 503, 504] {
            assert!(matches!(judge(status, &[]), Verdict::Later(_)), "{status}");
        }
        for status in [400, 402, 404, 405, 409, 410, 413, 415, 422] {
            assert_eq!(judge(status, &[]), Verdict::Refused, "{status}");
        }
        assert_eq!(judge(404, &[404, 409]), Verdict::Good);
    }
}
