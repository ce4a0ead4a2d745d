//! An event as the rules see it: its fields parsed once, its content kept as the bytes that were signed.

use ruma::{
    EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId,
    events::TimelineEventType, state_res::Event,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

/// An event of a room, after or before it was accepted.
#[derive(Clone, Debug, Deserialize)]
pub struct Pdu {
    /// Not part of the JSON since room version 3: the hash of the event.
    #[serde(skip_deserializing, default = "no_event_id")]
    pub event_id: OwnedEventId,
    /// Absent in the create event of a version whose room id is that event's hash.
    #[serde(default)]
    pub room_id: Option<OwnedRoomId>,
    pub sender: OwnedUserId,
    pub origin_server_ts: MilliSecondsSinceUnixEpoch,
    #[serde(rename = "type")]
    pub kind: TimelineEventType,
    #[serde(default)]
    pub state_key: Option<String>,
    pub content: Box<RawValue>,
    pub prev_events: Vec<OwnedEventId>,
    pub auth_events: Vec<OwnedEventId>,
    #[serde(default)]
    pub redacts: Option<OwnedEventId>,
    pub depth: u64,
    #[serde(skip)]
    pub rejected: bool,
}

/// What stands in the field until [`Pdu::from_json`] sets it.
fn no_event_id() -> OwnedEventId {
    ruma::event_id!("$unset").to_owned()
}

impl Pdu {
    /// Reads a stored or received event. Errors: not JSON, or a field that is missing or of a wrong type.
    pub fn from_json(event_id: OwnedEventId, json: &[u8]) -> Result<Self, serde_json::Error> {
        let mut pdu: Self = serde_json::from_slice(json)?;
        pdu.event_id = event_id;
        Ok(pdu)
    }

    /// The content as `T`; `None` when it has another form. A redacted or odd event is then like one without content.
    pub fn content_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.content.get()).ok()
    }
}

impl Event for Pdu {
    type Id = OwnedEventId;

    fn event_id(&self) -> &OwnedEventId {
        &self.event_id
    }

    fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_deref()
    }

    fn sender(&self) -> &UserId {
        &self.sender
    }

    fn origin_server_ts(&self) -> MilliSecondsSinceUnixEpoch {
        self.origin_server_ts
    }

    fn event_type(&self) -> &TimelineEventType {
        &self.kind
    }

    fn content(&self) -> &RawValue {
        &self.content
    }

    fn state_key(&self) -> Option<&str> {
        self.state_key.as_deref()
    }

    fn prev_events(&self) -> Box<dyn DoubleEndedIterator<Item = &OwnedEventId> + '_> {
        Box::new(self.prev_events.iter())
    }

    fn auth_events(&self) -> Box<dyn DoubleEndedIterator<Item = &OwnedEventId> + '_> {
        Box::new(self.auth_events.iter())
    }

    fn redacts(&self) -> Option<&OwnedEventId> {
        self.redacts.as_ref()
    }

    fn rejected(&self) -> bool {
        self.rejected
    }
}

/// The 32 bytes of an event id that is a hash (room versions 4 and later), else the id's own bytes: the short form for keys.
pub fn event_id_bytes(event_id: &EventId) -> Vec<u8> {
    use ruma::serde::{Base64, base64::UrlSafe};
    let text = event_id.as_str();
    Base64::<UrlSafe>::parse(&text[1..])
        .ok()
        .map(Base64::into_inner)
        .filter(|bytes: &Vec<u8>| bytes.len() == 32)
        .unwrap_or_else(|| text.as_bytes().to_vec())
}
