//! Wake-ups after a commit. They carry nothing and may be lost without harm: who is woken reads what was committed.

use tokio::sync::watch;

/// Who may have something to read.
#[derive(Debug)]
pub struct Hints {
    changes: watch::Sender<u64>,
    effects: watch::Sender<u64>,
    webhooks: watch::Sender<u64>,
}

impl Hints {
    pub(super) fn new() -> Self {
        Self { changes: watch::Sender::new(0), effects: watch::Sender::new(0), webhooks: watch::Sender::new(0) }
    }

    /// Wakes when rows were added to `change`.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Wakes when rows were added to `effect`.
    pub fn effects(&self) -> watch::Receiver<u64> {
        self.effects.subscribe()
    }

    /// Wakes those who follow `effect`, without a commit.
    pub fn wake_effects(&self) {
        self.effects.send_modify(|number| *number = number.wrapping_add(1));
    }

    /// Wakes when rows were added to `webhook_delivery`, or became due.
    pub fn webhooks(&self) -> watch::Receiver<u64> {
        self.webhooks.subscribe()
    }

    /// Wakes those who follow `webhook_delivery`, without a commit.
    pub fn wake_webhooks(&self) {
        self.webhooks.send_modify(|number| *number = number.wrapping_add(1));
    }

    pub(super) fn send(&self, touched: Touched) {
        if touched.changes {
            self.changes.send_modify(|number| *number = number.wrapping_add(1));
        }
        if touched.effects {
            self.wake_effects();
        }
        if touched.webhooks {
            self.wake_webhooks();
        }
    }
}

/// What a transaction has added to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Touched {
    pub(super) changes: bool,
    pub(super) effects: bool,
    pub(super) webhooks: bool,
}
