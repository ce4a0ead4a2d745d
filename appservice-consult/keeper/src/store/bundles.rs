//! Key bundles: those announced to the keeper and not imported yet, and the sessions that it gave to devices.

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
