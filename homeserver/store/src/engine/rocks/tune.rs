//! What the tenants of one process share, and how each table is laid out on disk.
//!
//! A process may hold a hundred idle tenants: what a database costs while nobody uses it is kept small (arena blocks,
//! threads, statistics, logs), and what grows with use (blocks read, rows not yet flushed) is bounded for all together.

use rocksdb::{
    BlockBasedOptions, Cache, ColumnFamilyDescriptor, DBCompressionType, DBRecoveryMode, InfoLogger, LogLevel,
    MergeOperands, Options, SliceTransform, WriteBufferManager,
};

use super::open::OpenError;
use crate::{
    engine::rules::added,
    keyspace::{Access, Table},
};

/// Memory for all tenants of a process together, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct SharedLimits {
    /// Blocks, indexes and filters read from files.
    pub block_cache_bytes: usize,
    /// Rows that are in the log but not yet in a file; beyond it the largest are flushed.
    pub write_buffer_bytes: usize,
}

impl Default for SharedLimits {
    fn default() -> Self {
        Self { block_cache_bytes: 64 << 20, write_buffer_bytes: 64 << 20 }
    }
}

/// Block cache and write buffers of all tenants of a process. Threads are shared too: `RocksDB`'s default environment is
/// one for each process.
#[derive(Clone)]
pub struct SharedResources {
    block_cache: Cache,
    write_buffers: WriteBufferManager,
}

impl SharedResources {
    pub fn new(limits: SharedLimits) -> Self {
        // Without stalls: a full buffer starts a flush, and commits go on meanwhile.
        let write_buffers = WriteBufferManager::new_write_buffer_manager(limits.write_buffer_bytes, false);
        Self { block_cache: Cache::new_lru_cache(limits.block_cache_bytes), write_buffers }
    }

    /// Bytes of the block cache in use.
    pub fn block_cache_used_bytes(&self) -> usize {
        self.block_cache.get_usage()
    }

    /// Bytes of the write buffers in use.
    pub fn write_buffer_used_bytes(&self) -> usize {
        self.write_buffers.get_usage()
    }
}

impl Default for SharedResources {
    fn default() -> Self {
        Self::new(SharedLimits::default())
    }
}

impl std::fmt::Debug for SharedResources {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SharedResources").finish_non_exhaustive()
    }
}

/// Rows of one table that are in memory before they are flushed to a file, in bytes.
const WRITE_BUFFER_BYTES: usize = 8 << 20;

/// Step in which a write buffer grows, in bytes: small, because a tenant has a dozen of them.
const ARENA_BLOCK_BYTES: usize = 64 << 10;

/// Log on disk that a restart may have to replay, in bytes; beyond it the oldest tables are flushed. A replay takes about
/// a second for 100 MB.
const LOG_BYTES_MAX: u64 = 48 << 20;

/// A flush and a compaction at a time: there may be two cores for everything.
const BACKGROUND_JOBS: i32 = 2;

/// Files held open for each tenant; the rest are opened when read.
const OPEN_FILES_MAX: i32 = 512;

/// Enough for terabytes, as each is ten times the one above; each costs memory in each table.
const LEVELS: i32 = 6;

/// A data block before compression, in bytes: a few events, a page of index rows.
const BLOCK_BYTES: usize = 8 << 10;

/// One in a hundred look-ups of an absent key touches the disk.
const BLOOM_BITS_PER_KEY: f64 = 10.0;

/// Samples that the dictionary of a file at the bottom level is trained on, and its size, in bytes: rows of a table are
/// alike (JSON of events), and a block alone is too short to learn from.
const DICTIONARY_BYTES: i32 = 16 << 10;
const DICTIONARY_TRAIN_BYTES: i32 = 100 * DICTIONARY_BYTES;
const ZSTD_LEVEL: i32 = 3;
/// Of files that compactions will write again: fast first of all. Smaller than LZ4 would make them, and a young database consists of them.
const ZSTD_LEVEL_ABOVE: i32 = 1;
const ZSTD_WINDOW_BITS_DEFAULT: i32 = -14;

/// Sums in a write buffer are folded when this many are in a row, so that reading a busy counter stays cheap.
const COUNTER_MERGES_MAX: usize = 8;

/// Options that the binding has no setter for.
///
/// A background error is never retried: writes stop until somebody has looked (`max_bgerror_resume_count`). A restart
/// replays the log into memory and writes no files for it (`avoid_flush_during_recovery`).
const OPTIONS_BY_NAME: &str = "max_bgerror_resume_count=0;avoid_flush_during_recovery=true";

