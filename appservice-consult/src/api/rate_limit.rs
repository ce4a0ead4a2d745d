//! How often one account, or one address without an account, may ask. The only rate limits of this API.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use super::problem::ApiError;
use crate::context::Context;
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
/// Links of invitations, by address: how often one is looked at or used, and the pause in which one more becomes free. A person needs three or four; behind one
/// address may be a waiting room.
const INVITATIONS_BURST: NonZeroU32 = NonZeroU32::new(30).expect("30 is not zero");
const INVITATION_PAUSE: Duration = Duration::from_secs(6);
/// The same, in all.
const INVITATIONS_PER_SECOND_IN_ALL: NonZeroU32 = NonZeroU32::new(20).expect("20 is not zero");
/// The public form, in all.
const CHALLENGES_PER_SECOND_IN_ALL: NonZeroU32 = NonZeroU32::new(50).expect("50 is not zero");
const ORDERS_PER_MINUTE_IN_ALL: NonZeroU32 = NonZeroU32::new(60).expect("60 is not zero");
/// Accounts and addresses that are remembered before the quiet ones are swept out.
const SWEEP_AT: usize = 10_000;

/// The service's clock, as the limiters read it.
#[derive(Debug, Clone)]
struct Elapsed(Context);

impl Clock for Elapsed {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.elapsed().into()
    }
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, Elapsed, NoOpMiddleware<Nanos>>;
type Direct = RateLimiter<NotKeyed, InMemoryState, Elapsed, NoOpMiddleware<Nanos>>;

/// The limit of a tenant's accounts.
pub(super) struct RateLimit {
    limiter: Keyed<UserId>,
    clock: Elapsed,
}

impl RateLimit {
    /// Of all requests.
    pub(super) fn of_requests(context: &Context) -> Self {
        Self::new(context, Quota::per_second(PER_SECOND).allow_burst(BURST))
    }

    /// Of those that release or destroy the secret of a key backup.
    pub(super) fn of_secrets(context: &Context) -> Self {
        let quota = Quota::with_period(SECRETS_PAUSE).expect("the pause is not zero");
        Self::new(context, quota.allow_burst(SECRETS_BURST))
    }

    /// Of all requests of a partner's system, by its key.
    pub(super) fn of_keys(context: &Context) -> Self {
        Self::new(context, Quota::per_second(KEY_PER_SECOND).allow_burst(KEY_BURST))
    }

    /// Of those by which it opens something.
    pub(super) fn of_openings(context: &Context) -> Self {
        let quota = Quota::with_period(OPENING_PAUSE).expect("the pause is not zero");
        Self::new(context, quota.allow_burst(OPENINGS_BURST))
    }

    /// Of those that ask for a copy of everything.
    pub(super) fn of_exports(context: &Context) -> Self {
        let quota = Quota::with_period(EXPORT_PAUSE).expect("the pause is not zero");
        Self::new(context, quota.allow_burst(EXPORTS_BURST))
    }

    /// Of those that search the archive.
    pub(super) fn of_searches(context: &Context) -> Self {
        let quota = Quota::with_period(SEARCH_PAUSE).expect("the pause is not zero");
        Self::new(context, quota.allow_burst(SEARCHES_BURST))
    }

    fn new(context: &Context, quota: Quota) -> Self {
        let clock = Elapsed(context.clone());
        Self { limiter: keyed(quota, &clock), clock }
    }

    /// Counts a request of an account, or of an actor who is a key. Errors: `rate-limited`, with the time after which to come again.
    pub(super) fn check(&self, user: &UserId) -> Result<(), ApiError> {
        if self.limiter.len() >= SWEEP_AT {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(user).map_err(|not_until| refused(not_until.wait_time_from(self.clock.now())))
    }
}

fn keyed<K: Hash + Eq + Clone>(quota: Quota, clock: &Elapsed) -> Keyed<K> {
    RateLimiter::new(quota, DashMapStateStore::default(), clock.clone())
}

/// What visitors without an account may ask for: by address, and all of them together.
pub(super) struct PublicLimits {
    challenges: Both,
    orders: Both,
    invitations: Both,
    clock: Elapsed,
}

/// A limit for each address, and one for all.
struct Both {
    by_address: Keyed<IpAddr>,
    in_all: Direct,
}

impl Both {
    fn new(by_address: Quota, in_all: Quota, clock: &Elapsed) -> Self {
        Self {
            by_address: keyed(by_address, clock),
            in_all: RateLimiter::new(in_all, InMemoryState::default(), clock.clone()),
        }
    }

