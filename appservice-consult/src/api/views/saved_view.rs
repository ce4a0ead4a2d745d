//! What members of staff may do with saved views.

use super::StaffView;
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{NewSavedView, SavedView, SavedViewArrangement, SavedViewChange, SavedViews};
use crate::ids::SavedViewId;
use crate::saved_view::{self, Content, Editor, Record, Standing, Wanted};

impl StaffView {
    fn view_editor<'a>(&'a self, actor: &'a Actor) -> Editor<'a> {
        Editor { member: &self.member, actor }
    }

    fn shown_views(&self, records: Vec<Record>) -> SavedViews {
        let presenter = self.presenter();
        SavedViews { views: records.into_iter().map(|record| presenter.saved_view(record)).collect() }
    }

    /// All that he sees.
    pub async fn saved_views(&self) -> Result<SavedViews, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        Ok(self.shown_views(saved_view::list(&mut reading, self.tenant(), &self.member).await?))
    }

    /// Makes one.
    pub async fn create_saved_view(&self, new: NewSavedView) -> Result<SavedView, ApiError> {
        let NewSavedView { name, section, query, order, sharing } = new;
        let (actor, content) = (self.actor(), Content { name, query, order });
        let record = saved_view::create(self.tenant(), section, content, sharing, self.view_editor(&actor)).await?;
        Ok(self.presenter().saved_view(record))
    }

    /// Writes one anew, shares it, removes it, or takes it back.
    pub async fn change_saved_view(&self, id: &SavedViewId, change: SavedViewChange) -> Result<SavedView, ApiError> {
        let SavedViewChange { version, name, section, query, order, sharing, removed } = change;
        let is = if removed { Standing::Removed } else { Standing::Kept };
        let (actor, content) = (self.actor(), Content { name, query, order });
        let wanted = Wanted { version, section, content, sharing, is };
        let record = saved_view::change(self.tenant(), id, wanted, self.view_editor(&actor)).await?;
        Ok(self.presenter().saved_view(record))
    }

    /// Puts all that he sees in order.
    pub async fn arrange_saved_views(&self, arrangement: SavedViewArrangement) -> Result<SavedViews, ApiError> {
        let records = saved_view::arrange(self.tenant(), arrangement.view_ids, &self.member).await?;
        Ok(self.shown_views(records))
    }
}
