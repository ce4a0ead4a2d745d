//! Tags.

use super::Presenter;
use crate::api::types::{Tag, TagRef};
use crate::tag::Record;

impl Presenter<'_> {
    /// A tag with all that is known of it.
    pub fn tag(&self, record: Record) -> Tag {
        Tag {
            name: self.tag_name(&record),
            id: record.id,
            version: record.version,
            names: record.content.names,
            color: record.content.color,
            archived: record.archived_at.is_some(),
            changed_at: record.changed_at,
            changed_by: self.operator_ref(&record.changed_by),
        }
    }

    /// A tag on a consultation.
    pub(super) fn tag_ref(&self, record: &Record) -> TagRef {
        TagRef { id: record.id.clone(), name: self.tag_name(record), color: record.content.color }
    }

    fn tag_name(&self, record: &Record) -> String {
        record.content.name(self.language, &self.tenant.brand().default_language).to_owned()
    }
}
