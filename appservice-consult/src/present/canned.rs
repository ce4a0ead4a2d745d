//! Canned replies.

use super::Presenter;
use crate::api::types::{Canned, CannedAction, CannedScope, CannedVersion};
use crate::canned::{Action, Record, Version};

impl Presenter<'_> {
    /// A canned reply.
    pub fn canned(&self, record: Record) -> Canned {
        Canned {
            id: record.id,
            version: record.version,
            scope: if record.owner.is_some() { CannedScope::Personal } else { CannedScope::Shared },
            title: record.content.title,
            shortcut: record.content.shortcut,
            language: record.content.language,
            queues: record.content.queues,
            text: record.content.text,
            files: record.content.files,
            changed_at: record.changed_at,
            changed_by: self.operator_ref(&record.changed_by),
        }
    }

    /// What a canned reply was.
    pub fn canned_version(&self, version: Version) -> CannedVersion {
        CannedVersion {
            version: version.version,
            at: version.at,
            by: self.operator_ref(&version.by),
            action: match version.action {
                Action::Created => CannedAction::Created,
                Action::Changed => CannedAction::Changed,
                Action::Removed => CannedAction::Removed,
            },
            title: version.content.title,
            shortcut: version.content.shortcut,
            language: version.content.language,
            queues: version.content.queues,
            text: version.content.text,
            files: version.content.files,
        }
    }
}
