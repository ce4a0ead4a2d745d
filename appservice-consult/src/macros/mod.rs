//! Macros: what operators do again and again at once, under one name: a text and files to the patient, tags, a note of staff that may name colleagues, and at
//! last a hold, a transfer or the close.
//!
//! Text and files are sent by the operator's own client, because the conversation is encrypted and the service cannot write as him. Everything else is done here, after
//! it, in one SQL transaction: all of it or nothing, and a refusal names the step. A client asks before it sends the text whether the rest would be done
//! (`run.rs`, `check`): the same transaction, thrown away.
//!
//! A macro is archived and not deleted, as a tag is; who made it what stands in the audit log with the whole content, from where it is brought back. A macro
//! gives no right: each step is refused as it would be by hand. It holds no patient's data.
//!
//! `content.rs` checks what a macro may be, pure; `service.rs` keeps macros, `folder.rs` those that the brand folder brings, `run.rs` runs them, `store.rs` is the
//! rows.
//!
//! Deliberately absent: the order of steps as a choice. It is fixed (tags off, tags on, note, and what ends or puts aside), so no macro closes before it notes.

mod content;
mod folder;
pub(crate) mod problem;
mod run;
mod service;
mod store;

pub use folder::from_folder;
pub use run::{Runner, StepError, Wish, check, run};
pub use service::{MacroError, Wanted, change, create, files, list};
pub use store::{Record, load};
