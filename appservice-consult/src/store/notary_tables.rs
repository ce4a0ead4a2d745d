//! Names of the table of sent heads and its columns.

use sea_query::Iden;

/// Heads that a notary has taken.
#[derive(Clone, Copy, Iden)]
pub enum HeadsSent {
    Table,
    Sequence,
    SentAt,
    ArchiveSequence,
    ArchiveHash,
    AuditSequence,
    AuditHash,
    Signature,
}
