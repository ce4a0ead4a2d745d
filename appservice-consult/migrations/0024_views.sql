-- Saved views: a list with filters and an order, under a name. Times are milliseconds since the Unix epoch.

-- What was removed stays for a day, so that it can be taken back.
CREATE TABLE saved_view (
    id         TEXT   NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL, -- raised by each change; guards it
    owner_id   TEXT   NOT NULL REFERENCES operator (id),
    section    TEXT   NOT NULL, -- which list of the console
    content    BYTEA  NOT NULL, -- name and query, sealed with the tenant's key: somebody's name may be searched for in it
    sharing    TEXT   NOT NULL, -- JSON: with whom
    is_shared  BIGINT NOT NULL CHECK (is_shared IN (0, 1)), -- with anybody
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    removed_at BIGINT
);
CREATE INDEX saved_view_by_owner ON saved_view (owner_id);
CREATE INDEX saved_view_shared ON saved_view (is_shared);
CREATE INDEX saved_view_removed ON saved_view (removed_at) WHERE removed_at IS NOT NULL;

-- In which order a member of staff has his views and those that are shared with him. Views that are not named stand behind.
CREATE TABLE saved_view_order (
    operator_id TEXT NOT NULL PRIMARY KEY REFERENCES operator (id),
    view_ids    TEXT NOT NULL -- JSON list
);

-- What lists are filtered by since there are views.
CREATE INDEX consultation_phase ON consultation (phase, requested_at, id);
CREATE INDEX callback_by_outcome ON callback (outcome, requested_at, id) WHERE outcome IS NOT NULL;
CREATE INDEX patient_by_consultations ON patient (consultations, id);
CREATE INDEX rating_by_stars ON rating (stars, consultation_id);
