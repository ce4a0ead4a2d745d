//! Names of the tables of consents and their columns.

use sea_query::Iden;

/// Texts that were agreed to.
#[derive(Clone, Copy, Iden)]
pub enum ConsentText {
    Table,
    Hash,
    Language,
    Title,
    Summary,
    Text,
    FirstAt,
}

/// What was given and withdrawn.
#[derive(Clone, Copy, Iden)]
pub enum Consent {
    Table,
    PatientId,
    PersonId,
    Purpose,
    Version,
    Decision,
    TextHash,
    At,
    DeviceId,
}

/// Conversations that were told that consents are missing.
#[derive(Clone, Copy, Iden)]
pub enum ConsentReminder {
    Table,
    ConversationId,
    At,
}
