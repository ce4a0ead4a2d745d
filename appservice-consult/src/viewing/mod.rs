//! Who else looks at a record: presence of staff on consultations, cards, call-backs, sealed records and settings.
//!
//! `board.rs` is all of it: which console looks at what, and the streams of those who look.
//!
//! Invariants: whoever hears of a record looks at it himself, and was allowed to when he said so; a console that says nothing for [`LIFE_SECONDS`] looks at
//! nothing; what is told costs as much as there are lookers, however many consoles are open.
//!
//! Deliberately absent: anything on disk (a restart forgets it, and each console says it again), who may see what (the views of the API).

mod board;

pub use board::{Board, CONSOLE_CHARACTERS_MAX, Ear, LIFE_SECONDS, Look, Screen, Seen};
