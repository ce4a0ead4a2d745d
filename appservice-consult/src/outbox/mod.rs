//! What has to happen outside the database after a step: rows written in the step's transaction, carried out by an idempotent worker.
//!
//! `task.rs` is what a row says; `store.rs` holds the rows; `carry_out.rs` does one; `notice.rs` the words said in rooms; `worker.rs` runs lanes.
//!
//! Invariants: a lane (a conversation) is carried out in order, one at a time; a row goes only when its task is done or given up, so a crash repeats tasks
//! and never loses one; each task is idempotent; what can pass is tried again with growing pauses; what cannot is kept, with its reason, and the lane goes on.

mod carry_out;
mod notice;
mod store;
mod task;
mod worker;

pub(crate) use carry_out::since;
pub use store::{append, is_empty};
pub use task::Task;
pub use worker::Worker;
