//! [`FakeAppservice`]: an application service that records the transactions which it gets, and can refuse them.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
    routing::{get, post, put},
};
use consilium_homeserver::appservice::Registration;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle};

use crate::{
    user::{User, segment},
    world::{World, install_tls_provider},
};

/// How long a test waits for a transaction before it fails.
const PATIENCE: Duration = Duration::from_secs(10);

/// A transaction as it came over the wire.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub id: String,
    pub body: Value,
    /// Whether it was answered with 200.
    pub accepted: bool,
}

#[derive(Debug, Default)]
struct Inbox {
    transactions: Mutex<Vec<Transaction>>,
    /// Statuses for the next transactions; without one they are accepted.
    refusals: Mutex<VecDeque<u16>>,
    pings: Mutex<Vec<Value>>,
    /// Statuses for the next pings.
    ping_refusals: Mutex<VecDeque<u16>>,
    queries: Mutex<Vec<String>>,
    /// Where a user that is asked for is registered, when the service makes any.
    makes_users_at: Mutex<Option<String>>,
    /// While it is locked, transactions are not answered.
    gate: tokio::sync::Mutex<()>,
    hs_token: String,
    changed: Notify,
}

/// Listens on a free port as the application service `id`.
#[derive(Debug)]
pub struct FakeAppservice {
    pub id: String,
    url: String,
    inbox: Arc<Inbox>,
    serving: JoinHandle<()>,
}

impl FakeAppservice {
    pub async fn listen(id: &str) -> Self {
        install_tls_provider();
        let inbox = Arc::new(Inbox { hs_token: format!("{id}-hs-token"), ..Inbox::default() });
        let router = Router::new()
            .route("/_matrix/app/v1/transactions/{id}", put(receive))
            .route("/_matrix/app/v1/ping", post(ping))
            .route("/_matrix/app/v1/users/{id}", get(user_query))
            .with_state(Arc::clone(&inbox));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let serving = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { id: id.to_owned(), url, inbox, serving }
    }

    /// Its registration: an exclusive namespace `@<id>…`, with everything that an end-to-end encrypted member needs.
    pub fn registration(&self) -> Registration {
        let registration = json!({
            "id": self.id,
            "url": self.url,
            "as_token": self.as_token(),
            "hs_token": self.inbox.hs_token,
            "sender_localpart": format!("_{}", self.id),
            "rate_limited": false,
            "receive_ephemeral": true,
            "de.sorunome.msc2409.push_ephemeral": true,
            "org.matrix.msc3202": true,
            "io.element.msc4190": true,
            "namespaces": { "users": [{ "exclusive": true, "regex": format!("@{}.*", self.id) }] },
        });
        Registration::parse(&registration.to_string()).expect("it is valid")
    }

    pub fn as_token(&self) -> String {
        format!("{}-as-token", self.id)
    }

    /// Registers `localpart` and gives a user that acts as it, on `device` when one is given (which is made).
    pub async fn user(&self, world: &World, localpart: &str, device: Option<&str>) -> User {
        let mut user = User::with_token(world, String::new(), String::new(), self.as_token());
        let body = json!({ "type": "m.login.application_service", "username": localpart, "inhibit_login": true });
        let answer = user.post("/_matrix/client/v3/register", body).await.ok();
        user.id = answer["user_id"].as_str().expect("a user id").to_owned();
        user.query = format!("user_id={}", segment(&user.id));
        if let Some(device) = device {
            let answer = user.put(&format!("/_matrix/client/v3/devices/{device}"), json!({})).await;
            assert_eq!(answer.status, 201, "{answer}");
            device.clone_into(&mut user.device);
            user.query = format!("user_id={}&device_id={device}", segment(&user.id));
        }
        user
    }

    /// The next transactions are answered with these statuses.
    pub fn refuse(&self, statuses: impl IntoIterator<Item = u16>) {
        self.inbox.refusals.lock().extend(statuses);
    }

