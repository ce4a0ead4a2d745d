//! `PUT …/send/…` and `PUT …/redact/…`.

use axum::response::Response;
use consilium_event::{Draft, StickyMs, build::STICKY_MS_MAX};
use ruma::{CanonicalJsonObject, CanonicalJsonValue, EventId, MilliSecondsSinceUnixEpoch, events::TimelineEventType};
use serde::Deserialize;

use super::{Asked, RoomPath, sent};
use crate::{
    http::{ApiError, Body, Here, Requester},
    room::{Rooms, decide::Ask},
};

/// The time that an application service gives to its events.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Massaged {
    ts: Option<u64>,
}

impl Massaged {
    /// When the event is sent: now, unless an application service says otherwise.
    pub fn at(self, rooms: &Rooms, requester: &Requester) -> MilliSecondsSinceUnixEpoch {
        match self.ts.filter(|_| requester.appservice.is_some()) {
            Some(ts) => MilliSecondsSinceUnixEpoch(ruma::UInt::new_saturating(ts)),
            None => rooms.base.context.now(),
        }
    }
}

/// How long a message is to be sticky. Source: MSC4354.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Stickiness {
    #[serde(rename = "org.matrix.msc4354.sticky_duration_ms")]
    duration_ms: Option<u32>,
}

impl Stickiness {
    /// Errors: longer than an event can be sticky.
    pub fn get(self) -> Result<Option<StickyMs>, ApiError> {
        let too_long = || ApiError::invalid_param(format!("An event is sticky for {STICKY_MS_MAX} ms at most."));
        self.duration_ms.map(|duration_ms| StickyMs::new(duration_ms).ok_or_else(too_long)).transpose()
    }
}

/// A message as a request asks for it, sent at `origin_server_ts`.
pub fn message(
    requester: &Requester,
    kind: &str,
    mut content: CanonicalJsonObject,
    sticky: Option<StickyMs>,
    origin_server_ts: MilliSecondsSinceUnixEpoch,
) -> Result<Draft, ApiError> {
    let kind = TimelineEventType::from(kind);
    let redacts = if kind == TimelineEventType::RoomRedaction { Some(redacts(&mut content)?) } else { None };
    Ok(Draft { sender: requester.user.clone(), kind, state_key: None, content, redacts, sticky, origin_server_ts })
}

/// `PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid)
pub async fn send(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(ts): Asked<Massaged>,
    Asked(stickiness): Asked<Stickiness>,
    Body(content): Body<CanonicalJsonObject>,
) -> Result<Response, ApiError> {
    let (kind, txn_id) = (path.argument(0), path.argument(1));
    let txn = rooms.txn(&requester, &["send", path.room.as_str(), kind], txn_id);
    if let Some(event_id) = rooms.sent_before(&txn).await? {
        return sent(&event_id);
    }
    let (at, sticky) = (ts.at(&rooms, &requester), stickiness.get()?);
    // From a time to come an event would stick for longer than it may.
    let at = if sticky.is_some() { at.min(rooms.base.context.now()) } else { at };
    let draft = message(&requester, kind, content, sticky, at)?;
    sent(&rooms.ask(&path.room, Ask::Event(draft), Some(txn)).await?)
}

/// The target of a redaction that is sent like any other event.
fn redacts(content: &mut CanonicalJsonObject) -> Result<ruma::OwnedEventId, ApiError> {
    match content.remove("redacts") {
        Some(CanonicalJsonValue::String(id)) => {
            EventId::parse(id).map_err(|_| ApiError::bad_json("`redacts` is not an event id."))
        }
        _ => Err(ApiError::missing_param("A redaction names its target in `redacts`.")),
    }
}

#[derive(Debug, Default, Deserialize)]
pub struct Reason {
    reason: Option<String>,
}

/// `PUT /_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidredacteventidtxnid)
pub async fn redact(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(ts): Asked<Massaged>,
    Body(body): Body<Reason>,
) -> Result<Response, ApiError> {
    let target = path.event(0)?;
    let txn = rooms.txn(&requester, &["redact", path.room.as_str(), target.as_str()], path.argument(1));
    if let Some(event_id) = rooms.sent_before(&txn).await? {
        return sent(&event_id);
    }
    let reason = body.reason.map(|reason| ("reason".to_owned(), CanonicalJsonValue::String(reason)));
    let draft = Draft {
        sender: requester.user.clone(),
        kind: TimelineEventType::RoomRedaction,
        state_key: None,
        content: reason.into_iter().collect(),
        redacts: Some(target),
        sticky: None,
        origin_server_ts: ts.at(&rooms, &requester),
    };
    sent(&rooms.ask(&path.room, Ask::Event(draft), Some(txn)).await?)
}
