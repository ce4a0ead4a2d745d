//! Names of the tables of call-backs and their columns.

use sea_query::Iden;

/// Call-backs.
#[derive(Clone, Copy, Iden)]
pub enum Callback {
    Table,
    Id,
    Version,
    Source,
    PatientId,
    PersonId,
    ConversationId,
    RequestId,
    QueueId,
    Phase,
    Stage,
    PhaseSince,
    RequestedAt,
    TimeZone,
    WindowStart,
    WindowEnd,
    DueAt,
    OverdueSince,
    AgainAt,
    Attempts,
    OperatorId,
    TakenAt,
    Means,
    CallId,
    Outcome,
    Ending,
    EndedAt,
    Details,
    PhoneIndex,
    Note,
    Consent,
    SealedSequence,
    SealedAt,
    ErasedAt,
}

/// Steps of call-backs.
#[derive(Clone, Copy, Iden)]
pub enum CallbackHistory {
    Table,
    CallbackId,
    Version,
    At,
    ActorKind,
    ActorId,
    Action,
    Note,
}

/// Challenges of the public form that were used.
#[derive(Clone, Copy, Iden)]
pub enum CallbackChallenge {
    Table,
    UsedHash,
    ExpiresAt,
}
