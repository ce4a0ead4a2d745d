//! Consultations: one session of care inside a conversation. The words of the whole crate are defined here.
//!
//! - **Conversation**: the permanent room of a patient and a circle; it holds at most one open consultation.
//! - **Consultation**: asked by the patient, waits in a **queue**, is led by an operator, ends archived, cancelled or abandoned.
//! - **Phase**: where it stands (`state.rs`); **stage**: the phase as lists sort it: waiting, active, on hold, ended.
//! - **Command**: what somebody wants; **refusal**: why not; **effect**: what has to follow (`command.rs`).
//! - **Lead**: the operator who answers for it; **team**: lead and colleagues in it now. Who leads is at work in it: a colleague who was asked in counts for no
//!   load of his own, for he may go whenever he likes.
//!
//! `machine.rs` decides and is pure; `transition.rs` applies a command in one SQL transaction; `open.rs` begins one, exactly once for each request;
//! `timeout.rs` and `silence.rs` what happens because time passes; `change_answers.rs` what the patient answers anew while it waits; `correct_person.rs` for whom it is;
//! `device_check.rs` what his device did in a test; `sla.rs` is what a queue promises; `sight.rs` how much of it a member of staff sees, and `reading.rs` that its answers were read; `record.rs` is the row;
//! `list.rs` and `order.rs` find rows, `found.rs` by what names them elsewhere, `seen.rs` those of one operator; `count.rs` counts them.
//!
//! Invariants: at most one open consultation in a conversation (unique index); a take is one guarded update, so exactly one of several wins; what a
//! transition changes (row, team, history, audit, counts, effects, changes) is in one SQL transaction; the machine reads no clock.

pub mod change_answers;
pub mod command;
pub mod correct_person;
pub mod count;
pub mod device_check;
pub mod effects;
pub mod error;
pub mod found;
pub mod list;
pub mod machine;
mod narrowing;
mod offer;
pub mod open;
pub mod order;
pub(crate) mod problem;
pub mod reading;
pub mod record;
mod seen;
pub mod sight;
pub mod silence;
pub mod sla;
pub mod state;
pub mod team;
pub mod timeout;
pub mod transition;

pub use command::{Action, Command, Duty, Effect, Guest, Line, Notice, Refusal, Right, TakeRight, Target, Urgency};
pub use error::ConsultationError;
pub use machine::{TEAM_MAX, step, was_said_before_the_end};
pub use narrowing::Narrowing;
pub use record::Record;
pub use sight::Sight;
pub use sla::{Deadline, Promise};
pub use state::{Mark, Marks, Phase, State, Team, Transfer};
pub use transition::transfer_target;
