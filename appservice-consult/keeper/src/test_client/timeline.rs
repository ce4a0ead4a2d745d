//! Sending and reading messages.

use matrix_sdk_crypto::{CollectStrategy, EncryptionSettings, types::events::room::encrypted::EncryptedEvent};
use ruma16::{
    OwnedRoomId, TransactionId, UserId,
    events::room::{encryption::RoomEncryptionEventContent, history_visibility::HistoryVisibility},
    serde::Raw,
};
use serde_json::{Value, json};

use super::{Result, TestClient, TestClientError};
use crate::{machine::DECRYPTION, reading::is_encrypted};

/// A message of a room's history as this client sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub event_id: String,
    pub sender: String,
    /// The Megolm session, empty for an unencrypted message.
    pub session_id: String,
    /// The body, or why it cannot be read.
    pub text: std::result::Result<String, String>,
    /// The whole content; null when it cannot be read.
    pub content: Value,
    /// Who handed over the key.
    pub forwarded_by: Option<String>,
}

impl TestClient {
    /// Encrypts and sends a text as a good client does: to the devices of everyone in the room as far as it has synced.
    pub async fn say(&self, room: &str, text: &str) -> Result<String> {
        let encrypted = self.encrypt(room, json!({ "msgtype": "m.text", "body": text })).await?;
        self.put_event(room, "m.room.encrypted", encrypted).await
    }

    /// Encrypts a message, with its key shared before: what is sent, and sent again with the same transaction id when the answer was lost.
    pub async fn encrypt(&self, room: &str, content: Value) -> Result<Value> {
        let id = room_id(room)?;
        let view = self.rooms.get(room).ok_or(TestClientError::Answer("room by sync"))?;
        let members = view.present();
        let users: Vec<&UserId> = members.iter().filter_map(|user| user.as_str().try_into().ok()).collect();
        self.olm.update_tracked_users(users.clone()).await.map_err(TestClientError::crypto)?;
        self.drain().await?;
        self.claim_missing_sessions(&users).await?;
        let encryption = view.encryption.clone().ok_or(TestClientError::Answer("m.room.encryption"))?;
        let encryption: RoomEncryptionEventContent =
            serde_json::from_value(encryption).map_err(TestClientError::crypto)?;
        let visibility = match (self.habits.marks_shared_history, view.history_visibility.as_deref()) {
            (true, Some(visibility)) => HistoryVisibility::from(visibility),
            (true, None) => HistoryVisibility::Shared,
            (false, _) => HistoryVisibility::Joined,
        };
        let strategy = if self.habits.shares_with_verified_only {
            CollectStrategy::OnlyTrustedDevices
        } else {
            CollectStrategy::AllDevices
        };
        let settings = EncryptionSettings::new(encryption, visibility, strategy);
        let requests =
            self.olm.share_room_key(&id, users.into_iter(), settings).await.map_err(TestClientError::crypto)?;
        for request in requests {
            let response = self.put_to_device(&request).await?;
            self.olm.mark_request_as_sent(&request.txn_id, &response).await.map_err(TestClientError::crypto)?;
        }
        let raw = Raw::from_json(serde_json::value::to_raw_value(&content).map_err(TestClientError::crypto)?);
        let encrypted =
            self.olm.encrypt_room_event_raw(&id, "m.room.message", &raw).await.map_err(TestClientError::crypto)?;
        serde_json::from_str(encrypted.content.json().get()).map_err(TestClientError::crypto)
    }

    /// Sends an event as it is given, e.g. another one's ciphertext.
    pub async fn put_event(&self, room: &str, event_type: &str, content: Value) -> Result<String> {
        self.put_event_as(TransactionId::new().as_str(), room, event_type, content).await
    }

    /// As [`TestClient::put_event`], with a transaction id of the caller's.
    pub async fn put_event_as(&self, txn_id: &str, room: &str, event_type: &str, content: Value) -> Result<String> {
        let path = ["client", "v3", "rooms", room, "send", event_type, txn_id];
        let answer = self.session.put(&path, content).await?;
        answer["event_id"].as_str().map(str::to_owned).ok_or(TestClientError::Answer("event_id"))
    }

