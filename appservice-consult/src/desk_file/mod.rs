//! Files that the desk keeps, to send them again and again: a list of what to bring, a form to fill in.
//!
//! A supervisor keeps one, a macro names it, and the client of whoever runs the macro sends it, encrypted for the conversation like any other file: the service
//! never does. All of staff may read them, no patient may; what a patient is sent is a copy in his own conversation.
//!
//! A file that no macro names goes by itself after a time in which an earlier version of a macro can be brought back.
//!
//! `content.rs` checks what may be kept, pure; `service.rs` is what is done; `store.rs` the rows.
//!
//! Invariants: contents are sealed at rest; no file is a patient's.

mod content;
mod problem;
mod service;
mod store;

pub use content::File;
pub use service::{DeskFileError, all, keep, keep_within, read, same, settle};
