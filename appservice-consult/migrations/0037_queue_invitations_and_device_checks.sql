-- Whoever serves a queue is asked into a consultation: the first who accepts comes. Times are milliseconds since the Unix epoch.
CREATE TABLE queue_invitation (
    id              TEXT   NOT NULL PRIMARY KEY,
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    queue_id        TEXT   NOT NULL, -- whose operators are asked
    role            TEXT   NOT NULL, -- as what
    made_by         TEXT   NOT NULL REFERENCES operator (id),
    made_at         BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    state           TEXT   NOT NULL, -- open, accepted, declined, expired, taken_back or over
    ended_at        BIGINT,
    accepted_by     TEXT REFERENCES operator (id),
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((state = 'accepted') = (accepted_by IS NOT NULL))
);
CREATE INDEX queue_invitation_by_consultation ON queue_invitation (consultation_id, made_at, id);
CREATE INDEX queue_invitation_open ON queue_invitation (expires_at) WHERE state = 'open';
-- The same colleagues are not asked twice at once.
CREATE UNIQUE INDEX queue_invitation_once ON queue_invitation (consultation_id, queue_id) WHERE state = 'open';

-- Who was asked: those who were there then.
CREATE TABLE queue_invitee (
    invitation_id TEXT   NOT NULL REFERENCES queue_invitation (id),
    operator_id   TEXT   NOT NULL REFERENCES operator (id),
    declined_at   BIGINT,
    PRIMARY KEY (invitation_id, operator_id)
);
CREATE INDEX queue_invitee_by_operator ON queue_invitee (operator_id, invitation_id);

-- What a patient's device did when he tested it before a call, for whoever takes the consultation. The latest of each; it goes with what was answered.
CREATE TABLE device_check (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    checked_at      BIGINT NOT NULL,
    microphone      TEXT   NOT NULL, -- works, denied, absent, busy or failed
    camera          TEXT,            -- the same; null: it was not tested
    round_trip_ms   BIGINT           -- to this service and back; null: it was not measured
);
