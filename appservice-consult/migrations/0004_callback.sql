-- Call-backs. Times are milliseconds since the Unix epoch. `details`, `note` and `consent` are sealed with the tenant's key.
CREATE TABLE callback (
    id              TEXT   NOT NULL PRIMARY KEY,
    version         BIGINT NOT NULL,
    source          TEXT   NOT NULL CHECK (source IN ('app', 'form', 'missed_call')),
    patient_id      TEXT   REFERENCES patient (id),      -- null: by the form on the partner's site
    conversation_id TEXT   REFERENCES conversation (id), -- null: as before
    request_id      TEXT   NOT NULL,
    queue_id        TEXT   NOT NULL,
    phase           TEXT   NOT NULL CHECK (phase IN ('new', 'taken', 'calling', 'no_answer', 'done', 'cancelled', 'archived')),
    stage           BIGINT NOT NULL CHECK (stage BETWEEN 0 AND 2), -- 0 waiting, 1 in somebody's hands, 2 ended
    phase_since     BIGINT NOT NULL,
    requested_at    BIGINT NOT NULL,
    time_zone       TEXT   NOT NULL,
    window_start    BIGINT, -- null: as soon as possible
    window_end      BIGINT,
    due_at          BIGINT NOT NULL,
    overdue_since   BIGINT,
    again_at        BIGINT,
    attempts        BIGINT NOT NULL,
    operator_id     TEXT   REFERENCES operator (id), -- who has it, or had it last
    taken_at        BIGINT,
    means           TEXT   CHECK (means IN ('app', 'telephone')),
    call_id         TEXT   REFERENCES call (id), -- the last call in the app
    outcome         TEXT   CHECK (outcome IN ('answered', 'not_reached', 'wrong_number', 'not_needed')),
    ending          TEXT   CHECK (ending IN ('done', 'cancelled')),
    ended_at        BIGINT,
    details         BYTEA  NOT NULL,
    phone_index     BYTEA,
    note            BYTEA,
    consent         BYTEA,
    sealed_sequence BIGINT,
    sealed_at       BIGINT,
    UNIQUE (patient_id, request_id),
    CHECK ((window_start IS NULL) = (window_end IS NULL)),
    CHECK ((stage = 2) = (ended_at IS NOT NULL)),
    CHECK (stage <> 1 OR operator_id IS NOT NULL)
);
-- At most one call-back is open in a conversation.
CREATE UNIQUE INDEX callback_open ON callback (conversation_id) WHERE stage < 2;
CREATE INDEX callback_by_due ON callback (stage, due_at, id);
CREATE INDEX callback_by_request ON callback (requested_at, id);
CREATE INDEX callback_by_queue ON callback (queue_id, stage, due_at, id);
CREATE INDEX callback_by_patient ON callback (patient_id, requested_at, id);
CREATE INDEX callback_by_operator ON callback (operator_id, stage);
CREATE INDEX callback_by_phone ON callback (phone_index);
CREATE INDEX callback_by_source ON callback (source, requested_at);
CREATE INDEX callback_sealed ON callback (sealed_sequence) WHERE sealed_sequence IS NOT NULL;

CREATE TABLE callback_history (
    callback_id TEXT   NOT NULL REFERENCES callback (id),
    version     BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    actor_kind  TEXT   NOT NULL CHECK (actor_kind IN ('patient', 'operator', 'system')),
    actor_id    TEXT,
    action      TEXT   NOT NULL,
    note        BYTEA,
    PRIMARY KEY (callback_id, version)
);

-- Challenges of the public form that were used, until they expire: each is good for one order.
CREATE TABLE callback_challenge (
    used_hash  BYTEA  NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX callback_challenge_by_time ON callback_challenge (expires_at);

-- The archive holds records of call-backs too, in the same chain.
CREATE TABLE archive_record_of_any (
    sequence        BIGINT NOT NULL PRIMARY KEY,
    consultation_id TEXT   REFERENCES consultation (id),
    callback_id     TEXT   REFERENCES callback (id),
    sealed_at       BIGINT NOT NULL,
    message_count   BIGINT NOT NULL,
    file_count      BIGINT NOT NULL,
    ciphertext      BYTEA  NOT NULL,
    hash            TEXT   NOT NULL,
    signature       TEXT   NOT NULL,
    CHECK ((consultation_id IS NULL) <> (callback_id IS NULL))
);
CREATE TABLE archive_key_of_any (
    sequence    BIGINT NOT NULL PRIMARY KEY REFERENCES archive_record_of_any (sequence),
    wrapped_key BYTEA  NOT NULL
);
INSERT INTO archive_record_of_any (sequence, consultation_id, callback_id, sealed_at, message_count, file_count, ciphertext, hash, signature)
    SELECT sequence, consultation_id, NULL, sealed_at, message_count, file_count, ciphertext, hash, signature FROM archive_record;
INSERT INTO archive_key_of_any (sequence, wrapped_key) SELECT sequence, wrapped_key FROM archive_key;
DROP TABLE archive_key;
DROP TABLE archive_record;
ALTER TABLE archive_record_of_any RENAME TO archive_record;
ALTER TABLE archive_key_of_any RENAME TO archive_key;
CREATE INDEX archive_record_by_consultation ON archive_record (consultation_id, sequence);
CREATE INDEX archive_record_by_callback ON archive_record (callback_id, sequence);
