//! Every persisted key of a tenant: the only file that names tables and tags.
//!
//! A table is a column family, named by how it is read. A tag is one byte below a table, unique there, and never used again for
//! something else. Values that are not plain bytes are defined beside the feature that owns them.

use bytes::Bytes;
use consilium_store::{Access, Keyspace, Position, Table};

use crate::{
    account::{AccessToken, Account, Device, EndedToken, LoginToken, RefreshToken, TokenHash},
    account_data::{DatumRow, StoredDatum},
    appservice::OutboxItem,
    backup::{BackupKey, BackupVersion},
    changes::Changes,
    delayed_events::{DelayedEvent, Schedule},
    errands::Errand,
    ids::{RoomKey, UserKey},
    keys::{DeviceListChange, FallbackKey, OneTimeKey, OneTimeKeyId},
    media::{MediaRow, ThumbnailRow},
    openid::OpenIdToken,
    receipts::{Receipt, ReceiptRef},
    room::{
        rows::{Bundle, EventPlace, MemberRow, Notice, RelatedRow, RoomHead, RoomInfo, StoredEvent, TimelineEntry},
        sticky::StickyRow,
    },
    transactions::Place,
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

// room
/// Where each room stands: one small row, written by each of its batches.
pub const HEADS: Table = Table { name: "heads", access: Access::Point };
/// Events: tag and room key first, then their numbers.
pub const EVENTS_TABLE: Table = Table { name: "events", access: Access::Scan { prefix_bytes: 9 } };
/// Event ids.
pub const EVENT_IDS_TABLE: Table = Table { name: "event_ids", access: Access::Point };
/// Timelines: tag and room key first, then the place.
pub const TIMELINE_TABLE: Table = Table { name: "timeline", access: Access::Scan { prefix_bytes: 9 } };
/// Nodes of room states.
pub const STATE_NODES_TABLE: Table = Table { name: "state_nodes", access: Access::Point };
/// Other rows of one room: tag and room key first.
pub const ROOM_ROWS: Table = Table { name: "room_rows", access: Access::Scan { prefix_bytes: 9 } };
/// Transactions of clients: tag and day first, so that old days go as a whole.
pub const TRANSACTIONS_TABLE: Table = Table { name: "transactions", access: Access::Point };

/// Every table, handed to the engine at open.
pub const TABLES: &[Table] = &[
    // rim
    POINTS,
    USER_ROWS,
    STREAMS,
    COUNTERS,
    // room
    HEADS,
    EVENTS_TABLE,
    EVENT_IDS_TABLE,
    TIMELINE_TABLE,
    STATE_NODES_TABLE,
    ROOM_ROWS,
    TRANSACTIONS_TABLE,
];

/// (position, index) → what the batch touched. Trimmed after days.
pub const CHANGES: Keyspace<(Position, u16), Changes> = Keyspace::new(STREAMS, 1);

/// Time in milliseconds → the position then. As many as the longest horizon has hours.
pub const STREAM_MARKS: Keyspace<u64, u64> = Keyspace::new(STREAMS, 2);
/// Stream → rows up to this position are gone.
pub const STREAM_TRIMS: Keyspace<u8, u64> = Keyspace::new(POINTS, 7);

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
/// User whose account is locked → since when (versioned).
pub const LOCKED_USERS: Keyspace<u64, u64> = Keyspace::new(POINTS, 24);
/// Hash of a token whose sign-in was ended from elsewhere → at whose word.
pub const ENDED_TOKENS: Keyspace<TokenHash, EndedToken> = Keyspace::new(POINTS, 25);
/// (time in milliseconds, hash): that is forgotten then.
pub const ENDED_TOKEN_ENDS: Keyspace<(u64, TokenHash), ()> = Keyspace::new(STREAMS, 22);
/// (user, device id) → device (versioned): the guard of all its tokens.
pub const DEVICES: Keyspace<(u64, String), Device> = Keyspace::new(USER_ROWS, 20);
/// (user, device id) → when it was seen last, in milliseconds.
pub const DEVICES_SEEN: Keyspace<(u64, String), u64> = Keyspace::new(USER_ROWS, 21);
/// (user, errand) → what is still to be done in his rooms (versioned).
pub const ERRANDS: Keyspace<(u64, u8), Errand> = Keyspace::new(STREAMS, 20);
/// User who had his account erased → when (versioned).
pub const ERASED_USERS: Keyspace<u64, u64> = Keyspace::new(STREAMS, 21);

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
/// Id → how far it was sent everything (versioned).
pub const APPSERVICE_PLACES: Keyspace<String, Place> = Keyspace::new(POINTS, 80);
/// (id, position, index) → what it is to be sent.
pub const APPSERVICE_OUTBOX: Keyspace<(String, u64, u16), OutboxItem> = Keyspace::new(STREAMS, 80);

// push: tags 50–54
/// User → ruleset as JSON (versioned), of users who changed the predefined one.
pub const PUSH_RULES: Keyspace<UserKey, Bytes> = Keyspace::new(POINTS, 50);

// room
/// Room → where it stands (versioned, guarded by its next number).
pub const ROOM_HEADS: Keyspace<RoomKey, RoomHead> = Keyspace::new(HEADS, 1);
/// Room → what never changes.
pub const ROOM_INFO: Keyspace<RoomKey, RoomInfo> = Keyspace::new(HEADS, 2);
/// (room, number) → event.
pub const EVENTS: Keyspace<(RoomKey, u64), StoredEvent> = Keyspace::new(EVENTS_TABLE, 1);
/// Event id in its short form → where it is.
pub const EVENT_IDS: Keyspace<Vec<u8>, EventPlace> = Keyspace::new(EVENT_IDS_TABLE, 1);
/// (room, place) → event's number (versioned: the position of its commit).
pub const TIMELINE: Keyspace<(RoomKey, i64), TimelineEntry> = Keyspace::new(TIMELINE_TABLE, 1);
/// (room, hash) → node of a state.
pub const STATE_NODES: Keyspace<(RoomKey, [u8; 16]), Bytes> = Keyspace::new(STATE_NODES_TABLE, 1);
/// (room, user) → membership.
pub const ROOM_MEMBERS: Keyspace<(RoomKey, UserKey), MemberRow> = Keyspace::new(ROOM_ROWS, 1);
/// (room, parent's number, child's place) → child.
pub const RELATED: Keyspace<(RoomKey, u64, i64), RelatedRow> = Keyspace::new(ROOM_ROWS, 2);
/// (room, number) → what is bundled with the event.
pub const BUNDLES: Keyspace<(RoomKey, u64), Bundle> = Keyspace::new(ROOM_ROWS, 3);
/// (room, number of a thread's root, user): the user wrote in the thread.
pub const THREAD_SENDERS: Keyspace<(RoomKey, u64, UserKey), ()> = Keyspace::new(ROOM_ROWS, 4);
/// (room, user, place) → what the event is to this user, where the predefined rules do not say it.
pub const PERSONAL_NOTICES: Keyspace<(RoomKey, UserKey, i64), Notice> = Keyspace::new(ROOM_ROWS, 5);
/// (room, place): the event there was redacted, and is nothing to anybody any more.
pub const REDACTED_PLACES: Keyspace<(RoomKey, i64), ()> = Keyspace::new(ROOM_ROWS, 6);
/// (room, place) → sticky event (versioned: the position of its commit).
pub const STICKY_EVENTS: Keyspace<(RoomKey, i64), StickyRow> = Keyspace::new(ROOM_ROWS, 7);
/// (time in milliseconds, room, place): the event there sticks until then.
pub const STICKY_ENDS: Keyspace<(u64, RoomKey, i64), ()> = Keyspace::new(STREAMS, 55);
/// (user, room) → membership (versioned: the position of its last change).
pub const USER_ROOMS: Keyspace<(UserKey, RoomKey), MemberRow> = Keyspace::new(USER_ROWS, 55);
/// (day, user, hash of device, path and transaction id) → what was sent.
pub const TRANSACTIONS: Keyspace<(u32, UserKey, [u8; 16]), EventPlace> = Keyspace::new(TRANSACTIONS_TABLE, 1);

// receipts
/// (room, user, who sees it, thread) → receipt (versioned).
pub const RECEIPTS: Keyspace<(RoomKey, UserKey, u8, String), Receipt> = Keyspace::new(ROOM_ROWS, 60);
/// (room, position, index) → which receipt moved; the row of its older place is deleted.
pub const RECEIPT_STREAM: Keyspace<(RoomKey, Position, u16), ReceiptRef> = Keyspace::new(ROOM_ROWS, 61);

// media: tags 90–94
/// Media id → what it is (versioned).
pub const MEDIA: Keyspace<String, MediaRow> = Keyspace::new(POINTS, 90);
/// (hash of the source, width, height, method) → thumbnail.
pub const THUMBNAILS: Keyspace<([u8; 32], u32, u32, u8), ThumbnailRow> = Keyspace::new(POINTS, 91);
/// (user, media id) → until when its content may come.
pub const MEDIA_PENDING: Keyspace<(u64, String), u64> = Keyspace::new(USER_ROWS, 90);
/// (time in milliseconds, media id): the media goes then.
pub const MEDIA_EXPIRIES: Keyspace<(u64, String), ()> = Keyspace::new(STREAMS, 90);
/// Hash of a blob → rows that refer to it.
pub const BLOB_REFERENCES: Keyspace<[u8; 32], i64> = Keyspace::new(COUNTERS, 90);
/// User, or 0 for all → bytes of media.
pub const MEDIA_BYTES: Keyspace<u64, i64> = Keyspace::new(COUNTERS, 91);

// OpenID: tags 95–96
/// Hash of an OpenID token → whose it is.
pub const OPENID_TOKENS: Keyspace<TokenHash, OpenIdToken> = Keyspace::new(POINTS, 95);
/// (time in milliseconds, hash): the token is over then.
pub const OPENID_ENDS: Keyspace<(u64, TokenHash), ()> = Keyspace::new(STREAMS, 95);

// delayed events: tags 97–99
/// (user, delay id) → what is to be sent. Never changes.
pub const DELAYED_EVENTS: Keyspace<(u64, String), DelayedEvent> = Keyspace::new(USER_ROWS, 97);
/// (user, delay id) → when it is to be sent, or what became of it (versioned).
pub const DELAYED_SCHEDULES: Keyspace<(u64, String), Schedule> = Keyspace::new(USER_ROWS, 98);
/// User → changes with each event that he has scheduled (versioned): the guard of how many they may be.
pub const DELAYED_GUARDS: Keyspace<u64, u64> = Keyspace::new(POINTS, 97);
/// Delay id → whose it is, while it can be acted on.
pub const DELAYED_OWNERS: Keyspace<String, u64> = Keyspace::new(POINTS, 98);
/// (time in milliseconds, user, delay id): then something is to be done about it.
pub const DELAYED_TIMES: Keyspace<(u64, u64, String), ()> = Keyspace::new(STREAMS, 97);
/// (day, user, hash of device, path and transaction id) → delay id. Trimmed after two days.
pub const DELAYED_TRANSACTIONS: Keyspace<(u32, u64, [u8; 16]), Bytes> = Keyspace::new(STREAMS, 98);
