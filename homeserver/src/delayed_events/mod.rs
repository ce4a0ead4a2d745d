//! Delayed events: sent by the server at a time to come, unless somebody restarts, sends or cancels them before. A device that may crash leaves
//! a call that way: it schedules its leave, and restarts it as long as it lives.
//!
//! ```text
//! routes.rs → service.rs  schedule, restart, send, cancel, list
//!             firing.rs   what is due is sent: a worker by the clock, and tests when they like
//! ```
//!
//! Invariants:
//! - What was scheduled is on disk before it is acknowledged, and is sent once, after a restart of the server too: the event carries a transaction of
//!   its own, by which a second attempt finds what the first one sent.
//! - Of one delayed event one thing happens at a time: whoever restarts it while it is being sent comes too late and is told so.
//! - The delay id is a secret: who knows it may restart, send and cancel, without a token.
//! - A room that refuses the event has the last word: it is recorded, and not tried again. Who left the room, also for a moment, sends nothing there.
//!
//! Source: MSC4140. Absent: delayed events that depend on others (`parent_delay_id`).

mod error;
mod firing;
mod records;
mod routes;
mod service;

pub use error::DelayError;
pub use records::{DelayedEvent, Schedule};
pub use routes::{act, act_by_body, get, list, schedule, send, state};
pub use service::{DelayedEventRows, DelayedEvents};
