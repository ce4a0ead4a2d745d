//! From a submitted batch to a synced one.
//!
//! ```text
//! submit ──► queue ──► writer (one of two threads)          guards, position, log and memory, not synced, not visible
//!                        │ group: what waited, ≤ GROUP_MAX
//!                        ▼
//!                      syncer (that thread, while the other one becomes the writer)
//!                        one fsync of the log ──► publish the snapshot ──► answer each batch
//! ```
//!
//! A batch is written to the log and the database's memory as soon as it is taken from the queue: so guards see every
//! earlier batch, and the next group is ready when the disk is. Readers see only the snapshot that was taken when its
//! group was complete and published when that was synced. A group closes when nothing waits and the disk is free; it
//! never waits for more.
//!
//! A refusal by a guard may rest on a batch that is not synced yet, so it is answered with its group.
//!
//! The first failed write or sync stops all writing until the store is opened anew. Batches that were written but not
//! synced end as `Unknown`, those behind them as `Unavailable` or `Full`.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::Instant,
};

use arc_swap::ArcSwap;
use crossbeam_channel::{Receiver, Sender, TryRecvError, select};
use metrics::{Counter, Histogram};
use parking_lot::{Mutex, MutexGuard};
use rocksdb::{DBPinnableSlice, FlushOptions, ReadOptions, WriteBatch, WriteOptions};
use tokio::sync::oneshot;

use super::{
    Database,
    disk::{Disk, Stop},
    open::{OpenOptions, POSITION_KEY},
    view::RocksView,
};
use crate::{
    batch::{Batch, CommitError, Op, Position},
    engine::rules::{Tables, check_guards, stamped},
    keyspace::Table,
    limits::{COMMIT_QUEUE_BYTES_MAX, GROUP_BYTES_MAX, GROUP_MAX},
    view::View,
};

type End = Result<Position, CommitError>;

/// A batch in line, and who waits for its end.
pub(super) struct Submitted {
    pub(super) batch: Batch,
    /// The batch's size.
    pub(super) bytes: usize,
    pub(super) answer: oneshot::Sender<End>,
}

/// Counts since the store was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommitStats {
    /// Batches that are durable.
    pub batches: u64,
    /// Groups of them.
    pub groups: u64,
    /// Syncs of the log: one for each group.
    pub syncs: u64,
}

/// The state that the two commit threads share.
pub(super) struct Committer {
    db: Arc<Database>,
    tables: Arc<Tables>,
    path: PathBuf,
    disk: Arc<dyn Disk>,
    reserve_bytes: u64,
    /// Held by the thread that writes: the position of the last batch written.
    written: Mutex<Position>,
    /// The one token of the disk; who has taken it out may sync and publish.
    sync_turn: (Sender<()>, Receiver<()>),
    published: ArcSwap<RocksView>,
    stop: OnceLock<Stop>,
    /// Bytes of the batches in line.
    waiting_bytes: AtomicUsize,
    meters: Meters,
}

struct Meters {
    batches: AtomicU64,
    groups: AtomicU64,
    syncs: AtomicU64,
    batches_total: Counter,
    syncs_total: Counter,
    group_batches: Histogram,
    sync_seconds: Histogram,
}

/// The right to sync and publish; given back when dropped.
struct SyncTurn<'a>(&'a Committer);

impl Drop for SyncTurn<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop_writing(Stop::new("syncing", "a commit thread panicked"));
        }
        self.0.sync_turn.0.send(()).expect("the receiver is in hand");
    }
}

/// What one sync makes durable, in order.
#[derive(Default)]
struct Group {
    ends: Vec<(oneshot::Sender<End>, End)>,
    written: u64,
    bytes: usize,
}

/// Stack of a commit thread in bytes: `RocksDB` needs some 100 kB for a write, and a process may hold 200 such threads.
const STACK_BYTES: usize = 512 << 10;

/// Keys of a range that are deleted one by one; a longer range leaves a range tombstone, which each later read must
/// look at until compaction removes it.
const POINT_DELETES_MAX: usize = 32;

