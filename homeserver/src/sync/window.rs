//! The piece of a room's timeline that one answer shows, and where the state stood before it.

use consilium_event::tree::NodeHash;
use consilium_store::{Direction, Position, StoreError, View};
use ruma::{UserId, api::client::filter::RoomEventFilter};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::filter::{self, Seen};
use crate::{
    account_data::Ignored,
    ids::RoomKey,
    keyspaces,
    room::{
        read,
        rows::{StoredEvent, TimelineEntry},
    },
};

/// Entries that one scan of a filtered timeline reads.
const PAGE: usize = 200;

/// Entries that one answer looks at for a filter that lets few through.
const LOOKED_AT_MAX: usize = 2_000;

/// A place in the timeline with its event.
#[derive(Clone, Debug)]
pub struct Shown {
    pub order: i64,
    pub position: Position,
    pub entry: TimelineEntry,
    pub event: StoredEvent,
}

/// Events of a room after a token, the oldest first.
#[derive(Debug, Default)]
pub struct Window {
    pub events: Vec<Shown>,
    /// There are wanted events between the token and the first one here.
    pub limited: bool,
    /// Order of the oldest place that was looked at: the state before it is the state before the window.
    pub start: Option<i64>,
}

/// Which part of a timeline is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    pub room: RoomKey,
    /// Only what was committed after it; `None` from the beginning of the room.
    pub since: Option<Position>,
    /// Only what is before this place.
    pub before: i64,
    pub filter: &'a RoomEventFilter,
    /// Of these users only state is shown.
    pub ignored: &'a Ignored,
}

/// The last events of `span` that its filter wants, as many as the filter's limit.
pub async fn window(view: &dyn View, span: Span<'_>) -> Result<Window, StoreError> {
    let limit = filter::timeline_limit(span.filter);
    let takes_all = filter::wants_everything(span.filter) && span.ignored.is_empty();
    let page = if takes_all { limit + 1 } else { PAGE };
    let mut window = Window::default();
    let mut before = span.before;
    let mut looked_at = 0;
    loop {
        let rows = keyspaces::TIMELINE
            .scan_range_versioned(view, &(span.room, i64::MIN), &(span.room, before), page, Direction::Backward)
            .await?;
        let is_last = rows.len() < page;
        let new: Vec<_> =
            rows.into_iter().take_while(|(_, position, _)| span.since.is_none_or(|since| *position > since)).collect();
        let reached_since = new.len() < page;
        let seqs: Vec<u64> = new.iter().map(|(_, _, entry)| entry.seq).collect();
        let events = read::events(view, span.room, &seqs).await?;
        for (((_, order), position, entry), event) in new.into_iter().zip(events) {
            if !takes_all && (is_ignored(span.ignored, &event) || !is_wanted(span.filter, &event)) {
                window.start = Some(order);
                continue;
            }
            if window.events.len() == limit {
                window.limited = true;
                return Ok(oldest_first(window));
            }
            window.start = Some(order);
            window.events.push(Shown { order, position, entry, event });
        }
        looked_at += page;
        if is_last || reached_since {
            return Ok(oldest_first(window));
        }
        if looked_at >= LOOKED_AT_MAX {
            window.limited = true;
            return Ok(oldest_first(window));
        }
        before = window.start.unwrap_or(before);
    }
}

fn oldest_first(mut window: Window) -> Window {
    window.events.reverse();
    window
}

/// The fields that a filter looks at.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(rename = "type", borrow)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    sender: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    content: &'a RawValue,
}

fn is_ignored(ignored: &Ignored, event: &StoredEvent) -> bool {
    event.meta.state_id.is_none() && ignored.contains(&event.meta.sender)
}

/// Whether `filter` lets a stored event through. An event that has not the fields of one is not shown.
pub fn is_wanted(filter: &RoomEventFilter, event: &StoredEvent) -> bool {
    let Ok(fields) = serde_json::from_slice::<Fields<'_>>(&event.json) else { return false };
    let Ok(sender) = <&UserId>::try_from(&*fields.sender) else { return false };
    filter::wants_event(filter, Seen { kind: &fields.kind, sender, content: fields.content })
}

/// State of the room as it was for somebody who had seen everything up to `since`: that after the last event then.
/// [`NodeHash::EMPTY`] when the room began later.
pub async fn root_at(view: &dyn View, room: RoomKey, since: Position, next_order: i64) -> Result<NodeHash, StoreError> {
    let (mut low, mut high) = (0, next_order - 1);
    // Live places begin at 1 and have no gaps, and their positions rise: the last one at or before `since` is found by halving.
    while low < high {
        let middle = low + (high - low + 1) / 2;
        match keyspaces::TIMELINE.get_versioned(view, &(room, middle)).await? {
            Some((position, _)) if position <= since => low = middle,
            _ => high = middle - 1,
        }
    }
    root_after(view, room, low).await
}

/// State after the event at `order`.
pub async fn root_after(view: &dyn View, room: RoomKey, order: i64) -> Result<NodeHash, StoreError> {
    match keyspaces::TIMELINE.get_versioned(view, &(room, order)).await? {
        Some((_, entry)) => Ok(read::event(view, room, entry.seq).await?.meta.root),
        None => Ok(NodeHash::EMPTY),
    }
}

/// State before the event at `order`.
pub async fn root_before(view: &dyn View, room: RoomKey, order: i64) -> Result<NodeHash, StoreError> {
    match keyspaces::TIMELINE.get_versioned(view, &(room, order)).await? {
        Some((_, entry)) => Ok(read::event(view, room, entry.seq).await?.meta.state_before()),
        None => Ok(NodeHash::EMPTY),
    }
}
