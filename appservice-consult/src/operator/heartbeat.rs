//! Which consoles are alive, or whose operator gives another sign of life: he writes in a room. Lost at a restart: then every console is given the full time again.

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::api::types::OperatorStatus;
use crate::ids::OperatorId;
use crate::time::Time;

/// The last sign of life of each console.
#[derive(Debug)]
pub struct Heartbeats {
    started_at: Time,
    beats: Mutex<HashMap<OperatorId, Beat>>,
}

#[derive(Debug, Clone, Copy)]
struct Beat {
    at: Time,
    /// Status before the console fell silent.
    before_silence: Option<OperatorStatus>,
}

impl Heartbeats {
    /// None yet; all are given time from now.
    pub fn new(now: Time) -> Self {
        Self { started_at: now, beats: Mutex::new(HashMap::new()) }
    }

    /// A console is alive.
    pub fn beat(&self, operator: &OperatorId, now: Time) {
        let mut beats = self.beats.lock();
        beats.entry(operator.clone()).or_insert(Beat { at: now, before_silence: None }).at = now;
    }

    /// Whether a console has been silent that long.
    pub fn is_silent(&self, operator: &OperatorId, seconds: i64, now: Time) -> bool {
        let last = self.beats.lock().get(operator).map_or(self.started_at, |beat| beat.at);
        now.seconds_since(last) >= seconds
    }

    /// Remembers the status that a returning console gets back.
    pub fn fell_silent(&self, operator: &OperatorId, status: OperatorStatus) {
        let mut beats = self.beats.lock();
        let beat = beats.entry(operator.clone()).or_insert(Beat { at: self.started_at, before_silence: None });
        beat.before_silence = Some(status);
    }

    /// The status before the console fell silent.
    pub fn take_status_before_silence(&self, operator: &OperatorId) -> Option<OperatorStatus> {
        self.beats.lock().get_mut(operator)?.before_silence.take()
    }
}
