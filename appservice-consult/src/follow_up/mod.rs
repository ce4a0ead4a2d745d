//! Follow-ups: what staff comes back to at a time: a colleague, or whoever serves a queue. Patients are told nothing of them.
//!
//! One has an owner, or is its queue's. When its time comes the consoles are told; where its owner is not at work, it becomes the queue's a little later, and so
//! does one whose owner does not serve the queue any more. It is put off, handed on, done or cancelled by whoever may see it.
//!
//! | file | decides |
//! |---|---|
//! | `state.rs` | what may become of one, and when the timer looks at it; pure |
//! | `access.rs` | who may see one; pure |
//! | `service.rs` | what staff does with them |
//! | `due.rs` | what happens because time passes, or an owner leaves |
//! | `erase.rs` | their end with an account or a record |
//! | `list.rs` `record.rs` | lists; rows |
//!
//! Invariants: one comes due once for each time it was set to; nothing is lost with its owner, for the queue is always known; the audit log says what was done and
//! never what the note says.
//!
//! Deliberately absent: messages to patients. What is written to a patient is written by somebody who reads the answer.

mod access;
mod due;
mod erase;
mod list;
mod record;
mod service;
mod state;

pub use due::{leave_queues, run_due};
pub use erase::{cancel_patient, erase_consultation, erase_patient};
pub use list::{Filter, ListError, list};
pub use record::{Record, load};
pub use service::{By, FollowUpError, change, create, end, read};
pub use state::{Ending, Phase, Refusal, State};
