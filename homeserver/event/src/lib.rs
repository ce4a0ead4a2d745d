//! The rules of the event graph, pure: build, hash, sign, authorize, redact, who may see what, and room state as a tree.
//!
//! Same input, same output: no clock, no randomness, no I/O, nothing of HTTP or of a database. Room versions 1–12 are
//! understood by `ruma`; those that may be created are in [`version`]. State resolution comes with federation: an event
//! carries everything that it needs (auth events, previous events, hashes, signatures).

pub mod authorize;
pub mod build;
pub mod pdu;
pub mod redact;
pub mod tree;
pub mod version;
pub mod visibility;

pub use authorize::{Denied, StateKey};
pub use build::{BuildError, Built, Draft, Place, Signer, StickyMs};
pub use pdu::Pdu;
pub use version::RoomRules;
pub use visibility::{HistoryVisibility, Membership};
