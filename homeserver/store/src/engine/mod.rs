//! The engines: memory (tests) and `RocksDB` (one machine). Only files below here name a database.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use async_trait::async_trait;
use tokio::sync::oneshot;

use crate::{
    batch::{Batch, CommitError, Position},
    view::View,
};

mod memory;
mod rocks;
mod rules;

pub use memory::MemoryEngine;
pub use rocks::{CommitStats, Disk, OpenError, OpenOptions, RealDisk, RocksEngine, SharedLimits, SharedResources};

/// An ordered, transactional store of one tenant.
#[async_trait]
pub trait Engine: Send + Sync + 'static {
    /// A snapshot of everything committed so far. Cheap: one for each request.
    fn view(&self) -> Arc<dyn View>;

    /// Puts `batch` in line behind everything submitted before and returns at once: so one caller keeps the order of its
    /// batches without waiting between them. Dropping the [`Commit`] does not take the batch back.
    fn submit(&self, batch: Batch) -> Commit;

    /// Applies `batch` whole, durable when `Ok`, visible to every later view.
    async fn commit(&self, batch: Batch) -> Result<Position, CommitError> {
        self.submit(batch).await
    }

    /// The position of the last commit that is visible.
    fn position(&self) -> Position;

    /// Waits for the batches under way and closes. Later commits are `Unavailable`; views stay readable, and the files
    /// stay locked until the last of them and the engine are dropped.
    async fn close(&self);
}

/// The end of a batch that was submitted.
#[derive(Debug)]
pub struct Commit(Outcome);

#[derive(Debug)]
enum Outcome {
    Known(Option<Result<Position, CommitError>>),
    Awaited(oneshot::Receiver<Result<Position, CommitError>>),
}

impl Commit {
    fn known(result: Result<Position, CommitError>) -> Self {
        Self(Outcome::Known(Some(result)))
    }

    fn awaited(receiver: oneshot::Receiver<Result<Position, CommitError>>) -> Self {
        Self(Outcome::Awaited(receiver))
    }
}

impl Future for Commit {
    type Output = Result<Position, CommitError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Outcome::Known(result) => Poll::Ready(result.take().unwrap_or(Err(CommitError::Unknown))),
            // A sender that is dropped unused died with the batch in its hands.
            Outcome::Awaited(receiver) => {
                Pin::new(receiver).poll(context).map(|sent| sent.unwrap_or(Err(CommitError::Unknown)))
            }
        }
    }
}
