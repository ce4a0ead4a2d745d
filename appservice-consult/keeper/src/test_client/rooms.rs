//! Membership and state by plain calls.

use serde_json::{Value, json};

use super::{Result, TestClient, TestClientError};

impl TestClient {
    /// Creates an encrypted, invite-only room with shared history, and invites these users.
    pub async fn create_room(&self, invite: &[&str]) -> Result<String> {
        let state = |kind: &str, content: Value| json!({ "type": kind, "state_key": "", "content": content });
        let request = json!({
            "preset": "private_chat",
            "invite": invite,
            "initial_state": [
                state("m.room.encryption", json!({ "algorithm": "m.megolm.v1.aes-sha2" })),
                state("m.room.history_visibility", json!({ "history_visibility": "shared" })),
            ],
        });
        let answer = self.session.post(&["client", "v3", "createRoom"], request).await?;
        answer["room_id"].as_str().map(str::to_owned).ok_or(TestClientError::Answer("room_id"))
    }

    /// Creates an unencrypted, invite-only room with one guest.
    pub async fn create_plain_room(&self, invite: &str) -> Result<String> {
        let request = json!({ "preset": "private_chat", "invite": [invite] });
        let answer = self.session.post(&["client", "v3", "createRoom"], request).await?;
        answer["room_id"].as_str().map(str::to_owned).ok_or(TestClientError::Answer("room_id"))
    }

    /// Joins. If the invite came by sync, the inviter's bundle is imported: the one that is here, or the first that comes.
    pub async fn join(&mut self, room: &str) -> Result<()> {
        self.session.post(&["client", "v3", "join", room], json!({})).await?;
        if let Some(inviter) = self.rooms.get(room).and_then(|view| view.invited_by.clone()) {
            self.pending_bundles.insert(room.to_owned(), inviter);
        }
        self.accept_pending_bundles().await
    }

    pub async fn leave(&self, room: &str) -> Result<()> {
        self.session.post(&["client", "v3", "rooms", room, "leave"], json!({})).await.map(drop)
    }

    pub async fn invite(&self, room: &str, user: &str) -> Result<()> {
        let path = ["client", "v3", "rooms", room, "invite"];
        self.session.post(&path, json!({ "user_id": user })).await.map(drop)
    }

    pub async fn kick(&self, room: &str, user: &str) -> Result<()> {
        let path = ["client", "v3", "rooms", room, "kick"];
        self.session.post(&path, json!({ "user_id": user })).await.map(drop)
    }

    /// Whether the room was seen by sync with this membership of the user's own.
    pub fn membership(&self, room: &str) -> Option<&str> {
        self.membership_of(room, self.user.as_str())
    }

    /// The membership of somebody in a room, as far as it was synced.
    pub fn membership_of(&self, room: &str, user: &str) -> Option<&str> {
        self.rooms.get(room)?.members.get(user).map(String::as_str)
    }

    /// A request of the user's own, for tests of what the homeserver shows him. `path` is below `/_matrix`.
    pub async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Value> {
        self.session.get(path, query).await
    }

    /// Like [`TestClient::get`], with a body.
    pub async fn post(&self, path: &[&str], body: Value) -> Result<Value> {
        self.session.post(path, body).await
    }
}
