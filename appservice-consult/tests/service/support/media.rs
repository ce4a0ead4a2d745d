//! A media server that holds rooms in memory. Tokens and signatures are real ones.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use consilium_consult::call::{Heard, LiveKit, MediaError, MediaServer, NotSigned, Presence, Someone, Voice};
use hmac::{Hmac, Mac};
use livekit_api::access_token::AccessToken;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub const KEY: &str = "consult";
pub const SECRET: &str = "a secret of forty-eight characters for tests only";
pub const MEDIA_URL: &str = "ws://127.0.0.1:7880";

#[derive(Debug, Clone)]
pub struct FakeRoom {
    pub sid: String,
    pub people: Vec<Someone>,
}

#[derive(Debug)]
pub struct FakeMedia {
    real: LiveKit,
    numbers: AtomicU64,
    rooms: Mutex<HashMap<String, FakeRoom>>,
    /// Who was taken out, in order.
    pub removed: Mutex<Vec<String>>,
    /// It does not answer.
    pub is_down: AtomicBool,
    /// It answers, and nobody who is there can be told anything.
    pub is_unheard: AtomicBool,
}

impl FakeMedia {
    pub fn new() -> Self {
        Self {
            real: LiveKit::new("http://127.0.0.1:1", KEY, SECRET),
            numbers: AtomicU64::new(0),
            rooms: Mutex::default(),
            removed: Mutex::default(),
            is_down: AtomicBool::new(false),
            is_unheard: AtomicBool::new(false),
        }
    }

    fn answers(&self) -> Result<(), MediaError> {
        if self.is_down.load(Ordering::SeqCst) {
            return Err(MediaError::Unreachable("killed".to_owned()));
        }
        Ok(())
    }

    pub fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::SeqCst)
    }

    pub fn rooms(&self) -> HashMap<String, FakeRoom> {
        self.rooms.lock().expect("rooms").clone()
    }

    /// The one room that there is: its name and its life's id.
    pub fn only_room(&self) -> (String, String) {
        let rooms = self.rooms();
        assert_eq!(rooms.len(), 1, "{rooms:?}");
        rooms.into_iter().map(|(name, room)| (name, room.sid)).next().expect("one")
    }

    /// Somebody connects with a token of that identity, which lets him speak; `None`: there is no such room.
    pub fn connect(&self, room: &str, identity: &str) -> Option<Someone> {
        self.enter(room, identity, Voice::Speaks)
    }

    /// What an event says of somebody holds at the media server too: else a look that happens to come in between takes him for lost.
    pub fn has_told(&self, kind: &str, room: &str, identity: &str, sid: &str) {
        self.disconnect(room, sid);
        let who = Someone {
            sid: sid.to_owned(),
            identity: identity.to_owned(),
            joined_ms: 0,
            reason: 0,
            voice: Some(Voice::Speaks),
        };
        if let Some(room) = self.rooms.lock().expect("rooms").get_mut(room).filter(|_| kind == "participant_joined") {
            room.people.push(who);
        }
    }

    /// Somebody connects with this token.
    pub fn connect_by(&self, jwt: &str) -> Option<Someone> {
        let claims = claims(jwt);
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let speaks = claims["video"]["canPublish"] == true || claims["video"]["canPublishData"] == true;
        let hears = claims["video"]["canSubscribe"] == true;
        let voice = match (hears, speaks) {
            (false, _) => Voice::Waits,
            (true, true) => Voice::Speaks,
            (true, false) => Voice::Listens,
        };
        self.enter(&text(&claims["video"]["room"]), &text(&claims["sub"]), voice)
    }

    /// What an identity may do there.
    pub fn voice_of(&self, identity: &str) -> Option<Voice> {
        self.who(identity)?.voice
    }

    /// The connection of an identity that is there.
    pub fn sid_of(&self, identity: &str) -> Option<String> {
        Some(self.who(identity)?.sid)
    }

    fn who(&self, identity: &str) -> Option<Someone> {
        let mut people = self.rooms().into_values().flat_map(|room| room.people);
        people.find(|who| who.identity == identity)
    }

    fn enter(&self, room: &str, identity: &str, voice: Voice) -> Option<Someone> {
        let who = Someone {
            sid: format!("PA_{}", self.number()),
            identity: identity.to_owned(),
            joined_ms: 0,
            reason: 0,
            voice: Some(voice),
        };
        self.rooms.lock().expect("rooms").get_mut(room)?.people.push(who.clone());
        Some(who)
    }

    pub fn disconnect(&self, room: &str, sid: &str) {
        if let Some(room) = self.rooms.lock().expect("rooms").get_mut(room) {
            room.people.retain(|who| who.sid != sid);
        }
    }

    pub fn is_there(&self, identity: &str) -> bool {
        self.rooms().values().any(|room| room.people.iter().any(|who| who.identity == identity))
    }

    /// It was killed and started again: nothing is left.
    pub fn lose_everything(&self) {
        self.rooms.lock().expect("rooms").clear();
    }
}

