-- The list of calls is narrowed by period, side, kind, outcome and queue: what it is narrowed by is read and counted over an index alone.
DROP INDEX call_by_start;
CREATE INDEX call_by_start ON call (started_at, id, caller_side, kind, outcome, consultation_id);
CREATE INDEX call_by_outcome ON call (outcome, started_at, id) WHERE outcome IS NOT NULL;
-- In which calls somebody was.
CREATE INDEX call_span_by_user ON call_span (user_id, call_id);
