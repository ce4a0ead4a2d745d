//! Telling partners' systems what happens at the desk, by [Standard Webhooks](https://www.standardwebhooks.com).
//!
//! ```text
//! a machine's step ─► occurrence.rs: what is told ─► enqueue.rs: rows in the step's own transaction
//!                                                        └─► worker.rs ─► send.rs (signature.rs, address.rs) ─► settle.rs (schedule.rs)
//! api ─► endpoints.rs, replay.rs: what supervisors do ─► store.rs, delivery.rs: rows
//! ```
//!
//! Invariants: a step and what is told of it are one transaction; the events of a lane (a conversation) reach an endpoint in their order, one at a time, each at
//! least once and always under the same `webhook-id`; an endpoint has its own places, so that a slow one delays nobody else; what is kept of an event are opaque
//! ids, phases and times, and what is personal is read when it is sent, for endpoints that ask for it; nothing is sent to an address that is not public unless
//! the configuration allows it, whatever a name leads to at that moment.
//!
//! Deliberately absent: content of conversations, notes and reasons; what an endpoint answers besides its status.

mod address;
mod delivery;
mod endpoints;
mod enqueue;
mod error;
mod event_type;
mod occurrence;
mod personal;
mod problem;
mod replay;
mod schedule;
mod send;
mod settle;
mod signature;
mod store;
mod tidy;
mod worker;

pub use address::Reach;
pub use endpoints::{change, create, list, remove, rotate, test};
pub use enqueue::{enqueue, is_quiet};
pub use error::WebhookError;
pub use occurrence::{
    About, Occurrence, of_alarm, of_call, of_callback, of_change, of_conclusion, of_consent, of_consultation,
    of_creation, of_deletion, of_erasure, of_fields, of_follow_up, of_hold, of_merge, of_note, of_queue_invitation,
    of_rating, of_status, of_tag,
};
pub use replay::{deliveries, replay_one, replay_range};
pub(crate) use signature::{Secret, Signed};
pub use tidy::tidy;
pub use worker::Worker;
