//! Key bundles: those announced to the keeper and not imported yet, and the sessions that it gave to devices.

use rusqlite::params;

use super::Store;
use crate::KeeperError;

/// Announced bundles that are not imported: they wait for a join, so a stranger could fill the list.
pub(super) const BUNDLES_MAX: i64 = 256;

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

impl Store {
    pub(crate) fn bundles(&self) -> Result<Vec<BundleFrom>, KeeperError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT room_id, sender FROM bundles")?;
            let rows = select.query_map([], |row| Ok(BundleFrom { room_id: row.get(0)?, sender: row.get(1)? }))?;
            rows.collect()
        })
    }

    /// Puts a bundle on the list, unless the list is full (then the sender's app sends it again when asked).
    pub(crate) async fn add_bundle(&self, bundle: BundleFrom) -> Result<(), KeeperError> {
        self.write(move |transaction| {
            transaction
                .prepare_cached(
                    "INSERT INTO bundles (room_id, sender) SELECT ?, ? WHERE (SELECT count(*) FROM bundles) < ? \
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![bundle.room_id, bundle.sender, BUNDLES_MAX])
                .map(drop)
        })
        .await
    }

    pub(crate) async fn remove_bundle(&self, bundle: BundleFrom) -> Result<(), KeeperError> {
        self.write(move |transaction| {
            transaction
                .prepare_cached("DELETE FROM bundles WHERE room_id = ? AND sender = ?")?
                .execute([bundle.room_id, bundle.sender])
                .map(drop)
        })
        .await
    }

    /// What a device was given of a room.
    pub(crate) fn given(&self, room_id: &str, device_key: &str) -> Result<Vec<Given>, KeeperError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT session_id, first_index FROM handed_over WHERE room_id = ? AND device_key = ?",
            )?;
            let given = |row: &rusqlite::Row<'_>| {
                let first_index: i64 = row.get(1)?;
                Ok(Given { session_id: row.get(0)?, first_index: u32::try_from(first_index).unwrap_or(u32::MAX) })
            };
            select.query_map([room_id, device_key], given)?.collect()
        })
    }

    pub(crate) async fn record_given(
        &self,
        room_id: &str,
        device_keys: Vec<String>,
        sessions: Vec<Given>,
    ) -> Result<(), KeeperError> {
        let room_id = room_id.to_owned();
        self.write(move |transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO handed_over (room_id, device_key, session_id, first_index) VALUES (?, ?, ?, ?) \
                 ON CONFLICT DO UPDATE SET first_index = excluded.first_index",
            )?;
            for device_key in &device_keys {
                for given in &sessions {
                    insert.execute(params![room_id, device_key, given.session_id, given.first_index])?;
                }
            }
            Ok(())
        })
        .await
    }
}
