//! From a draft to an event: hashes, signature, id. The canonical JSON that is made here is what is stored and sent.

use ruma::{
    CanonicalJsonObject, CanonicalJsonValue, EventId, Int, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId,
    OwnedUserId, RoomId, ServerName,
    events::TimelineEventType,
    signatures::{Ed25519KeyPair, JsonError, hash_and_sign_event, reference_hash},
};
use serde_json::value::RawValue;

use crate::{pdu::Pdu, version::RoomRules};

/// Largest event in canonical JSON with its signatures, in bytes. The specification says 65,536, the implementations that
/// we must be accepted by refuse that very number.
pub const PDU_BYTES_MAX: usize = 65_535;

/// Longest `type`, `state_key`, room id and user id, in bytes. Source: client-server API v1.19 §Size limits.
pub const FIELD_BYTES_MAX: usize = 255;

/// Name of the object that makes an event sticky, until the proposal is part of the specification.
pub const STICKY: &str = "msc4354_sticky";

/// Longest time that an event can be sticky, in milliseconds. Source: MSC4354.
pub const STICKY_MS_MAX: u32 = 3_600_000;

/// How long an event is sticky, in milliseconds, at most [`STICKY_MS_MAX`]. Source: MSC4354.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StickyMs(u32);

impl StickyMs {
    /// `None`: longer than an event can be sticky.
    pub fn new(duration_ms: u32) -> Option<Self> {
        (duration_ms <= STICKY_MS_MAX).then_some(Self(duration_ms))
    }

    pub fn get(self) -> u32 {
        self.0
    }
}

/// An event before its id, hashes and signature.
#[derive(Clone, Debug)]
pub struct Draft {
    pub sender: OwnedUserId,
    pub kind: TimelineEventType,
    pub state_key: Option<String>,
    pub content: CanonicalJsonObject,
    /// Target of a redaction: written where the room version wants it.
    pub redacts: Option<OwnedEventId>,
    /// Only of message events.
    pub sticky: Option<StickyMs>,
    pub origin_server_ts: MilliSecondsSinceUnixEpoch,
}

/// Where in the graph the event stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// `None` only for a create event whose hash becomes the room id.
    pub room_id: Option<&'a RoomId>,
    pub prev_events: &'a [OwnedEventId],
    pub auth_events: &'a [OwnedEventId],
    pub depth: u64,
}

/// Who signs.
#[derive(Clone, Copy, Debug)]
pub struct Signer<'a> {
    pub server_name: &'a ServerName,
    pub key_pair: &'a Ed25519KeyPair,
}

