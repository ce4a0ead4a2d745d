//! A CRM on a real socket, with books of its own: contacts, deals and tasks, each with an id; no two of one external id; it limits, fails and goes away as planned.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::watch;

/// What the bridge signs in with.
pub const TOKEN: &str = "the-token-of-the-crm";

/// A request that came, and what was answered.
#[derive(Debug, Clone)]
pub struct Came {
    pub line: String,
    pub once: String,
    pub status: u16,
}

/// An answer that is planned for the next request whose line begins so.
struct Planned {
    line: &'static str,
    status: u16,
    retry_after: Option<u64>,
}

#[derive(Default)]
struct Books {
    rows: Vec<(&'static str, Value)>,
    came: Vec<Came>,
    plans: VecDeque<Planned>,
    is_down: bool,
}

struct Inner {
    books: Mutex<Books>,
    /// Requests whose line begins so are carried out, and their answers held back.
    held: watch::Sender<Option<&'static str>>,
    began: watch::Sender<usize>,
}

/// The CRM.
#[derive(Clone)]
pub struct Crm {
    inner: Arc<Inner>,
    pub address: SocketAddr,
}

impl Crm {
    pub async fn start() -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    pub async fn start_at(address: SocketAddr) -> Self {
        let listener = tokio::net::TcpListener::bind(address).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (held, began) = (watch::Sender::new(None), watch::Sender::new(0));
        let inner = Arc::new(Inner { books: Mutex::default(), held, began });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, address }
    }

    /// What stands before the paths of the mapping.
    pub fn url(&self) -> String {
        format!("http://{}/api", self.address)
    }

    /// The next request whose line begins so gets this answer, and nothing is done.
    pub fn plan(&self, line: &'static str, status: u16, retry_after: Option<u64>) {
        self.inner.books.lock().plans.push_back(Planned { line, status, retry_after });
    }

    /// Answers 503 to everything, or no longer.
    pub fn set_down(&self, is_down: bool) {
        self.inner.books.lock().is_down = is_down;
    }

    /// Requests whose line begins so are carried out and not answered, until this is called with none.
    pub fn hold(&self, line: Option<&'static str>) {
        self.inner.held.send_replace(line);
    }

    /// Waits until so many requests have been carried out, answered or not.
    pub async fn until_came(&self, count: usize) {
        let mut began = self.inner.began.subscribe();
        let waiting = began.wait_for(|began| *began >= count);
        tokio::time::timeout(std::time::Duration::from_secs(30), waiting).await.expect("they come").expect("alive");
    }

    /// Something that somebody at the CRM made by hand.
    pub fn insert(&self, kind: &'static str, row: Value) {
        self.inner.books.lock().rows.push((kind, row));
    }

    /// All `contacts`, `deals` or `tasks`.
    pub fn rows(&self, kind: &str) -> Vec<Value> {
        let books = self.inner.books.lock();
        books.rows.iter().filter(|(of, _)| *of == kind).map(|(_, row)| row.clone()).collect()
    }

    /// All requests, in the order in which they were carried out.
    pub fn came(&self) -> Vec<Came> {
        self.inner.books.lock().came.clone()
    }

    /// Lines of the requests that were done, such as `POST /contacts`, without queries.
    pub fn done(&self) -> Vec<String> {
        let came = self.came();
        let done = came.iter().filter(|came| came.status < 300);
        done.map(|came| came.line.split('?').next().unwrap_or_default().to_owned()).collect()
    }
}

async fn answer(
    State(inner): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = uri.path_and_query().map_or("", |path| path.as_str()).strip_prefix("/api").unwrap_or_default();
    let line = format!("{method} {path}");
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let mut retry_after = None;
    let (status, answered) = {
        let mut books = inner.books.lock();
        let planned = books.plans.iter().position(|plan| line.starts_with(plan.line));
        let (status, answered) = if books.is_down {
            (503, json!({ "error": "down" }))
        } else if let Some(planned) = planned.and_then(|at| books.plans.remove(at)) {
            retry_after = planned.retry_after;
            (planned.status, json!({ "error": "planned" }))
        } else if text("authorization") != format!("Bearer {TOKEN}") {
            (401, json!({ "error": "who?" }))
        } else {
            books.act(&method, path, &body)
        };
        let once = text("idempotency-key");
        books.came.push(Came { line: line.clone(), once, status });
        (status, answered)
    };
    inner.began.send_modify(|began| *began += 1);
    let mut held = inner.held.subscribe();
    let _free = held.wait_for(|held| !held.is_some_and(|held| line.starts_with(held))).await;
    let status = StatusCode::from_u16(status).expect("a status");
    let mut response = (status, axum::Json(answered)).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

impl Books {
    fn act(&mut self, method: &Method, path: &str, body: &Value) -> (u16, Value) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut parts = path.trim_start_matches('/').split('/');
        let kind = match parts.next() {
            Some("contacts") => "contacts",
            Some("deals") => "deals",
            Some("tasks") => "tasks",
            _ => return (404, json!({ "error": "no such thing" })),
        };
        match (method.as_str(), parts.next()) {
            ("GET", None) => (200, json!({ "items": self.search(kind, query) })),
            ("POST", None) => self.make(kind, body),
            ("PATCH", Some(id)) => self.change(kind, id, body),
            _ => (405, json!({ "error": "not so" })),
        }
    }

    fn search(&self, kind: &str, query: &str) -> Vec<Value> {
        let wanted: Vec<(&str, &str)> = query.split('&').filter_map(|part| part.split_once('=')).collect();
        let fits = |row: &Value| wanted.iter().all(|(name, value)| row[*name] == **value);
        self.rows.iter().filter(|(of, row)| *of == kind && fits(row)).map(|(_, row)| row.clone()).collect()
    }

    fn make(&mut self, kind: &'static str, body: &Value) -> (u16, Value) {
        let is_taken = |(of, row): &(&str, Value)| *of == kind && row["external_id"] == body["external_id"];
        if body["external_id"].is_string() && self.rows.iter().any(is_taken) {
            return (409, json!({ "error": "there is one" }));
        }
        if kind == "contacts" && !body["name"].is_string() || kind == "deals" && !body["contact_id"].is_number() {
            return (422, json!({ "error": "something is missing" }));
        }
        let mut row = body.clone();
        row["id"] = json!(1_001 + self.rows.len());
        row["stages"] = json!([]);
        self.rows.push((kind, row.clone()));
        (201, row)
    }

    fn change(&mut self, kind: &str, id: &str, body: &Value) -> (u16, Value) {
        let found = self.rows.iter_mut().find(|(of, row)| *of == kind && row["id"].as_u64() == id.parse().ok());
        let (Some((_, row)), Value::Object(changes)) = (found, body) else {
            return (404, json!({ "error": "no such thing" }));
        };
        for (name, value) in changes {
            row[name] = value.clone();
        }
        if let (Some(stage), Some(stages)) = (changes.get("stage"), row["stages"].as_array_mut()) {
            stages.push(stage.clone());
        }
        (200, row.clone())
    }
}
