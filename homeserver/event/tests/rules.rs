//! Build, authorize and redact together: a small room of each creatable version, made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{collections::HashMap, sync::Arc};

use consilium_event::{
    Draft, Pdu, Place, RoomRules, Signer, StateKey,
    authorize::{auth_keys, authorize, deciding_keys},
    build::{self, BuildError, PDU_BYTES_MAX, room_id_of_create},
    redact::redact,
    version::CREATABLE,
};
use ruma::{
    CanonicalJsonObject, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, RoomVersionId, UInt, UserId, room_id,
    server_name,
    signatures::{Ed25519KeyPair, PublicKeyMap, Verified, verify_event},
    user_id,
};
use serde_json::json;

struct Room {
    rules: RoomRules,
    keys: Ed25519KeyPair,
    id: Option<OwnedRoomId>,
    state: HashMap<StateKey, Arc<Pdu>>,
    last: Vec<OwnedEventId>,
    depth: u64,
}

fn content(value: serde_json::Value) -> CanonicalJsonObject {
    serde_json::from_value(value).unwrap()
}

impl Room {
    fn new(version: &RoomVersionId) -> Self {
        let rules = RoomRules::creatable(version).unwrap();
        let document = Ed25519KeyPair::generate();
        let keys = Ed25519KeyPair::from_der(&document, "1".into()).unwrap();
        let id = (!rules.room_id_is_create_hash()).then(|| room_id!("!room:hs.test").to_owned());
        Self { rules, keys, id, state: HashMap::new(), last: vec![], depth: 0 }
    }

    fn made_by(version: &RoomVersionId, creator: &UserId) -> Self {
        let mut room = Self::new(version);
        let mut create = json!({ "room_version": version });
        if *version == RoomVersionId::V10 {
            create["creator"] = json!(creator);
        }
        let built = room.send(creator, "m.room.create", Some(""), create).unwrap();
        if room.rules.room_id_is_create_hash() {
            room.id = Some(room_id_of_create(&built.pdu.event_id).unwrap());
        }
        room.send(creator, "m.room.member", Some(creator.as_str()), json!({ "membership": "join" })).unwrap();
        let users = if room.rules.creators_are_privileged() { json!({}) } else { json!({ creator: 100 }) };
        room.send(creator, "m.room.power_levels", Some(""), json!({ "users": users })).unwrap();
        room.send(creator, "m.room.join_rules", Some(""), json!({ "join_rule": "public" })).unwrap();
        room
    }

    fn draft(sender: &UserId, kind: &str, state_key: Option<&str>, value: serde_json::Value) -> Draft {
        Draft {
            sender: sender.to_owned(),
            kind: kind.into(),
            state_key: state_key.map(ToOwned::to_owned),
            content: content(value),
            redacts: None,
            sticky: None,
            origin_server_ts: MilliSecondsSinceUnixEpoch(UInt::from(1_700_000_000_u32)),
        }
    }

    fn build(&self, draft: Draft) -> Result<build::Built, BuildError> {
        let auth: Vec<OwnedEventId> = auth_keys(&draft, &self.rules)
            .unwrap()
            .iter()
            .filter_map(|key| self.state.get(key).map(|pdu| pdu.event_id.clone()))
            .collect();
        let place =
            Place { room_id: self.id.as_deref(), prev_events: &self.last, auth_events: &auth, depth: self.depth + 1 };
        build::build(draft, place, Signer { server_name: server_name!("hs.test"), key_pair: &self.keys }, &self.rules)
    }

    fn send(
        &mut self,
        sender: &UserId,
        kind: &str,
        state_key: Option<&str>,
        value: serde_json::Value,
    ) -> Result<build::Built, String> {
        let draft = Self::draft(sender, kind, state_key, value);
        let needed = deciding_keys(&draft, &self.rules).map_err(|error| error.to_string())?;
        let built = self.build(draft).map_err(|error| error.to_string())?;
        authorize(
            &self.rules,
            &built.pdu,
            |kind, key| {
                let key = StateKey::new(kind.clone(), key);
                let found = self.state.get(&key).cloned();
                assert!(found.is_none() || needed.contains(&key), "{key:?} decides but is not listed");
                found
            },
            |id| self.state.values().find(|pdu| pdu.event_id == *id).cloned(),
        )
        .map_err(|error| error.to_string())?;
        self.last = vec![built.pdu.event_id.clone()];
        self.depth += 1;
        if let Some(key) = &built.pdu.state_key {
            self.state.insert(StateKey::new(kind.into(), key), Arc::new(built.pdu.clone()));
        }
        Ok(built)
    }
}

#[test]
fn each_version_makes_a_room_that_others_can_verify() {
    let alice = user_id!("@alice:hs.test");
    for version in CREATABLE {
        let mut room = Room::made_by(&version, alice);
        let built = room.send(alice, "m.room.message", None, json!({ "body": "hello", "msgtype": "m.text" })).unwrap();
        let object: CanonicalJsonObject = serde_json::from_slice(&built.json).unwrap();
        let mut keys = PublicKeyMap::new();
        let public = ruma::serde::Base64::new(room.keys.public_key().to_vec());
        keys.entry("hs.test".into()).or_default().insert("ed25519:1".into(), public);
        assert_eq!(verify_event(&keys, &object, &room.rules.rules).unwrap(), Verified::All, "{version}");
        assert_eq!(build::event_id(&object, &room.rules).unwrap(), built.pdu.event_id);
        let read = Pdu::from_json(built.pdu.event_id.clone(), &built.json).unwrap();
        assert_eq!(read.content.get(), built.pdu.content.get());
        assert_eq!((read.depth, read.prev_events, read.auth_events), (5, built.pdu.prev_events, built.pdu.auth_events));
    }
}

