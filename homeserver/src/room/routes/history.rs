//! `/messages`, `/context`, `/timestamp_to_event`.

use axum::response::Response;
use consilium_event::StateKey;
use serde::{Deserialize, Serialize};

use super::{Asked, RoomPath, filter_of, json};
use crate::{
    http::{ApiError, Here, Requester},
    room::{
        RoomError, Rooms,
        client_event::{Audience, Json},
        event_filter::EventFilter,
        history::{Access, PAGE, PAGE_MAX, PageAsk, Place, Way},
        read,
        rows::StoredEvent,
    },
};

#[derive(Debug, Deserialize)]
pub struct MessagesQuery {
    from: Option<String>,
    to: Option<String>,
    dir: Dir,
    limit: Option<u64>,
    filter: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Dir {
    #[serde(rename = "b")]
    Backward,
    #[serde(rename = "f")]
    Forward,
}

impl From<Dir> for Way {
    fn from(dir: Dir) -> Self {
        match dir {
            Dir::Backward => Self::Backward,
            Dir::Forward => Self::Forward,
        }
    }
}

#[derive(Serialize)]
struct Messages {
    start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    chunk: Vec<Json>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    state: Vec<Json>,
}

/// `GET /_matrix/client/v3/rooms/{roomId}/messages` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmessages)
pub async fn messages(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(query): Asked<MessagesQuery>,
) -> Result<Response, ApiError> {
    let filter = filter_of(query.filter.as_deref())?;
    let view = rooms.view();
    let mut access = path.open(&rooms, &*view, &requester).await?;
    let end = access.end().await?;
    let from = match (&query.from, query.dir) {
        (Some(token), _) => access.place(token).await?.min(end),
        (None, Dir::Backward) => end,
        (None, Dir::Forward) => Place(i64::MIN),
    };
    let to = match (&query.to, query.dir) {
        (Some(token), _) => Some(access.place(token).await?.min(end)),
        (None, Dir::Backward) => None,
        (None, Dir::Forward) => Some(end),
    };
    let limit = limit_of(query.limit, &filter);
    let ask = PageAsk { from, to, direction: query.dir.into(), limit, filter: &filter };
    let page =
        if filter.wants_room(&path.room) { access.page(&ask).await? } else { crate::room::history::Page::default() };
    let audience = Audience::of(&rooms.base, &*view, access.room, Some(&path.room), &requester);
    let state = lazy_members(&rooms, &mut access, &audience, &filter, &page.events).await?;
    json(&Messages {
        start: query.from.unwrap_or_else(|| from.to_string()),
        end: page.end.map(|end| end.to_string()),
        chunk: audience.events(&mut access.reader, &page.events).await?,
        state,
    })
}

fn limit_of(asked: Option<u64>, filter: &EventFilter) -> usize {
    let asked = asked.or(filter.limit).and_then(|limit| usize::try_from(limit).ok());
    asked.unwrap_or(PAGE).min(PAGE_MAX)
}

/// Member events of the senders of `events`, as they were at the first of them, when the filter wants members to be loaded lazily.
async fn lazy_members(
    rooms: &Rooms,
    access: &mut Access<'_>,
    audience: &Audience<'_>,
    filter: &EventFilter,
    events: &[StoredEvent],
) -> Result<Vec<Json>, ApiError> {
    let (true, Some(first)) = (filter.lazy_load_members, events.first()) else { return Ok(Vec::new()) };
    let root = first.meta.root;
    let mut senders: Vec<_> = events.iter().map(|event| event.meta.sender).collect();
    senders.sort_unstable();
    senders.dedup();
    let mut members = Vec::with_capacity(senders.len());
    for sender in senders {
        let key = StateKey::member(&rooms.base.ids.user_id(access.view, sender).await?);
        members.extend(rooms.state_at(access.view, access.room, root, &key).await?.map(|(_, event)| event));
    }
    Ok(audience.events(&mut access.reader, &members).await?)
}

#[derive(Debug, Deserialize)]
pub struct ContextQuery {
    limit: Option<u64>,
    filter: Option<String>,
}

#[derive(Serialize)]
struct Context {
    start: String,
    end: String,
    event: Json,
    events_before: Vec<Json>,
    events_after: Vec<Json>,
    state: Vec<Json>,
}

/// `GET /_matrix/client/v3/rooms/{roomId}/context/{eventId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidcontexteventid)
pub async fn context(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(query): Asked<ContextQuery>,
) -> Result<Response, ApiError> {
    let filter = filter_of(query.filter.as_deref())?;
    let view = rooms.view();
    let event_id = path.event(0)?;
    let mut access = path.open(&rooms, &*view, &requester).await?;
    let event = access.event(&event_id).await?;
    let order = event.meta.order.ok_or(RoomError::NotFound("The event has no place in the history."))?;
    let limit = limit_of(query.limit, &filter);
    let end = access.end().await?;
    let before = PageAsk { from: Place(order), to: None, direction: Way::Backward, limit: limit / 2, filter: &filter };
    let after = PageAsk {
        from: Place(order + 1),
        to: Some(end),
        direction: Way::Forward,
        limit: limit - limit / 2,
        filter: &filter,
    };
    let events_before = if limit / 2 > 0 { access.page(&before).await?.events } else { Vec::new() };
    let events_after = if limit > 0 { access.page(&after).await?.events } else { Vec::new() };
    let first = events_before.last().unwrap_or(&event).meta.order.unwrap_or(order);
    let last = events_after.last().unwrap_or(&event);
    let (last_order, root) = (last.meta.order.unwrap_or(order), last.meta.root);
    let audience = Audience::of(&rooms.base, &*view, access.room, Some(&path.room), &requester);
    let state = if filter.lazy_load_members {
        let shown: Vec<StoredEvent> =
            events_after.iter().rev().chain([&event]).chain(&events_before).cloned().collect();
        context_state(&rooms, &mut access, &audience, &filter, root, &shown).await?
    } else {
        let seqs = rooms.base.nodes.all(&*view, access.room, root).await?;
        let events = read::events(&*view, access.room, &seqs).await?;
        audience.events(&mut access.reader, &events).await?
    };
    json(&Context {
        start: Place(first).to_string(),
        end: Place(last_order + 1).to_string(),
        event: audience.event(&mut access.reader, &event).await?,
        events_before: audience.events(&mut access.reader, &events_before).await?,
        events_after: audience.events(&mut access.reader, &events_after).await?,
        state,
    })
}

/// The state at the last event without members, and the members who sent what is shown.
async fn context_state(
    rooms: &Rooms,
    access: &mut Access<'_>,
    audience: &Audience<'_>,
    filter: &EventFilter,
    root: consilium_event::tree::NodeHash,
    shown: &[StoredEvent],
) -> Result<Vec<Json>, ApiError> {
    let seqs = rooms.base.nodes.all(access.view, access.room, root).await?;
    let mut events = Vec::new();
    for event in read::events(access.view, access.room, &seqs).await? {
        let id = event.meta.state_id.map(crate::ids::StateId);
        let key = match id {
            Some(id) => rooms.base.ids.state_key_of(access.view, id).await?,
            None => continue,
        };
        if key.kind != ruma::events::StateEventType::RoomMember {
            events.push(event);
        }
    }
    let mut state = audience.events(&mut access.reader, &events).await?;
    state.extend(lazy_members(rooms, access, audience, filter, shown).await?);
    Ok(state)
}

#[derive(Debug, Deserialize)]
pub struct TimestampQuery {
    ts: u64,
    dir: Dir,
}

/// Events that are looked at around a moment: clocks of senders differ, so order and time are not the same.
const NEAR_MAX: usize = 100;

/// `GET /_matrix/client/v1/rooms/{roomId}/timestamp_to_event` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidtimestamp_to_event)
pub async fn timestamp_to_event(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(query): Asked<TimestampQuery>,
) -> Result<Response, ApiError> {
    let view = rooms.view();
    let mut access = path.open(&rooms, &*view, &requester).await?;
    let way = Way::from(query.dir);
    let from = access.place_at_time(query.ts, way).await?;
    let end = access.end().await?;
    let to = (way == Way::Forward).then_some(end);
    let everything = EventFilter::default();
    let ask = PageAsk { from: from.min(end), to, direction: way, limit: NEAR_MAX, filter: &everything };
    let fits = |event: &StoredEvent| match way {
        Way::Forward => event.meta.ts_ms >= query.ts,
        Way::Backward => event.meta.ts_ms <= query.ts,
    };
    let Some(event) = access.page(&ask).await?.events.into_iter().find(fits) else {
        return Err(ApiError::not_found("There is no event in this direction."));
    };
    let event_id = read::event_id(&event.meta.id)?;
    json(&serde_json::json!({ "event_id": event_id, "origin_server_ts": event.meta.ts_ms }))
}
