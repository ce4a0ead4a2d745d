//! What the store keeps of a room: the forms of its values. Keys are in `keyspaces.rs`.

use bytes::{BufMut, Bytes, BytesMut};
use consilium_event::{Membership, tree::NodeHash};
use consilium_store::{
    StoreError,
    codec::{Value, Versioned},
};
use serde::{Deserialize, Serialize};

use crate::ids::{RoomKey, UserKey};

/// What never changes in a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RoomInfo {
    pub version: String,
    pub creator: UserKey,
}

impl Versioned for RoomInfo {
    const VERSION: u8 = 1;
}

/// Where a room stands. Written by each of its batches, and guarded by `next_seq`: a batch is refused unless the one that its
/// writer built before it was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomHead {
    /// Number of the next event.
    pub next_seq: u64,
    pub rest: HeadRest,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadRest {
    /// Place of the next live event in the timeline; live events begin at 1, older history comes below 0.
    pub next_order: i64,
    /// Greatest depth of an event.
    pub depth: u64,
    /// Numbers of the events without children.
    pub extremities: Vec<u64>,
    /// State after the last event.
    pub root: NodeHash,
    pub joined: u64,
    pub invited: u64,
    /// When the last event was sent, in milliseconds since 1970.
    pub last_ts_ms: u64,
}

impl Versioned for HeadRest {
    const VERSION: u8 = 1;
}

impl Value for RoomHead {
    /// `next_seq` stands first and in full width: a guard compares it as an epoch.
    fn encode(&self) -> Bytes {
        let rest = self.rest.encode();
        let mut out = BytesMut::with_capacity(size_of::<u64>() + rest.len());
        out.put_u64(self.next_seq);
        out.extend_from_slice(&rest);
        out.freeze()
    }

    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError> {
        let (next_seq, _) = bytes
            .split_first_chunk::<8>()
            .ok_or(StoreError::Corrupt { table, reason: "a room head is too short".into() })?;
        let rest = HeadRest::decode(table, &bytes.slice(8..))?;
        Ok(Self { next_seq: u64::from_be_bytes(*next_seq), rest })
    }
}

/// Who sent an event under which transaction id: shown to that device only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentAs {
    /// See [`device_tag`].
    pub device: u64,
    pub txn_id: String,
}

/// A number for a device of a user, stable over restarts, for comparing only.
pub fn device_tag(device: &str) -> u64 {
    let hash = blake3::hash(device.as_bytes());
    u64::from_be_bytes(*hash.as_bytes().first_chunk().expect("a hash has 32 bytes"))
}

/// What is known of an event without reading its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventMeta {
    /// The event's number in its room.
    pub seq: u64,
    /// The event id as [`consilium_event::pdu::event_id_bytes`] shortens it.
    pub id: Vec<u8>,
    /// Place in the timeline; `None` for an outlier.
    pub order: Option<i64>,
    pub sender: UserKey,
    /// Short id of type and state key.
    pub state_id: Option<u64>,
    /// Number of the event that this state event replaced.
    pub replaces: Option<u64>,
    pub depth: u64,
    pub ts_ms: u64,
    /// State after the event.
    pub root: NodeHash,
    /// State before the event, where it differs.
    pub root_before: Option<NodeHash>,
    /// Numbers of the auth events.
    pub auth: Vec<u64>,
    pub rejected: bool,
    pub soft_failed: bool,
    /// Number of the redaction that took the content.
    pub redacted_by: Option<u64>,
    /// What the event relates to.
    pub relates_to: Option<Relation>,
    pub sent_as: Option<SentAs>,
}

impl Versioned for EventMeta {
    const VERSION: u8 = 1;
}

impl EventMeta {
    pub fn state_before(&self) -> NodeHash {
        self.root_before.unwrap_or(self.root)
    }
}

/// A stored event: what is known of it, and its canonical JSON without `unsigned`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    pub meta: EventMeta,
    pub json: Bytes,
}

