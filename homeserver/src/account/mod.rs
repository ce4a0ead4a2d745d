//! Accounts: who may have one, how one signs in, tokens, devices.
//!
//! Source: client-server API v1.19 §Client authentication (legacy API), §Device management; Application Service API §Identity assertion.
//!
//! Invariants:
//! - A token is stored as its hash only; a password as its argon2id hash only.
//! - An access token that was revoked is refused from the moment that the request which revoked it is answered: the cache of checked
//!   tokens is emptied of it before.
//! - A refresh token works once. When a spent one comes back, the session that it belongs to ends.
//! - Whoever comes with a token of a sign-in that was ended from elsewhere is told at whose word ([`EndedBy`]); it proves nothing all the same.
//! - A device that is deleted takes everything with it in the same batch: tokens, keys, waiting to-device messages ([`DeviceRows`]).

mod device_rows;
mod devices;
mod ended;
mod erasure;
mod error;
mod idle;
mod invited;
mod last_seen;
mod list;
mod lock;
mod login;
mod login_token;
mod password;
mod query;
mod records;
mod refresh;
mod register;
pub mod routes;
mod service;
mod session_cache;
mod shared_secret;
pub mod uia;

pub use device_rows::DeviceRows;
pub use devices::{Content, DEVICES_MAX, DeviceInfo, guard_device, has_device};
pub use ended::{EndedBy, EndedToken};
pub use erasure::Erased;
pub use error::AccountError;
pub use last_seen::SeenDevice;
pub use login::{NewSession, SignedIn, Tokens};
pub use records::{AccessToken, Account, Device, LoginToken, RefreshState, RefreshToken, TokenHash, hash_token};
pub use register::{Applicant, NewAccount};
pub use service::{Accounts, AccountsParts, TokenError};
pub use session_cache::Session;
