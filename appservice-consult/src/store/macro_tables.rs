//! Names of the tables of macros and their columns.

use sea_query::Iden;

/// Macros.
#[derive(Clone, Copy, Iden)]
pub enum Macro {
    Table,
    Id,
    Version,
    Shortcut,
    Content,
    ArchivedAt,
    ChangedAt,
    ChangedBy,
}

/// Macros that ran.
#[derive(Clone, Copy, Iden)]
pub enum MacroRun {
    Table,
    OperatorId,
    RequestId,
    MacroId,
    MacroVersion,
    ConsultationId,
    At,
}
