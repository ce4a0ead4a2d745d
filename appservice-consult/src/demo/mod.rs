//! Accounts that were made to try things out, and the end of all of them by one button.
//!
//! - An account is **marked** where it is made, by the command line or by a rehearsal. Nothing is guessed from names, and what is not marked is never touched.
//! - A **removal** is begun by a supervisor who is none of them, and carried on by the timer until nothing is left: whatever is open is ended, patients' accounts
//!   go by the way of any deletion (`deletion/`), staff hands back what it has and parts (`operator/parting.rs`). Each step looks at what stands now, so a crash
//!   repeats it harmlessly.
//! - No class of the archive keeps what was invented; a legal hold does, and the result says so.
//!
//! | file | decides |
//! |---|---|
//! | `mark.rs` | which accounts are a demonstration's |
//! | `begin.rs` | whether a removal begins |
//! | `remove.rs` | the next step of one, for each account |
//! | `hand_back.rs` | what becomes of what a demonstration's staff has in hand |
//! | `store.rs` | rows |

mod begin;
mod error;
mod hand_back;
mod mark;
mod problem;
mod remove;
mod store;

pub use begin::{begin, names};
pub use error::DemoError;
pub use mark::{end_patient, is_account, is_patient, mark, mark_within, meet};
pub use remove::run;
pub use store::{Account, Counts, Outcome, Removal, active, all, counts, latest, patients};
