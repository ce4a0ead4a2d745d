//! Asking whoever serves a queue into a consultation («the psychologist who is there»), where nobody is asked by name.
//!
//! All who serve it and are on duty are asked at once, for two minutes. The first who accepts comes in as one who was asked by name does
//! (`consultation/machine.rs`, `Invite`), and it vanishes for the others. Where all decline, nobody answers, or the consultation goes on without who asked, it is
//! over, and who asked is told. Before he accepts a colleague is told who asks, for which service, and nothing of the patient.
//!
//! `rule.rs` says who may ask and who is asked, pure; `service.rs` is what is done; `due.rs` what happens because time passes; `in_vain.rs` that nobody came, until
//! who asked has read it; `record.rs` the rows.
//!
//! Invariants: of several who accept exactly one comes, by one guarded update in the transaction that lets him in; a queue is asked once at a time.

mod due;
mod error;
mod in_vain;
pub(crate) mod problem;
mod record;
mod rule;
mod service;

pub use due::run_due;
pub use error::QueueInvitationError;
pub use in_vain::{see, unseen};
pub use record::{Record, load, of_consultation, open_for};
pub use service::{By, Wish, accept, ask, decline, take_back};
