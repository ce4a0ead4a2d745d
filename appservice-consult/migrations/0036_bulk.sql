-- What was done to one of several consultations by one request, so that a request that comes twice does nothing twice. Rows of what is long over are swept.
-- No patient's data. Times are milliseconds since the Unix epoch.
CREATE TABLE bulk_row (
    operator_id     TEXT   NOT NULL REFERENCES operator (id),
    request_id      TEXT   NOT NULL,
    consultation_id TEXT   NOT NULL REFERENCES consultation (id),
    act             TEXT   NOT NULL, -- what was asked for, without what was written
    changed         BIGINT NOT NULL CHECK (changed IN (0, 1)), -- 0: there was nothing to do
    at              BIGINT NOT NULL,
    PRIMARY KEY (operator_id, request_id, consultation_id)
);
CREATE INDEX bulk_row_by_time ON bulk_row (at);
