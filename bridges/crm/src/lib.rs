//! A bridge to a CRM, driven by a mapping file: what happens at the desk becomes requests of the CRM's REST API, and what happens there comes back.
//!
//! ```text
//! Consilium ── webhook ──► receive.rs (signature.rs) ──► work.rs ── step.rs ── request.rs ──► CRM
//!                                                          ▲  └─ store.rs: what is done, what is known, what was given up
//! CRM ── its own webhook ► receive.rs ─────────────────────┤
//! CRM ◄─ poll.rs: what is to be done there ────────────────┘  … and steps may ask Consilium by a partner's key
//! ```
//!
//! Invariants: a webhook is answered 2xx only when its work is done or written down as given up, so that Consilium, which keeps and repeats it, is the queue; a
//! step that was done is not done again under the same webhook id; one thing is done at a time for a patient; nothing personal is kept or logged: ids alone.
//!
//! Deliberately absent: a queue of our own, content of conversations (no webhook has it), anything that knows one particular CRM.

pub mod check;
pub mod config;
pub mod context;
mod credentials;
pub mod event;
mod example;
mod known;
mod lanes;
mod poll;
mod receive;
pub mod rehearsal;
mod request;
mod server;
mod signature;
mod step;
pub mod store;
mod template;
mod work;

pub use config::{Config, ConfigError};
pub use context::{Clock, SystemClock};
pub use server::{Bridge, OpenError};
pub use store::{Store, StoreError};

/// A ready mapping for a CRM with contacts, deals and tasks.
pub const EXAMPLE: &str = include_str!("../crm.example.toml");

/// The secrets that the mapping names and that are not there, as findings.
pub fn missing_secrets(config: &Config) -> Vec<consilium_config::Problem> {
    credentials::Credentials::read(config).err().unwrap_or_default()
}
