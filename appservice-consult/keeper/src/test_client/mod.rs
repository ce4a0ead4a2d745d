//! A real end-to-end encrypted Matrix client for tests, behind the feature `test-client`.
//!
//! Browser tests are slow; most of what the keeper must do with other people's clients is tested with this one. It has its
//! own crypto machine (in memory), signs in, syncs, sends, decrypts, sets up cross-signing, imports and sends room key
//! bundles, and has bad habits on request. It behaves like matrix-js-sdk where that matters: a bundle is imported by itself
//! once for each join; after that only [`TestClient::accept_bundle`] does (`maybeAcceptKeyBundle` there).

mod files;
mod keys;
mod rooms;
mod session;
mod sync;
mod timeline;

use std::collections::{BTreeMap, BTreeSet};

use matrix_sdk_crypto::OlmMachine;
use ruma16::OwnedUserId;
use serde_json::{Value, json};

pub use keys::false_identity;
pub use session::TestClientError;
pub use timeline::Message;

use session::Session;

type Result<T> = std::result::Result<T, TestClientError>;

/// A signed-in user on one device. What it has not synced it does not know: leave it alone and the app is closed.
pub struct TestClient {
    session: Session,
    user: OwnedUserId,
    password: String,
    olm: OlmMachine,
    habits: Habits,
    since: Option<String>,
    rooms: BTreeMap<String, RoomView>,
    /// Rooms joined after an invite whose bundle has not come: room → who invited.
    pending_bundles: BTreeMap<String, String>,
    /// Bundles that came: `(room, sender)`.
    announced_bundles: BTreeSet<(String, String)>,
    /// To-device messages as they were decrypted, oldest first: for what a test wants to see.
    to_device: Vec<Value>,
}

/// A partner's key pair for the keeper's backup: `(AGE-SECRET-KEY-1…, age1…)`.
pub fn backup_key_pair() -> (String, String) {
    let identity = age::x25519::Identity::generate();
    let secret = age::secrecy::ExposeSecret::expose_secret(&identity.to_string()).to_owned();
    (secret, identity.to_public().to_string())
}

/// How a client differs from the best one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Habits {
    /// Gives room keys only to verified users («never send to unverified»).
    pub shares_with_verified_only: bool,
    /// Marks its room keys as shareable where the room's history is shared. Older clients do not.
    pub marks_shared_history: bool,
}

impl Default for Habits {
    fn default() -> Self {
        Self { shares_with_verified_only: false, marks_shared_history: true }
    }
}

/// What the client knows of a room, from `/sync`.
#[derive(Debug, Default)]
struct RoomView {
    members: BTreeMap<String, String>,
    encryption: Option<Value>,
    history_visibility: Option<String>,
    invited_by: Option<String>,
}

impl TestClient {
    /// A new account (`m.login.dummy`) on a first device.
    pub async fn register(base_url: &str, name: &str, password: &str) -> Result<Self> {
        let account = json!({ "username": name, "password": password, "auth": { "type": "m.login.dummy" } });
        let answer = Session::anonymous(base_url)?.post(&["client", "v3", "register"], account).await?;
        Self::signed_in(base_url, &answer, password).await
    }

    /// Another device of an account, without any keys of the others.
    pub async fn login(base_url: &str, name: &str, password: &str) -> Result<Self> {
        let login = json!({
            "type": "m.login.password", "identifier": { "type": "m.id.user", "user": name }, "password": password,
        });
        let answer = Session::anonymous(base_url)?.post(&["client", "v3", "login"], login).await?;
        Self::signed_in(base_url, &answer, password).await
    }

    /// From an answer of `/register` or `/login`. Uploads the device's keys.
    async fn signed_in(base_url: &str, answer: &Value, password: &str) -> Result<Self> {
        let text = |name: &'static str| answer[name].as_str().ok_or(TestClientError::Answer(name));
        let user: OwnedUserId = text("user_id")?.try_into().map_err(|_| TestClientError::Answer("user_id"))?;
        let olm = OlmMachine::new(&user, text("device_id")?.into()).await;
        let client = Self {
            session: Session::anonymous(base_url)?.with_token(text("access_token")?),
            user,
            password: password.to_owned(),
            olm,
            habits: Habits::default(),
            since: None,
            rooms: BTreeMap::new(),
            pending_bundles: BTreeMap::new(),
            announced_bundles: BTreeSet::new(),
            to_device: Vec::new(),
        };
        client.drain().await?;
        Ok(client)
    }

    #[must_use]
    pub fn with_habits(mut self, habits: Habits) -> Self {
        self.habits = habits;
        self
    }

    pub fn user_id(&self) -> &str {
        self.user.as_str()
    }

    pub fn device_id(&self) -> &str {
        self.olm.device_id().as_str()
    }

    pub fn access_token(&self) -> &str {
        self.session.token()
    }

    /// The decrypted to-device messages so far.
    pub fn to_device_messages(&self) -> &[Value] {
        &self.to_device
    }
}

impl std::fmt::Debug for TestClient {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "TestClient({}, {})", self.user, self.olm.device_id())
    }
}
