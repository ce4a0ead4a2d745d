//! The items, in the order in which they are best done.

use crate::api::types::ChecklistItemId;
use crate::words::Word;

/// An item; the same as the API's.
pub type Item = ChecklistItemId;

impl Item {
    /// All of them, in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.iter().map(|(item, _)| *item)
    }

    /// Whether no machine can see it, so that people say it. `Profile` is one where the brand names no law: that there is none to keep only people know.
    pub fn is_said(self, names_law: bool) -> bool {
        match self {
            Self::KeyBackup | Self::Backups => true,
            Self::Profile => !names_law,
            Self::Look
            | Self::Contacts
            | Self::Email
            | Self::Legal
            | Self::Security
            | Self::Queue
            | Self::Cover
            | Self::Supervisor
            | Self::Address
            | Self::Calls
            | Self::Demo
            | Self::Rehearsal => false,
        }
    }
}
