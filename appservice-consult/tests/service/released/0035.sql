-- A tenant's database as a build with schema 35 left it, which found one with schema 22 and brought it on: what stood in that, the words of the steps from there
-- on, and a row or more in each table that they made. Times, ids and sealed bytes are invented. Never edited: a file of a later schema is put beside it.

PRAGMA foreign_keys = ON;
BEGIN;

CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) VALUES
    (1, 'consult', '2026-10-01 10:00:00', 1, x'0eea172b3a162afbc1daaff5405603efe5153f21c48416c81176cecdd31e5394934ef6d240fa5911baafde2c637e1532', 1000000),
    (2, 'custody', '2026-10-01 10:00:00', 1, x'31692b37627551ed6abac26c28d94715dccf9f713c031cd0cd4faeb68e077fe131f025037d43bf716cea680b15a2f50a', 1000000),
    (3, 'call', '2026-10-01 10:00:00', 1, x'ab373d7334e04c3c83eccd6571e59b00c7b4f4d84aacec59a31c3188735c6b7ed61a2771559c8432048674831a31aee5', 1000000),
    (4, 'callback', '2026-10-01 10:00:00', 1, x'9427b735dd0c02e7097d74615cc46f340468575c87ed7d3d4950db2b77535111dc65101d3f9e9f6320ace2e009e4ea4e', 1000000),
    (5, 'participants', '2026-10-01 10:00:00', 1, x'bfe84006a5895aa16d275af998ed1fe32ca891636d1d70bdbdecbbf625272dd7b924b342b82e8bcbb6099b0c3cafa28e', 1000000),
    (6, 'sealed calls and erasure', '2026-10-01 10:00:00', 1, x'b67cfafb56dc10fed7277d4177cbb68dcbc664df41ff7ec0a2c6e860dcc3d0d142a1bbf3327f2257cf3a23801ebc4735', 1000000),
    (7, 'listeners', '2026-10-01 10:00:00', 1, x'363ea05f59b3683947be68ac97f51797dcf41d40dd8fc7b6e1d5b94739b16d7836f4a9c766f7124f22c7cd3142565582', 1000000),
    (8, 'routing', '2026-10-01 10:00:00', 1, x'c27d023dbf619ccb2ecd4f746387cc1535784fcdb65dc06054ef627467777bb12cfc2c174b8eaecf813bb8df8a8b4b2d', 1000000),
    (9, 'notes', '2026-10-01 10:00:00', 1, x'd656eda2c31a6cb8c548fbfa3e86cd874790ef1202b9efed28bc6c2b2f37ed28e9b3bbe9922f48e039017de2ff94f722', 1000000),
    (10, 'webhooks', '2026-10-01 10:00:00', 1, x'e0aee74169601fecb0c9011311cfe479aaf669b1339c4873099243dca3d2efd8ebe9d15e6142bd5a30a7730b5ed29a9f', 1000000),
    (11, 'reports', '2026-10-01 10:00:00', 1, x'52b020846b00c10022938d5750da092eab7d706dd6dad8ca431f23f99d5c5de71398574909ca01adcdccc7d99668011a', 1000000),
    (12, 'partners', '2026-10-01 10:00:00', 1, x'1b9b16601a0ae9844852e92492a15ad67844da8f530afe74db4b762639eb2d7b50c21fe4f40025ea6bd489e166502b25', 1000000),
    (13, 'conclusions', '2026-10-01 10:00:00', 1, x'35f599a24160a37e3149052bea29455f0a0fbb20726528105a34c082e9ad3d093797ac4a1a0976b3dad98d095d8dfb1c', 1000000),
    (14, 'retention', '2026-10-01 10:00:00', 1, x'f2679f4aacadbcbbe33f204311ced6d66658cf4cb8b127735b7161f3eab7cf7018768b0afe92ea4731fef8fafb934630', 1000000),
    (15, 'ratings', '2026-10-01 10:00:00', 1, x'fcf5f2f3a93a891be3bf7025c7bfed1611012545204745dd38ca6a927d0a18a8f343e852be9e3c4398221174826507ad', 1000000),
    (16, 'deletion', '2026-10-01 10:00:00', 1, x'7c0187445966b074d3e445901066be05c35b9c136a908caf3a9c417e9619bdbe09475f382555aca87cfa20e7e56ccfd4', 1000000),
    (17, 'settings', '2026-10-01 10:00:00', 1, x'e03d00752693e456efa1803a0472f195ccfde3705a8af23a5ba06c9c46cb9922e750ce366ce4da87714f7d29e1f4101c', 1000000),
    (18, 'questionnaires', '2026-10-01 10:00:00', 1, x'10db3dc135b00c5af17bb169b6c98180466e3f277eb453a78e20abdf3abbd9b0fd1cd1bcf233437cd6ac52fa45a72d37', 1000000),
    (19, 'consents', '2026-10-01 10:00:00', 1, x'6d0fe1ffd765c962dcd0e5e155fbfe77d6eceb3db4928c8d93c8890878ea23f8724585d421fc044e8bd874768f43330f', 1000000),
    (20, 'macros', '2026-10-01 10:00:00', 1, x'fd88629419532eec940631563a3c4ff75a2235fac01100ed540faabdbfc402a51f4805bd931cfaeb5d36368095a27679', 1000000),
    (21, 'rules', '2026-10-01 10:00:00', 1, x'424f929139216c35eaf8aa4e35dad11e744e610757937b0a26e8c5cce8dbc9bb612e9032ba8887bd8ff1e91e02c49831', 1000000),
    (22, 'persons', '2026-10-01 10:00:00', 1, x'3bff5dd3f4dd6cdee73d2a89391ef474a7988cb27dfb534ee1db5a35323cf755e892b0b3f09c9daf9b890c008df65d13', 1000000);

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

-- Calls. Times are milliseconds since the Unix epoch. `media_room` is the media server's name of a room: a keyed hash, so that it learns no Matrix id.

