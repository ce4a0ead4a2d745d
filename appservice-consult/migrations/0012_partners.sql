-- Keys by which partners' systems call the API. Times are milliseconds since the Unix epoch. Of a key a keyed hash is kept, and nothing that opens anything.
CREATE TABLE api_key (
    id             TEXT   NOT NULL PRIMARY KEY,
    name           TEXT   NOT NULL,
    handle         TEXT   NOT NULL UNIQUE, -- the part of a key that says which it is
    secret_hash    BYTEA  NOT NULL,
    scopes         TEXT   NOT NULL, -- JSON list
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT,
    revoked_at     BIGINT,
    last_used_at   BIGINT,
    last_used_from TEXT,            -- network address
    CHECK ((last_used_at IS NULL) = (last_used_from IS NULL))
);
-- The audit log says who acted by a key's name: one in use has it alone.
CREATE UNIQUE INDEX api_key_name ON api_key (name) WHERE revoked_at IS NULL;

-- Answers to requests that open something, for a day, by the caller's `Idempotency-Key`: a retry gets the first one. `body` is sealed with the tenant's key.
CREATE TABLE api_answer (
    key_id       TEXT   NOT NULL REFERENCES api_key (id),
    retry_hash   BYTEA  NOT NULL, -- of the `Idempotency-Key`
    request_hash BYTEA  NOT NULL, -- of path and body
    request_id   TEXT   NOT NULL, -- under which it is opened, however often it is tried
    at           BIGINT NOT NULL,
    body         BYTEA,           -- null: not answered yet
    PRIMARY KEY (key_id, retry_hash)
);
CREATE INDEX api_answer_by_time ON api_answer (at);

-- The number by which a partner's system knows a patient.
ALTER TABLE patient ADD COLUMN external_index BYTEA;
CREATE UNIQUE INDEX patient_by_external ON patient (external_index) WHERE external_index IS NOT NULL;

-- Partners' systems act, too. The kinds of who acts are a list in the program; a constraint that repeats it would have to be rebuilt with each new one.
CREATE TABLE audit_of_any_role (
    sequence     BIGINT NOT NULL PRIMARY KEY,
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    action       TEXT   NOT NULL,
    subject_kind TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    detail       TEXT   NOT NULL,
    hash         TEXT   NOT NULL
);
INSERT INTO audit_of_any_role (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash)
    SELECT sequence, at, actor, role, action, subject_kind, subject_id, detail, hash FROM audit;
DROP TABLE audit;
ALTER TABLE audit_of_any_role RENAME TO audit;
CREATE INDEX audit_by_actor ON audit (actor, sequence);
CREATE INDEX audit_by_action ON audit (action, sequence);
CREATE INDEX audit_by_subject ON audit (subject_id, sequence);

ALTER TABLE consultation_history ADD COLUMN any_actor_kind TEXT NOT NULL DEFAULT 'system';
UPDATE consultation_history SET any_actor_kind = actor_kind;
ALTER TABLE consultation_history DROP COLUMN actor_kind;
ALTER TABLE consultation_history RENAME COLUMN any_actor_kind TO actor_kind;

ALTER TABLE callback_history ADD COLUMN any_actor_kind TEXT NOT NULL DEFAULT 'system';
UPDATE callback_history SET any_actor_kind = actor_kind;
ALTER TABLE callback_history DROP COLUMN actor_kind;
ALTER TABLE callback_history RENAME COLUMN any_actor_kind TO actor_kind;

-- So do they order call-backs.
ALTER TABLE callback ADD COLUMN any_source TEXT NOT NULL DEFAULT 'app';
UPDATE callback SET any_source = source;
DROP INDEX callback_by_source;
ALTER TABLE callback DROP COLUMN source;
ALTER TABLE callback RENAME COLUMN any_source TO source;
CREATE INDEX callback_by_source ON callback (source, requested_at);
