//! The clock: the one thing here that is not the same twice. Tests inject their own.

use std::time::{SystemTime, UNIX_EPOCH};

/// What tells the time. The test seam.
pub trait Clock: Send + Sync {
    /// Now. Unit: seconds since 1970.
    fn now_seconds(&self) -> i64;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now_seconds(&self) -> i64 {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
    }
}
