//! The one way to commit: every batch gets its row of `changes`, and what waits is woken afterwards.

use std::sync::Arc;

use consilium_store::{Batch, CommitError, Engine, Position, Versioned, View};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{RoomKey, UserKey},
    keyspaces::CHANGES,
};

/// Batches that lost against a concurrent one are made anew this often before the client is asked to try again.
pub const COMMIT_ATTEMPTS: usize = 8;

/// What a batch touched: the value of its row in `changes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub rooms: Vec<u64>,
    pub users: Vec<u64>,
}

impl Versioned for Change {
    const VERSION: u8 = 1;
}

/// Who and what a batch concerns.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    change: Change,
}

impl Touched {
    pub fn user(user: UserKey) -> Self {
        Self::users([user])
    }

    pub fn users(users: impl IntoIterator<Item = UserKey>) -> Self {
        Self { change: Change { rooms: Vec::new(), users: users.into_iter().map(|user| user.0).collect() } }
    }

    pub fn room(room: RoomKey) -> Self {
        Self { change: Change { rooms: vec![room.0], users: Vec::new() } }
    }
}

/// Reads and commits a tenant's store.
#[derive(Clone)]
pub struct Writer {
    store: Arc<dyn Engine>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Writer")
    }
}

impl Writer {
    pub fn new(store: Arc<dyn Engine>) -> Self {
        Self { store }
    }

    pub fn view(&self) -> Arc<dyn View> {
        self.store.view()
    }

    /// Commits `batch` with its row of `changes`.
    pub async fn commit(&self, mut batch: Batch, touched: Touched) -> Result<Position, CommitError> {
        CHANGES.put_stamped(&mut batch, &(), 0, &touched.change);
        self.store.commit(batch).await
    }
}
