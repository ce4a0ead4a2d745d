//! The keeper's own SQL file beside the crypto store: the only folder here that knows SQL.
//!
//! One connection, because one task uses it. `synchronous = FULL`: what is committed is on disk. What is read is a few rows by their key, so it is
//! read where it is asked for, in some microseconds; what is written waits for the disk, on a thread where blocking does no harm.

mod bundles;
mod rooms;
mod secrets;
mod waiting;

use std::{path::Path, sync::Arc, time::Duration};

use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Transaction, TransactionBehavior, params};

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
/// How long a write waits for a lock of another process, such as a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Statements that stay compiled: all that are used here.
const STATEMENTS_MAX: usize = 64;

#[derive(Debug)]
pub(crate) struct Store {
    /// `None` once it is closed.
    connection: Arc<Mutex<Option<Connection>>>,
}

/// Everything that one transaction changes here: committed at once.
#[derive(Clone, Debug, Default)]
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
        let file = folder.join(FILE);
        let opened = tokio::task::spawn_blocking(move || open(&file)).await.map_err(KeeperError::store)??;
        Ok(Self { connection: Arc::new(Mutex::new(Some(opened))) })
    }

    pub(crate) async fn close(&self) {
        let connection = self.connection.lock().take();
        // Closing writes the log back into the file; what fails then is done at the next opening.
        let _closed = tokio::task::spawn_blocking(move || drop(connection)).await;
    }

    /// Reads a few rows.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, KeeperError> {
        let connection = self.connection.lock();
        work(connection.as_ref().ok_or(KeeperError::Closed)?).map_err(KeeperError::store)
    }

    /// Writes everything that `work` writes, durable when this returns, or nothing.
    async fn write(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()> + Send + 'static,
    ) -> Result<(), KeeperError> {
        let connection = Arc::clone(&self.connection);
        let writing = move || {
            let mut connection = connection.lock();
            let connection = connection.as_mut().ok_or(KeeperError::Closed)?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate);
            let written = transaction.and_then(|transaction| work(&transaction).and_then(|()| transaction.commit()));
            written.map_err(KeeperError::store)
        };
        tokio::task::spawn_blocking(writing).await.map_err(KeeperError::store)?
    }

    pub(crate) fn about(&self, name: &str) -> Result<Option<String>, KeeperError> {
        self.read(|connection| {
            let mut select = connection.prepare_cached("SELECT value FROM about WHERE name = ?")?;
            select.query_row([name], |row| row.get(0)).optional()
        })
    }

    pub(crate) async fn set_about(&self, name: &'static str, value: &str) -> Result<(), KeeperError> {
        let value = value.to_owned();
        self.write(move |transaction| set_about(transaction, name, &value)).await
    }

    pub(crate) async fn remove_about(&self, name: &'static str) -> Result<(), KeeperError> {
        self.write(move |transaction| transaction.execute("DELETE FROM about WHERE name = ?", [name]).map(drop)).await
    }

    /// Commits the outcome of one transaction.
    pub(crate) async fn commit(&self, changes: Changes) -> Result<(), KeeperError> {
        self.write(move |transaction| changes.write(transaction)).await
    }

    /// The event that used this message index first.
    pub(crate) fn event_of_index(&self, session_id: &str, message_index: u32) -> Result<Option<String>, KeeperError> {
        self.read(|connection| {
            let mut select = connection
                .prepare_cached("SELECT event_id FROM message_indexes WHERE session_id = ? AND message_index = ?")?;
            select.query_row(params![session_id, message_index], |row| row.get(0)).optional()
        })
    }
}

impl Changes {
    /// Whether only the transaction's id would be written.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { transaction: _, rooms, waiting, readable, withheld, read } = self;
        rooms.is_empty() && waiting.is_empty() && readable.is_empty() && withheld.is_empty() && read.is_empty()
    }

    fn write(&self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        forget_told(transaction, &self.transaction)?;
        for change in &self.rooms {
            rooms::write_room(transaction, change)?;
        }
        for (waiting, event) in &self.waiting {
            waiting::insert_waiting(transaction, waiting, event)?;
        }
        for event_id in &self.readable {
            transaction
                .prepare_cached("UPDATE waiting SET readable_in = ? WHERE event_id = ?")?
                .execute([&self.transaction, event_id])?;
        }
        for (event_id, code) in &self.withheld {
            transaction
                .prepare_cached("UPDATE waiting SET withheld = ?, withheld_in = ? WHERE event_id = ?")?
                .execute([code, &self.transaction, event_id])?;
        }
        for read in &self.read {
            transaction
                .prepare_cached(
                    "INSERT INTO message_indexes (session_id, message_index, event_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                )?
                .execute(params![read.session_id, read.index, read.event_id])?;
        }
        set_about(transaction, "transaction", &self.transaction)
    }
}

/// Whether a failure of the store may be over a little later: somebody else holds it, or its disk is full.
pub(crate) fn may_pass(failure: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    let code = failure.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull))
}

fn open(file: &Path) -> Result<Connection, KeeperError> {
    let mut connection = Connection::open(file).map_err(KeeperError::store)?;
    let prepared = connection
        .execute_batch("PRAGMA journal_mode = wal; PRAGMA synchronous = full; PRAGMA foreign_keys = on; PRAGMA secure_delete = on;")
        .and_then(|()| connection.busy_timeout(BUSY_TIMEOUT));
    prepared.map_err(KeeperError::store)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    migrate(&mut connection)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), KeeperError> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(KeeperError::store)?;
    let version: i64 =
        transaction.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(KeeperError::store)?;
    let Some(steps) = usize::try_from(version).ok().and_then(|version| STEPS.get(version..)) else {
        return Err(KeeperError::store(format!(
            "{FILE} has the format {version}, this program knows {VERSION}: use a newer program"
        )));
    };
    for step in steps {
        transaction.execute_batch(step).map_err(KeeperError::store)?;
    }
    transaction.pragma_update(None, "user_version", VERSION).map_err(KeeperError::store)?;
    transaction.commit().map_err(KeeperError::store)
}

