//! Clock, randomness and new ids: the three things that are not the same twice. Tests inject their own.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rand::TryRngCore;
use rand::rngs::OsRng;
use uuid::{Builder, Uuid};

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
    last_id: Arc<Mutex<Uuid>>,
}

impl Context {
    /// A context of this clock and this randomness.
    pub fn new(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        Self { clock, randomness, last_id: Arc::new(Mutex::new(Uuid::max())) }
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

    /// A new id: a UUID of version 7. Ids sort in the order in which this process made them, those of one millisecond too (RFC 9562 §6.2, method 2).
    pub fn new_id(&self) -> String {
        let milliseconds = u64::try_from(self.now().as_millis()).unwrap_or(0);
        let fresh = Builder::from_unix_timestamp_millis(milliseconds, &self.random()).into_uuid();
        let step = u32::from_le_bytes(self.random());
        let mut last = self.last_id.lock().unwrap_or_else(PoisonError::into_inner);
        *last = following(*last, fresh, step);
        last.to_string()
    }
}

/// The low bits of an id that count within its millisecond. The highest of them begins as zero, so that nobody counts over their end.
const COUNTED: u128 = (1 << 62) - 1;
const COUNTED_AT_FIRST: u128 = COUNTED >> 1;
/// Above the low 80 bits stands the time.
const RANDOM_BITS: u32 = 80;

/// The fresh id, or the one after the last where both are of one millisecond; by a random step, so that nobody tells one from another.
fn following(last: Uuid, fresh: Uuid, step: u32) -> Uuid {
    let (last, fresh) = (last.as_u128(), fresh.as_u128());
    if last >> RANDOM_BITS == fresh >> RANDOM_BITS {
        let counted = (last & COUNTED) + u128::from(step) + 1;
        Uuid::from_u128(last & !COUNTED | counted & COUNTED)
    } else {
        Uuid::from_u128(fresh & !COUNTED | fresh & COUNTED_AT_FIRST)
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_790_000_000_000;

    struct Stands;

    impl Clock for Stands {
        fn now(&self) -> Time {
            Time::from_millis(NOW_MS)
        }
    }

    #[test]
    fn ids_of_one_millisecond_sort_in_the_order_they_were_made_and_are_of_version_seven() {
        let context = Context::new(Arc::new(Stands), Arc::new(SystemRandomness));
        let ids: Vec<_> = (0..1_000).map(|_| context.new_id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        for id in ids {
            let id: Uuid = id.parse().expect("an id");
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
            assert_eq!(i128::try_from(id.as_u128() >> RANDOM_BITS), Ok(i128::from(NOW_MS)));
        }
    }

    #[test]
    fn a_clock_that_was_set_back_gives_ids_of_its_time() {
        let id = |milliseconds: u64| Builder::from_unix_timestamp_millis(milliseconds, &[255; 10]).into_uuid();
        let later = following(Uuid::max(), id(2_000), 0);
        assert!(following(later, id(1_000), 7) < later);
        assert!(following(later, id(2_000), u32::MAX) > later);
    }
}
