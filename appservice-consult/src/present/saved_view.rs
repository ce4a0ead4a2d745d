//! Saved views.

use super::Presenter;
use crate::api::types::SavedView;
use crate::saved_view::{Content, Record};

impl Presenter<'_> {
    /// A view with all that is known of it.
    pub fn saved_view(&self, record: Record) -> SavedView {
        let Content { name, query, order } = record.content;
        SavedView {
            id: record.id,
            version: record.version,
            name,
            section: record.section,
            query,
            order,
            sharing: record.sharing,
            owner: self.operator_ref(&record.owner),
            changed_at: record.changed_at,
            removed: record.removed_at.is_some(),
        }
    }
}
