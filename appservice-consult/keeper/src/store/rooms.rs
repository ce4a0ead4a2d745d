//! Rooms and members: what matters to encryption of each.

use rusqlite::{OptionalExtension as _, Transaction};

use super::Store;
use crate::KeeperError;

/// One state event that matters to encryption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoomChange {
    pub(crate) room_id: String,
    pub(crate) what: RoomFact,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RoomFact {
    /// The room was created under the keeper's eyes, or its whole state was read.
    Complete,
    Encryption(String),
    HistoryVisibility(String),
    Member {
        user_id: String,
        membership: String,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Room {
    /// JSON content of `m.room.encryption`.
    pub(crate) encryption: Option<String>,
    pub(crate) history_visibility: String,
    pub(crate) complete: bool,
}

impl Store {
    /// Writes what was read of a room's state outside of a transaction.
    pub(crate) async fn write_rooms(&self, changes: Vec<RoomChange>) -> Result<(), KeeperError> {
        self.write(move |transaction| changes.iter().try_for_each(|change| write_room(transaction, change))).await
    }

    pub(crate) fn room(&self, room_id: &str) -> Result<Option<Room>, KeeperError> {
        self.read(|connection| {
            let mut select = connection
                .prepare_cached("SELECT encryption, history_visibility, complete FROM rooms WHERE room_id = ?")?;
            let room = |row: &rusqlite::Row<'_>| {
                Ok(Room {
                    encryption: row.get(0)?,
                    history_visibility: row.get(1)?,
                    complete: row.get::<_, i64>(2)? != 0,
                })
            };
            select.query_row([room_id], room).optional()
        })
    }

    /// Rooms of which the keeper knows everything.
    pub(crate) fn complete_rooms(&self) -> Result<Vec<String>, KeeperError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT room_id FROM rooms WHERE complete = 1")?;
            select.query_map([], |row| row.get(0))?.collect()
        })
    }

    /// Members in any membership: `(user, membership)`.
    pub(crate) fn members(&self, room_id: &str) -> Result<Vec<(String, String)>, KeeperError> {
        self.read(|connection| {
            let mut select = connection
                .prepare_cached("SELECT user_id, membership FROM members WHERE room_id = ? ORDER BY user_id")?;
            select.query_map([room_id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }

    pub(crate) fn membership(&self, room_id: &str, user_id: &str) -> Result<Option<String>, KeeperError> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT membership FROM members WHERE room_id = ? AND user_id = ?")?;
            select.query_row([room_id, user_id], |row| row.get(0)).optional()
        })
    }
}

pub(super) fn write_room(transaction: &Transaction<'_>, change: &RoomChange) -> rusqlite::Result<()> {
    let room_id = &change.room_id;
    transaction.prepare_cached("INSERT INTO rooms (room_id) VALUES (?) ON CONFLICT DO NOTHING")?.execute([room_id])?;
    let written = match &change.what {
        RoomFact::Complete => {
            transaction.prepare_cached("UPDATE rooms SET complete = 1 WHERE room_id = ?")?.execute([room_id])
        }
        RoomFact::Encryption(content) => {
            transaction.prepare_cached("UPDATE rooms SET encryption = ? WHERE room_id = ?")?.execute([content, room_id])
        }
        RoomFact::HistoryVisibility(visibility) => transaction
            .prepare_cached("UPDATE rooms SET history_visibility = ? WHERE room_id = ?")?
            .execute([visibility, room_id]),
        RoomFact::Member { user_id, membership } => transaction
            .prepare_cached(
                "INSERT INTO members (user_id, membership, room_id) VALUES (?, ?, ?) \
                 ON CONFLICT DO UPDATE SET membership = excluded.membership",
            )?
            .execute([user_id, membership, room_id]),
    };
    written.map(drop)
}
