//! Names of the table of ratings and its columns.

use sea_query::Iden;

/// Ratings of closed consultations.
#[derive(Clone, Copy, Iden)]
pub enum Rating {
    Table,
    ConsultationId,
    PatientId,
    Stars,
    Comment,
    RatedAt,
}
