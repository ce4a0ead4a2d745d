//! Paging through a room's history: who may, from where, and what is seen.

use std::{fmt, str::FromStr};

use consilium_event::{Membership, tree::NodeHash};
use consilium_store::{Direction, Position, StoreError, View};
use ruma::UserId;

use super::{
    base::Base,
    error::RoomError,
    event_filter::EventFilter,
    read,
    rows::{MemberRow, RoomHead, StoredEvent},
    sight::Reader,
};
use crate::{
    http::auth::Requester,
    ids::{RoomKey, UserKey},
    keyspaces,
};

/// Events of a page when the client names no limit, and the most that it may name.
pub const PAGE: usize = 10;
pub const PAGE_MAX: usize = 1_000;
/// Bytes of events after which a page ends early.
const PAGE_BYTES_MAX: usize = 4_000_000;
/// Events that one request looks at for a filter, or a reader, that passes few of them.
const LOOKED_AT_MAX: usize = 5_000;
/// Events that one scan reads.
const SCAN: usize = 250;

/// Events that stand out of the order of their times.
const CLOCKS_APART: i64 = 20;

/// A place in a timeline: between the event at this order and the one before it. Its text is a pagination token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub i64);

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "t1.{}", self.0)
    }
}

impl FromStr for Place {
    type Err = RoomError;

    fn from_str(text: &str) -> Result<Self, RoomError> {
        let order = text.strip_prefix("t1.").and_then(|order| order.parse().ok());
        order.map(Self).ok_or_else(|| RoomError::InvalidParam("This is not a pagination token.".into()))
    }
}

/// A room, as one requester may read it.
pub struct Access<'a> {
    pub base: &'a Base,
    pub view: &'a dyn View,
    pub room: RoomKey,
    pub head: RoomHead,
    pub member: Option<MemberRow>,
    pub reader: Reader<'a>,
}

impl<'a> Access<'a> {
    /// Errors: `NotInRoom` unless the requester is, or was, joined, or the room is world readable.
    pub async fn open(
        base: &'a Base,
        view: &'a dyn View,
        room: RoomKey,
        requester: &Requester,
    ) -> Result<Self, RoomError> {
        Self::open_as(base, view, room, requester.user_key, &requester.user).await
    }

    pub async fn open_as(
        base: &'a Base,
        view: &'a dyn View,
        room: RoomKey,
        user: UserKey,
        user_id: &UserId,
    ) -> Result<Self, RoomError> {
        let (_, head) = keyspaces::ROOM_HEADS.get_versioned(view, &room).await?.ok_or(RoomError::NotInRoom)?;
        let member = keyspaces::USER_ROOMS.get_versioned(view, &(user, room)).await?.map(|(_, row)| row);
        let mut reader = Reader::new(base, view, room, user_id, member).await?;
        let was_joined = member.is_some_and(|row| row.ever_joined() && !row.forgotten);
        if !was_joined && !reader.is_world_readable(head.rest.root).await? {
            return Err(RoomError::NotInRoom);
        }
        Ok(Self { base, view, room, head, member, reader })
    }

    pub fn is_joined(&self) -> bool {
        self.member.is_some_and(|row| row.membership == Membership::Join)
    }

    /// The place behind everything that the requester may see: the end, or that of his leaving.
    pub async fn end(&mut self) -> Result<Place, StoreError> {
        let end = Place(self.head.rest.next_order);
        if self.is_joined() || self.reader.is_world_readable(self.head.rest.root).await? {
            return Ok(end);
        }
        Ok(self.member.and_then(|row| row.left_at).map_or(end, |left| Place(left + 1)))
    }

    /// The state that the requester sees as the current one.
    pub async fn root(&mut self) -> Result<NodeHash, StoreError> {
        let end = self.end().await?;
        if end.0 == self.head.rest.next_order { Ok(self.head.rest.root) } else { self.root_before(end).await }
    }

    /// The state before a place.
    pub async fn root_before(&self, place: Place) -> Result<NodeHash, StoreError> {
        let start = (self.room, i64::MIN);
        let rows = keyspaces::TIMELINE
            .scan_range_versioned(self.view, &start, &(self.room, place.0), 1, Direction::Backward)
            .await?;
        match rows.first() {
            Some((_, _, entry)) => Ok(read::event(self.view, self.room, entry.seq).await?.meta.root),
            None => Ok(NodeHash::EMPTY),
        }
    }

    /// The place that a token names: one of `/messages`, or one of `/sync`.
    pub async fn place(&self, token: &str) -> Result<Place, RoomError> {
        match sync_position(token) {
            Some(position) => Ok(place_after(self.view, self.room, position, self.head.rest.next_order).await?),
            None => token.parse(),
        }
    }

    /// The event with this id, when the requester may see it.
    pub async fn event(&mut self, event_id: &ruma::EventId) -> Result<StoredEvent, RoomError> {
        let absent = || RoomError::NotFound("There is no such event, or you may not see it.");
        let seq = read::find_in(self.view, self.room, event_id).await?.ok_or_else(absent)?;
        let event = read::event(self.view, self.room, seq).await?;
        if self.reader.sees(&event).await? { Ok(event) } else { Err(absent()) }
    }

