//! Names of the tables of partners' keys and their columns.

use sea_query::Iden;

/// Keys of partners' systems.
#[derive(Clone, Copy, Iden)]
pub enum ApiKey {
    Table,
    Id,
    Name,
    Handle,
    SecretHash,
    Scopes,
    CreatedAt,
    ExpiresAt,
    RevokedAt,
    LastUsedAt,
    LastUsedFrom,
}

/// Answers that are kept for retries.
#[derive(Clone, Copy, Iden)]
pub enum ApiAnswer {
    Table,
    KeyId,
    RetryHash,
    RequestHash,
    RequestId,
    At,
    Body,
}