/// Deleted keys that may be skipped while such keys are looked for.
const SKIPPED_KEYS_MAX: u64 = 256;

/// Memory that is worth a flush at close, in bytes: a restart would replay it from the log into memory again, and a log is not compressed.
const FLUSH_AT_CLOSE_BYTES: u64 = 4 << 20;

/// Two: one writes while the other syncs.
pub(super) fn spawn_threads(
    committer: &Arc<Committer>,
    submitted: &Receiver<Submitted>,
) -> std::io::Result<Vec<JoinHandle<()>>> {
    (0..2)
        .map(|_| {
            let (committer, submitted) = (Arc::clone(committer), submitted.clone());
            let thread = std::thread::Builder::new().name("store-commit".into()).stack_size(STACK_BYTES);
            thread.spawn(move || while committer.commit_group(&submitted) {})
        })
        .collect()
}

impl Committer {
    pub(super) fn new(
        db: Arc<Database>,
        tables: Tables,
        position: Position,
        path: &Path,
        options: OpenOptions,
    ) -> Self {
        let tables = Arc::new(tables);
        let sync_turn = crossbeam_channel::bounded(1);
        sync_turn.0.send(()).expect("both ends are in hand");
        let view = RocksView::new(Arc::clone(&db), Arc::clone(&tables), position);
        Self {
            db,
            tables,
            path: path.to_owned(),
            disk: options.disk,
            reserve_bytes: options.reserve_bytes,
            written: Mutex::new(position),
            sync_turn,
            published: ArcSwap::from_pointee(view),
            stop: OnceLock::new(),
            waiting_bytes: AtomicUsize::new(0),
            meters: Meters::new(options.name),
        }
    }

    pub(super) fn view(&self) -> Arc<dyn View> {
        self.published.load_full()
    }

    pub(super) fn position(&self) -> Position {
        self.published.load().position()
    }

    pub(super) fn check(&self, batch: &Batch) -> Result<(), CommitError> {
        self.tables.check(batch)
    }

    /// Counts a batch of `bytes` among those in line, if that many more may wait.
    pub(super) fn make_room(&self, bytes: usize) -> bool {
        let more = |waiting: usize| Some(waiting + bytes).filter(|sum| *sum <= COMMIT_QUEUE_BYTES_MAX);
        self.waiting_bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    pub(super) fn stats(&self) -> CommitStats {
        CommitStats {
            batches: self.meters.batches.load(Ordering::Relaxed),
            groups: self.meters.groups.load(Ordering::Relaxed),
            syncs: self.meters.syncs.load(Ordering::Relaxed),
        }
    }

    /// Writes memory to files when there is much of it, so that the next start need not replay the log.
    pub(super) fn flush(&self) {
        if self.stop.get().is_some() {
            return;
        }
        let families: Vec<_> = self.tables.names().filter_map(|name| self.db.cf_handle(name)).collect();
        let in_memory = |family: &&rocksdb::ColumnFamily| {
            self.db.property_int_value_cf(*family, rocksdb::properties::CUR_SIZE_ALL_MEM_TABLES).ok().flatten()
        };
        if families.iter().filter_map(in_memory).sum::<u64>() < FLUSH_AT_CLOSE_BYTES {
            return;
        }
        // Harmless when it fails: everything is in the log.
        if let Err(error) = self.db.flush_cfs_opt(&families, &FlushOptions::default()) {
            tracing::warn!(%error, "the store could not be flushed at close");
        }
    }

    /// One turn of a commit thread; `false` when the queue is closed and empty.
    fn commit_group(&self, queue: &Receiver<Submitted>) -> bool {
        let mut written = self.written.lock();
        let Ok(first) = queue.recv() else { return false };
        let is_full = self.is_full();
        let mut group = Group::default();
        group.add(self, &mut written, first, is_full);
        let turn = loop {
            if group.ends.len() >= GROUP_MAX || group.bytes >= GROUP_BYTES_MAX {
                break self.await_sync_turn();
            }
            match queue.try_recv() {
                Ok(next) => group.add(self, &mut written, next, is_full),
                Err(TryRecvError::Disconnected) => break self.await_sync_turn(),
                Err(TryRecvError::Empty) => select! {
                    recv(self.sync_turn.1) -> _ => break SyncTurn(self),
                    recv(queue) -> next => if let Ok(next) = next {
                        group.add(self, &mut written, next, is_full);
                    },
                },
            }
        };
        self.end_group(group, written);
        drop(turn);
        true
    }

    fn await_sync_turn(&self) -> SyncTurn<'_> {
        self.sync_turn.1.recv().expect("the sender is in hand");
        SyncTurn(self)
    }

