//! The audit log: who did what to what, append-only and chained.
//!
//! Each entry's hash is a keyed hash over the entry and the hash before it, so that a changed, removed or reordered entry shows, and nobody who has only
//! the database can compute the chain anew. The counter of entries, in its own table, shows a cut tail.
//!
//! Deliberately absent: content and personal data; `detail` holds ids and numbers.

mod log;
mod read;
mod verify;

pub use log::{Entry, Subject, append};
pub use read::list;
pub use verify::{AuditFault, verify};
