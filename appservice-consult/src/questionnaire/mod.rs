//! Questions that a patient answers when he asks: what an operator knows before he takes the consultation, without reading what was said.
//!
//! `answers.rs` says what an answer may be and which are red flags, `shown.rs` puts them into a language, both pure; `store.rs` keeps the answers beside the
//! questions as they were asked.
//!
//! Invariants: what is kept was whole and valid by the questions of that moment, and is read with those questions, whatever the brand asks later; answers
//! are sealed, stand in the consultation's record, and go with its erasure; a red flag raises the priority in the transaction that keeps it. What a patient answers
//! anew while he waits takes the place of what he answered before.

mod answers;
mod shown;
mod store;

pub use answers::{RED_FLAG_PRIORITY, checked, checked_value, has_red_flag, is_asked, urgency_of_change};
pub use shown::{Language, answered, asked};
pub use store::{
    Given, Response, Summary, as_asked, erase_consultation, keep, of_consultation, summaries, with_red_flag,
};
