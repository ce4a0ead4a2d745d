//! What has to be done before real patients come: each item read from what stands now, and ticked by hand only where no machine can see it.
//!
//! `item.rs` is the list; `look.rs` gathers plain facts; `judge.rs` decides over them, pure; `mark.rs` is who said what.

mod item;
mod judge;
mod look;
mod mark;
mod problem;

pub use item::Item;
pub use judge::{Finding, Standing, judge};
pub use look::{Facts, look};
pub use mark::{Mark, MarkError, mark, marks, unmark};
