//! The keeper's own SQL file beside the crypto store: the only folder here that knows SQL.
//!
//! One connection, because one task uses it. `synchronous = FULL`: what is committed is on disk.

mod bundles;
mod rooms;
mod secrets;
mod waiting;

use std::path::Path;

use sqlx::{
    AssertSqlSafe, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub(crate) use bundles::{BundleFrom, Given};
pub(crate) use rooms::{Room, RoomChange, RoomFact};
pub(crate) use secrets::SecretRow;
pub(crate) use waiting::WaitingRow;

use crate::{KeeperError, Waiting};

const FILE: &str = "keeper.sqlite";
/// What brings a file from each version to the next; an empty file has version 0.
const STEPS: [&str; 2] = [include_str!("schema.sql"), include_str!("secrets.sql")];
/// `PRAGMA user_version` of the file that this code reads and writes.
const VERSION: usize = STEPS.len();

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MessageIndex {
    pub(crate) session_id: String,
    pub(crate) index: u32,
    pub(crate) event_id: String,
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
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "on");
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
        let Some(steps) = usize::try_from(version).ok().and_then(|version| STEPS.get(version..)) else {
            return Err(KeeperError::store(format!(
                "{FILE} has the format {version}, this program knows {VERSION}: use a newer program"
            )));
        };
        for step in steps {
            sqlx::raw_sql(*step).execute(&mut *transaction).await.map_err(KeeperError::store)?;
        }
        let now_of_version = format!("PRAGMA user_version = {VERSION}");
        sqlx::raw_sql(AssertSqlSafe(now_of_version)).execute(&mut *transaction).await.map_err(KeeperError::store)?;
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
            rooms::write_room(connection, change).await?;
        }
        for (waiting, event) in &changes.waiting {
            waiting::insert_waiting(connection, waiting, event).await?;
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{bundles::BUNDLES_MAX, *};
    use crate::WaitingReason;

    fn waiting(event_id: &str) -> (Waiting, String) {
        let waiting = Waiting {
            event_id: event_id.to_owned(),
            room_id: "!r:hs.test".to_owned(),
            sender: "@a:hs.test".to_owned(),
            session_id: "s".to_owned(),
            sent_at_ms: 5,
            reason: WaitingReason::MissingKey,
            withheld: None,
        };
        (waiting, "{}".to_owned())
    }

    async fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        (folder, store)
    }

    fn changes(transaction: &str) -> Changes {
        Changes { transaction: transaction.to_owned(), ..Changes::default() }
    }

    #[tokio::test]
    async fn a_readable_event_is_kept_until_the_next_transaction_comes() {
        let (_folder, store) = store().await;
        store.commit(&Changes { waiting: vec![waiting("$1"), waiting("$2")], ..changes("t1") }).await.unwrap();
        let told = Changes { readable: vec!["$1".to_owned()], ..changes("t2") };
        store.commit(&told).await.unwrap();
        store.commit(&told).await.unwrap();
        let ids = |rows: Vec<WaitingRow>| rows.into_iter().map(|row| row.waiting.event_id).collect::<Vec<_>>();
        assert_eq!(ids(store.waiting().await.unwrap()), ["$1", "$2"], "the answer to t2 may have been lost");
        assert_eq!(ids(store.waiting_in_room("!r:hs.test").await.unwrap()), ["$2"]);
        store.commit(&changes("t3")).await.unwrap();
        assert_eq!(ids(store.waiting().await.unwrap()), ["$2"]);
    }

    #[tokio::test]
    async fn a_withheld_code_is_told_in_one_answer() {
        let (_folder, store) = store().await;
        store.commit(&Changes { waiting: vec![waiting("$1")], ..changes("t1") }).await.unwrap();
        let withheld = vec![("$1".to_owned(), "m.unverified".to_owned())];
        store.commit(&Changes { withheld, ..changes("t2") }).await.unwrap();
        assert_eq!(store.withheld_told_in("t2").await.unwrap()[0].withheld.as_deref(), Some("m.unverified"));
        store.commit(&changes("t3")).await.unwrap();
        assert_eq!(store.withheld_told_in("t2").await.unwrap(), []);
        assert_eq!(store.waiting().await.unwrap()[0].waiting.withheld.as_deref(), Some("m.unverified"));
    }

    #[tokio::test]
    async fn the_first_event_owns_a_message_index() {
        let (_folder, store) = store().await;
        let index = |event: &str| MessageIndex { session_id: "s".to_owned(), index: 3, event_id: event.to_owned() };
        store.commit(&Changes { read: vec![index("$1"), index("$2")], ..changes("t1") }).await.unwrap();
        assert_eq!(store.event_of_index("s", 3).await.unwrap().as_deref(), Some("$1"));
        assert_eq!(store.event_of_index("s", 4).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_file_of_a_newer_program_is_refused() {
        let (folder, store) = store().await;
        sqlx::raw_sql("PRAGMA user_version = 99").execute(&store.pool).await.unwrap();
        store.close().await;
        let KeeperError::Store(source) = Store::open(folder.path()).await.unwrap_err() else { panic!("a store error") };
        assert!(source.to_string().contains("99"), "{source}");
    }

    #[tokio::test]
    async fn a_file_of_the_first_version_is_brought_to_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new().filename(folder.path().join(FILE)).create_if_missing(true);
        let old = SqlitePool::connect_with(options).await.unwrap();
        sqlx::raw_sql(STEPS[0]).execute(&old).await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 1; INSERT INTO about VALUES ('device_id', 'KEEPER1')")
            .execute(&old)
            .await
            .unwrap();
        old.close().await;
        let store = Store::open(folder.path()).await.unwrap();
        assert_eq!(store.about("device_id").await.unwrap().as_deref(), Some("KEEPER1"));
        assert_eq!(store.secrets().await.unwrap(), []);
    }

    #[tokio::test]
    async fn the_list_of_bundles_is_bounded() {
        let (_folder, store) = store().await;
        for number in 0..=BUNDLES_MAX {
            let sender = format!("@a{number}:hs.test");
            store.add_bundle(&BundleFrom { room_id: "!r:hs.test".to_owned(), sender }).await.unwrap();
        }
        assert_eq!(i64::try_from(store.bundles().await.unwrap().len()).unwrap(), BUNDLES_MAX);
    }
}
