-- Files that the desk keeps to send them again and again, and what the brand folder began of tags, canned replies and macros. No patient's data. Times are
-- milliseconds since the Unix epoch.

-- Who stands where a row needs an author and it came with the brand folder: nobody signs in as him, and no list of staff has him.
INSERT INTO operator (id, user_id, name, role, status, status_since, capacity, created_at)
    VALUES ('brand', 'brand', 'brand', 'operator', 'offline', 0, 0, 0);

-- Kept while a macro names it, and for a while after.
CREATE TABLE desk_file (
    id           TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    media_type   TEXT   NOT NULL,
    size_bytes   BIGINT NOT NULL CHECK (size_bytes > 0),
    content_hash BYTEA  NOT NULL, -- SHA-256: the same file is kept once
    content      BYTEA  NOT NULL, -- sealed with the tenant's key
    kept_at      BIGINT NOT NULL,
    kept_by      TEXT   NOT NULL REFERENCES operator (id),
    unused_since BIGINT           -- null: a macro names it
);

-- What the folder said of a tag, a reply or a macro when it was looked at last, and which version was made of it: what has another version by now was changed in
-- the console, and stays so.
CREATE TABLE brand_entry (
    kind    TEXT   NOT NULL CHECK (kind IN ('tag', 'canned', 'macro')),
    id      TEXT   NOT NULL, -- of the row, and of the entry
    folder  TEXT,            -- JSON; null: the folder has it no more
    version BIGINT NOT NULL, -- of the row; 0: it was there before the folder said anything
    PRIMARY KEY (kind, id)
);
