-- Pairs of cards that look like one human's and, at the word of a member of staff, are two people's. Times are milliseconds since the Unix epoch.

-- It is said of two accounts, whichever cards they are on. A row stands until it is taken back, or an account of the two is deleted; the audit log keeps both.
CREATE TABLE dismissed_duplicate (
    one_id       TEXT   NOT NULL REFERENCES patient (id), -- the lesser of the two ids
    other_id     TEXT   NOT NULL REFERENCES patient (id),
    dismissed_at BIGINT NOT NULL,
    dismissed_by TEXT   NOT NULL REFERENCES operator (id),
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id <> other_id)
);
CREATE INDEX dismissed_duplicate_by_other ON dismissed_duplicate (other_id);

-- JSON: ids of the brand's own fields that are shown as the merged account's record has them.
ALTER TABLE patient_merge ADD COLUMN taken_fields TEXT NOT NULL DEFAULT '[]';
