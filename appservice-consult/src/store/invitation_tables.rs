//! Names of the tables of patients who were made before they came, and of their invitations, and their columns.

use sea_query::Iden;

/// Which request made which patient.
#[derive(Clone, Copy, Iden)]
pub enum PatientMade {
    Table,
    RequestHash,
    PatientId,
    MadeAt,
    MadeBy,
}

/// Links that were given out.
#[derive(Clone, Copy, Iden)]
pub enum PatientInvitation {
    Table,
    Id,
    PatientId,
    SecretHash,
    Language,
    MadeAt,
    MadeBy,
    ExpiresAt,
    UsedAt,
    EndedAt,
}
