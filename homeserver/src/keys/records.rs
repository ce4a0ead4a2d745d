//! Stored forms of keys.

use consilium_store::Versioned;
use serde::{Deserialize, Serialize};

/// A one-time key that waits to be claimed, in the order of the uploads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OneTimeKey {
    /// `<algorithm>:<id>`.
    pub key_id: String,
    pub json: Vec<u8>,
}

impl Versioned for OneTimeKey {
    const VERSION: u8 = 1;
}

/// That a one-time key with this id was uploaded; kept after it was claimed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct OneTimeKeyId {
    /// Hash of the key's canonical JSON.
    pub hash: [u8; 32],
    pub claimed: bool,
}

impl Versioned for OneTimeKeyId {
    const VERSION: u8 = 1;
}

/// The key that is handed out when the one-time keys have run out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FallbackKey {
    pub key_id: String,
    pub json: Vec<u8>,
    pub hash: [u8; 32],
    /// Whether it was handed out at least once.
    pub used: bool,
}

impl Versioned for FallbackKey {
    const VERSION: u8 = 1;
}

/// The three cross-signing keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    Master = 0,
    SelfSigning = 1,
    UserSigning = 2,
}

impl Usage {
    pub const ALL: [Self; 3] = [Self::Master, Self::SelfSigning, Self::UserSigning];

    /// As stored.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// As the specification writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Master => "master",
            Self::SelfSigning => "self_signing",
            Self::UserSigning => "user_signing",
        }
    }
}
