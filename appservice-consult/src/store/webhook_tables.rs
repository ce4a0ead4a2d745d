//! Names of the tables of webhooks and their columns.

use sea_query::Iden;

/// Where the desk's events are told.
#[derive(Clone, Copy, Iden)]
pub enum WebhookEndpoint {
    Table,
    Id,
    Url,
    Description,
    Events,
    Fields,
    IsOn,
    OffReason,
    CreatedAt,
    Secret,
    FormerSecret,
    FormerUntil,
    FailingSince,
    Backlog,
}

/// What is told.
#[derive(Clone, Copy, Iden)]
pub enum WebhookEvent {
    Table,
    Sequence,
    Id,
    At,
    Kind,
    Lane,
    PatientId,
    CallbackId,
    Data,
}

/// What became of telling it.
#[derive(Clone, Copy, Iden)]
pub enum WebhookDelivery {
    Table,
    EndpointId,
    EventSequence,
    Lane,
    Kind,
    State,
    Attempts,
    DueAt,
    LastAt,
    ResponseStatus,
    LatencyMs,
    Failure,
}