    /// Syncs, publishes and answers; the other thread writes the next group meanwhile.
    fn end_group(&self, mut group: Group, written: MutexGuard<'_, Position>) {
        if group.written == 0 {
            drop(written);
        } else {
            let position = *written;
            let view = RocksView::new(Arc::clone(&self.db), Arc::clone(&self.tables), position);
            drop(written);
            if self.sync() {
                self.published.store(Arc::new(view));
                self.meters.group(group.written);
            }
        }
        // Looked at once more, because a group without writes rests on those before it.
        if let Some(stop) = self.stop.get() {
            group.fail(stop, self.position());
        }
        for (answer, end) in group.ends {
            // Who waited may have gone.
            drop(answer.send(end));
        }
    }

    fn sync(&self) -> bool {
        if self.stop.get().is_some() {
            return false;
        }
        let started = Instant::now();
        let synced = self
            .disk
            .before_sync()
            .map_err(|error| error.to_string())
            .and_then(|()| self.db.flush_wal(true).map_err(rocksdb::Error::into_string));
        self.meters.sync(started);
        synced.map_err(|error| self.stop_writing(Stop::new("syncing", &error))).is_ok()
    }

    fn stop_writing(&self, stop: Stop) {
        if self.stop.set(stop).is_ok() {
            let reason = self.stop.get().map_or("", |stop| stop.reason.as_str());
            tracing::error!(path = %self.path.display(), reason, "the store takes no more writes");
        }
    }

    fn is_full(&self) -> bool {
        // A file system that cannot tell is not held to be full.
        self.disk.free_bytes(&self.path).is_ok_and(|free| free < self.reserve_bytes)
    }

    /// Writes one batch, not synced.
    fn write(&self, batch: &Batch, written: &mut Position, is_full: bool) -> Result<Position, CommitError> {
        if let Some(stop) = self.stop.get() {
            return Err(stop.refusal());
        }
        if is_full {
            return Err(CommitError::Full);
        }
        check_guards(&batch.guards, |table, key| self.latest(table, key))?;
        let position = written.next();
        let rows = self.rows(batch, position)?;
        self.disk
            .before_write()
            .map_err(|error| error.to_string())
            .and_then(|()| self.db.write_opt(rows, &WriteOptions::default()).map_err(rocksdb::Error::into_string))
            .map_err(|error| {
                self.stop_writing(Stop::new("writing", &error));
                CommitError::Unknown
            })?;
        *written = position;
        Ok(position)
    }

