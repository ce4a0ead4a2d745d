//! Room state: all of it, one entry, setting one; and single events.

use axum::response::{IntoResponse, Response};
use consilium_event::{Draft, Membership, StateKey};
use ruma::{CanonicalJsonObject, MilliSecondsSinceUnixEpoch, events::StateEventType};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Asked, RoomPath, json, send::Massaged, sent};
use crate::{
    http::{ApiError, Body, Here, Requester, matrix::json_bytes},
    room::{
        Rooms,
        client_event::{self, Audience},
        decide::{Ask, membership_of},
        membership::check_state,
        read,
    },
};

/// `GET /_matrix/client/v3/rooms/{roomId}/state` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstate)
pub async fn all(Here(rooms): Here<Rooms>, requester: Requester, path: RoomPath) -> Result<Response, ApiError> {
    let view = rooms.view();
    let mut access = path.open(&rooms, &*view, &requester).await?;
    let root = access.root().await?;
    let seqs = rooms.base.nodes.all(&*view, access.room, root).await?;
    let events = read::events(&*view, access.room, &seqs).await?;
    let audience = Audience::of(&rooms.base, &*view, access.room, Some(&path.room), &requester);
    json(&audience.events(&mut access.reader, &events).await?)
}

#[derive(Debug, Default, Deserialize)]
pub struct Format {
    format: Option<String>,
}

/// `GET /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidstateeventtypestatekey)
pub async fn one(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(query): Asked<Format>,
) -> Result<Response, ApiError> {
    let view = rooms.view();
    let mut access = path.open(&rooms, &*view, &requester).await?;
    let key = StateKey::new(StateEventType::from(path.argument(0)), path.argument(1));
    let root = access.root().await?;
    let Some((_, event)) = rooms.state_at(&*view, access.room, root, &key).await? else {
        return Err(ApiError::not_found("The room has no such state."));
    };
    match query.format.as_deref() {
        None | Some("content") => Ok(raw(&client_event::content(&event)?)),
        Some("event") => {
            let audience = Audience::of(&rooms.base, &*view, access.room, Some(&path.room), &requester);
            Ok(raw(&audience.event(&mut access.reader, &event).await?))
        }
        Some(_) => Err(ApiError::invalid_param("`format` is `content` or `event`.")),
    }
}

fn raw(json: &RawValue) -> Response {
    json_bytes(json.get().to_owned()).into_response()
}

/// `PUT /_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey)
pub async fn put(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(ts): Asked<Massaged>,
    Body(content): Body<CanonicalJsonObject>,
) -> Result<Response, ApiError> {
    let at = ts.at(&rooms, &requester);
    let draft = state(&rooms, &requester, (path.argument(0), path.argument(1)), content, at).await?;
    sent(&rooms.ask(&path.room, Ask::Event(draft), None).await?)
}

/// State as a request asks for it, sent at `origin_server_ts`. Errors: what the Client-Server API does not allow it to say.
pub async fn state(
    rooms: &Rooms,
    requester: &Requester,
    (kind, state_key): (&str, &str),
    content: CanonicalJsonObject,
    origin_server_ts: MilliSecondsSinceUnixEpoch,
) -> Result<Draft, ApiError> {
    let kind = StateEventType::from(kind);
    check_state(&kind, &content)?;
    rooms.check_openness(requester, &kind, &content)?;
    if kind == StateEventType::RoomMember && membership_of(&content) == Some(Membership::Invite) {
        rooms.check_invite(requester, state_key).await?;
    }
    let (sender, state_key) = (requester.user.clone(), Some(state_key.to_owned()));
    Ok(Draft { sender, kind: kind.into(), state_key, content, redacts: None, sticky: None, origin_server_ts })
}

/// `GET /_matrix/client/v3/rooms/{roomId}/event/{eventId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomideventeventid)
pub async fn event(Here(rooms): Here<Rooms>, requester: Requester, path: RoomPath) -> Result<Response, ApiError> {
    let view = rooms.view();
    let event_id = path.event(0)?;
    let absent = || ApiError::not_found("There is no such event, or you may not see it.");
    let mut access = match path.open(&rooms, &*view, &requester).await {
        Ok(access) => access,
        Err(ApiError::Matrix { .. }) => return Err(absent()),
        Err(error) => return Err(error),
    };
    let event = access.event(&event_id).await?;
    let audience = Audience::of(&rooms.base, &*view, access.room, Some(&path.room), &requester);
    Ok(raw(&audience.event(&mut access.reader, &event).await?))
}
