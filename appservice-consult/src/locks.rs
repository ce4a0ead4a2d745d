//! Locks by name: two requests of one patient pass one after the other, those of different patients at once.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

/// Names whose lock is free are swept out when there are this many.
const SWEEP_AT: usize = 1_024;

/// Locks by name.
#[derive(Debug, Default)]
pub struct Locks {
    by_name: Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>,
}

impl Locks {
    /// Waits until nobody else holds the lock of that name.
    pub async fn lock(&self, name: &str) -> OwnedMutexGuard<()> {
        let lock = {
            let mut by_name = self.by_name.lock();
            if by_name.len() >= SWEEP_AT {
                by_name.retain(|_, lock| lock.strong_count() > 0);
            }
            if let Some(lock) = by_name.get(name).and_then(Weak::upgrade) {
                lock
            } else {
                let lock = Arc::new(tokio::sync::Mutex::new(()));
                by_name.insert(name.to_owned(), Arc::downgrade(&lock));
                lock
            }
        };
        lock.lock_owned().await
    }
}
