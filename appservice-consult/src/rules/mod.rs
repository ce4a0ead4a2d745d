//! Rules: what the desk does by itself when something happens: an event, conditions, actions. What rules there are stands in the brand and in the settings
//! (`consilium_config::brand::Rule`, sections `rule.<id>` and `rules`), so they have versions, a history, and are exported as everything else there.
//!
//! ```text
//! a machine's step ─► run.rs: facts.rs gathers ─► verdict.rs decides, pure ─► tags, place in line, note, alarm ─► store.rs: the log
//! ```
//!
//! Invariants: a step and what rules do after it are one SQL transaction, so that nothing of it is lost or done twice; what a rule does is no event of any rule
//! (it is written by `Transition::write_alone`, behind which no rule is looked at); all rules of a step are judged by the same facts, those from before any of
//! them acted; an action that cannot be done is left out and stands in the log with the reason: it never takes the step with it.
//!
//! `attempt.rs` says what a rule would have matched among what was there last, and changes nothing. `seen.rs` is an alarm's end.
//!
//! Deliberately absent: rules that run later, or again and again, and what reaches outside (partners' systems have webhooks). The log names consultations
//! and call-backs; it goes with their erasure, and after a while by itself.

mod attempt;
mod facts;
mod problem;
mod run;
mod seen;
mod store;
mod verdict;

pub use attempt::{Attempt, Tried, TriedRow, attempt};
pub use run::{after_callback, after_signing, after_step};
pub use seen::{SeenError, see};
pub use store::{Filter, ListError, Record, Subject, erase_callback, erase_consultation, list, patients_of, tidy};
pub use verdict::Finding;
