//! Rooms and members: what matters to encryption of each.

use sqlx::{Row, SqliteConnection};

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
    pub(crate) async fn write_rooms(&self, changes: &[RoomChange]) -> Result<(), KeeperError> {
        let mut transaction = self.pool.begin().await.map_err(KeeperError::store)?;
        for change in changes {
            write_room(&mut transaction, change).await.map_err(KeeperError::store)?;
        }
        transaction.commit().await.map_err(KeeperError::store)
    }

    pub(crate) async fn room(&self, room_id: &str) -> Result<Option<Room>, KeeperError> {
        let row = sqlx::query("SELECT encryption, history_visibility, complete FROM rooms WHERE room_id = ?")
            .bind(room_id)
            .fetch_optional(&self.pool)
            .await
            .map_err(KeeperError::store)?;
        row.map(|row| {
            Ok(Room {
                encryption: row.try_get(0)?,
                history_visibility: row.try_get(1)?,
                complete: row.try_get::<i64, _>(2)? != 0,
            })
        })
        .transpose()
        .map_err(|error: sqlx::Error| KeeperError::store(error))
    }

    /// Rooms of which the keeper knows everything.
    pub(crate) async fn complete_rooms(&self) -> Result<Vec<String>, KeeperError> {
        sqlx::query_scalar("SELECT room_id FROM rooms WHERE complete = 1")
            .fetch_all(&self.pool)
            .await
            .map_err(KeeperError::store)
    }

    /// Members in any membership: `(user, membership)`.
    pub(crate) async fn members(&self, room_id: &str) -> Result<Vec<(String, String)>, KeeperError> {
        sqlx::query_as("SELECT user_id, membership FROM members WHERE room_id = ? ORDER BY user_id")
            .bind(room_id)
            .fetch_all(&self.pool)
            .await
            .map_err(KeeperError::store)
    }

    pub(crate) async fn membership(&self, room_id: &str, user_id: &str) -> Result<Option<String>, KeeperError> {
        sqlx::query_scalar("SELECT membership FROM members WHERE room_id = ? AND user_id = ?")
            .bind(room_id)
            .bind(user_id)
            .fetch_optional(&self.pool)
            .await
            .map_err(KeeperError::store)
    }
}

pub(super) async fn write_room(connection: &mut SqliteConnection, change: &RoomChange) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO rooms (room_id) VALUES (?) ON CONFLICT DO NOTHING")
        .bind(&change.room_id)
        .execute(&mut *connection)
        .await?;
    let query = match &change.what {
        RoomFact::Complete => sqlx::query("UPDATE rooms SET complete = 1 WHERE room_id = ?"),
        RoomFact::Encryption(content) => sqlx::query("UPDATE rooms SET encryption = ? WHERE room_id = ?").bind(content),
        RoomFact::HistoryVisibility(visibility) => {
            sqlx::query("UPDATE rooms SET history_visibility = ? WHERE room_id = ?").bind(visibility)
        }
        RoomFact::Member { user_id, membership } => sqlx::query(
            "INSERT INTO members (user_id, membership, room_id) VALUES (?, ?, ?) \
             ON CONFLICT DO UPDATE SET membership = excluded.membership",
        )
        .bind(user_id)
        .bind(membership),
    };
    query.bind(&change.room_id).execute(connection).await.map(drop)
}
