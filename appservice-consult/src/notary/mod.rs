//! A notary: an address of the partner's that is given the heads of the archive's chain and of the audit log, again and again. Who keeps what it was given can prove
//! later that nothing before was changed, removed, cut off or computed anew, whoever had database, disk and keys meanwhile.
//!
//! `heads.rs` is what is given, signed with the archive's key; `send.rs` when, and what becomes of it; `store.rs` the rows of what was taken; `check.rs` holds heads, ours and
//! those that the notary kept, against what is here.
//!
//! Invariants: what is sent says nothing of anybody; what was taken stands in the audit log; a notary that does not answer holds up nothing, and is asked until it does.

mod check;
mod heads;
mod send;
mod store;

pub use check::{Against, HeadsFault, check_kept, check_sent};
pub use heads::Heads;
pub use send::{NotaryError, Office, Sent, look, run};
pub use store::last as last_sent;
