//! Operators who go: what they lead must not stay with an empty desk.
//!
//! | he | what happens |
//! |---|---|
//! | says that he goes off | what he leads goes by the rule of each queue (`on_leave`), as he was shown before and chose where the rule lets him |
//! | is no member of staff any more | the same, and nothing can stay with him |
//! | has lost his console | after a while (`return_after_minutes`) it goes back to the queue, and its patient is told |
//!
//! `rule.rs` says what a rule lets him choose and is pure; `plan.rs` what would become of each; `depart.rs` carries it out when he says so; `due.rs` looks for who
//! is gone; `returned.rs` is what was taken from somebody while he was lost.
//!
//! Whoever is gone is read from what stands in the books and in the staff, each time anew: a crash in between repeats a look and hands nothing on twice, for who
//! leads it decides (`consultation/machine.rs`).
//!
//! Deliberately absent: call-backs that he holds, which have their own deadline; offers, which routing withdraws.

mod depart;
mod due;
mod error;
mod plan;
mod returned;
mod rule;

pub use depart::set_status;
pub use due::run_due;
pub use error::LeavingError;
pub use plan::{Planned, plan};
pub use returned::{Returned, returned};
