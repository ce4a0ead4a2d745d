//! Names of the table of what was done to several consultations at once, and its columns.

use sea_query::Iden;

/// What a request did to one consultation.
#[derive(Clone, Copy, Iden)]
pub enum BulkRow {
    Table,
    OperatorId,
    RequestId,
    ConsultationId,
    Act,
    Changed,
    At,
}
