//! Macros.

use super::Presenter;
use crate::api::types::Macro;
use crate::macros::Record;

impl Presenter<'_> {
    /// A macro with all that is known of it.
    pub fn shown_macro(&self, record: Record) -> Macro {
        Macro {
            id: record.id,
            version: record.version,
            content: record.content,
            archived: record.archived_at.is_some(),
            changed_at: record.changed_at,
            changed_by: self.operator_ref(&record.changed_by),
        }
    }
}
