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
//! # Which file decides what
//!
//! | question | file |
//! |---|---|
//! | in which order things happen in a transaction | `receive.rs` |
//! | who gets the key of a message | `speaking.rs` |
//! | who gets the keys of the history, and of which sessions | `handover.rs` |
//! | whose identity is believed | `trust.rs`, and of the keeper's own `outgoing.rs` |
//! | which bundles are taken from others | `bundle.rs` |
//! | what an unreadable event means | `reading.rs` |
//! | what state events mean, whom to track, when to rotate | `membership.rs` |
//! | what a start makes and what it refuses | `startup.rs`, `lease.rs` |
//! | which secrets of key backups are kept, and how | `secrets.rs` |
//! | what a backup holds and how it comes back | `backup.rs` |
//! | names on the wire of a transaction | `transaction.rs` |
//! | rows | `store/` |
//!
//! # What was decided
//!
//! - **One task, one queue.** The crypto machine's calls have an order; a task that owns it is the only way to be sure of
//!   it. Each call here is a command in a bounded queue.
//! - **Exactly once**: crypto store, then the keeper's SQL file, then the answer, then the caller's SQL, then the 200.
//!   A repeated transaction gives the same answer, also its `late` events: they are forgotten only when the *next*
//!   transaction comes, for then this one was acknowledged.
//! - **Members come from transactions**, but before each message the keeper asks the homeserver who is in the room: a
//!   removal that is not yet in a transaction must not give the removed one a key.
//! - **Counts of one-time keys are a hint**: a transaction's count is as old as the transaction. Where it differs from
//!   what the keeper believes, it asks.
//! - **Nothing goes to a replaced identity** before `approve_identity`: no history, no room key (`Sent::left_out`).
//! - **The homeserver is not believed about the keeper's own identity**: one false answer would otherwise make the crypto
//!   library throw the private keys away.
//! - **Replays are refused**: the keeper remembers which event used which message index of a session.
//! - **A set-up or a restore that was cut off** is finished, or told, at the next start. Nothing is reset silently.
//! - **Secrets of key backups** are made by the keeper, one for each account, at the first request; concurrent first requests get the
//!   same one. Who takes his own into his hands leaves a mark, so that no new one is made behind his back.
//! - **Ciphertext only** at rest: the crypto store is encrypted with `keeper.key`; the keeper's own SQL file holds
//!   encrypted events that wait, sealed secrets, ids of members, sessions and events, never plaintext.
//!
//! Absent on purpose: creating rooms, inviting, removing, state events (the consultation service speaks plain
//! Client-Server API for those), interactive verification, server-side key backup, deletion of old bundles' media (the
//! Client-Server API has no call for it).

mod attachment;
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
mod secrets;
mod speaking;
mod startup;
mod store;
mod task;
#[cfg(feature = "test-client")]
pub mod test_client;
mod transaction;
mod trust;

pub use attachment::{AttachmentError, open_file};
pub use config::{Context, KeeperConfig, KeeperKey, Secret};
pub use error::KeeperError;
pub use keeper::Keeper;
pub use received::{
    Decrypted, DeviceChanges, HandOver, History, Identity, IdentityTrust, KeeperEvent, KeyCounts, Received, Sent,
    Verification, Waiting, WaitingReason,
};
pub use secrets::{BackupSecret, Custody, SecretWish};
pub use transaction::Transaction;
