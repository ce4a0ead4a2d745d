//! A whole consultation service in one process: a homeserver and a keeper that do what the service asks of them, a clock that the test moves.

mod clock;
pub mod configured;
pub mod doctor;
pub mod homeserver;
pub mod livekit;
pub mod media;
pub mod member;
pub mod partner;
pub mod receiver;
pub mod things;
pub mod twirp;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use consilium_appservice::Secret;
use consilium_config::Brand;
use consilium_consult::context::{Clock, Context, Randomness};
use consilium_consult::member::Member;
use consilium_consult::webhook::Reach;
use consilium_consult::{Consult, ConsultConfig, TenantConfig};
use futures_util::StreamExt;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;
use zeroize::Zeroizing;

use clock::SystemRandomness;
pub use clock::TestClock;
use consilium_consult::call::{CallsConfig, MediaServer};
use doctor::FakeDoctor;
use homeserver::FakeHomeserver;
use media::{FakeMedia, MEDIA_URL};
use member::FakeMember;

pub const SERVER: &str = "hs.test";
pub const ANNA: &str = "anna";
pub const BORIS: &str = "boris";
pub const PETROVA: &str = "petrova";
pub const SOKOLOV: &str = "sokolov";
pub const VOLKOVA: &str = "volkova";
/// The room that is configured as one of staff.
pub const STAFF_ROOM: &str = "!staff";

/// Host and server name of the tenant beside the first one, where there is one.
pub const NEIGHBOUR: &str = "law.test";

pub struct World {
    pub homeserver: Arc<FakeHomeserver>,
    pub member: Arc<FakeMember>,
    pub media: Arc<FakeMedia>,
    pub clock: Arc<TestClock>,
    pub consult: Consult,
    pub config: ConsultConfig,
    api: Router,
    appservice: Router,
    webhooks: Router,
    transactions: AtomicU64,
    folder: Arc<TempDir>,
}

/// An answer of the API.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
}

impl Answer {
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }

    pub fn problem(&self, status: u16, slug: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.body["type"], format!("urn:consilium:problem:{slug}"), "{}", self.body);
        assert_eq!(self.body["status"], status);
    }
}

/// The first event of that name on a stream that is wanted.
pub async fn until_event(stream: BodyDataStream, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let (_, data) = events_until(stream, name, wanted).await.pop().expect("the one that was wanted");
    data
}