    /// Starts a new session with the next message.
    pub async fn rotate(&self, room: &str) -> Result<()> {
        self.olm.discard_room_key(&room_id(room)?).await.map(drop).map_err(TestClientError::crypto)
    }

    /// The whole history that the homeserver shows this user, oldest first, decrypted with what this device has.
    pub async fn read(&self, room: &str) -> Result<Vec<Message>> {
        self.read_events(room, self.raw_history(room).await?).await
    }

    /// As [`TestClient::read`], as a client sees it that starts anew: a first `/sync`, and what was before its timeline.
    pub async fn read_afresh(&self, room: &str) -> Result<Vec<Message>> {
        let answer = self.session.get(&["client", "v3", "sync"], &[("timeout", "0")]).await?;
        let timeline = &answer["rooms"]["join"][room]["timeline"];
        let mut events = Vec::new();
        if timeline["limited"] == true {
            let before = timeline["prev_batch"].as_str().ok_or(TestClientError::Answer("prev_batch"))?;
            events = self.pages_before(room, Some(before.to_owned())).await?;
        }
        events.extend(timeline["events"].as_array().cloned().unwrap_or_default());
        self.read_events(room, events).await
    }

    async fn read_events(&self, room: &str, events: Vec<Value>) -> Result<Vec<Message>> {
        let mut messages = Vec::new();
        for event in events {
            let kind = event["type"].as_str().unwrap_or_default();
            if kind == "m.room.message" || is_encrypted(&event) {
                messages.push(self.read_event(room, &event).await?);
            }
        }
        Ok(messages)
    }

    /// The bodies of [`TestClient::read`]; an unreadable message is `None`.
    pub async fn texts(&self, room: &str) -> Result<Vec<Option<String>>> {
        Ok(self.read(room).await?.into_iter().map(|message| message.text.ok()).collect())
    }

    /// The room's events as the homeserver shows them, oldest first.
    pub async fn raw_history(&self, room: &str) -> Result<Vec<Value>> {
        self.pages_before(room, None).await
    }

    /// Everything before a place of the timeline; `None`: before its end.
    async fn pages_before(&self, room: &str, mut from: Option<String>) -> Result<Vec<Value>> {
        let mut events = Vec::new();
        loop {
            let mut query = vec![("dir", "b"), ("limit", "100")];
            query.extend(from.as_deref().map(|from| ("from", from)));
            let page = self.session.get(&["client", "v3", "rooms", room, "messages"], &query).await?;
            let chunk = page["chunk"].as_array().cloned().unwrap_or_default();
            let is_last = chunk.is_empty() || page["end"].is_null();
            events.extend(chunk);
            if is_last {
                break;
            }
            from = page["end"].as_str().map(str::to_owned);
        }
        events.reverse();
        Ok(events)
    }

    /// One event, decrypted with what this device has, wherever it came from.
    pub async fn read_event(&self, room: &str, event: &Value) -> Result<Message> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut message = Message {
            event_id: text(&event["event_id"]),
            sender: text(&event["sender"]),
            session_id: text(&event["content"]["session_id"]),
            text: Ok(text(&event["content"]["body"])),
            content: event["content"].clone(),
            forwarded_by: None,
        };
        if is_encrypted(event) {
            let raw = Raw::<EncryptedEvent>::from_json(
                serde_json::value::to_raw_value(event).map_err(TestClientError::crypto)?,
            );
            message.text = match self.olm.decrypt_room_event(&raw, &room_id(room)?, &DECRYPTION).await {
                Ok(decrypted) => {
                    let forwarder = &decrypted.encryption_info.forwarder;
                    message.forwarded_by = forwarder.as_ref().map(|forwarder| forwarder.user_id.to_string());
                    let mut plain: Value = serde_json::from_str(decrypted.event.json().get()).unwrap_or_default();
                    message.content = plain["content"].take();
                    Ok(text(&message.content["body"]))
                }
                Err(error) => {
                    message.content = Value::Null;
                    Err(error.to_string())
                }
            };
        }
        Ok(message)
    }
}

pub(super) fn room_id(room: &str) -> Result<OwnedRoomId> {
    room.try_into().map_err(|_| TestClientError::Answer("room id"))
}
