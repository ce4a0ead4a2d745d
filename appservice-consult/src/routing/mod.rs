//! Routing: what waits finds its operator by itself.
//!
//! `model.rs` is the picture of the desk that decisions are made from, `snapshot.rs` reads it, `matching.rs` decides and is pure, `drain.rs` asks;
//! `colleague.rs` says who would take what somebody leaves.
//!
//! An offer is a phase of the consultation (`consultation/machine.rs`): it is taken, passed, or lapses, and what waits keeps its place meanwhile. Whoever lets
//! one lapse is not at his desk: he becomes away, so that the next patient does not wait for him too.

mod colleague;
mod drain;
mod matching;
mod model;
mod snapshot;

pub use colleague::colleagues;
pub use drain::{drain, run};
pub use matching::matched;
pub use model::{Agent, Match, Overflow, Readiness, Rule, Rules, Strategy, Waiting};
pub use snapshot::Snapshot;