CREATE TABLE call (
    id              TEXT   NOT NULL PRIMARY KEY,
    version         BIGINT NOT NULL,
    media_room      TEXT   NOT NULL,
    room_id         TEXT   NOT NULL,
    conversation_id TEXT   NOT NULL REFERENCES conversation (id),
    consultation_id TEXT   REFERENCES consultation (id), -- null: a call-back without one
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    caller_side     TEXT   NOT NULL CHECK (caller_side IN ('patient', 'staff')),
    caller_user     TEXT   NOT NULL,
    is_adopted      BIGINT NOT NULL, -- 1: it began in another client, and was noticed when somebody came
    kind            TEXT   NOT NULL CHECK (kind IN ('audio', 'video')),
    state           TEXT   NOT NULL CHECK (state IN ('ringing', 'answered', 'ended')),
    outcome         TEXT   CHECK (outcome IN ('completed', 'declined', 'missed', 'cancelled', 'busy', 'lost')),
    started_at      BIGINT NOT NULL,
    ring_until      BIGINT NOT NULL,
    answered_at     BIGINT,
    answered_user   TEXT,   -- null while nobody answered in an app of ours
    answered_device TEXT,
    ended_at        BIGINT,
    decline_reason  TEXT,
    billable_ms     BIGINT NOT NULL, -- both sides there, by the last proof of media
    CHECK ((state = 'ended') = (outcome IS NOT NULL)),
    CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
-- At most one call is open in a room of the media server.
CREATE UNIQUE INDEX call_open ON call (media_room) WHERE state <> 'ended';
CREATE INDEX call_by_state ON call (state, ring_until);
CREATE INDEX call_by_start ON call (started_at, id);
CREATE INDEX call_by_patient ON call (patient_id, started_at, id);
CREATE INDEX call_by_consultation ON call (consultation_id, started_at, id);
CREATE INDEX call_by_caller ON call (caller_user, started_at, id);

-- The lives of a media room: each has an id of its own there. A call has more than one when the media server lost its room and a client came back.
CREATE TABLE call_session (
    sid         TEXT   NOT NULL PRIMARY KEY,
    call_id     TEXT   NOT NULL REFERENCES call (id),
    created_at  BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX call_session_by_call ON call_session (call_id);

-- Times in a call, one for each connection to the media server.
CREATE TABLE call_span (
    sid         TEXT   NOT NULL PRIMARY KEY, -- the connection's id there
    call_id     TEXT   NOT NULL REFERENCES call (id),
    identity    TEXT   NOT NULL,
    user_id     TEXT   NOT NULL,
    side        TEXT   NOT NULL CHECK (side IN ('patient', 'staff')),
    joined_at   BIGINT NOT NULL,
    left_at     BIGINT,
    reason      TEXT,            -- why it ended; `inferred`: no event said so
    media_until BIGINT NOT NULL  -- the last proof of media
);
CREATE INDEX call_span_by_call ON call_span (call_id, joined_at);
CREATE INDEX call_span_open ON call_span (user_id) WHERE left_at IS NULL;

-- The media room of a conversation's slot, as it stands there.
CREATE TABLE call_room (
    media_room TEXT   NOT NULL PRIMARY KEY,
    room_id    TEXT   NOT NULL,
    sid        TEXT   NOT NULL,
    is_over    BIGINT NOT NULL -- 1: its call has ended, the room goes
);
CREATE UNIQUE INDEX call_room_by_room ON call_room (room_id);

-- Who an identity is: events of the media server name nothing else.
CREATE TABLE call_member (
    media_room TEXT   NOT NULL,
    identity   TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    device_id  TEXT   NOT NULL,
    issued_at  BIGINT NOT NULL,
    PRIMARY KEY (media_room, identity)
);
CREATE INDEX call_member_by_user ON call_member (user_id);

-- Who has to be looked at: once after he came, again and again after he was taken out.
CREATE TABLE call_watch (
    media_room TEXT   NOT NULL,
    identity   TEXT   NOT NULL,
    until      BIGINT NOT NULL,
    PRIMARY KEY (media_room, identity)
);

-- Delayed leave events that are ours to restart and to send.
CREATE TABLE call_leave (
    media_room TEXT   NOT NULL,
    identity   TEXT   NOT NULL,
    delay_id   TEXT   NOT NULL,
    every_ms   BIGINT NOT NULL,
    since      BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    PRIMARY KEY (media_room, identity, delay_id)
);

-- Events of the media server that were taken.
CREATE TABLE call_event (
    id TEXT   NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX call_event_by_time ON call_event (at);

-- What the apps measured.
CREATE TABLE call_quality (
    call_id       TEXT   NOT NULL REFERENCES call (id),
    user_id       TEXT   NOT NULL,
    at            BIGINT NOT NULL,
    loss_permille BIGINT NOT NULL,
    jitter_ms     BIGINT NOT NULL,
    round_trip_ms BIGINT NOT NULL,
    freezes       BIGINT NOT NULL,
    freeze_ms     BIGINT NOT NULL,
    PRIMARY KEY (call_id, user_id, at)
);

-- The kinds of changes are a list in the program; a constraint that repeats it would have to be rebuilt with each new one.
CREATE TABLE change_of_any_kind (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    audience TEXT            -- user id besides staff, or the only one for `keys`
);
INSERT INTO change_of_any_kind (sequence, at, kind, subject, audience) SELECT sequence, at, kind, subject, audience FROM change;
DROP TABLE change;
ALTER TABLE change_of_any_kind RENAME TO change;

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

-- Colleagues of the lead: who asked them in. Null for a lead, who took the consultation himself.
ALTER TABLE participant ADD COLUMN invited_by TEXT REFERENCES operator (id);

-- Times are milliseconds since the Unix epoch.

-- The record of the archive that a call of a consultation is in; null: not sealed yet.
ALTER TABLE call ADD COLUMN sealed_sequence BIGINT;

-- When name, phone, reason and notes of a call-back that has ended were erased; null: they are there, or the call-back has not ended.
ALTER TABLE callback ADD COLUMN erased_at BIGINT;
CREATE INDEX callback_to_erase ON callback (ended_at) WHERE ended_at IS NOT NULL AND erased_at IS NULL;

-- 1: he only looked and listened, as an observer; his time is nobody's talk.
ALTER TABLE call_span ADD COLUMN listens BIGINT NOT NULL DEFAULT 0;

-- What the patient speaks, as his app said when he asked; null: unknown.
ALTER TABLE consultation ADD COLUMN language TEXT;
-- The operator who is asked to take it, and how long. Only of what waits.
ALTER TABLE consultation ADD COLUMN offered_to TEXT REFERENCES operator (id);
ALTER TABLE consultation ADD COLUMN offer_until BIGINT;
CREATE INDEX consultation_offered ON consultation (offered_to) WHERE offered_to IS NOT NULL;

-- What was said of the queue's promises: none, warned, broken; and when they have to be looked at next.
ALTER TABLE consultation ADD COLUMN wait_mark TEXT NOT NULL DEFAULT 'none';
ALTER TABLE consultation ADD COLUMN response_mark TEXT NOT NULL DEFAULT 'none';
ALTER TABLE consultation ADD COLUMN sla_due_at BIGINT;
CREATE INDEX consultation_sla_due ON consultation (sla_due_at) WHERE sla_due_at IS NOT NULL;

-- How much he can have at once, in weights of queues; 0: nothing is offered to him.
ALTER TABLE operator ADD COLUMN capacity BIGINT NOT NULL DEFAULT 4 CHECK (capacity >= 0);
-- When he was last given something.
ALTER TABLE operator ADD COLUMN given_at BIGINT;
-- When he last ended the wrap-up after a call himself.
ALTER TABLE operator ADD COLUMN wrapped_up_at BIGINT;
CREATE INDEX call_span_left ON call_span (left_at) WHERE side = 'staff';

CREATE TABLE operator_skill (
    operator_id TEXT NOT NULL REFERENCES operator (id),
    skill       TEXT NOT NULL,
    PRIMARY KEY (operator_id, skill)
);

CREATE TABLE operator_language (
    operator_id TEXT NOT NULL REFERENCES operator (id),
    language    TEXT NOT NULL,
    PRIMARY KEY (operator_id, language)
);

-- Offers that were not taken: the operator is not asked again for a while.
CREATE TABLE passed_offer (
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    operator_id     TEXT   NOT NULL REFERENCES operator (id),
    at              BIGINT NOT NULL,
    PRIMARY KEY (consultation_id, operator_id)
);
CREATE INDEX passed_offer_by_time ON passed_offer (at);

-- Notes of staff, canned replies, tags. Times are milliseconds since the Unix epoch.

-- Notes on a conversation. Patients never see them. `body` is sealed with the tenant's key.
CREATE TABLE note (
    id              TEXT   NOT NULL PRIMARY KEY,
    version         BIGINT NOT NULL, -- raised by each change; guards it
    conversation_id TEXT   NOT NULL REFERENCES conversation (id),
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    consultation_id TEXT   REFERENCES consultation (id), -- the latest when it was written; null: there was none
    request_id      TEXT   NOT NULL,
    author_id       TEXT   NOT NULL REFERENCES operator (id),
    created_at      BIGINT NOT NULL,
    edited_at       BIGINT,
    deleted_at      BIGINT,
    deleted_by      TEXT   REFERENCES operator (id),
    body            BYTEA, -- null: deleted
    UNIQUE (author_id, request_id),
    CHECK ((body IS NULL) = (deleted_at IS NOT NULL))
);
CREATE INDEX note_by_conversation ON note (conversation_id, created_at, id);
CREATE INDEX note_by_patient ON note (patient_id, created_at, id);

-- What a note said before it was edited. `body` is sealed with the tenant's key.
CREATE TABLE note_version (
    note_id TEXT   NOT NULL REFERENCES note (id),
    version BIGINT NOT NULL,
    at      BIGINT NOT NULL, -- when it was written so
    body    BYTEA  NOT NULL,
    PRIMARY KEY (note_id, version)
);

-- Who is mentioned in a note: he may read the conversation's notes until then. The row goes when the mention does; the audit log keeps that it was.
CREATE TABLE mention (
    id              TEXT   NOT NULL PRIMARY KEY,
    note_id         TEXT   NOT NULL REFERENCES note (id),
    conversation_id TEXT   NOT NULL REFERENCES conversation (id),
    operator_id     TEXT   NOT NULL REFERENCES operator (id),
    at              BIGINT NOT NULL,
    until           BIGINT NOT NULL,
    seen_at         BIGINT,
    UNIQUE (note_id, operator_id)
);
CREATE INDEX mention_by_operator ON mention (operator_id, at, id);
CREATE INDEX mention_unseen ON mention (operator_id) WHERE seen_at IS NULL;
CREATE INDEX mention_opens ON mention (operator_id, conversation_id, until);

-- Canned replies: texts that operators write again and again. No patient's data; what was removed stays for its history.
CREATE TABLE canned (
    id         TEXT   NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL, -- raised by each change; guards it
    owner_id   TEXT   NOT NULL, -- empty: shared
    language   TEXT   NOT NULL,
    shortcut   TEXT   NOT NULL, -- lower case
    title      TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    queues     TEXT   NOT NULL, -- JSON list of ids; empty: all
    changed_at BIGINT NOT NULL,
    changed_by TEXT   NOT NULL REFERENCES operator (id),
    removed_at BIGINT
);
CREATE UNIQUE INDEX canned_by_shortcut ON canned (owner_id, language, shortcut) WHERE removed_at IS NULL;

CREATE TABLE canned_version (
    canned_id  TEXT   NOT NULL REFERENCES canned (id),
    version    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    by_id      TEXT   NOT NULL REFERENCES operator (id),
    action     TEXT   NOT NULL CHECK (action IN ('created', 'changed', 'removed')),
    content    TEXT   NOT NULL, -- JSON
    PRIMARY KEY (canned_id, version)
);

-- Tags: words that staff puts on consultations. Archived instead of deleted, because old consultations keep theirs.
CREATE TABLE tag (
    id          TEXT   NOT NULL PRIMARY KEY,
    version     BIGINT NOT NULL, -- raised by each change; guards it
    names       TEXT   NOT NULL, -- JSON, by language
    color       TEXT   NOT NULL CHECK (color IN ('neutral', 'brand', 'info', 'success', 'warning', 'danger', 'note')),
    archived_at BIGINT,
    changed_at  BIGINT NOT NULL,
    changed_by  TEXT   NOT NULL REFERENCES operator (id)
);

CREATE TABLE consultation_tag (
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    tag_id          TEXT   NOT NULL REFERENCES tag (id),
    at              BIGINT NOT NULL,
    by_id           TEXT   NOT NULL REFERENCES operator (id),
    PRIMARY KEY (consultation_id, tag_id)
);
CREATE INDEX consultation_tag_by_tag ON consultation_tag (tag_id, consultation_id);

-- Webhooks: where the desk's events go, and what became of each. Times are milliseconds since the Unix epoch. `url` and the secrets are sealed with the
-- tenant's key; what an event says are opaque ids, phases and times.
CREATE TABLE webhook_endpoint (
    id            TEXT   NOT NULL PRIMARY KEY,
    url           BYTEA  NOT NULL,
    description   TEXT   NOT NULL,
    events        TEXT   NOT NULL, -- JSON list of event types
    fields        TEXT   NOT NULL, -- JSON list of personal fields that are added when it is sent
    is_on         BIGINT NOT NULL,
    off_reason    TEXT   CHECK (off_reason IN ('supervisor', 'failing', 'gone')),
    created_at    BIGINT NOT NULL,
    secret        BYTEA  NOT NULL,
    former_secret BYTEA,           -- signs beside the new one until then
    former_until  BIGINT,
    failing_since BIGINT,          -- the first failure since the last success
    backlog       BIGINT NOT NULL, -- deliveries that are not over
    CHECK ((is_on = 1) = (off_reason IS NULL)),
    CHECK ((former_secret IS NULL) = (former_until IS NULL))
);

-- What happened at the desk, as endpoints are told; kept for a while, so that it can be told again.
CREATE TABLE webhook_event (
    sequence    BIGINT NOT NULL PRIMARY KEY,
    id          TEXT   NOT NULL UNIQUE, -- `webhook-id`: the same however often it is sent
    at          BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    lane        TEXT   NOT NULL,        -- what is told in order: a conversation, a call-back without one, an operator
    patient_id  TEXT,
    callback_id TEXT,
    data        TEXT   NOT NULL
);
CREATE INDEX webhook_event_by_time ON webhook_event (at, sequence);

-- An event on its way to an endpoint. `behind`: another of its lane is told first.
CREATE TABLE webhook_delivery (
    endpoint_id     TEXT   NOT NULL REFERENCES webhook_endpoint (id),
    event_sequence  BIGINT NOT NULL REFERENCES webhook_event (sequence),
    lane            TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    state           TEXT   NOT NULL CHECK (state IN ('waiting', 'behind', 'delivered', 'dead')),
    attempts        BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    last_at         BIGINT,
    response_status BIGINT,
    latency_ms      BIGINT,
    failure         TEXT,
    PRIMARY KEY (endpoint_id, event_sequence)
);
-- At most one of a lane is on its way to an endpoint.
CREATE UNIQUE INDEX webhook_delivery_head ON webhook_delivery (endpoint_id, lane) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_behind ON webhook_delivery (endpoint_id, lane, event_sequence) WHERE state = 'behind';
CREATE INDEX webhook_delivery_by_state ON webhook_delivery (endpoint_id, state, event_sequence);
CREATE INDEX webhook_delivery_by_event ON webhook_delivery (event_sequence);

-- Reports find what was due, who was on duty and who was in a consultation by time.
CREATE INDEX callback_due ON callback (due_at);
CREATE INDEX operator_status_by_end ON operator_status (until, since);
CREATE INDEX participant_by_leaving ON participant (left_at, joined_at, operator_id, consultation_id, role);

-- Keys by which partners' systems call the API. Times are milliseconds since the Unix epoch. Of a key a keyed hash is kept, and nothing that opens anything.
CREATE TABLE api_key (
    id             TEXT   NOT NULL PRIMARY KEY,
    name           TEXT   NOT NULL,
    handle         TEXT   NOT NULL UNIQUE, -- the part of a key that says which it is
    secret_hash    BYTEA  NOT NULL,
    scopes         TEXT   NOT NULL, -- JSON list
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT,
    revoked_at     BIGINT,
    last_used_at   BIGINT,
    last_used_from TEXT,            -- network address
    CHECK ((last_used_at IS NULL) = (last_used_from IS NULL))
);
-- The audit log says who acted by a key's name: one in use has it alone.
CREATE UNIQUE INDEX api_key_name ON api_key (name) WHERE revoked_at IS NULL;

-- Answers to requests that open something, for a day, by the caller's `Idempotency-Key`: a retry gets the first one. `body` is sealed with the tenant's key.
CREATE TABLE api_answer (
    key_id       TEXT   NOT NULL REFERENCES api_key (id),
    retry_hash   BYTEA  NOT NULL, -- of the `Idempotency-Key`
    request_hash BYTEA  NOT NULL, -- of path and body
    request_id   TEXT   NOT NULL, -- under which it is opened, however often it is tried
    at           BIGINT NOT NULL,
    body         BYTEA,           -- null: not answered yet
    PRIMARY KEY (key_id, retry_hash)
);
CREATE INDEX api_answer_by_time ON api_answer (at);

-- The number by which a partner's system knows a patient.
ALTER TABLE patient ADD COLUMN external_index BYTEA;
CREATE UNIQUE INDEX patient_by_external ON patient (external_index) WHERE external_index IS NOT NULL;

-- Partners' systems act, too. The kinds of who acts are a list in the program; a constraint that repeats it would have to be rebuilt with each new one.
CREATE TABLE audit_of_any_role (
    sequence     BIGINT NOT NULL PRIMARY KEY,
    at           BIGINT NOT NULL,
    actor        TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    action       TEXT   NOT NULL,
    subject_kind TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    detail       TEXT   NOT NULL,
    hash         TEXT   NOT NULL
);
INSERT INTO audit_of_any_role (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash)
    SELECT sequence, at, actor, role, action, subject_kind, subject_id, detail, hash FROM audit;
DROP TABLE audit;
ALTER TABLE audit_of_any_role RENAME TO audit;
CREATE INDEX audit_by_actor ON audit (actor, sequence);
CREATE INDEX audit_by_action ON audit (action, sequence);
CREATE INDEX audit_by_subject ON audit (subject_id, sequence);

ALTER TABLE consultation_history ADD COLUMN any_actor_kind TEXT NOT NULL DEFAULT 'system';
UPDATE consultation_history SET any_actor_kind = actor_kind;
ALTER TABLE consultation_history DROP COLUMN actor_kind;
ALTER TABLE consultation_history RENAME COLUMN any_actor_kind TO actor_kind;

ALTER TABLE callback_history ADD COLUMN any_actor_kind TEXT NOT NULL DEFAULT 'system';
UPDATE callback_history SET any_actor_kind = actor_kind;
ALTER TABLE callback_history DROP COLUMN actor_kind;
ALTER TABLE callback_history RENAME COLUMN any_actor_kind TO actor_kind;

-- So do they order call-backs.
ALTER TABLE callback ADD COLUMN any_source TEXT NOT NULL DEFAULT 'app';
UPDATE callback SET any_source = source;
DROP INDEX callback_by_source;
ALTER TABLE callback DROP COLUMN source;
ALTER TABLE callback RENAME COLUMN any_source TO source;
CREATE INDEX callback_by_source ON callback (source, requested_at);

-- Conclusions: documents for patients, at most one for a consultation, with its versions. Times are milliseconds since the Unix epoch.

-- What is being written, and what was signed last. `draft` is sealed with the tenant's key.
CREATE TABLE conclusion (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    number          BIGINT UNIQUE, -- in the register; given when it is to be signed first
    signed_version  BIGINT NOT NULL DEFAULT 0, -- the last one; 0: none
    signed_at       BIGINT,
    draft_version   BIGINT NOT NULL, -- raised by each saving; guards it
    draft_by        TEXT   NOT NULL REFERENCES operator (id),
    draft_at        BIGINT NOT NULL,
    draft           BYTEA, -- null: what was signed last is all there is
    CHECK (signed_version = 0 OR number IS NOT NULL),
    CHECK ((signed_version = 0) = (signed_at IS NULL))
);
CREATE INDEX conclusion_by_patient ON conclusion (patient_id, signed_at);

-- What was signed. Never changed. `content` and `reason` are sealed with the tenant's key.
CREATE TABLE conclusion_version (
    consultation_id TEXT   NOT NULL REFERENCES conclusion (consultation_id),
    version         BIGINT NOT NULL, -- from 1
    signed_at       BIGINT NOT NULL,
    signed_by       TEXT   NOT NULL REFERENCES operator (id),
    method          TEXT   NOT NULL, -- of the signature: `simple`, or a provider's
    signature       BYTEA  NOT NULL, -- what the provider gave; empty for `simple`
    hash            TEXT   NOT NULL, -- SHA-256 of the content, hexadecimal
    content         BYTEA  NOT NULL,
    reason          BYTEA, -- why it replaces the version before; null: the first
    sealed_sequence BIGINT, -- the archive record that it is in; null: none yet
    PRIMARY KEY (consultation_id, version),
    CHECK ((version = 1) = (reason IS NULL))
);

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

-- What patients thought of closed consultations. Times are milliseconds since the Unix epoch.
CREATE TABLE rating (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    stars           BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    comment         BYTEA, -- sealed with the tenant's key; null: none
    rated_at        BIGINT NOT NULL -- given, or changed last
);

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

-- Settings that were changed in the console, over what the brand folder says. Rows are only added. Times are milliseconds since the Unix epoch.
CREATE TABLE setting (
    section     TEXT   NOT NULL, -- such as `queue.general`
    version     BIGINT NOT NULL CHECK (version > 0), -- from 1, without gaps; 0 is what the folder says
    at          BIGINT NOT NULL,
    by_id       TEXT   NOT NULL REFERENCES operator (id),
    content     TEXT, -- the whole section, JSON; null: it was removed
    folder      TEXT, -- what the brand folder said then, JSON; null: nothing
    restores    BIGINT, -- the version whose content it has again; null: it was written
    note        TEXT, -- why
    PRIMARY KEY (section, version)
);

-- Questions that patients answer when they ask, and their answers. Times are milliseconds since the Unix epoch.

-- As they were asked, by content: a brand may change them later.
CREATE TABLE questionnaire (
    version  TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of the content, hexadecimal
    content  TEXT   NOT NULL, -- JSON, as the brand has it
    first_at BIGINT NOT NULL
);

-- At most one for a consultation. `answers` is sealed with the tenant's key.
CREATE TABLE questionnaire_response (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    version         TEXT   NOT NULL REFERENCES questionnaire (version),
    answered_at     BIGINT NOT NULL,
    red_flag        BIGINT NOT NULL CHECK (red_flag IN (0, 1)),
    answers         BYTEA  NOT NULL
);

-- What patients agreed to and withdrew. Times are milliseconds since the Unix epoch.

-- The texts, by content: a brand may change them later, and what was agreed to is still shown. Rows are only added.
CREATE TABLE consent_text (
    hash     TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of title, summary and text with an empty line between them, hexadecimal
    language TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    summary  TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    first_at BIGINT NOT NULL
);

-- The ledger: each giving and each withdrawal is a row more. Only the device is removed, with the account.
CREATE TABLE consent (
    patient_id TEXT   NOT NULL REFERENCES patient (id),
    purpose    TEXT   NOT NULL, -- id of the consent in the brand
    version    BIGINT NOT NULL CHECK (version > 0), -- from 1, without gaps
    decision   TEXT   NOT NULL CHECK (decision IN ('given', 'withdrawn')),
    text_hash  TEXT   NOT NULL REFERENCES consent_text (hash), -- what was shown; of a withdrawal, what is withdrawn
    at         BIGINT NOT NULL,
    device_id  TEXT, -- of the session that did it; null: it has none, or the account was deleted
    PRIMARY KEY (patient_id, purpose, version)
);

-- When a conversation was told last that consents are missing.
CREATE TABLE consent_reminder (
    conversation_id TEXT   NOT NULL PRIMARY KEY REFERENCES conversation (id),
    at              BIGINT NOT NULL
);

-- Macros: what an operator does at once, under one name. No patient's data. Times are milliseconds since the Unix epoch.
-- Archived instead of deleted, so that one press brings it back; what it was before stands in the audit log.
CREATE TABLE macro (
    id          TEXT   NOT NULL PRIMARY KEY,
    version     BIGINT NOT NULL, -- raised by each change; guards it
    shortcut    TEXT   NOT NULL, -- lower case
    content     TEXT   NOT NULL, -- JSON
    archived_at BIGINT,
    changed_at  BIGINT NOT NULL,
    changed_by  TEXT   NOT NULL REFERENCES operator (id)
);
CREATE UNIQUE INDEX macro_by_shortcut ON macro (shortcut) WHERE archived_at IS NULL;

-- What ran: a request that comes twice does nothing twice.
CREATE TABLE macro_run (
    operator_id     TEXT   NOT NULL REFERENCES operator (id),
    request_id      TEXT   NOT NULL,
    macro_id        TEXT   NOT NULL REFERENCES macro (id),
    macro_version   BIGINT NOT NULL,
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    at              BIGINT NOT NULL,
    PRIMARY KEY (operator_id, request_id)
);

-- Rules: what the desk did by itself. What rules there are stands in the brand and in the settings. Times are milliseconds since the Unix epoch.

-- Who stands where a row needs an author and no member of staff is one: nobody signs in as him, and no list of staff has him.

-- What ran when, on what, by which version of which rule, and what came of it. Written in the transaction of the step that it followed. No text of anybody's.
CREATE TABLE rule_run (
    id              TEXT   NOT NULL PRIMARY KEY,
    at              BIGINT NOT NULL,
    rule_id         TEXT   NOT NULL, -- as the brand names it
    rule_version    BIGINT NOT NULL, -- of its section of the settings; 0: as the brand folder says
    event           TEXT   NOT NULL,
    consultation_id TEXT   REFERENCES consultation (id),
    callback_id     TEXT   REFERENCES callback (id),
    done            TEXT   NOT NULL, -- JSON list: each action, and what came of it
    alarm           BIGINT NOT NULL CHECK (alarm IN (0, 1)),
    seen_at         BIGINT, -- when a supervisor took note of the alarm
    seen_by         TEXT   REFERENCES operator (id),
    CHECK ((consultation_id IS NULL) <> (callback_id IS NULL)),
    CHECK ((seen_at IS NULL) = (seen_by IS NULL))
);
CREATE INDEX rule_run_by_time ON rule_run (at, id);
CREATE INDEX rule_run_by_rule ON rule_run (rule_id, at, id);
CREATE INDEX rule_run_by_consultation ON rule_run (consultation_id, at, id);
CREATE INDEX rule_run_by_callback ON rule_run (callback_id);
CREATE INDEX rule_run_alarms ON rule_run (at, id) WHERE alarm = 1 AND seen_at IS NULL;

-- Persons whom patients act for: a child, a parent. Times are milliseconds since the Unix epoch.

CREATE TABLE person (
    id         TEXT   NOT NULL PRIMARY KEY,
    patient_id TEXT   NOT NULL REFERENCES patient (id), -- whose account acts
    request_id TEXT   NOT NULL, -- the client's: the same press adds nobody twice
    created_at BIGINT NOT NULL,
    removed_at BIGINT, -- since when he is hidden; one of whom nothing is kept is deleted instead
    card       BYTEA  NOT NULL, -- name, birth date, sex, and what the account holder is to him
    UNIQUE (patient_id, request_id)
);

-- Whose health a consultation is about; null: the account holder's own.
ALTER TABLE consultation ADD COLUMN person_id TEXT REFERENCES person (id);
CREATE INDEX consultation_by_person ON consultation (person_id, requested_at, id) WHERE person_id IS NOT NULL;

-- Whom a consent is about; null: the account holder himself, who gives it in either case. Versions are counted for all of his together.
ALTER TABLE consent ADD COLUMN person_id TEXT REFERENCES person (id);
CREATE INDEX consent_by_person ON consent (person_id) WHERE person_id IS NOT NULL;

INSERT INTO counter (name, value) VALUES ('audit', 2), ('archive', 4), ('change', 2), ('effect', 1), ('webhook_event', 1), ('conclusion', 1);
INSERT INTO patient (id, user_id, created_at, card, phone_index, email_index, consultations, last_consultation_at, external_index, deleted_at) VALUES
    ('p-anna', '@anna:clinic.example', 1690000000000, x'a1a2a3a4', x'b1b2', x'b3b4', 2, 1690000600000, x'b5b6', NULL),
    ('p-gone', '@gone:clinic.example', 1690000001000, x'a5a6', NULL, NULL, 1, 1690000100000, NULL, 1690009000000);
INSERT INTO operator (id, user_id, name, title, role, status, status_since, status_reason, created_at, capacity, given_at, wrapped_up_at) VALUES
    ('o-petrova', '@petrova:clinic.example', 'Мария Петрова', 'Терапевт', 'operator', 'away', 1690000700000, 'обед', 1689990000000, 4, 1690000650000, NULL),
    ('o-volkova', '@volkova:clinic.example', 'Ольга Волкова', NULL, 'supervisor', 'online', 1690000000000, NULL, 1689990000000, 0, NULL, 1690000660000);
INSERT INTO operator_queue (operator_id, queue_id) VALUES ('o-petrova', 'general');
INSERT INTO operator_status (id, operator_id, status, reason, since, until) VALUES
    ('s-1', 'o-petrova', 'online', NULL, 1690000000000, 1690000700000), ('s-2', 'o-petrova', 'away', 'обед', 1690000700000, NULL);
INSERT INTO operator_skill (operator_id, skill) VALUES ('o-petrova', 'children');
INSERT INTO operator_language (operator_id, language) VALUES ('o-petrova', 'ru');
INSERT INTO conversation (id, patient_id, circle, room_id, created_at) VALUES
    ('v-anna', 'p-anna', 'general', '!anna:clinic.example', 1690000000500), ('v-gone', 'p-gone', 'general', NULL, 1690000001500);
INSERT INTO consultation (id, version, conversation_id, patient_id, request_id, queue_id, phase, stage, phase_since, priority, queue_order, requested_at, taken_at,
    first_taken_at, first_answer_at, ended_at, end_reason, lead_id, message_count, first_event_id, last_event_id, last_message_at, sealed_sequence, sealed_at,
    sealed_messages, sealed_files, language, retention_class, erase_due_at, erased_at) VALUES
    ('c-sealed', 5, 'v-anna', 'p-anna', 'r-1', 'general', 'archived', 3, 1690000500000, 0, 0, 1690000100000, 1690000200000, 1690000200000, 1690000210000,
        1690000500000, x'c1c2', 'o-petrova', 2, '$one', '$two', 1690000220000, 1, 1690000501000, 2, 1, 'ru', 'standard', 2478000000000, NULL),
    ('c-erased', 4, 'v-gone', 'p-gone', 'r-2', 'general', 'archived', 3, 1690000090000, 0, 0, 1690000050000, 1690000060000, 1690000060000, 1690000061000,
        1690000090000, NULL, 'o-petrova', 1, NULL, NULL, NULL, 2, 1690000091000, 1, 1, NULL, 'standard', 2478000000000, 1690009000000);
INSERT INTO consultation (id, version, conversation_id, patient_id, request_id, queue_id, phase, stage, phase_since, due_at, priority, queue_order, requested_at,
    message_count, first_event_id, last_event_id, last_message_at, unanswered_since, sealed_messages, sealed_files, language, offered_to, offer_until, wait_mark,
    response_mark, sla_due_at) VALUES
    ('c-waits', 2, 'v-anna', 'p-anna', 'r-3', 'general', 'queued', 0, 1690000600000, 1690004200000, 10, -10, 1690000600000, 1, '$three', '$three', 1690000601000,
        1690000601000, 0, 0, 'ru', 'o-petrova', 1690000630000, 'warned', 'none', 1690000900000);
INSERT INTO consultation_count (queue_id, stage, lead_id, n) VALUES ('general', 0, '', 1), ('general', 3, 'o-petrova', 2), ('general', 4, 'o-petrova', 2);
INSERT INTO participant (consultation_id, operator_id, version, role, joined_at, left_at, sealed_sequence, invited_by) VALUES
    ('c-sealed', 'o-petrova', 2, 'lead', 1690000200000, 1690000500000, 1, NULL),
    ('c-sealed', 'o-volkova', 3, 'observer', 1690000300000, 1690000400000, 1, 'o-petrova');
INSERT INTO consultation_history (consultation_id, version, at, actor_kind, actor_id, action, note) VALUES
    ('c-sealed', 1, 1690000100000, 'patient', 'p-anna', 'request', NULL), ('c-sealed', 2, 1690000200000, 'operator', 'o-petrova', 'take', NULL),
    ('c-sealed', 5, 1690000500000, 'operator', 'o-petrova', 'close', x'c3c4'), ('c-waits', 1, 1690000600000, 'partner', 'k-1', 'request', NULL);
INSERT INTO passed_offer (consultation_id, operator_id, at) VALUES ('c-waits', 'o-volkova', 1690000620000);
INSERT INTO message (event_id, conversation_id, consultation_id, position, sender, sender_kind, sent_at, state, trust, content) VALUES
    ('$three', 'v-anna', 'c-waits', 1, '@anna:clinic.example', 'patient', 1690000601000, 'read', 'verified', x'd1d2d3'),
    ('$four', 'v-anna', 'c-waits', 2, '@anna:clinic.example', 'patient', 1690000602000, 'waiting', NULL, NULL);
INSERT INTO hand_over (conversation_id, user_id, devices, sessions, at) VALUES ('v-anna', '@petrova:clinic.example', 1, 3, 1690000201000);
INSERT INTO intake (transaction_id, at) VALUES ('t-1', 1690000601500);
INSERT INTO effect (id, lane, body, attempts, due_at, failed) VALUES (1, 'v-anna', '{"task":"leave_room"}', 3, 1690000700000, 'the homeserver does not answer');
INSERT INTO change (sequence, at, kind, subject, audience) VALUES
    (1, 1690000600000, 'consultation', 'c-waits', '@anna:clinic.example'), (2, 1690000700000, 'operator', 'o-petrova', NULL);
INSERT INTO audit (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash) VALUES
    (1, 1690000100000, '@anna:clinic.example', 'patient', 'consultation.requested', 'consultation', 'c-sealed', '{}', 'aa01'),
    (2, 1690000200000, '@petrova:clinic.example', 'operator', 'consultation.taken', 'consultation', 'c-sealed', '{"queue":"general"}', 'aa02');
INSERT INTO custody (patient_id, kept_by, since) VALUES ('p-anna', 'clinic', 1690000000600);
INSERT INTO secret_release (id, patient_id, at, device_id, device_name) VALUES ('sr-1', 'p-anna', 1690000000700, 'DEVICE', x'e1e2');
INSERT INTO call (id, version, media_room, room_id, conversation_id, consultation_id, patient_id, caller_side, caller_user, is_adopted, kind, state, outcome,
    started_at, ring_until, answered_at, answered_user, answered_device, ended_at, billable_ms, sealed_sequence) VALUES
    ('call-1', 3, 'media-1', '!anna:clinic.example', 'v-anna', 'c-sealed', 'p-anna', 'staff', '@petrova:clinic.example', 0, 'video', 'ended', 'completed',
        1690000300000, 1690000345000, 1690000305000, '@anna:clinic.example', 'DEVICE', 1690000400000, 95000, 1),
    ('call-2', 2, 'media-1', '!anna:clinic.example', 'v-anna', NULL, 'p-anna', 'staff', '@petrova:clinic.example', 0, 'audio', 'ended', 'completed',
        1690000320000, 1690000365000, 1690000325000, NULL, NULL, 1690000350000, 20000, NULL);
INSERT INTO call_session (sid, call_id, created_at, finished_at) VALUES ('RM_1', 'call-1', 1690000300000, 1690000401000);
INSERT INTO call_span (sid, call_id, identity, user_id, side, joined_at, left_at, reason, media_until, listens) VALUES
    ('PA_1', 'call-1', 'i-1', '@petrova:clinic.example', 'staff', 1690000301000, 1690000400000, 'left', 1690000400000, 0),
    ('PA_2', 'call-1', 'i-2', '@volkova:clinic.example', 'staff', 1690000310000, 1690000390000, 'left', 1690000390000, 1);
INSERT INTO call_room (media_room, room_id, sid, is_over) VALUES ('media-1', '!anna:clinic.example', 'RM_1', 1);
INSERT INTO call_member (media_room, identity, user_id, device_id, issued_at) VALUES ('media-1', 'i-1', '@petrova:clinic.example', 'DESK', 1690000300500);
INSERT INTO call_watch (media_room, identity, until) VALUES ('media-1', 'i-9', 1690001000000);
INSERT INTO call_leave (media_room, identity, delay_id, every_ms, since, due_at) VALUES ('media-1', 'i-1', 'd-1', 10000, 1690000301000, 1690000311000);
INSERT INTO call_event (id, at) VALUES ('EV_1', 1690000301000);
INSERT INTO call_quality (call_id, user_id, at, loss_permille, jitter_ms, round_trip_ms, freezes, freeze_ms) VALUES
    ('call-1', '@anna:clinic.example', 1690000320000, 12, 20, 80, 1, 300);
INSERT INTO callback (id, version, patient_id, conversation_id, request_id, queue_id, phase, stage, phase_since, requested_at, time_zone, window_start, window_end,
    due_at, attempts, operator_id, taken_at, means, call_id, outcome, ending, ended_at, details, phone_index, note, sealed_sequence, sealed_at, source) VALUES
    ('b-done', 4, 'p-anna', 'v-anna', 'r-9', 'general', 'archived', 2, 1690000360000, 1690000250000, 'Europe/Moscow', 1690000260000, 1690000460000, 1690000460000, 1,
        'o-petrova', 1690000310000, 'app', 'call-2', 'answered', 'done', 1690000355000, x'f1f2', x'b1b2', x'f3', 3, 1690000360000, 'app'),
    ('b-form', 1, NULL, NULL, 'r-10', 'general', 'new', 0, 1690000650000, 1690000650000, 'Europe/Moscow', NULL, NULL, 1690001650000, 0, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, x'f4f5', x'b7b8', NULL, NULL, NULL, 'form');
INSERT INTO callback_history (callback_id, version, at, actor_kind, actor_id, action, note) VALUES
    ('b-done', 1, 1690000250000, 'patient', 'p-anna', 'order', NULL), ('b-done', 4, 1690000360000, 'system', NULL, 'seal', NULL);
INSERT INTO callback_challenge (used_hash, expires_at) VALUES (x'0102', 1690001000000);
INSERT INTO archive_record (sequence, consultation_id, callback_id, sealed_at, message_count, file_count, ciphertext, hash, signature, is_tombstone) VALUES
    (1, 'c-sealed', NULL, 1690000501000, 2, 1, x'1011121314', 'ab01', 'cd01', 0),
    (2, 'c-erased', NULL, 1690000091000, 1, 1, x'2021222324', 'ab02', 'cd02', 0),
    (3, NULL, 'b-done', 1690000360000, 0, 0, x'3031323334', 'ab03', 'cd03', 0),
    (4, 'c-erased', NULL, 1690009000000, 0, 0, x'7b7d', 'ab04', 'cd04', 1);
INSERT INTO archive_key (sequence, wrapped_key) VALUES (1, x'9091'), (3, x'9293');
INSERT INTO note (id, version, conversation_id, patient_id, consultation_id, request_id, author_id, created_at, edited_at, deleted_at, deleted_by, body) VALUES
    ('n-1', 2, 'v-anna', 'p-anna', 'c-sealed', 'r-20', 'o-petrova', 1690000230000, 1690000240000, NULL, NULL, x'4142'),
    ('n-2', 2, 'v-anna', 'p-anna', NULL, 'r-21', 'o-petrova', 1690000231000, NULL, 1690000241000, 'o-volkova', NULL);
INSERT INTO note_version (note_id, version, at, body) VALUES ('n-1', 1, 1690000230000, x'4344');
INSERT INTO mention (id, note_id, conversation_id, operator_id, at, until, seen_at) VALUES ('m-1', 'n-1', 'v-anna', 'o-volkova', 1690000240000, 1690259440000, NULL);
INSERT INTO canned (id, version, owner_id, language, shortcut, title, text, queues, changed_at, changed_by, removed_at) VALUES
    ('ca-1', 1, '', 'ru', 'привет', 'Приветствие', 'Здравствуйте!', '[]', 1690000000000, 'o-volkova', NULL);
INSERT INTO canned_version (canned_id, version, at, by_id, action, content) VALUES ('ca-1', 1, 1690000000000, 'o-volkova', 'created', '{"title":"Приветствие"}');
INSERT INTO tag (id, version, names, color, archived_at, changed_at, changed_by) VALUES ('tag-1', 1, '{"ru":"срочно"}', 'danger', NULL, 1690000000000, 'o-volkova');
INSERT INTO consultation_tag (consultation_id, tag_id, at, by_id) VALUES ('c-sealed', 'tag-1', 1690000250000, 'o-petrova');
INSERT INTO webhook_endpoint (id, url, description, events, fields, is_on, off_reason, created_at, secret, former_secret, former_until, failing_since, backlog) VALUES
    ('w-1', x'5152', 'CRM', '["consultation.closed"]', '[]', 1, NULL, 1690000000000, x'5354', NULL, NULL, 1690000510000, 1);
INSERT INTO webhook_event (sequence, id, at, kind, lane, patient_id, callback_id, data) VALUES
    (1, 'we-1', 1690000500000, 'consultation.closed', 'v-anna', 'p-anna', NULL, '{"consultation":"c-sealed"}');
INSERT INTO webhook_delivery (endpoint_id, event_sequence, lane, kind, state, attempts, due_at, last_at, response_status, latency_ms, failure) VALUES
    ('w-1', 1, 'v-anna', 'consultation.closed', 'waiting', 2, 1690000900000, 1690000510000, 503, 41, 'status');
INSERT INTO api_key (id, name, handle, secret_hash, scopes, created_at, expires_at, revoked_at, last_used_at, last_used_from) VALUES
    ('k-1', 'MIS', 'h1', x'6162', '["consultations"]', 1690000000000, NULL, NULL, 1690000600000, '10.0.0.0/24');
INSERT INTO api_answer (key_id, retry_hash, request_hash, request_id, at, body) VALUES ('k-1', x'6364', x'6566', 'r-3', 1690000600000, x'6768');
INSERT INTO conclusion (consultation_id, patient_id, number, signed_version, signed_at, draft_version, draft_by, draft_at, draft) VALUES
    ('c-sealed', 'p-anna', 1, 2, 1690000480000, 6, 'o-petrova', 1690000479000, NULL);
INSERT INTO conclusion_version (consultation_id, version, signed_at, signed_by, method, signature, hash, content, reason, sealed_sequence) VALUES
    ('c-sealed', 1, 1690000450000, 'o-petrova', 'simple', x'', 'ef01', x'7172', NULL, 1),
    ('c-sealed', 2, 1690000480000, 'o-petrova', 'simple', x'', 'ef02', x'7374', x'7576', 1);
INSERT INTO legal_hold (id, patient_id, consultation_id, request_id, reason, placed_at, placed_by, lifted_at, lifted_by, lift_reason) VALUES
    ('lh-1', 'p-anna', 'c-sealed', 'r-30', x'8182', 1690000520000, 'o-volkova', NULL, NULL, NULL);
INSERT INTO erasure (consultation_id, sequence, reason) VALUES ('c-erased', 4, x'8384');
INSERT INTO erasure_file (consultation_id, url, gone_at) VALUES ('c-erased', 'mxc://clinic.example/one', NULL);
INSERT INTO rating (consultation_id, patient_id, stars, comment, rated_at) VALUES ('c-sealed', 'p-anna', 5, x'8586', 1690000560000);
INSERT INTO deletion (patient_id, receipt, signature, operator_id, reason, account_ended_at, finished_at, held) VALUES
    ('p-gone', '{"number":"n-1"}', 'cd09', 'o-volkova', x'8788', 1690009001000, 1690009002000, 0);
INSERT INTO setting (section, version, at, by_id, content, folder, restores, note) VALUES
    ('queue.general', 1, 1690001000000, 'o-volkova', '{"two_person_cover":true}', '{}', NULL, 'two at least'),
    ('queue.general', 2, 1690002000000, 'o-volkova', NULL, '{}', NULL, NULL);
INSERT INTO questionnaire (version, content, first_at) VALUES ('77aa', '{"questions":[]}', 1690000590000);
INSERT INTO questionnaire_response (consultation_id, version, answered_at, red_flag, answers) VALUES ('c-waits', '77aa', 1690000600000, 1, x'a7a8');
INSERT INTO consent_text (hash, language, title, summary, text, first_at) VALUES ('88bb', 'ru', 'Обработка данных', 'Коротко', 'Полностью', 1690000000000);
INSERT INTO macro (id, version, shortcut, content, archived_at, changed_at, changed_by) VALUES ('ma-1', 1, 'конец', '{"steps":[]}', NULL, 1690000000000, 'o-volkova');
INSERT INTO macro_run (operator_id, request_id, macro_id, macro_version, consultation_id, at) VALUES ('o-petrova', 'r-40', 'ma-1', 1, 'c-sealed', 1690000490000);
INSERT INTO operator (id, user_id, name, role, status, status_since, capacity, created_at) VALUES ('rules', 'rules', 'rules', 'operator', 'offline', 0, 0, 0);
INSERT INTO rule_run (id, at, rule_id, rule_version, event, consultation_id, callback_id, done, alarm, seen_at, seen_by) VALUES
    ('rr-1', 1690000600500, 'urgent', 0, 'consultation.requested', 'c-waits', NULL, '[]', 1, NULL, NULL);
INSERT INTO person (id, patient_id, request_id, created_at, removed_at, card) VALUES ('pe-1', 'p-anna', 'r-50', 1690000000800, NULL, x'a9aa');
UPDATE consultation SET person_id = 'pe-1' WHERE id = 'c-waits';
INSERT INTO consent (patient_id, purpose, version, decision, text_hash, at, device_id, person_id) VALUES
    ('p-anna', 'data', 1, 'given', '88bb', 1690000000900, 'DEVICE', NULL), ('p-anna', 'data', 2, 'given', '88bb', 1690000000950, 'DEVICE', 'pe-1'),
    ('p-anna', 'data', 3, 'withdrawn', '88bb', 1690003000000, NULL, 'pe-1');
INSERT INTO consent_reminder (conversation_id, at) VALUES ('v-anna', 1690000610000);

CREATE TRIGGER IF NOT EXISTS audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS archive_record_keeps BEFORE UPDATE ON archive_record BEGIN SELECT RAISE(ABORT, 'the archive is append-only'); END;
CREATE TRIGGER IF NOT EXISTS archive_record_stays BEFORE DELETE ON archive_record BEGIN SELECT RAISE(ABORT, 'the archive is append-only'); END;

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

-- Saved views: a list with filters and an order, under a name. Times are milliseconds since the Unix epoch.

-- What was removed stays for a day, so that it can be taken back.
CREATE TABLE saved_view (
    id         TEXT   NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL, -- raised by each change; guards it
    owner_id   TEXT   NOT NULL REFERENCES operator (id),
    section    TEXT   NOT NULL, -- which list of the console
    content    BYTEA  NOT NULL, -- name and query, sealed with the tenant's key: somebody's name may be searched for in it
    sharing    TEXT   NOT NULL, -- JSON: with whom
    is_shared  BIGINT NOT NULL CHECK (is_shared IN (0, 1)), -- with anybody
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX saved_view_by_owner ON saved_view (owner_id);
CREATE INDEX saved_view_shared ON saved_view (is_shared);
CREATE INDEX saved_view_removed ON saved_view (removed_at) WHERE removed_at IS NOT NULL;

-- In which order a member of staff has his views and those that are shared with him. Views that are not named stand behind.
CREATE TABLE saved_view_order (
    operator_id TEXT NOT NULL PRIMARY KEY REFERENCES operator (id),
    view_ids    TEXT NOT NULL -- JSON list
);

-- What lists are filtered by since there are views.
CREATE INDEX consultation_phase ON consultation (phase, requested_at, id);
CREATE INDEX callback_by_outcome ON callback (outcome, requested_at, id) WHERE outcome IS NOT NULL;
CREATE INDEX patient_by_consultations ON patient (consultations, id);
CREATE INDEX rating_by_stars ON rating (stars, consultation_id);

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

-- Full text of the archive: an index that is sealed as the records are, and can be made anew from them. Times are milliseconds since the Unix epoch.
-- None of these tables but `archive_search` belongs into a backup that leaves out the keys of records: they say which words stood in what.

-- Which documents of a bucket have a word, or belong to a queue, an operator, a tag. `label` is a keyed hash of it and of the bucket, so that the same word
-- does not look the same in two buckets; `docs` is sealed with the index's key, and padded.
CREATE TABLE archive_word (
    bucket BIGINT NOT NULL, -- of documents, by their numbers
    label  BIGINT NOT NULL,
    docs   BYTEA  NOT NULL,
    PRIMARY KEY (bucket, label)
);

-- What is in the index. `labels`: under which labels, sealed, so that all of it can be taken out again.
CREATE TABLE archive_indexed (
    doc             BIGINT NOT NULL PRIMARY KEY, -- the place of its first record in the chain
    consultation_id TEXT   NOT NULL UNIQUE REFERENCES consultation (id),
    sealed_at       BIGINT NOT NULL, -- of that record
    labels          BYTEA  NOT NULL
);
CREATE INDEX archive_indexed_by_time ON archive_indexed (sealed_at, doc);

-- What has to be read into the index, or read anew.
CREATE TABLE archive_to_index (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    sequence        BIGINT NOT NULL, -- of its last record; the newest are read first
    marks           BIGINT NOT NULL -- raised by each reason to read it: what was read before the last one does not settle it
);
CREATE INDEX archive_to_index_newest ON archive_to_index (sequence);

-- Of what form the index is, and by which key; another form or key: it is made anew at the next start.
CREATE TABLE archive_index (
    id        BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    form      BIGINT NOT NULL, -- 0: it is being made anew
    key_check BYTEA -- null: the archive's identity was not here
);
INSERT INTO archive_index (id, form, key_check) VALUES (1, 0, NULL);

-- What staff searched for. `words` is sealed with the tenant's key; the audit log has a keyed hash of them. Goes after a year.
CREATE TABLE archive_search (
    id    TEXT   NOT NULL PRIMARY KEY,
    at    BIGINT NOT NULL,
    words BYTEA  NOT NULL
);
CREATE INDEX archive_search_by_time ON archive_search (at);

-- The notes of one consultation, as its erasure and the index ask for them.
CREATE INDEX note_by_consultation ON note (consultation_id) WHERE consultation_id IS NOT NULL;

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

-- Administrators, grades and statuses of a brand's own; and who changed what of a member of staff. Times are milliseconds since the Unix epoch.

-- 1: he also says who supervises and who administers. His role is 'supervisor': whatever supervisors may do, he may.
ALTER TABLE operator ADD COLUMN administrator BIGINT NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1));
ALTER TABLE operator ADD COLUMN grade TEXT; -- such as 'highest category'; null: none
ALTER TABLE operator ADD COLUMN status_kind TEXT; -- which of the brand's own statuses it is; null: none
-- Somebody has to: the first supervisor of an installation, who could do all of it until now.
UPDATE operator SET administrator = 1
    WHERE id = (SELECT id FROM operator WHERE role = 'supervisor' AND id <> 'rules' ORDER BY created_at, id LIMIT 1);

ALTER TABLE operator_status ADD COLUMN kind TEXT; -- as status_kind
ALTER TABLE operator_status ADD COLUMN on_duty BIGINT CHECK (on_duty IN (0, 1)); -- whether its time is duty; null: as its status says
CREATE INDEX operator_status_by_kind ON operator_status (kind) WHERE kind IS NOT NULL;

-- What was changed of a member in the console. Rows are only added.
CREATE TABLE operator_version (
    operator_id TEXT   NOT NULL REFERENCES operator (id),
    version     BIGINT NOT NULL CHECK (version > 0), -- from 1, without gaps
    at          BIGINT NOT NULL,
    by_id       TEXT   NOT NULL REFERENCES operator (id),
    before      TEXT   NOT NULL, -- what could be changed of him until then, JSON
    content     TEXT   NOT NULL, -- and since then
    restores    BIGINT, -- the version whose content it has again, 0: that before the first; null: it was written
    PRIMARY KEY (operator_id, version)
);

-- Full text of call-backs, and of beginnings of words. What the index has is a function of the records: it is emptied here, and the next start makes it anew.
-- Times are milliseconds since the Unix epoch. Of these tables too none belongs into a backup that leaves out the keys of records.
DROP TABLE archive_word;
DROP TABLE archive_indexed;
DROP TABLE archive_to_index;
UPDATE archive_index SET form = 0, key_check = NULL;

-- As before: which documents of a bucket have a word, or belong to a queue, an operator, a tag.
CREATE TABLE archive_word (
    bucket BIGINT NOT NULL, -- of documents, by their numbers
    label  BIGINT NOT NULL,
    docs   BYTEA  NOT NULL,
    PRIMARY KEY (bucket, label)
);

-- Which words of a bucket begin with the same three letters. `label` is a keyed hash of these and of the bucket; `words` is sealed with the index's key, and padded.
CREATE TABLE archive_beginning (
    bucket BIGINT NOT NULL,
    label  BIGINT NOT NULL,
    words  BYTEA  NOT NULL,
    PRIMARY KEY (bucket, label)
);

-- What is in the index: consultations and call-backs. `labels`, `beginnings`: under which labels of the one table and of the other, sealed, so that all of it
-- can be taken out again.
CREATE TABLE archive_indexed (
    doc             BIGINT NOT NULL PRIMARY KEY, -- the place of its first record in the chain
    consultation_id TEXT   UNIQUE REFERENCES consultation (id),
    callback_id     TEXT   UNIQUE REFERENCES callback (id),
    sealed_at       BIGINT NOT NULL, -- of that record
    labels          BYTEA  NOT NULL,
    beginnings      BYTEA  NOT NULL,
    CHECK ((consultation_id IS NULL) <> (callback_id IS NULL))
);
CREATE INDEX archive_indexed_by_time ON archive_indexed (sealed_at, doc);

-- What has to be read into the index, or read anew.
CREATE TABLE archive_to_index (
    consultation_id TEXT   UNIQUE REFERENCES consultation (id),
    callback_id     TEXT   UNIQUE REFERENCES callback (id),
    sequence        BIGINT NOT NULL, -- of its last record; the newest are read first
    marks           BIGINT NOT NULL, -- raised by each reason to read it: what was read before the last one does not settle it
    CHECK ((consultation_id IS NULL) <> (callback_id IS NULL))
);
CREATE INDEX archive_to_index_newest ON archive_to_index (sequence);

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

-- Files that the desk keeps to send them again and again, and what the brand folder began of tags, canned replies and macros. No patient's data. Times are
-- milliseconds since the Unix epoch.

-- Who stands where a row needs an author and it came with the brand folder: nobody signs in as him, and no list of staff has him.
INSERT INTO operator (id, user_id, name, role, status, status_since, capacity, created_at)
    VALUES ('brand', 'brand', 'brand', 'operator', 'offline', 0, 0, 0);

-- Kept while a macro names it, and for a while after.
CREATE TABLE desk_file (
    id           TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    media_type   TEXT   NOT NULL,
    size_bytes   BIGINT NOT NULL CHECK (size_bytes > 0),
    content_hash BYTEA  NOT NULL, -- SHA-256: the same file is kept once
    content      BYTEA  NOT NULL, -- sealed with the tenant's key
    kept_at      BIGINT NOT NULL,
    kept_by      TEXT   NOT NULL REFERENCES operator (id),
    unused_since BIGINT           -- null: a macro names it
);

-- What the folder said of a tag, a reply or a macro when it was looked at last, and which version was made of it: what has another version by now was changed in
-- the console, and stays so.
CREATE TABLE brand_entry (
    kind    TEXT   NOT NULL CHECK (kind IN ('tag', 'canned', 'macro')),
    id      TEXT   NOT NULL, -- of the row, and of the entry
    folder  TEXT,            -- JSON; null: the folder has it no more
    version BIGINT NOT NULL, -- of the row; 0: it was there before the folder said anything
    PRIMARY KEY (kind, id)
);

-- Consultations that lost their operator, and those whose patient is silent. Times are milliseconds since the Unix epoch.

-- How the consultation came back to a queue, beside transfer_from; null: somebody handed it on.
ALTER TABLE consultation ADD COLUMN transfer_cause TEXT CHECK (transfer_cause IN ('handed', 'lost'));
-- When a silent patient was asked whether he is still there; null: he was not, or somebody has written since.
ALTER TABLE consultation ADD COLUMN silence_warned_at BIGINT;

-- Direct rooms in which patients speak to the desk by plain replies, from whichever Matrix client. Times are milliseconds since the Unix epoch.
CREATE TABLE plain_desk (
    patient_id TEXT   NOT NULL PRIMARY KEY REFERENCES patient (id), -- one room of each
    room_id    TEXT   NOT NULL UNIQUE,
    encrypted  BIGINT NOT NULL CHECK (encrypted IN (0, 1)), -- 0: nothing is talked about there
    language   TEXT   NOT NULL, -- in which the desk answers
    opened_at  BIGINT NOT NULL,
    greeted_at BIGINT, -- null: the keeper is on its way in
    hinted_at  BIGINT, -- when it was said last that the room is not encrypted
    memory     BYTEA,  -- sealed with the tenant's key: how far the dialogue is; null: at its beginning
    memory_at  BIGINT, -- when it went on last
    CHECK ((memory IS NULL) = (memory_at IS NULL))
);
CREATE INDEX plain_desk_by_memory ON plain_desk (memory_at) WHERE memory_at IS NOT NULL;

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

-- What was promised to a consultation, where each step left it, and views for a partner's own reports. Times are milliseconds since the Unix epoch.

-- What was said of the promised close: none, warned, broken.
ALTER TABLE consultation ADD COLUMN resolution_mark TEXT NOT NULL DEFAULT 'none';
-- 1: the queue promised it then, whatever its settings say now. What was asked for before these columns has 0, and no report counts its promises.
ALTER TABLE consultation ADD COLUMN wait_promised BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consultation ADD COLUMN response_promised BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consultation ADD COLUMN resolution_promised BIGINT NOT NULL DEFAULT 0;
-- When it was last opened again after its end.
ALTER TABLE consultation ADD COLUMN reopened_at BIGINT;
-- Where it stood after the step; null: a step before this column, or of no queue of its own.
ALTER TABLE consultation_history ADD COLUMN queue_id TEXT;
-- Reports find by it what waited from before a period into it.
CREATE INDEX consultation_by_end ON consultation (ended_at, requested_at, id);

-- Views for business intelligence: ids, words and times. No column of them is sealed, and none says who somebody is: no name, account, number, text or language.
-- They are part of the product (docs/bi-views.md): columns are added, never renamed. A migration that rebuilds a table below drops these views first and makes
-- them again.

CREATE VIEW bi_consultation AS
    SELECT c.id AS consultation_id, c.conversation_id, c.patient_id, c.queue_id, c.lead_id AS operator_id, c.phase, c.priority,
        c.requested_at, c.first_taken_at, c.first_answer_at, c.reopened_at, c.ended_at, c.message_count,
        (c.first_answer_at - c.requested_at) / 1000 AS wait_seconds,
        (c.first_answer_at - c.first_taken_at) / 1000 AS first_response_seconds,
        CASE WHEN c.phase = 'archived' THEN (c.ended_at - c.requested_at) / 1000 END AS resolution_seconds,
        c.wait_promised, c.response_promised, c.resolution_promised,
        CASE WHEN EXISTS (SELECT 1 FROM consultation_history h WHERE h.consultation_id = c.id AND h.action = 'wait_broken')
            THEN 1 ELSE 0 END AS wait_broken,
        CASE WHEN EXISTS (SELECT 1 FROM consultation_history h WHERE h.consultation_id = c.id AND h.action = 'response_broken')
            THEN 1 ELSE 0 END AS response_broken,
        CASE WHEN EXISTS (SELECT 1 FROM consultation_history h WHERE h.consultation_id = c.id AND h.action = 'resolution_broken')
            THEN 1 ELSE 0 END AS resolution_broken
    FROM consultation c;

CREATE VIEW bi_step AS
    SELECT h.consultation_id, h.version, h.at, h.action, h.actor_kind,
        CASE WHEN h.actor_kind = 'operator' THEN h.actor_id END AS operator_id, h.queue_id
    FROM consultation_history h;

CREATE VIEW bi_participant AS
    SELECT p.consultation_id, p.operator_id, p.role, p.joined_at, p.left_at
    FROM participant p;

CREATE VIEW bi_call AS
    SELECT c.id AS call_id, c.consultation_id, c.conversation_id, c.patient_id, o.id AS operator_id, c.caller_side, c.kind, c.state, c.outcome,
        c.started_at, c.answered_at, c.ended_at, c.billable_ms,
        q.reports AS quality_reports, q.loss_permille, q.jitter_ms, q.round_trip_ms, q.freezes, q.freeze_ms
    FROM call c
    LEFT JOIN operator o ON o.user_id = CASE WHEN c.caller_side = 'staff' THEN c.caller_user ELSE c.answered_user END
    LEFT JOIN (
        SELECT call_id, count(*) AS reports,
            CAST(sum(loss_permille) AS BIGINT) / count(*) AS loss_permille,
            CAST(sum(jitter_ms) AS BIGINT) / count(*) AS jitter_ms,
            CAST(sum(round_trip_ms) AS BIGINT) / count(*) AS round_trip_ms,
            CAST(sum(freezes) AS BIGINT) AS freezes,
            CAST(sum(freeze_ms) AS BIGINT) AS freeze_ms
        FROM call_quality GROUP BY call_id
    ) q ON q.call_id = c.id;

CREATE VIEW bi_callback AS
    SELECT b.id AS callback_id, b.conversation_id, b.patient_id, b.queue_id, b.operator_id, b.source, b.phase, b.requested_at, b.window_start, b.window_end,
        b.due_at, b.overdue_since, b.again_at, b.attempts, b.taken_at, b.means, b.call_id, b.outcome, b.ending, b.ended_at
    FROM callback b;

CREATE VIEW bi_rating AS
    SELECT r.consultation_id, r.stars, r.rated_at
    FROM rating r;

CREATE VIEW bi_operator_status AS
    SELECT s.operator_id, s.status, s.kind, s.since, s.until,
        COALESCE(s.on_duty, CASE WHEN s.status IN ('online', 'transfer_only', 'going_off') THEN 1 ELSE 0 END) AS on_duty
    FROM operator_status s;

INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) VALUES
    (23, 'fields and follow ups', '2026-11-30 10:00:00', 1, x'2dcbd821ea5eec1c4ec87e443bb0e8954f3db31c37f4259fc792cbc3542985849bfaa1397c9186e2da4501f4edca13c6', 1000000),
    (24, 'views', '2026-11-30 10:00:00', 1, x'7ec8d8e33855e8747f276f7bf8729fb32dc871fdd2f7e098f0808232d31adbff3a93b918be1858f43a87617828c9f754', 1000000),
    (25, 'merges and persons', '2026-11-30 10:00:00', 1, x'471791481d21dc9265b086466364548ba562582a6b0d8ace040927594467d9b941bbc2cd59954724ab52370b8aa99607', 1000000),
    (26, 'full text', '2026-11-30 10:00:00', 1, x'67f498ed92935b9e0be906e0e80e8fe82066330f50ba7c9eed1c39d9a00d92d741adff5e8a12ceca1c3b9de3b76fef36', 1000000),
    (27, 'first day', '2026-11-30 10:00:00', 1, x'092ae766f84fea01677c6e04f3ecd3422e43f9d0b8d4743c2035f14143577b2fca19990f14e6c83739856e85d9bb84cd', 1000000),
    (28, 'staff settings', '2026-11-30 10:00:00', 1, x'07473009e69c9481c1dcff9bec358a053407ba6d178b2897eaab45cdf0973b8281571df15e32fd1cee0e6b2383042042', 1000000),
    (29, 'full text more', '2026-11-30 10:00:00', 1, x'f68e7c9f538473805b4cfb017acf01a1718e180ee26fc3a8718e071106b0f8d020740fe8467c77a7afdb52d8671a99ce', 1000000),
    (30, 'two people', '2026-11-30 10:00:00', 1, x'65828af3eda2ac4282fce209ce1bc1298a94ec3b9aca86dd31dbeaf811410f15a00254462ad47e10de4b0d15e67b331b', 1000000),
    (31, 'prepared', '2026-11-30 10:00:00', 1, x'37399ed88d723d91abf8e32a2d5190c8be9e6e612226c73549bcc54560e8d268e59c2444eaaa05c134b2bb106bac44b7', 1000000),
    (32, 'leaving', '2026-11-30 10:00:00', 1, x'24dd2acea738335e59ee78ccedc51f3311e3028448c62e94f674ffd6d4c1504ddde6913921ed65c9ae79e68ee6cd3132', 1000000),
    (33, 'plain desk', '2026-11-30 10:00:00', 1, x'056d7f9565438df244ed06b47e5401a258f38c4ffa2a1c4e84a34f1e1166e06653ac45f865e1bc7af0fdbfecfb79d97f', 1000000),
    (34, 'invitations', '2026-11-30 10:00:00', 1, x'074820d15427180689ee20d2493f2dcdc386bfe33abfff12c6573d9579347dec3b54797620838153f6d549f00dd83418', 1000000),
    (35, 'figures', '2026-11-30 10:00:00', 1, x'291bc4f7c9b52c3d18f458fcc83661c25bf565ed61fef623f148021dbe4ce954321dd6ca9015b753967150f1e74d7a8a', 1000000);

INSERT INTO patient (id, user_id, created_at, card, consultations, last_consultation_at) VALUES
    ('p-boris', '@boris:clinic.example', 1690010000000, x'b1b2', 0, 0);
UPDATE operator SET grade = 'highest category', status_kind = 'lunch' WHERE id = 'o-petrova';
INSERT INTO operator_version (operator_id, version, at, by_id, before, content, restores) VALUES
    ('o-petrova', 1, 1690010000100, 'o-volkova', '{"name":"Petrova"}', '{"name":"Dr Petrova"}', NULL),
    ('o-petrova', 2, 1690010000200, 'o-volkova', '{"name":"Dr Petrova"}', '{"name":"Petrova"}', 0);
INSERT INTO consultation_field (consultation_id, field_id, value, value_index, at, by_id) VALUES
    ('c-waits', 'occasion', x'b3b4', x'b5b6', 1690010000300, 'o-petrova'), ('c-waits', 'words', x'b7b8', NULL, 1690010000400, 'o-petrova');
INSERT INTO follow_up (id, version, patient_id, consultation_id, queue_id, operator_id, request_id, created_at, created_by, stage, due_at, due_since, next_at,
    ended_at, ended_by, note, message, message_stage, message_at) VALUES
    ('fu-1', 1, 'p-anna', 'c-sealed', 'general', 'o-petrova', 'r-60', 1690010000500, 'o-petrova', 0, 1990000000000, NULL, 1990000000000, NULL, NULL, x'b9ba', x'bbbc', 0, NULL),
    ('fu-2', 3, 'p-anna', NULL, 'general', NULL, 'r-61', 1690010000600, 'o-volkova', 1, 1690010000700, 1690010000700, NULL, 1690010000800, 'o-volkova', x'bdbe', NULL, NULL, NULL);
INSERT INTO saved_view (id, version, owner_id, section, content, sharing, is_shared, created_at, changed_at, removed_at) VALUES
    ('sv-1', 2, 'o-volkova', 'waiting', x'bfc0', '"everybody"', 1, 1690010000900, 1690010001000, NULL);
INSERT INTO saved_view_order (operator_id, view_ids) VALUES ('o-volkova', '["sv-1"]');
INSERT INTO patient_merge (id, version, leading_id, merged_id, request_id, taken, reason, merged_at, merged_by, separated_at, separated_by, separate_request_id,
    separate_reason, taken_fields) VALUES
    ('pm-1', 2, 'p-anna', 'p-boris', 'r-62', '["phone"]', x'c1c2', 1690010001100, 'o-volkova', 1690010001200, 'o-volkova', 'r-63', x'c3c4', '["branch"]');
INSERT INTO dismissed_duplicate (one_id, other_id, dismissed_at, dismissed_by) VALUES ('p-anna', 'p-boris', 1690010001300, 'o-petrova');
INSERT INTO archive_word (bucket, label, docs) VALUES (0, -5000000000000000000, x'c5c6');
INSERT INTO archive_beginning (bucket, label, words) VALUES (0, 4000000000000000000, x'c7c8');
INSERT INTO archive_indexed (doc, consultation_id, callback_id, sealed_at, labels, beginnings) VALUES (1, 'c-sealed', NULL, 1690000500000, x'c9ca', x'cbcc');
INSERT INTO archive_to_index (consultation_id, callback_id, sequence, marks) VALUES (NULL, 'b-done', 3, 2);
INSERT INTO archive_search (id, at, words) VALUES ('as-1', 1690010001400, x'cdce');
INSERT INTO checklist_mark (item, at, by_id) VALUES ('lawyer', 1690010001500, 'o-volkova');
INSERT INTO demo_account (user_id, patient_id, marked_at, ended_at) VALUES
    ('@anna:clinic.example', 'p-anna', 1690010001600, NULL), ('@gone:clinic.example', NULL, 1690010001700, 1690010001800);
INSERT INTO demo_removal (id, begun_at, by_id, accounts, finished_at, result) VALUES ('dr-1', 1690010001750, 'o-volkova', 1, 1690010001850, '{"patients":1}');
INSERT INTO rehearsal (id, code, begun_at, begun_by, opened_at, joined_at, patient_id, ended_at) VALUES
    ('re-1', 'code-1', 1690010001900, 'o-volkova', 1690010001950, 1690010002000, 'p-anna', 1690010002100);
INSERT INTO rehearsal_skip (operator_id, at) VALUES ('o-volkova', 1690010002200);
INSERT INTO brand_entry (kind, id, folder, version) VALUES ('tag', 'tag-1', '{"names":{"ru":"Срочно"}}', 1), ('canned', 'ca-1', NULL, 0);
INSERT INTO desk_file (id, name, media_type, size_bytes, content_hash, content, kept_at, kept_by, unused_since) VALUES
    ('df-1', 'Памятка.pdf', 'application/pdf', 4, x'cfd0', x'd1d2', 1690010002300, 'o-volkova', NULL);
INSERT INTO plain_desk (patient_id, room_id, encrypted, language, opened_at, greeted_at, hinted_at, memory, memory_at) VALUES
    ('p-boris', '!desk:clinic.example', 1, 'ru', 1690010002400, 1690010002500, NULL, x'd3d4', 1690010002600);
INSERT INTO patient_invitation (id, patient_id, secret_hash, language, made_at, made_by, expires_at, used_at, ended_at) VALUES
    ('pi-1', 'p-boris', x'd5d6', 'ru', 1690010002700, '@petrova:clinic.example', 1690620002700, NULL, NULL);
INSERT INTO patient_made (request_hash, patient_id, made_at, made_by) VALUES (x'd7d8', 'p-boris', 1690010002700, 'key:k-1');
COMMIT;
