//! Name of the table of merged cards and its columns.

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
    Reason,
    MergedAt,
    MergedBy,
    SeparatedAt,
    SeparatedBy,
    SeparateRequestId,
    SeparateReason,
}
