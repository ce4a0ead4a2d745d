//! `PUT …/send/…` and `PUT …/redact/…`.

use axum::response::Response;
use consilium_event::Draft;
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

/// `PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid)
pub async fn send(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(ts): Asked<Massaged>,
    Body(mut content): Body<CanonicalJsonObject>,
) -> Result<Response, ApiError> {
    let (kind, txn_id) = (path.argument(0), path.argument(1));
    let txn = rooms.txn(&requester, &["send", path.room.as_str(), kind], txn_id);
    if let Some(event_id) = rooms.sent_before(&txn).await? {
        return sent(&event_id);
    }
    let kind = TimelineEventType::from(kind);
    let redacts = if kind == TimelineEventType::RoomRedaction { Some(redacts(&mut content)?) } else { None };
    let origin_server_ts = ts.at(&rooms, &requester);
    let draft = Draft { sender: requester.user.clone(), kind, state_key: None, content, redacts, origin_server_ts };
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
        origin_server_ts: ts.at(&rooms, &requester),
    };
    sent(&rooms.ask(&path.room, Ask::Event(draft), Some(txn)).await?)
}
