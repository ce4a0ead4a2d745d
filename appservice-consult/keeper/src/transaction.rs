//! Reading one application-service transaction: stable and unstable names, and only what concerns the keeper's device.
//!
//! Tolerant on purpose: a homeserver repeats a refused transaction for ever, so one odd entry must not stop the stream.
//! Entries that are no objects are left out; only a body that is no JSON object is refused.
//! Names: application-service API v1.19 `PUT /_matrix/app/v1/transactions/{txnId}`, MSC2409, MSC3202, MSC4203.

use serde_json::{Map, Value, json};

use crate::{DeviceChanges, KeeperError, KeyCounts};

/// One transaction as it came, not yet looked at by the keeper.
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    id: String,
    body: Map<String, Value>,
}

impl Transaction {
    /// `id` is the `{txnId}` of the path, `body` the request's JSON.
    ///
    /// Errors: `NotATransaction` when the body is no JSON object.
    pub fn parse(id: impl Into<String>, body: &[u8]) -> Result<Self, KeeperError> {
        let value = serde_json::from_slice(body).map_err(|error| KeeperError::NotATransaction(error.to_string()))?;
        Self::from_value(id, value)
    }

    /// Like [`Transaction::parse`] for a body that is parsed already.
    pub fn from_value(id: impl Into<String>, body: Value) -> Result<Self, KeeperError> {
        match body {
            Value::Object(body) => Ok(Self { id: id.into(), body }),
            _ => Err(KeeperError::NotATransaction("the body is no JSON object".to_owned())),
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// Room events in client format, in order.
    pub fn events(&self) -> Vec<Value> {
        objects(self.body.get("events"))
    }

    /// Whether it says nothing of events, keys and devices: who types, what was read, and counts.
    pub(crate) fn is_passing(&self) -> bool {
        let to_device = self.field(&["to_device", "de.sorunome.msc2409.to_device"]);
        !has_objects(self.body.get("events")) && !has_objects(to_device) && self.device_changes().is_empty()
    }

    pub(crate) fn ephemeral(&self) -> Vec<Value> {
        objects(self.field(&["ephemeral", "de.sorunome.msc2409.ephemeral"]))
    }

    /// To-device messages for this device, as `/sync` would give them: `{type, sender, content}`.
    pub(crate) fn to_device(&self, user: &str, device: &str) -> Vec<Value> {
        let mut messages = objects(self.field(&["to_device", "de.sorunome.msc2409.to_device"]));
        messages.retain(|message| message["to_user_id"] == user && message["to_device_id"] == device);
        messages
            .into_iter()
            .map(|message| json!({ "type": message["type"], "sender": message["sender"], "content": message["content"] }))
            .collect()
    }

    pub(crate) fn device_changes(&self) -> DeviceChanges {
        let lists = self.field(&["device_lists", "org.matrix.msc3202.device_lists"]);
        let users = |name| strings(lists.and_then(|lists| lists.get(name)));
        DeviceChanges { changed: users("changed"), left: users("left") }
    }

    /// `None` in a field means «not said». A device that is named without an algorithm has none of its keys left.
    pub(crate) fn key_counts(&self, user: &str, device: &str) -> KeyCounts {
        let of_device = |field: Option<&Value>| field.and_then(|field| field.get(user)?.get(device).cloned());
        let counts = of_device(self.field(&[
            "device_one_time_keys_count",
            "org.matrix.msc3202.device_one_time_keys_count",
            "org.matrix.msc3202.device_one_time_key_counts",
        ]));
        let fallback = of_device(
            self.field(&["device_unused_fallback_key_types", "org.matrix.msc3202.device_unused_fallback_key_types"]),
        );
        KeyCounts {
            one_time_keys: counts
                .filter(Value::is_object)
                .map(|counts| counts.get(KEY_ALGORITHM).and_then(Value::as_u64).unwrap_or(0)),
            fallback_key_unused: fallback
                .filter(Value::is_array)
                .map(|types| strings(Some(&types)).iter().any(|name| name == KEY_ALGORITHM)),
        }
    }

    /// The first of these names that the body has: the stable one is named first.
    fn field(&self, names: &[&str]) -> Option<&Value> {
        names.iter().find_map(|name| self.body.get(*name))
    }
}

/// The one algorithm of one-time and fallback keys that the crypto library makes.
const KEY_ALGORITHM: &str = "signed_curve25519";

fn objects(field: Option<&Value>) -> Vec<Value> {
    let entries = field.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    entries.iter().filter(|entry| entry.is_object()).cloned().collect()
}

fn has_objects(field: Option<&Value>) -> bool {
    field.and_then(Value::as_array).is_some_and(|entries| entries.iter().any(Value::is_object))
}

fn strings(field: Option<&Value>) -> Vec<String> {
    let entries = field.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    entries.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const KEEPER: &str = "@keeper:hs.test";

    fn transaction(body: Value) -> Transaction {
        Transaction::from_value("1", body).unwrap()
    }

    #[test]
    fn unstable_names_are_read() {
        let read = transaction(json!({
            "events": [],
            "de.sorunome.msc2409.ephemeral": [{ "type": "m.typing" }],
            "de.sorunome.msc2409.to_device": [
                { "type": "m.room.encrypted", "sender": "@a:hs.test", "content": { "x": 1 }, "to_user_id": KEEPER, "to_device_id": "KEEPER1" },
            ],
            "org.matrix.msc3202.device_lists": { "changed": ["@a:hs.test"], "left": [] },
            "org.matrix.msc3202.device_one_time_keys_count": { KEEPER: { "KEEPER1": { "signed_curve25519": 50 } } },
            "org.matrix.msc3202.device_unused_fallback_key_types": { KEEPER: { "KEEPER1": ["signed_curve25519"] } },
        }));
        assert_eq!(read.ephemeral(), [json!({ "type": "m.typing" })]);
        assert_eq!(
            read.to_device(KEEPER, "KEEPER1"),
            [json!({ "type": "m.room.encrypted", "sender": "@a:hs.test", "content": { "x": 1 } })]
        );
        assert_eq!(read.device_changes().changed, ["@a:hs.test"]);
        assert_eq!(
            read.key_counts(KEEPER, "KEEPER1"),
            KeyCounts { one_time_keys: Some(50), fallback_key_unused: Some(true) }
        );
    }

    #[test]
    fn stable_names_win_and_nothing_is_doubled() {
        let read = transaction(json!({
            "ephemeral": [{ "type": "m.receipt" }],
            "de.sorunome.msc2409.ephemeral": [{ "type": "m.receipt" }],
            "device_lists": { "changed": ["@b:hs.test"], "left": ["@c:hs.test"] },
            "org.matrix.msc3202.device_lists": { "changed": ["@b:hs.test"] },
        }));
        assert_eq!(read.ephemeral().len(), 1);
        assert_eq!(
            read.device_changes(),
            DeviceChanges { changed: vec!["@b:hs.test".to_owned()], left: vec!["@c:hs.test".to_owned()] }
        );
    }

    #[test]
    fn messages_to_other_devices_are_left_out() {
        let read = transaction(json!({ "to_device": [
            { "type": "t", "sender": "@a:hs.test", "content": {}, "to_user_id": KEEPER, "to_device_id": "OTHER" },
            { "type": "t", "sender": "@a:hs.test", "content": {}, "to_user_id": "@ghost:hs.test", "to_device_id": "KEEPER1" },
        ] }));
        assert!(read.to_device(KEEPER, "KEEPER1").is_empty());
    }

    #[test]
    fn a_named_device_without_keys_has_none_and_an_unnamed_one_is_unknown() {
        let read = transaction(json!({
            "device_one_time_keys_count": { KEEPER: { "KEEPER1": {} } },
            "device_unused_fallback_key_types": { KEEPER: { "KEEPER1": [] } },
        }));
        assert_eq!(
            read.key_counts(KEEPER, "KEEPER1"),
            KeyCounts { one_time_keys: Some(0), fallback_key_unused: Some(false) }
        );
        assert!(read.key_counts(KEEPER, "KEEPER1").exhausted());
        assert_eq!(read.key_counts(KEEPER, "KEEPER2"), KeyCounts::default());
        assert!(!read.key_counts(KEEPER, "KEEPER2").exhausted());
    }

    #[test]
    fn typing_and_counts_pass_and_all_else_is_kept() {
        let passing = |body: Value| transaction(body).is_passing();
        assert!(passing(json!({})));
        assert!(passing(json!({
            "events": [], "to_device": [], "device_lists": { "changed": [], "left": [] },
            "ephemeral": [{ "type": "m.typing" }],
            "device_one_time_keys_count": { KEEPER: { "KEEPER1": { "signed_curve25519": 50 } } },
        })));
        assert!(!passing(json!({ "events": [{ "type": "m.room.message" }] })));
        assert!(!passing(json!({ "de.sorunome.msc2409.to_device": [{ "type": "m.room_key" }] })));
        assert!(!passing(json!({ "device_lists": { "left": ["@a:hs.test"] } })));
    }

    #[test]
    fn odd_entries_do_not_stop_the_stream() {
        let read = transaction(
            json!({ "events": [1, "x", null, { "type": "m.room.message" }], "to_device": {}, "device_lists": 3 }),
        );
        assert_eq!(read.events(), [json!({ "type": "m.room.message" })]);
        assert!(read.to_device(KEEPER, "KEEPER1").is_empty());
        assert_eq!(read.device_changes(), DeviceChanges::default());
    }

    #[test]
    fn a_body_that_is_no_object_is_refused() {
        assert!(matches!(Transaction::parse("1", b"[]"), Err(KeeperError::NotATransaction(_))));
        assert!(matches!(Transaction::parse("1", b"{"), Err(KeeperError::NotATransaction(_))));
    }
}
