//! Rows of the secrets of key backups. They are sealed before they come here.

use sqlx::{Row, sqlite::SqliteRow};

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
    pub(crate) async fn secret(&self, user_id: &str) -> Result<Option<SecretRow>, KeeperError> {
        let row = sqlx::query("SELECT user_id, sealed, changed_at_ms FROM secrets WHERE user_id = ?")
            .bind(user_id)
            .fetch_optional(&self.pool)
            .await
            .map_err(KeeperError::store)?;
        row.as_ref().map(secret_row).transpose().map_err(KeeperError::store)
    }

    pub(crate) async fn secrets(&self) -> Result<Vec<SecretRow>, KeeperError> {
        let rows = sqlx::query("SELECT user_id, sealed, changed_at_ms FROM secrets ORDER BY user_id")
            .fetch_all(&self.pool)
            .await
            .map_err(KeeperError::store)?;
        rows.iter().map(secret_row).collect::<Result<_, _>>().map_err(KeeperError::store)
    }

    pub(crate) async fn put_secret(&self, row: &SecretRow) -> Result<(), KeeperError> {
        sqlx::query(
            "INSERT INTO secrets (user_id, sealed, changed_at_ms) VALUES (?, ?, ?) \
             ON CONFLICT DO UPDATE SET sealed = excluded.sealed, changed_at_ms = excluded.changed_at_ms",
        )
        .bind(&row.user_id)
        .bind(&row.sealed)
        .bind(i64::try_from(row.changed_at_ms).unwrap_or(i64::MAX))
        .execute(&self.pool)
        .await
        .map(drop)
        .map_err(KeeperError::store)
    }

    /// Moves what was committed out of the write-ahead log and cuts it: what was deleted lies nowhere any more, not even sealed.
    pub(crate) async fn wipe_what_was_deleted(&self) -> Result<(), KeeperError> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await.map(drop).map_err(KeeperError::store)
    }
}

fn secret_row(row: &SqliteRow) -> Result<SecretRow, sqlx::Error> {
    Ok(SecretRow {
        user_id: row.try_get("user_id")?,
        sealed: row.try_get("sealed")?,
        changed_at_ms: u64::try_from(row.try_get::<i64, _>("changed_at_ms")?).unwrap_or(0),
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
        assert_eq!(store.secret("@a:hs.test").await.unwrap(), None);
        store.put_secret(&row(Some(sealed))).await.unwrap();
        assert!(on_disk(), "the search finds nothing at all");
        assert_eq!(store.secret("@a:hs.test").await.unwrap(), Some(row(Some(sealed))));
        store.put_secret(&row(None)).await.unwrap();
        store.wipe_what_was_deleted().await.unwrap();
        assert!(!on_disk());
        assert_eq!(store.secrets().await.unwrap(), [row(None)]);
    }
}
