//! Tags: supervisors make them, all members of staff use them.

use super::{StaffView, SupervisorView};
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, NewTag, Tag, TagChange, Tags};
use crate::ids::{ConsultationId, TagId};
use crate::tag::{self, Change, Content, Standing, Wanted};

impl StaffView {
    /// All tags.
    pub async fn tags(&self) -> Result<Tags, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let presenter = self.presenter();
        Ok(Tags { tags: tag::list(&mut reading).await?.into_iter().map(|record| presenter.tag(record)).collect() })
    }

    fn tagging<'a>(&'a self, consultation: &'a ConsultationId, actor: &'a Actor) -> Change<'a> {
        Change { tenant: self.tenant(), consultation, by: &self.member.id, actor, by_macro: None, by_rule: None }
    }

    /// Puts a tag on a consultation.
    pub async fn add_tag(&self, id: &ConsultationId, tag: &TagId) -> Result<ConsultationDetail, ApiError> {
        self.seen(id).await?;
        let actor = self.actor();
        tag::add(self.tagging(id, &actor), tag).await?;
        self.consultation(id).await
    }

    /// Takes a tag off a consultation.
    pub async fn remove_tag(&self, id: &ConsultationId, tag: &TagId) -> Result<ConsultationDetail, ApiError> {
        self.seen(id).await?;
        let actor = self.actor();
        tag::remove(self.tagging(id, &actor), tag).await?;
        self.consultation(id).await
    }
}

impl SupervisorView {
    /// Makes a tag.
    pub async fn create_tag(&self, new: NewTag) -> Result<Tag, ApiError> {
        let (staff, NewTag { names, color }) = (self.staff(), new);
        let content = Content { names, color };
        let record = tag::create(staff.tenant(), content, &staff.member.id, &staff.actor()).await?;
        Ok(staff.presenter().tag(record))
    }

    /// Writes a tag anew, archives it, or takes it back into use.
    pub async fn change_tag(&self, id: &TagId, change: TagChange) -> Result<Tag, ApiError> {
        let (staff, TagChange { version, names, color, archived }) = (self.staff(), change);
        let is = if archived { Standing::Archived } else { Standing::InUse };
        let wanted = Wanted { version, content: Content { names, color }, is };
        let record = tag::change(staff.tenant(), id, wanted, &staff.member.id, &staff.actor()).await?;
        Ok(staff.presenter().tag(record))
    }
}
