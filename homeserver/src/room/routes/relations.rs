//! `GET …/relations/…`: the children of an event.

use std::collections::HashSet;

use axum::response::Response;
use consilium_store::{Direction, StoreError};
use serde::{Deserialize, Serialize};

use super::{Asked, RoomPath, history::Dir, json};
use crate::{
    http::{ApiError, Here, Requester},
    keyspaces,
    room::{
        Rooms,
        client_event::{Audience, Json},
        history::{Access, PAGE_MAX, Place},
        read,
        rows::StoredEvent,
    },
};

#[derive(Debug, Default, Deserialize)]
pub struct RelationsQuery {
    from: Option<String>,
    to: Option<String>,
    dir: Option<Dir>,
    limit: Option<u64>,
    #[serde(default)]
    recurse: bool,
}

#[derive(Serialize)]
struct Relations {
    chunk: Vec<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_batch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev_batch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recursion_depth: Option<u64>,
}

/// Children of a page when the client names no limit.
const PAGE: usize = 5;
/// How deep `recurse` goes: the specification asks for at least 3.
const DEPTH_MAX: u64 = 3;
/// Children that one request looks at.
const CHILDREN_MAX: usize = 5_000;

/// `GET /_matrix/client/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}`, the last two optional ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventid)
pub async fn relations(
    Here(rooms): Here<Rooms>,
    requester: Requester,
    path: RoomPath,
    Asked(query): Asked<RelationsQuery>,
) -> Result<Response, ApiError> {
    let view = rooms.view();
    let mut access = path.open(&rooms, &*view, &requester).await?;
    let parent = access.event(&path.event(0)?).await?;
    let end = access.end().await?;
    let is_backward = query.dir.unwrap_or(Dir::Backward) == Dir::Backward;
    let from = match &query.from {
        Some(token) => Some(access.place(token).await?),
        None => None,
    };
    let to = match &query.to {
        Some(token) => Some(access.place(token).await?),
        None => None,
    };
    let is_wanted = |order: i64| {
        let is_within = |from: Place| if is_backward { order < from.0 } else { order >= from.0 };
        let is_before = |to: Place| if is_backward { order >= to.0 } else { order < to.0 };
        order < end.0 && from.is_none_or(is_within) && to.is_none_or(is_before)
    };
    let mut children = children(&access, parent.meta.seq, if query.recurse { DEPTH_MAX } else { 1 }).await?;
    children.retain(|(order, _)| is_wanted(*order));
    children.sort_unstable();
    if is_backward {
        children.reverse();
    }
    let limit = query.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let (events, next) = seen(&mut access, &path, children, limit).await?;
    let audience = Audience::of(&rooms.base, &*view, access.room, Some(&path.room), &requester);
    json(&Relations {
        chunk: audience.events(&mut access.reader, &events).await?,
        next_batch: next.map(|order| Place(if is_backward { order } else { order + 1 }).to_string()),
        prev_batch: query.from,
        recursion_depth: query.recurse.then_some(DEPTH_MAX),
    })
}

/// Places and numbers of the children of an event, and of theirs, down to `depth`.
async fn children(access: &Access<'_>, parent: u64, depth: u64) -> Result<Vec<(i64, u64)>, StoreError> {
    let (mut found, mut seen) = (Vec::new(), HashSet::from([parent]));
    let mut level = vec![parent];
    for _ in 0..depth {
        let mut next = Vec::new();
        for parent in level {
            let limit = CHILDREN_MAX.saturating_sub(found.len());
            let rows = keyspaces::RELATED.scan(access.view, &(access.room, parent), limit, Direction::Backward).await?;
            for ((_, _, order), row) in rows {
                if seen.insert(row.seq) {
                    found.push((order, row.seq));
                    next.push(row.seq);
                }
            }
        }
        level = next;
    }
    Ok(found)
}

#[derive(Deserialize)]
struct Kinds {
    #[serde(rename = "type")]
    kind: String,
    content: Content,
}

#[derive(Deserialize)]
struct Content {
    #[serde(default, rename = "m.relates_to")]
    relates_to: Option<RelatesTo>,
}

#[derive(Deserialize)]
struct RelatesTo {
    #[serde(default)]
    rel_type: Option<String>,
}

/// The first `limit` children that the path asks for and the requester sees; and the place of the last one when there are more.
async fn seen(
    access: &mut Access<'_>,
    path: &RoomPath,
    children: Vec<(i64, u64)>,
    limit: usize,
) -> Result<(Vec<StoredEvent>, Option<i64>), StoreError> {
    let mut events: Vec<StoredEvent> = Vec::new();
    for (_, seq) in children {
        let event = read::event(access.view, access.room, seq).await?;
        if !is_asked_for(path, &event) || !access.reader.sees(&event).await? {
            continue;
        }
        if events.len() == limit {
            let last = events.last().and_then(|event| event.meta.order);
            return Ok((events, last));
        }
        events.push(event);
    }
    Ok((events, None))
}

fn is_asked_for(path: &RoomPath, event: &StoredEvent) -> bool {
    let (rel_type, kind) = (path.argument(1), path.argument(2));
    if rel_type.is_empty() {
        return true;
    }
    let Ok(kinds) = serde_json::from_slice::<Kinds>(&event.json) else { return false };
    let relation = kinds.content.relates_to.and_then(|relates_to| relates_to.rel_type);
    relation.as_deref() == Some(rel_type) && (kind.is_empty() || kinds.kind == kind)
}
