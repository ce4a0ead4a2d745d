//! Names of the tables of legal holds and erasures and their columns.

use sea_query::Iden;

/// What must not be erased.
#[derive(Clone, Copy, Iden)]
pub enum LegalHold {
    Table,
    Id,
    PatientId,
    ConsultationId,
    RequestId,
    Reason,
    PlacedAt,
    PlacedBy,
    LiftedAt,
    LiftedBy,
    LiftReason,
}

/// Why consultations were erased.
#[derive(Clone, Copy, Iden)]
pub enum Erasure {
    Table,
    ConsultationId,
    Sequence,
    Reason,
}

/// Their files at the homeserver.
#[derive(Clone, Copy, Iden)]
pub enum ErasureFile {
    Table,
    ConsultationId,
    Url,
    GoneAt,
}
