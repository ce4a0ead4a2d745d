//! Names of the table of changed settings and its columns.

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
