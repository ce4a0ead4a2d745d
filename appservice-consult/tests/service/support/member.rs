//! A keeper without cryptography: it reads what the test's homeserver «encrypted», and counts what it was asked.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use consilium_consult::member::Member;
use consilium_keeper::{
    BackupSecret, Custody, Decrypted, DeviceChanges, HandOver, History, KeeperError, KeeperEvent, Received, SecretWish,
    Transaction, Verification, Waiting, WaitingReason,
};
use serde_json::{Value, json};

use super::homeserver::FakeHomeserver;

pub const KEEPER: &str = "@keeper:hs.test";

pub struct FakeMember {
    homeserver: Arc<FakeHomeserver>,
    said: Mutex<HashSet<String>>,
    /// (room, content) of each message, in order.
    words: Mutex<Vec<(String, Value)>>,
    /// Devices of users that can be given keys; 1 where nothing is said.
    pub devices: Mutex<HashMap<String, usize>>,
    /// Users whose identity was replaced.
    pub replaced: Mutex<HashSet<String>>,
    /// (room, user) of each hand-over.
    pub handed: Mutex<Vec<(String, String)>>,
    /// Users whose identity was signed.
    pub trusted: Mutex<Vec<String>>,
    /// While it is locked, hand-overs wait.
    pub gate: tokio::sync::Mutex<()>,
    /// Secrets of key backups; `None`: in the person's own hands.
    pub secrets: Mutex<HashMap<String, Option<[u8; 32]>>>,
    /// There is no room on the disk of its store.
    pub is_full: AtomicBool,
    /// Transactions that were received, repeated ones too.
    pub received: Mutex<Vec<String>>,
}

impl FakeMember {
    pub fn new(homeserver: Arc<FakeHomeserver>) -> Self {
        Self {
            homeserver,
            said: Mutex::default(),
            words: Mutex::default(),
            devices: Mutex::default(),
            replaced: Mutex::default(),
            handed: Mutex::default(),
            trusted: Mutex::default(),
            gate: tokio::sync::Mutex::default(),
            secrets: Mutex::default(),
            is_full: AtomicBool::new(false),
            received: Mutex::default(),
        }
    }

    /// What was said in a room, in order.
    pub fn said_in(&self, room: &str) -> Vec<Value> {
        let words = self.words.lock().expect("words");
        words.iter().filter(|(at, _)| at == room).map(|(_, content)| content.clone()).collect()
    }

    fn read(event: Value) -> KeeperEvent {
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        if event["type"] != "m.room.encrypted" {
            return KeeperEvent::Plain(event);
        }
        if event["content"]["waiting"] == true {
            return KeeperEvent::Waiting(Waiting {
                event_id: text("event_id"),
                room_id: text("room_id"),
                sender: text("sender"),
                session_id: "S".to_owned(),
                sent_at_ms: event["origin_server_ts"].as_u64().unwrap_or(0),
                reason: WaitingReason::MissingKey,
                withheld: None,
            });
        }
        KeeperEvent::Decrypted(decrypted(event))
    }
}

fn decrypted(mut event: Value) -> Decrypted {
    event["type"] = json!("m.room.message");
    event["content"] = event["content"]["plain"].take();
    Decrypted {
        event,
        session_id: "S".to_owned(),
        verification: Verification::CrossSigned,
        device_id: Some("D".to_owned()),
        forwarded_by: None,
    }
}

#[async_trait]
impl Member for FakeMember {
    fn user_id(&self) -> &str {
        KEEPER
    }

    fn master_key(&self) -> &'static str {
        "MASTER"
    }

    async fn receive(&self, transaction: Transaction) -> Result<Received, KeeperError> {
        if self.is_full.load(Ordering::SeqCst) {
            return Err(KeeperError::Store("database or disk is full".into()));
        }
        self.received.lock().expect("received").push(transaction.id().to_owned());
        let events = transaction.events();
        let late =
            events.iter().filter(|event| event["type"] == "late").map(|event| decrypted(event["content"].clone()));
        let changed = events
            .iter()
            .filter(|event| event["type"] == "devices")
            .filter_map(|event| event["content"]["user"].as_str());
        Ok(Received {
            late: late.collect(),
            device_changes: DeviceChanges { changed: changed.map(str::to_owned).collect(), left: Vec::new() },
            events: events
                .iter()
                .filter(|event| event["type"] != "late" && event["type"] != "devices")
                .cloned()
                .map(Self::read)
                .collect(),
            ..Received::default()
        })
    }

    async fn say(&self, room_id: &str, content: Value, txn_id: &str) -> Result<(), KeeperError> {
        if self.said.lock().expect("said").insert(txn_id.to_owned()) {
            self.words.lock().expect("words").push((room_id.to_owned(), content.clone()));
            self.homeserver.tell(self.homeserver.message(KEEPER, room_id, content));
        }
        Ok(())
    }

    async fn history(&self, room_id: &str) -> Result<History, KeeperError> {
        drop(self.gate.lock().await);
        Ok(History { room_id: room_id.to_owned(), sessions: ["S1", "S2", "S3"].map(str::to_owned).into() })
    }

    async fn hand_over(&self, history: History, user_id: &str) -> Result<HandOver, KeeperError> {
        if self.replaced.lock().expect("replaced").contains(user_id) {
            return Err(KeeperError::IdentityChanged { user: user_id.to_owned() });
        }
        self.handed.lock().expect("handed").push((history.room_id, user_id.to_owned()));
        let devices = self.devices.lock().expect("devices").get(user_id).copied().unwrap_or(1);
        Ok(HandOver { devices, sessions: history.sessions.len() })
    }

    async fn joined(&self, room_id: &str, user_id: &str) -> Result<Option<HandOver>, KeeperError> {
        self.hand_over(self.history(room_id).await?, user_id).await.map(Some)
    }

    async fn trust_operator(&self, user_id: &str) -> Result<(), KeeperError> {
        self.trusted.lock().expect("trusted").push(user_id.to_owned());
        Ok(())
    }

    async fn approve_identity(&self, user_id: &str) -> Result<(), KeeperError> {
        self.replaced.lock().expect("replaced").remove(user_id);
        Ok(())
    }

    async fn backup_secret(&self, user_id: &str, wish: SecretWish) -> Result<Custody, KeeperError> {
        let mut secrets = self.secrets.lock().expect("secrets");
        let next = u8::try_from(secrets.len()).expect("few") + 1;
        let (secret, is_new) = match (secrets.get(user_id), wish) {
            (Some(Some(secret)), _) => (*secret, false),
            (Some(None), SecretWish::Kept) => return Ok(Custody::Person),
            _ => ([next; 32], true),
        };
        secrets.insert(user_id.to_owned(), Some(secret));
        Ok(Custody::Keeper { secret: BackupSecret::from_bytes(secret), is_new })
    }

    async fn forget_backup_secret(&self, user_id: &str) -> Result<(), KeeperError> {
        self.secrets.lock().expect("secrets").insert(user_id.to_owned(), None);
        Ok(())
    }

    async fn close(&self) {}
}
