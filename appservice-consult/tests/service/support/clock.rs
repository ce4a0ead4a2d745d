//! A clock that the test moves, and the machine's randomness.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use consilium_consult::context::{Clock, Randomness};
use consilium_consult::time::Time;
use rand::TryRngCore;

/// A clock that stands until it is moved.
pub struct TestClock {
    /// What it shows. Unit: milliseconds.
    shows: AtomicI64,
    /// How far it was set, without that time passed.
    was_set: AtomicI64,
}

impl TestClock {
    pub fn at(milliseconds: i64) -> Self {
        Self { shows: AtomicI64::new(milliseconds), was_set: AtomicI64::new(0) }
    }

    pub fn pass(&self, seconds: i64) {
        self.shows.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    /// As somebody sets the machine's clock: it shows another time, and none has passed.
    pub fn set(&self, seconds: i64) {
        self.was_set.fetch_add(seconds * 1_000, Ordering::SeqCst);
        self.pass(seconds);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Time {
        Time::from_millis(self.shows.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        let passed = self.shows.load(Ordering::SeqCst) - self.was_set.load(Ordering::SeqCst);
        Duration::from_millis(u64::try_from(passed).unwrap_or(0))
    }
}

/// The machine's own.
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        rand::rngs::OsRng.try_fill_bytes(buffer).expect("the operating system has randomness");
    }
}
