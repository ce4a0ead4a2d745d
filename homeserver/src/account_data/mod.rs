//! Account data: what clients keep with their account, globally or for a room; tags are one type of it.
//!
//! Source: client-server API v1.19 §Client Config, §Room Tagging. Invariants: content is a JSON object; a stream row of each user says what changed
//! where, at most one for each (room, type).

mod ignored;
mod routes;
mod service;
mod tags;

pub use ignored::Ignored;
pub use routes::{delete_global, delete_room, get_global, get_room, put_global, put_room};
pub use service::{AccountData, AccountDataError, Datum, DatumRow, StoredDatum};
pub use tags::{delete_tag, get_tags, put_tag};
