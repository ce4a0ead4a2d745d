-- Signatures that somebody else makes, and that have not come yet. What is to be signed is frozen here, so that it waits as long as it has to. A row goes with the
-- signature, with a change of the draft, with the conclusion. Times are milliseconds since the Unix epoch.

CREATE TABLE conclusion_signing (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES conclusion (consultation_id),
    request_id      TEXT   NOT NULL UNIQUE, -- the same each time that it is asked for
    version         BIGINT NOT NULL, -- which it becomes, from 1
    draft_version   BIGINT NOT NULL, -- which was read to be signed
    asked_at        BIGINT NOT NULL,
    asked_by        TEXT   NOT NULL REFERENCES operator (id),
    hash            TEXT   NOT NULL, -- SHA-256 of the content, hexadecimal
    content         BYTEA  NOT NULL, -- sealed with the tenant's key
    reason          BYTEA, -- sealed; why it replaces the version before; null: it is the first
    attempts        BIGINT NOT NULL DEFAULT 0,
    next_at         BIGINT, -- when it is asked for again; null: it was refused, and is not
    refusal         BYTEA, -- sealed; what was said to a refusal
    CHECK ((next_at IS NULL) = (refusal IS NOT NULL)),
    CHECK ((version = 1) = (reason IS NULL))
);
CREATE INDEX conclusion_signing_due ON conclusion_signing (next_at) WHERE next_at IS NOT NULL;
