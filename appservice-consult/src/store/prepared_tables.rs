//! Names of the tables of kept files and of what the brand folder began, and their columns.

use sea_query::Iden;

/// Files that the desk keeps.
#[derive(Clone, Copy, Iden)]
pub enum DeskFile {
    Table,
    Id,
    Name,
    MediaType,
    SizeBytes,
    ContentHash,
    Content,
    KeptAt,
    KeptBy,
    UnusedSince,
}

/// What the brand folder said.
#[derive(Clone, Copy, Iden)]
pub enum BrandEntry {
    Table,
    Kind,
    Id,
    Folder,
    Version,
}
