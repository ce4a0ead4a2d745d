//! The keeper's own SQL file beside the crypto store: the only file here that knows SQL.
//!
//! One connection, because one task uses it. `synchronous = FULL`: what is committed is on disk.

use std::path::Path;

use sqlx::{
    Row, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};

use crate::{KeeperError, Waiting, WaitingReason};

const FILE: &str = "keeper.sqlite";
const SCHEMA: &str = include_str!("schema.sql");
/// `PRAGMA user_version` of the file that this code reads and writes.
const VERSION: i64 = 1;
/// Announced bundles that are not imported: they wait for a join, so a stranger could fill the list.
const BUNDLES_MAX: i64 = 256;

#[derive(Clone, Debug)]
pub(crate) struct Store {
    pool: SqlitePool,
}

/// Everything that one transaction changes here: committed at once.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// The transaction being answered. Its predecessor was acknowledged: rows told in that answer are forgotten.
    pub(crate) transaction: String,
    pub(crate) rooms: Vec<RoomChange>,
    pub(crate) waiting: Vec<(Waiting, String)>,
    pub(crate) readable: Vec<String>,
    pub(crate) withheld: Vec<(String, String)>,
    pub(crate) read: Vec<MessageIndex>,
}

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MessageIndex {
    pub(crate) session_id: String,
    pub(crate) index: u32,
    pub(crate) event_id: String,
}

/// A room key bundle that was announced and is not imported yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BundleFrom {
    pub(crate) room_id: String,
    pub(crate) sender: String,
}

/// A session as it was given to a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) session_id: String,
    pub(crate) first_index: u32,
}

/// An encrypted event that waits, with its ciphertext.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WaitingRow {
    pub(crate) waiting: Waiting,
    pub(crate) event: String,
}

