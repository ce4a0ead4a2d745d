//! Canned replies: texts that operators write again and again, with placeholders that the console fills in.
//!
//! - **Shared**: everybody's, kept by supervisors. **Personal**: one operator's own; nobody else sees it.
//! - **Shortcut**: the word behind `/` in the composer; one for each language among the shared ones, and one among each operator's own.
//! - **Placeholder**: `{{patient.name}}`; an unknown one is refused when the reply is saved, so that none is found in front of a patient.
//!
//! `content.rs` checks what a reply may be; `placeholders.rs` reads placeholders; both are pure. `service.rs` is what is done, `store.rs` the rows.
//!
//! Invariants: each version is kept with who wrote it; a reply holds no patient's data; patients are told nothing of it.

mod content;
mod placeholders;
mod problem;
mod service;
mod store;

pub use content::{Content, is_shortcut, is_text};
pub use placeholders::check as check_placeholders;
pub use service::{CannedError, Editor, change, create, list, of_listener, remove, versions};
pub use store::{Action, Record, Version};
