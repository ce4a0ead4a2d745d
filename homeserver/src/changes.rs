//! The stream of changes: each batch that a client may see writes one row, read by feeds, catch-up and later by other nodes.
//!
//! A row names whom a commit concerns, never what it holds. Rows are trimmed after days (`horizon.rs`); whoever is older than the
//! trim takes everything for changed.

use consilium_store::{Batch, Direction, Keyspace, Position, StoreError, View};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{RoomKey, UserKey},
    keyspaces,
};

/// One thing that a commit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// An event of the room.
    Event { room: RoomKey },
    /// A membership event: `user` is joined afterwards, or not.
    Member { room: RoomKey, user: UserKey, joined: bool },
    /// A receipt in the room.
    Receipt { room: RoomKey },
    /// Something of the user's own: account data, to-device messages, device lists, key counts.
    User { user: UserKey },
    /// The user's devices, keys or signatures: concerns everybody who shares a room with him.
    Devices { user: UserKey },
}

/// The changes of one commit.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Changes(pub Vec<Change>);

impl consilium_store::Versioned for Changes {
    const VERSION: u8 = 1;
}

/// Rows by the position of their commit. The index keeps apart what several features record in one batch.
const CHANGES: Keyspace<(Position, u16), Changes> = keyspaces::CHANGES;

/// Records `changes` in `batch`: they are seen by feeds as soon as the batch is committed.
pub fn record(batch: &mut Batch, changes: impl IntoIterator<Item = Change>) {
    let changes = Changes(changes.into_iter().collect());
    if changes.0.is_empty() {
        return;
    }
    // The number of operations so far differs for each call on the same batch.
    let index = u16::try_from(batch.ops.len()).unwrap_or(u16::MAX);
    CHANGES.put_stamped(batch, &(), index, &changes);
}

/// Records that something of each of `users` changed.
pub fn record_users(batch: &mut Batch, users: impl IntoIterator<Item = UserKey>) {
    record(batch, users.into_iter().map(|user| Change::User { user }));
}

/// Rows after `from`, oldest first, at most `limit`: each with its position.
pub async fn after(view: &dyn View, from: Position, limit: usize) -> Result<Vec<(Position, Changes)>, StoreError> {
    let start = Position(from.0.saturating_add(1));
    let end = Position(u64::MAX);
    let rows = CHANGES.scan_range(view, &(start,), &(end,), limit, Direction::Forward).await?;
    Ok(rows.into_iter().map(|((position, _), changes)| (position, changes)).collect())
}
