-- When who asked has read that nobody came: until then his desk tells it, also after a reload. Milliseconds since the Unix epoch.
ALTER TABLE queue_invitation ADD COLUMN seen_at BIGINT;
CREATE INDEX queue_invitation_unseen ON queue_invitation (made_by, ended_at) WHERE seen_at IS NULL;
