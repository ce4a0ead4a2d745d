//! Receipts: how far a user has read, shown to all or to himself only, for the whole room or for a thread.
//!
//! Invariants: a receipt never moves back; a private one is seen by its user only; `m.fully_read` is account data of the room, not a receipt.
//! Source: client-server API v1.19 §Receipts, §Threaded read receipts, §Fully read markers.

mod content;
mod routes;
mod service;

use consilium_store::{Position, codec::Versioned};
use serde::{Deserialize, Serialize};

pub use content::receipts_event;
pub use routes::{send_receipt, set_read_markers};
pub use service::{ReceiptError, Receipts};

/// Who sees a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReceiptKind {
    Public,
    Private,
}

impl ReceiptKind {
    /// The number in keys.
    pub fn tag(self) -> u8 {
        match self {
            Self::Public => 0,
            Self::Private => 1,
        }
    }

    pub fn of_tag(tag: u8) -> Self {
        if tag == 0 { Self::Public } else { Self::Private }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "m.read",
            Self::Private => "m.read.private",
        }
    }
}

/// The thread of a receipt as it stands in keys: `""` for a receipt without one, `main`, or the event id of the thread's root.
pub type ThreadName = String;

/// A stored receipt. Its version is the position of its commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub event_id: String,
    /// Place of the event in the timeline.
    pub order: i64,
    pub ts_ms: u64,
}

impl Versioned for Receipt {
    const VERSION: u8 = 1;
}

/// Which receipt a row of the room's stream is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRef {
    pub user: u64,
    pub kind: ReceiptKind,
    pub thread: ThreadName,
}

impl Versioned for ReceiptRef {
    const VERSION: u8 = 1;
}

/// A receipt with whose it is.
#[derive(Clone, Debug)]
pub struct Read {
    pub user: crate::ids::UserKey,
    pub kind: ReceiptKind,
    pub thread: ThreadName,
    pub receipt: Receipt,
    pub position: Position,
}
