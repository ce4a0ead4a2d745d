//! Names of the tables of conclusions and their columns.

use sea_query::Iden;

/// Conclusions of consultations.
#[derive(Clone, Copy, Iden)]
pub enum Conclusion {
    Table,
    ConsultationId,
    PatientId,
    Number,
    SignedVersion,
    SignedAt,
    DraftVersion,
    DraftBy,
    DraftAt,
    Draft,
}

/// What was signed.
#[derive(Clone, Copy, Iden)]
pub enum ConclusionVersion {
    Table,
    ConsultationId,
    Version,
    SignedAt,
    SignedBy,
    Method,
    Signature,
    Hash,
    Content,
    Reason,
    SealedSequence,
}

/// What waits for a signature that somebody else makes.
#[derive(Clone, Copy, Iden)]
pub enum ConclusionSigning {
    Table,
    ConsultationId,
    RequestId,
    Version,
    DraftVersion,
    AskedAt,
    AskedBy,
    Hash,
    Content,
    Reason,
    Attempts,
    NextAt,
    Refusal,
}
