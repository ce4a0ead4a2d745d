-- Times are milliseconds since the Unix epoch.

-- The record of the archive that a call of a consultation is in; null: not sealed yet.
ALTER TABLE call ADD COLUMN sealed_sequence BIGINT;

-- When name, phone, reason and notes of a call-back that has ended were erased; null: they are there, or the call-back has not ended.
ALTER TABLE callback ADD COLUMN erased_at BIGINT;
CREATE INDEX callback_to_erase ON callback (ended_at) WHERE ended_at IS NOT NULL AND erased_at IS NULL;
