-- The first day of an installation: invented accounts and their end, rehearsals, what people said is done. Times are milliseconds since the Unix epoch.

-- Accounts that were made to try things out, marked where they are made. What is not here is real.
CREATE TABLE demo_account (
    user_id    TEXT   NOT NULL PRIMARY KEY,
    patient_id TEXT   UNIQUE REFERENCES patient (id), -- null: the account has not been a patient here
    marked_at  BIGINT NOT NULL,
    ended_at   BIGINT -- it has ended, and whoever has the name now is somebody else; null: not yet
);
CREATE INDEX demo_account_there ON demo_account (user_id) WHERE ended_at IS NULL;

-- Removals of all of them, each begun by a supervisor; carried on by the service until it is finished.
CREATE TABLE demo_removal (
    id          TEXT   NOT NULL PRIMARY KEY,
    begun_at    BIGINT NOT NULL,
    by_id       TEXT   NOT NULL REFERENCES operator (id),
    accounts    BIGINT NOT NULL, -- that were to go
    finished_at BIGINT, -- null: not yet
    result      TEXT,   -- JSON of numbers
    CHECK ((finished_at IS NULL) = (result IS NULL))
);
-- At most one is under way.
CREATE UNIQUE INDEX demo_removal_open ON demo_removal ((finished_at IS NULL)) WHERE finished_at IS NULL;
CREATE INDEX demo_removal_by_time ON demo_removal (begun_at, id);

-- Since when somebody is no member of staff any more. His row stays for what he did.
ALTER TABLE operator ADD COLUMN removed_at BIGINT;

-- Rehearsals: a supervisor plays the patient on his phone and the operator at the console.
CREATE TABLE rehearsal (
    id         TEXT   NOT NULL PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE, -- in the address that the phone opens
    begun_at   BIGINT NOT NULL,
    begun_by   TEXT   NOT NULL REFERENCES operator (id),
    opened_at  BIGINT, -- the phone showed the app
    joined_at  BIGINT, -- somebody signed in there
    patient_id TEXT   REFERENCES patient (id), -- who plays the patient
    ended_at   BIGINT, -- it was left, or another one was begun
    CHECK ((joined_at IS NULL) = (patient_id IS NULL))
);
CREATE INDEX rehearsal_by_time ON rehearsal (begun_at, id);

-- That nobody wants to be met by the rehearsal any more.
CREATE TABLE rehearsal_skip (
    operator_id TEXT   NOT NULL PRIMARY KEY REFERENCES operator (id),
    at          BIGINT NOT NULL
);

-- What has to be done before patients come, and no machine can see: who says that it is.
CREATE TABLE checklist_mark (
    item  TEXT   NOT NULL PRIMARY KEY,
    at    BIGINT NOT NULL,
    by_id TEXT   NOT NULL REFERENCES operator (id)
);
