//! Server-side backup of room keys, encrypted by the client.
//!
//! Source: client-server API v1.19 §Server-side key backups.
//!
//! Invariants: a version number is used once; the row of a version guards all its keys, and holds their count and etag; of two keys for one
//! session the better one stays.

mod records;
mod routes;
mod service;

pub use records::{BackupKey, BackupVersion};
pub use routes::{
    create_version, delete_key, delete_keys, delete_room_keys, delete_version, get_key, get_keys, get_latest_version,
    get_room_keys, get_version, put_key, put_keys, put_room_keys, put_version,
};
pub use service::{BackupError, BackupRows, Backups};
