//! The keeper: the service's own user as an end-to-end encrypted member, over the application-service API.
//!
//! It reads what patients and operators write in conversations, answers in them, and hands the keys of the history to
//! whoever joins a consultation (MSC4268). Only this crate names matrix-sdk-crypto, matrix-sdk-sqlite and ruma 0.16;
//! no type of theirs crosses its border.
//!
//! ```text
//! transaction → Keeper::receive → Received { events, late, … } → the consultation service's SQL → 200
//! command     → Keeper::send / hand_over / …                  → homeserver
//! ```
//!
//! # What was decided
//!
//! - **One task, one queue.** The crypto machine's calls have an order (`task.rs`); a task that owns it is the only way
//!   to be sure of it. Each call here is a command in a bounded queue.
//! - **Exactly once**: crypto store, then the keeper's SQL file, then the answer, then the caller's SQL, then the 200.
//!   A repeated transaction gives the same answer, also its `late` events: they are forgotten only when the *next*
//!   transaction comes, for then this one was acknowledged.
//! - **Members come from transactions**, but before each message the keeper asks the homeserver who is in the room: a
//!   removal that is not yet in a transaction must not give the removed one a key.
//! - **Replays are refused**: the keeper remembers which event used which message index of a session.
//! - **Nothing goes to a replaced identity** before `approve_identity`: no history, no room key.
//! - **Ciphertext only** at rest: the crypto store is encrypted with `keeper.key`; the keeper's own SQL file holds
//!   encrypted events that wait, members' ids and session ids, never plaintext.
//!
//! Absent on purpose: creating rooms, inviting, removing, state events (the consultation service speaks plain
//! Client-Server API for those), interactive verification, server-side key backup.

mod backup;
mod bundle;
mod config;
mod error;
mod handover;
mod homeserver;
mod keeper;
mod lease;
mod machine;
mod membership;
mod outgoing;
mod reading;
mod receive;
mod received;
mod speaking;
mod startup;
mod store;
mod task;
#[cfg(feature = "test-client")]
pub mod test_client;
mod transaction;
mod trust;

pub use config::{Context, KeeperConfig, KeeperKey, Secret};
pub use error::KeeperError;
pub use keeper::Keeper;
pub use received::{
    Decrypted, DeviceChanges, HandOver, Identity, IdentityTrust, KeeperEvent, KeyCounts, Received, Sent, Verification,
    Waiting, WaitingReason,
};
pub use transaction::Transaction;
