//! Names of the tables of what was changed in the console, and their columns.

use sea_query::Iden;

/// Settings that were changed in the console.
#[derive(Clone, Copy, Iden)]
pub enum Setting {
    Table,
    Section,
    Version,
    At,
    ById,
    Content,
    Folder,
    Restores,
    Note,
}

/// What was changed of members of staff.
#[derive(Clone, Copy, Iden)]
pub enum OperatorVersion {
    Table,
    OperatorId,
    Version,
    At,
    ById,
    Before,
    Content,
    Restores,
}
