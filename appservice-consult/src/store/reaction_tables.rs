//! Names of the table of reactions and its columns.

use sea_query::Iden;

/// Signs under messages, until they are sealed.
#[derive(Clone, Copy, Iden)]
pub enum Reaction {
    Table,
    EventId,
    ConsultationId,
    Target,
    Sender,
    SenderKind,
    SentAt,
    Sign,
}
