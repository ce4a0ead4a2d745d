//! Send-to-device messages: from one device to others, in order, kept until they were delivered.
//!
//! Source: client-server API v1.19 §Send-to-Device messaging.
//!
//! Invariants:
//! - A message is on disk before it is acknowledged to its sender, and is deleted only when the receiving client comes with the token of the
//!   answer that held it. A device that is deleted takes its messages with it.
//! - One transaction id of a device sends once.
//! - Messages for users of an application service are outbox rows of that service, in one order with the events it gets; they have no other inbox.

mod routes;
mod service;

pub use routes::send;
pub use service::{ToDevice, ToDeviceError, ToDeviceRows, trim_transactions};
