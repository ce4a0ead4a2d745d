//! One thing at a time for a patient: whoever works for him holds his lane, and the next waits.
//!
//! Consilium tells the events of a conversation one after the other, and a patient may have several conversations; it also tells an event again that it believes
//! lost while we are still at it.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// The lanes that somebody works in or waits for.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    lanes: Mutex<HashMap<String, Arc<AsyncMutex<()>>>>,
}

/// A lane that is held.
pub(crate) struct Lane {
    name: String,
    lanes: Arc<Lanes>,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Lanes {
    /// Waits for `name` and holds it. In the order of asking.
    pub(crate) async fn hold(self: &Arc<Self>, name: String) -> Lane {
        let lane = Arc::clone(self.lanes.lock().entry(name.clone()).or_default());
        let mut held = Lane { name, lanes: Arc::clone(self), guard: None };
        held.guard = Some(lane.lock_owned().await);
        held
    }

    /// How many there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.lanes.lock().len()
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.guard = None;
        let mut lanes = self.lanes.lanes.lock();
        // Ours is the map's own; whoever waits has a further one.
        if lanes.get(&self.name).is_some_and(|lane| Arc::strong_count(lane) == 1) {
            lanes.remove(&self.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::FutureExt as _;

    use super::Lanes;

    #[tokio::test]
    async fn a_lane_is_held_by_one_and_forgotten_when_nobody_wants_it() {
        let lanes = Arc::new(Lanes::default());
        let first = lanes.hold("anna".to_owned()).await;
        let other = lanes.hold("boris".to_owned()).await;
        let mut second = Box::pin(lanes.hold("anna".to_owned()));
        assert!((&mut second).now_or_never().is_none(), "it waits");
        drop(other);
        drop(first);
        drop(second.await);
        assert_eq!(lanes.len(), 0);
        let held = lanes.hold("anna".to_owned()).await;
        let mut waiting = Box::pin(lanes.hold("anna".to_owned()));
        assert!((&mut waiting).now_or_never().is_none(), "it waits");
        drop(waiting);
        drop(held);
        assert_eq!(lanes.len(), 0, "whoever gives up waiting leaves nothing");
    }
}
