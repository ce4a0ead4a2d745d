//! How far back the streams of a tenant reach. What is older than its horizon is trimmed, and whoever asks from before is answered by
//! what is there now: every room counts as changed, everybody who shares a room has new devices.
//!
//! Rows of streams carry a position, no time. So the position is written down hourly with the time: a mark. Everything up to the
//! newest mark that is as old as the horizon is older than it.

use std::time::Duration;

use consilium_store::{Batch, CommitError, Direction, Position, StoreError, View};

use crate::{
    keyspaces::{CHANGES, DEVICE_LIST_STREAM, STREAM_MARKS, STREAM_TRIMS},
    writer::{Touched, Writer},
};

/// Change rows are kept so long: clients that were away for longer look at all their rooms, which costs them one slower answer.
pub const CHANGES_KEPT: Duration = Duration::from_hours(7 * 24);
/// Rows of device lists are kept so long: clients that were away for longer ask for the keys of everybody they share a room with.
pub const DEVICE_LISTS_KEPT: Duration = Duration::from_hours(30 * 24);

/// A stream that is trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Changes,
    DeviceLists,
}

impl Stream {
    const ALL: [Self; 2] = [Self::Changes, Self::DeviceLists];

    /// The number in keys.
    fn tag(self) -> u8 {
        match self {
            Self::Changes => 0,
            Self::DeviceLists => 1,
        }
    }

    fn kept(self) -> Duration {
        match self {
            Self::Changes => CHANGES_KEPT,
            Self::DeviceLists => DEVICE_LISTS_KEPT,
        }
    }

    fn trim(self, batch: &mut Batch, until: Position) {
        match self {
            Self::Changes => {
                CHANGES.delete_range(batch, &(Position(0),), &(Position(until.0.saturating_add(1)),));
            }
            Self::DeviceLists => {
                DEVICE_LIST_STREAM.delete_range(batch, &(0_u64,), &(until.0.saturating_add(1),));
            }
        }
        STREAM_TRIMS.put(batch, &self.tag(), &until.0);
    }

    /// Rows up to this position are gone.
    pub async fn trimmed(self, view: &dyn View) -> Result<Position, StoreError> {
        Ok(Position(STREAM_TRIMS.get(view, &self.tag()).await?.unwrap_or_default()))
    }

    /// Whether all rows after `position` are there.
    pub async fn reaches(self, view: &dyn View, position: Position) -> Result<bool, StoreError> {
        Ok(self.trimmed(view).await? <= position)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum TrimError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// Sets a mark, and trims each stream to its horizon.
pub async fn trim(writer: &Writer, now_ms: u64) -> Result<(), TrimError> {
    let view = writer.view();
    let mut batch = Batch::new();
    STREAM_MARKS.put(&mut batch, &now_ms, &view.position().0);
    let mut oldest_needed = now_ms;
    for stream in Stream::ALL {
        let kept_ms = u64::try_from(stream.kept().as_millis()).unwrap_or(u64::MAX);
        let before = now_ms.saturating_sub(kept_ms);
        let marks = STREAM_MARKS.scan_range(&*view, &(0_u64,), &(before,), 1, Direction::Backward).await?;
        if let Some((at_ms, position)) = marks.into_iter().next() {
            stream.trim(&mut batch, Position(position));
            oldest_needed = oldest_needed.min(at_ms);
        } else {
            oldest_needed = 0;
        }
    }
    STREAM_MARKS.delete_range(&mut batch, &(0_u64,), &(oldest_needed,));
    writer.commit(batch, Touched::default()).await?;
    Ok(())
}
