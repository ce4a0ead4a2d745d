//! One homeserver with the keeper as its application service, and what a test may do to the transactions on their way.
//!
//! The consultation service's part (creating conversations, inviting, removing) is done here by plain calls as the keeper's
//! user, so that these tests are about the keeper alone.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};
use axum::{
    Router,
    body::Bytes,
    extract::{Path as UrlPath, State},
    http::StatusCode,
    routing::put,
};
use consilium_keeper::{
    Context, Decrypted, HandOver, Keeper, KeeperConfig, KeeperError, KeeperEvent, KeeperKey, Received, Secret,
    Transaction, Waiting, test_client::TestClient,
};
use serde_json::{Value, json};

use crate::homeserver::{self, Homeserver};

pub const SERVER_NAME: &str = "hs.test";
pub const KEEPER: &str = "@keeper:hs.test";
pub const AS_TOKEN: &str = "as-token-of-the-keeper-tests";
pub const HS_TOKEN: &str = "hs-token-of-the-keeper-tests";
pub const PASSWORD: &str = "correct horse battery staple";
const KEY: [u8; 32] = [7; 32];
/// How long a test waits for what the homeserver delivers by itself.
const PATIENCE: Duration = Duration::from_secs(20);
const POLL_EVERY: Duration = Duration::from_millis(20);
/// How long a transaction is held for a keeper that is away. Shorter than the homeserver waits for an answer.
const HOLD: Duration = Duration::from_secs(45);

pub struct World {
    homeserver: Homeserver,
    http: reqwest::Client,
    desk: Arc<Desk>,
    folder: tempfile::TempDir,
    attempts: std::sync::atomic::AtomicU64,
}

/// Stands where the consultation service stands: receives transactions, gives them to the keeper, keeps the answers.
#[derive(Default)]
pub struct Desk {
    keeper: tokio::sync::RwLock<Option<Keeper>>,
    /// Where transactions go instead: to a keeper in a process of its own.
    elsewhere: Mutex<Option<String>>,
    book: Mutex<Book>,
    mischief: Mutex<Mischief>,
}

/// What the consultation service would hold in SQL.
#[derive(Default)]
struct Book {
    answers: Vec<Received>,
    read: BTreeMap<String, Decrypted>,
    order: Vec<String>,
    waiting: BTreeMap<String, Waiting>,
}

/// What goes wrong between homeserver and keeper.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mischief {
    /// Each transaction is delivered twice, and both answers must be the same.
    pub twice: bool,
    /// To-device messages are lost.
    pub drop_to_device: bool,
    /// Answers are lost after the keeper gave them: the homeserver repeats the transaction. Counts down.
    pub lost_answers: u32,
    /// Transactions are refused at once: the homeserver makes each anew, with the counts of that moment.
    pub refuse: bool,
}

impl World {
    /// A homeserver and a keeper on it.
    pub async fn start() -> Result<Self> {
        let world = Self::without_keeper().await?;
        world.start_keeper().await?;
        Ok(world)
    }

