//! Encrypted events that wait for their key.

use rusqlite::{Params, Row, Transaction, params};

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
    pub(crate) fn waiting(&self) -> Result<Vec<WaitingRow>, KeeperError> {
        self.waiting_rows(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting ORDER BY position",
            [],
        )
    }

    pub(crate) fn waiting_in_room(&self, room_id: &str) -> Result<Vec<WaitingRow>, KeeperError> {
        self.waiting_rows(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting \
             WHERE room_id = ? AND readable_in IS NULL ORDER BY position",
            [room_id],
        )
    }

    pub(crate) fn waiting_for(&self, room_id: &str, session_id: &str) -> Result<Vec<WaitingRow>, KeeperError> {
        self.waiting_rows(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting \
             WHERE room_id = ? AND session_id = ? ORDER BY position",
            [room_id, session_id],
        )
    }

    /// Events whose withholding was told in the answer to this transaction.
    pub(crate) fn withheld_told_in(&self, transaction: &str) -> Result<Vec<Waiting>, KeeperError> {
        let rows = self.waiting_rows(
            "SELECT event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event FROM waiting \
             WHERE withheld_in = ? AND readable_in IS NULL ORDER BY position",
            [transaction],
        )?;
        Ok(rows.into_iter().map(|row| row.waiting).collect())
    }

    /// Puts waiting events of a backup into an empty store.
    pub(crate) async fn import_waiting(&self, rows: Vec<WaitingRow>) -> Result<(), KeeperError> {
        self.write(move |transaction| {
            rows.iter().try_for_each(|row| insert_waiting(transaction, &row.waiting, &row.event))
        })
        .await
    }

    fn waiting_rows(&self, select: &str, about: impl Params) -> Result<Vec<WaitingRow>, KeeperError> {
        self.read(|connection| connection.prepare_cached(select)?.query_map(about, waiting_row)?.collect())
    }
}

pub(super) fn insert_waiting(transaction: &Transaction<'_>, waiting: &Waiting, event: &str) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO waiting (event_id, room_id, sender, session_id, sent_at_ms, reason, withheld, event) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )?;
    let values = params![
        waiting.event_id,
        waiting.room_id,
        waiting.sender,
        waiting.session_id,
        i64::try_from(waiting.sent_at_ms).unwrap_or(i64::MAX),
        reason_name(waiting.reason),
        waiting.withheld,
        event,
    ];
    insert.execute(values).map(drop)
}

fn waiting_row(row: &Row<'_>) -> rusqlite::Result<WaitingRow> {
    Ok(WaitingRow {
        waiting: Waiting {
            event_id: row.get("event_id")?,
            room_id: row.get("room_id")?,
            sender: row.get("sender")?,
            session_id: row.get("session_id")?,
            sent_at_ms: u64::try_from(row.get::<_, i64>("sent_at_ms")?).unwrap_or(0),
            reason: reason(&row.get::<_, String>("reason")?),
            withheld: row.get("withheld")?,
        },
        event: row.get("event")?,
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