    /// Answers no transaction until the guard is dropped: what happens meanwhile is a backlog.
    pub async fn hold(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.inbox.gate.lock().await
    }

    /// The next ping is answered with this status.
    pub fn refuse_ping(&self, status: u16) {
        self.inbox.ping_refusals.lock().push_back(status);
    }

    /// All transactions so far, refused ones included.
    pub fn transactions(&self) -> Vec<Transaction> {
        self.inbox.transactions.lock().clone()
    }

    /// From now on it registers each user of its namespace that it is asked for.
    pub fn make_users(&self, world: &World) {
        *self.inbox.makes_users_at.lock() = Some(world.base_url().to_owned());
    }

    /// The users that it was asked for.
    pub fn queries(&self) -> Vec<String> {
        self.inbox.queries.lock().clone()
    }

    /// Bodies of the pings.
    pub fn pings(&self) -> Vec<Value> {
        self.inbox.pings.lock().clone()
    }

    /// What all accepted transactions hold under `key`, in order.
    pub fn received(&self, key: &str) -> Vec<Value> {
        let accepted = self.transactions().into_iter().filter(|transaction| transaction.accepted);
        accepted.flat_map(|transaction| transaction.body[key].as_array().cloned().unwrap_or_default()).collect()
    }

    /// Waits until `done` says so of the transactions.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn wait_until(&self, what: &str, done: impl Fn(&[Transaction]) -> bool) -> Vec<Transaction> {
        let waited = tokio::time::timeout(PATIENCE, async {
            loop {
                let changed = self.inbox.changed.notified();
                let transactions = self.transactions();
                if done(&transactions) {
                    return transactions;
                }
                changed.await;
            }
        });
        waited.await.unwrap_or_else(|_| panic!("no transaction came with {what}: {:#?}", self.transactions()))
    }

    /// Waits until something stands under `key` of accepted transactions that `wanted` accepts; gives it.
    pub async fn wait_for(&self, key: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.wait_until(key, |_| self.received(key).iter().any(&wanted)).await;
        self.received(key).into_iter().find(wanted).expect("it was just there")
    }
}

impl Drop for FakeAppservice {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn is_homeserver(inbox: &Inbox, headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == &format!("Bearer {}", inbox.hs_token))
}

async fn receive(
    State(inbox): State<Arc<Inbox>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    drop(inbox.gate.lock().await);
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let status = if is_homeserver(&inbox, &headers) { inbox.refusals.lock().pop_front().unwrap_or(200) } else { 403 };
    inbox.transactions.lock().push(Transaction { id, body, accepted: status == 200 });
    inbox.changed.notify_waiters();
    (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY), Json(json!({})))
}

async fn ping(State(inbox): State<Arc<Inbox>>, headers: HeaderMap, Json(body): Json<Value>) -> impl IntoResponse {
    inbox.pings.lock().push(body);
    let status =
        if is_homeserver(&inbox, &headers) { inbox.ping_refusals.lock().pop_front().unwrap_or(200) } else { 403 };
    (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY), Json(json!({})))
}

async fn user_query(State(inbox): State<Arc<Inbox>>, Path(user): Path<String>, headers: HeaderMap) -> StatusCode {
    if !is_homeserver(&inbox, &headers) {
        return StatusCode::FORBIDDEN;
    }
    inbox.queries.lock().push(user.clone());
    let Some(base) = inbox.makes_users_at.lock().clone() else { return StatusCode::NOT_FOUND };
    let localpart = user.trim_start_matches('@').split(':').next().unwrap_or_default();
    let body = json!({ "type": "m.login.application_service", "username": localpart, "inhibit_login": true });
    let token = inbox.hs_token.replace("hs-token", "as-token");
    let register = reqwest::Client::new().post(format!("{base}/_matrix/client/v3/register")).bearer_auth(token);
    let made = register.json(&body).send().await.expect("the homeserver answers");
    if made.status().is_success() { StatusCode::OK } else { StatusCode::NOT_FOUND }
}
