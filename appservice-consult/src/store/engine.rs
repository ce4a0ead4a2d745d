//! The database itself: opening, migrations, connections.
//!
//! The driver of `sqlx` migrates, because the same files are to migrate the other database; it gives each statement to a thread of the connection and back.
//! What serves requests uses the library in the process directly (see `session.rs`).

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};

use super::pool::{Access, BUSY_TIMEOUT, Pool};
use super::session::Pace;
use super::{Hints, Plan, Reading, StoreError, Writing};

/// Connections that read at once; more only wait for the same two cores.
const READERS: u32 = 4;

/// How long emptying the write-ahead log waits for who reads.
const WRITE_OUT_PATIENCE: Duration = Duration::from_millis(250);

/// Most pages that a database can have.
const PAGES_MAX: u32 = 0xffff_fffe;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The newest migration that was carried out on a file.
const NEWEST_MIGRATION: &str = "SELECT max(version) FROM _sqlx_migrations WHERE success";

/// Whether any migration was: a start that was cut off before the first leaves an empty file.
const HAS_MIGRATIONS: &str = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'";

/// How a database file stands to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaVersions {
    /// The newest migration of the file; 0: none.
    pub found: i64,
    /// The newest migration that this program has.
    pub known: i64,
}

/// Triggers that keep the two chains append-only; each database has its own words for them.
const APPEND_ONLY: &str = "
CREATE TRIGGER IF NOT EXISTS audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS archive_record_keeps BEFORE UPDATE ON archive_record BEGIN SELECT RAISE(ABORT, 'the archive is append-only'); END;
CREATE TRIGGER IF NOT EXISTS archive_record_stays BEFORE DELETE ON archive_record BEGIN SELECT RAISE(ABORT, 'the archive is append-only'); END;
";

/// One tenant's database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    writer: Arc<Pool>,
    readers: Arc<Pool>,
    hints: Arc<Hints>,
}

impl Store {
    /// Opens the database file, makes it at need and brings it to this version.
    ///
    /// Each step of the way is one transaction: whatever ends it in the middle, the file stands as after the last whole step, and the next start goes on.
    ///
    /// Errors: `Open`; `Newer`, when a newer program has been here, and then nothing is touched; `Migrate`.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        refuse_newer(path).await?;
        migrate(path).await?;
        let writer = Pool::new(path.to_owned(), Access::Write, 1);
        // What is wrong with the file is said now.
        drop(writer.lend().await?);
        let readers = Pool::new(path.to_owned(), Access::Read, READERS);
        Ok(Self { writer, readers, hints: Arc::new(Hints::new()) })
    }

    /// The schema of the file and that of this program. Changes nothing, and needs no process to be stopped.
    ///
    /// Errors: `Open`; `Statement`, when it is no database of ours.
    pub async fn versions(path: &Path) -> Result<SchemaVersions, StoreError> {
        let found = looked_at(path, |connection| Ok(connection.query_row(NEWEST_MIGRATION, [], newest)?)).await?;
        Ok(SchemaVersions { found, known: known() })
    }

    /// A snapshot to read a few rows from by their keys.
    pub async fn read(&self) -> Result<Reading, StoreError> {
        self.reading(Pace::Here).await
    }

    /// A snapshot for statements that may look at many rows: lists, counts, searches.
    pub async fn read_at_length(&self) -> Result<Reading, StoreError> {
        self.reading(Pace::Aside).await
    }

    async fn reading(&self, pace: Pace) -> Result<Reading, StoreError> {
        let lent = self.readers.lend().await?;
        lent.connection()?.prepare_cached("BEGIN")?.execute([])?;
        Ok(Reading::new(lent, pace))
    }

    /// The one transaction that may write now; others wait.
    pub async fn write(&self) -> Result<Writing, StoreError> {
        let mut lent = self.writer.lend().await?;
        if !begins_at_once(lent.connection()?)? {
            // Another process writes.
            lent.aside(|connection| Ok(begin_immediate(connection)?)).await?;
        }
        Ok(Writing::new(lent, Arc::clone(&self.hints)))
    }

    /// Moves what was committed from the write-ahead log into the database file, and empties the log: what was deleted is then in neither. While somebody reads
    /// an older snapshot the log keeps it; the next time tries again.
    pub async fn write_out(&self) -> Result<(), StoreError> {
        let mut lent = self.writer.lend().await?;
        lent.aside(|connection| {
            // Who writes waits meanwhile: not for a long reader, whose snapshot keeps the log alive.
            connection.busy_timeout(WRITE_OUT_PATIENCE)?;
            let done = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            connection.busy_timeout(BUSY_TIMEOUT)?;
            Ok(done?)
        })
        .await
    }

    /// Lets the database grow by so many pages and no further, as a disk would that is nearly full; `None`: as far as its disk goes. What is refused then is refused
    /// as on a full disk. For tests, which cannot fill a disk.
    pub async fn leave_room(&self, pages: Option<u32>) -> Result<(), StoreError> {
        let mut lent = self.writer.lend().await?;
        lent.aside(move |connection| {
            let now: u32 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            let most = pages.map_or(PAGES_MAX, |pages| now.saturating_add(pages));
            Ok(connection.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(()))?)
        })
        .await
    }

    /// From now on, how each statement of who reads is carried out. For tests, which cannot wait for a million rows.
    pub fn plans(&self) -> Receiver<Plan> {
        let (to, plans) = channel();
        self.readers.tell_plans(to);
        plans
    }

    /// Wake-ups after commits.
    pub fn hints(&self) -> &Hints {
        &self.hints
    }

    /// Ends all connections; what was committed is on disk.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn begin_immediate(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([]).map(drop)
}

