//! Conclusions: what an operator writes down for the patient, by the template of the queue, signs, and may amend. One for a consultation, shaped as FHIR's
//! `Composition`: title, subject, author, sections with codes.
//!
//! - **Draft**: what is being written; saved as it is typed, guarded by its version, so that of two who write at once the second is told.
//! - **Version**: what was signed. It never changes: its number, who signed it when, and the SHA-256 of its content are kept beside it.
//! - **Amendment**: a further version, with the reason; the ones before stay.
//!
//! | file | decides |
//! |---|---|
//! | `access.rs` | who reads, writes and signs; pure |
//! | `template.rs` | which sections there are, what they may say, which are missing; pure |
//! | `document.rs` | what is signed: the persisted form |
//! | `draft.rs` | reading and saving what is being written |
//! | `sign.rs` | signing and amending |
//! | `signature.rs` | the border to whoever makes signatures |
//! | `provider.rs` | a provider of the partner's, over HTTP |
//! | `later.rs`, `pending.rs` | what waits for its signature, and asking for it until it comes |
//! | `read.rs` | versions and documents, each reading audited |
//! | `archive.rs` | whether a close has to wait for it; what the archive takes |
//! | `record.rs` | rows |
//! | `pdf/` | the document as PDF |
//!
//! Invariants: drafts, contents and reasons are sealed at rest; a signed version is never changed; no event of a stream and no line in a room carries a text;
//! what waits for a signature of somebody else's is kept before he is asked, and goes only with his answer or a change of the draft;
//! a patient reads what was signed and nothing else; the same version gives the same bytes of PDF while the brand's letterhead stays the same.

mod access;
mod archive;
mod document;
mod draft;
mod error;
mod later;
mod pdf;
mod pending;
pub(crate) mod problem;
mod provider;
mod read;
mod record;
mod sign;
mod signature;
mod template;

pub use access::Writer;
pub use archive::{is_missing, mark_sealed, not_sealed, sealed_document};
pub use document::Document;
pub use draft::{Draft, preview, read as read_draft, save};
pub use error::ConclusionError;
pub use later::{ask_due, run};
pub use pending::{Pending, Standing};
pub use provider::Provider;
pub use read::{Reader, read_pdf, versions};
pub use record::{Record, Signed, erase_consultation, erase_patient, load, of_consultations, signers};
pub use sign::{Intent, sign};
pub use signature::{Signature, SignatureError, Signer, SimpleSignature, ToSign};
pub use template::Section;
