//! Names of the tables of saved views and their columns.

use sea_query::Iden;

/// Saved views.
#[derive(Clone, Copy, Iden)]
pub enum SavedView {
    Table,
    Id,
    Version,
    OwnerId,
    Section,
    Content,
    Sharing,
    IsShared,
    CreatedAt,
    ChangedAt,
    RemovedAt,
}

/// In which order members of staff have them.
#[derive(Clone, Copy, Iden)]
pub enum SavedViewOrder {
    Table,
    OperatorId,
    ViewIds,
}
