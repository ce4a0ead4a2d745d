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