#[async_trait]
impl MediaServer for FakeMedia {
    async fn open(&self, room: &str) -> Result<String, MediaError> {
        self.answers()?;
        let mut rooms = self.rooms.lock().expect("rooms");
        let fresh = || FakeRoom { sid: format!("RM_{}", self.number()), people: Vec::new() };
        Ok(rooms.entry(room.to_owned()).or_insert_with(fresh).sid.clone())
    }

    async fn close(&self, room: &str) -> Result<(), MediaError> {
        self.answers()?;
        self.rooms.lock().expect("rooms").remove(room);
        Ok(())
    }

    async fn remove(&self, room: &str, identity: &str) -> Result<(), MediaError> {
        self.answers()?;
        self.removed.lock().expect("removed").push(identity.to_owned());
        if let Some(room) = self.rooms.lock().expect("rooms").get_mut(room) {
            room.people.retain(|who| who.identity != identity);
        }
        Ok(())
    }

    async fn presence(&self, room: &str) -> Result<Option<Presence>, MediaError> {
        self.answers()?;
        let found = self.rooms.lock().expect("rooms").get(room).cloned();
        Ok(found.map(|room| Presence { sid: room.sid, created_ms: 0, people: room.people }))
    }

    async fn let_speak(&self, room: &str, identity: &str, voice: Voice) -> Result<Option<Someone>, MediaError> {
        self.answers()?;
        if self.is_unheard.load(Ordering::SeqCst) {
            return Err(MediaError::Refused("unavailable: no response from servers".to_owned()));
        }
        let mut rooms = self.rooms.lock().expect("rooms");
        let mut people = rooms.get_mut(room).into_iter().flat_map(|room| room.people.iter_mut());
        Ok(people.find(|who| who.identity == identity).map(|who| {
            who.voice = Some(voice);
            who.clone()
        }))
    }

    fn token(&self, room: &str, identity: &str, voice: Voice) -> Result<String, MediaError> {
        self.real.token(room, identity, voice)
    }

    fn read(&self, body: &[u8], authorization: &str) -> Result<Heard, NotSigned> {
        self.real.read(body, authorization)
    }
}

/// An event as LiveKit writes it.
pub struct Event<'a> {
    pub id: String,
    pub kind: &'a str,
    pub room: &'a str,
    pub room_sid: &'a str,
    pub at_ms: i64,
    pub who: Option<(&'a str, &'a str, i64)>,
    pub reason: &'a str,
}

impl Event<'_> {
    pub fn body(&self) -> String {
        let mut event = json!({
            "event": self.kind,
            "room": { "sid": self.room_sid, "name": self.room, "emptyTimeout": 90, "creationTime": "0", "newFieldOfLater": true },
            "id": self.id,
            "createdAt": (self.at_ms / 1_000).to_string(),
        });
        if let Some((sid, identity, joined_ms)) = self.who {
            event["participant"] = json!({
                "sid": sid, "identity": identity, "state": "ACTIVE", "joinedAt": (joined_ms / 1_000).to_string(),
                "joinedAtMs": joined_ms.to_string(), "disconnectReason": self.reason,
            });
        }
        event.to_string()
    }
}

/// The media server's signature of a body.
pub fn sign(body: &str) -> String {
    sign_as(KEY, SECRET, body)
}

pub fn sign_as(key: &str, secret: &str, body: &str) -> String {
    let digest = STANDARD.encode(Sha256::digest(body));
    AccessToken::with_api_key(key, secret).with_sha256(&digest).to_jwt().expect("a token")
}

/// The same by the media server's own secret, but made so long ago; it is valid for six hours.
pub fn sign_ago(seconds: i64, body: &str) -> String {
    let mut claims = claims(&sign(body));
    for time in ["exp", "nbf"] {
        claims[time] = json!(claims[time].as_i64().expect("a time") - seconds);
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT" })), part(&claims));
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(SECRET.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// The claims of a token, unverified.
pub fn claims(jwt: &str) -> Value {
    let part = jwt.split('.').nth(1).expect("three parts");
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64");
    serde_json::from_slice(&bytes).expect("JSON")
}
