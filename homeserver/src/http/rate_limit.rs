//! How often who may do what: the one place that limits requests, by user, by address and by account named.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use consilium_config::{RateLimit, RateLimits};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use super::{error::ApiError, host::ClientAddress};
use crate::ids::UserKey;

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

type ByUser = DefaultKeyedRateLimiter<UserKey>;
type ByAddress = DefaultKeyedRateLimiter<IpAddr>;

/// The limits of one tenant, with who used how much of them.
#[derive(Debug)]
pub struct Limits(Option<Buckets>);

#[derive(Debug)]
struct Buckets {
    clock: DefaultClock,
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
    login_account: DefaultKeyedRateLimiter<Box<str>>,
}

/// Buckets that are full again are forgotten this often.
pub const SWEEP_EVERY: Duration = Duration::from_mins(5);

impl Limits {
    pub fn new(config: &RateLimits) -> Self {
        if !config.enabled {
            return Self(None);
        }
        Self(Some(Buckets {
            clock: DefaultClock::default(),
            message: RateLimiter::keyed(quota(config.message)),
            create_room: RateLimiter::keyed(quota(config.create_room)),
            join: RateLimiter::keyed(quota(config.join)),
            invite: RateLimiter::keyed(quota(config.invite)),
            upload: RateLimiter::keyed(quota(config.upload)),
            keys: RateLimiter::keyed(quota(config.keys)),
            request: RateLimiter::keyed(quota(config.request_user)),
            request_address: RateLimiter::keyed(quota(config.request_address)),
            login_address: RateLimiter::keyed(quota(config.login_address)),
            registration: RateLimiter::keyed(quota(config.registration)),
            login_account: RateLimiter::keyed(quota(config.login_account)),
        }))
    }

    /// Counts a request of a user.
    pub fn check_user(&self, kind: Kind, user: UserKey) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        let limiter = match kind {
            Kind::Message => &buckets.message,
            Kind::CreateRoom => &buckets.create_room,
            Kind::Join => &buckets.join,
            Kind::Invite => &buckets.invite,
            Kind::Upload => &buckets.upload,
            Kind::Keys => &buckets.keys,
            Kind::Request => &buckets.request,
        };
        buckets.check(limiter, &user)
    }

    /// Counts a request without a token.
    pub fn check_address(&self, address: ClientAddress) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        buckets.check(&buckets.request_address, &address.network())
    }

    /// Counts an attempt to sign in, by where it comes from and by the account that it names.
    pub fn check_login(&self, address: ClientAddress, account: &str) -> Result<(), ApiError> {
        let Some(buckets) = &self.0 else { return Ok(()) };
        buckets.check(&buckets.login_address, &address.network())?;
        buckets.check(&buckets.login_account, &Box::from(account))
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
    fn check<K: std::hash::Hash + Eq + Clone>(
        &self,
        limiter: &DefaultKeyedRateLimiter<K>,
        key: &K,
    ) -> Result<(), ApiError> {
        limiter.check_key(key).map_err(|until| ApiError::limit_exceeded(until.wait_time_from(self.clock.now())))
    }
}

fn sweep<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>) {
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
    use crate::ids::UserKey;

    #[test]
    fn a_user_over_his_burst_is_told_to_wait_and_others_are_not() {
        let limits = Limits::new(&RateLimits { message: RateLimit::new(0.01, 2), ..RateLimits::default() });
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_ok());
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_ok());
        assert!(limits.check_user(Kind::Message, UserKey(1)).is_err());
        assert!(limits.check_user(Kind::Message, UserKey(2)).is_ok());
    }

    #[test]
    fn limits_that_are_off_refuse_nobody() {
        let limits = Limits::new(&RateLimits::off());
        assert!((0..10_000).all(|_| limits.check_user(Kind::Join, UserKey(1)).is_ok()));
    }
}
