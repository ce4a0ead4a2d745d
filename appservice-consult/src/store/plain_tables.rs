//! Names of the table of rooms in which patients speak to the desk by plain replies, and its columns.

use sea_query::Iden;

/// Rooms of plain replies.
#[derive(Clone, Copy, Iden)]
pub enum PlainDesk {
    Table,
    PatientId,
    RoomId,
    Encrypted,
    Language,
    OpenedAt,
    GreetedAt,
    HintedAt,
    Memory,
    MemoryAt,
}
