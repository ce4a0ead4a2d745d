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