    pub async fn without_keeper() -> Result<Self> {
        install_tls();
        let desk = Arc::new(Desk::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let app = Router::new()
            .route("/_matrix/app/v1/transactions/{txn_id}", put(take_transaction))
            .with_state(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self {
            homeserver: homeserver::start(&address).await?,
            http: reqwest::Client::new(),
            desk,
            folder: tempfile::tempdir()?,
            attempts: std::sync::atomic::AtomicU64::new(0),
        })
    }

    pub fn url(&self) -> &str {
        self.homeserver.url()
    }

    pub fn keeper_folder(&self) -> PathBuf {
        self.folder.path().join("keeper.db")
    }

    /// Everything that homeserver and keeper keep on disk.
    pub fn folders(&self) -> Vec<PathBuf> {
        vec![self.folder.path().to_owned(), self.homeserver.folder().to_owned()]
    }

    pub fn config(&self) -> KeeperConfig {
        config(self.url(), self.keeper_folder())
    }

    pub async fn start_keeper(&self) -> Result<Keeper> {
        let keeper = Keeper::start(self.config(), context()).await?;
        *self.desk.keeper.write().await = Some(keeper.clone());
        Ok(keeper)
    }

    /// Puts another keeper in the place of the one that was (a restored one).
    pub async fn appoint(&self, keeper: Keeper) {
        *self.desk.keeper.write().await = Some(keeper);
    }

    pub async fn stop_keeper(&self) {
        if let Some(keeper) = self.desk.keeper.write().await.take() {
            keeper.close().await;
        }
    }

    pub async fn restart_keeper(&self) -> Result<Keeper> {
        self.stop_keeper().await;
        self.start_keeper().await
    }

    pub async fn keeper(&self) -> Result<Keeper> {
        self.desk.keeper.read().await.clone().context("the keeper runs")
    }

    /// Transactions go to this address from now on, and are held while nobody answers there; `None`: to the keeper in
    /// this process.
    pub fn send_transactions_to(&self, address: Option<String>) {
        *lock(&self.desk.elsewhere) = address;
    }

    pub fn set_mischief(&self, mischief: Mischief) {
        *lock(&self.desk.mischief) = mischief;
    }

    /// A new account, with cross-signing as our apps set it up silently.
    pub async fn user(&self, name: &str) -> Result<TestClient> {
        let client = self.user_without_cross_signing(name).await?;
        client.set_up_cross_signing(false).await?;
        Ok(client)
    }

    pub async fn user_without_cross_signing(&self, name: &str) -> Result<TestClient> {
        Ok(TestClient::register(self.url(), name, PASSWORD).await?)
    }

    pub async fn login(&self, name: &str) -> Result<TestClient> {
        Ok(TestClient::login(self.url(), name, PASSWORD).await?)
    }

    /// A conversation as the service makes it, joined by its patient.
    pub async fn conversation(&self, patient: &mut TestClient) -> Result<String> {
        let state = |kind: &str, content: Value| json!({ "type": kind, "state_key": "", "content": content });
        let request = json!({
            "preset": "private_chat",
            "room_version": "12",
            "invite": [patient.user_id()],
            "initial_state": [
                state("m.room.encryption", json!({ "algorithm": "m.megolm.v1.aes-sha2" })),
                state("m.room.history_visibility", json!({ "history_visibility": "shared" })),
            ],
        });
        let answer = self.as_keeper(reqwest::Method::POST, &["createRoom"], request).await?;
        let room = answer["room_id"].as_str().context("room_id")?.to_owned();
        patient.sync().await?;
        patient.join(&room).await?;
        patient.sync().await?;
        Ok(room)
    }

    pub async fn invite(&self, room: &str, user: &str) -> Result<()> {
        let body = json!({ "user_id": user });
        self.as_keeper(reqwest::Method::POST, &["rooms", room, "invite"], body).await.map(drop)
    }

    pub async fn kick(&self, room: &str, user: &str) -> Result<()> {
        let body = json!({ "user_id": user });
        self.as_keeper(reqwest::Method::POST, &["rooms", room, "kick"], body).await.map(drop)
    }

    pub async fn join_as_keeper(&self, room: &str) -> Result<()> {
        self.as_keeper(reqwest::Method::POST, &["join", room], json!({})).await.map(drop)
    }

    /// All keys that there are now.
    pub async fn hand_over(&self, room: &str, user: &str) -> Result<HandOver> {
        let keeper = self.keeper().await?;
        Ok(keeper.hand_over(keeper.history(room).await?, user).await?)
    }

    /// The keeper says a text.
    pub async fn say(&self, room: &str, text: &str) -> Result<String> {
        let attempt = self.attempts.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let content = json!({ "msgtype": "m.text", "body": text });
        let sent = self.keeper().await?.send(room, "m.room.message", content, &format!("say-{attempt}")).await?;
        Ok(sent.event_id)
    }

    /// A request as the keeper's user, below `/_matrix/client/v3`.
    pub async fn as_keeper(&self, method: reqwest::Method, path: &[&str], body: Value) -> Result<Value> {
        let mut url = reqwest::Url::parse(self.url())?;
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["_matrix", "client", "v3"]).extend(path);
        }
        url.query_pairs_mut().append_pair("user_id", KEEPER);
        let response = self.http.request(method, url).bearer_auth(AS_TOKEN).body(body.to_string()).send().await?;
        let (status, answer) = (response.status(), response.bytes().await?);
        ensure!(status.is_success(), "{path:?} as the keeper: {status} {}", String::from_utf8_lossy(&answer));
        Ok(serde_json::from_slice(&answer)?)
    }

    /// Waits until the keeper has read these events.
    pub async fn keeper_reads(&self, events: &[String]) -> Result<()> {
        self.eventually(&format!("the keeper reads {events:?}"), |book| {
            events.iter().all(|event| book.read.contains_key(event))
        })
        .await
    }

    /// Waits until this event waits for its key.
    pub async fn keeper_waits_for(&self, event: &str) -> Result<Waiting> {
        self.eventually(&format!("the keeper waits for {event}"), |book| book.waiting.contains_key(event)).await?;
        lock(&self.desk.book).waiting.get(event).cloned().context("it waits")
    }

    /// Waits until the keeper has seen a member in this membership.
    pub async fn keeper_sees(&self, room: &str, user: &str, membership: &str) -> Result<()> {
        self.eventually(&format!("the keeper sees {user} {membership}"), |book| {
            let plain = book.answers.iter().flat_map(|answer| &answer.events).filter_map(|event| match event {
                KeeperEvent::Plain(event) => Some(event),
                _ => None,
            });
            let mut of_user = plain.filter(|event| {
                event["type"] == "m.room.member" && event["room_id"] == room && event["state_key"] == user
            });
            of_user.next_back().is_some_and(|event| event["content"]["membership"] == membership)
        })
        .await
    }

    /// Waits until an answer fulfils this.
    pub async fn keeper_told(&self, what: &str, told: impl Fn(&Received) -> bool) -> Result<()> {
        self.eventually(what, |book| book.answers.iter().any(&told)).await
    }

    async fn eventually(&self, what: &str, condition: impl Fn(&Book) -> bool) -> Result<()> {
        let attempts = PATIENCE.as_millis() / POLL_EVERY.as_millis();
        for _ in 0..attempts {
            if condition(&lock(&self.desk.book)) {
                return Ok(());
            }
            tokio::time::sleep(POLL_EVERY).await;
        }
        bail!("did not come about: {what}")
    }

    /// What the keeper made of an event.
    pub fn read_by_keeper(&self, event: &str) -> Option<Decrypted> {
        lock(&self.desk.book).read.get(event).cloned()
    }

    /// Bodies of all messages that the keeper read, in the order it read them first; each event once.
    pub fn texts_of_keeper(&self, room: &str) -> Vec<String> {
        let book = lock(&self.desk.book);
        let read = book.order.iter().filter_map(|event| book.read.get(event));
        let of_room = read.filter(|decrypted| decrypted.event["room_id"] == room);
        of_room.filter_map(|decrypted| decrypted.event["content"]["body"].as_str()).map(str::to_owned).collect()
    }
}

