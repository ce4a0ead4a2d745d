//! Tags: words that staff puts on consultations, to find them again and to count them.
//!
//! A tag has a name in each language of the brand and a colour by role (`TagColor`), never a colour value: what it looks like is the brand's. It is archived and
//! not deleted: consultations keep theirs, and no new one gets it.
//!
//! `content.rs` checks what a tag may be, pure; `service.rs` is what is done, `folder.rs` what the brand folder brings; `store.rs` the rows.
//!
//! Invariants: names are unique in each language among those in use; patients are told nothing of tags, not even that one changed.

mod content;
mod folder;
mod problem;
mod service;
mod store;

pub use content::Content;
pub use folder::from_folder;
pub use service::{Change, Standing, TagError, Wanted, add, change, create, list, put_on, remove, take_off};
pub use store::{Record, consultations_with, erase_consultation, load, of_consultations};
