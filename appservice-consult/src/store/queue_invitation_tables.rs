//! Names of the tables of invitations of whoever serves a queue, and their columns.

use sea_query::Iden;

/// Invitations.
#[derive(Clone, Copy, Iden)]
pub enum QueueInvitation {
    Table,
    Id,
    ConsultationId,
    QueueId,
    Role,
    MadeBy,
    MadeAt,
    ExpiresAt,
    State,
    EndedAt,
    AcceptedBy,
    SeenAt,
}

/// Who was asked.
#[derive(Clone, Copy, Iden)]
pub enum QueueInvitee {
    Table,
    InvitationId,
    OperatorId,
    DeclinedAt,
}
