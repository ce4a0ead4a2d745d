//! The API of a LiveKit that says what a test plans when it is asked to let somebody speak, on a real socket; and counts how often it was asked.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode, Uri, header};
use consilium_consult::call::LiveKit;
use livekit_protocol::{ParticipantInfo, ParticipantPermission};
use parking_lot::Mutex;
use prost::Message as _;
use serde_json::json;

use super::media::{KEY, SECRET};

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// He speaks now.
    Done,
    /// None of its parts has heard it.
    Unavailable,
    /// He is not there.
    NotFound,
    /// Nothing, however long it is waited for.
    Silence,
}

struct Inner {
    /// Answers in order; the last one for ever.
    plan: Mutex<VecDeque<Said>>,
    asked: Mutex<Vec<String>>,
}

impl Inner {
    /// What is said to this request.
    fn next(&self, uri: &Uri) -> Said {
        self.asked.lock().push(uri.path().rsplit('/').next().unwrap_or_default().to_owned());
        let mut plan = self.plan.lock();
        let said = if plan.len() > 1 { plan.pop_front() } else { plan.front().copied() };
        said.expect("a plan")
    }
}

pub struct PlannedLiveKit {
    inner: Arc<Inner>,
    url: String,
}

impl PlannedLiveKit {
    pub async fn start(plan: &[Said]) -> Self {
        let plan = Mutex::new(plan.iter().copied().collect());
        let inner = Arc::new(Inner { plan, asked: Mutex::default() });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::clone(&inner);
        let router = Router::new().fallback(move |uri: Uri| answer(Arc::clone(&asked), uri));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, url }
    }

    pub fn client(&self) -> LiveKit {
        LiveKit::new(&self.url, KEY, SECRET)
    }

    /// The methods that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.inner.asked.lock().clone()
    }
}

async fn answer(inner: Arc<Inner>, uri: Uri) -> Response<Body> {
    let said = inner.next(&uri);
    match said {
        Said::Done => whole(StatusCode::OK, "application/protobuf", speaks().encode_to_vec()),
        Said::Unavailable => failed(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "no response from servers"),
        Said::NotFound => failed(StatusCode::NOT_FOUND, "not_found", "participant does not exist"),
        Said::Silence => std::future::pending().await,
    }
}

fn speaks() -> ParticipantInfo {
    let permission = ParticipantPermission {
        can_publish: true,
        can_publish_data: true,
        can_subscribe: true,
        ..ParticipantPermission::default()
    };
    ParticipantInfo {
        sid: "PA_1".to_owned(),
        identity: "@anna:hs.test:D".to_owned(),
        permission: Some(permission),
        ..ParticipantInfo::default()
    }
}

fn failed(status: StatusCode, code: &str, msg: &str) -> Response<Body> {
    whole(status, "application/json", json!({ "code": code, "msg": msg }).to_string().into_bytes())
}

fn whole(status: StatusCode, kind: &str, body: Vec<u8>) -> Response<Body> {
    let answer = Response::builder().status(status).header(header::CONTENT_TYPE, kind);
    answer.body(Body::from(body)).expect("an answer")
}
