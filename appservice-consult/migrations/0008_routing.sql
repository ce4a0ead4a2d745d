-- What the patient speaks, as his app said when he asked; null: unknown.
ALTER TABLE consultation ADD COLUMN language TEXT;
-- The operator who is asked to take it, and how long. Only of what waits.
ALTER TABLE consultation ADD COLUMN offered_to TEXT REFERENCES operator (id);
ALTER TABLE consultation ADD COLUMN offer_until BIGINT;
CREATE INDEX consultation_offered ON consultation (offered_to) WHERE offered_to IS NOT NULL;

-- How much he can have at once, in weights of queues; 0: as much as comes, nothing is offered to him.
ALTER TABLE operator ADD COLUMN capacity BIGINT NOT NULL DEFAULT 4 CHECK (capacity >= 0);
-- When he was last given something.
ALTER TABLE operator ADD COLUMN given_at BIGINT;

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
