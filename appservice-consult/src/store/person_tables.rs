//! Name of the table of persons and its columns.

use sea_query::Iden;

/// Persons whom patients act for.
#[derive(Clone, Copy, Iden)]
pub enum Person {
    Table,
    Id,
    PatientId,
    RequestId,
    CreatedAt,
    RemovedAt,
    Card,
}
