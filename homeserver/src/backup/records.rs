//! Stored forms of backups, and which of two keys is better.

use consilium_store::Versioned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A version of a user's backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BackupVersion {
    pub algorithm: String,
    /// JSON object.
    pub auth_data: String,
    /// Rises with every change of the keys.
    pub etag: u64,
    pub count: u64,
    /// Deleted versions stay as a mark, so that their number is not used again.
    pub deleted: bool,
}

impl Versioned for BackupVersion {
    const VERSION: u8 = 1;
}

/// One session's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupKey {
    pub first_message_index: u64,
    pub forwarded_count: u64,
    pub is_verified: bool,
    /// The whole JSON object that the client sent.
    pub json: Vec<u8>,
}

impl Versioned for BackupKey {
    const VERSION: u8 = 1;
}

impl BackupKey {
    /// From what the client sent; `None` when a field is missing or of another type.
    pub fn parse(json: &str) -> Option<Self> {
        let object: Map<String, Value> = serde_json::from_str(json).ok()?;
        let number = |name: &str| object.get(name)?.as_u64();
        object.get("session_data")?.as_object()?;
        Some(Self {
            first_message_index: number("first_message_index")?,
            forwarded_count: number("forwarded_count")?,
            is_verified: object.get("is_verified")?.as_bool()?,
            json: json.into(),
        })
    }

    /// Source: client-server API v1.19 §Server-side key backups, `PUT room_keys/keys`: verified first, then the lower first message index, then
    /// the lower forwarded count.
    pub fn is_better_than(&self, other: &Self) -> bool {
        let rank = |key: &Self| (!key.is_verified, key.first_message_index, key.forwarded_count);
        rank(self) < rank(other)
    }
}

#[cfg(test)]
mod tests {
    use super::BackupKey;

    fn key(first_message_index: u64, forwarded_count: u64, is_verified: bool) -> BackupKey {
        BackupKey { first_message_index, forwarded_count, is_verified, json: Vec::new() }
    }

    #[test]
    fn verified_then_earlier_then_less_forwarded_is_better() {
        assert!(key(9, 9, true).is_better_than(&key(0, 0, false)));
        assert!(key(1, 9, true).is_better_than(&key(2, 0, true)));
        assert!(key(1, 1, false).is_better_than(&key(1, 2, false)));
        assert!(!key(1, 1, false).is_better_than(&key(1, 1, false)));
    }

    #[test]
    fn keys_with_missing_fields_are_refused() {
        assert!(BackupKey::parse(r#"{"first_message_index":1,"forwarded_count":0,"is_verified":true}"#).is_none());
        let whole = r#"{"first_message_index":1,"forwarded_count":0,"is_verified":true,"session_data":{}}"#;
        assert!(BackupKey::parse(whole).is_some());
    }
}
