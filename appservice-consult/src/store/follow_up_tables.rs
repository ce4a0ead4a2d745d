//! Names of the table of follow-ups and its columns.

use sea_query::Iden;

/// What staff comes back to.
#[derive(Clone, Copy, Iden)]
pub enum FollowUp {
    Table,
    Id,
    Version,
    PatientId,
    ConsultationId,
    QueueId,
    OperatorId,
    RequestId,
    CreatedAt,
    CreatedBy,
    Stage,
    DueAt,
    DueSince,
    NextAt,
    EndedAt,
    EndedBy,
    Note,
    Message,
    MessageStage,
    MessageAt,
}
