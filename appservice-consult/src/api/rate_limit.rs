//! How often one account may ask. The only rate limit of this API.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use crate::ids::UserId;

/// Requests of an account in a second. A console that reloads all its lists needs a dozen at once.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(40).expect("40 is not zero");
/// Requests at once after a quiet time.
const BURST: NonZeroU32 = NonZeroU32::new(120).expect("120 is not zero");
/// Accounts that are remembered before the quiet ones are swept out.
const SWEEP_AT: usize = 10_000;

/// The limit of a tenant's accounts.
pub(super) struct RateLimit {
    limiter: DefaultKeyedRateLimiter<UserId>,
    clock: DefaultClock,
}

impl RateLimit {
    pub(super) fn new() -> Self {
        Self {
            limiter: DefaultKeyedRateLimiter::keyed(Quota::per_second(PER_SECOND).allow_burst(BURST)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request. `Err`: too many; come again after this time.
    pub(super) fn check(&self, user: &UserId) -> Result<(), Duration> {
        if self.limiter.len() >= SWEEP_AT {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(user).map_err(|not_until| not_until.wait_time_from(self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::RateLimit;

    #[test]
    fn one_account_that_asks_too_often_does_not_limit_another() {
        let limit = RateLimit::new();
        let (busy, quiet) = ("@a:x".into(), "@b:x".into());
        let refused = (0..200).filter(|_| limit.check(&busy).is_err()).count();
        assert!(refused > 0 && refused < 100, "{refused}");
        assert!(limit.check(&quiet).is_ok());
    }
}
