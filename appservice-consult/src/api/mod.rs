//! The HTTP API `/_consilium/v1` for patient apps and consoles.
//!
//! ```text
//! router.rs (every route) → cors.rs → caller.rs: host → tenant, token → account, limit → role → view
//!                          → routes/*: decode, ask the view, encode → views/*: what a role may do → features
//! ```
//!
//! A partner's system comes with a key instead of an account's token, and with a scope instead of a role (`views/partner.rs`, `views/scope.rs`).
//!
//! `rtc.rs` is another face: what any MatrixRTC client asks for, beside `/_consilium/v1`, with Matrix errors.
//!
//! A handler never sees a tenant: it sees a view, and a view has only the methods of its role. Each feature's errors become problems in its own
//! `problem.rs`; those that all of them meet in `errors.rs`.

pub mod body;
mod caller;
mod cors;
mod errors;
pub mod openapi;
pub mod problem;
mod rate_limit;
mod router;
pub mod routes;
mod rtc;
mod served;
pub mod types;
pub mod views;

pub use router::{PREFIX, mounted, mounted_for_everyone, router};
pub use rtc::RTC_PREFIX;
pub(crate) use rtc::{proxied_router, webhook_router};
pub use served::{Served, Tenants};
