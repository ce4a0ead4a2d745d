-- The keeper's own rows. Ciphertext, ids and marks only: nothing here can be read as a message.
CREATE TABLE about (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rooms (
    room_id            TEXT PRIMARY KEY,
    encryption         TEXT,                              -- content of m.room.encryption, JSON; never unset
    history_visibility TEXT NOT NULL DEFAULT 'shared',
    complete           INTEGER NOT NULL DEFAULT 0         -- 1: everything since the creation, or the state, was read
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
    room_id    TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    membership TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE waiting (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id    TEXT NOT NULL UNIQUE,
    room_id     TEXT NOT NULL,
    sender      TEXT NOT NULL,
    session_id  TEXT NOT NULL,
    sent_at_ms  INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    withheld    TEXT,
    event       TEXT NOT NULL,                            -- the encrypted event, JSON
    readable_in TEXT,                                     -- the transaction in whose answer it became readable
    withheld_in TEXT                                      -- the transaction in whose answer `withheld` was told
) STRICT;
CREATE INDEX waiting_by_session ON waiting (room_id, session_id);

CREATE TABLE message_indexes (
    session_id    TEXT NOT NULL,
    message_index INTEGER NOT NULL,
    event_id      TEXT NOT NULL,
    PRIMARY KEY (session_id, message_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE handed_over (
    room_id     TEXT NOT NULL,
    device_key  TEXT NOT NULL,                            -- Curve25519 identity key of the device
    session_id  TEXT NOT NULL,
    first_index INTEGER NOT NULL,
    PRIMARY KEY (room_id, device_key, session_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE bundles (
    room_id TEXT NOT NULL,
    sender  TEXT NOT NULL,
    PRIMARY KEY (room_id, sender)
) STRICT, WITHOUT ROWID;
