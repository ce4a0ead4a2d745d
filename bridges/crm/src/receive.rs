//! HTTP in: Consilium's webhook and the CRM's own calls. No decisions but whom to believe and how to say what became of it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use consilium_appservice::Secret;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::event::{Event, TEST};
use crate::signature::{self, WebhookSecret};
use crate::store::StoreError;
use crate::work::{Job, Outcome, PAUSE_SECONDS, Worker};

/// Largest body that is read. Unit: bytes. An event of Consilium has a few thousand.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// How long a webhook waits for its work. Consilium waits 15 seconds, and then asks again; the work goes on meanwhile. Unit: seconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(12);
/// Events that are worked on, or wait for their patient's turn, at once. Consilium sends four at once.
const EVENTS_AT_ONCE: usize = 64;

/// Who receives.
pub(crate) struct Receiver {
    worker: Arc<Worker>,
    webhook: Vec<WebhookSecret>,
    from_crm: std::collections::BTreeMap<String, Secret>,
    places: Arc<Semaphore>,
}

impl Receiver {
    pub(crate) fn new(
        worker: Arc<Worker>,
        webhook: Vec<WebhookSecret>,
        from_crm: std::collections::BTreeMap<String, Secret>,
    ) -> Self {
        Self { worker, webhook, from_crm, places: Arc::new(Semaphore::new(EVENTS_AT_ONCE)) }
    }

    /// Works on a job, at most so long as an answer can wait. What takes longer goes on, and is done when it is asked for again.
    async fn work(&self, job: Job) -> Response {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else { return later(PAUSE_SECONDS) };
        let worker = Arc::clone(&self.worker);
        let work = self.worker.tasks.spawn(async move {
            let outcome = worker.run(job).await;
            drop(place);
            outcome
        });
        match tokio::time::timeout(ANSWER_WITHIN, work).await {
            Ok(Ok(outcome)) => answer(outcome),
            // It panicked, which its task has logged.
            Ok(Err(_)) => later(PAUSE_SECONDS),
            Err(_) => later(1),
        }
    }
}

/// The bridge's routes.
pub(crate) fn router(receiver: Arc<Receiver>) -> Router {
    Router::new()
        .route("/webhook", post(webhook))
        .route("/from-crm/{name}", post(from_crm))
        .route("/health", get(health))
        .route("/ready", get(health))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(receiver)
}

/// `GET /health`, `GET /ready`: it runs.
async fn health() -> StatusCode {
    StatusCode::OK
}

/// `POST /webhook`: an event of Consilium.
async fn webhook(
    State(receiver): State<Arc<Receiver>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else { return refuse(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.") };
    let now = receiver.worker.clock.now_seconds();
    let id = match signature::verify(&receiver.webhook, &headers, &body, now) {
        Ok(id) => id,
        Err(disbelief) => {
            tracing::warn!(reason = %disbelief, "a webhook was not believed");
            metrics::counter!("consilium_crm_events_total", "result" => "disbelieved").increment(1);
            return refuse(StatusCode::UNAUTHORIZED, &format!("Not believed: {disbelief}."));
        }
    };
    let Ok(event) = serde_json::from_slice::<Event>(&body) else {
        return refuse(StatusCode::BAD_REQUEST, "The body is no event of Consilium.");
    };
    if event.kind == TEST {
        return StatusCode::NO_CONTENT.into_response();
    }
    match receiver.worker.of_event(&id, &event) {
        Some(job) => receiver.work(job).await,
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

/// `POST /from-crm/{name}`: the CRM says something.
async fn from_crm(
    State(receiver): State<Arc<Receiver>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Ok(body) = body else { return refuse(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.") };
    let worker = &receiver.worker;
    let (Some(from), Some(secret)) = (worker.config.from_crm.get(&name), receiver.from_crm.get(&name)) else {
        return refuse(StatusCode::NOT_FOUND, "The mapping has no such name under from_crm.");
    };
    if !signature::is_proved(from.proof.kind, &from.proof.header, secret, &headers, &body) {
        tracing::warn!(from_crm = %name, "a call of the CRM was not believed");
        return refuse(StatusCode::UNAUTHORIZED, "The proof that the mapping asks for does not fit.");
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else {
        return refuse(StatusCode::BAD_REQUEST, "The body is no JSON.");
    };
    match worker.of_incoming(from.incoming(&name), &body, true).await {
        Ok(Ok(job)) => receiver.work(job).await,
        Ok(Err(outcome)) => answer(Ok(outcome)),
        Err(error) => {
            tracing::error!(from_crm = %name, reason = %error, "a call of the CRM could not be read");
            refuse(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string())
        }
    }
}

/// What became of the work. What was given up is written down and said to be taken, so that the conversation goes on.
fn answer(outcome: Result<Outcome, StoreError>) -> Response {
    match outcome {
        Ok(Outcome::Done | Outcome::Nothing) => StatusCode::NO_CONTENT.into_response(),
        Ok(Outcome::Dead(dead)) => {
            let told = json!({ "given_up": { "step": dead.step, "reason": dead.reason, "status": dead.status } });
            Json(told).into_response()
        }
        Ok(Outcome::Unknown) => refuse(StatusCode::NOT_FOUND, "The bridge knows nothing that this is about."),
        Ok(Outcome::Later { after_seconds }) => later(after_seconds),
        Err(error) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(%error, source, "the store failed");
            later(PAUSE_SECONDS)
        }
    }
}

fn later(after_seconds: u64) -> Response {
    let mut response = refuse(StatusCode::SERVICE_UNAVAILABLE, "It is not done yet. Send it again.");
    response.headers_mut().insert(header::RETRY_AFTER, after_seconds.into());
    response
}

fn refuse(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    let problem = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
}
