//! How often one account may ask. The only rate limits of this API.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use super::problem::ApiError;
use crate::ids::UserId;

/// Requests of an account in a second. A console that reloads all its lists needs a dozen at once.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(40).expect("40 is not zero");
/// Requests at once after a quiet time.
const BURST: NonZeroU32 = NonZeroU32::new(120).expect("120 is not zero");
/// Requests about the secret of a key backup at once, and the pause in which one more becomes free. A sign-in needs one, a slow network a few.
const SECRETS_BURST: NonZeroU32 = NonZeroU32::new(10).expect("10 is not zero");
const SECRETS_PAUSE: Duration = Duration::from_mins(1);
/// Accounts that are remembered before the quiet ones are swept out.
const SWEEP_AT: usize = 10_000;

/// The limit of a tenant's accounts.
pub(super) struct RateLimit {
    limiter: DefaultKeyedRateLimiter<UserId>,
    clock: DefaultClock,
}

impl RateLimit {
    /// Of all requests.
    pub(super) fn of_requests() -> Self {
        Self::new(Quota::per_second(PER_SECOND).allow_burst(BURST))
    }

    /// Of those that release or destroy the secret of a key backup.
    pub(super) fn of_secrets() -> Self {
        let quota = Quota::with_period(SECRETS_PAUSE).expect("the pause is not zero");
        Self::new(quota.allow_burst(SECRETS_BURST))
    }

    fn new(quota: Quota) -> Self {
        Self { limiter: DefaultKeyedRateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Counts a request. Errors: `rate-limited`, with the time after which to come again.
    pub(super) fn check(&self, user: &UserId) -> Result<(), ApiError> {
        if self.limiter.len() >= SWEEP_AT {
            self.limiter.retain_recent();
        }
        let wait = |not_until: governor::NotUntil<_>| not_until.wait_time_from(self.clock.now()).as_millis();
        self.limiter
            .check_key(user)
            .map_err(|not_until| ApiError::rate_limited(u64::try_from(wait(not_until)).unwrap_or(u64::MAX).max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::RateLimit;

    #[test]
    fn one_account_that_asks_too_often_does_not_limit_another() {
        let limit = RateLimit::of_requests();
        let (busy, quiet) = ("@a:x".into(), "@b:x".into());
        let refused = (0..200).filter(|_| limit.check(&busy).is_err()).count();
        assert!(refused > 0 && refused < 100, "{refused}");
        assert!(limit.check(&quiet).is_ok());
    }
}
