//! Conversations: the permanent, encrypted room of a patient and a circle.
//!
//! `room.rs` says what such a room is and makes it exactly once; `levels.rs` says who may write there; `store.rs` holds the rows; `keys.rs` hands the
//! history's keys over and remembers to how many devices; `circle.rs` who may know of one; `spoken.rs` says what its patient speaks. The keeper creates every
//! room and is its only power.

mod circle;
mod keys;
mod levels;
mod problem;
mod room;
mod spoken;
mod store;

pub use circle::serves;
pub use keys::{KeysError, give, hand_over_now, last_hand_over, note_hand_over, takes_part};
pub use levels::{LevelsError, set_levels, set_levels_later};
pub use room::{CONSULTATION_STATE, CONVERSATION_STATE, ensure_room, open_call_slot};
pub use spoken::{About, spoken};
pub use store::{Conversation, by_patient, by_room, ensure, load, load_many};
