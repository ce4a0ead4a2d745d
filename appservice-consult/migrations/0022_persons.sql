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