/// A built event: its fields, and its canonical JSON with hashes and signatures.
#[derive(Clone, Debug)]
pub struct Built {
    pub pdu: Pdu,
    pub json: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("the event is larger than {PDU_BYTES_MAX} bytes")]
    TooLarge,
    #[error("`{0}` is longer than {FIELD_BYTES_MAX} bytes")]
    FieldTooLong(&'static str),
    #[error("the event cannot be hashed and signed")]
    Json(#[from] JsonError),
    #[error("the event cannot be written as JSON")]
    Serialize(#[from] serde_json::Error),
    #[error("the hash of the event gives no event id")]
    NoEventId,
}

/// Hashes, signs and names the event. Pure, except that it costs one signature (about 20 µs).
pub fn build(mut draft: Draft, place: Place<'_>, signer: Signer<'_>, rules: &RoomRules) -> Result<Built, BuildError> {
    check_fields(&draft, place)?;
    let mut object = object(&mut draft, place, rules);
    hash_and_sign(&mut object, signer, rules)?;
    let event_id = event_id(&object, rules)?;
    let json = serde_json::to_vec(&object)?;
    if json.len() > PDU_BYTES_MAX {
        return Err(BuildError::TooLarge);
    }
    let content = object.get("content").unwrap_or(&CanonicalJsonValue::Null);
    let pdu = Pdu {
        event_id,
        room_id: place.room_id.map(RoomId::to_owned),
        sender: draft.sender,
        origin_server_ts: draft.origin_server_ts,
        kind: draft.kind,
        state_key: draft.state_key,
        content: RawValue::from_string(serde_json::to_string(content)?)?,
        prev_events: place.prev_events.to_vec(),
        auth_events: place.auth_events.to_vec(),
        redacts: draft.redacts,
        depth: place.depth,
        rejected: false,
    };
    Ok(Built { pdu, json })
}

/// The id that a stored or received event has by its room version.
pub fn event_id(object: &CanonicalJsonObject, rules: &RoomRules) -> Result<OwnedEventId, BuildError> {
    let hash = reference_hash(object, &rules.rules).map_err(size_or_json)?;
    EventId::parse(format!("${hash}")).map_err(|_| BuildError::NoEventId)
}

/// The id of a room that is named by its create event.
pub fn room_id_of_create(create: &EventId) -> Result<OwnedRoomId, BuildError> {
    RoomId::parse(format!("!{}", create.localpart())).map_err(|_| BuildError::NoEventId)
}

fn check_fields(draft: &Draft, place: Place<'_>) -> Result<(), BuildError> {
    let fields = [
        ("type", draft.kind.to_string().len()),
        ("state_key", draft.state_key.as_ref().map_or(0, String::len)),
        ("sender", draft.sender.as_bytes().len()),
        ("room_id", place.room_id.map_or(0, |id| id.as_bytes().len())),
    ];
    match fields.into_iter().find(|(_, bytes)| *bytes > FIELD_BYTES_MAX) {
        Some((field, _)) => Err(BuildError::FieldTooLong(field)),
        None => Ok(()),
    }
}

fn object(draft: &mut Draft, place: Place<'_>, rules: &RoomRules) -> CanonicalJsonObject {
    let text = |value: &str| CanonicalJsonValue::String(value.to_owned());
    let ids = |ids: &[OwnedEventId]| CanonicalJsonValue::Array(ids.iter().map(|id| text(id.as_str())).collect());
    let mut content = std::mem::take(&mut draft.content);
    let mut object = CanonicalJsonObject::new();
    if let Some(redacts) = &draft.redacts {
        if rules.redacts_in_content() {
            content.insert("redacts".into(), text(redacts.as_str()));
        } else {
            object.insert("redacts".into(), text(redacts.as_str()));
        }
    }
    object.insert("auth_events".into(), ids(place.auth_events));
    object.insert("content".into(), CanonicalJsonValue::Object(content));
    object.insert("depth".into(), CanonicalJsonValue::Integer(Int::new_saturating(place.depth.cast_signed())));
    object.insert("origin_server_ts".into(), CanonicalJsonValue::Integer(draft.origin_server_ts.get().into()));
    object.insert("prev_events".into(), ids(place.prev_events));
    if let Some(room_id) = place.room_id {
        object.insert("room_id".into(), text(room_id.as_str()));
    }
    object.insert("sender".into(), text(draft.sender.as_str()));
    if let Some(state_key) = &draft.state_key {
        object.insert("state_key".into(), text(state_key));
    }
    if let Some(sticky) = draft.sticky {
        let duration = ("duration_ms".to_owned(), CanonicalJsonValue::Integer(sticky.get().into()));
        object.insert(STICKY.into(), CanonicalJsonValue::Object([duration].into()));
    }
    object.insert("type".into(), CanonicalJsonValue::String(draft.kind.to_string()));
    object
}

fn hash_and_sign(object: &mut CanonicalJsonObject, signer: Signer<'_>, rules: &RoomRules) -> Result<(), BuildError> {
    hash_and_sign_event(signer.server_name.as_str(), signer.key_pair, object, &rules.rules.redaction)
        .map_err(size_or_json)
}

fn size_or_json(error: JsonError) -> BuildError {
    match error {
        JsonError::PduTooLarge => BuildError::TooLarge,
        error => BuildError::Json(error),
    }
}