impl Value for StoredEvent {
    fn encode(&self) -> Bytes {
        let meta = self.meta.encode();
        let length = u16::try_from(meta.len()).expect("ids, a transaction id and ten auth events fit 64 KiB");
        let mut out = BytesMut::with_capacity(2 + meta.len() + self.json.len());
        out.put_u16(length);
        out.extend_from_slice(&meta);
        out.extend_from_slice(&self.json);
        out.freeze()
    }

    fn decode(table: &'static str, bytes: &Bytes) -> Result<Self, StoreError> {
        let short = || StoreError::Corrupt { table, reason: "an event is too short".into() };
        let (length, _) = bytes.split_first_chunk::<2>().ok_or_else(short)?;
        let end = 2 + usize::from(u16::from_be_bytes(*length));
        if bytes.len() < end {
            return Err(short());
        }
        Ok(Self { meta: EventMeta::decode(table, &bytes.slice(2..end))?, json: bytes.slice(end..) })
    }
}

/// How an event relates to another one of its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Relation {
    /// Number of the event that is related to.
    pub parent: u64,
    pub kind: RelationKind,
}

/// `rel_type`, as far as the server treats it in a way of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RelationKind {
    Replace,
    Reference,
    Annotation,
    Thread,
    Other,
}

impl RelationKind {
    pub fn from_name(name: &str) -> Self {
        match name {
            "m.replace" => Self::Replace,
            "m.reference" => Self::Reference,
            "m.annotation" => Self::Annotation,
            "m.thread" => Self::Thread,
            _ => Self::Other,
        }
    }
}

/// A place in a room's timeline. Its version is the position of the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub seq: u64,
    pub sender: UserKey,
    /// What the predefined push rules say to a member who is not mentioned.
    pub notice: Notice,
    /// Number of the thread's root, for an event in a thread.
    pub thread: Option<u64>,
}

impl Versioned for TimelineEntry {
    const VERSION: u8 = 1;
}

/// What an event does to a member's unread counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    #[default]
    None,
    Notify,
    Highlight,
}

/// A user's membership of a room: stored below the room and below the user. Its version is the position of its last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    pub membership: Membership,
    /// Number of the member event.
    pub seq: u64,
    /// Place of the event that gave this membership; a changed name keeps it.
    pub since: i64,
    /// Place of the event that ended the last time of being joined.
    pub left_at: Option<i64>,
    /// The user does not want to see the room any more. Counts in the row below the user only.
    pub forgotten: bool,
}

impl Versioned for MemberRow {
    const VERSION: u8 = 1;
}

impl MemberRow {
    /// Whether the user was joined at some time after the event at `order`.
    pub fn joined_after(&self, order: i64) -> bool {
        self.membership == Membership::Join || self.left_at.is_some_and(|left| order < left)
    }

    /// Whether the user is, or ever was, joined.
    pub fn ever_joined(&self) -> bool {
        self.membership == Membership::Join || self.left_at.is_some()
    }
}

/// A child of an event, below (room, parent, place of the child).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedRow {
    pub seq: u64,
    pub sender: UserKey,
    pub kind: RelationKind,
}

impl Versioned for RelatedRow {
    const VERSION: u8 = 1;
}

/// References that are bundled with an event at most.
pub const REFERENCES_BUNDLED_MAX: usize = 50;

/// What is bundled with an event of its children: kept up to date by the room's writer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// Number of the edit that counts, with its time and id for the comparison with the next one.
    pub edit: Option<(u64, u64, Vec<u8>)>,
    /// The first [`REFERENCES_BUNDLED_MAX`] references.
    pub references: Vec<u64>,
    pub thread: Option<ThreadSummary>,
}

impl Versioned for Bundle {
    const VERSION: u8 = 1;
}

impl Bundle {
    pub fn is_empty(&self) -> bool {
        self.edit.is_none() && self.references.is_empty() && self.thread.is_none()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadSummary {
    pub count: u64,
    /// Number of the latest event.
    pub latest: u64,
    pub latest_order: i64,
}

/// Where an event is, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPlace {
    pub room: RoomKey,
    pub seq: u64,
}

impl Versioned for EventPlace {
    const VERSION: u8 = 1;
}

/// A [`Notice`] for one member whom the predefined rules of a member who is not mentioned do not fit.
impl Versioned for Notice {
    const VERSION: u8 = 1;
}
