//! Section `[rate_limits]`: how often who may do what. Each is a token bucket: `burst` at once, then `per_second`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How often who may do what.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RateLimits {
    /// Whether limits apply at all. `consilium dev` turns them off. Default: true.
    pub enabled: bool,
    /// Sending events and redactions, for each user. Default: 10 a second, 50 at once.
    pub message: RateLimit,
    /// Creating rooms, for each user. Default: 0.2 a second, 20 at once.
    pub create_room: RateLimit,
    /// Joining rooms, for each user. Default: 1 a second, 30 at once.
    pub join: RateLimit,
    /// Invitations, for each user who invites. Default: 0.5 a second, 20 at once.
    pub invite: RateLimit,
    /// Attempts to sign in, for each address. Default: 0.2 a second, 10 at once.
    pub login_address: RateLimit,
    /// Attempts to sign in, for each account named. Default: 0.1 a second, 5 at once.
    pub login_account: RateLimit,
    /// Registrations, for each address. Default: 0.05 a second, 5 at once.
    pub registration: RateLimit,
    /// Uploads, for each user. Default: 1 a second, 20 at once.
    pub upload: RateLimit,
    /// Uploading, querying and claiming keys, and to-device messages, for each user. Default: 20 a second, 100 at once.
    pub keys: RateLimit,
    /// Every other request with a token, for each user. Default: 50 a second, 200 at once.
    pub request_user: RateLimit,
    /// Every request without a token, for each address (IPv6: each /64). Default: 20 a second, 100 at once.
    pub request_address: RateLimit,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            enabled: true,
            message: RateLimit::new(10.0, 50),
            create_room: RateLimit::new(0.2, 20),
            join: RateLimit::new(1.0, 30),
            invite: RateLimit::new(0.5, 20),
            login_address: RateLimit::new(0.2, 10),
            login_account: RateLimit::new(0.1, 5),
            registration: RateLimit::new(0.05, 5),
            upload: RateLimit::new(1.0, 20),
            keys: RateLimit::new(20.0, 100),
            request_user: RateLimit::new(50.0, 200),
            request_address: RateLimit::new(20.0, 100),
        }
    }
}

impl RateLimits {
    /// No limit at all: `consilium dev`, conformance tools and load tests.
    pub fn off() -> Self {
        Self { enabled: false, ..Self::default() }
    }

    /// All limits by their key.
    pub(crate) fn all(&self) -> [(&'static str, RateLimit); 11] {
        [
            ("message", self.message),
            ("create_room", self.create_room),
            ("join", self.join),
            ("invite", self.invite),
            ("login_address", self.login_address),
            ("login_account", self.login_account),
            ("registration", self.registration),
            ("upload", self.upload),
            ("keys", self.keys),
            ("request_user", self.request_user),
            ("request_address", self.request_address),
        ]
    }
}

/// A token bucket.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// How fast the bucket fills again. Unit: acts a second, above 0.
    pub per_second: f64,
    /// How many acts a full bucket holds. Unit: acts, at least 1.
    pub burst: u32,
}

impl RateLimit {
    /// A bucket of `burst` acts that fills with `per_second`.
    pub const fn new(per_second: f64, burst: u32) -> Self {
        Self { per_second, burst }
    }
}