    /// The value of a key after everything written so far.
    fn latest(&self, table: Table, key: &[u8]) -> Result<Option<DBPinnableSlice<'_>>, CommitError> {
        self.db.get_pinned_cf(self.family(table), key).map_err(unavailable)
    }

    fn family(&self, table: Table) -> &rocksdb::ColumnFamily {
        self.db.cf_handle(table.name).expect("a checked batch names only tables of the list, and those were opened")
    }

    fn rows(&self, batch: &Batch, position: Position) -> Result<WriteBatch, CommitError> {
        let mut rows = WriteBatch::default();
        for (index, op) in batch.ops.iter().enumerate() {
            match op {
                Op::Put { table, key, value } => rows.put_cf(self.family(*table), key, value),
                Op::PutAt { table, key, value, stamp } => {
                    let (key, value) = stamped(key, value, *stamp, position);
                    rows.put_cf(self.family(*table), key, value);
                }
                Op::Delete { table, key } => rows.delete_cf(self.family(*table), key),
                Op::DeleteRange { table, start, end } => {
                    let puts_before = batch.ops[..index].iter().any(|earlier| earlier.puts_into(*table));
                    match self.few_keys(*table, start, end).map_err(unavailable)?.filter(|_| !puts_before) {
                        Some(keys) => keys.iter().for_each(|key| rows.delete_cf(self.family(*table), key)),
                        None => rows.delete_range_cf(self.family(*table), start, end),
                    }
                }
                Op::Add { table, key, delta } => rows.merge_cf(self.family(*table), key, delta.to_be_bytes()),
            }
        }
        rows.put(POSITION_KEY, position.0.to_be_bytes());
        Ok(rows)
    }

    /// The keys of `[start, end)` when they are few.
    fn few_keys(&self, table: Table, start: &[u8], end: &[u8]) -> Result<Option<Vec<Vec<u8>>>, rocksdb::Error> {
        let mut options = ReadOptions::default();
        options.set_iterate_lower_bound(start);
        options.set_iterate_upper_bound(end);
        options.set_total_order_seek(true);
        options.set_max_skippable_internal_keys(SKIPPED_KEYS_MAX);
        let mut iterator = self.db.raw_iterator_cf_opt(self.family(table), options);
        iterator.seek(start);
        let mut keys = Vec::new();
        while let Some(key) = iterator.key() {
            if keys.len() == POINT_DELETES_MAX {
                return Ok(None);
            }
            keys.push(key.to_vec());
            iterator.next();
        }
        match iterator.status() {
            Ok(()) => Ok(Some(keys)),
            Err(error) if error.kind() == rocksdb::ErrorKind::Incomplete => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn unavailable(error: rocksdb::Error) -> CommitError {
    CommitError::Unavailable(format!("what the batch rests on cannot be read: {}", error.into_string()))
}

impl Group {
    fn add(&mut self, committer: &Committer, written: &mut Position, submitted: Submitted, is_full: bool) {
        committer.waiting_bytes.fetch_sub(submitted.bytes, Ordering::Relaxed);
        let end = committer.write(&submitted.batch, written, is_full);
        self.bytes += submitted.bytes;
        self.written += u64::from(end.is_ok());
        self.ends.push((submitted.answer, end));
    }

    /// Turns what is not durable into what is true after the stop.
    fn fail(&mut self, stop: &Stop, durable: Position) {
        for (_, end) in &mut self.ends {
            match end {
                Ok(position) if *position > durable => *end = Err(CommitError::Unknown),
                Err(CommitError::Conflict { .. } | CommitError::LeaseLost) => *end = Err(stop.refusal()),
                Ok(_) | Err(_) => {}
            }
        }
    }
}

impl Stop {
    fn refusal(&self) -> CommitError {
        if self.is_full { CommitError::Full } else { CommitError::Unavailable(self.reason.clone()) }
    }
}

impl Meters {
    fn new(store: String) -> Self {
        Self {
            batches: AtomicU64::new(0),
            groups: AtomicU64::new(0),
            syncs: AtomicU64::new(0),
            batches_total: metrics::counter!("consilium_store_batches_total", "store" => store.clone()),
            syncs_total: metrics::counter!("consilium_store_syncs_total", "store" => store.clone()),
            group_batches: metrics::histogram!("consilium_store_group_batches", "store" => store.clone()),
            sync_seconds: metrics::histogram!("consilium_store_sync_seconds", "store" => store),
        }
    }

    fn sync(&self, started: Instant) {
        self.syncs.fetch_add(1, Ordering::Relaxed);
        self.syncs_total.increment(1);
        self.sync_seconds.record(started.elapsed().as_secs_f64());
    }

    fn group(&self, batches: u64) {
        self.groups.fetch_add(1, Ordering::Relaxed);
        self.batches.fetch_add(batches, Ordering::Relaxed);
        self.batches_total.increment(batches);
        #[expect(clippy::cast_precision_loss, reason = "a group has at most GROUP_MAX batches")]
        self.group_batches.record(batches as f64);
    }
}
