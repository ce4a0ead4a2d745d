//! The copy of everything that a patient may have, as one ZIP archive: for himself, or by a supervisor at his written word.
//!
//! It is made while it is sent: nothing of it lies on the disk in the open, and no more than one consultation and one piece of a file are in memory. What could
//! not be read is named in it with the reason; nothing is missing silently.
//!
//! | file | decides |
//! |---|---|
//! | `export.rs` | who makes how many at once; the stream |
//! | `pack.rs` | what is put in, in which order |
//! | `gather.rs` | what is read, in the shape of `data.json` |
//! | `file.rs` | one file: from the homeserver, opened, into the archive |
//! | `names.rs` | names in the archive; pure |
//! | `page.rs` | `index.html` |
//! | `words.rs` | its words |
//!
//! Deliberately absent: what staff writes for itself (notes, tags, drafts, follow-ups, its own fields of a consultation).

mod export;
mod file;
mod gather;
mod names;
mod pack;
mod page;
mod problem;
mod words;

pub use export::{Asked, BUSY_RETRY_MS, ExportError, Places, export, file_name};
