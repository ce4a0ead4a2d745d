//! Who is in which room: read from state events, of transactions and of `/rooms/{id}/state`.
//!
//! Pure rules on top; below, how the machine loads a room and whom it tracks. Nobody tells the crypto machine whom to
//! track: it is told here, at each join or invite in an encrypted room.

use std::collections::BTreeMap;

use ruma16::{OwnedUserId, UserId};
use serde_json::Value;

use crate::{
    KeeperError,
    machine::{Machine, room_id},
    store::{RoomChange, RoomFact},
};

/// What a list of events says about rooms, in order.
pub(crate) fn room_changes(events: &[Value]) -> Vec<RoomChange> {
    events.iter().filter_map(room_change).collect()
}

fn room_change(event: &Value) -> Option<RoomChange> {
    let room_id = event["room_id"].as_str()?.to_owned();
    let state_key = event["state_key"].as_str()?;
    let content = &event["content"];
    let what = match (event["type"].as_str()?, state_key) {
        ("m.room.create", "") => RoomFact::Complete,
        // A redaction or a malformed repetition does not switch encryption off.
        ("m.room.encryption", "") if content["algorithm"].is_string() => RoomFact::Encryption(content.to_string()),
        ("m.room.history_visibility", "") => {
            RoomFact::HistoryVisibility(content["history_visibility"].as_str()?.to_owned())
        }
        ("m.room.member", user_id) => {
            RoomFact::Member { user_id: user_id.to_owned(), membership: content["membership"].as_str()?.to_owned() }
        }
        _ => return None,
    };
    Some(RoomChange { room_id, what })
}

/// Whether this membership is given room keys.
pub(crate) fn takes_part(membership: &str) -> bool {
    matches!(membership, "join" | "invite")
}

/// Whether someone who had the keys has them no more: the room's session must be made anew.
pub(crate) fn has_left(before: Option<&str>, now: &str) -> bool {
    matches!(now, "leave" | "ban") && before.is_none_or(takes_part)
}

/// Users who take part, out of `m.room.member` events.
pub(crate) fn present_members(events: &[Value]) -> Vec<OwnedUserId> {
    let mut memberships = BTreeMap::new();
    for event in events {
        let user = event["state_key"].as_str().and_then(|user| OwnedUserId::try_from(user).ok());
        if let (Some(user), Some(membership)) = (user, event["content"]["membership"].as_str()) {
            memberships.insert(user, takes_part(membership));
        }
    }
    memberships.into_iter().filter_map(|(user, present)| present.then_some(user)).collect()
}

impl Machine {
    /// At the start: rooms that the keeper is in and does not know everything of.
    pub(crate) async fn load_missing_rooms(&self) -> Result<(), KeeperError> {
        let known = self.store.complete_rooms()?;
        for room in self.homeserver.joined_rooms().await? {
            if !known.contains(&room) {
                self.load_room(&room).await?;
            }
        }
        Ok(())
    }

    /// Reads a room's whole state.
    ///
    /// Errors: `NotInRoom`, and those of the request.
    pub(crate) async fn load_room(&self, room: &str) -> Result<(), KeeperError> {
        let mut state = self.homeserver.room_state(room).await.map_err(|error| match error {
            KeeperError::Refused { status: 403 | 404, .. } => KeeperError::NotInRoom(room.to_owned()),
            other => other,
        })?;
        for event in &mut state {
            event["room_id"] = room.into();
        }
        let mut changes = room_changes(&state);
        changes.push(RoomChange { room_id: room.to_owned(), what: RoomFact::Complete });
        self.store.write_rooms(changes.clone()).await?;
        self.track(&changes).await
    }

    /// Drops the room's session where someone left. Before the change is committed, so that it is not lost by a crash.
    pub(crate) async fn rotate_where_someone_left(&self, changes: &[RoomChange]) -> Result<(), KeeperError> {
        let mut memberships: BTreeMap<(&str, &str), &str> = BTreeMap::new();
        for change in changes {
            let RoomFact::Member { user_id, membership } = &change.what else { continue };
            let key = (change.room_id.as_str(), user_id.as_str());
            let before = match memberships.insert(key, membership) {
                Some(before) => Some(before.to_owned()),
                None => self.store.membership(&change.room_id, user_id)?,
            };
            if has_left(before.as_deref(), membership)
                && let Ok(room) = room_id(&change.room_id)
                && self.olm.discard_room_key(&room).await.map_err(KeeperError::crypto)?
            {
                tracing::info!(room.id = %room, "someone left: the keeper's room key is made anew");
            }
        }
        Ok(())
    }

