//! The answer of `/sync` as it is written: stored event bytes are spliced in, never parsed again.
//!
//! Source: client-server API v1.19 §GET /_matrix/client/v3/sync. Empty parts are left out.

use std::collections::BTreeMap;

use ruma::{OwnedRoomId, OwnedUserId};
use serde::Serialize;
use serde_json::value::RawValue;

/// One event or other object that is JSON already.
pub type Json = Box<RawValue>;

#[derive(Debug, Default, Serialize)]
pub struct Answer {
    pub next_batch: String,
    #[serde(skip_serializing_if = "Events::is_empty")]
    pub account_data: Events,
    #[serde(skip_serializing_if = "Events::is_empty")]
    pub to_device: Events,
    #[serde(skip_serializing_if = "DeviceLists::is_empty")]
    pub device_lists: DeviceLists,
    pub device_one_time_keys_count: BTreeMap<String, u64>,
    pub device_unused_fallback_key_types: Vec<String>,
    #[serde(skip_serializing_if = "Rooms::is_empty")]
    pub rooms: Rooms,
}

impl Answer {
    /// Whether a long poll has nothing to say yet. Key counts are always there and are no reason by themselves.
    pub fn is_empty(&self) -> bool {
        self.account_data.is_empty()
            && self.to_device.is_empty()
            && self.device_lists.is_empty()
            && self.rooms.is_empty()
    }
}

#[derive(Debug, Default, Serialize)]
pub struct Events {
    pub events: Vec<Json>,
}

impl Events {
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}

#[derive(Debug, Default, Serialize)]
pub struct DeviceLists {
    pub changed: Vec<OwnedUserId>,
    pub left: Vec<OwnedUserId>,
}

impl DeviceLists {
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.left.is_empty()
    }
}

#[derive(Debug, Default, Serialize)]
pub struct Rooms {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub join: BTreeMap<OwnedRoomId, JoinedRoom>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub invite: BTreeMap<OwnedRoomId, InvitedRoom>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub knock: BTreeMap<OwnedRoomId, KnockedRoom>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub leave: BTreeMap<OwnedRoomId, LeftRoom>,
}

impl Rooms {
    pub fn is_empty(&self) -> bool {
        self.join.is_empty() && self.invite.is_empty() && self.knock.is_empty() && self.leave.is_empty()
    }
}

/// State before the timeline, or after it where the client asked for that.
#[derive(Debug, Default, Serialize)]
pub struct RoomState {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Events>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_after: Option<Events>,
    #[serde(rename = "org.matrix.msc4222.state_after", skip_serializing_if = "Option::is_none")]
    pub unstable_state_after: Option<Events>,
}

impl RoomState {
    fn has_events(&self) -> bool {
        self.state.iter().chain(&self.state_after).chain(&self.unstable_state_after).any(|events| !events.is_empty())
    }
}

#[derive(Debug, Default, Serialize)]
pub struct JoinedRoom {
    #[serde(skip_serializing_if = "Summary::is_empty")]
    pub summary: Summary,
    #[serde(flatten)]
    pub state: RoomState,
    pub timeline: Timeline,
    /// Sticky events that are not in the timeline. Source: MSC4354.
    #[serde(rename = "msc4354_sticky", skip_serializing_if = "Events::is_empty")]
    pub sticky: Events,
    #[serde(skip_serializing_if = "Events::is_empty")]
    pub ephemeral: Events,
    #[serde(skip_serializing_if = "Events::is_empty")]
    pub account_data: Events,
    pub unread_notifications: UnreadCounts,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unread_thread_notifications: BTreeMap<String, UnreadCounts>,
}

impl JoinedRoom {
    /// Whether the room has nothing new. Unread counts change only with something that is not empty.
    pub fn is_empty(&self) -> bool {
        self.summary.is_empty()
            && !self.state.has_events()
            && self.timeline.events.is_empty()
            && !self.timeline.limited
            && self.sticky.is_empty()
            && self.ephemeral.is_empty()
            && self.account_data.is_empty()
    }
}

#[derive(Debug, Default, Serialize)]
pub struct Timeline {
    pub events: Vec<Json>,
    pub limited: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev_batch: Option<String>,
}

#[derive(Debug, Default, Serialize)]
pub struct Summary {
    #[serde(rename = "m.heroes", skip_serializing_if = "Option::is_none")]
    pub heroes: Option<Vec<OwnedUserId>>,
    #[serde(rename = "m.joined_member_count", skip_serializing_if = "Option::is_none")]
    pub joined: Option<u64>,
    #[serde(rename = "m.invited_member_count", skip_serializing_if = "Option::is_none")]
    pub invited: Option<u64>,
}

impl Summary {
    pub fn is_empty(&self) -> bool {
        self.heroes.is_none() && self.joined.is_none() && self.invited.is_none()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnreadCounts {
    pub notification_count: u64,
    pub highlight_count: u64,
}

#[derive(Debug, Default, Serialize)]
pub struct InvitedRoom {
    pub invite_state: Events,
}

#[derive(Debug, Default, Serialize)]
pub struct KnockedRoom {
    pub knock_state: Events,
}

#[derive(Debug, Default, Serialize)]
pub struct LeftRoom {
    #[serde(flatten)]
    pub state: RoomState,
    pub timeline: Timeline,
    #[serde(skip_serializing_if = "Events::is_empty")]
    pub account_data: Events,
}
