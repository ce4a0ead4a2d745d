//! A partner's system: takes webhooks on a real socket, answers as the test plans, and proves signatures by an implementation of its own.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use parking_lot::Mutex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::watch;

/// What came.
#[derive(Debug, Clone)]
pub struct Came {
    pub path: String,
    pub id: String,
    pub timestamp: i64,
    pub signatures: Vec<String>,
    pub raw: String,
    pub body: Value,
    /// What was answered.
    pub status: u16,
}

impl Came {
    pub fn kind(&self) -> &str {
        self.body["type"].as_str().expect("a type")
    }
}

struct Inner {
    came: Mutex<Vec<Came>>,
    /// Answers by path, before it is 200 for ever.
    plans: Mutex<HashMap<String, VecDeque<u16>>>,
    /// What is said by path, and with which status, before it is what is said always.
    words: Mutex<HashMap<String, VecDeque<(u16, Value)>>>,
    /// What is said at a path to whatever comes: `$hash` in it is the hash that came.
    always: Mutex<HashMap<String, Value>>,
    /// Paths that hold their answers back.
    held: watch::Sender<Vec<String>>,
    began: watch::Sender<usize>,
}

#[derive(Clone)]
pub struct Receiver {
    inner: Arc<Inner>,
    pub url: String,
}

impl Receiver {
    pub async fn start() -> Self {
        let inner = Arc::new(Inner {
            came: Mutex::default(),
            plans: Mutex::default(),
            words: Mutex::default(),
            always: Mutex::default(),
            held: watch::Sender::new(Vec::new()),
            began: watch::Sender::new(0),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(take).with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, url }
    }

    /// The next answers at a path.
    pub fn plan(&self, path: &str, statuses: impl IntoIterator<Item = u16>) {
        self.inner.plans.lock().entry(path.to_owned()).or_default().extend(statuses);
    }

    /// What is said next at a path.
    pub fn plan_words(&self, path: &str, words: impl IntoIterator<Item = (u16, Value)>) {
        self.inner.words.lock().entry(path.to_owned()).or_default().extend(words);
    }

    /// What is said at a path where nothing else is planned.
    pub fn say_always(&self, path: &str, words: Value) {
        self.inner.always.lock().insert(path.to_owned(), words);
    }

    /// From now on a path answers 200.
    pub fn mend(&self, path: &str) {
        self.inner.plans.lock().remove(path);
    }

    /// Answers at these paths are held back until it is called without them.
    pub fn hold(&self, paths: &[&str]) {
        self.inner.held.send_replace(paths.iter().map(|path| (*path).to_owned()).collect());
    }

    /// Waits until so many requests have come, answered or not.
    pub async fn until_began(&self, count: usize) {
        let mut began = self.inner.began.subscribe();
        let waiting = began.wait_for(|began| *began >= count);
        tokio::time::timeout(std::time::Duration::from_secs(10), waiting).await.expect("they come").expect("alive");
    }

    /// All that was answered, in the order of the answers.
    pub fn came(&self) -> Vec<Came> {
        self.inner.came.lock().clone()
    }

    /// Types of what was taken at a path, in order.
    pub fn taken(&self, path: &str) -> Vec<String> {
        let came = self.came();
        came.iter().filter(|one| one.path == path && one.status == 200).map(|one| one.kind().to_owned()).collect()
    }
}

async fn take(State(inner): State<Arc<Inner>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    inner.began.send_modify(|began| *began += 1);
    let mut held = inner.held.subscribe();
    let _free = held.wait_for(|held| !held.contains(&path)).await;
    let planned = inner.words.lock().get_mut(&path).and_then(VecDeque::pop_front);
    let (status, words) = if let Some((status, words)) = planned {
        (status, words.to_string())
    } else {
        let status = inner.plans.lock().get_mut(&path).and_then(VecDeque::pop_front).unwrap_or(200);
        (status, inner.always.lock().get(&path).map(Value::to_string).unwrap_or_default())
    };
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(text("content-type"), "application/json");
    let asked: Value = serde_json::from_slice(&body).expect("JSON");
    let words = words.replace("$hash", asked["hash"].as_str().unwrap_or_default());
    inner.came.lock().push(Came {
        path,
        id: text("webhook-id"),
        timestamp: text("webhook-timestamp").parse().expect("seconds"),
        signatures: text("webhook-signature").split(' ').map(str::to_owned).collect(),
        raw: String::from_utf8(body.to_vec()).expect("text"),
        body: asked,
        status,
    });
    let status = StatusCode::from_u16(status).expect("a status");
    (status, [(header::LOCATION, "/elsewhere")], words).into_response()
}

/// The signature of what came under a shown secret: HMAC-SHA256 written out (RFC 2104), so that the service's own is not trusted.
pub fn signature(secret: &str, came: &Came) -> String {
    const BLOCK: usize = 64;
    let key = STANDARD.decode(secret.strip_prefix("whsec_").expect("a secret")).expect("base64");
    assert!(key.len() <= BLOCK);
    let padded = |pad: u8| {
        let mut block = [pad; BLOCK];
        block.iter_mut().zip(&key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let message = format!("{}.{}.{}", came.id, came.timestamp, came.raw);
    let inner = Sha256::digest([padded(0x36).as_slice(), message.as_bytes()].concat());
    let outer = Sha256::digest([padded(0x5c).as_slice(), inner.as_slice()].concat());
    format!("v1,{}", STANDARD.encode(outer))
}
