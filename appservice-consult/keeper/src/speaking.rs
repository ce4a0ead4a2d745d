//! Sending a message, all in one turn of the task: who is there → whose devices → Olm sessions → room key → encrypt → send.

use matrix_sdk_crypto::{CollectStrategy, EncryptionSettings};
use ruma16::{
    OwnedUserId, RoomId, UserId,
    events::room::{encryption::RoomEncryptionEventContent, history_visibility::HistoryVisibility},
    serde::Raw,
};
use serde_json::Value;

use crate::{
    KeeperError, Sent,
    machine::{Machine, room_id},
    membership::{present_members, takes_part},
    store::Room,
};

/// Stays in the clear also in encrypted rooms: a reaction is its relation, which never is encrypted.
const NEVER_ENCRYPTED: &[&str] = &["m.reaction"];

impl Machine {
    pub(crate) async fn send(
        &self,
        room: &str,
        event_type: &str,
        content: Value,
        txn_id: &str,
    ) -> Result<Sent, KeeperError> {
        let id = room_id(room)?;
        if !content.is_object() {
            return Err(KeeperError::BadArgument { expected: "content object", value: event_type.to_owned() });
        }
        let facts = self.known_room(room).await?;
        let (event_type, content, left_out) = match &facts.encryption {
            Some(encryption) if !NEVER_ENCRYPTED.contains(&event_type) => {
                let left_out = self.share_room_key(&id, encryption, &facts.history_visibility).await?;
                ("m.room.encrypted", self.encrypt(&id, event_type, content).await?, left_out)
            }
            _ => (event_type, content, Vec::new()),
        };
        let event_id = self.homeserver.send_event(room, event_type, txn_id, content).await?;
        Ok(Sent { event_id, left_out })
    }

    /// A room with all its facts. One that is unknown, or that is not encrypted as far as the transactions say, is read
    /// from the homeserver: nothing may go out in the clear because a state event is still on its way.
    async fn known_room(&self, room: &str) -> Result<Room, KeeperError> {
        match self.store.room(room)? {
            Some(facts) if facts.complete && facts.encryption.is_some() => Ok(facts),
            _ => {
                self.load_room(room).await?;
                self.store.room(room)?.ok_or_else(|| KeeperError::NotInRoom(room.to_owned()))
            }
        }
    }

    /// Gives the room's key to everyone who is in the room or invited **now**. Gives back who was left out.
    async fn share_room_key(
        &self,
        room: &RoomId,
        encryption: &str,
        history_visibility: &str,
    ) -> Result<Vec<String>, KeeperError> {
        let members = self.members_now(room).await?;
        self.track_users(&members).await?;
        self.ask_newcomers(room, &members).await?;
        self.drain().await?;
        let (users, left_out) = self.without_changed_identities(members).await?;
        let users: Vec<&UserId> = users.iter().map(AsRef::as_ref).collect();
        self.claim_missing_sessions(&users).await?;
        let settings = encryption_settings(encryption, history_visibility)?;
        let requests = self.olm.share_room_key(room, users.into_iter(), settings).await.map_err(KeeperError::crypto)?;
        for request in requests {
            self.send_to_device(&request).await?;
        }
        Ok(left_out)
    }

    /// Asks the homeserver. A removal that is not yet in a transaction must not give the removed one the next key: the
    /// machine makes a new session when someone who had the last one is not among the receivers.
    async fn members_now(&self, room: &RoomId) -> Result<Vec<OwnedUserId>, KeeperError> {
        let events = self.homeserver.members(room.as_str()).await.map_err(|error| match error {
            KeeperError::Refused { status: 403 | 404, .. } => KeeperError::NotInRoom(room.to_string()),
            other => other,
        })?;
        let members = present_members(&events);
        if !members.contains(&self.user) {
            return Err(KeeperError::NotInRoom(room.to_string()));
        }
        Ok(members)
    }

    /// Members whom no transaction has named yet may have got new devices while they shared no room with the keeper.
    async fn ask_newcomers(&self, room: &RoomId, members: &[OwnedUserId]) -> Result<(), KeeperError> {
        let known = self.store.members(room.as_str())?;
        let is_known = |user: &UserId| known.iter().any(|(name, was)| name.as_str() == user && takes_part(was));
        let newcomers: Vec<&UserId> = members.iter().map(AsRef::as_ref).filter(|user| !is_known(user)).collect();
        if newcomers.is_empty() { Ok(()) } else { self.query_keys(&newcomers).await }
    }

    /// Splits off members whose identity was replaced and is not approved: `AllDevices` itself does not refuse them.
    async fn without_changed_identities(
        &self,
        members: Vec<OwnedUserId>,
    ) -> Result<(Vec<OwnedUserId>, Vec<String>), KeeperError> {
        let (mut users, mut left_out) = (Vec::with_capacity(members.len()), Vec::new());
        for member in members {
            if member != self.user && self.has_changed_identity(&member).await? {
                tracing::warn!(room.member = %member, "a member's identity changed: left out of the room key");
                left_out.push(member.to_string());
            } else {
                users.push(member);
            }
        }
        Ok((users, left_out))
    }

    /// The room key was shared in this turn: the library panics otherwise.
    async fn encrypt(&self, room: &RoomId, event_type: &str, content: Value) -> Result<Value, KeeperError> {
        let raw = Raw::from_json(serde_json::value::to_raw_value(&content).map_err(KeeperError::crypto)?);
        let encrypted = self.olm.encrypt_room_event_raw(room, event_type, &raw).await.map_err(KeeperError::crypto)?;
        serde_json::from_str(encrypted.content.json().get()).map_err(KeeperError::crypto)
    }
}

/// `AllDevices`, because patients on other clients may not be cross-signed. The visibility must be the room's own, else
/// the keeper's sessions are not shareable.
fn encryption_settings(encryption: &str, history_visibility: &str) -> Result<EncryptionSettings, KeeperError> {
    let content: RoomEncryptionEventContent = serde_json::from_str(encryption).map_err(KeeperError::crypto)?;
    Ok(EncryptionSettings::new(content, HistoryVisibility::from(history_visibility), CollectStrategy::AllDevices))
}
