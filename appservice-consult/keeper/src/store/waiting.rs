//! Encrypted events that wait for their key.

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::Store;
use crate::{KeeperError, Waiting, WaitingReason};

/// An encrypted event that waits, with its ciphertext.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WaitingRow {
    pub(crate) waiting: Waiting,
    pub(crate) event: String,
}

impl Store {
    /// All events that wait, oldest first. Those told as readable in an answer that may have been lost are among them.
    pub(crate) async fn waiting(&self) -> Result<Vec<WaitingRow>, KeeperError> {
        let rows = sqlx::query(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting ORDER BY position",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(KeeperError::store)?;
        waiting_rows(&rows)
    }

    pub(crate) async fn waiting_in_room(&self, room_id: &str) -> Result<Vec<WaitingRow>, KeeperError> {
        let rows = sqlx::query(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting \
             WHERE room_id = ? AND readable_in IS NULL ORDER BY position",
        )
        .bind(room_id)
        .fetch_all(&self.pool)
        .await
        .map_err(KeeperError::store)?;
        waiting_rows(&rows)
    }

    pub(crate) async fn waiting_for(&self, room_id: &str, session_id: &str) -> Result<Vec<WaitingRow>, KeeperError> {
        let rows = sqlx::query(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting \
             WHERE room_id = ? AND session_id = ? ORDER BY position",
        )
        .bind(room_id)
        .bind(session_id)
        .fetch_all(&self.pool)
        .await
        .map_err(KeeperError::store)?;
        waiting_rows(&rows)
    }

    /// Events whose withholding was told in the answer to this transaction.
    pub(crate) async fn withheld_told_in(&self, transaction: &str) -> Result<Vec<Waiting>, KeeperError> {
        let rows = sqlx::query(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting \
             WHERE withheld_in = ? AND readable_in IS NULL ORDER BY position",
        )
        .bind(transaction)
        .fetch_all(&self.pool)
        .await
        .map_err(KeeperError::store)?;
        Ok(waiting_rows(&rows)?.into_iter().map(|row| row.waiting).collect())
    }

    /// Puts waiting events of a backup into an empty store.
    pub(crate) async fn import_waiting(&self, rows: &[WaitingRow]) -> Result<(), KeeperError> {
        let mut transaction = self.pool.begin().await.map_err(KeeperError::store)?;
        for row in rows {
            insert_waiting(&mut transaction, &row.waiting, &row.event).await.map_err(KeeperError::store)?;
        }
        transaction.commit().await.map_err(KeeperError::store)
    }
}

pub(super) async fn insert_waiting(
    connection: &mut SqliteConnection,
    waiting: &Waiting,
    event: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO waiting (event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(&waiting.event_id)
    .bind(&waiting.room_id)
    .bind(&waiting.sender)
    .bind(&waiting.session_id)
    .bind(i64::try_from(waiting.sent_at_ms).unwrap_or(i64::MAX))
    .bind(reason_name(waiting.reason))
    .bind(&waiting.withheld)
    .bind(event)
    .execute(connection)
    .await
    .map(drop)
}

fn waiting_rows(rows: &[SqliteRow]) -> Result<Vec<WaitingRow>, KeeperError> {
    rows.iter().map(waiting_row).collect::<Result<_, _>>().map_err(KeeperError::store)
}

fn waiting_row(row: &SqliteRow) -> Result<WaitingRow, sqlx::Error> {
    Ok(WaitingRow {
        waiting: Waiting {
            event_id: row.try_get("event_id")?,
            room_id: row.try_get("room_id")?,
            sender: row.try_get("sender")?,
            session_id: row.try_get("session_id")?,
            sent_at_ms: u64::try_from(row.try_get::<i64, _>("sent_at_ms")?).unwrap_or(0),
            reason: reason(row.try_get("reason")?),
            withheld: row.try_get("withheld")?,
        },
        event: row.try_get("event")?,
    })
}

fn reason_name(reason: WaitingReason) -> &'static str {
    match reason {
        WaitingReason::MissingKey => "missing_key",
        WaitingReason::KeyTooNew => "key_too_new",
        WaitingReason::Broken => "broken",
        WaitingReason::Replayed => "replayed",
    }
}

fn reason(name: &str) -> WaitingReason {
    match name {
        "key_too_new" => WaitingReason::KeyTooNew,
        "broken" => WaitingReason::Broken,
        "replayed" => WaitingReason::Replayed,
        _ => WaitingReason::MissingKey,
    }
}