/// Begins to write unless another process holds the lock; never waits for it.
fn begins_at_once(connection: &Connection) -> rusqlite::Result<bool> {
    connection.busy_timeout(std::time::Duration::ZERO)?;
    let begun = begin_immediate(connection);
    connection.busy_timeout(BUSY_TIMEOUT)?;
    match begun {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(false),
        other => other.map(|()| true),
    }
}

/// The newest migration that this program has.
fn known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

fn newest(row: &rusqlite::Row<'_>) -> rusqlite::Result<i64> {
    Ok(row.get::<_, Option<i64>>(0)?.unwrap_or(0))
}

/// Reads from a file without changing it.
async fn looked_at<T: Send + 'static>(
    path: &Path,
    look: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let access = if Path::new(&log).exists() { Access::Read } else { Access::AtRest };
    let readers = Pool::new(path.to_owned(), access, 1);
    let mut lent = readers.lend().await?;
    let seen = lent.aside(look).await?;
    drop(lent);
    readers.close().await;
    Ok(seen)
}

fn newest_there(connection: &Connection) -> Result<i64, StoreError> {
    if connection.query_row(HAS_MIGRATIONS, [], newest)? == 0 {
        return Ok(0);
    }
    Ok(connection.query_row(NEWEST_MIGRATION, [], newest)?)
}

/// Goes back from a database that a newer program wrote, before anything opens it to write.
async fn refuse_newer(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    let unreadable = |error| match error {
        StoreError::Statement(source) => StoreError::Open { path: path.to_owned(), source },
        other => other,
    };
    let (found, known) = (looked_at(path, newest_there).await.map_err(unreadable)?, known());
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    Ok(())
}

