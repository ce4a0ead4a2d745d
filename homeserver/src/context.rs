//! Clock and randomness of a server: values that are handed in, so that tests decide them.
//!
//! Nothing else of the crate asks the machine for the time or for random bytes.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use rand::{Rng, RngCore, SeedableRng, rngs::StdRng};
use ruma::MilliSecondsSinceUnixEpoch;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> u64;

    /// Time since some beginning. It never goes back, as the other does when the machine's clock is set.
    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.now_ms())
    }
}

struct SystemClock {
    began: Instant,
}

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        MilliSecondsSinceUnixEpoch::now().get().into()
    }

    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
}

/// A clock that stands still until it is advanced.
#[derive(Debug)]
pub struct ManualClock(AtomicU64);

impl ManualClock {
    pub fn at(now_ms: u64) -> Arc<Self> {
        Arc::new(Self(AtomicU64::new(now_ms)))
    }

    pub fn advance_ms(&self, by_ms: u64) {
        self.0.fetch_add(by_ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Clock and randomness. Cheap to clone; clones share the generator.
#[derive(Clone)]
pub struct Context {
    clock: Arc<dyn Clock>,
    generator: Arc<Mutex<StdRng>>,
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Context")
    }
}

impl Context {
    /// The machine's clock and a generator seeded by the operating system.
    pub fn system() -> Self {
        Self {
            clock: Arc::new(SystemClock { began: Instant::now() }),
            generator: Arc::new(Mutex::new(StdRng::from_os_rng())),
        }
    }

    /// A given clock and a generator that gives the same values for the same seed. For tests only: its tokens can be guessed.
    pub fn fixed(clock: Arc<dyn Clock>, seed: u64) -> Self {
        Self { clock, generator: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))) }
    }

    pub fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// See [`Clock::elapsed`].
    pub fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }

    /// The time as Matrix events carry it.
    pub fn now(&self) -> MilliSecondsSinceUnixEpoch {
        let now = ruma::UInt::new_saturating(self.clock.now_ms());
        MilliSecondsSinceUnixEpoch(now)
    }

    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.generator.lock().fill_bytes(&mut bytes);
        bytes
    }

    pub fn random_u64(&self) -> u64 {
        self.generator.lock().next_u64()
    }

    /// `length` random letters and digits: about 5.95 bits each.
    pub fn random_token(&self, length: usize) -> String {
        let mut generator = self.generator.lock();
        (0..length).map(|_| char::from(generator.sample(rand::distr::Alphanumeric))).collect()
    }

    /// `length` random capital letters: the usual form of a device id.
    pub fn random_capitals(&self, length: usize) -> String {
        let mut generator = self.generator.lock();
        (0..length).map(|_| char::from(generator.random_range(b'A'..=b'Z'))).collect()
    }
}
