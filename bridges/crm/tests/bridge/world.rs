//! [`World`]: a bridge with the ready mapping between a CRM and a stand-in for Consilium's partner API, on real sockets, with a clock of the test's own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consilium_crm::{Bridge, Clock, Config, EXAMPLE};
use parking_lot::Mutex;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use crate::crm::{Crm, TOKEN};

/// The webhook's secret: the bytes and their shown form.
const SECRET: &[u8] = b"a secret of thirty-two bytes ...";
/// The key for the way back.
const KEY: &str = "csk_the-key-of-the-bridge";
/// What the CRM proves itself with.
pub const FROM_CRM: &str = "the-token-of-its-calls";
/// When tests begin. Unit: seconds since 1970.
const BEGIN: i64 = 1_700_000_000;

struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now_seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A request to Consilium's partner API: its line, body and `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub line: String,
    pub body: Value,
    pub once: String,
}

/// What the partner API was asked, and what it answers instead of 200.
#[derive(Default)]
struct Partner {
    asked: Mutex<Vec<Asked>>,
    status: Mutex<Option<u16>>,
}

struct Running {
    bridge: Arc<Bridge>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

pub struct World {
    pub crm: Crm,
    partner: Arc<Partner>,
    clock: Arc<TestClock>,
    folder: TempDir,
    running: Running,
    http: reqwest::Client,
}

/// What the bridge answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub retry_after: Option<u64>,
    pub body: Value,
}

impl World {
    /// With the ready mapping.
    pub async fn start() -> Self {
        Self::start_with(Crm::start().await, |mapping| mapping).await
    }

    /// With the ready mapping, changed.
    pub async fn start_with(crm: Crm, change: impl FnOnce(String) -> String) -> Self {
        // Another test of the process may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let partner = Arc::new(Partner::default());
        let consilium = listen(Router::new().fallback(partner_api).with_state(Arc::clone(&partner))).await.0;
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let shown = format!("whsec_{}", STANDARD.encode(SECRET));
        for (file, secret) in [("webhook", shown.as_str()), ("key", KEY), ("crm", TOKEN), ("from", FROM_CRM)] {
            std::fs::write(folder.path().join(file), secret).expect("it can be written");
        }
        std::fs::create_dir(folder.path().join("crm-data")).expect("it can be made");
        let mapping = change(EXAMPLE.to_owned())
            .replace("https://crm.example/api", &crm.url())
            .replace("https://clinic.example", &format!("http://{consilium}"))
            .replace("{ env = \"CRM_BRIDGE_WEBHOOK_SECRET\" }", "{ file = \"webhook\" }")
            .replace("{ env = \"CRM_BRIDGE_CONSILIUM_KEY\" }", "{ file = \"key\" }")
            .replace("{ env = \"CRM_BRIDGE_CRM_TOKEN\" }", "{ file = \"crm\" }")
            .replace("{ env = \"CRM_BRIDGE_FROM_CRM_TOKEN\" }", "{ file = \"from\" }");
        std::fs::write(folder.path().join("crm.toml"), mapping).expect("it can be written");
        let clock = Arc::new(TestClock(AtomicI64::new(BEGIN)));
        let running = open(&folder, &clock).await;
        let http = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
        Self { crm, partner, clock, folder, running, http }
    }

    /// The bridge is stopped and opened again on what it remembers.
    pub async fn restart(&mut self) {
        self.running.server.abort();
        self.running = open(&self.folder, &self.clock).await;
    }

    pub fn bridge(&self) -> &Bridge {
        &self.running.bridge
    }

    pub fn now(&self) -> i64 {
        self.clock.now_seconds()
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Consilium tells an event, signed now.
    pub async fn tell(&self, id: &str, kind: &str, data: Value) -> Answer {
        let body = json!({ "type": kind, "timestamp": "2026-11-28T23:20:00.000Z", "data": data }).to_string();
        let signature = sign(id, self.now(), &body);
        self.deliver(id, self.now(), &signature, body).await
    }

    /// A webhook as it is.
    pub async fn deliver(&self, id: &str, timestamp: i64, signature: &str, body: String) -> Answer {
        let request = self.post("/webhook").header("webhook-id", id).header("webhook-timestamp", timestamp);
        send(request.header("webhook-signature", signature).body(body)).await
    }

    /// The CRM calls, and proves itself by `token`.
    pub async fn call(&self, name: &str, token: &str, body: Value) -> Answer {
        send(self.post(&format!("/from-crm/{name}")).header("x-crm-token", token).json(&body)).await
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("http://{}{path}", self.running.address))
    }

