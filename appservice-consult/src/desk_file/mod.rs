//! Files that the desk keeps, to send them again and again: a list of what to bring, a form to fill in.
//!
//! A member of staff keeps one, a macro or a canned reply names it, and the client of whoever uses that sends it, encrypted for the conversation like any other
//! file: the service never does. All of staff may read them, no patient may; what a patient is sent is a copy in his own conversation.
//!
//! A file that neither a macro nor a reply names goes by itself after a time in which an earlier version can be brought back.
//!
//! `content.rs` checks what may be kept, pure; `service.rs` is what is done; `store.rs` the rows.
//!
//! Invariants: contents are sealed at rest; no file is a patient's.

mod content;
mod problem;
mod service;
mod store;

pub use content::{File, named};
pub use service::{DeskFileError, all, keep, keep_within, read, same, settle};