/// The transaction before this one was acknowledged: what its answer told need not be told again.
fn forget_told(connection: &Transaction<'_>, transaction: &str) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM waiting WHERE readable_in <> ?")?.execute([transaction])?;
    connection
        .prepare_cached("UPDATE waiting SET withheld_in = NULL WHERE withheld_in <> ?")?
        .execute([transaction])
        .map(drop)
}

fn set_about(connection: &Transaction<'_>, name: &str, value: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO about (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        )?
        .execute([name, value])
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
        store.commit(Changes { waiting: vec![waiting("$1"), waiting("$2")], ..changes("t1") }).await.unwrap();
        let told = Changes { readable: vec!["$1".to_owned()], ..changes("t2") };
        store.commit(told.clone()).await.unwrap();
        store.commit(told.clone()).await.unwrap();
        let ids = |rows: Vec<WaitingRow>| rows.into_iter().map(|row| row.waiting.event_id).collect::<Vec<_>>();
        assert_eq!(ids(store.waiting().unwrap()), ["$1", "$2"], "the answer to t2 may have been lost");
        assert_eq!(ids(store.waiting_in_room("!r:hs.test").unwrap()), ["$2"]);
        store.commit(changes("t3")).await.unwrap();
        assert_eq!(ids(store.waiting().unwrap()), ["$2"]);
    }

    #[tokio::test]
    async fn a_withheld_code_is_told_in_one_answer() {
        let (_folder, store) = store().await;
        store.commit(Changes { waiting: vec![waiting("$1")], ..changes("t1") }).await.unwrap();
        let withheld = vec![("$1".to_owned(), "m.unverified".to_owned())];
        store.commit(Changes { withheld, ..changes("t2") }).await.unwrap();
        assert_eq!(store.withheld_told_in("t2").unwrap()[0].withheld.as_deref(), Some("m.unverified"));
        store.commit(changes("t3")).await.unwrap();
        assert_eq!(store.withheld_told_in("t2").unwrap(), []);
        assert_eq!(store.waiting().unwrap()[0].waiting.withheld.as_deref(), Some("m.unverified"));
    }

    #[tokio::test]
    async fn the_first_event_owns_a_message_index() {
        let (_folder, store) = store().await;
        let index = |event: &str| MessageIndex { session_id: "s".to_owned(), index: 3, event_id: event.to_owned() };
        store.commit(Changes { read: vec![index("$1"), index("$2")], ..changes("t1") }).await.unwrap();
        assert_eq!(store.event_of_index("s", 3).unwrap().as_deref(), Some("$1"));
        assert_eq!(store.event_of_index("s", 4).unwrap(), None);
    }

    #[tokio::test]
    async fn a_full_disk_takes_nothing_gives_everything_and_goes_on_when_there_is_room() {
        let (_folder, store) = store().await;
        store.commit(Changes { waiting: vec![waiting("$first")], ..changes("t1") }).await.unwrap();
        // SQLite answers as on a full disk where a database may not grow; less than it has already is not taken.
        let room = |pages: u32| {
            let pragma = format!("PRAGMA max_page_count = {pages}");
            store.read(|connection| connection.query_row(&pragma, [], |_| Ok(()))).unwrap();
        };
        let many =
            || Changes { waiting: (0..2_000).map(|number| waiting(&format!("${number}"))).collect(), ..changes("t2") };
        room(1);
        let full = store.commit(many()).await.unwrap_err();
        assert!(matches!(full, KeeperError::Store(_)) && full.may_pass(), "{full:?}");
        let ids: Vec<_> = store.waiting().unwrap().into_iter().map(|row| row.waiting.event_id).collect();
        assert_eq!(ids, ["$first"], "all of a transaction or nothing");
        room(u32::MAX - 1);
        store.commit(many()).await.unwrap();
        assert_eq!(store.waiting().unwrap().len(), 2_001);
    }

    #[tokio::test]
    async fn a_file_of_a_newer_program_is_refused() {
        let (folder, store) = store().await;
        store.read(|connection| connection.execute_batch("PRAGMA user_version = 99")).unwrap();
        store.close().await;
        let KeeperError::Store(source) = Store::open(folder.path()).await.unwrap_err() else { panic!("a store error") };
        assert!(source.to_string().contains("99"), "{source}");
    }

    #[tokio::test]
    async fn a_file_of_the_first_version_is_brought_to_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let old = Connection::open(folder.path().join(FILE)).unwrap();
        old.execute_batch(STEPS[0]).unwrap();
        old.execute_batch("PRAGMA user_version = 1; INSERT INTO about VALUES ('device_id', 'KEEPER1')").unwrap();
        drop(old);
        let store = Store::open(folder.path()).await.unwrap();
        assert_eq!(store.about("device_id").unwrap().as_deref(), Some("KEEPER1"));
        assert_eq!(store.secrets().unwrap(), []);
    }

    #[tokio::test]
    async fn the_list_of_bundles_is_bounded() {
        let (_folder, store) = store().await;
        for number in 0..=BUNDLES_MAX {
            let sender = format!("@a{number}:hs.test");
            store.add_bundle(BundleFrom { room_id: "!r:hs.test".to_owned(), sender }).await.unwrap();
        }
        assert_eq!(i64::try_from(store.bundles().unwrap().len()).unwrap(), BUNDLES_MAX);
    }
}
