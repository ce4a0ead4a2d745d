//! The audit log: who did what to what, append-only and chained.
//!
//! Each entry's hash is a keyed hash over the entry and the hash before it, so that a changed, removed or reordered entry shows, and nobody who has only
//! the database can compute the chain anew. The counter of entries, in its own table, shows a cut tail.
//!
//! `log.rs` writes, `read.rs` lists, `period.rs` finds a time in it, `verify.rs` checks the chain, `proof.rs` does so beside the running service when a supervisor
//! asks.
//!
//! Deliberately absent: content and personal data; `detail` holds ids and numbers.

mod log;
mod period;
mod proof;
mod read;
mod verify;

pub use log::{Entry, Subject, append, hash_at, head};
pub use proof::{Outcome, Proof, Prover, begin};
pub use read::list;
pub use verify::{AuditFault, Whole, verify};
