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
        let mut beats = self.beats.lock();
        let beat = beats.entry(operator.clone()).or_insert(Beat { at: self.started_at, before_silence: None });
        // Where the clock was set back since, the last sign of life is to come: then it is counted from now.
        beat.at = beat.at.min(now);
        now.seconds_since(beat.at) >= seconds
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

#[cfg(test)]
mod tests {
    use super::Heartbeats;
    use crate::time::Time;

    #[test]
    fn a_console_is_silent_after_its_time_also_where_the_clock_was_set_back() {
        let at = |seconds: i64| Time::from_millis(0).plus_seconds(seconds);
        let beats = Heartbeats::new(at(10_000));
        let (heard, never_heard) = ("heard".to_owned().into(), "never heard".to_owned().into());
        beats.beat(&heard, at(10_000));
        for operator in [&heard, &never_heard] {
            assert!(!beats.is_silent(operator, 90, at(10_089)) && beats.is_silent(operator, 90, at(10_090)));
            assert!(!beats.is_silent(operator, 90, at(6_400)));
            assert!(!beats.is_silent(operator, 90, at(6_489)) && beats.is_silent(operator, 90, at(6_490)));
        }
    }
}