    /// Follows the devices of everyone who comes into an encrypted room, and of all when a room becomes encrypted.
    pub(crate) async fn track(&self, changes: &[RoomChange]) -> Result<(), KeeperError> {
        let mut users: Vec<OwnedUserId> = Vec::new();
        let mut encrypted: BTreeMap<&str, bool> = BTreeMap::new();
        for change in changes {
            let room = change.room_id.as_str();
            match &change.what {
                RoomFact::Encryption(_) => {
                    encrypted.insert(room, true);
                    let members = self.store.members(room)?;
                    let present = members.into_iter().filter(|(_, membership)| takes_part(membership));
                    users.extend(present.filter_map(|(user, _)| user.try_into().ok()));
                }
                RoomFact::Member { user_id, membership } if takes_part(membership) => {
                    let known = match encrypted.get(room) {
                        Some(known) => *known,
                        None => self.store.room(room)?.is_some_and(|room| room.encryption.is_some()),
                    };
                    // A room that becomes encrypted later in this list counts already: it is one transaction.
                    let soon = changes
                        .iter()
                        .any(|other| other.room_id == change.room_id && matches!(other.what, RoomFact::Encryption(_)));
                    encrypted.insert(room, known);
                    if known || soon {
                        users.extend(user_id.as_str().try_into());
                    }
                }
                _ => {}
            }
        }
        self.track_users(&users).await
    }

    pub(crate) async fn track_users(&self, users: &[OwnedUserId]) -> Result<(), KeeperError> {
        if users.is_empty() {
            return Ok(());
        }
        self.stir();
        let users: Vec<&UserId> = users.iter().map(AsRef::as_ref).collect();
        self.olm.update_tracked_users(users).await.map_err(KeeperError::crypto)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn member(user: &str, membership: &str) -> Value {
        json!({
            "type": "m.room.member", "room_id": "!r:hs.test", "state_key": user, "content": { "membership": membership },
        })
    }

    #[test]
    fn state_events_become_facts_and_messages_do_not() {
        let events = [
            json!({ "type": "m.room.create", "room_id": "!r:hs.test", "state_key": "", "content": {} }),
            json!({ "type": "m.room.encryption", "room_id": "!r:hs.test", "state_key": "", "content": { "algorithm": "m.megolm.v1.aes-sha2" } }),
            json!({ "type": "m.room.history_visibility", "room_id": "!r:hs.test", "state_key": "", "content": { "history_visibility": "shared" } }),
            member("@anna:hs.test", "join"),
            json!({ "type": "m.room.member", "room_id": "!r:hs.test", "content": { "membership": "join" } }),
            json!({ "type": "m.room.message", "room_id": "!r:hs.test", "content": { "body": "x" } }),
        ];
        let facts: Vec<RoomFact> = room_changes(&events).into_iter().map(|change| change.what).collect();
        assert_eq!(
            facts,
            [
                RoomFact::Complete,
                RoomFact::Encryption(r#"{"algorithm":"m.megolm.v1.aes-sha2"}"#.to_owned()),
                RoomFact::HistoryVisibility("shared".to_owned()),
                RoomFact::Member { user_id: "@anna:hs.test".to_owned(), membership: "join".to_owned() },
            ]
        );
    }

    #[test]
    fn encryption_is_never_switched_off() {
        let redacted = json!({ "type": "m.room.encryption", "room_id": "!r:hs.test", "state_key": "", "content": {} });
        assert_eq!(room_changes(&[redacted]), []);
    }

    #[test]
    fn only_someone_who_had_the_keys_can_leave() {
        assert!(has_left(Some("join"), "leave"));
        assert!(has_left(Some("join"), "ban"));
        assert!(has_left(Some("invite"), "leave"));
        assert!(has_left(None, "leave"), "an unknown past counts as presence");
        assert!(!has_left(Some("leave"), "leave"), "a repeated transaction rotates nothing");
        assert!(!has_left(Some("ban"), "leave"));
        assert!(!has_left(Some("invite"), "join"));
    }

    #[test]
    fn the_last_membership_counts() {
        let events = [member("@a:hs.test", "join"), member("@b:hs.test", "invite"), member("@a:hs.test", "leave")];
        assert_eq!(present_members(&events), [OwnedUserId::try_from("@b:hs.test").expect("a user id")]);
    }
}
