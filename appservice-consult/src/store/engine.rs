//! The database itself: opening, migrations, connections. The only file that names one.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use super::{Hints, Reading, StoreError, Writing};

/// Connections that read at once; more only wait for the same two cores.
const READERS: u32 = 4;
/// How long a connection waits for a lock of another process, such as `consilium archive verify`.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Page cache of a connection. Unit: KiB, written negative as `SQLite` wants it.
const CACHE_KIB: &str = "-8000";

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

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
    writer: SqlitePool,
    readers: SqlitePool,
    hints: Arc<Hints>,
}

impl Store {
    /// Opens the database file, makes it at need and brings it to this version.
    ///
    /// Errors: `Open`; `Migrate`, when a newer program has been here.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = options(path);
        let opened = |source| StoreError::Open { path: path.to_owned(), source };
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(opened)?;
        let migrated = MIGRATIONS.run(&writer).await;
        migrated.map_err(|source| StoreError::Migrate { path: path.to_owned(), source })?;
        sqlx::raw_sql(APPEND_ONLY).execute(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await
            .map_err(opened)?;
        Ok(Self { writer, readers, hints: Arc::new(Hints::new()) })
    }

    /// A snapshot to read from.
    pub async fn read(&self) -> Result<Reading, StoreError> {
        Ok(Reading::new(self.readers.begin().await?))
    }

    /// The one transaction that may write now; others wait.
    pub async fn write(&self) -> Result<Writing, StoreError> {
        Ok(Writing::new(self.writer.begin_with("BEGIN IMMEDIATE").await?, Arc::clone(&self.hints)))
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

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("cache_size", CACHE_KIB)
        .pragma("secure_delete", "on")
        .optimize_on_close(true, Some(1_000))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use sea_query::{Expr, ExprTrait, Query};

    use super::Store;
    use crate::store::tables::{Audit, Counter};
    use crate::store::{StoreError, number};

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
        sqlx::query(newer).execute(&store.writer).await.unwrap();
        store.close().await;
        assert!(matches!(Store::open(&path).await, Err(StoreError::Migrate { .. })));
    }
}
