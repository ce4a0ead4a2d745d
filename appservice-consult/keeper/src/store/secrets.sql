-- Version 2: secrets of the accounts' key backups, sealed with a sub-key of keeper.key, bound to server and account.
CREATE TABLE secrets (
    user_id       TEXT PRIMARY KEY,
    sealed        BLOB,                                   -- null: the person took it into his own hands
    changed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
