-- When a member of staff is on duty by his own schedule: times of the week as queues have them (JSON), and the zone (IANA) they are written in where it is not the
-- brand's. No times: he has no schedule.
ALTER TABLE operator ADD COLUMN hours TEXT NOT NULL DEFAULT '[]';
ALTER TABLE operator ADD COLUMN time_zone TEXT;