    /// What the partner API was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.partner.asked.lock().clone()
    }

    /// From now on the partner API answers so.
    pub fn partner_answers(&self, status: Option<u16>) {
        *self.partner.status.lock() = status;
    }

    /// Everything that the bridge keeps, as bytes.
    pub fn kept(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path().join("crm-data")).expect("it is there");
        files.flat_map(|file| std::fs::read(file.expect("a file").path()).expect("it can be read")).collect()
    }
}

async fn open(folder: &TempDir, clock: &Arc<TestClock>) -> Running {
    let config = Config::load(&folder.path().join("crm.toml")).unwrap_or_else(|error| panic!("{error}"));
    let clock: Arc<dyn Clock> = Arc::<TestClock>::clone(clock);
    let bridge = Bridge::open(config, clock).unwrap_or_else(|error| panic!("{error}"));
    let (address, server) = listen(bridge.router()).await;
    Running { bridge: Arc::new(bridge), address, server }
}

async fn listen(router: Router) -> (SocketAddr, JoinHandle<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        axum::serve(listener, router).await.expect("it serves");
    });
    (address, server)
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the bridge answers");
    let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    let status = response.status().as_u16();
    let body = response.bytes().await.expect("whole");
    Answer { status, retry_after, body: serde_json::from_slice(&body).unwrap_or_default() }
}

async fn partner_api(
    State(partner): State<Arc<Partner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if text("authorization") != format!("Bearer {KEY}") {
        return StatusCode::UNAUTHORIZED;
    }
    if let Some(status) = *partner.status.lock() {
        return StatusCode::from_u16(status).expect("a status");
    }
    let line = format!("{method} {}", uri.path());
    let body = serde_json::from_slice(&body).unwrap_or_default();
    partner.asked.lock().push(Asked { line, body, once: text("idempotency-key") });
    StatusCode::NO_CONTENT
}

/// The signature of a body: HMAC-SHA256 written out (RFC 2104), so that the bridge's own is not trusted.
pub fn sign(id: &str, timestamp: i64, body: &str) -> String {
    let padded = |pad: u8| {
        let mut block = [pad; 64];
        block.iter_mut().zip(SECRET).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let message = format!("{id}.{timestamp}.{body}");
    let inner = Sha256::digest([padded(0x36).as_slice(), message.as_bytes()].concat());
    let outer = Sha256::digest([padded(0x5c).as_slice(), inner.as_slice()].concat());
    format!("v1,{}", STANDARD.encode(outer))
}

/// The data of a consultation's event, with the patient's name and number.
pub fn consultation(patient: &str, consultation: &str, phase: &str, version: i64) -> Value {
    json!({
        "consultation_id": consultation,
        "conversation_id": format!("talk-of-{patient}"),
        "patient_id": patient,
        "queue_id": "therapist",
        "version": version,
        "phase": phase,
        "phase_since": "2026-11-28T23:20:00.000Z",
        "requested_at": "2026-11-28T23:00:00.000Z",
        "ended_at": (phase == "archived").then_some("2026-11-28T23:20:00.000Z"),
        "lead_operator_id": (phase == "active").then_some("@petrova:clinic.example"),
        "last_lead_operator_id": null,
        "patient": { "name": "Каренина \"Anna\"", "phone": "+74950000001", "email": null },
    })
}

/// The data of a call-back's event. Without a patient: it was ordered by the form.
pub fn callback(patient: Option<&str>, callback: &str, version: i64, outcome: Option<&str>) -> Value {
    json!({
        "callback_id": callback,
        "conversation_id": null,
        "patient_id": patient,
        "queue_id": "therapist",
        "version": version,
        "due_at": "2026-11-29T10:00:00.000Z",
        "overdue_since": null,
        "outcome": outcome,
        "ended_at": outcome.map(|_| "2026-11-29T09:00:00.000Z"),
        "patient": { "name": "Boris", "phone": "+74950000002" },
    })
}
