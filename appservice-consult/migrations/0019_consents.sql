-- What patients agreed to and withdrew. Times are milliseconds since the Unix epoch.

-- The texts, by content: a brand may change them later, and what was agreed to is still shown. Rows are only added.
CREATE TABLE consent_text (
    hash     TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of title, summary and text with an empty line between them, hexadecimal
    language TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    summary  TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    first_at BIGINT NOT NULL
);

-- The ledger: each giving and each withdrawal is a row more. Only the device is removed, with the account.
CREATE TABLE consent (
    patient_id TEXT   NOT NULL REFERENCES patient (id),
    purpose    TEXT   NOT NULL, -- id of the consent in the brand
    version    BIGINT NOT NULL CHECK (version > 0), -- from 1, without gaps
    decision   TEXT   NOT NULL CHECK (decision IN ('given', 'withdrawn')),
    text_hash  TEXT   NOT NULL REFERENCES consent_text (hash), -- what was shown; of a withdrawal, what is withdrawn
    at         BIGINT NOT NULL,
    device_id  TEXT, -- of the session that did it; null: it has none, or the account was deleted
    PRIMARY KEY (patient_id, purpose, version)
);

-- When a conversation was told last that consents are missing.
CREATE TABLE consent_reminder (
    conversation_id TEXT   NOT NULL PRIMARY KEY REFERENCES conversation (id),
    at              BIGINT NOT NULL
);
