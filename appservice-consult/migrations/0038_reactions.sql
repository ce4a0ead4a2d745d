-- Signs that people put under messages of an open consultation, until they are sealed with it. Times are milliseconds since the Unix epoch.
CREATE TABLE reaction (
    event_id        TEXT   NOT NULL PRIMARY KEY,
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    target          TEXT   NOT NULL, -- event id of the message
    sender          TEXT   NOT NULL,
    sender_kind     TEXT   NOT NULL CHECK (sender_kind IN ('patient', 'operator')),
    sent_at         BIGINT NOT NULL,
    sign            BYTEA  NOT NULL -- sealed with the tenant's key
);
CREATE INDEX reaction_by_consultation ON reaction (consultation_id, target, sent_at);
