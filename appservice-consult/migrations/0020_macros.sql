-- Macros: what an operator does at once, under one name. No patient's data. Times are milliseconds since the Unix epoch.
-- Archived instead of deleted, so that one press brings it back; what it was before stands in the audit log.
CREATE TABLE macro (
    id          TEXT   NOT NULL PRIMARY KEY,
    version     BIGINT NOT NULL, -- raised by each change; guards it
    shortcut    TEXT   NOT NULL, -- lower case
    content     TEXT   NOT NULL, -- JSON
    archived_at BIGINT,
    changed_at  BIGINT NOT NULL,
    changed_by  TEXT   NOT NULL REFERENCES operator (id)
);
CREATE UNIQUE INDEX macro_by_shortcut ON macro (shortcut) WHERE archived_at IS NULL;

-- What ran: a request that comes twice does nothing twice.
CREATE TABLE macro_run (
    operator_id     TEXT   NOT NULL REFERENCES operator (id),
    request_id      TEXT   NOT NULL,
    macro_id        TEXT   NOT NULL REFERENCES macro (id),
    macro_version   BIGINT NOT NULL,
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    at              BIGINT NOT NULL,
    PRIMARY KEY (operator_id, request_id)
);
