//! Keys by which partners' systems call the API: what each may do is written on it.
//!
//! | file | decides |
//! |---|---|
//! | `token.rs` | what a key looks like, and what is kept of it; pure |
//! | `scope.rs` | what can be written on one; pure |
//! | `registry.rs` | a tenant's keys in memory, and which one a token is |
//! | `service.rs` | what supervisors do with keys |
//! | `last_use.rs` | when one was used, and from where |
//! | `retry.rs` | that a request which opens something is answered once, however often it comes |
//! | `store.rs` `retry_store.rs` | rows |
//!
//! Invariants: a key is shown once, and a keyed hash of it is all that is kept; it is compared in constant time; a key that is revoked or over opens nothing from
//! that moment on; whatever a key does stands in the audit log under its id, and is shown there by its name.
//!
//! Deliberately absent: which route wants which scope; the handler's type says that (`api/views/partner.rs`).

mod error;
mod last_use;
mod problem;
mod registry;
mod retry;
mod retry_store;
mod scope;
mod service;
mod store;
mod token;

pub use error::{ApiKeyError, Refused};
pub use last_use::note_use;
pub use registry::{Key, Keys, Used, key_of_actor};
pub use retry::{Claim, RetryKey, Turn, begin, forget_old};
pub use service::{change, create, list, revoke};
pub use store::load_all;
pub use token::is_key;
