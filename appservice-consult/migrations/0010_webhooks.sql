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
