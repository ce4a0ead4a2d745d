//! What members of staff may do with canned replies.

use super::StaffView;
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{Canned, CannedChange, CannedReplies, CannedVersions, NewCanned};
use crate::canned::{self, Change, Content, Editor, Files};
use crate::ids::CannedId;

impl StaffView {
    fn editor<'a>(&'a self, actor: &'a Actor) -> Editor<'a> {
        Editor { member: &self.member, actor }
    }

    /// All that he may use.
    pub async fn canned_replies(&self) -> Result<CannedReplies, ApiError> {
        let mut reading = self.tenant().store.read_at_length().await?;
        let records = canned::list(&mut reading, &self.member).await?;
        let presenter = self.presenter();
        Ok(CannedReplies { canned: records.into_iter().map(|record| presenter.canned(record)).collect() })
    }

    /// Makes one: his own, or as a supervisor a shared one.
    pub async fn create_canned(&self, new: NewCanned) -> Result<Canned, ApiError> {
        let NewCanned { scope, title, shortcut, language, queues, text, files } = new;
        let (actor, content) = (self.actor(), Content { title, shortcut, language, queues, text, files });
        let record = canned::create(self.tenant(), scope, content, self.editor(&actor)).await?;
        Ok(self.presenter().canned(record))
    }

    /// Writes one anew.
    pub async fn change_canned(&self, id: &CannedId, change: CannedChange) -> Result<Canned, ApiError> {
        let CannedChange { version, title, shortcut, language, queues, text, files } = change;
        let (kept, files) = match files {
            Some(files) => (Files::Named, files),
            None => (Files::Stay, Vec::new()),
        };
        let (actor, content) = (self.actor(), Content { title, shortcut, language, queues, text, files });
        let change = Change { version, content, files: kept };
        let record = canned::change(self.tenant(), id, change, self.editor(&actor)).await?;
        Ok(self.presenter().canned(record))
    }

    /// Removes one.
    pub async fn remove_canned(&self, id: &CannedId) -> Result<(), ApiError> {
        let actor = self.actor();
        Ok(canned::remove(self.tenant(), id, self.editor(&actor)).await?)
    }

    /// Who changed what and when.
    pub async fn canned_versions(&self, id: &CannedId) -> Result<CannedVersions, ApiError> {
        let mut reading = self.tenant().store.read_at_length().await?;
        let versions = canned::versions(&mut reading, id, &self.member).await?;
        let presenter = self.presenter();
        Ok(CannedVersions { versions: versions.into_iter().map(|one| presenter.canned_version(one)).collect() })
    }
}
