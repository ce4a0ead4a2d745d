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
