//! Connections to one database file: lent for a transaction, and clean when they come back.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use parking_lot::Mutex;
use percent_encoding::{AsciiSet, CONTROLS, percent_encode};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

use super::StoreError;
use super::plan::{self, Plan};

/// How long a transaction waits for a connection before it is an error.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a connection waits for a lock of another process, such as `consilium archive verify`.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// What means something in the name of a file that is written as a URI.
const IN_A_NAME: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#');
/// Statements that stay compiled in a connection.
const STATEMENTS_MAX: usize = 128;
/// Of the one that writes: what is committed is on disk, and what is deleted is written over. A negative size of the page cache is in KiB.
const WRITE_PRAGMAS: &str = "PRAGMA journal_mode = wal; PRAGMA synchronous = full; PRAGMA foreign_keys = on; PRAGMA cache_size = -8000; \
                             PRAGMA secure_delete = on;";
/// Of those that read.
const READ_PRAGMAS: &str = "PRAGMA cache_size = -8000; PRAGMA query_only = on;";
/// Refreshes what the planner knows; looks at so many rows of an index at most.
const AT_THE_END: &str = "PRAGMA analysis_limit = 1000; PRAGMA optimize;";

/// What a pool's connections may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
    /// Reads a file that nothing has open, and leaves no other beside it, as `Read` does where it may not take it away again.
    AtRest,
}

/// Up to `size` connections, opened when they are first needed.
#[derive(Debug)]
pub(super) struct Pool {
    file: PathBuf,
    access: Access,
    size: u32,
    idle: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
    listener: OnceLock<Sender<Plan>>,
}

impl Pool {
    pub(super) fn new(file: PathBuf, access: Access, size: u32) -> Arc<Self> {
        let places = Arc::new(Semaphore::new(size as usize));
        Arc::new(Self { file, access, size, idle: Mutex::default(), places, listener: OnceLock::new() })
    }

    /// A connection without a transaction. Who waits is served in order.
    pub(super) async fn lend(self: &Arc<Self>) -> Result<Lent, StoreError> {
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned());
        let place = match waiting.await {
            Ok(Ok(place)) => place,
            Ok(Err(_closed)) => return Err(StoreError::Statement("the database is closed".into())),
            Err(_elapsed) => return Err(StoreError::Busy("every connection is busy".into())),
        };
        let idle = self.idle.lock().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open().await?,
        };
        Ok(Lent { connection: Some(connection), pool: Arc::clone(self), _place: place })
    }

    /// Tells the plan of every statement from now on; the first who listens is told.
    pub(super) fn tell_plans(&self, to: Sender<Plan>) {
        self.listener.set(to).ok();
    }

    async fn open(&self) -> Result<Connection, StoreError> {
        let (file, access) = (self.file.clone(), self.access);
        let opened = spawn_blocking(move || open(&file, access)).await.map_err(StoreError::thread_died)?;
        opened.map_err(|source| StoreError::Open { path: self.file.clone(), source: source.into() })
    }

    /// Ends all connections, when those that are lent have come back.
    pub(super) async fn close(&self) {
        let _all = self.places.acquire_many(self.size).await;
        self.places.close();
        let (idle, access) = (std::mem::take(&mut *self.idle.lock()), self.access);
        let closing = spawn_blocking(move || {
            for connection in idle {
                if access == Access::Write
                    && let Err(error) = connection.execute_batch(AT_THE_END)
                {
                    tracing::debug!(error = %error, "the database's statistics stay as they were");
                }
            }
        });
        if closing.await.is_err() {
            tracing::error!("the thread that closed the database died");
        }
    }
}

fn open(file: &Path, access: Access) -> rusqlite::Result<Connection> {
    let (flags, pragmas) = match access {
        Access::Write => (OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, WRITE_PRAGMAS),
        Access::Read => (OpenFlags::SQLITE_OPEN_READ_ONLY, READ_PRAGMAS),
        Access::AtRest => (OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI, READ_PRAGMAS),
    };
    let name = if access == Access::AtRest { at_rest(file) } else { file.to_owned() };
    let connection = Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(pragmas)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(connection)
}

/// A file's name that says that it does not change, <https://www.sqlite.org/uri.html>.
fn at_rest(file: &Path) -> PathBuf {
    let path = percent_encode(file.as_os_str().as_bytes(), IN_A_NAME);
    format!("file:{path}?immutable=1").into()
}

/// A connection in hand. Dropped, it undoes what was not committed and goes back.
pub(super) struct Lent {
    /// `None` only while a thread has it, and for ever when who waited for that thread has gone.
    connection: Option<Connection>,
    pool: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    pub(super) fn connection(&self) -> Result<&Connection, StoreError> {
        self.connection.as_ref().ok_or_else(|| StoreError::Statement("the connection is gone".into()))
    }

    /// Tells whoever listens how a statement will be carried out.
    pub(super) fn tell_plan(&self, statement: &str, values: &[Value]) -> Result<(), StoreError> {
        if let Some(listener) = self.pool.listener.get() {
            // Who has listened and gone has heard enough.
            listener.send(plan::of(self.connection()?, statement, values)?).ok();
        }
        Ok(())
    }

    /// Does `work` on a thread where blocking does no harm.
    pub(super) async fn aside<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connection =
            self.connection.take().ok_or_else(|| StoreError::Statement("the connection is gone".into()))?;
        let working = spawn_blocking(move || {
            let done = work(&connection);
            (connection, done)
        });
        let (connection, done) = working.await.map_err(StoreError::thread_died)?;
        self.connection = Some(connection);
        done
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        // One that cannot be cleaned is closed; the next who needs one opens another.
        if connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok() {
            self.pool.idle.lock().push(connection);
        }
    }
}
