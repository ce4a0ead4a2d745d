//! `/sync`: what changed for a user, and a wait until something does.
//!
//! ```text
//! routes.rs → service.rs → crate::feeds which rooms and sections changed   (crate::changes: the stream it reads)
//!                        → room.rs     a room's part: window.rs (timeline), state.rs, unread.rs
//!                        → section.rs  what is the user's or the device's own
//! ```
//!
//! Invariants: an answer is built from one view; a place in the stream that an answer's token covers has been shown; membership is looked at anew
//! for every answer. Source: client-server API v1.19 §Syncing.

pub mod answer;
pub mod ask;
pub mod filter;
pub mod room;
mod routes;
mod section;
pub mod service;
pub mod state;
pub mod token;
pub mod unread;
pub mod window;

pub use routes::{key_changes, sync};
pub use service::Syncs;
