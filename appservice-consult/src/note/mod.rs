//! Notes of staff on a conversation: what colleagues have to know and the patient never sees.
//!
//! - **Note**: a text of one author on a conversation; edited by him and deleted by him within a time, deleted by a supervisor at any. A deleted one leaves a
//!   tombstone: who, when, by whom.
//! - **Mention**: a colleague named in a note. He is told, and may read the conversation's notes for a time (`consult.note_mention_hours`), however far his
//!   other rights go; the mention and its end go with the text that named him.
//!
//! | file | decides |
//! |---|---|
//! | `access.rs` | who may read and write the notes of a conversation |
//! | `text.rs` | what a note may say; pure |
//! | `write.rs` | writing, editing, deleting, erasing |
//! | `mention.rs` | mentions: granted, seen, taken back |
//! | `read.rs` | pages of notes, former texts |
//! | `record.rs` | rows |
//!
//! Invariants: texts are sealed at rest; each reading is an audit entry like the reading of the card; no event of the stream carries a text, and who may not read
//! the notes hears of none; nothing of notes is told to a patient.

mod access;
mod error;
mod mention;
mod problem;
mod read;
mod record;
mod text;
mod write;

pub use access::{Ground, Mentions, Readers, Writer, lent};
pub use error::NoteError;
pub use mention::{MentionRecord, mention, mentions, mentions_of, see, unseen};
pub use read::{of_conversation, of_patient, versions};
pub use record::{Record, Version, load, of_consultation};
pub use text::colleagues;
pub use write::{AUTHOR_SECONDS, delete, edit, erase_consultation, erase_patient, write, write_for_rule, write_within};
