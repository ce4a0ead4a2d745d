-- Rules: what the desk did by itself. What rules there are stands in the brand and in the settings. Times are milliseconds since the Unix epoch.

-- Who stands where a row needs an author and no member of staff is one: nobody signs in as him, and no list of staff has him.
INSERT INTO operator (id, user_id, name, role, status, status_since, capacity, created_at)
    VALUES ('rules', 'rules', 'rules', 'operator', 'offline', 0, 0, 0);

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
