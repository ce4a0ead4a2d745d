//! The consent ledger: what a patient agreed to, for himself or for a person whom he acts for, each purpose by itself, with the text that he was shown, and
//! what he withdrew.
//!
//! | file | decides |
//! |---|---|
//! | `text.rs` | what is shown, and the hash by which it is known for ever; pure |
//! | `rule.rs` | how each consent stands, and which are missing; pure |
//! | `service.rs` | giving, withdrawing, refusing what needs them |
//! | `remind.rs` | telling who writes by a plain message what is missing |
//! | `store.rs` | rows |
//!
//! Invariants: the ledger only grows; what was agreed to is kept by its hash and shown whatever the brand says later; a consent counts only while its text is one
//! of the brand's of today; nothing begins about somebody whose required consents are missing, and what is open goes on to its end; a consent is about one of
//! them and counts for nobody else; each entry is in the audit log too, whose chain shows a change.
//!
//! Deliberately absent: what the texts say (the brand), and the consent of the public form of call-backs, whose visitor has no account.

mod problem;
mod remind;
mod rule;
mod service;
mod store;
mod text;

pub use remind::remind;
pub use rule::{State, Status};
pub use service::{Agreed, ConsentError, Evidence, give, give_with, give_within, missing, states, withdraw};
pub use store::{Decision, Entry, forget_devices, ledger, ledger_about, ledger_until, standing};
pub use text::{Shown, hashes, offered};
