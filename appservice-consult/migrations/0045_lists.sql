-- What lists of a million rows are found, ordered and counted by, so that no page looks at more rows than it shows.

-- 1: its conclusion has been signed. Written by what signs, in the same transaction, so that no list looks for it among the conclusions.
ALTER TABLE consultation ADD COLUMN concluded BIGINT NOT NULL DEFAULT 0 CHECK (concluded IN (0, 1));
UPDATE consultation SET concluded = 1 WHERE id IN (SELECT consultation_id FROM conclusion WHERE signed_version > 0);

-- What something else names (a tag, a field, a rating, who took part) is looked up here without a look at the row.
CREATE INDEX consultation_named ON consultation (id, stage, requested_at, sealed_sequence, queue_id, phase);
CREATE INDEX consultation_queue_phase ON consultation (queue_id, phase, requested_at, id);

-- The archive: by service, by conclusion, by day.
CREATE INDEX consultation_sealed_queue ON consultation (queue_id, sealed_sequence, concluded) WHERE sealed_sequence IS NOT NULL;
CREATE INDEX consultation_sealed_concluded ON consultation (concluded, sealed_sequence, queue_id) WHERE sealed_sequence IS NOT NULL;
CREATE INDEX consultation_sealed_at ON consultation (sealed_at, sealed_sequence, queue_id, concluded) WHERE sealed_sequence IS NOT NULL;

-- What goes of a service's, the first that goes first.
CREATE INDEX consultation_queue_to_erase ON consultation (queue_id, erase_due_at, id) WHERE erase_due_at IS NOT NULL AND erased_at IS NULL;

-- Call-backs: every filter in either order.
DROP INDEX callback_due;
CREATE INDEX callback_due ON callback (due_at, id);
CREATE INDEX callback_by_stage ON callback (stage, requested_at, id);
CREATE INDEX callback_queue_stage ON callback (queue_id, stage, requested_at, id);
CREATE INDEX callback_queue_request ON callback (queue_id, requested_at, id);
CREATE INDEX callback_queue_due ON callback (queue_id, due_at, id);
CREATE INDEX callback_phase_request ON callback (phase, requested_at, id);
CREATE INDEX callback_phase_due ON callback (phase, due_at, id);
CREATE INDEX callback_outcome_due ON callback (outcome, due_at, id) WHERE outcome IS NOT NULL;
DROP INDEX callback_by_source;
CREATE INDEX callback_by_source ON callback (source, requested_at, id);
CREATE INDEX callback_source_due ON callback (source, due_at, id);
CREATE INDEX callback_outcome_stage ON callback (outcome, stage, requested_at, id) WHERE outcome IS NOT NULL;
CREATE INDEX callback_outcome_stage_due ON callback (outcome, stage, due_at, id) WHERE outcome IS NOT NULL;
CREATE INDEX callback_source_stage ON callback (source, stage, requested_at, id);
CREATE INDEX callback_source_stage_due ON callback (source, stage, due_at, id);
CREATE INDEX callback_in_time ON callback (requested_at, id, overdue_since) WHERE overdue_since IS NULL;

CREATE INDEX follow_up_queue_end ON follow_up (queue_id, ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX follow_up_operator_end ON follow_up (operator_id, ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX follow_up_ended_late ON follow_up (ended_at, id, due_since) WHERE ended_at IS NOT NULL AND due_since IS NOT NULL;
CREATE INDEX follow_up_ended_early ON follow_up (ended_at, id, due_since) WHERE ended_at IS NOT NULL AND due_since IS NULL;

CREATE INDEX audit_by_actor_and_action ON audit (actor, action, sequence);
