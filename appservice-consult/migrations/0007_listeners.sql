-- 1: he only looked and listened, as an observer; his time is nobody's talk.
ALTER TABLE call_span ADD COLUMN listens BIGINT NOT NULL DEFAULT 0;
