//! Names of the table of consultations' fields and its columns.

use sea_query::Iden;

/// What stands in fields of consultations.
#[derive(Clone, Copy, Iden)]
pub enum ConsultationField {
    Table,
    ConsultationId,
    FieldId,
    Value,
    ValueIndex,
    At,
    ById,
}
