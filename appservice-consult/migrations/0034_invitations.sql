-- Patients whom the desk or a partner's system makes before they come, and the links by which they come. Times are milliseconds since the Unix epoch.

-- Which press of a button, or request of a system, made which patient: the same again gives the same one.
CREATE TABLE patient_made (
    request_hash BYTEA  NOT NULL PRIMARY KEY, -- keyed
    patient_id   TEXT   NOT NULL UNIQUE REFERENCES patient (id),
    made_at      BIGINT NOT NULL,
    made_by      TEXT   NOT NULL -- account, or `key:` and the key's id
);

-- Links that were given out. The latest of a patient is the one that counts.
CREATE TABLE patient_invitation (
    id          TEXT   NOT NULL PRIMARY KEY,
    patient_id  TEXT   NOT NULL REFERENCES patient (id),
    secret_hash BYTEA  NOT NULL UNIQUE, -- keyed; what is hashed stands in the link and nowhere else
    language    TEXT,            -- in which he is greeted; null: as his device says
    made_at     BIGINT NOT NULL,
    made_by     TEXT   NOT NULL, -- account, or `key:` and the key's id
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT,          -- he has set his password
    ended_at    BIGINT,          -- it was taken back, or a new one was made
    CHECK (used_at IS NULL OR ended_at IS NULL)
);
CREATE INDEX patient_invitation_by_patient ON patient_invitation (patient_id, made_at, id);
-- At most one can be used.
CREATE UNIQUE INDEX patient_invitation_open ON patient_invitation (patient_id) WHERE used_at IS NULL AND ended_at IS NULL;
