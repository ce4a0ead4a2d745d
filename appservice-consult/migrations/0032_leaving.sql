-- Consultations that lost their operator, and those whose patient is silent. Times are milliseconds since the Unix epoch.

-- How the consultation came back to a queue, beside transfer_from; null: somebody handed it on.
ALTER TABLE consultation ADD COLUMN transfer_cause TEXT CHECK (transfer_cause IN ('handed', 'lost'));
-- When a silent patient was asked whether he is still there; null: he was not, or somebody has written since.
ALTER TABLE consultation ADD COLUMN silence_warned_at BIGINT;