impl Store {
    /// Whether a folder has a store.
    pub(crate) fn exists(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    pub(crate) async fn open(folder: &Path) -> Result<Self, KeeperError> {
        let options = SqliteConnectOptions::new()
            .filename(folder.join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await
            .map_err(KeeperError::store)?;
        let store = Self { pool };
        store.migrate().await?;
        Ok(store)
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    async fn migrate(&self) -> Result<(), KeeperError> {
        let mut transaction = self.pool.begin().await.map_err(KeeperError::store)?;
        let version: i64 =
            sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *transaction).await.map_err(KeeperError::store)?;
        match version {
            0 => {
                sqlx::raw_sql(SCHEMA).execute(&mut *transaction).await.map_err(KeeperError::store)?;
                sqlx::raw_sql("PRAGMA user_version = 1")
                    .execute(&mut *transaction)
                    .await
                    .map_err(KeeperError::store)?;
            }
            VERSION => {}
            other => {
                return Err(KeeperError::store(format!(
                    "{FILE} has the format {other}, this program knows {VERSION}: use a newer program"
                )));
            }
        }
        transaction.commit().await.map_err(KeeperError::store)
    }

    pub(crate) async fn about(&self, name: &str) -> Result<Option<String>, KeeperError> {
        sqlx::query_scalar("SELECT value FROM about WHERE name = ?")
            .bind(name)
            .fetch_optional(&self.pool)
            .await
            .map_err(KeeperError::store)
    }

    pub(crate) async fn set_about(&self, name: &str, value: &str) -> Result<(), KeeperError> {
        let mut connection = self.pool.acquire().await.map_err(KeeperError::store)?;
        set_about(&mut connection, name, value).await.map_err(KeeperError::store)
    }

    pub(crate) async fn remove_about(&self, name: &str) -> Result<(), KeeperError> {
        sqlx::query("DELETE FROM about WHERE name = ?")
            .bind(name)
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(KeeperError::store)
    }

    /// Commits the outcome of one transaction.
    pub(crate) async fn commit(&self, changes: &Changes) -> Result<(), KeeperError> {
        self.try_commit(changes).await.map_err(KeeperError::store)
    }

    async fn try_commit(&self, changes: &Changes) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        let connection = &mut *transaction;
        forget_told(connection, &changes.transaction).await?;
        for change in &changes.rooms {
            write_room(connection, change).await?;
        }
        for (waiting, event) in &changes.waiting {
            insert_waiting(connection, waiting, event).await?;
        }
        for event_id in &changes.readable {
            sqlx::query("UPDATE waiting SET readable_in = ? WHERE event_id = ?")
                .bind(&changes.transaction)
                .bind(event_id)
                .execute(&mut *connection)
                .await?;
        }
        for (event_id, code) in &changes.withheld {
            sqlx::query("UPDATE waiting SET withheld = ?, withheld_in = ? WHERE event_id = ?")
                .bind(code)
                .bind(&changes.transaction)
                .bind(event_id)
                .execute(&mut *connection)
                .await?;
        }
        for read in &changes.read {
            sqlx::query(
                "INSERT INTO message_indexes (session_id, message_index, event_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(&read.session_id)
            .bind(i64::from(read.index))
            .bind(&read.event_id)
            .execute(&mut *connection)
            .await?;
        }
        set_about(connection, "transaction", &changes.transaction).await?;
        transaction.commit().await
    }

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

    /// The event that used this message index first.
    pub(crate) async fn event_of_index(
        &self,
        session_id: &str,
        message_index: u32,
    ) -> Result<Option<String>, KeeperError> {
        sqlx::query_scalar("SELECT event_id FROM message_indexes WHERE session_id = ? AND message_index = ?")
            .bind(session_id)
            .bind(i64::from(message_index))
            .fetch_optional(&self.pool)
            .await
            .map_err(KeeperError::store)
    }

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

    pub(crate) async fn bundles(&self) -> Result<Vec<BundleFrom>, KeeperError> {
        let rows: Vec<(String, String)> = sqlx::query_as("SELECT room_id, sender FROM bundles")
            .fetch_all(&self.pool)
            .await
            .map_err(KeeperError::store)?;
        Ok(rows.into_iter().map(|(room_id, sender)| BundleFrom { room_id, sender }).collect())
    }

    /// Puts a bundle on the list, unless the list is full (then the sender's app sends it again when asked).
    pub(crate) async fn add_bundle(&self, bundle: &BundleFrom) -> Result<(), KeeperError> {
        sqlx::query(
            "INSERT INTO bundles (room_id, sender) SELECT ?, ? WHERE (SELECT count(*) FROM bundles) < ? \
             ON CONFLICT DO NOTHING",
        )
        .bind(&bundle.room_id)
        .bind(&bundle.sender)
        .bind(BUNDLES_MAX)
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(KeeperError::store)
    }

    pub(crate) async fn remove_bundle(&self, bundle: &BundleFrom) -> Result<(), KeeperError> {
        sqlx::query("DELETE FROM bundles WHERE room_id = ? AND sender = ?")
            .bind(&bundle.room_id)
            .bind(&bundle.sender)
            .execute(&self.pool)
            .await
            .map(drop)
            .map_err(KeeperError::store)
    }

    /// What a device was given of a room.
    pub(crate) async fn given(&self, room_id: &str, device_key: &str) -> Result<Vec<Given>, KeeperError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT session_id, first_index FROM handed_over WHERE room_id = ? AND device_key = ?")
                .bind(room_id)
                .bind(device_key)
                .fetch_all(&self.pool)
                .await
                .map_err(KeeperError::store)?;
        Ok(rows
            .into_iter()
            .map(|(session_id, index)| Given { session_id, first_index: u32::try_from(index).unwrap_or(u32::MAX) })
            .collect())
    }

    pub(crate) async fn record_given(
        &self,
        room_id: &str,
        device_keys: &[String],
        sessions: &[Given],
    ) -> Result<(), KeeperError> {
        let mut transaction = self.pool.begin().await.map_err(KeeperError::store)?;
        for device_key in device_keys {
            for given in sessions {
                sqlx::query(
                    "INSERT INTO handed_over (room_id, device_key, session_id, first_index) VALUES (?, ?, ?, ?) \
                     ON CONFLICT DO UPDATE SET first_index = excluded.first_index",
                )
                .bind(room_id)
                .bind(device_key)
                .bind(&given.session_id)
                .bind(i64::from(given.first_index))
                .execute(&mut *transaction)
                .await
                .map_err(KeeperError::store)?;
            }
        }
        transaction.commit().await.map_err(KeeperError::store)
    }
}

/// The transaction before this one was acknowledged: what its answer told need not be told again.
async fn forget_told(connection: &mut SqliteConnection, transaction: &str) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM waiting WHERE readable_in <> ?").bind(transaction).execute(&mut *connection).await?;
    sqlx::query("UPDATE waiting SET withheld_in = NULL WHERE withheld_in <> ?")
        .bind(transaction)
        .execute(&mut *connection)
        .await
        .map(drop)
}

async fn set_about(connection: &mut SqliteConnection, name: &str, value: &str) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO about (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value")
        .bind(name)
        .bind(value)
        .execute(connection)
        .await
        .map(drop)
}

async fn write_room(connection: &mut SqliteConnection, change: &RoomChange) -> Result<(), sqlx::Error> {
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

async fn insert_waiting(connection: &mut SqliteConnection, waiting: &Waiting, event: &str) -> Result<(), sqlx::Error> {
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
