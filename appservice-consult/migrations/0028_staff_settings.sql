-- Administrators, grades and statuses of a brand's own; and who changed what of a member of staff. Times are milliseconds since the Unix epoch.

-- 1: he also says who supervises and who administers. His role is 'supervisor': whatever supervisors may do, he may.
ALTER TABLE operator ADD COLUMN administrator BIGINT NOT NULL DEFAULT 0 CHECK (administrator IN (0, 1));
ALTER TABLE operator ADD COLUMN grade TEXT; -- such as 'highest category'; null: none
ALTER TABLE operator ADD COLUMN status_kind TEXT; -- which of the brand's own statuses it is; null: none
-- Somebody has to: the first supervisor of an installation, who could do all of it until now.
UPDATE operator SET administrator = 1
    WHERE id = (SELECT id FROM operator WHERE role = 'supervisor' AND id <> 'rules' ORDER BY created_at, id LIMIT 1);

ALTER TABLE operator_status ADD COLUMN kind TEXT; -- as status_kind
ALTER TABLE operator_status ADD COLUMN on_duty BIGINT CHECK (on_duty IN (0, 1)); -- whether its time is duty; null: as its status says
CREATE INDEX operator_status_by_kind ON operator_status (kind) WHERE kind IS NOT NULL;

-- What was changed of a member in the console. Rows are only added.
CREATE TABLE operator_version (
    operator_id TEXT   NOT NULL REFERENCES operator (id),
    version     BIGINT NOT NULL CHECK (version > 0), -- from 1, without gaps
    at          BIGINT NOT NULL,
    by_id       TEXT   NOT NULL REFERENCES operator (id),
    before      TEXT   NOT NULL, -- what could be changed of him until then, JSON
    content     TEXT   NOT NULL, -- and since then
    restores    BIGINT, -- the version whose content it has again, 0: that before the first; null: it was written
    PRIMARY KEY (operator_id, version)
);
