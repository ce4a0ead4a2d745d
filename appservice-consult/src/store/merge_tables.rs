//! Names of the tables of merged cards, and of those that are two people's, and their columns.

use sea_query::Iden;

/// Cards that are one human's.
#[derive(Clone, Copy, Iden)]
pub enum PatientMerge {
    Table,
    Id,
    Version,
    LeadingId,
    MergedId,
    RequestId,
    Taken,
    TakenFields,
    Reason,
    MergedAt,
    MergedBy,
    SeparatedAt,
    SeparatedBy,
    SeparateRequestId,
    SeparateReason,
}

/// Pairs of cards that look like one human's and are two people's.
#[derive(Clone, Copy, Iden)]
pub enum DismissedDuplicate {
    Table,
    OneId,
    OtherId,
    DismissedAt,
    DismissedBy,
}
