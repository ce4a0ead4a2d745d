//! Opening: the folder, the lock, the version of the form on disk, the position.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use parking_lot::{Mutex, RwLock};
use rocksdb::{DB, Options, WriteBatch, WriteOptions};

use super::{
    Database, RocksEngine,
    commit::{Committer, spawn_threads},
    disk::{Disk, RealDisk},
    tune::{SharedResources, column_families, database_options},
};
use crate::{batch::Position, engine::rules::Tables, keyspace::Table};

/// The version of the form on disk that this build writes, and the only one that it reads.
pub(super) const FORMAT: u32 = 1;

/// Rows of the engine's own table.
const FORMAT_KEY: &[u8] = b"format";
pub(super) const POSITION_KEY: &[u8] = b"position";

/// What can be chosen for one tenant's store.
#[derive(Clone)]
pub struct OpenOptions {
    /// What metrics and logs call this store: the tenant's slug.
    pub name: String,
    /// Writes are refused with `Full` while the disk has less than this left, in bytes: what flushes and compactions of
    /// the rows already accepted need.
    pub reserve_bytes: u64,
    pub disk: Arc<dyn Disk>,
}

impl OpenOptions {
    /// The default of [`OpenOptions::reserve_bytes`]: the log and the write buffers once over, and room to compact.
    pub const RESERVE_BYTES: u64 = 256 << 20;

    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), reserve_bytes: Self::RESERVE_BYTES, disk: Arc::new(RealDisk) }
    }
}

/// Why a store was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the store in {} is open already, in this or another process; stop that one first", .0.display())]
    Locked(PathBuf),
    #[error(
        "the store in {} has form {found}; this build reads form {known}: use the build that wrote it, or migrate it",
        path.display()
    )]
    Format { path: PathBuf, found: String, known: u32 },
    #[error("the list of tables is not valid: {0}")]
    Tables(String),
    #[error("the store in {} cannot be opened: {reason}", path.display())]
    Failed { path: PathBuf, reason: String },
}

impl From<rocksdb::Error> for OpenError {
    fn from(error: rocksdb::Error) -> Self {
        Self::Failed { path: PathBuf::new(), reason: error.into_string() }
    }
}

impl RocksEngine {
    /// Opens the store in the folder `path` (`tenants/<slug>/store`), or creates it. Blocks while the log is replayed:
    /// [`RocksEngine::open`] does it away from the async workers.
    pub fn open_blocking(
        path: &Path,
        tables: &[Table],
        shared: &SharedResources,
        options: OpenOptions,
    ) -> Result<Self, OpenError> {
        check_tables(tables)?;
        let failed = |reason: String| OpenError::Failed { path: path.to_owned(), reason };
        std::fs::create_dir_all(path).map_err(|error| failed(error.to_string()))?;
        let db = open_database(path, tables, shared)?;
        let position = read_or_write_format(&db, path)?;
        let committer = Committer::new(Arc::new(db), Tables::new(tables), position, path, options);
        let committer = Arc::new(committer);
        let (queue, submitted) = crossbeam_channel::unbounded();
        let threads = spawn_threads(&committer, &submitted).map_err(|error| failed(error.to_string()))?;
        Ok(Self { path: path.to_owned(), committer, queue: RwLock::new(Some(queue)), threads: Mutex::new(threads) })
    }

    /// As [`RocksEngine::open_blocking`], on a thread where blocking does no harm.
    pub async fn open(
        path: &Path,
        tables: &[Table],
        shared: &SharedResources,
        options: OpenOptions,
    ) -> Result<Arc<Self>, OpenError> {
        let (path, tables, shared) = (path.to_owned(), tables.to_vec(), shared.clone());
        let folder = path.clone();
        tokio::task::spawn_blocking(move || Self::open_blocking(&path, &tables, &shared, options))
            .await
            .unwrap_or_else(|died| Err(OpenError::Failed { path: folder, reason: died.to_string() }))
            .map(Arc::new)
    }
}

fn check_tables(tables: &[Table]) -> Result<(), OpenError> {
    let mut seen = std::collections::HashSet::new();
    for Table { name, .. } in tables {
        let is_plain = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_plain || ["default", "meta"].contains(name) {
            return Err(OpenError::Tables(format!("{name:?} is not a name for a table")));
        }
        if !seen.insert(*name) {
            return Err(OpenError::Tables(format!("{name:?} is there twice")));
        }
    }
    Ok(())
}

fn open_database(path: &Path, tables: &[Table], shared: &SharedResources) -> Result<Database, OpenError> {
    let named = |error: rocksdb::Error| named_error(path, error);
    let options = database_options(shared)?;
    let mut families: Vec<_> = column_families(tables, shared).collect();
    // RocksDB opens a database only with all its column families; those of another build's tables are left alone.
    if path.join("CURRENT").exists() {
        let known: Vec<String> = families.iter().map(|family| family.name().to_owned()).collect();
        for name in DB::list_cf(&options, path).map_err(named)? {
            if !known.contains(&name) {
                tracing::warn!(table = %name, "the store has a table that this build does not use");
                let mut untouched = Options::default();
                untouched.set_disable_auto_compactions(true);
                families.push(rocksdb::ColumnFamilyDescriptor::new(name, untouched));
            }
        }
    }
    Database::open_cf_descriptors(&options, path, families).map_err(named)
}

fn named_error(path: &Path, error: rocksdb::Error) -> OpenError {
    let reason = error.into_string();
    if reason.contains("lock hold by current process")
        || (reason.contains("While lock file") && reason.contains("LOCK"))
    {
        OpenError::Locked(path.to_owned())
    } else {
        OpenError::Failed { path: path.to_owned(), reason }
    }
}

/// The position of the last batch. A database without rows gets the form of this build.
fn read_or_write_format(db: &Database, path: &Path) -> Result<Position, OpenError> {
    let named = |error: rocksdb::Error| named_error(path, error);
    let unknown = |found: String| OpenError::Format { path: path.to_owned(), found, known: FORMAT };
    let position = db.get(POSITION_KEY).map_err(named)?;
    match db.get(FORMAT_KEY).map_err(named)?.as_deref() {
        Some(format) if format == FORMAT.to_be_bytes() => {}
        Some(format) => {
            let found =
                format.try_into().map_or_else(|_| format!("{format:?}"), |be| u32::from_be_bytes(be).to_string());
            return Err(unknown(found));
        }
        // Only a creation that was cut off leaves neither row.
        None if position.is_none() && db.latest_sequence_number() == 0 => write_format(db).map_err(named)?,
        None => return Err(unknown("unknown".into())),
    }
    let Some(position) = position else { return Ok(Position::default()) };
    let bytes = position.try_into().map_err(|_| unknown("unknown (its position is damaged)".into()))?;
    Ok(Position(u64::from_be_bytes(bytes)))
}

fn write_format(db: &Database) -> Result<(), rocksdb::Error> {
    let mut rows = WriteBatch::default();
    rows.put(FORMAT_KEY, FORMAT.to_be_bytes());
    let mut synced = WriteOptions::default();
    synced.set_sync(true);
    db.write_opt(rows, &synced)
}
