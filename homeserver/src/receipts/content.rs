//! The `m.receipt` event that clients and application services get.

use std::collections::BTreeMap;

use ruma::OwnedUserId;
use serde_json::{Value, json, value::RawValue};

use super::Read;

/// One ephemeral event for many receipts of a room; `None` when there are none.
pub fn receipts_event(reads: &[(OwnedUserId, Read)]) -> Option<Box<RawValue>> {
    if reads.is_empty() {
        return None;
    }
    let mut content: BTreeMap<&str, BTreeMap<&str, BTreeMap<&str, Value>>> = BTreeMap::new();
    for (user, read) in reads {
        let mut entry = json!({ "ts": read.receipt.ts_ms });
        if !read.thread.is_empty() {
            entry["thread_id"] = Value::String(read.thread.clone());
        }
        let by_kind = content.entry(&read.receipt.event_id).or_default();
        by_kind.entry(read.kind.name()).or_default().insert(user.as_str(), entry);
    }
    serde_json::value::to_raw_value(&json!({ "type": "m.receipt", "content": content })).ok()
}
