//! Every persisted key of a tenant: the only file that names tables and tags.
//!
//! A table is a column family, named by how it is read. A tag is one byte below a table, unique there, and never used again for
//! something else. Values that are not plain bytes are defined beside the feature that owns them.

use bytes::Bytes;
use consilium_store::{Access, Keyspace, Position, Table};

use crate::{
    account::{AccessToken, Account, Device, LoginToken, RefreshToken, TokenHash},
    account_data::{DatumRow, StoredDatum},
    appservice::OutboxItem,
    backup::{BackupKey, BackupVersion},
    keys::{DeviceListChange, FallbackKey, OneTimeKey, OneTimeKeyId},
    sync::changes::Changes,
};

// rim
/// Point look-ups by a hash, a name or a short id.
pub const POINTS: Table = Table { name: "points", access: Access::Point };
/// Rows of one user: tag and user key first.
pub const USER_ROWS: Table = Table { name: "user_rows", access: Access::Scan { prefix_bytes: 9 } };
/// Rows in the order of their commits: tag first, then an owner or nothing.
pub const STREAMS: Table = Table { name: "streams", access: Access::Scan { prefix_bytes: 1 } };
/// Counters.
pub const COUNTERS: Table = Table { name: "counters", access: Access::Counter };

/// Every table, handed to the engine at open.
pub const TABLES: &[Table] = &[
    // rim
    POINTS, USER_ROWS, STREAMS, COUNTERS,
    // room
];

/// (position, index) → what the batch touched. Trimmed after days.
pub const CHANGES: Keyspace<(Position, u16), Changes> = Keyspace::new(STREAMS, 1);

// ids
/// User id → user key, and back.
pub const USER_BY_NAME: Keyspace<String, u64> = Keyspace::new(POINTS, 1);
pub const USER_NAMES: Keyspace<u64, Bytes> = Keyspace::new(POINTS, 2);
pub const ROOM_BY_NAME: Keyspace<String, u64> = Keyspace::new(POINTS, 3);
pub const ROOM_NAMES: Keyspace<u64, Bytes> = Keyspace::new(POINTS, 4);
pub const STATE_KEY_BY_NAME: Keyspace<String, u64> = Keyspace::new(POINTS, 5);
pub const STATE_KEY_NAMES: Keyspace<u64, Bytes> = Keyspace::new(POINTS, 6);

// account: tags 20–39
/// User key → account (versioned).
pub const ACCOUNTS: Keyspace<u64, Account> = Keyspace::new(POINTS, 20);
pub const ACCESS_TOKENS: Keyspace<TokenHash, AccessToken> = Keyspace::new(POINTS, 21);
pub const REFRESH_TOKENS: Keyspace<TokenHash, RefreshToken> = Keyspace::new(POINTS, 22);
pub const LOGIN_TOKENS: Keyspace<TokenHash, LoginToken> = Keyspace::new(POINTS, 23);
/// (user, device id) → device (versioned): the guard of all its tokens.
pub const DEVICES: Keyspace<(u64, String), Device> = Keyspace::new(USER_ROWS, 20);

// profile, account data, filters: tags 40–49
/// (user, field) → JSON.
pub const PROFILES: Keyspace<(u64, String), Bytes> = Keyspace::new(USER_ROWS, 40);
/// (user, room or 0, type) → content (versioned).
pub const ACCOUNT_DATA: Keyspace<(u64, u64, String), StoredDatum> = Keyspace::new(USER_ROWS, 41);
/// (user, position, index) → what changed; the row of an older change of the same entry is deleted.
pub const ACCOUNT_DATA_STREAM: Keyspace<(u64, u64, u16), DatumRow> = Keyspace::new(USER_ROWS, 42);
/// (user, filter id) → JSON.
pub const FILTERS: Keyspace<(u64, String), Bytes> = Keyspace::new(USER_ROWS, 43);

// keys: tags 60–69
/// (user, device) → JSON of the device keys, without `unsigned`.
pub const DEVICE_KEYS: Keyspace<(u64, String), Bytes> = Keyspace::new(USER_ROWS, 60);
/// (user, device, algorithm, position, index) → key that waits to be claimed, the oldest first.
pub const ONE_TIME_KEYS: Keyspace<(u64, String, String, u64, u16), OneTimeKey> = Keyspace::new(USER_ROWS, 61);
/// (user, device, key id) → that it was uploaded, and whether it was claimed (versioned).
pub const ONE_TIME_KEY_IDS: Keyspace<(u64, String, String), OneTimeKeyId> = Keyspace::new(USER_ROWS, 62);
/// (user, device, algorithm) → fallback key (versioned).
pub const FALLBACK_KEYS: Keyspace<(u64, String, String), FallbackKey> = Keyspace::new(USER_ROWS, 63);
/// (user, usage) → JSON of a cross-signing key (versioned); the row of the master key guards all.
pub const CROSS_SIGNING: Keyspace<(u64, u8), Bytes> = Keyspace::new(USER_ROWS, 64);
/// (owner, device id or public key, signer, signing key id) → signature.
pub const KEY_SIGNATURES: Keyspace<(u64, String, u64, String), Bytes> = Keyspace::new(USER_ROWS, 65);
/// (user, device, algorithm) → one-time keys that wait.
pub const ONE_TIME_KEY_COUNTS: Keyspace<(u64, String, String), i64> = Keyspace::new(COUNTERS, 60);
/// (position, index) → whose devices changed, who joined or left a room. Trimmed after days.
pub const DEVICE_LIST_STREAM: Keyspace<(u64, u16), DeviceListChange> = Keyspace::new(STREAMS, 60);

// to-device: tags 70–74
/// (user, device, position, index) → JSON of a message.
pub const TO_DEVICE: Keyspace<(u64, String, u64, u16), Bytes> = Keyspace::new(USER_ROWS, 70);
/// (user, device) → messages that wait; about, it only bounds them.
pub const TO_DEVICE_COUNTS: Keyspace<(u64, String), i64> = Keyspace::new(COUNTERS, 70);
/// (day, user, hash of device and transaction id) → it was sent. Trimmed after two days.
pub const TO_DEVICE_TRANSACTIONS: Keyspace<(u32, u64, [u8; 16]), ()> = Keyspace::new(STREAMS, 71);

// backup: tags 75–79
/// (user, version) → backup (versioned).
pub const BACKUP_VERSIONS: Keyspace<(u64, u64), BackupVersion> = Keyspace::new(USER_ROWS, 75);
/// (user, version, room, session) → key.
pub const BACKUP_KEYS: Keyspace<(u64, u64, String, String), BackupKey> = Keyspace::new(USER_ROWS, 76);

// appservice: tags 80–89
/// (id, position, index) → what it is to be sent.
pub const APPSERVICE_OUTBOX: Keyspace<(String, u64, u16), OutboxItem> = Keyspace::new(STREAMS, 80);
