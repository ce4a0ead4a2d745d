//! Names of the table of deletions of accounts and its columns.

use sea_query::Iden;

/// Accounts that were deleted.
#[derive(Clone, Copy, Iden)]
pub enum Deletion {
    Table,
    PatientId,
    Receipt,
    Signature,
    OperatorId,
    Reason,
    AccountEndedAt,
    FinishedAt,
    Held,
}
