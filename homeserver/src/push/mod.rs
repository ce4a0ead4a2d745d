//! Push rules: which events notify whom. Stored for each user, evaluated when an event is appended, read back as unread counts.
//!
//! Unread counts cost what differs: the predefined rules are evaluated once for an event, for a member who is not mentioned, and
//! kept in the event's timeline row. Only members whose own rules say otherwise, or who are mentioned, get a row.
//!
//! Source: client-server API v1.19 §Push notifications. Pushers and gateways come later.

mod predefined;
pub mod routes;
mod rules;

pub use rules::{ChangeError, PushRows, Rules, nobody, parse};
