-- Full text of the archive: an index that is sealed as the records are, and can be made anew from them. Times are milliseconds since the Unix epoch.
-- None of these tables but `archive_search` belongs into a backup that leaves out the keys of records: they say which words stood in what.

-- Which documents of a bucket have a word, or belong to a queue, an operator, a tag. `label` is a keyed hash of it and of the bucket, so that the same word
-- does not look the same in two buckets; `docs` is sealed with the index's key, and padded.
CREATE TABLE archive_word (
    bucket BIGINT NOT NULL, -- of documents, by their numbers
    label  BIGINT NOT NULL,
    docs   BYTEA  NOT NULL,
    PRIMARY KEY (bucket, label)
);

-- What is in the index. `labels`: under which labels, sealed, so that all of it can be taken out again.
CREATE TABLE archive_indexed (
    doc             BIGINT NOT NULL PRIMARY KEY, -- the place of its first record in the chain
    consultation_id TEXT   NOT NULL UNIQUE REFERENCES consultation (id),
    sealed_at       BIGINT NOT NULL, -- of that record
    labels          BYTEA  NOT NULL
);
CREATE INDEX archive_indexed_by_time ON archive_indexed (sealed_at, doc);

-- What has to be read into the index, or read anew.
CREATE TABLE archive_to_index (
    consultation_id TEXT   NOT NULL PRIMARY KEY REFERENCES consultation (id),
    sequence        BIGINT NOT NULL, -- of its last record; the newest are read first
    marks           BIGINT NOT NULL -- raised by each reason to read it: what was read before the last one does not settle it
);
CREATE INDEX archive_to_index_newest ON archive_to_index (sequence);

-- Of what form the index is, and by which key; another form or key: it is made anew at the next start.
CREATE TABLE archive_index (
    id        BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    form      BIGINT NOT NULL, -- 0: it is being made anew
    key_check BYTEA -- null: the archive's identity was not here
);
INSERT INTO archive_index (id, form, key_check) VALUES (1, 0, NULL);

-- What staff searched for. `words` is sealed with the tenant's key; the audit log has a keyed hash of them. Goes after a year.
CREATE TABLE archive_search (
    id    TEXT   NOT NULL PRIMARY KEY,
    at    BIGINT NOT NULL,
    words BYTEA  NOT NULL
);
CREATE INDEX archive_search_by_time ON archive_search (at);

-- The notes of one consultation, as its erasure and the index ask for them.
CREATE INDEX note_by_consultation ON note (consultation_id) WHERE consultation_id IS NOT NULL;
