-- The partner's own fields. Those of patients stand on the sealed card. Times are milliseconds since the Unix epoch.

-- What stands in a field of a consultation. `value` is sealed with the tenant's key; `value_index` is a keyed hash by which lists find what can be chosen.
CREATE TABLE consultation_field (
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    field_id        TEXT   NOT NULL, -- of the brand; one that it has no more keeps its row
    value           BYTEA  NOT NULL,
    value_index     BYTEA, -- null: words, a number or a day
    at              BIGINT NOT NULL,
    by_id           TEXT   NOT NULL REFERENCES operator (id),
    PRIMARY KEY (consultation_id, field_id)
);
CREATE INDEX consultation_field_by_value ON consultation_field (field_id, value_index, consultation_id) WHERE value_index IS NOT NULL;
