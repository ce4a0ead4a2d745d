//! Keys by which partners' systems call the API: what each may do is written on it.
//!
//! `scope.rs` says which route needs what; `token.rs` makes keys and what is kept of them; `service.rs` makes, revokes and recognises them; `store.rs` holds the
//! rows.
//!
//! Invariants: a key is shown once, and only its hash is kept; where no scope leads, a key is like a token that nobody has; whatever a key does, the audit log
//! says `key:` and its name.

mod error;
mod scope;
mod service;
mod store;
mod token;

pub use error::ApiKeyError;
pub use scope::{Needed, needed};
pub use service::{create, list, recognise, revoke};
pub use store::Key;
pub use token::is_key;
