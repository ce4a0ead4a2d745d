-- The tables of the consultation service, in SQL that SQLite and PostgreSQL both take: TEXT, BIGINT, BYTEA.
-- Times are milliseconds since the Unix epoch. A column of type BYTEA that is not named `…hash`, `…index` or `signature` is sealed with the tenant's key.

-- Gap-free numbers, given inside the transaction that uses them.
CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE patient (
    id                   TEXT   NOT NULL PRIMARY KEY,
    user_id              TEXT   NOT NULL UNIQUE,
    created_at           BIGINT NOT NULL,
    card                 BYTEA  NOT NULL,
    phone_index          BYTEA,
    email_index          BYTEA,
    consultations        BIGINT NOT NULL,
    last_consultation_at BIGINT NOT NULL -- 0: none yet
);
CREATE INDEX patient_by_phone ON patient (phone_index);
CREATE INDEX patient_by_email ON patient (email_index);
CREATE INDEX patient_by_creation ON patient (created_at, id);
CREATE INDEX patient_by_consultation ON patient (last_consultation_at, id);

CREATE TABLE operator (
    id            TEXT   NOT NULL PRIMARY KEY,
    user_id       TEXT   NOT NULL UNIQUE,
    name          TEXT   NOT NULL,
    title         TEXT,
    role          TEXT   NOT NULL CHECK (role IN ('operator', 'supervisor')),
    status        TEXT   NOT NULL,
    status_since  BIGINT NOT NULL,
    status_reason TEXT,
    created_at    BIGINT NOT NULL
);

CREATE TABLE operator_queue (
    operator_id TEXT NOT NULL REFERENCES operator (id),
    queue_id    TEXT NOT NULL,
    PRIMARY KEY (operator_id, queue_id)
);

CREATE TABLE operator_status (
    id          TEXT   NOT NULL PRIMARY KEY,
    operator_id TEXT   NOT NULL REFERENCES operator (id),
    status      TEXT   NOT NULL,
    reason      TEXT,
    since       BIGINT NOT NULL,
    until       BIGINT
);
CREATE INDEX operator_status_by_operator ON operator_status (operator_id, since, id);

CREATE TABLE conversation (
    id         TEXT   NOT NULL PRIMARY KEY,
    patient_id TEXT   NOT NULL REFERENCES patient (id),
    circle     TEXT   NOT NULL,
    room_id    TEXT   UNIQUE, -- null: the room is being made
    created_at BIGINT NOT NULL,
    UNIQUE (patient_id, circle)
);

CREATE TABLE consultation (
    id                   TEXT   NOT NULL PRIMARY KEY,
    version              BIGINT NOT NULL,
    conversation_id      TEXT   NOT NULL REFERENCES conversation (id),
    patient_id           TEXT   NOT NULL REFERENCES patient (id),
    request_id           TEXT   NOT NULL,
    queue_id             TEXT   NOT NULL,
    phase                TEXT   NOT NULL CHECK (phase IN ('queued', 'active', 'on_hold', 'archived', 'cancelled', 'abandoned')),
    stage                BIGINT NOT NULL CHECK (stage BETWEEN 0 AND 3), -- 0 waiting, 1 active, 2 on hold, 3 ended
    phase_since          BIGINT NOT NULL,
    hold_until           BIGINT,
    due_at               BIGINT, -- when a time-out has to be looked at
    priority             BIGINT NOT NULL,
    queue_order          BIGINT NOT NULL, -- smaller goes first: priority of consultation and queue
    requested_at         BIGINT NOT NULL,
    taken_at             BIGINT,
    first_taken_at       BIGINT,
    first_answer_at      BIGINT,
    ended_at             BIGINT,
    end_reason           BYTEA,
    lead_id              TEXT REFERENCES operator (id), -- who leads it now, or led it last
    previous_operator_id TEXT REFERENCES operator (id),
    transfer_from        TEXT REFERENCES operator (id),
    transfer_to          TEXT REFERENCES operator (id),
    transfer_at          BIGINT,
    transfer_note        BYTEA,
    message_count        BIGINT NOT NULL,
    first_event_id       TEXT,
    last_event_id        TEXT,
    last_message_at      BIGINT,
    unanswered_since     BIGINT,
    sealed_sequence      BIGINT, -- its last record in the archive
    sealed_at            BIGINT,
    sealed_messages      BIGINT NOT NULL,
    sealed_files         BIGINT NOT NULL,
    UNIQUE (patient_id, request_id)
);
-- At most one consultation is open in a conversation.
CREATE UNIQUE INDEX consultation_open ON consultation (conversation_id) WHERE stage < 3;
CREATE INDEX consultation_by_conversation ON consultation (conversation_id, requested_at, id);
CREATE INDEX consultation_due ON consultation (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX consultation_waiting ON consultation (stage, queue_order, requested_at, id);
CREATE INDEX consultation_queue_waiting ON consultation (queue_id, stage, queue_order, requested_at, id);
CREATE INDEX consultation_by_request ON consultation (requested_at, id);
CREATE INDEX consultation_stage ON consultation (stage, requested_at, id);
CREATE INDEX consultation_queue ON consultation (queue_id, requested_at, id);
CREATE INDEX consultation_queue_stage ON consultation (queue_id, stage, requested_at, id);
-- These two hold what else is filtered by, so that a filter is decided without looking at the row.
CREATE INDEX consultation_lead ON consultation (lead_id, requested_at, id, stage, queue_id);
CREATE INDEX consultation_patient ON consultation (patient_id, requested_at, id, stage, queue_id, lead_id);
CREATE INDEX consultation_wait ON consultation (queue_id, first_taken_at) WHERE first_taken_at IS NOT NULL;
CREATE INDEX consultation_sealed ON consultation (sealed_sequence) WHERE sealed_sequence IS NOT NULL;

-- How many consultations stand where; kept in the transaction that moves one, so that no list has to count a million rows.
CREATE TABLE consultation_count (
    queue_id TEXT   NOT NULL,
    stage    BIGINT NOT NULL, -- as in consultation; 4 beside it: sealed
    lead_id  TEXT   NOT NULL, -- empty: never led
    n        BIGINT NOT NULL CHECK (n >= 0),
    PRIMARY KEY (stage, queue_id, lead_id)
);
CREATE INDEX consultation_count_by_lead ON consultation_count (lead_id, stage, queue_id, n);

CREATE TABLE participant (
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    operator_id     TEXT   NOT NULL REFERENCES operator (id),
    version         BIGINT NOT NULL, -- of the consultation, when he came
    role            TEXT   NOT NULL CHECK (role IN ('lead', 'consultant', 'observer', 'trainee')),
    joined_at       BIGINT NOT NULL,
    left_at         BIGINT,
    sealed_sequence BIGINT, -- as in consultation, for the operator's own archive
    PRIMARY KEY (consultation_id, operator_id, version)
);
CREATE INDEX participant_by_operator ON participant (operator_id, sealed_sequence);
CREATE INDEX participant_present ON participant (operator_id, consultation_id) WHERE left_at IS NULL;

CREATE TABLE consultation_history (
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    version         BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    actor_kind      TEXT   NOT NULL CHECK (actor_kind IN ('patient', 'operator', 'system')),
    actor_id        TEXT,
    action          TEXT   NOT NULL,
    note            BYTEA,
    PRIMARY KEY (consultation_id, version)
);

-- Messages that are not sealed yet. The content is encrypted with the tenant's key and leaves with the sealing.
CREATE TABLE message (
    event_id        TEXT   NOT NULL PRIMARY KEY,
    conversation_id TEXT   NOT NULL REFERENCES conversation (id),
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    position        BIGINT NOT NULL,
    sender          TEXT   NOT NULL,
    sender_kind     TEXT   NOT NULL CHECK (sender_kind IN ('patient', 'operator', 'system')),
    sent_at         BIGINT NOT NULL,
    state           TEXT   NOT NULL CHECK (state IN ('read', 'waiting', 'redacted')),
    trust           TEXT,
    content         BYTEA
);
CREATE INDEX message_by_consultation ON message (consultation_id, position);

-- What the last hand-over of history keys to a member did.
CREATE TABLE hand_over (
    conversation_id TEXT   NOT NULL REFERENCES conversation (id),
    user_id         TEXT   NOT NULL,
    devices         BIGINT NOT NULL,
    sessions        BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, user_id)
);

