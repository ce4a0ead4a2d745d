//! A rehearsal: before the first patient comes, a supervisor plays one on his own phone and answers himself at the console.
//!
//! A rehearsal has a **code**, which stands in the address that the phone opens. The app says with it that it was opened and who signed in there; every step
//! behind that is read from the consultation itself, so none is ticked that did not happen. An account that first comes here by a rehearsal is marked as a
//! demonstration's (`demo/mark.rs`) and goes with it; one that was here before is not.
//!
//! `service.rs` is what is done, `steps.rs` how far one came, `store.rs` the rows.

mod problem;
mod service;
mod steps;
mod store;

pub use service::{RehearsalError, begin, end, join, opened, skip};
pub use steps::{Steps, has_passed, is_offered, steps};
pub use store::{Record, latest};
