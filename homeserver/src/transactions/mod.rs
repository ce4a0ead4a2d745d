//! Transactions to application services: what of the rooms, receipts and keys of its users each one is sent, in order, until it is accepted.
//!
//! Apart from `appservice`, which says who is registered: that is asked by accounts, and this asks accounts.
//!
//! Source: Application Service API v1.19 §Pushing events; MSC3202 and MSC4203 for device lists, key counts and to-device messages.

mod compose;
mod interest;
mod routes;
mod transaction;
mod worker;

pub use compose::Composer;
pub use interest::Interests;
pub use routes::ping;
pub use worker::{Place, Worker};
