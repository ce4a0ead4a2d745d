-- Full text of call-backs, and of beginnings of words. What the index has is a function of the records: it is emptied here, and the next start makes it anew.
-- Times are milliseconds since the Unix epoch. Of these tables too none belongs into a backup that leaves out the keys of records.
DROP TABLE archive_word;
DROP TABLE archive_indexed;
DROP TABLE archive_to_index;
UPDATE archive_index SET form = 0, key_check = NULL;

-- As before: which documents of a bucket have a word, or belong to a queue, an operator, a tag.
CREATE TABLE archive_word (
    bucket BIGINT NOT NULL, -- of documents, by their numbers
    label  BIGINT NOT NULL,
    docs   BYTEA  NOT NULL,
    PRIMARY KEY (bucket, label)
);

-- Which words of a bucket begin with the same three letters. `label` is a keyed hash of these and of the bucket; `words` is sealed with the index's key, and padded.
CREATE TABLE archive_beginning (
    bucket BIGINT NOT NULL,
    label  BIGINT NOT NULL,
    words  BYTEA  NOT NULL,
    PRIMARY KEY (bucket, label)
);

-- What is in the index: consultations and call-backs. `labels`, `beginnings`: under which labels of the one table and of the other, sealed, so that all of it
-- can be taken out again.
CREATE TABLE archive_indexed (
    doc             BIGINT NOT NULL PRIMARY KEY, -- the place of its first record in the chain
    consultation_id TEXT   UNIQUE REFERENCES consultation (id),
    callback_id     TEXT   UNIQUE REFERENCES callback (id),
    sealed_at       BIGINT NOT NULL, -- of that record
    labels          BYTEA  NOT NULL,
    beginnings      BYTEA  NOT NULL,
    CHECK ((consultation_id IS NULL) <> (callback_id IS NULL))
);
CREATE INDEX archive_indexed_by_time ON archive_indexed (sealed_at, doc);

-- What has to be read into the index, or read anew.
CREATE TABLE archive_to_index (
    consultation_id TEXT   UNIQUE REFERENCES consultation (id),
    callback_id     TEXT   UNIQUE REFERENCES callback (id),
    sequence        BIGINT NOT NULL, -- of its last record; the newest are read first
    marks           BIGINT NOT NULL, -- raised by each reason to read it: what was read before the last one does not settle it
    CHECK ((consultation_id IS NULL) <> (callback_id IS NULL))
);
CREATE INDEX archive_to_index_newest ON archive_to_index (sequence);
