//! How often who may do what: the one place that limits requests, by user, by address and by account named.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use consilium_config::{RateLimit, RateLimits};
use governor::{
    InsufficientCapacity, NotUntil, Quota, RateLimiter, clock::Clock, middleware::NoOpMiddleware, nanos::Nanos,
    state::keyed::DashMapStateStore,
};

use super::{error::ApiError, host::ClientAddress};
use crate::{context::Context, ids::UserKey};

/// What is limited. A route names its kind in `router.rs`; without one it is [`Kind::Request`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    Message,
    CreateRoom,
    Join,
    Invite,
    Upload,
    Keys,
    #[default]
    Request,
}

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, Ticks, NoOpMiddleware<Nanos>>;
type ByUser = Keyed<UserKey>;
type ByAddress = Keyed<IpAddr>;

/// The clock that was handed in, as the buckets read it.
#[derive(Clone, Debug)]
struct Ticks(Context);

impl Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.elapsed().into()
    }
}

/// The limits of one tenant, with who used how much of them.
#[derive(Debug)]
pub struct Limits(Option<Buckets>);

#[derive(Debug)]
struct Buckets {
    clock: Ticks,
    message: ByUser,
    create_room: ByUser,
    join: ByUser,
    invite: ByUser,
    upload: ByUser,
    keys: ByUser,
    request: ByUser,
    request_address: ByAddress,
    login_address: ByAddress,
    registration: ByAddress,
    login_account: Keyed<Box<str>>,
}

/// Buckets that are full again are forgotten this often.
pub const SWEEP_EVERY: Duration = Duration::from_mins(5);

impl Limits {
    pub fn new(config: &RateLimits, context: &Context) -> Self {
        if !config.enabled {
            return Self(None);
        }
        let clock = || Ticks(context.clone());
        Self(Some(Buckets {
            clock: clock(),
            message: RateLimiter::dashmap_with_clock(quota(config.message), clock()),
            create_room: RateLimiter::dashmap_with_clock(quota(config.create_room), clock()),
            join: RateLimiter::dashmap_with_clock(quota(config.join), clock()),
            invite: RateLimiter::dashmap_with_clock(quota(config.invite), clock()),
            upload: RateLimiter::dashmap_with_clock(quota(config.upload), clock()),
            keys: RateLimiter::dashmap_with_clock(quota(config.keys), clock()),
            request: RateLimiter::dashmap_with_clock(quota(config.request_user), clock()),
            request_address: RateLimiter::dashmap_with_clock(quota(config.request_address), clock()),
            login_address: RateLimiter::dashmap_with_clock(quota(config.login_address), clock()),
            registration: RateLimiter::dashmap_with_clock(quota(config.registration), clock()),
            login_account: RateLimiter::dashmap_with_clock(quota(config.login_account), clock()),
        }))
    }

    /// Counts a request of a user.
    pub fn check_user(&self, kind: Kind, user: UserKey) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        buckets.check(buckets.of(kind), &user)
    }

    /// Counts a request of a user that does `times` of something; none of it when that is too much.
    pub fn check_user_times(&self, kind: Kind, user: UserKey, times: usize) -> Result<(), ApiError> {
        let (Some(buckets), Some(number)) = (&self.0, NonZeroU32::new(u32::try_from(times).unwrap_or(u32::MAX))) else {
            return Ok(());
        };
        match buckets.of(kind).check_key_n(&user, number) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(until)) => Err(buckets.wait(&until)),
            // To wait would not help.
            Err(InsufficientCapacity(most)) => {
                Err(ApiError::invalid_param(format!("One request may bring {most} of these at most, not {times}.")))
            }
        }
    }

    /// Counts a request without a token.
    pub fn check_address(&self, address: ClientAddress) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        buckets.check(&buckets.request_address, &address.network())
    }

    /// Counts an attempt to sign in, by where it comes from and, where it names one, by the account.
    pub fn check_login(&self, address: ClientAddress, account: Option<&str>) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        buckets.check(&buckets.login_address, &address.network())?;
        match account {
            Some(account) => buckets.check(&buckets.login_account, &Box::from(account)),
            None => Ok(()),
        }
    }

    /// Counts a registration.
    pub fn check_registration(&self, address: ClientAddress) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        buckets.check(&buckets.registration, &address.network())
    }

    /// Forgets who has used nothing for a while, so that memory follows the active users only.
    pub fn sweep(&self) {
        let Some(buckets) = &self.0 else { return };
        let by_user = [
            &buckets.message,
            &buckets.create_room,
            &buckets.join,
            &buckets.invite,
            &buckets.upload,
            &buckets.keys,
            &buckets.request,
        ];
        by_user.into_iter().for_each(sweep);
        [&buckets.request_address, &buckets.login_address, &buckets.registration].into_iter().for_each(sweep);
        sweep(&buckets.login_account);
    }
}

impl Buckets {
    fn check<K: std::hash::Hash + Eq + Clone>(&self, limiter: &Keyed<K>, key: &K) -> Result<(), ApiError> {
        limiter.check_key(key).map_err(|until| self.wait(&until))
    }

    fn wait(&self, until: &NotUntil<Nanos>) -> ApiError {
        ApiError::limit_exceeded(until.wait_time_from(self.clock.now()))
    }

    fn of(&self, kind: Kind) -> &ByUser {
        match kind {
            Kind::Message => &self.message,
            Kind::CreateRoom => &self.create_room,
            Kind::Join => &self.join,
            Kind::Invite => &self.invite,
            Kind::Upload => &self.upload,
            Kind::Keys => &self.keys,
            Kind::Request => &self.request,
        }
    }
}

fn sweep<K: std::hash::Hash + Eq + Clone>(limiter: &Keyed<K>) {
    limiter.retain_recent();
    limiter.shrink_to_fit();
}

/// `burst` at once, then one each `1 / per_second`.
fn quota(limit: RateLimit) -> Quota {
    let period = Duration::from_secs_f64(1.0 / limit.per_second.clamp(0.000_1, 1e6));
    let burst = NonZeroU32::new(limit.burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(period).expect("the period is above zero").allow_burst(burst)
}

#[cfg(test)]
mod tests {
    use consilium_config::{RateLimit, RateLimits};

    use super::{Kind, Limits};
    use crate::{
        context::{Context, ManualClock},
        ids::UserKey,
    };

    #[test]
    fn a_user_over_his_burst_is_told_to_wait_and_others_are_not() {
        let clock = ManualClock::at(1_000);
        let config = RateLimits { message: RateLimit::new(0.01, 2), ..RateLimits::default() };
        let limits = Limits::new(&config, &Context::fixed(clock.clone(), 1));
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_ok());
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_ok());
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_err());
        assert!(limits.check_user(Kind::Message, UserKey(2)).is_ok());
        clock.advance_ms(100_000);
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_ok());
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_err());
    }

    #[test]
    fn limits_that_are_off_refuse_nobody() {
        let limits = Limits::new(&RateLimits::off(), &Context::system());
        assert!((0..10_000).all(|_| limits.check_user(Kind::Join, UserKey(1)).is_ok()));
    }
}
