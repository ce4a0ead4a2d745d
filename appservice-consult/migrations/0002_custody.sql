-- Who keeps the secret of a patient's key backup, and to which devices it was given. The secret itself lies in the keeper's own store.
CREATE TABLE custody (
    patient_id TEXT   NOT NULL PRIMARY KEY REFERENCES patient (id),
    kept_by    TEXT   NOT NULL CHECK (kept_by IN ('clinic', 'person')),
    since      BIGINT NOT NULL
);

-- The newest releases of each patient; the audit log has them all.
CREATE TABLE secret_release (
    id          TEXT   NOT NULL PRIMARY KEY,
    patient_id  TEXT   NOT NULL REFERENCES patient (id),
    at          BIGINT NOT NULL,
    device_id   TEXT   NOT NULL,
    device_name BYTEA
);
CREATE INDEX secret_release_by_patient ON secret_release (patient_id, at, id);

-- As before, with one kind more.
CREATE TABLE change_with_custody (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    kind     TEXT   NOT NULL CHECK (kind IN ('consultation', 'queue', 'operator', 'keys', 'custody')),
    subject  TEXT   NOT NULL,
    audience TEXT            -- user id besides staff, or the only one for `keys` and `custody`
);
INSERT INTO change_with_custody (sequence, at, kind, subject, audience) SELECT sequence, at, kind, subject, audience FROM change;
DROP TABLE change;
ALTER TABLE change_with_custody RENAME TO change;