#[test]
fn strangers_may_not_speak_and_members_may() {
    let (alice, bob) = (user_id!("@alice:hs.test"), user_id!("@bob:hs.test"));
    for version in CREATABLE {
        let mut room = Room::made_by(&version, alice);
        let hello = json!({ "body": "hello", "msgtype": "m.text" });
        assert!(room.send(bob, "m.room.message", None, hello.clone()).is_err(), "{version}");
        room.send(bob, "m.room.member", Some(bob.as_str()), json!({ "membership": "join" })).unwrap();
        room.send(bob, "m.room.message", None, hello).unwrap();
        assert!(room.send(bob, "m.room.name", Some(""), json!({ "name": "mine" })).is_err(), "{version}");
        room.send(alice, "m.room.member", Some(bob.as_str()), json!({ "membership": "ban" })).unwrap();
        assert!(room.send(bob, "m.room.member", Some(bob.as_str()), json!({ "membership": "join" })).is_err());
    }
}

#[test]
fn creators_of_version_12_stand_above_power_levels() {
    let (alice, bob) = (user_id!("@alice:hs.test"), user_id!("@bob:hs.test"));
    let mut room = Room::made_by(&RoomVersionId::V12, alice);
    room.send(bob, "m.room.member", Some(bob.as_str()), json!({ "membership": "join" })).unwrap();
    room.send(alice, "m.room.power_levels", Some(""), json!({ "users": { bob: 100 } })).unwrap();
    assert!(room.send(bob, "m.room.member", Some(alice.as_str()), json!({ "membership": "leave" })).is_err());
    assert!(room.send(alice, "m.room.power_levels", Some(""), json!({ "users": { alice: 100 } })).is_err());
    room.send(alice, "m.room.member", Some(bob.as_str()), json!({ "membership": "leave" })).unwrap();
}

#[test]
fn a_call_membership_of_somebody_else_is_refused() {
    let alice = user_id!("@alice:hs.test");
    let mut room = Room::made_by(&RoomVersionId::V12, alice);
    for kind in ["m.call.member", "org.matrix.msc3401.call.member"] {
        for own in ["@alice:hs.test", "_@alice:hs.test_DEVICE_m.call", "_@alice:hs.test"] {
            room.send(alice, kind, Some(own), json!({})).unwrap();
        }
        for foreign in ["_@bob:hs.test_DEVICE_m.call", "", "_@alice:hs.testing_DEVICE", "DEVICE"] {
            assert!(room.send(alice, kind, Some(foreign), json!({})).is_err(), "{kind} {foreign}");
        }
    }
}

#[test]
fn an_event_above_the_limits_is_refused() {
    let alice = user_id!("@alice:hs.test");
    let room = Room::made_by(&RoomVersionId::V12, alice);
    let message = |bytes: usize| Room::draft(alice, "m.room.message", None, json!({ "body": "x".repeat(bytes) }));
    assert!(matches!(room.build(message(PDU_BYTES_MAX)), Err(BuildError::TooLarge)));
    let frame = room.build(message(1)).unwrap().json.len() - 1;
    assert_eq!(room.build(message(PDU_BYTES_MAX - frame)).unwrap().json.len(), PDU_BYTES_MAX);
    assert!(matches!(room.build(message(PDU_BYTES_MAX - frame + 1)), Err(BuildError::TooLarge)));
    let long = Room::draft(alice, "m.x", Some(&"k".repeat(256)), json!({}));
    assert!(matches!(room.build(long), Err(BuildError::FieldTooLong("state_key"))));
}

#[test]
fn a_redaction_keeps_the_id_and_takes_the_content() {
    let alice = user_id!("@alice:hs.test");
    for version in CREATABLE {
        let mut room = Room::made_by(&version, alice);
        let built = room.send(alice, "m.room.message", None, json!({ "body": "secret" })).unwrap();
        let left = redact(&built.json, &room.rules).unwrap();
        assert!(!String::from_utf8_lossy(&left).contains("secret"));
        assert_eq!(redact(&left, &room.rules).unwrap(), left);
        let object: CanonicalJsonObject = serde_json::from_slice(&left).unwrap();
        assert_eq!(build::event_id(&object, &room.rules).unwrap(), built.pdu.event_id);

        let mut draft = Room::draft(alice, "m.room.redaction", None, json!({ "reason": "mistake" }));
        draft.redacts = Some(built.pdu.event_id.clone());
        let redaction: serde_json::Value = serde_json::from_slice(&room.build(draft).unwrap().json).unwrap();
        let at = if version == RoomVersionId::V10 { "/redacts" } else { "/content/redacts" };
        assert_eq!(redaction.pointer(at).unwrap(), built.pdu.event_id.as_str());
    }
}
