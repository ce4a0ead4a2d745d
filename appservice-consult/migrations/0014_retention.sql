-- How long archive records are kept, what stands in the way, and what is left of those that were erased. Times are milliseconds since the Unix epoch.

-- Class and time are the record's own from its sealing on: what the brand says later is for what is sealed later.
ALTER TABLE consultation ADD COLUMN retention_class TEXT; -- null: not sealed, or kept for ever
ALTER TABLE consultation ADD COLUMN erase_due_at BIGINT;
ALTER TABLE consultation ADD COLUMN erase_listed_at BIGINT; -- since when it stands in the list of what goes
ALTER TABLE consultation ADD COLUMN erased_at BIGINT;
CREATE INDEX consultation_to_erase ON consultation (erase_due_at, id) WHERE erase_due_at IS NOT NULL AND erased_at IS NULL;
CREATE INDEX consultation_without_class ON consultation (sealed_sequence)
    WHERE sealed_sequence IS NOT NULL AND retention_class IS NULL AND erased_at IS NULL;

-- 1: it says that records before it were erased. Its ciphertext is JSON that everybody can read, of ids, numbers and hashes.
ALTER TABLE archive_record ADD COLUMN is_tombstone BIGINT NOT NULL DEFAULT 0;

-- What must not be erased, whatever its time. `reason` and `lift_reason` are sealed with the tenant's key.
CREATE TABLE legal_hold (
    id              TEXT   NOT NULL PRIMARY KEY,
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    consultation_id TEXT   REFERENCES consultation (id), -- null: all records of the patient
    request_id      TEXT   NOT NULL,
    reason          BYTEA  NOT NULL,
    placed_at       BIGINT NOT NULL,
    placed_by       TEXT   NOT NULL REFERENCES operator (id),
    lifted_at       BIGINT,
    lifted_by       TEXT   REFERENCES operator (id),
    lift_reason     BYTEA,
    UNIQUE (placed_by, request_id),
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
    CHECK ((lifted_at IS NULL) = (lift_reason IS NULL))
);
CREATE INDEX legal_hold_of_record ON legal_hold (consultation_id) WHERE lifted_at IS NULL AND consultation_id IS NOT NULL;
CREATE INDEX legal_hold_of_patient ON legal_hold (patient_id) WHERE lifted_at IS NULL;
CREATE INDEX legal_hold_by_placing ON legal_hold (placed_at, id);

-- Why consultations were erased, beside the tombstone that has only a hash of it. `reason` is sealed with the tenant's key.
CREATE TABLE erasure (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    sequence        BIGINT NOT NULL UNIQUE REFERENCES archive_record (sequence), -- of the tombstone
    reason          BYTEA -- null: its time was over
);

-- Files of erased consultations at the homeserver.
CREATE TABLE erasure_file (
    consultation_id TEXT   NOT NULL REFERENCES erasure (consultation_id),
    url             TEXT   NOT NULL, -- `mxc:` address
    gone_at         BIGINT, -- null: not yet
    PRIMARY KEY (consultation_id, url)
);
