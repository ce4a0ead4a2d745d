//! End-to-end encryption keys: what devices publish, claim from each other and sign.
//!
//! Source: client-server API v1.19 §End-to-end encryption (key management, cross-signing, device lists).
//!
//! Invariants:
//! - A one-time key is handed out once: the row that names it becomes «claimed» under a guard, and stays, so that the same key uploaded again
//!   is not handed out again.
//! - Keys that belong to another user or device than their uploader are refused.
//! - Signatures lie beside the keys, each with its signer: a user sees his own and the owner's, never those of third users.
//! - Every change that others must hear of is a row of the device-list stream, in the batch that makes it.

mod changes;
mod claim;
mod cross_signing;
mod device_lists;
mod error;
mod query;
mod records;
pub mod routes;
mod service;
mod signatures;
mod signed;
mod upload;

pub use changes::DeviceListChange;
pub use cross_signing::{NewSigningKeys, Plan};
pub use device_lists::{ChangedUsers, DeviceListRows};
pub use error::KeyError;
pub use query::Queried;
pub use records::{FallbackKey, OneTimeKey, OneTimeKeyId, Usage};
pub use service::{KeyCounts, KeyRows, Keys};