/// All events of a stream up to the first of that name that is wanted, that one included.
pub async fn events_until(
    mut stream: BodyDataStream,
    name: &str,
    wanted: impl Fn(&Value) -> bool,
) -> Vec<(String, Value)> {
    let mut events = Vec::new();
    let listening = async {
        let mut text = String::new();
        loop {
            text.push_str(std::str::from_utf8(&stream.next().await.expect("a chunk").expect("bytes")).expect("text"));
            while let Some((frame, rest)) = text.split_once("\n\n") {
                let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let (event, data) = (field("event: "), field("data: "));
                text = rest.to_owned();
                if let (Some(event), Some(data)) = (event, data) {
                    let data = serde_json::from_str::<Value>(&data).expect("JSON");
                    let is_wanted = event == name && wanted(&data);
                    events.push((event, data));
                    if is_wanted {
                        return;
                    }
                }
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), listening).await.expect("an event comes");
    events
}

pub fn user(localpart: &str) -> String {
    format!("@{localpart}:{SERVER}")
}

async fn answer(response: axum::response::Response) -> Answer {
    let status = response.status();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

/// What a client with a state membership sends.
pub fn sfu_get(who: &str, room: &str) -> Value {
    json!({ "room": room, "openid_token": openid(who), "device_id": "D" })
}

/// What a client with a sticky membership sends.
pub fn get_token(who: &str, room: &str) -> Value {
    let member = json!({ "id": "m1", "claimed_user_id": user(who), "claimed_device_id": "D" });
    json!({ "room_id": room, "slot_id": "m.call#ROOM", "openid_token": openid(who), "member": member })
}

/// What a client sends to its homeserver.
pub fn passed_token(room: &str) -> Value {
    let member = json!({ "id": "m1", "claimed_device_id": "D" });
    json!({ "url": MEDIA_URL, "room_id": room, "slot_id": "m.call#ROOM", "member": member })
}

fn openid(who: &str) -> Value {
    json!({ "access_token": format!("openid-{who}"), "token_type": "Bearer", "matrix_server_name": SERVER, "expires_in": 3600 })
}

pub fn brand() -> Brand {
    let toml = include_str!("brand.toml");
    toml::from_str(toml).expect("the test brand is a brand")
}

/// What a client makes once for each press of the button.
pub fn request_id() -> String {
    uuid::Uuid::from_u128(rand_u128()).to_string()
}

/// Whether these bytes lie in a file of a folder, or of one in it.
pub fn lies_in(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).any(|path| {
        if path.is_dir() {
            return lies_in(&path, bytes);
        }
        std::fs::read(&path).unwrap_or_default().windows(bytes.len()).any(|window| window == bytes)
    })
}

impl World {
    pub async fn start() -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let homeserver = FakeHomeserver::start().await;
        let clock = Arc::new(TestClock::at(1_700_000_000_000));
        let media = Arc::new(FakeMedia::new());
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::start_on(homeserver, clock, folder, media, None, (brand(), Reach::Private)).await
    }

    /// As an installation that has not allowed webhooks to private addresses.
    pub async fn start_guarded() -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let homeserver = FakeHomeserver::start().await;
        let clock = Arc::new(TestClock::at(1_700_000_000_000));
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let media = Arc::new(FakeMedia::new());
        Self::start_on(homeserver, clock, folder, media, None, (brand(), Reach::Public)).await
    }

    /// With the test brand changed. Consoles may be silent for days, so that a test that lets time pass keeps its operators.
    pub async fn start_as(change: impl FnOnce(&mut Brand)) -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let homeserver = FakeHomeserver::start().await;
        let clock = Arc::new(TestClock::at(1_700_000_000_000));
        let mut brand = brand();
        change(&mut brand);
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let media = Arc::new(FakeMedia::new());
        let config = config(&homeserver, folder.path().join("clinic"), calls_over(&media, None), brand);
        let config = ConsultConfig { operator_away_after_seconds: 10 * 24 * 3_600, ..config };
        Self::start_with(homeserver, clock, folder, media, config).await
    }

    /// With another tenant beside it in the same service, whose host and server are [`NEIGHBOUR`]: with keys and a folder of its own, and with people of the same
    /// names, whose tokens read the same.
    pub async fn start_with_neighbour() -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let (homeserver, other) = (FakeHomeserver::start().await, FakeHomeserver::start_as(NEIGHBOUR).await);
        let clock = Arc::new(TestClock::at(1_700_000_000_000));
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        let media = Arc::new(FakeMedia::new());
        let mut config = config(&homeserver, folder.path().join("clinic"), calls_over(&media, None), brand());
        let mut neighbour = TenantConfig {
            slug: "law".to_owned(),
            server_name: NEIGHBOUR.to_owned(),
            hosts: vec![NEIGHBOUR.to_owned()],
            public_url: format!("https://{NEIGHBOUR}"),
            homeserver_url: other.url.clone(),
            as_token: Secret::new("as-token-of-the-neighbour"),
            hs_token: Secret::new("hs-token-of-the-neighbour"),
            data_folder: folder.path().join("law"),
            keeper_key: Zeroizing::new([8; 32]),
            ..config.tenants[0].clone()
        };
        for member in &mut neighbour.staff {
            member.user_id = member.user_id.as_str().replace(SERVER, NEIGHBOUR).into();
        }
        config.tenants.push(neighbour);
        Self::start_with(homeserver, clock, folder, media, config).await
    }

    /// With another media server, at an address.
    pub async fn start_with_media(server: Arc<dyn MediaServer>, url: &str) -> Self {
        let _already = rustls::crypto::ring::default_provider().install_default();
        let homeserver = FakeHomeserver::start().await;
        let clock = Arc::new(TestClock::at(1_700_000_000_000));
        let calls = CallsConfig { media: server, url: url.to_owned(), ring_seconds: 45 };
        let folder = Arc::new(tempfile::tempdir().expect("a folder"));
        Self::start_on(homeserver, clock, folder, Arc::new(FakeMedia::new()), Some(calls), (brand(), Reach::Private))
            .await
    }

    async fn start_on(
        homeserver: Arc<FakeHomeserver>,
        clock: Arc<TestClock>,
        folder: Arc<TempDir>,
        media: Arc<FakeMedia>,
        calls: Option<CallsConfig>,
        (brand, webhook_reach): (Brand, Reach),
    ) -> Self {
        let config = config(&homeserver, folder.path().join("clinic"), calls_over(&media, calls), brand);
        let config = ConsultConfig { webhook_reach, ..config };
        Self::start_with(homeserver, clock, folder, media, config).await
    }

    async fn start_with(
        homeserver: Arc<FakeHomeserver>,
        clock: Arc<TestClock>,
        folder: Arc<TempDir>,
        media: Arc<FakeMedia>,
        config: ConsultConfig,
    ) -> Self {
        let member = Arc::new(FakeMember::new(Arc::clone(&homeserver)));
        let context = Context::new(Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(SystemRandomness));
        let members = config.tenants.iter().map(|_| Arc::clone(&member) as Arc<dyn Member>).collect();
        let consult = Consult::start_with(config.clone(), context, members).await.expect("the service starts");
        let (api, appservice, webhooks) = (consult.api_router(), consult.appservice_router(), consult.webhook_router());
        let transactions = AtomicU64::new(homeserver.next_transaction());
        let world =
            Self { homeserver, member, media, clock, consult, config, api, appservice, webhooks, transactions, folder };
        world.settle().await;
        world
    }

    /// Stops the service and starts it again on the same data.
    pub async fn restart(self) -> Self {
        self.restart_with(|_| {}).await
    }

    /// The same, with something changed in the brand.
    pub async fn restart_with(self, change: impl FnOnce(&mut Brand)) -> Self {
        let Self { homeserver, clock, consult, folder, media, mut config, .. } = self;
        consult.stop().await;
        let mut brand = config.tenants.remove(0).brand;
        change(&mut brand);
        Self::start_on(homeserver, clock, folder, media, config.calls, (brand, config.webhook_reach)).await
    }

    pub fn data_folder(&self) -> PathBuf {
        self.config.tenants[0].data_folder.clone()
    }

    pub fn context(&self) -> Context {
        Context::new(Arc::clone(&self.clock) as Arc<dyn Clock>, Arc::new(SystemRandomness))
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.pass(seconds);
        self.homeserver.passed_ms.fetch_add(seconds.unsigned_abs() * 1_000, Ordering::SeqCst);
    }

    pub async fn call(&self, who: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
        answer(self.send(who, method, path, body).await).await
    }

    pub async fn send(&self, who: &str, method: &str, path: &str, body: Option<Value>) -> axum::response::Response {
        self.send_to("api.test", who, method, path, body).await
    }

    /// Somebody sends what makes something, by an app that he has in this language.
    pub async fn post_in(&self, language: &str, who: &str, path: &str, body: Value) -> Value {
        let request = Request::post(format!("/_consilium/v1{path}"))
            .header("host", "api.test")
            .header("accept-language", language)
            .header("authorization", format!("Bearer token-{who}"))
            .body(Body::from(body.to_string()))
            .expect("a request");
        answer(self.raw(request).await).await.ok()
    }

    /// Somebody reads something, by an app that he has in this language.
    pub async fn get_in(&self, language: &str, who: &str, path: &str) -> Value {
        let request = Request::get(format!("/_consilium/v1{path}"))
            .header("host", "api.test")
            .header("accept-language", language)
            .header("authorization", format!("Bearer token-{who}"))
            .body(Body::empty())
            .expect("a request");
        answer(self.raw(request).await).await.ok()
    }

    /// As [`Self::call`], to the neighbour.
    pub async fn call_neighbour(&self, who: &str, method: &str, path: &str, body: Option<Value>) -> Answer {
        answer(self.send_to(NEIGHBOUR, who, method, path, body).await).await
    }

    async fn send_to(
        &self,
        host: &str,
        who: &str,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> axum::response::Response {
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = Request::builder()
            .method(method)
            .uri(format!("/_consilium/v1{path}"))
            .header("host", host)
            .header("accept-language", "en")
            .header("authorization", format!("Bearer token-{who}"))
            .body(body)
            .expect("a request");
        self.raw(request).await
    }

    pub async fn raw(&self, request: Request<Body>) -> axum::response::Response {
        self.api.clone().oneshot(request).await.expect("an answer")
    }

    /// Now, by the service's clock.
    pub fn now_ms(&self) -> i64 {
        self.clock.now().as_millis()
    }

    /// What the keeper said in a consultation's room, as our apps read it.
    pub async fn lines(&self, consultation: &Value) -> Vec<Value> {
        self.settle().await;
        let room = consultation["room_id"].as_str().expect("a room");
        self.member.said_in(room).into_iter().map(|content| content["chat.consilium.notice"].clone()).collect()
    }

    /// A request of any `MatrixRTC` client, as browsers send it.
    pub async fn rtc(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(format!("/_consilium/livekit/{path}")).header("host", "api.test");
        answer(self.raw(request.body(Body::from(body.to_string())).expect("a request")).await).await
    }

    /// The same, passed on by the homeserver for a user.
    pub async fn passed_on(&self, who: &str, path: &str, body: &Value) -> Answer {
        let request = Request::post(format!("/_matrix/client/{path}")).header("authorization", "Bearer hs-token");
        let request = request.header("x-matrix-user-identifier", user(who)).body(Body::from(body.to_string()));
        answer(self.proxied(request.expect("a request")).await).await
    }

    /// A request to what the homeserver passes on.
    pub async fn proxied(&self, request: Request<Body>) -> axum::response::Response {
        self.appservice.clone().oneshot(request).await.expect("an answer")
    }

    /// An event of the media server.
    pub async fn hook(&self, body: &str, signature: &str) -> StatusCode {
        let request = Request::post("/webhook").header("content-type", "application/webhook+json");
        let request = request.header("authorization", signature).body(Body::from(body.to_owned())).expect("a request");
        self.webhook(request).await
    }

    pub async fn webhook(&self, request: Request<Body>) -> StatusCode {
        self.webhooks.clone().oneshot(request).await.expect("an answer").status()
    }

    /// One look at the calls, as the worker does each second, with what follows from it.
    pub async fn look(&self) {
        self.only_look().await;
        self.settle().await;
    }

    /// One look; the media server is away, and what has to be done there waits.
    pub async fn only_look(&self) {
        let tenant = self.consult.tenant("clinic").expect("the tenant");
        consilium_consult::call::look(&tenant).await.expect("calls are looked at");
    }

    /// A consultation of a patient that an operator has taken, both in its room.
    pub async fn talk(&self, patient: &str, operator: &str) -> Value {
        let asked = self.ask(patient, "general").await;
        self.taken(asked, patient, operator).await
    }

    /// What a patient has asked for is taken, and both come into its room.
    pub async fn taken(&self, asked: Value, patient: &str, operator: &str) -> Value {
        let id = asked["id"].as_str().expect("an id");
        self.settle().await;
        let room = asked["room_id"].as_str().expect("a room");
        self.homeserver.come_in(room, &user(patient));
        self.post(operator, &format!("/consultations/{id}/take"), json!({})).await;
        self.settle().await;
        self.homeserver.come_in(room, &user(operator));
        self.settle().await;
        asked
    }

    pub async fn get(&self, who: &str, path: &str) -> Value {
        self.call(who, "GET", path, None).await.ok()
    }

    pub async fn post(&self, who: &str, path: &str, body: Value) -> Value {
        self.call(who, "POST", path, Some(body)).await.ok()
    }

    /// A patient asks; returns the consultation.
    pub async fn ask(&self, who: &str, queue: &str) -> Value {
        self.post(who, "/consultations", json!({ "queue_id": queue, "request_id": request_id() })).await
    }

    /// Delivers events as one transaction of the homeserver.
    pub async fn deliver(&self, events: Vec<Value>) -> StatusCode {
        let id = self.transactions.fetch_add(1, Ordering::SeqCst);
        self.deliver_as(&id.to_string(), json!({ "events": events })).await
    }

    pub async fn deliver_as(&self, id: &str, body: Value) -> StatusCode {
        let request = Request::builder()
            .method("PUT")
            .uri(format!("/_matrix/app/v1/transactions/{id}"))
            .header("authorization", "Bearer hs-token")
            .body(Body::from(body.to_string()))
            .expect("a request");
        self.appservice.clone().oneshot(request).await.expect("an answer").status()
    }

    /// Somebody writes in a room.
    pub async fn say(&self, who: &str, room: &str, body: &str) -> String {
        let event = self.homeserver.message(&user(who), room, json!({ "msgtype": "m.text", "body": body }));
        let id = event["event_id"].as_str().expect("an id").to_owned();
        assert_eq!(self.deliver(vec![event]).await, 200);
        id
    }

    /// As [`Self::settle`], while time passes: what was put off comes due.
    pub async fn settle_late(&self) {
        self.settle_by(1).await;
    }

    /// Waits until every webhook that is due has had its answer.
    pub async fn told(&self) {
        let tenant = self.consult.tenant("clinic").expect("the tenant");
        for _ in 0..1_000 {
            tenant.store.hints().wake_webhooks();
            let mut reading = tenant.store.read().await.expect("the store reads");
            let is_quiet = consilium_consult::webhook::is_quiet(&mut reading, &tenant).await;
            drop(reading);
            if is_quiet.expect("the deliveries read") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the webhooks do not become quiet");
    }

    /// Delivers what the homeserver has to tell until nothing is left to do.
    pub async fn settle(&self) {
        self.settle_by(0).await;
    }

    async fn settle_by(&self, seconds: i64) {
        // Half a minute: a machine with much else to do is slow, not wrong.
        const SETTLES_WITHIN: usize = 3_000;
        // What such a machine let a task put off is due only when the clock goes on.
        const GOES_ON_AFTER: usize = 500;
        let tenant = self.consult.tenant("clinic").expect("the tenant");
        for round in 0..SETTLES_WITHIN {
            let events = self.homeserver.take_events();
            if !events.is_empty() {
                assert_eq!(self.deliver(events).await, 200);
            }
            let mut reading = tenant.store.read().await.expect("the store reads");
            let is_quiet = consilium_consult::outbox::is_empty(&mut reading).await.expect("the outbox reads");
            drop(reading);
            if is_quiet && self.homeserver.is_quiet() {
                return;
            }
            self.pass(seconds.max(i64::from(round > GOES_ON_AFTER)));
            // What was put off may be due since the test moved the clock.
            tenant.store.hints().wake_effects();
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the outbox does not become empty");
    }
}

fn calls_over(media: &Arc<FakeMedia>, calls: Option<CallsConfig>) -> CallsConfig {
    let server = Arc::clone(media) as Arc<dyn MediaServer>;
    calls.unwrap_or_else(|| CallsConfig { media: server, url: MEDIA_URL.to_owned(), ring_seconds: 45 })
}

fn rand_u128() -> u128 {
    let mut bytes = [0; 16];
    SystemRandomness.fill(&mut bytes);
    u128::from_be_bytes(bytes)
}

fn config(homeserver: &FakeHomeserver, data_folder: PathBuf, calls: CallsConfig, brand: Brand) -> ConsultConfig {
    let staff = json!([
        { "user_id": user(PETROVA), "name": "Dr Petrova", "title": "GP", "role": "operator", "queues": ["general", "dental"] },
        { "user_id": user(SOKOLOV), "name": "Dr Sokolov", "role": "operator", "queues": ["general"] },
        { "user_id": user(VOLKOVA), "name": "Ms Volkova", "role": "supervisor", "queues": ["general", "dental"] },
    ]);
    let tenant = TenantConfig {
        slug: "clinic".to_owned(),
        server_name: SERVER.to_owned(),
        hosts: vec!["api.test".to_owned()],
        public_url: "https://api.test".to_owned(),
        homeserver_url: homeserver.url.clone(),
        as_token: Secret::new("as-token"),
        hs_token: Secret::new("hs-token"),
        keeper_localpart: "keeper".to_owned(),
        data_folder,
        keeper_key: Zeroizing::new([7; 32]),
        brand,
        api_origins: vec!["http://console.test".to_owned()],
        staff_rooms: vec![STAFF_ROOM.to_owned()],
        signer: None,
        notary: None,
        staff: serde_json::from_value(staff).expect("staff"),
    };
    ConsultConfig {
        tenants: vec![tenant],
        default_tenant: None,
        token_cache_seconds: 10,
        operator_away_after_seconds: 90,
        event_backlog: 10_000,
        callback_keep_days: 30,
        note_mention_hours: 24,
        webhook_reach: Reach::Private,
        trusted_proxies: Vec::new(),
        calls: Some(calls),
        doctor: Some(Arc::new(FakeDoctor::default())),
    }
}
