-- Accounts that were deleted at their patients' word. Times are milliseconds since the Unix epoch.

-- Since when a patient is going, or has gone: what is personal of his card went in the same transaction.
ALTER TABLE patient ADD COLUMN deleted_at BIGINT;

-- What was promised to him, and how far it has come. `receipt` is JSON of ids, numbers and times, which everybody may read; `reason` is sealed with the tenant's key.
CREATE TABLE deletion (
    patient_id       TEXT   NOT NULL PRIMARY KEY REFERENCES patient (id),
    receipt          TEXT   NOT NULL,
    signature        TEXT   NOT NULL, -- of the receipt by the archive's key, hexadecimal
    operator_id      TEXT   REFERENCES operator (id), -- the supervisor who did it; null: the patient himself
    reason           BYTEA, -- his reason
    account_ended_at BIGINT, -- at the homeserver; null: not yet
    finished_at      BIGINT, -- everything went that may; null: not yet
    held             BIGINT NOT NULL DEFAULT 0, -- 1: something stayed because of a legal hold, and goes when it is lifted
    CHECK ((operator_id IS NULL) = (reason IS NULL))
);
CREATE INDEX deletion_held ON deletion (patient_id) WHERE held = 1;
