//! What the keeper makes of a transaction: plain values for the consultation service, no crypto type among them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The answer to one transaction. A repeated transaction gives the same answer again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Received {
    /// The transaction's room events, in its order, each exactly once.
    pub events: Vec<KeeperEvent>,
    /// Events of earlier transactions that were [`KeeperEvent::Waiting`] and can now be read, oldest first.
    pub late: Vec<Decrypted>,
    /// Waiting events whose sender now says that he keeps the key back: `withheld` is new.
    pub withheld: Vec<Waiting>,
    /// Users whose devices, identity or signatures changed, and users who share no room any more.
    pub device_changes: DeviceChanges,
    /// What the homeserver holds of the keeper's one-time keys.
    pub key_counts: KeyCounts,
    /// Typing, receipts, presence: handed on as they came.
    pub ephemeral: Vec<Value>,
}

/// One room event of a transaction.
#[derive(Debug, Clone, PartialEq)]
pub enum KeeperEvent {
    /// Not encrypted: the event in client format, as it came.
    Plain(Value),
    /// Encrypted, and read.
    Decrypted(Decrypted),
    /// Encrypted, and not to be read now. See [`WaitingReason`] for whether it ever may be.
    Waiting(Waiting),
}

/// A decrypted event.
#[derive(Debug, Clone, PartialEq)]
pub struct Decrypted {
    /// Client format: `event_id`, `room_id`, `sender`, `origin_server_ts` of the envelope, `type` and `content` of the plaintext.
    pub event: Value,
    /// The Megolm session it was encrypted with.
    pub session_id: String,
    /// What is known of the sending device; recorded beside the message for archive and console.
    pub verification: Verification,
    /// The sending device, as the key names it.
    pub device_id: Option<String>,
    /// Who handed over the key, if it did not come from the sender himself.
    pub forwarded_by: Option<String>,
}

/// An encrypted event that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub event_id: String,
    pub room_id: String,
    pub sender: String,
    /// The Megolm session whose key is missing. Empty when the event is broken.
    pub session_id: String,
    /// `origin_server_ts` of the event, milliseconds.
    pub sent_at_ms: u64,
    pub reason: WaitingReason,
    /// The code of `m.room_key.withheld`, e.g. `m.unverified`, when the sender keeps the key back.
    pub withheld: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingReason {
    /// The room key is not here. Waits; `shareRoomHistoryWithUser` of the sender's client mends it.
    MissingKey,
    /// The room key here begins after this message. Waits, mended likewise.
    KeyTooNew,
    /// Malformed, forged or in an unsupported algorithm. Does not wait: nothing can mend it.
    Broken,
    /// Repeats another event's message: a replay (specification, Megolm «replay attacks»). Does not wait.
    Replayed,
}

impl WaitingReason {
    /// Whether a key that comes later can help.
    pub fn can_be_mended(self) -> bool {
        matches!(self, Self::MissingKey | Self::KeyTooNew)
    }
}

/// How surely an event comes from whom it names. Ordered from the surest to the least sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// From a device signed by its owner, whose identity the keeper has signed.
    Verified,
    /// From a device signed by its owner; the identity is the one first seen.
    CrossSigned,
    /// From a device that its owner has not signed (many ordinary clients).
    UnsignedDevice,
    /// The device is deleted, unknown, or the key was handed over and not sent by the device itself.
    UnknownDevice,
    /// The owner's identity is not the one that the keeper once signed.
    IdentityChanged,
    /// The device that made the key does not belong to the event's sender.
    WrongSender,
}

impl Verification {
    /// The name under which it is recorded, e.g. `cross_signed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::CrossSigned => "cross_signed",
            Self::UnsignedDevice => "unsigned_device",
            Self::UnknownDevice => "unknown_device",
            Self::IdentityChanged => "identity_changed",
            Self::WrongSender => "wrong_sender",
        }
    }
}

/// Users of the transaction's `device_lists`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceChanges {
    pub changed: Vec<String>,
    pub left: Vec<String>,
}

impl DeviceChanges {
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.left.is_empty()
    }
}

/// Counts of the keeper's unclaimed keys at the moment the transaction was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyCounts {
    /// `None` when the transaction says nothing.
    pub one_time_keys: Option<u64>,
    /// `None` when the transaction says nothing.
    pub fallback_key_unused: Option<bool>,
}

impl KeyCounts {
    /// Alarm: clients get no one-time key and soon talk past the keeper. It uploads new ones by itself.
    pub fn exhausted(&self) -> bool {
        self.one_time_keys == Some(0)
    }
}

/// The keys that the keeper held of a room at one moment: what a hand-over gives at most.
///
/// Who may have them is asked after that moment, so that what is said later never goes to one who is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The room.
    pub room_id: String,
    /// Ids of its sessions.
    pub sessions: BTreeSet<String>,
}

/// The result of a hand-over of history keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HandOver {
    /// Devices that were given the keys. **0 is not an error and means that nobody can read**: the user has no
    /// cross-signed device; show «set up your keys» and hand over again after his next device change.
    pub devices: usize,
    /// Sessions in the bundle.
    pub sessions: usize,
}

/// A message accepted by the homeserver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub event_id: String,
    /// Members who were not given the key, because their identity changed and is not approved.
    pub left_out: Vec<String>,
}

/// What the keeper knows of a user's cross-signing identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Ed25519 master key, unpadded base64. `None`: the user has not set up cross-signing.
    pub master_key: Option<String>,
    pub trust: IdentityTrust,
    /// Devices in all, and those signed by their owner: only the latter are given history.
    pub devices: usize,
    pub devices_cross_signed: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityTrust {
    /// No cross-signing identity.
    None,
    /// The identity first seen, unchanged since (or approved after a change).
    Pinned,
    /// The keeper signed this identity.
    Signed,
    /// The identity was replaced and is not approved: nothing goes to it before `approve_identity`.
    Changed,
}
