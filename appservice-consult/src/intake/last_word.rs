//! Which announcements have come back from the room by transaction. Transactions are in the room's order, so whoever has heard the announcement that ends
//! a consultation has heard everything that was said before it.

use std::collections::HashMap;

use parking_lot::Mutex;
use tokio::sync::watch;

use crate::ids::ConsultationId;
use crate::time::Time;

/// Announcements that are remembered; older ones are forgotten, and sealing then waits its full time instead.
const REMEMBERED_MAX: usize = 10_000;

/// The announcements that were heard.
#[derive(Debug)]
pub struct LastWords {
    heard: Mutex<HashMap<ConsultationId, Time>>,
    hint: watch::Sender<u64>,
}

impl LastWords {
    /// None yet.
    pub fn new() -> Self {
        Self { heard: Mutex::new(HashMap::new()), hint: watch::Sender::new(0) }
    }

    /// An announcement of `consultation` with this `since` has come.
    pub fn hear(&self, consultation: ConsultationId, since: Time) {
        let mut heard = self.heard.lock();
        if heard.len() >= REMEMBERED_MAX {
            heard.clear();
        }
        let latest = heard.entry(consultation).or_insert(since);
        *latest = since.max(*latest);
        drop(heard);
        self.hint.send_modify(|number| *number = number.wrapping_add(1));
    }

    /// Whether the announcement, or a later one of the same consultation, has come.
    pub fn is_heard(&self, consultation: &ConsultationId, since: Time) -> bool {
        self.heard.lock().get(consultation).is_some_and(|heard| *heard >= since)
    }

    /// Returns when the announcement, or a later one of the same consultation, has come.
    pub async fn wait(&self, consultation: &ConsultationId, since: Time) {
        let mut hint = self.hint.subscribe();
        while !self.is_heard(consultation, since) {
            if hint.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Default for LastWords {
    fn default() -> Self {
        Self::new()
    }
}
