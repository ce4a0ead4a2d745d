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
