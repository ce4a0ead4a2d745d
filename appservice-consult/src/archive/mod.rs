//! The archive: what was said in a consultation, and what came of a call-back, sealed when it ends.
//!
//! - `transcript.rs` makes the transcript from stored messages (edits folded in, redactions gone); pure.
//! - `keys.rs` the archive's keys: an age/X25519 recipient that records are sealed to, its identity that opens them, an ed25519 key that signs heads.
//! - `record.rs` seals and opens one record: its own key encrypts it, that key is sealed to the recipient and lies in a table of its own, so that destroying
//!   the key erases the record and leaves the chain whole.
//! - `chain.rs` hashes and signs; `anchor.rs` the copy of each head outside the database; `verify.rs` proves all of it.
//! - `tombstone.rs` what stays of records that were erased.
//! - `append.rs` appends a record to the chain; `seal.rs` seals a consultation in one transaction; `read.rs` lists and opens,
//!   `days.rs` finds a day's records.
//!
//! Invariants: a record's hash covers its ciphertext, its metadata and the hash before it; each hash is signed; a message leaves the `message` table in the
//! transaction that seals it; a removed, changed or reordered record and a cut tail are detected.

mod anchor;
mod append;
mod chain;
mod days;
mod error;
mod keys;
mod problem;
mod read;
mod record;
mod seal;
mod store;
mod tombstone;
mod transcript;
mod verify;

pub use anchor::Anchor;
pub use append::{Appended, Counts, Subject, anchor_head, append, open_one};
pub use error::ArchiveError;
pub use keys::{ArchiveKeys, KeyFiles};
pub use read::{Filter, Form, Opened, Share, Whole, few, list, many, open, said_in, whole};
pub use record::Content;
pub use seal::seal;
pub use store::{hash_at, head, message_place, reaction_place};
pub use tombstone::{Inscription, Stone, Tombstone, bury, files_of, reason_hash, stone};
pub use transcript::{StoredMessage, body, replaced, transcript};
pub use verify::{ArchiveFault, Proof, Verified, mend_anchor, verify, verify_end};
