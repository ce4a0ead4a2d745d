-- Heads of the archive's chain and of the audit log that the partner's own address has taken: what was true of both then. Times are milliseconds since the Unix epoch.

CREATE TABLE heads_sent (
    sequence         BIGINT NOT NULL PRIMARY KEY, -- from 1, without a gap
    sent_at          BIGINT NOT NULL,
    archive_sequence BIGINT NOT NULL, -- 0: nothing was sealed yet
    archive_hash     TEXT   NOT NULL,
    audit_sequence   BIGINT NOT NULL,
    audit_hash       TEXT   NOT NULL,
    signature        TEXT   NOT NULL, -- by the archive's signing key, hexadecimal
    CHECK (archive_sequence >= 0 AND audit_sequence >= 0)
);
