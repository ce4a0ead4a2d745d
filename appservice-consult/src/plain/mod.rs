//! Plain replies: a patient at whichever Matrix client chooses a service, agrees, answers, asks, follows and ends a consultation by ordinary messages.
//!
//! He invites the keeper to a direct room, the **desk's room**, one of each patient. There services are chosen, and nothing else: no operator ever reads it. What
//! he asks he writes in the conversation, an encrypted room that the service makes and asks him into, as it does for its own apps; his first message there begins
//! the consultation. In both rooms a **command** is a word alone in a message.
//!
//! | file | decides |
//! |---|---|
//! | `heard.rs` | what a message means; pure |
//! | `dialogue.rs` | the machine of the desk's room; pure |
//! | `form.rs` | questions of a service, and what a reply means as an answer; pure |
//! | `in_talk.rs` | commands in a conversation; pure |
//! | `words.rs` | what is said, in Russian and English; pure |
//! | `model.rs` | the values that these decide from |
//! | `look.rs` | the desk as a patient finds it: services, consents, what is open |
//! | `door.rs` | who is let in, and into which room |
//! | `talk.rs` | a message in the desk's room; a command in a conversation |
//! | `choice.rs` | the service that was chosen: the way into its conversation, and its first message |
//! | `follow.rs` | what a patient is told of the steps of his consultation |
//! | `say.rs` | how words come into a room |
//! | `store.rs` | rows |
//!
//! Invariants: what follows from a message is in the transaction that takes it; nothing that a patient wrote, and nothing that is answered, lies anywhere in the
//! clear; in a room that is not encrypted, and where somebody else is, nothing is talked about; a command counts only if it came encrypted, is counted as no
//! message and stands in no record; an agreement is a row of the ledger like that of an app, with the hash of the text that was shown and the session that agreed.
//!
//! Deliberately absent: asking for another person, call-backs, files at the desk: these are in the app.

mod choice;
mod dialogue;
mod door;
mod follow;
mod form;
mod heard;
mod in_talk;
mod look;
mod model;
mod say;
mod store;
mod talk;
mod words;

pub use choice::{Chosen, PrepareError, prepare, take_choice};
pub use door::{DoorError, answer_door, company, encrypted, invited, leave, left};
pub use follow::{follow, say_place};
pub use say::say;
pub use store::{forget_old, room_of};
pub use talk::{at_desk, obeyed};
pub use words::link;
