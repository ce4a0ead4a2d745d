-- Settings that were changed in the console, over what the brand folder says. Rows are only added. Times are milliseconds since the Unix epoch.
CREATE TABLE setting (
    section     TEXT   NOT NULL, -- such as `queue.general`
    version     BIGINT NOT NULL CHECK (version > 0), -- from 1, without gaps; 0 is what the folder says
    at          BIGINT NOT NULL,
    by_id       TEXT   NOT NULL REFERENCES operator (id),
    content     TEXT, -- the whole section, JSON; null: it was removed
    folder      TEXT, -- what the brand folder said then, JSON; null: nothing
    restores    BIGINT, -- the version whose content it has again; null: it was written
    note        TEXT, -- why
    PRIMARY KEY (section, version)
);
