//! Clock, randomness and new ids: the three things that are not the same twice. Tests inject their own.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rand::TryRngCore;
use rand::rngs::OsRng;

use crate::time::Time;

/// What tells the time. The test seam.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Time;

    /// Time since some beginning. It never goes back, as the other does when the machine's clock is set.
    fn elapsed(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.now().as_millis()).unwrap_or(0))
    }
}

/// Fills a buffer from a source fit for secrets. The test seam.
pub trait Randomness: Send + Sync {
    /// Overwrites the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// Clock and randomness of one service.
#[derive(Clone)]
pub struct Context {
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
}

impl Context {
    /// A context of this clock and this randomness.
    pub fn new(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        Self { clock, randomness }
    }

    /// The machine's clock and the operating system's randomness.
    pub fn system() -> Self {
        Self::new(Arc::new(SystemClock { began: Instant::now() }), Arc::new(SystemRandomness))
    }

    /// Now.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// Time since some beginning, which never goes back.
    pub fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    /// `N` fresh random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.randomness.fill(&mut bytes);
        bytes
    }

    /// Fills `buffer` with random bytes.
    pub fn fill(&self, buffer: &mut [u8]) {
        self.randomness.fill(buffer);
    }

    /// A new id: a UUID of version 7, so that ids sort by the time they were made.
    pub fn new_id(&self) -> String {
        let milliseconds = u64::try_from(self.now().as_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.random()).into_uuid().to_string()
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Context")
    }
}

struct SystemClock {
    began: Instant,
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Time {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time::from_millis(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
}

struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        OsRng.try_fill_bytes(buffer).expect("the operating system has randomness");
    }
}
