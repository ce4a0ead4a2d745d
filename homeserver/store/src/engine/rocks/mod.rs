//! The engine on `RocksDB`: one database for each tenant, synced group commits, snapshots of synced data only.
//!
//! | file | what it decides |
//! |---|---|
//! | `tune.rs` | what the tenants of a process share, and how each table is laid out |
//! | `open.rs` | opening: the lock, the version of the form on disk |
//! | `commit.rs` | from a submitted batch to a synced one |
//! | `view.rs` | reading |
//! | `disk.rs` | what the disk can refuse, and the seam where tests make it refuse |

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use parking_lot::{Mutex, RwLock};
use rocksdb::{DBWithThreadMode, SingleThreaded};
use tokio::sync::oneshot;

use self::commit::{Committer, Submitted};
use super::{Commit, Engine};
use crate::{
    batch::{Batch, CommitError, Position},
    limits::COMMIT_QUEUE_MAX,
    view::View,
};

mod commit;
mod disk;
mod open;
mod tune;
mod view;

pub use self::{
    commit::CommitStats,
    disk::{Disk, RealDisk},
    open::{OpenError, OpenOptions},
    tune::{SharedLimits, SharedResources},
};

/// Column families are all known at open, so their handles need no lock.
type Database = DBWithThreadMode<SingleThreaded>;

/// See the file's head.
pub struct RocksEngine {
    path: PathBuf,
    committer: Arc<Committer>,
    queue: RwLock<Option<crossbeam_channel::Sender<Submitted>>>,
    threads: Mutex<Vec<std::thread::JoinHandle<()>>>,
}

impl RocksEngine {
    /// Batches, groups and syncs since it was opened.
    pub fn stats(&self) -> CommitStats {
        self.committer.stats()
    }

    /// Lets the batches in line end and stops the commit threads. Blocks for as long as the disk needs.
    fn stop(&self) {
        drop(self.queue.write().take());
        for thread in self.threads.lock().drain(..) {
            if thread.join().is_err() {
                tracing::error!("a commit thread of the store had panicked");
            }
        }
    }
}

#[async_trait]
impl Engine for RocksEngine {
    fn view(&self) -> Arc<dyn View> {
        self.committer.view()
    }

    fn submit(&self, batch: Batch) -> Commit {
        if let Err(invalid) = self.committer.check(&batch) {
            return Commit::known(Err(invalid));
        }
        let queue = self.queue.read();
        let Some(queue) = queue.as_ref() else {
            return Commit::known(Err(CommitError::Unavailable("it is closed".into())));
        };
        let bytes = batch.size_bytes();
        if queue.len() >= COMMIT_QUEUE_MAX || !self.committer.make_room(bytes) {
            return Commit::known(Err(CommitError::Unavailable("too many batches wait already".into())));
        }
        let (answer, receiver) = oneshot::channel();
        // When the threads are gone, the answer is dropped with the batch and says so.
        drop(queue.send(Submitted { batch, bytes, answer }));
        Commit::awaited(receiver)
    }

    fn position(&self) -> Position {
        self.committer.position()
    }

    async fn close(&self) {
        let queue = self.queue.write().take();
        drop(queue);
        let threads: Vec<_> = self.threads.lock().drain(..).collect();
        let committer = Arc::clone(&self.committer);
        let closing = tokio::task::spawn_blocking(move || {
            let died = threads.into_iter().filter_map(|thread| thread.join().err()).count();
            committer.flush();
            died
        });
        if !matches!(closing.await, Ok(0)) {
            tracing::error!("a commit thread of the store had panicked");
        }
    }
}

impl Drop for RocksEngine {
    fn drop(&mut self) {
        self.stop();
    }
}

impl std::fmt::Debug for RocksEngine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RocksEngine").field("path", &self.path).finish_non_exhaustive()
    }
}
