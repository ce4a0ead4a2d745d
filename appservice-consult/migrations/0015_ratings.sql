-- What patients thought of closed consultations. Times are milliseconds since the Unix epoch.
CREATE TABLE rating (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    patient_id      TEXT   NOT NULL REFERENCES patient (id),
    stars           BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    comment         BYTEA, -- sealed with the tenant's key; null: none
    rated_at        BIGINT NOT NULL -- given, or changed last
);
