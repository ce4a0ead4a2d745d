//! Rows of the secrets of key backups. They are sealed before they come here.

use std::sync::Arc;

use rusqlite::{OptionalExtension as _, Row, params};

use super::Store;
use crate::KeeperError;

/// What is kept of an account's secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecretRow {
    pub(crate) user_id: String,
    /// `None`: the person took it into his own hands.
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) changed_at_ms: u64,
}

impl Store {
    /// `None`: the account never had one.
    pub(crate) fn secret(&self, user_id: &str) -> Result<Option<SecretRow>, KeeperError> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT user_id, sealed, changed_at_ms FROM secrets WHERE user_id = ?")?;
            select.query_row([user_id], secret_row).optional()
        })
    }

    pub(crate) fn secrets(&self) -> Result<Vec<SecretRow>, KeeperError> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT user_id, sealed, changed_at_ms FROM secrets ORDER BY user_id")?;
            select.query_map([], secret_row)?.collect()
        })
    }

    pub(crate) async fn put_secret(&self, row: SecretRow) -> Result<(), KeeperError> {
        self.write(move |transaction| {
            let changed_at_ms = i64::try_from(row.changed_at_ms).unwrap_or(i64::MAX);
            transaction
                .prepare_cached(
                    "INSERT INTO secrets (user_id, sealed, changed_at_ms) VALUES (?, ?, ?) \
                     ON CONFLICT DO UPDATE SET sealed = excluded.sealed, changed_at_ms = excluded.changed_at_ms",
                )?
                .execute(params![row.user_id, row.sealed, changed_at_ms])
                .map(drop)
        })
        .await
    }

    /// Moves what was committed out of the write-ahead log and cuts it: what was deleted lies nowhere any more, not even sealed.
    pub(crate) async fn wipe_what_was_deleted(&self) -> Result<(), KeeperError> {
        let connection = Arc::clone(&self.connection);
        let wiping = move || {
            let connection = connection.lock();
            let connection = connection.as_ref().ok_or(KeeperError::Closed)?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(KeeperError::store)
        };
        tokio::task::spawn_blocking(wiping).await.map_err(KeeperError::store)?
    }
}

fn secret_row(row: &Row<'_>) -> rusqlite::Result<SecretRow> {
    Ok(SecretRow {
        user_id: row.get(0)?,
        sealed: row.get(1)?,
        changed_at_ms: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn row(sealed: Option<&[u8]>) -> SecretRow {
        SecretRow { user_id: "@a:hs.test".to_owned(), sealed: sealed.map(<[u8]>::to_vec), changed_at_ms: 5 }
    }

    #[tokio::test]
    async fn what_is_forgotten_lies_nowhere_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let sealed = b"a sealed secret that is looked for";
        let on_disk = || {
            let files =
                std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
            files.into_iter().any(|bytes| bytes.windows(sealed.len()).any(|window| window == sealed))
        };
        assert_eq!(store.secret("@a:hs.test").unwrap(), None);
        store.put_secret(row(Some(sealed))).await.unwrap();
        assert!(on_disk(), "the search finds nothing at all");
        assert_eq!(store.secret("@a:hs.test").unwrap(), Some(row(Some(sealed))));
        store.put_secret(row(None)).await.unwrap();
        store.wipe_what_was_deleted().await.unwrap();
        assert!(!on_disk());
        assert_eq!(store.secrets().unwrap(), [row(None)]);
    }
}
