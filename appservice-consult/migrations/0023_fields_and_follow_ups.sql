-- The partner's own fields, and what staff wants to come back to. Times are milliseconds since the Unix epoch.
-- Fields of patients stand on the sealed card.

-- What stands in a field of a consultation. `value` is sealed with the tenant's key; `value_index` is a keyed hash by which lists find what can be chosen.
CREATE TABLE consultation_field (
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    field_id        TEXT   NOT NULL, -- of the brand; one that it has no more keeps its row
    value           BYTEA  NOT NULL,
    value_index     BYTEA, -- null: words, a number or a day
    at              BIGINT NOT NULL,
    by_id           TEXT   NOT NULL REFERENCES operator (id),
    PRIMARY KEY (consultation_id, field_id)
);
CREATE INDEX consultation_field_by_value ON consultation_field (field_id, value_index, consultation_id) WHERE value_index IS NOT NULL;

-- What staff comes back to at a time. Patients see `message` alone, when its time has come. `note` and `message` are sealed with the tenant's key.
CREATE TABLE follow_up (
    id              TEXT   NOT NULL PRIMARY KEY,
    version         BIGINT NOT NULL, -- raised by each change; guards it
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    consultation_id TEXT   REFERENCES consultation (id), -- null: it is about the patient
    queue_id        TEXT   NOT NULL, -- whose it is where it is nobody's own
    operator_id     TEXT   REFERENCES operator (id), -- whose own it is; null: who serves the queue
    request_id      TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL REFERENCES operator (id),
    stage           BIGINT NOT NULL CHECK (stage BETWEEN 0 AND 2), -- 0 open, 1 done, 2 cancelled
    due_at          BIGINT NOT NULL,
    due_since       BIGINT, -- null: its time has not come
    next_at         BIGINT, -- when the timer looks at it; null: never
    ended_at        BIGINT,
    ended_by        TEXT   REFERENCES operator (id), -- null: the service, because the patient left
    note            BYTEA,
    message         BYTEA, -- what is sent to the patient at `due_at`
    message_stage   BIGINT CHECK (message_stage BETWEEN 0 AND 3), -- 0 planned, 1 on its way, 2 sent, 3 failed
    message_at      BIGINT, -- when it was sent, or failed
    UNIQUE (created_by, request_id),
    CHECK ((message IS NULL) = (message_stage IS NULL)),
    CHECK ((message_at IS NOT NULL) = (message_stage IS NOT NULL AND message_stage >= 2)),
    CHECK ((stage = 0) = (ended_at IS NULL)),
    CHECK (stage = 0 OR next_at IS NULL)
);
CREATE INDEX follow_up_next ON follow_up (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX follow_up_by_due ON follow_up (stage, due_at, id);
CREATE INDEX follow_up_by_end ON follow_up (ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX follow_up_by_operator ON follow_up (operator_id, stage, due_at, id);
CREATE INDEX follow_up_by_queue ON follow_up (queue_id, stage, due_at, id);
CREATE INDEX follow_up_by_patient ON follow_up (patient_id, stage, due_at, id);
CREATE INDEX follow_up_by_consultation ON follow_up (consultation_id) WHERE consultation_id IS NOT NULL;
