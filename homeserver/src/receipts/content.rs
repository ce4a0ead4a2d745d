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
        let by_user = by_kind.entry(read.kind.name()).or_default();
        // Two receipts of a user at one event: the one without a thread says more. Source: MSC4102.
        if read.thread.is_empty() || !by_user.contains_key(user.as_str()) {
            by_user.insert(user.as_str(), entry);
        }
    }
    serde_json::value::to_raw_value(&json!({ "type": "m.receipt", "content": content })).ok()
}
