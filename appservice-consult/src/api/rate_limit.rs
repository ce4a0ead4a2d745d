//! How often one account, or one address without an account, may ask. The only rate limits of this API.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota};

use super::problem::ApiError;
use crate::ids::UserId;

/// Requests of an account in a second. A console that reloads all its lists needs a dozen at once.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(40).expect("40 is not zero");
/// Requests at once after a quiet time.
const BURST: NonZeroU32 = NonZeroU32::new(120).expect("120 is not zero");
/// Requests about the secret of a key backup at once, and the pause in which one more becomes free. A sign-in needs one, a slow network a few.
const SECRETS_BURST: NonZeroU32 = NonZeroU32::new(10).expect("10 is not zero");
const SECRETS_PAUSE: Duration = Duration::from_mins(1);
/// Requests of a partner's system in a second, and at once after a quiet time: it reads pages one after the other, and changes cards in a nightly run.
const KEY_PER_SECOND: NonZeroU32 = NonZeroU32::new(10).expect("10 is not zero");
const KEY_BURST: NonZeroU32 = NonZeroU32::new(60).expect("60 is not zero");
/// What it opens at once, and the pause in which one more becomes free: each makes work for people, and may make a room.
const OPENINGS_BURST: NonZeroU32 = NonZeroU32::new(30).expect("30 is not zero");
const OPENING_PAUSE: Duration = Duration::from_secs(2);
/// Copies of everything at once, and the pause in which one more becomes free: one reads the whole history and all files. Two, because a download may break off.
const EXPORTS_BURST: NonZeroU32 = NonZeroU32::new(2).expect("2 is not zero");
const EXPORT_PAUSE: Duration = Duration::from_mins(5);
/// Searches of the archive at once, and the pause in which one more becomes free: each opens records. A person types words and turns pages; a script that reads
/// the archive by its words is slow.
const SEARCHES_BURST: NonZeroU32 = NonZeroU32::new(60).expect("60 is not zero");
const SEARCH_PAUSE: Duration = Duration::from_secs(1);
/// The public form, by address: forms opened at once and the pause in which one more becomes free; orders likewise. Behind one address may be a hospital.
const CHALLENGES_BURST: NonZeroU32 = NonZeroU32::new(30).expect("30 is not zero");
const CHALLENGE_PAUSE: Duration = Duration::from_secs(2);
const ORDERS_BURST: NonZeroU32 = NonZeroU32::new(5).expect("5 is not zero");
const ORDER_PAUSE: Duration = Duration::from_mins(2);
/// The public form, in all.
const CHALLENGES_PER_SECOND_IN_ALL: NonZeroU32 = NonZeroU32::new(50).expect("50 is not zero");
const ORDERS_PER_MINUTE_IN_ALL: NonZeroU32 = NonZeroU32::new(60).expect("60 is not zero");
/// Accounts and addresses that are remembered before the quiet ones are swept out.
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

    /// Of all requests of a partner's system, by its key.
    pub(super) fn of_keys() -> Self {
        Self::new(Quota::per_second(KEY_PER_SECOND).allow_burst(KEY_BURST))
    }

    /// Of those by which it opens something.
    pub(super) fn of_openings() -> Self {
        let quota = Quota::with_period(OPENING_PAUSE).expect("the pause is not zero");
        Self::new(quota.allow_burst(OPENINGS_BURST))
    }

    /// Of those that ask for a copy of everything.
    pub(super) fn of_exports() -> Self {
        let quota = Quota::with_period(EXPORT_PAUSE).expect("the pause is not zero");
        Self::new(quota.allow_burst(EXPORTS_BURST))
    }

    /// Of those that search the archive.
    pub(super) fn of_searches() -> Self {
        let quota = Quota::with_period(SEARCH_PAUSE).expect("the pause is not zero");
        Self::new(quota.allow_burst(SEARCHES_BURST))
    }

    fn new(quota: Quota) -> Self {
        Self { limiter: DefaultKeyedRateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Counts a request of an account, or of an actor who is a key. Errors: `rate-limited`, with the time after which to come again.
    pub(super) fn check(&self, user: &UserId) -> Result<(), ApiError> {
        if self.limiter.len() >= SWEEP_AT {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(user).map_err(|not_until| refused(not_until.wait_time_from(self.clock.now())))
    }
}

/// What visitors without an account may ask for: by address, and all of them together.
pub(super) struct PublicLimits {
    challenges: Both,
    orders: Both,
    clock: DefaultClock,
}

/// A limit for each address, and one for all.
struct Both {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    in_all: DefaultDirectRateLimiter,
}

impl Both {
    fn new(by_address: Quota, in_all: Quota) -> Self {
        Self {
            by_address: DefaultKeyedRateLimiter::keyed(by_address),
            in_all: DefaultDirectRateLimiter::direct(in_all),
        }
    }

    fn check(&self, address: IpAddr, clock: &DefaultClock) -> Result<(), ApiError> {
        if self.by_address.len() >= SWEEP_AT {
            self.by_address.retain_recent();
        }
        // First the address: who alone asks too often takes nothing from the others.
        let checked = self.by_address.check_key(&address).and_then(|()| self.in_all.check());
        checked.map_err(|not_until| refused(not_until.wait_time_from(clock.now())))
    }
}

impl PublicLimits {
    pub(super) fn new() -> Self {
        let every =
            |pause: Duration, burst| Quota::with_period(pause).expect("the pause is not zero").allow_burst(burst);
        Self {
            challenges: Both::new(
                every(CHALLENGE_PAUSE, CHALLENGES_BURST),
                Quota::per_second(CHALLENGES_PER_SECOND_IN_ALL),
            ),
            orders: Both::new(every(ORDER_PAUSE, ORDERS_BURST), Quota::per_minute(ORDERS_PER_MINUTE_IN_ALL)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a visitor who opens the form.
    pub(super) fn check_challenge(&self, address: IpAddr) -> Result<(), ApiError> {
        self.challenges.check(address, &self.clock)
    }

    /// Counts a visitor who sends it.
    pub(super) fn check_order(&self, address: IpAddr) -> Result<(), ApiError> {
        self.orders.check(address, &self.clock)
    }
}

fn refused(wait: Duration) -> ApiError {
    ApiError::rate_limited(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use super::{PublicLimits, RateLimit};

    #[test]
    fn one_address_is_limited_alone_and_many_are_limited_together() {
        let limits = PublicLimits::new();
        let address = |number: u32| std::net::IpAddr::V4(number.into());
        let ordered = (0..50).filter(|_| limits.check_order(address(1)).is_ok()).count();
        assert_eq!(ordered, 5);
        assert!(limits.check_order(address(2)).is_ok());
        let from_many = (10..200).filter(|number| limits.check_order(address(*number)).is_ok()).count();
        assert!((20..=60).contains(&from_many), "{from_many}");
    }

    #[test]
    fn one_account_that_asks_too_often_does_not_limit_another() {
        let limit = RateLimit::of_requests();
        let (busy, quiet) = ("@a:x".into(), "@b:x".into());
        let refused = (0..200).filter(|_| limit.check(&busy).is_err()).count();
        assert!(refused > 0 && refused < 100, "{refused}");
        assert!(limit.check(&quiet).is_ok());
    }
}