pub fn config(url: &str, folder: PathBuf) -> KeeperConfig {
    KeeperConfig {
        homeserver_url: url.to_owned(),
        server_name: SERVER_NAME.to_owned(),
        as_token: Secret::new(AS_TOKEN),
        localpart: "keeper".to_owned(),
        device_id: "KEEPER1".to_owned(),
        folder,
        key: KeeperKey::from_bytes(KEY),
    }
}

/// Once in a process, before the first HTTP client.
pub fn install_tls() {
    let _is_installed_already = rustls::crypto::ring::default_provider().install_default();
}

pub fn context() -> Context {
    Context::new(|| 1_700_000_000_000, |buffer| buffer.fill(3))
}

/// Holds a transaction until a keeper takes it, as a line that is slow: a refusal makes the homeserver wait longer and
/// longer, and a killed keeper would then never be caught at work.
async fn take_transaction(
    State(desk): State<Arc<Desk>>,
    UrlPath(txn_id): UrlPath<String>,
    body: Bytes,
) -> (StatusCode, &'static str) {
    const REFUSED: (StatusCode, &str) = (StatusCode::SERVICE_UNAVAILABLE, "{}");
    const TAKEN: (StatusCode, &str) = (StatusCode::OK, "{}");
    for _ in 0..HOLD.as_millis() / POLL_EVERY.as_millis() {
        if lock(&desk.mischief).refuse {
            return REFUSED;
        }
        let elsewhere = lock(&desk.elsewhere).clone();
        let taken = match elsewhere {
            Some(address) => forward(&address, &txn_id, body.clone()).await,
            None => match desk.take(&txn_id, &body).await {
                Ok(true) => true,
                Err(KeeperError::Closed) => false,
                Ok(false) => return REFUSED,
                Err(error) => {
                    eprintln!("a transaction failed: {error} {error:?}");
                    return REFUSED;
                }
            },
        };
        if taken {
            return TAKEN;
        }
        tokio::time::sleep(POLL_EVERY).await;
    }
    REFUSED
}

