//! One act on several consultations: each as by hand, by itself, and the answer says of each what became of it.
//!
//! An act gives no right: every row is refused as it would be alone, with the same problem, and what one is refused takes nothing from the others. Each row is
//! one SQL transaction, so nothing is half done; its steps stand in history and audit log as if they were done one by one. What was done is kept for a day by
//! request and row: a retry after a lost answer goes on where the first one stopped, and does nothing twice.
//!
//! `request.rs` says what may be asked for, pure; `act.rs` does it to one row; `table.rs` writes rows for a spreadsheet; `store.rs` is the rows of what was done.
//!
//! Deliberately absent: macros that write to the patient. Their text is sent by the operator's own client, one conversation after the other. And a transaction
//! over all rows: one that somebody took meanwhile would undo the work on two hundred.

mod act;
pub(crate) mod problem;
mod request;
mod store;
mod table;

pub use act::{By, Outcome, Wish, act_on};
pub use request::{BulkError, ROWS_MAX, checked};
pub use table::{of_consultations, of_patients};
