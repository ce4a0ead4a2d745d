//! The one way to commit: every batch gets its row of `changes`, and what waits is woken afterwards.

use std::sync::Arc;

use consilium_store::{Batch, CommitError, Engine, Position, View};
use tokio::sync::Notify;

use crate::{
    changes::{self, Change},
    ids::{RoomKey, UserKey},
};

/// Batches that lost against a concurrent one are made anew this often before the client is asked to try again.
pub const COMMIT_ATTEMPTS: usize = 8;

/// Who and what a batch concerns.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    changes: Vec<Change>,
}

impl Touched {
    pub fn user(user: UserKey) -> Self {
        Self::users([user])
    }

    /// A receipt moved in the room.
    pub fn receipt(room: RoomKey) -> Self {
        Self { changes: vec![Change::Receipt { room }] }
    }

    pub fn users(users: impl IntoIterator<Item = UserKey>) -> Self {
        Self { changes: users.into_iter().map(|user| Change::User { user }).collect() }
    }
}

/// Reads and commits a tenant's store.
#[derive(Clone)]
pub struct Writer {
    store: Arc<dyn Engine>,
    committed: Arc<Notify>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Writer")
    }
}

impl Writer {
    /// `committed` is told of every commit: only a wake-up, for the feeds.
    pub fn new(store: Arc<dyn Engine>, committed: Arc<Notify>) -> Self {
        Self { store, committed }
    }

    pub fn view(&self) -> Arc<dyn View> {
        self.store.view()
    }

    /// Commits `batch` with its row of `changes`.
    pub async fn commit(&self, mut batch: Batch, touched: Touched) -> Result<Position, CommitError> {
        changes::record(&mut batch, touched.changes);
        let position = self.store.commit(batch).await?;
        self.hint();
        Ok(position)
    }

    /// Wakes the feeds: something was committed, here or by a room's writer.
    pub fn hint(&self) {
        self.committed.notify_one();
    }
}
