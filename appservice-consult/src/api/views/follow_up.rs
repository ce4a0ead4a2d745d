//! Follow-ups: all members of staff make them; whoever may see one does with it what is to be done.

use super::StaffView;
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{
    EndFollowUp, FollowUp, FollowUpChange, FollowUpMessageQuery, FollowUpQuery, FollowUpWords, NewFollowUp, Page,
};
use crate::follow_up::{self, By, Ending, Filter, FollowUpError};
use crate::ids::FollowUpId;
use crate::page::{self, Slice};

impl StaffView {
    fn follows<'a>(&'a self, actor: &'a Actor) -> By<'a> {
        By { member: &self.member, actor }
    }

    /// Follow-ups that match a query.
    pub async fn follow_ups(&self, query: FollowUpQuery) -> Result<Page<FollowUp>, ApiError> {
        let slice = Slice {
            sort: query.view.unwrap_or_default(),
            limit: page::limit(query.limit),
            cursor: query.cursor.as_deref(),
        };
        let filter = Filter {
            due: query.due,
            patient: query.patient,
            consultation: query.consultation,
            operator: query.operator,
            queue: query.queue,
        };
        let mut reading = self.tenant().store.read_at_length().await?;
        let listed = follow_up::list(self.tenant(), &mut reading, (&self.member, &filter), slice).await;
        let listed = listed.map_err(FollowUpError::from)?;
        let items = listed.records.into_iter().map(|record| self.presenter().follow_up(record)).collect();
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    /// One.
    pub async fn follow_up(&self, id: &FollowUpId) -> Result<FollowUp, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let record = follow_up::read(&mut reading, self.tenant(), id, &self.member).await?;
        Ok(self.presenter().follow_up(record))
    }

    /// With what a message to a patient begins.
    pub async fn follow_up_words(&self, query: FollowUpMessageQuery) -> Result<FollowUpWords, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let words = follow_up::words(&mut reading, self.tenant(), &query, &self.member).await?;
        Ok(FollowUpWords { language: words.language, text: words.text, can_be_sent: words.can_be_sent })
    }

    /// Makes one. The flag says whether it was made now.
    pub async fn make_follow_up(&self, new: NewFollowUp) -> Result<(FollowUp, bool), ApiError> {
        let (record, is_new) = follow_up::create(self.tenant(), new, self.follows(&self.actor())).await?;
        Ok((self.presenter().follow_up(record), is_new))
    }

    /// Puts one off, hands it on, or says something else in it.
    pub async fn change_follow_up(&self, id: &FollowUpId, change: FollowUpChange) -> Result<FollowUp, ApiError> {
        let record = follow_up::change(self.tenant(), id, change, self.follows(&self.actor())).await?;
        Ok(self.presenter().follow_up(record))
    }

    /// It was done.
    pub async fn do_follow_up(&self, id: &FollowUpId, end: EndFollowUp) -> Result<FollowUp, ApiError> {
        self.end_follow_up(id, Ending::Done, end).await
    }

    /// It is not needed any more.
    pub async fn cancel_follow_up(&self, id: &FollowUpId, end: EndFollowUp) -> Result<FollowUp, ApiError> {
        self.end_follow_up(id, Ending::Cancelled, end).await
    }

    async fn end_follow_up(&self, id: &FollowUpId, ending: Ending, end: EndFollowUp) -> Result<FollowUp, ApiError> {
        let ended = follow_up::end(self.tenant(), id, (ending, end.version), self.follows(&self.actor())).await?;
        Ok(self.presenter().follow_up(ended))
    }
}
