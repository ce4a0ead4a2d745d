-- Conclusions: documents for patients, at most one for a consultation, with its versions. Times are milliseconds since the Unix epoch.

-- What is being written, and what was signed last. `draft` is sealed with the tenant's key.
CREATE TABLE conclusion (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    number          BIGINT UNIQUE, -- in the register; given when it is to be signed first
    signed_version  BIGINT NOT NULL DEFAULT 0, -- the last one; 0: none
    signed_at       BIGINT,
    draft_version   BIGINT NOT NULL, -- raised by each saving; guards it
    draft_by        TEXT   NOT NULL REFERENCES operator (id),
    draft_at        BIGINT NOT NULL,
    draft           BYTEA, -- null: what was signed last is all there is
    CHECK (signed_version = 0 OR number IS NOT NULL),
    CHECK ((signed_version = 0) = (signed_at IS NULL))
);
CREATE INDEX conclusion_by_patient ON conclusion (patient_id, signed_at);

-- What was signed. Never changed. `content` and `reason` are sealed with the tenant's key.
CREATE TABLE conclusion_version (
    consultation_id TEXT   NOT NULL REFERENCES conclusion (consultation_id),
    version         BIGINT NOT NULL, -- from 1
    signed_at       BIGINT NOT NULL,
    signed_by       TEXT   NOT NULL REFERENCES operator (id),
    method          TEXT   NOT NULL, -- of the signature: `simple`, or a provider's
    signature       BYTEA  NOT NULL, -- what the provider gave; empty for `simple`
    hash            TEXT   NOT NULL, -- SHA-256 of the content, hexadecimal
    content         BYTEA  NOT NULL,
    reason          BYTEA, -- why it replaces the version before; null: the first
    sealed_sequence BIGINT, -- the archive record that it is in; null: none yet
    PRIMARY KEY (consultation_id, version),
    CHECK ((version = 1) = (reason IS NULL))
);
