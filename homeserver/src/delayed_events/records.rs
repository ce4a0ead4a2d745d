//! Stored forms of delayed events.

use consilium_event::{Draft, StickyMs};
use consilium_store::{StoreError, Versioned};
use ruma::{CanonicalJsonObject, EventId, MilliSecondsSinceUnixEpoch, OwnedUserId};
use serde::{Deserialize, Serialize};

use crate::keyspaces::DELAYED_EVENTS;

/// What is to be sent, and since when its sender is in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelayedEvent {
    pub room_id: String,
    pub kind: String,
    pub state_key: Option<String>,
    /// Canonical JSON.
    pub content: Vec<u8>,
    pub redacts: Option<String>,
    pub sticky_ms: Option<u32>,
    /// When it was first scheduled, in milliseconds since 1970.
    pub scheduled_ms: u64,
    /// Place of the event that made the sender a member. Another one when it is due: he was away in between.
    pub member_since: i64,
    /// The device that asked, as [`crate::room::rows::device_tag`] names it, and its transaction id.
    pub sent_as: Option<(u64, String)>,
}

impl Versioned for DelayedEvent {
    const VERSION: u8 = 1;
}

impl DelayedEvent {
    pub fn draft(
        &self,
        sender: OwnedUserId,
        origin_server_ts: MilliSecondsSinceUnixEpoch,
    ) -> Result<Draft, StoreError> {
        Ok(Draft {
            sender,
            kind: self.kind.as_str().into(),
            state_key: self.state_key.clone(),
            content: self.content()?,
            redacts: self.redacts.as_deref().map(EventId::parse).transpose().map_err(|error| corrupt(&error))?,
            sticky: self.sticky_ms.and_then(StickyMs::new),
            origin_server_ts,
        })
    }

    pub fn content(&self) -> Result<CanonicalJsonObject, StoreError> {
        serde_json::from_slice(&self.content).map_err(|error| corrupt(&error))
    }
}

fn corrupt(error: &dyn std::error::Error) -> StoreError {
    StoreError::Corrupt { table: DELAYED_EVENTS.table.name, reason: error.to_string() }
}

/// When an event is to be sent, or what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// When it was scheduled or last restarted, in milliseconds since 1970.
    pub running_since_ms: u64,
    pub delay_ms: u64,
    /// When something is to be done about it: it is sent, or, once it has ended, forgotten.
    pub at_ms: u64,
    pub end: Option<End>,
}

impl Versioned for Schedule {
    const VERSION: u8 = 1;
}

/// How it ended, when, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    pub at_ms: u64,
    pub cause: Cause,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Its time had come.
    Delay,
    /// Somebody asked for it.
    Action,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    Sent {
        event_id: String,
    },
    Cancelled,
    /// The room did not take it.
    Refused {
        errcode: String,
        error: String,
    },
}
