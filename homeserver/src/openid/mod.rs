//! OpenID tokens: a user proves to a third party who he is, without giving it anything to act with.
//!
//! Invariants: a token is stored as its hash only, works for an hour for whoever shows it, and proves nothing once its account ended. Whoever asks
//! needs to be no homeserver: the question is answered though nothing else of federation is.
//!
//! Source: client-server API v1.19 §OpenID; server-server API v1.19 §OpenID.

mod routes;
mod service;

pub use routes::{request_token, user_info};
pub use service::{OpenIdToken, OpenIds};
