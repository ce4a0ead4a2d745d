//! A complete Matrix homeserver: accounts, rooms, sync, encryption support, media, application services.
//!
//! Start at [`server::Server`]; `router.rs` lists every endpoint; a folder is a feature (`routes → service → store`).
//!
//! Deliberately absent: anything about consultations, global state, an internal event bus.

pub mod account;
pub mod account_data;
pub mod appservice;
pub mod backup;
pub mod changes;
pub mod context;
pub mod delayed_events;
pub mod discovery;
pub mod errands;
pub mod feeds;
pub mod filter;
pub mod horizon;
pub mod housekeeping;
pub mod http;
pub mod ids;
pub mod keys;
pub mod keyspaces;
pub mod media;
pub mod openid;
pub mod policy;
pub mod profile;
pub mod proxy;
pub mod receipts;
mod router;
pub mod rtc;
pub mod secrets;
pub mod server;
pub mod sync;
pub mod tenant;
pub mod to_device;
pub mod transactions;
pub mod typing;
pub mod writer;
// room
pub mod push;
pub mod room;

pub use context::Context;
pub use server::{EngineKind, RegistrationConfig, RtcConfig, Server, ServerConfig, TenantConfig};
pub use tenant::Tenant;
