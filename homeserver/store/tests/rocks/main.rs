//! What only the engine on disk promises: locks, forms, groups and syncs, failing and full disks, torn logs.
#![expect(clippy::unwrap_used, reason = "tests")]

mod failures;
mod groups;
mod opening;
mod torn;

use std::{
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
};

use bytes::Bytes;
use consilium_store::{
    Access, Batch, Direction, Engine, Keyspace, OpenError, OpenOptions, Position, RocksEngine, SharedResources, Table,
    View, engine::Disk,
};
use parking_lot::Mutex;

pub(crate) const POINTS: Table = Table { name: "points", access: Access::Point };
pub(crate) const SCANS: Table = Table { name: "scans", access: Access::Scan { prefix_bytes: 9 } };
pub(crate) const TABLES: [Table; 2] = [POINTS, SCANS];

pub(crate) const ROWS: Keyspace<(u64,), Bytes> = Keyspace::new(POINTS, 1);
pub(crate) const STREAM: Keyspace<(Position, u16), u64> = Keyspace::new(SCANS, 1);

/// A disk that fails, fills up and stands still as the test says.
#[derive(Default)]
pub(crate) struct Script {
    write_error: Mutex<Option<io::Error>>,
    sync_error: Mutex<Option<io::Error>>,
    /// Bytes in use; the disk has 1 GB.
    used: AtomicU64,
    /// Each sync takes one value out first.
    gate: Mutex<Option<mpsc::Receiver<()>>>,
}

pub(crate) const DISK_BYTES: u64 = 1 << 30;

impl Script {
    pub(crate) fn fail_write(&self, error: io::Error) {
        *self.write_error.lock() = Some(error);
    }

    pub(crate) fn fail_sync(&self, error: io::Error) {
        *self.sync_error.lock() = Some(error);
    }

    pub(crate) fn fill_to(&self, used: u64) {
        self.used.store(used, Ordering::Relaxed);
    }

    /// From now on each sync waits for a value from the sender, or its end.
    pub(crate) fn hold_syncs(&self) -> mpsc::Sender<()> {
        let (sender, receiver) = mpsc::channel();
        *self.gate.lock() = Some(receiver);
        sender
    }
}

impl Disk for Script {
    fn free_bytes(&self, _: &Path) -> io::Result<u64> {
        Ok(DISK_BYTES - self.used.load(Ordering::Relaxed))
    }

    fn before_write(&self) -> io::Result<()> {
        self.write_error.lock().take().map_or(Ok(()), Err)
    }

    fn before_sync(&self) -> io::Result<()> {
        if let Some(gate) = &*self.gate.lock() {
            let _ = gate.recv();
        }
        self.sync_error.lock().take().map_or(Ok(()), Err)
    }
}

pub(crate) fn open(folder: &Path) -> Result<RocksEngine, OpenError> {
    RocksEngine::open_blocking(folder, &TABLES, &SharedResources::default(), OpenOptions::named("test"))
}

pub(crate) fn open_with(folder: &Path, disk: Arc<Script>) -> RocksEngine {
    let options = OpenOptions { disk, ..OpenOptions::named("test") };
    RocksEngine::open_blocking(folder, &TABLES, &SharedResources::default(), options).unwrap()
}

/// One row and one stream entry that belong together.
pub(crate) fn numbered(number: u64) -> Batch {
    let mut batch = Batch::new();
    ROWS.put(&mut batch, &(number,), &Bytes::from(number.to_string()));
    STREAM.put_stamped(&mut batch, &(), 0, &number);
    batch
}

/// The numbers of all batches in the view, in their order; panics when one is not whole or a position is missing.
pub(crate) async fn numbers(view: &dyn View) -> Vec<u64> {
    let rows = STREAM.scan(view, &(), 10_000, Direction::Forward).await.unwrap();
    for (index, ((position, _), number)) in rows.iter().enumerate() {
        assert_eq!(position.0, index as u64 + 1);
        assert_eq!(ROWS.get(view, &(*number,)).await.unwrap(), Some(Bytes::from(number.to_string())));
    }
    assert_eq!(view.position().0, rows.len() as u64);
    rows.into_iter().map(|(_, number)| number).collect()
}

pub(crate) async fn commit(engine: &RocksEngine, number: u64) {
    engine.commit(numbered(number)).await.unwrap();
}
