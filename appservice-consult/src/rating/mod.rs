//! Ratings: what a patient thought of a consultation that was closed, in stars and, if he likes, in words.
//!
//! `rule.rs` says who may rate what and how long, pure; `service.rs` is what is done; `store.rs` the rows.
//!
//! Invariants: a consultation has one rating, its patient's; he may change it for two weeks after the close; its words are sealed, and read by supervisors and
//! by who took part to the end, nobody else; the audit log and partners' systems are told the stars, never the words.

mod problem;
mod rule;
mod service;
mod store;

pub use rule::{Stars, open_until};
pub use service::{RatingError, Reader, rate, rate_within, read};
pub use store::{Record, erase_words, of_consultations, with_at_most};
