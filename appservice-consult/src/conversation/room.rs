//! What a conversation's room is, and making it exactly once.
//!
//! Creating a room is not idempotent, so the conversation's row is committed first and the room carries the row's id in its state. When an outcome is not
//! known (a crash, a lost answer), the keeper looks through its rooms for that id before it makes another.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::levels::{LevelsError, power_levels, set_levels};
use super::store::{Conversation, known_rooms, set_room};
use crate::consultation::ConsultationError;
use crate::ids::{ConversationId, RoomId};
use crate::tenant::Tenant;

/// State event that says which conversation a room is (empty state key).
pub const CONVERSATION_STATE: &str = "chat.consilium.conversation";
/// State event of a consultation's phase (state key: its id).
pub const CONSULTATION_STATE: &str = "chat.consilium.consultation";

/// The slot that a call takes place in; without an open one no client rings.
pub(super) const SLOT_STATE: &str = "org.matrix.msc4143.rtc.slot";
/// Its state key.
const CALL_SLOT: &str = crate::call::SLOT;

/// Batch of room ids that are looked up at once; far below the databases' limit of parameters.
const ROOMS_BATCH: usize = 500;

/// The conversation with its room, which is made at need.
///
/// Call it under the patient's lock. Errors: `Homeserver`, `Store`.
pub async fn ensure_room(tenant: &Tenant, conversation: Conversation) -> Result<Conversation, ConsultationError> {
    if conversation.room.is_some() {
        return Ok(conversation);
    }
    let room = match find_room(tenant, &conversation).await? {
        Some(room) => room,
        None => tenant.keeper_acts().create_room(&room_request(&conversation)).await?,
    };
    let mut writing = tenant.store.write().await?;
    set_room(&mut writing, &conversation.id, &room).await?;
    writing.commit().await?;
    tracing::info!(conversation.id = %conversation.id, room.id = %room, "a conversation has its room");
    Ok(Conversation { room: Some(RoomId::from(room)), ..conversation })
}

/// The room that an earlier try has made and not written down.
async fn find_room(tenant: &Tenant, conversation: &Conversation) -> Result<Option<String>, ConsultationError> {
    let joined = tenant.keeper_acts().joined_rooms().await?;
    let mut known = HashSet::new();
    let mut reading = tenant.store.read().await?;
    for rooms in joined.chunks(ROOMS_BATCH) {
        known.extend(known_rooms(&mut reading, rooms).await?);
    }
    drop(reading);
    for room in joined.into_iter().filter(|room| !known.contains(room)) {
        let state = tenant.keeper_acts().state(&room, CONVERSATION_STATE, "").await?;
        if state.is_some_and(|content| content["conversation_id"] == conversation.id.as_str()) {
            return Ok(Some(room));
        }
    }
    Ok(None)
}

/// Opens a conversation for calls that was made before there were any. One that is open stays as it is.
pub async fn open_call_slot(tenant: &Tenant, conversation: &ConversationId, room: &RoomId) -> Result<(), LevelsError> {
    let keeper = tenant.keeper_acts();
    if keeper.state(room.as_str(), SLOT_STATE, CALL_SLOT).await?.is_some() {
        return Ok(());
    }
    // Levels first: the slot says that everything is ready.
    set_levels(tenant, conversation, room).await?;
    keeper.set_state(room.as_str(), SLOT_STATE, CALL_SLOT, &open_slot()).await?;
    Ok(())
}

fn open_slot() -> Value {
    json!({
        "status": "open",
        "application": { "type": "m.call" },
        "encryption": { "type": "org.matrix.msc4143.per_member" },
    })
}

/// The request that makes the room: version 12, encrypted, invite-only, history for members, nobody but the keeper has power.
fn room_request(conversation: &Conversation) -> Value {
    json!({
        "room_version": "12",
        "preset": "private_chat",
        "visibility": "private",
        "invite": [conversation.patient_user],
        "initial_state": [
            { "type": "m.room.encryption", "state_key": "", "content": { "algorithm": "m.megolm.v1.aes-sha2" } },
            { "type": "m.room.history_visibility", "state_key": "", "content": { "history_visibility": "shared" } },
            { "type": "m.room.guest_access", "state_key": "", "content": { "guest_access": "forbidden" } },
            {
                "type": CONVERSATION_STATE,
                "state_key": "",
                "content": { "conversation_id": conversation.id, "circle": conversation.circle },
            },
            { "type": SLOT_STATE, "state_key": CALL_SLOT, "content": open_slot() },
        ],
        "power_level_content_override": power_levels(std::iter::empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::{open_slot, room_request};
    use crate::conversation::Conversation;

    #[test]
    fn nobody_but_its_creator_has_power_in_a_conversation() {
        let conversation = Conversation {
            id: "c1".into(),
            patient: "p1".into(),
            patient_user: "@anna:hs.test".into(),
            circle: "general".into(),
            room: None,
        };
        let request = room_request(&conversation);
        let levels = &request["power_level_content_override"];
        for act in ["state_default", "invite", "kick", "ban", "redact"] {
            assert_eq!(levels[act], 100, "{act}");
        }
        assert_eq!(levels["users"].as_object().map(serde_json::Map::len), Some(0));
        assert_eq!(request["initial_state"][4]["state_key"], "m.call#ROOM");
        assert_eq!(request["room_version"], "12");
        assert_eq!(request["invite"][0], "@anna:hs.test");
        assert_eq!(request["initial_state"][3]["content"]["conversation_id"], "c1");
    }

    #[test]
    fn a_conversation_is_open_for_calls() {
        assert_eq!(open_slot()["status"], "open");
    }
}
