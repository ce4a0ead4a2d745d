//! Rooms, short: what nearly every test does with them.

use serde_json::{Value, json};

use crate::user::{User, segment};

/// An answer of `/sync`.
#[derive(Clone, Debug)]
pub struct Synced(pub Value);

/// The part of a joined room in an answer of `/sync`; `null` when the room is not in it.
#[derive(Clone, Debug)]
pub struct SyncedRoom(pub Value);

impl Synced {
    pub fn next_batch(&self) -> &str {
        self.0["next_batch"].as_str().unwrap_or_default()
    }

    pub fn joined(&self, room: &str) -> SyncedRoom {
        SyncedRoom(self.0["rooms"]["join"][room].clone())
    }

    pub fn left(&self, room: &str) -> SyncedRoom {
        SyncedRoom(self.0["rooms"]["leave"][room].clone())
    }

    pub fn is_invited(&self, room: &str) -> bool {
        self.0["rooms"]["invite"][room].is_object()
    }

    /// The events below `to_device`.
    pub fn to_device(&self) -> Vec<Value> {
        self.0["to_device"]["events"].as_array().cloned().unwrap_or_default()
    }
}

impl SyncedRoom {
    pub fn timeline(&self) -> Vec<Value> {
        self.0["timeline"]["events"].as_array().cloned().unwrap_or_default()
    }

    /// Bodies of the text messages in the timeline, in order.
    pub fn texts(&self) -> Vec<String> {
        let body = |event: &Value| event["content"]["body"].as_str().map(str::to_owned);
        self.timeline().iter().filter_map(body).collect()
    }
}

impl User {
    /// A private room.
    pub async fn create_room(&self) -> String {
        self.create_room_like(json!({ "preset": "private_chat" })).await
    }

    /// A private room into which the others are invited, and which they have joined.
    pub async fn create_room_with(&self, others: &[&Self]) -> String {
        let invite: Vec<&str> = others.iter().map(|user| &*user.id).collect();
        let room = self.create_room_like(json!({ "preset": "private_chat", "invite": invite })).await;
        for other in others {
            other.join(&room).await;
        }
        room
    }

    pub async fn create_room_like(&self, body: Value) -> String {
        let answer = self.post("/_matrix/client/v3/createRoom", body).await.ok();
        answer["room_id"].as_str().expect("a room id").to_owned()
    }

    pub async fn invite(&self, room: &str, user: &Self) {
        let path = format!("/_matrix/client/v3/rooms/{}/invite", segment(room));
        self.post(&path, json!({ "user_id": user.id })).await.ok();
    }

    pub async fn join(&self, room: &str) {
        self.post(&format!("/_matrix/client/v3/rooms/{}/join", segment(room)), json!({})).await.ok();
    }

    pub async fn leave(&self, room: &str) {
        self.post(&format!("/_matrix/client/v3/rooms/{}/leave", segment(room)), json!({})).await.ok();
    }

    /// Sends a text message; gives its event id.
    pub async fn say(&self, room: &str, text: &str) -> String {
        self.send(room, "m.room.message", json!({ "msgtype": "m.text", "body": text })).await
    }

    /// Sends an event; gives its id.
    pub async fn send(&self, room: &str, kind: &str, content: Value) -> String {
        let path = format!("/_matrix/client/v3/rooms/{}/send/{kind}/{}", segment(room), self.transaction());
        let answer = self.put(&path, content).await.ok();
        answer["event_id"].as_str().expect("an event id").to_owned()
    }

    /// A first `/sync`.
    pub async fn sync(&self) -> Synced {
        Synced(self.get("/_matrix/client/v3/sync").await.ok())
    }

    /// What happened since; waits up to `timeout_ms` when nothing did.
    pub async fn sync_since(&self, since: &str, timeout_ms: u64) -> Synced {
        let path = format!("/_matrix/client/v3/sync?since={}&timeout={timeout_ms}", segment(since));
        Synced(self.get(&path).await.ok())
    }
}
