//! Names of the tables of the archive's full text and their columns.

use sea_query::Iden;

/// Which documents have a word.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveWord {
    Table,
    Bucket,
    Label,
    Docs,
}

/// Which words begin with the same letters.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveBeginning {
    Table,
    Bucket,
    Label,
    Words,
}

/// What is in the index.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveIndexed {
    Table,
    Doc,
    ConsultationId,
    CallbackId,
    SealedAt,
    Labels,
    Beginnings,
}

/// What has to be read into it.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveToIndex {
    Table,
    ConsultationId,
    CallbackId,
    Sequence,
    Marks,
}

/// Of what form it is.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveIndex {
    Table,
    Id,
    Form,
    KeyCheck,
}

/// What staff searched for.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveSearch {
    Table,
    Id,
    At,
    Words,
}
