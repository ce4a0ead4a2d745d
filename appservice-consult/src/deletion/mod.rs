//! The end of a patient's account, at his own word or, at his written one, by a supervisor: what is personal of him goes, what the law or a court keeps stays
//! sealed until its time is over, and he is told which before and after.
//!
//! - **Beginning** is one SQL transaction: his card is emptied, a signed **receipt** of what goes and what stays is written, and the parts are put in the outbox.
//! - **Parts** are carried out by the outbox's worker in their order, each of them again after a crash until it is done: the account at the homeserver, the
//!   archive's records, call-backs, what is around them, rooms; at last the record is parted from the account, and whoever signs in with it is somebody new.
//! - What a **legal hold** keeps goes when it is lifted (`later.rs`); what a class keeps goes with the archive's own timer.
//!
//! | file | decides |
//! |---|---|
//! | `survey.rs` | what stands in the way, what goes and what stays |
//! | `begin.rs` | beginning, once |
//! | `receipt.rs` | what is promised, signed: the persisted form |
//! | `page.rs` | the receipt for people |
//! | `part.rs` | one part |
//! | `later.rs` | what holds kept |
//! | `remains.rs` | what is still there, in words |
//! | `store.rs` | rows |
//!
//! Invariants: nothing begins while a consultation, a call or a call-back is open; beginning twice gives the same receipt; nothing that is held goes, nor what a
//! class keeps before its time; while a deletion is under way the account can do nothing here but ask for its receipt.

mod begin;
mod error;
mod later;
mod page;
mod part;
mod problem;
mod receipt;
mod remains;
mod store;
mod survey;

pub use begin::{By, begin};
pub use error::DeletionError;
pub use later::run_held;
pub use page::ReceiptPage;
pub use part::{Part, Progress, carry_out};
pub use receipt::{Kept, Receipt, Signed};
pub use remains::remains;
pub use store::{Record, load};
pub use survey::{Obstacle, Survey, survey};
