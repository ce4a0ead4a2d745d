-- Notes of staff, canned replies, tags. Times are milliseconds since the Unix epoch.

-- Notes on a conversation. Patients never see them. `body` is sealed with the tenant's key.
CREATE TABLE note (
    id              TEXT   NOT NULL PRIMARY KEY,
    version         BIGINT NOT NULL, -- raised by each change; guards it
    conversation_id TEXT   NOT NULL REFERENCES conversation (id),
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    consultation_id TEXT   REFERENCES consultation (id), -- the latest when it was written; null: there was none
    request_id      TEXT   NOT NULL,
    author_id       TEXT   NOT NULL REFERENCES operator (id),
    created_at      BIGINT NOT NULL,
    edited_at       BIGINT,
    deleted_at      BIGINT,
    deleted_by      TEXT   REFERENCES operator (id),
    body            BYTEA, -- null: deleted
    UNIQUE (author_id, request_id),
    CHECK ((body IS NULL) = (deleted_at IS NOT NULL))
);
CREATE INDEX note_by_conversation ON note (conversation_id, created_at, id);
CREATE INDEX note_by_patient ON note (patient_id, created_at, id);

-- What a note said before it was edited. `body` is sealed with the tenant's key.
CREATE TABLE note_version (
    note_id TEXT   NOT NULL REFERENCES note (id),
    version BIGINT NOT NULL,
    at      BIGINT NOT NULL, -- when it was written so
    body    BYTEA  NOT NULL,
    PRIMARY KEY (note_id, version)
);

-- Who is mentioned in a note: he may read the conversation's notes until then. The row goes when the mention does; the audit log keeps that it was.
CREATE TABLE mention (
    id              TEXT   NOT NULL PRIMARY KEY,
    note_id         TEXT   NOT NULL REFERENCES note (id),
    conversation_id TEXT   NOT NULL REFERENCES conversation (id),
    operator_id     TEXT   NOT NULL REFERENCES operator (id),
    at              BIGINT NOT NULL,
    until           BIGINT NOT NULL,
    seen_at         BIGINT,
    UNIQUE (note_id, operator_id)
);
CREATE INDEX mention_by_operator ON mention (operator_id, at, id);
CREATE INDEX mention_unseen ON mention (operator_id) WHERE seen_at IS NULL;
CREATE INDEX mention_opens ON mention (operator_id, conversation_id, until);

-- Canned replies: texts that operators write again and again. No patient's data; what was removed stays for its history.
CREATE TABLE canned (
    id         TEXT   NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL, -- raised by each change; guards it
    owner_id   TEXT   NOT NULL, -- empty: shared
    language   TEXT   NOT NULL,
    shortcut   TEXT   NOT NULL, -- lower case
    title      TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    queues     TEXT   NOT NULL, -- JSON list of ids; empty: all
    changed_at BIGINT NOT NULL,
    changed_by TEXT   NOT NULL REFERENCES operator (id),
    removed_at BIGINT
);
CREATE UNIQUE INDEX canned_by_shortcut ON canned (owner_id, language, shortcut) WHERE removed_at IS NULL;

CREATE TABLE canned_version (
    canned_id  TEXT   NOT NULL REFERENCES canned (id),
    version    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    by_id      TEXT   NOT NULL REFERENCES operator (id),
    action     TEXT   NOT NULL CHECK (action IN ('created', 'changed', 'removed')),
    content    TEXT   NOT NULL, -- JSON
    PRIMARY KEY (canned_id, version)
);

-- Tags: words that staff puts on consultations. Archived instead of deleted, because old consultations keep theirs.
CREATE TABLE tag (
    id          TEXT   NOT NULL PRIMARY KEY,
    version     BIGINT NOT NULL, -- raised by each change; guards it
    names       TEXT   NOT NULL, -- JSON, by language
    color       TEXT   NOT NULL CHECK (color IN ('neutral', 'brand', 'info', 'success', 'warning', 'danger', 'note')),
    archived_at BIGINT,
    changed_at  BIGINT NOT NULL,
    changed_by  TEXT   NOT NULL REFERENCES operator (id)
);

CREATE TABLE consultation_tag (
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    tag_id          TEXT   NOT NULL REFERENCES tag (id),
    at              BIGINT NOT NULL,
    by_id           TEXT   NOT NULL REFERENCES operator (id),
    PRIMARY KEY (consultation_id, tag_id)
);
CREATE INDEX consultation_tag_by_tag ON consultation_tag (tag_id, consultation_id);
