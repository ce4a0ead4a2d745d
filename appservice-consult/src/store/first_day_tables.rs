//! Names of the tables of an installation's first day and their columns.

use sea_query::Iden;

/// Accounts that were made to try things out.
#[derive(Clone, Copy, Iden)]
pub enum DemoAccount {
    Table,
    UserId,
    PatientId,
    MarkedAt,
    EndedAt,
}

/// Removals of all of them.
#[derive(Clone, Copy, Iden)]
pub enum DemoRemoval {
    Table,
    Id,
    BegunAt,
    ById,
    Accounts,
    FinishedAt,
    Result,
}

/// Rehearsals.
#[derive(Clone, Copy, Iden)]
pub enum Rehearsal {
    Table,
    Id,
    Code,
    BegunAt,
    BegunBy,
    OpenedAt,
    JoinedAt,
    PatientId,
    EndedAt,
}

/// Who does not want to be met by the rehearsal.
#[derive(Clone, Copy, Iden)]
pub enum RehearsalSkip {
    Table,
    OperatorId,
    At,
}

/// What people said is done.
#[derive(Clone, Copy, Iden)]
pub enum ChecklistMark {
    Table,
    Item,
    At,
    ById,
}