    fn check(&self, address: IpAddr, clock: &Elapsed) -> Result<(), ApiError> {
        if self.by_address.len() >= SWEEP_AT {
            self.by_address.retain_recent();
        }
        // First the address: who alone asks too often takes nothing from the others.
        let checked = self.by_address.check_key(&address).and_then(|()| self.in_all.check());
        checked.map_err(|not_until| refused(not_until.wait_time_from(clock.now())))
    }
}

impl PublicLimits {
    pub(super) fn new(context: &Context) -> Self {
        let clock = Elapsed(context.clone());
        let every =
            |pause: Duration, burst| Quota::with_period(pause).expect("the pause is not zero").allow_burst(burst);
        Self {
            challenges: Both::new(
                every(CHALLENGE_PAUSE, CHALLENGES_BURST),
                Quota::per_second(CHALLENGES_PER_SECOND_IN_ALL),
                &clock,
            ),
            orders: Both::new(every(ORDER_PAUSE, ORDERS_BURST), Quota::per_minute(ORDERS_PER_MINUTE_IN_ALL), &clock),
            invitations: Both::new(
                every(INVITATION_PAUSE, INVITATIONS_BURST),
                Quota::per_second(INVITATIONS_PER_SECOND_IN_ALL),
                &clock,
            ),
            clock,
        }
    }

    /// Counts a visitor who opens the form.
    pub(super) fn check_challenge(&self, address: IpAddr) -> Result<(), ApiError> {
        self.challenges.check(address, &self.clock)
    }

    /// Counts a visitor with the link of an invitation, whatever it is.
    pub(super) fn check_invitation(&self, address: IpAddr) -> Result<(), ApiError> {
        self.invitations.check(address, &self.clock)
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
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::{PublicLimits, RateLimit};
    use crate::context::{Clock, Context, Randomness};
    use crate::time::Time;

    /// Stands still until it is set.
    #[derive(Default)]
    struct SetClock(AtomicI64);

    impl Clock for SetClock {
        fn now(&self) -> Time {
            Time::from_millis(self.0.load(Ordering::SeqCst))
        }
    }

    /// No limit asks for any.
    struct NoRandomness;

    impl Randomness for NoRandomness {
        fn fill(&self, _: &mut [u8]) {}
    }

    fn context() -> (Arc<SetClock>, Context) {
        let clock = Arc::new(SetClock::default());
        (clock.clone(), Context::new(clock, Arc::new(NoRandomness)))
    }

    #[test]
    fn one_address_is_limited_alone_and_many_are_limited_together() {
        let limits = PublicLimits::new(&context().1);
        let address = |number: u32| std::net::IpAddr::V4(number.into());
        let ordered = (0..50).filter(|_| limits.check_order(address(1)).is_ok()).count();
        assert_eq!(ordered, 5);
        assert!(limits.check_order(address(2)).is_ok());
        let from_many = (10..200).filter(|number| limits.check_order(address(*number)).is_ok()).count();
        assert_eq!(from_many, 60 - 6);
    }

    #[test]
    fn links_are_not_guessed_from_one_address() {
        let limits = PublicLimits::new(&context().1);
        let address = |number: u32| std::net::IpAddr::V4(number.into());
        let tried = (0..50).filter(|_| limits.check_invitation(address(1)).is_ok()).count();
        assert_eq!(tried, 20, "no more than all together may at once");
        let (clock, context) = context();
        let limits = PublicLimits::new(&context);
        let tried: usize = (0..5)
            .map(|second| {
                clock.0.store(1_000 * second, Ordering::SeqCst);
                (0..20).filter(|_| limits.check_invitation(address(1)).is_ok()).count()
            })
            .sum();
        assert_eq!(tried, 30);
    }

    #[test]
    fn one_account_that_asks_too_often_waits_as_long_as_it_is_told_and_does_not_limit_another() {
        let (clock, context) = context();
        let limit = RateLimit::of_requests(&context);
        let (busy, quiet) = ("@a:x".into(), "@b:x".into());
        let refused = (0..200).filter(|_| limit.check(&busy).is_err()).count();
        assert_eq!(refused, 200 - 120);
        assert!(limit.check(&quiet).is_ok());
        clock.0.store(25, Ordering::SeqCst);
        assert!(limit.check(&busy).is_ok(), "one more is free after a fortieth of a second");
        assert!(limit.check(&busy).is_err());
    }
}
