//! The engines: memory (tests) and `RocksDB` (one machine). Only files below here name a database.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    batch::{Batch, CommitError, Position},
    view::View,
};

/// An ordered, transactional store of one tenant.
#[async_trait]
pub trait Engine: Send + Sync + 'static {
    /// A snapshot of everything committed so far. Cheap: one for each request.
    fn view(&self) -> Arc<dyn View>;

    /// Applies `batch` whole, durable when `Ok`, visible to every later view.
    async fn commit(&self, batch: Batch) -> Result<Position, CommitError>;

    /// The position of the last commit that is visible.
    fn position(&self) -> Position;

    /// Waits for the batches under way and closes. Later commits are `Unavailable`.
    async fn close(&self);
}