    /// The place from which events of this time, or after or before it, are looked for: by halving, as if clocks agreed, and a
    /// few events back for those that do not.
    pub async fn place_at_time(&self, ts_ms: u64, way: Way) -> Result<Place, StoreError> {
        let (mut low, mut high) = (1, self.head.rest.next_order);
        while low < high {
            let middle = low + (high - low) / 2;
            let entry = keyspaces::TIMELINE.get_versioned(self.view, &(self.room, middle)).await?;
            let Some((_, entry)) = entry else { break };
            let event = read::event(self.view, self.room, entry.seq).await?;
            if event.meta.ts_ms < ts_ms { low = middle + 1 } else { high = middle }
        }
        Ok(match way {
            Way::Forward => Place(low.saturating_sub(CLOCKS_APART).max(1)),
            Way::Backward => Place((low + CLOCKS_APART).min(self.head.rest.next_order)),
        })
    }

    /// Events from `from` on in `direction`, not beyond `to`.
    pub async fn page(&mut self, ask: &PageAsk<'_>) -> Result<Page, StoreError> {
        let mut page = Page { events: Vec::new(), end: None };
        let (mut place, mut looked_at, mut bytes) = (ask.from, 0, 0);
        // One more than asked for tells whether there is a next page.
        let scan = if ask.filter.wants_everything() { ask.limit.saturating_add(1).min(SCAN) } else { SCAN };
        loop {
            let rows = self.rows(ask, place, scan).await?;
            let is_last = rows.len() < scan;
            let seqs: Vec<u64> = rows.iter().map(|(_, seq)| *seq).collect();
            let mut events = rows.into_iter().zip(read::events(self.view, self.room, &seqs).await?);
            while let Some(((order, _), event)) = events.next() {
                place = ask.direction.after(order);
                looked_at += 1;
                if ask.filter.wants(&event) && self.reader.sees(&event).await? {
                    bytes += event.json.len();
                    page.events.push(event);
                }
                if page.events.len() >= ask.limit || bytes >= PAGE_BYTES_MAX {
                    page.end = (!is_last || events.len() > 0).then_some(place);
                    return Ok(page);
                }
            }
            if is_last || looked_at >= LOOKED_AT_MAX {
                page.end = (!is_last).then_some(place);
                return Ok(page);
            }
        }
    }

    /// Orders and numbers of the next `limit` events, in the direction of the page.
    async fn rows(&self, ask: &PageAsk<'_>, from: Place, limit: usize) -> Result<Vec<(i64, u64)>, StoreError> {
        let (start, end, direction) = match ask.direction {
            Way::Backward => (ask.to.map_or(i64::MIN, |to| to.0), from.0, Direction::Backward),
            Way::Forward => (from.0, ask.to.map_or(i64::MAX, |to| to.0), Direction::Forward),
        };
        let rows = keyspaces::TIMELINE
            .scan_range_versioned(self.view, &(self.room, start), &(self.room, end), limit, direction)
            .await?;
        Ok(rows.into_iter().map(|((_, order), _, entry)| (order, entry.seq)).collect())
    }
}

/// Which way a page goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Forward,
    Backward,
}

impl Way {
    /// The place behind the event at `order`, in this direction.
    fn after(self, order: i64) -> Place {
        match self {
            Self::Forward => Place(order + 1),
            Self::Backward => Place(order),
        }
    }
}

/// A page that is asked for.
pub struct PageAsk<'a> {
    pub from: Place,
    pub to: Option<Place>,
    pub direction: Way,
    pub limit: usize,
    pub filter: &'a EventFilter,
}

/// Events in the direction of the page, and where the next one begins; `None` when there is nothing more.
#[derive(Default)]
pub struct Page {
    pub events: Vec<StoredEvent>,
    pub end: Option<Place>,
}

/// The position in a token of `/sync`, `s1.<timeline>.<position>…`.
fn sync_position(token: &str) -> Option<Position> {
    let (_, vector) = token.strip_prefix("s1.")?.split_once('.')?;
    let digits = vector.split(|letter: char| !letter.is_ascii_digit()).next()?;
    digits.parse().ok().map(Position)
}

/// The first place whose events were all committed after `position`. Live events are committed in their order, so halving finds it.
pub async fn place_after(
    view: &dyn View,
    room: RoomKey,
    position: Position,
    next_order: i64,
) -> Result<Place, StoreError> {
    let (mut low, mut high) = (1, next_order);
    while low < high {
        let middle = low + (high - low) / 2;
        let entry = keyspaces::TIMELINE.get_versioned(view, &(room, middle)).await?;
        if entry.is_some_and(|(at, _)| at <= position) { low = middle + 1 } else { high = middle }
    }
    Ok(Place(low))
}
