//! Follow-ups: what staff comes back to at a time: a colleague, or whoever serves a queue. Patients are told nothing of them, but the message that one may carry:
//! it is sent at that time.
//!
//! One has an owner, or is its queue's. When its time comes the consoles are told; where its owner is not at work, it becomes the queue's a little later, and so
//! does one whose owner does not serve the queue any more. It is put off, handed on, done or cancelled by whoever may see it. A message waits with it, is changed and
//! taken back with it, and goes into the patient's conversation in the service's name; where there is no note, nothing else is to be done, and it is over then.
//!
//! | file | decides |
//! |---|---|
//! | `state.rs` | what may become of one, and when the timer looks at it; pure |
//! | `access.rs` | who may see one; pure |
//! | `message.rs` | what may become of a message; how it stands in a room; pure |
//! | `reach.rs` | into which conversation a message goes, and with what words it begins |
//! | `send.rs` | its way there |
//! | `service.rs` | what staff does with them |
//! | `due.rs` | what happens because time passes, or an owner leaves |
//! | `erase.rs` | their end with an account or a record |
//! | `list.rs` `record.rs` | lists; rows |
//!
//! Invariants: one comes due once for each time it was set to; nothing is lost with its owner, for the queue is always known; a message goes once, and not to whoever
//! has left; the audit log says what was done and never what note or message say.

mod access;
mod due;
mod erase;
mod list;
mod message;
mod problem;
mod reach;
mod record;
mod send;
mod service;
mod state;

pub use access::may_see;
pub use due::{leave_queues, run_due};
pub use erase::{cancel_patient, erase_consultation, erase_patient};
pub use list::{Filter, ListError, list};
pub(crate) use message::message_content;
pub use message::{Delivery, Message, is_message};
pub use reach::Words;
pub use record::{Record, load};
pub use send::{Fate, note_fate, to_say};
pub use service::{By, FollowUpError, change, create, end, read, words};
pub use state::{Ending, Phase, Refusal, State};
