//! Canned replies: texts that operators write again and again, with placeholders that the console fills in.
//!
//! - **Shared**: everybody's, kept by supervisors. **Personal**: one operator's own; nobody else sees it.
//! - **Shortcut**: the word behind `/` in the composer; one for each language among the shared ones, and one among each operator's own.
//! - **Files**: what the desk keeps (`desk_file`), named by the reply; they stand beside the draft of whoever inserts it, and go out with it. A reply may be files
//!   alone. A change that says nothing of them leaves them.
//! - **Placeholder**: `{{patient.name}}`; an unknown one is refused when the reply is saved, so that none is found in front of a patient.
//!
//! `content.rs` checks what a reply may be, pure; shortcuts, texts and placeholders are checked as in the brand folder (`consilium_config::brand`). `service.rs`
//! is what is done, `folder.rs` what the brand folder brings, `store.rs` the rows.
//!
//! Invariants: each version is kept with who wrote it; a reply holds no patient's data; patients are told nothing of it.

mod content;
mod folder;
mod problem;
mod service;
mod store;

pub use content::Content;
pub use folder::from_folder;
pub use service::{CannedError, Change, Editor, Files, change, create, list, of_listener, remove, shared, versions};
pub use store::{Action, Record, Version, files, load};
