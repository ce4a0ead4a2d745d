//! What every application service of Consilium shares: its registration, the endpoint that takes transactions, a client that acts as its users, ghosts.
//!
//! ```text
//! homeserver ── PUT /_matrix/app/v1/transactions/{txnId} ──► endpoint.rs ──► Receiver (the service's intake)
//! homeserver ◄── Client-Server API as @user ─────────────── client.rs   ◄── the service
//! ```
//!
//! Deliberately absent: encryption (the keeper's crate), any decision of a particular service, a store.
//! Source: Matrix v1.19, Application Service API.

pub mod client;
pub mod endpoint;
pub mod ghosts;
pub mod registration;
mod secret;

pub use client::{AppserviceClient, ClientError, Membership, SignedIn, WhoAmI};
pub use endpoint::{ReceiveError, Receiver, Service, router};
pub use registration::{Namespace, Namespaces, Registration};
pub use secret::Secret;