async fn migrate(path: &Path) -> Result<(), StoreError> {
    let opened = |source: sqlx::Error| StoreError::Open { path: path.to_owned(), source: source.into() };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT);
    let mut connection = options.connect().await.map_err(opened)?;
    let migrated = MIGRATIONS.run(&mut connection).await;
    migrated.map_err(|source| StoreError::Migrate { path: path.to_owned(), source })?;
    sqlx::raw_sql(APPEND_ONLY).execute(&mut connection).await.map_err(opened)?;
    connection.close().await.map_err(opened)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use sea_query::{Expr, ExprTrait, Query};

    use super::Store;
    use crate::store::tables::{Audit, Counter};
    use crate::store::{StoreError, number};

    #[tokio::test]
    async fn a_look_at_its_version_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("what? 100 % #1.db");
        Store::open(&file).await.unwrap().close().await;
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        let before = files();
        let seen = Store::versions(&file).await.unwrap();
        assert_eq!((seen.found, files()), (seen.known, before));
    }

    #[tokio::test]
    async fn what_is_not_committed_is_gone_and_numbers_have_no_gap() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("consult.db")).await.unwrap();
        let mut lost = store.write().await.unwrap();
        assert_eq!(number::next(&mut lost, "x").await.unwrap(), 1);
        drop(lost);
        let mut kept = store.write().await.unwrap();
        assert_eq!(number::next(&mut kept, "x").await.unwrap(), 1);
        assert_eq!(number::next(&mut kept, "x").await.unwrap(), 2);
        kept.commit().await.unwrap();
        store.close().await;

        let again = Store::open(&folder.path().join("consult.db")).await.unwrap();
        let mut reading = again.read().await.unwrap();
        let row =
            reading.fetch_one(Query::select().column(Counter::Value).from(Counter::Table)).await.unwrap().unwrap();
        assert_eq!(row.number(Counter::Value).unwrap(), 2);
    }

    #[tokio::test]
    async fn the_audit_cannot_be_changed_by_a_statement() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("consult.db")).await.unwrap();
        let mut writing = store.write().await.unwrap();
        let columns = [
            Audit::Sequence,
            Audit::At,
            Audit::Actor,
            Audit::Role,
            Audit::Action,
            Audit::SubjectKind,
            Audit::SubjectId,
            Audit::Detail,
            Audit::Hash,
        ];
        let values: [Expr; 9] = [
            1.into(),
            1.into(),
            "a".into(),
            "system".into(),
            "b".into(),
            "c".into(),
            "d".into(),
            "{}".into(),
            "h".into(),
        ];
        writing.execute(Query::insert().into_table(Audit::Table).columns(columns).values_panic(values)).await.unwrap();
        let change = writing.execute(Query::update().table(Audit::Table).value(Audit::Actor, "x")).await;
        assert!(matches!(change, Err(StoreError::Constraint(_) | StoreError::Statement(_))));
        let removal =
            writing.execute(Query::delete().from_table(Audit::Table).and_where(Expr::col(Audit::Sequence).eq(1))).await;
        assert!(removal.is_err());
    }

    #[tokio::test]
    async fn a_newer_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("consult.db");
        let store = Store::open(&path).await.unwrap();
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'newer', 1, x'00', 0)";
        rusqlite::Connection::open(&path).unwrap().execute(newer, []).unwrap();
        store.close().await;
        assert!(matches!(Store::open(&path).await, Err(StoreError::Newer { found: 9999, .. })));
    }

    #[tokio::test]
    async fn the_schema_of_a_file_is_told_without_changing_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("consult.db");
        assert!(matches!(Store::versions(&path).await, Err(StoreError::Open { .. })));
        assert!(!path.exists());
        Store::open(&path).await.unwrap().close().await;
        let versions = Store::versions(&path).await.unwrap();
        assert!(versions.known > 0 && versions.found == versions.known, "{versions:?}");
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'newer', 1, x'00', 0)";
        rusqlite::Connection::open(&path).unwrap().execute(newer, []).unwrap();
        assert_eq!(Store::versions(&path).await.unwrap().found, 9999);
        std::fs::write(&path, "this is no database, whatever its name says").unwrap();
        assert!(Store::versions(&path).await.is_err());
    }

    #[tokio::test]
    async fn who_writes_waits_for_another_process_and_readers_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("consult.db");
        let store = Store::open(&path).await.unwrap();
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE; INSERT INTO counter VALUES ('x', 7)").unwrap();
        let waiting = tokio::spawn({
            let store = store.clone();
            async move { number::next(&mut store.write().await.unwrap(), "x").await.unwrap() }
        });
        let mut reading = store.read().await.unwrap();
        assert_eq!(number::last(&mut reading, "x").await.unwrap(), 0);
        other.execute_batch("COMMIT").unwrap();
        assert_eq!(waiting.await.unwrap(), 8);
        assert_eq!(number::last(&mut reading, "x").await.unwrap(), 0, "one snapshot");
    }

    #[tokio::test]
    async fn who_goes_away_in_the_middle_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("consult.db")).await.unwrap();
        // More than there are connections, each let go in the middle of a statement.
        for _ in 0..10 {
            let mut reading = store.read_at_length().await.unwrap();
            let last = number::last(&mut reading, "x");
            drop(futures_util::future::select(Box::pin(last), std::future::ready(())).await);
        }
        let mut writing = store.write().await.unwrap();
        assert_eq!(number::next(&mut writing, "x").await.unwrap(), 1);
        drop(writing);
        assert_eq!(number::last(&mut store.read_at_length().await.unwrap(), "x").await.unwrap(), 0);
        store.close().await;
        assert!(store.read().await.is_err());
    }
}