-- Transactions of the homeserver that were taken.
CREATE TABLE intake (
    transaction_id TEXT   NOT NULL PRIMARY KEY,
    at             BIGINT NOT NULL
);
CREATE INDEX intake_by_time ON intake (at);

-- What has to happen outside the database. Carried out in order within a lane; a lane is a conversation.
CREATE TABLE effect (
    id       BIGINT NOT NULL PRIMARY KEY,
    lane     TEXT   NOT NULL,
    body     TEXT   NOT NULL, -- JSON of ids, no content
    attempts BIGINT NOT NULL,
    due_at   BIGINT NOT NULL,
    failed   TEXT             -- why it was given up; kept for the administrator
);
CREATE INDEX effect_open ON effect (lane, id) WHERE failed IS NULL;

-- What changed, for the streams of the apps. Names records, holds none.
CREATE TABLE change (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    kind     TEXT   NOT NULL CHECK (kind IN ('consultation', 'queue', 'operator', 'keys')),
    subject  TEXT   NOT NULL,
    audience TEXT            -- user id besides staff, or the only one for `keys`
);

-- Append-only; each hash covers the entry and the hash before it.
CREATE TABLE audit (
    sequence     BIGINT NOT NULL PRIMARY KEY,
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    role         TEXT   NOT NULL CHECK (role IN ('patient', 'operator', 'supervisor', 'system')),
    action       TEXT   NOT NULL,
    subject_kind TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    detail       TEXT   NOT NULL,
    hash         TEXT   NOT NULL
);
CREATE INDEX audit_by_actor ON audit (actor, sequence);
CREATE INDEX audit_by_action ON audit (action, sequence);
CREATE INDEX audit_by_subject ON audit (subject_id, sequence);

-- Append-only; each hash covers the record and the hash before it, each hash is signed.
CREATE TABLE archive_record (
    sequence        BIGINT NOT NULL PRIMARY KEY,
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    sealed_at       BIGINT NOT NULL,
    message_count   BIGINT NOT NULL,
    file_count      BIGINT NOT NULL,
    ciphertext      BYTEA  NOT NULL,
    hash            TEXT   NOT NULL,
    signature       TEXT   NOT NULL
);
CREATE INDEX archive_record_by_consultation ON archive_record (consultation_id, sequence);

-- The key of each record, sealed to the archive's recipient. Destroying a row erases the record and leaves the chain whole.
CREATE TABLE archive_key (
    sequence    BIGINT NOT NULL PRIMARY KEY REFERENCES archive_record (sequence),
    wrapped_key BYTEA  NOT NULL
);
