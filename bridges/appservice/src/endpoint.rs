//! The endpoint that takes transactions, for any number of services behind one listener: the homeserver's token says whose it is.
//!
//! Source: Matrix v1.19, Application Service API §Homeserver → Application Service API. Bind it to loopback.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::json;

use crate::Secret;

/// Largest transaction that is read. A homeserver sends up to 100 events of 64 KiB, and to-device messages beside them.
pub const TRANSACTION_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Why a transaction was not taken; the homeserver sends it again.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// The body is no transaction. Sending it again will not help, but neither will losing what follows.
    #[error("the body is not a transaction")]
    Malformed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Something failed on this side.
    #[error("the transaction could not be stored")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a service does with what the homeserver says. The seam between this crate and a service.
#[async_trait]
pub trait Receiver: Send + Sync {
    /// Takes one transaction. Returns when its effects are durable; must give the same effects once, however often it is called with one id.
    async fn receive(&self, transaction_id: &str, body: Bytes) -> Result<(), ReceiveError>;

    /// Whether this user of the service's namespace exists. The service may make it now.
    async fn user_exists(&self, user_id: &str) -> bool;
}

/// One service behind the endpoint.
#[derive(Clone)]
pub struct Service {
    /// Token that the homeserver shows.
    pub hs_token: Secret,
    /// Who takes it.
    pub receiver: Arc<dyn Receiver>,
}

/// The routes under `/_matrix/app/v1`.
pub fn router(services: Vec<Service>) -> Router {
    Router::new()
        .route("/_matrix/app/v1/transactions/{transaction_id}", put(transaction))
        .route("/_matrix/app/v1/ping", post(ping))
        .route("/_matrix/app/v1/users/{user_id}", get(user))
        .fallback(unrecognized)
        .layer(DefaultBodyLimit::max(TRANSACTION_BYTES_MAX))
        .with_state(Arc::from(services))
}

type Services = Arc<[Service]>;

/// The service whose token the request shows. Every token is compared, so that time says nothing.
fn authorize<'a>(services: &'a Services, headers: &HeaderMap) -> Result<&'a Service, Box<Response>> {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = shown.and_then(|value| value.strip_prefix("Bearer ")) else {
        return Err(Box::new(matrix_error(StatusCode::UNAUTHORIZED, "M_UNAUTHORIZED", "Missing token.")));
    };
    let found = services.iter().rfind(|service| service.hs_token.is(token));
    found.ok_or_else(|| Box::new(matrix_error(StatusCode::FORBIDDEN, "M_FORBIDDEN", "Bad token.")))
}

/// `PUT /_matrix/app/v1/transactions/{txnId}`
async fn transaction(
    State(services): State<Services>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let service = match authorize(&services, &headers) {
        Ok(service) => service,
        Err(refusal) => return *refusal,
    };
    match service.receiver.receive(&id, body).await {
        Ok(()) => Json(json!({})).into_response(),
        Err(ReceiveError::Malformed(source)) => {
            tracing::warn!(txn.id = %id, error = %source, "a transaction is malformed");
            matrix_error(StatusCode::BAD_REQUEST, "M_BAD_JSON", "Not a transaction.")
        }
        Err(ReceiveError::Failed(source)) => {
            tracing::error!(txn.id = %id, error = %source, "a transaction could not be taken");
            matrix_error(StatusCode::SERVICE_UNAVAILABLE, "M_UNKNOWN", "Send it again.")
        }
    }
}

/// `POST /_matrix/app/v1/ping`
async fn ping(State(services): State<Services>, headers: HeaderMap) -> Response {
    match authorize(&services, &headers) {
        Ok(_) => Json(json!({})).into_response(),
        Err(refusal) => *refusal,
    }
}

/// `GET /_matrix/app/v1/users/{userId}`
async fn user(State(services): State<Services>, Path(user_id): Path<String>, headers: HeaderMap) -> Response {
    let service = match authorize(&services, &headers) {
        Ok(service) => service,
        Err(refusal) => return *refusal,
    };
    if service.receiver.user_exists(&user_id).await {
        Json(json!({})).into_response()
    } else {
        matrix_error(StatusCode::NOT_FOUND, "M_NOT_FOUND", "No such user.")
    }
}

/// Rooms by alias and third-party networks: a service that offers them mounts its own routes.
async fn unrecognized(State(services): State<Services>, headers: HeaderMap) -> Response {
    match authorize(&services, &headers) {
        Ok(_) => matrix_error(StatusCode::NOT_FOUND, "M_UNRECOGNIZED", "No such endpoint."),
        Err(refusal) => *refusal,
    }
}

fn matrix_error(status: StatusCode, errcode: &str, error: &str) -> Response {
    (status, Json(json!({ "errcode": errcode, "error": error }))).into_response()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::sync::{Arc, Mutex};

    use async_trait::async_trait;
    use axum::body::{Body, Bytes};
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;

    use super::{ReceiveError, Receiver, Service, router};
    use crate::Secret;

    #[derive(Default)]
    struct Recorder(Mutex<Vec<String>>);

    #[async_trait]
    impl Receiver for Recorder {
        async fn receive(&self, transaction_id: &str, body: Bytes) -> Result<(), ReceiveError> {
            if body.is_empty() {
                return Err(ReceiveError::Malformed("empty".into()));
            }
            self.0.lock().unwrap().push(transaction_id.to_owned());
            Ok(())
        }

        async fn user_exists(&self, user_id: &str) -> bool {
            user_id == "@keeper:hs.test"
        }
    }

    async fn ask(
        services: Vec<Service>,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: &'static str,
    ) -> StatusCode {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        router(services).oneshot(request.body(Body::from(body)).unwrap()).await.unwrap().status()
    }

    fn service(token: &str, receiver: &Arc<Recorder>) -> Service {
        Service { hs_token: Secret::new(token), receiver: Arc::clone(receiver) as Arc<dyn Receiver> }
    }

    #[tokio::test]
    async fn the_token_says_whose_transaction_it_is() {
        let (first, second) = (Arc::new(Recorder::default()), Arc::new(Recorder::default()));
        let services = vec![service("one", &first), service("two", &second)];
        let path = "/_matrix/app/v1/transactions/7";
        assert_eq!(ask(services.clone(), "PUT", path, Some("two"), "{}").await, 200);
        assert_eq!(ask(services.clone(), "PUT", path, Some("three"), "{}").await, 403);
        assert_eq!(ask(services.clone(), "PUT", path, None, "{}").await, 401);
        assert!(first.0.lock().unwrap().is_empty());
        assert_eq!(*second.0.lock().unwrap(), ["7"]);
    }

    #[tokio::test]
    async fn a_malformed_transaction_is_400_and_unknown_paths_are_404() {
        let receiver = Arc::new(Recorder::default());
        let services = || vec![service("one", &receiver)];
        assert_eq!(ask(services(), "PUT", "/_matrix/app/v1/transactions/1", Some("one"), "").await, 400);
        assert_eq!(ask(services(), "GET", "/_matrix/app/v1/rooms/%23a:b", Some("one"), "").await, 404);
        assert_eq!(ask(services(), "GET", "/_matrix/app/v1/users/@keeper:hs.test", Some("one"), "").await, 200);
        assert_eq!(ask(services(), "GET", "/_matrix/app/v1/users/@other:hs.test", Some("one"), "").await, 404);
        assert_eq!(ask(services(), "POST", "/_matrix/app/v1/ping", Some("one"), "{}").await, 200);
    }
}