pub(super) fn database_options(shared: &SharedResources) -> Result<Options, OpenError> {
    let mut options = Options::default().get_options_from_string(OPTIONS_BY_NAME)?;
    options.create_if_missing(true);
    options.create_missing_column_families(true);
    options.set_write_buffer_manager(&shared.write_buffers);
    options.set_max_total_wal_size(LOG_BYTES_MAX);
    // A torn record ends the log; whatever is damaged before it is an error.
    options.set_wal_recovery_mode(DBRecoveryMode::PointInTime);
    // Written over in place: a sync then needs no new metadata of the file system.
    options.set_recycle_log_file_num(2);
    options.set_max_background_jobs(BACKGROUND_JOBS);
    options.set_max_open_files(OPEN_FILES_MAX);
    options.set_skip_stats_update_on_db_open(true);
    // Dirty pages of new files go out bit by bit, or a sync of the log would wait for all of them.
    options.set_bytes_per_sync(1 << 20);
    options.set_stats_dump_period_sec(0);
    options.set_stats_persist_period_sec(0);
    options.set_info_logger(InfoLogger::new_callback_logger(LogLevel::Warn, trace));
    Ok(options)
}

/// What the database has to say goes where everything else does: a log file of its own would cost each tenant a file and
/// 140 kB of memory.
fn trace(level: LogLevel, message: &str) {
    match level {
        LogLevel::Debug | LogLevel::Info | LogLevel::Header => {}
        LogLevel::Warn => tracing::warn!(message, "the database warns"),
        LogLevel::Error | LogLevel::Fatal => tracing::error!(message, "the database reports an error"),
    }
}

/// The engine's own table `default`, and one column family for each table.
pub(super) fn column_families<'a>(
    tables: &'a [Table],
    shared: &'a SharedResources,
) -> impl Iterator<Item = ColumnFamilyDescriptor> + 'a {
    let own = (rocksdb::DEFAULT_COLUMN_FAMILY_NAME, Access::Point);
    std::iter::once(own)
        .chain(tables.iter().map(|table| (table.name, table.access)))
        .map(|(name, access)| ColumnFamilyDescriptor::new(name, table_options(access, shared)))
}

fn table_options(access: Access, shared: &SharedResources) -> Options {
    let mut blocks = BlockBasedOptions::default();
    blocks.set_block_cache(&shared.block_cache);
    blocks.set_block_size(BLOCK_BYTES);
    blocks.set_bloom_filter(BLOOM_BITS_PER_KEY, false);
    blocks.set_optimize_filters_for_memory(true);
    // So that indexes and filters count against the cache and its bound.
    blocks.set_cache_index_and_filter_blocks(true);
    blocks.set_pin_l0_filter_and_index_blocks_in_cache(true);
    let mut options = Options::default();
    options.set_write_buffer_size(WRITE_BUFFER_BYTES);
    options.set_arena_block_size(ARENA_BLOCK_BYTES);
    options.set_num_levels(LEVELS);
    options.set_compression_type(DBCompressionType::Zstd);
    options.set_compression_options(ZSTD_WINDOW_BITS_DEFAULT, ZSTD_LEVEL_ABOVE, 0, 0);
    options.set_bottommost_compression_type(DBCompressionType::Zstd);
    options.set_bottommost_compression_options(ZSTD_WINDOW_BITS_DEFAULT, ZSTD_LEVEL, 0, DICTIONARY_BYTES, true);
    options.set_bottommost_zstd_max_train_bytes(DICTIONARY_TRAIN_BYTES, true);
    match access {
        Access::Point => {}
        Access::Scan { prefix_bytes } => {
            options.set_prefix_extractor(SliceTransform::create_fixed_prefix(prefix_bytes));
        }
        Access::Counter => {
            options.set_merge_operator_associative("consilium.add", add);
            options.set_max_successive_merges(COUNTER_MERGES_MAX);
        }
    }
    options.set_block_based_table_factory(&blocks);
    options
}

/// The sum of a counter and what was added to it.
#[expect(clippy::unnecessary_wraps, reason = "the shape of a merge operator; a sum never fails")]
fn add(_key: &[u8], existing: Option<&[u8]>, operands: &MergeOperands) -> Option<Vec<u8>> {
    let deltas = operands.iter().map(|delta| added(Some(delta), 0));
    let sum = deltas.fold(added(existing, 0), i64::wrapping_add);
    Some(sum.to_be_bytes().to_vec())
}
