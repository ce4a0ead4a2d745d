//! Call-backs (заявки): a patient who does not want to write, or to wait, is called.
//!
//! - **Call-back**: ordered by a patient in the app, by a visitor of the partner's site (`form.rs`), or by itself; waits in a queue until an operator takes it,
//!   who calls in the app or by telephone and writes down what came of it.
//! - **Window**: when the patient wants to be called, in his own time zone; without one, as soon as possible.
//! - **Due**: when he has to have been called by; later it is **overdue**, which alerts the supervisors.
//!
//! | file | decides |
//! |---|---|
//! | `machine.rs` `state.rs` `command.rs` | where it stands; pure |
//! | `due.rs` | windows, when it is due; pure |
//! | `offer.rs` | whether a patient is offered one; pure |
//! | `challenge.rs` | work against robots; pure |
//! | `order.rs` `form.rs` | how one begins |
//! | `desk.rs` | what people do with it |
//! | `sight.rs` | which of them a member of staff sees; pure |
//! | `transition.rs` `effects.rs` | one step, in one SQL transaction |
//! | `timeout.rs` `erase.rs` | what happens because time passes |
//! | `seal.rs` | its record in the archive |
//! | `record.rs` `list.rs` `details.rs` | rows, lists, what is personal |
//!
//! Invariants: at most one is open in a conversation (unique index); a take is one guarded update, so exactly one of several wins; who has one in his hands is
//! in the conversation's room and may call there, and nobody else by it; what is personal is sealed at rest; the machine reads no clock.

mod challenge;
mod command;
mod desk;
mod details;
mod due;
mod effects;
mod erase;
mod error;
mod form;
mod list;
mod machine;
mod offer;
mod order;
pub(crate) mod problem;
mod record;
mod seal;
mod sight;
mod state;
mod timeout;
mod transition;

pub use challenge::{Challenge, ChallengeError, GOOD_SECONDS, issue as issue_challenge, zero_bits};
pub use command::{Action, Canceller, Command, Effect, Notice, Refusal, Right, TakeRight};
pub use desk::{Desk, cancel, move_to};
pub use erase::{Left, erase_old, erase_patient};
pub use error::CallbackError;
pub use form::{Visitor, forget_expired, form, fresh_challenge, order as order_by_form, queues as form_queues};
pub use list::{Filter, Found, due_of, list, stages_of};
pub use machine::step;
pub use offer::{Standing, offer};
pub use order::{Order, Outcome, order, order_for_missed_call};
pub use record::{
    Record, STAGE_TAKEN, held_by, holder_in, holders_in, load, load_open, load_some, open_of_patient,
    stage as stage_of_phase,
};
pub use seal::{name_of, open, seal};
pub use sight::{knows, sees};
pub use state::{Ending, Phase, State, When};
pub use timeout::run_due;
pub use transition::{Step, history};
