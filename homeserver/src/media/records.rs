//! Stored forms of media.

use consilium_store::{BlobHash, Versioned};
use serde::{Deserialize, Serialize};

/// A media id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaRow {
    /// User key of who made it.
    pub uploader: u64,
    pub created_ms: u64,
    pub state: MediaState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaState {
    /// Made by `/create`; its content may come until then.
    Pending {
        expires_ms: u64,
    },
    Stored(Stored),
}

/// Content, with what its uploader said about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    pub hash: [u8; 32],
    pub size_bytes: u64,
    pub content_type: Option<String>,
    pub filename: Option<String>,
}

impl Stored {
    pub fn blob(&self) -> BlobHash {
        BlobHash(self.hash)
    }
}

impl Versioned for MediaRow {
    const VERSION: u8 = 1;
}

/// A thumbnail that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThumbnailRow {
    pub hash: [u8; 32],
    pub size_bytes: u64,
    pub content_type: String,
}

impl Versioned for ThumbnailRow {
    const VERSION: u8 = 1;
}