/// To the process that runs the keeper now. Whether it took the transaction; a dead one does not.
async fn forward(address: &str, txn_id: &str, body: Bytes) -> bool {
    let url = format!("{address}/_matrix/app/v1/transactions/{txn_id}");
    let answer = reqwest::Client::new().put(url).body(body).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}

impl Desk {
    /// Whether the transaction is acknowledged.
    async fn take(&self, txn_id: &str, body: &[u8]) -> Result<bool, KeeperError> {
        let keeper = self.keeper.read().await.clone().ok_or(KeeperError::Closed)?;
        let mischief = *lock(&self.mischief);
        let mut body: Value =
            serde_json::from_slice(body).map_err(|error| KeeperError::NotATransaction(error.to_string()))?;
        if mischief.drop_to_device
            && let Some(body) = body.as_object_mut()
        {
            body.retain(|name, _| !name.ends_with("to_device"));
        }
        let transaction = Transaction::from_value(txn_id, body)?;
        let answer = keeper.receive(transaction.clone()).await?;
        if mischief.lost_answers > 0 {
            lock(&self.mischief).lost_answers -= 1;
            return Ok(false);
        }
        if mischief.twice {
            let again = keeper.receive(transaction).await?;
            assert_eq!(answer, again, "a repeated transaction gives the same answer");
        }
        lock(&self.book).enter(answer);
        Ok(true)
    }
}

impl Book {
    fn enter(&mut self, answer: Received) {
        for event in &answer.events {
            match event {
                KeeperEvent::Decrypted(decrypted) => self.enter_read(decrypted),
                KeeperEvent::Waiting(waiting) => {
                    self.waiting.insert(waiting.event_id.clone(), waiting.clone());
                }
                KeeperEvent::Plain(_) => {}
            }
        }
        for decrypted in &answer.late {
            self.enter_read(decrypted);
        }
        for waiting in &answer.withheld {
            self.waiting.insert(waiting.event_id.clone(), waiting.clone());
        }
        self.answers.push(answer);
    }

    fn enter_read(&mut self, decrypted: &Decrypted) {
        let event_id = decrypted.event["event_id"].as_str().unwrap_or_default().to_owned();
        self.waiting.remove(&event_id);
        if self.read.insert(event_id.clone(), decrypted.clone()).is_none() {
            self.order.push(event_id);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
