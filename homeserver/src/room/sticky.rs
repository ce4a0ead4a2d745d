//! Sticky events: shown to everybody in the room while their time lasts, however far they are from the end of the timeline.
//!
//! Each has a row below its room, at its place, written in the event's batch; a redaction takes it away. Whether the time is over is asked of
//! the clock whenever the row is read; rows are tidied afterwards.
//!
//! Unlike the proposal wants it, history visibility holds: who joins sees no sticky event that he would not see in the timeline.
//!
//! Source: MSC4354.

use consilium_event::build::STICKY_MS_MAX;
use consilium_store::{Batch, CommitError, Direction, Position, StoreError, Versioned, View};
use serde::{Deserialize, Serialize};

use super::{
    append::{Appended, Projection},
    now::RoomNow,
};
use crate::{
    ids::{RoomKey, UserKey},
    keyspaces::{STICKY_ENDS, STICKY_EVENTS},
    writer::{Touched, Writer},
};

/// Sticky events of a room that one answer looks at, the newest: each device in a call has one or two.
const LOOKED_AT_MAX: usize = 2_000;
/// Rows that are tidied in one batch.
const TIDIED_PAGE: usize = 1_000;

/// A sticky event, below (room, place). Its version is the position of its commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickyRow {
    /// Number of the event.
    pub seq: u64,
    pub sender: UserKey,
    /// It sticks until then, in milliseconds since 1970.
    pub until_ms: u64,
}

impl Versioned for StickyRow {
    const VERSION: u8 = 1;
}

/// The row of a sticky event, and the end of the one that a redaction takes.
pub struct StickyRows;

impl Projection for StickyRows {
    fn rows(&self, appended: &Appended, _: &RoomNow, rows: &mut Batch) {
        let room = appended.key.room;
        if let Some(sticky) = appended.sticky {
            let until_ms = u64::from(appended.pdu.origin_server_ts.get()).saturating_add(u64::from(sticky.get()));
            let row = StickyRow { seq: appended.key.seq, sender: appended.sender, until_ms };
            STICKY_EVENTS.put_versioned(rows, &(room, appended.order), &row);
            STICKY_ENDS.put(rows, &(until_ms, room, appended.order), &());
        }
        let redacted = appended.redaction.as_ref().and_then(|redaction| redaction.target.meta.order);
        if let Some(order) = redacted {
            STICKY_EVENTS.delete(rows, &(room, order));
        }
    }
}

/// Events of `room` that stick at `now_ms` and were committed after `since`, oldest first: each with its place.
pub async fn sticking(
    view: &dyn View,
    room: RoomKey,
    since: Option<Position>,
    now_ms: u64,
) -> Result<Vec<(i64, StickyRow)>, StoreError> {
    let rows = STICKY_EVENTS.scan_versioned(view, &(room,), LOOKED_AT_MAX, Direction::Backward).await?;
    let is_new = |position| since.is_none_or(|since| position > since);
    let sticks = rows.into_iter().filter(|(_, position, row)| is_new(*position) && row.until_ms > now_ms);
    let mut found: Vec<(i64, StickyRow)> = sticks.map(|((_, order), _, row)| (order, row)).collect();
    found.reverse();
    Ok(found)
}

/// How long an event that was sent at `sent_ms` still sticks, in milliseconds; `None` when its time is over.
pub fn remaining_ms(sent_ms: u64, duration_ms: u64, now_ms: u64) -> Option<u64> {
    let duration_ms = duration_ms.min(u64::from(STICKY_MS_MAX));
    let left = sent_ms.saturating_add(duration_ms).saturating_sub(now_ms);
    // The time that an event says of itself may be ahead of ours: that gives it no longer life.
    (left > 0).then(|| left.min(duration_ms))
}

/// Forgets the rows whose time is over.
pub async fn trim(writer: &Writer, now_ms: u64) -> Result<(), TrimError> {
    loop {
        let view = writer.view();
        let end = (now_ms.saturating_add(1),);
        let rows = STICKY_ENDS.scan_range(&*view, &(0_u64,), &end, TIDIED_PAGE, Direction::Forward).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        for (key, ()) in rows {
            let (_, room, order) = key;
            STICKY_EVENTS.delete(&mut batch, &(room, order));
            STICKY_ENDS.delete(&mut batch, &key);
        }
        writer.commit(batch, Touched::default()).await?;
    }
}

/// Why rows were not forgotten.
#[derive(Debug, thiserror::Error)]
pub enum TrimError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{STICKY_MS_MAX, remaining_ms};

    #[test]
    fn the_time_left_shrinks_to_nothing() {
        assert_eq!(remaining_ms(1_000, 500, 1_000), Some(500));
        assert_eq!(remaining_ms(1_000, 500, 1_499), Some(1));
        assert_eq!(remaining_ms(1_000, 500, 1_500), None);
        assert_eq!(remaining_ms(1_000, 0, 1_000), None);
    }

    proptest! {
        #[test]
        fn nobody_sticks_longer_than_he_says_nor_than_an_hour(sent: u64, duration: u64, now: u64) {
            let left = remaining_ms(sent, duration, now);
            prop_assert!(left.is_none_or(|left| left > 0 && left <= duration && left <= u64::from(STICKY_MS_MAX)));
        }
    }
}
