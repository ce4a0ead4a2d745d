-- Cards that are one human's. Each account keeps its own record, rooms and words: a row only says that they are shown together.
-- Times are milliseconds since the Unix epoch.

CREATE TABLE patient_merge (
    id                  TEXT   NOT NULL PRIMARY KEY,
    version             BIGINT NOT NULL, -- 1: it stands, 2: they are separate again
    leading_id          TEXT   NOT NULL REFERENCES patient (id), -- under whose card both are shown
    merged_id           TEXT   NOT NULL REFERENCES patient (id),
    request_id          TEXT   NOT NULL, -- the client's: the same press merges nothing twice
    taken               TEXT   NOT NULL, -- JSON: names of the fields that are shown as the merged account's record has them
    reason              BYTEA  NOT NULL,
    merged_at           BIGINT NOT NULL,
    merged_by           TEXT   NOT NULL REFERENCES operator (id),
    separated_at        BIGINT,
    separated_by        TEXT REFERENCES operator (id), -- null beside a time: an account was deleted
    separate_request_id TEXT,
    separate_reason     BYTEA,
    UNIQUE (merged_by, request_id)
);
-- An account is on one card.
CREATE UNIQUE INDEX patient_merge_standing ON patient_merge (merged_id) WHERE separated_at IS NULL;
CREATE INDEX patient_merge_by_leading ON patient_merge (leading_id, merged_at, id);
CREATE INDEX patient_merge_by_merged ON patient_merge (merged_id, merged_at, id);

-- Whom a call-back is about; null: the account holder, or the visitor of the form, whose own word for it lies in `details`.
ALTER TABLE callback ADD COLUMN person_id TEXT REFERENCES person (id);
CREATE INDEX callback_by_person ON callback (person_id) WHERE person_id IS NOT NULL;
