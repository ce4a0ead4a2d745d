//! Of which consultations a member of staff is told, and how much: what `consultation/sight.rs` decides, asked before anything is shown or done.

use std::sync::Arc;

use super::StaffView;
use crate::api::problem::ApiError;
use crate::api::types::{ConsultationDetail, Conversation as Shown};
use crate::callback;
use crate::consultation::record::{self, Record};
use crate::consultation::sight::Reader;
use crate::consultation::{Sight, reading, sight};
use crate::conversation::{self, Conversation};
use crate::ids::ConsultationId;
use crate::note;
use crate::operator::Member;
use crate::store::{Session, StoreError};

impl StaffView {
    async fn loaded(&self, id: &ConsultationId) -> Result<Option<Record>, StoreError> {
        let mut reading = self.tenant().store.read().await?;
        record::load(&mut reading, id).await
    }

    async fn sight_of(&self, record: &Record) -> Result<Option<Sight>, StoreError> {
        let own = sight::of(&self.member, record);
        if own.is_some() {
            return Ok(own);
        }
        let mut reading = self.tenant().store.read().await?;
        let now = self.tenant().context.now();
        let lent = note::lent(&mut reading, &record.conversation, &self.member, now).await?;
        Ok(sight::with_lent(&self.member, record, lent))
    }

    /// One of which he sees something, and how much; every other is answered like an absent one.
    pub(super) async fn seen(&self, id: &ConsultationId) -> Result<(Record, Sight), ApiError> {
        self.seen_or_none(id).await?.ok_or_else(ApiError::not_found)
    }

    /// The same, where it is no mistake to ask for what he does not see.
    pub(super) async fn seen_or_none(&self, id: &ConsultationId) -> Result<Option<(Record, Sight)>, StoreError> {
        let Some(record) = self.loaded(id).await? else { return Ok(None) };
        let sight = self.sight_of(&record).await?;
        Ok(sight.map(|sight| (record, sight)))
    }

    /// One that he may be told of: what he wants to do with it is refused for its own reason; every other is answered like an absent one.
    pub(super) async fn known(&self, id: &ConsultationId) -> Result<Record, ApiError> {
        let record = self.loaded(id).await?.ok_or_else(ApiError::not_found)?;
        let is_known = sight::knows(&self.member, &record) || self.sight_of(&record).await?.is_some();
        if is_known { Ok(record) } else { Err(ApiError::not_found()) }
    }

    /// Whose sight narrows his lists; `None`: he sees everything.
    pub(super) fn narrowing_member(&self) -> Option<Arc<Member>> {
        (!self.member.role.supervises()).then(|| Arc::clone(&self.member))
    }

    /// The same, for lists of consultations.
    pub(super) fn reader(&self) -> Option<Reader> {
        self.narrowing_member().map(|member| Reader { member, now: self.tenant().context.now() })
    }

    /// A consultation as far as he sees it; what he has just given out of his hands is shown by its row. That he reads the answers is recorded before.
    pub(super) async fn detail(&self, record: &Record) -> Result<ConsultationDetail, ApiError> {
        let sight = sight::of(&self.member, record).unwrap_or(Sight::Row);
        let mut session = self.tenant().store.read().await?;
        let detail = self.presenter().detail(&mut session, record, (&self.member.user_id, sight)).await?;
        drop(session);
        if let Some(answers) = &detail.answers {
            reading::remember(self.tenant(), record, answers.answered_at, &self.actor()).await?;
        }
        Ok(detail)
    }

    /// A patient's conversations as his card shows them: those that this member of staff may know of, with what is open there where he sees something of it.
    pub(super) async fn seen_conversations(
        &self,
        session: &mut Session,
        conversations: Vec<Conversation>,
    ) -> Result<Vec<Shown>, StoreError> {
        let mut known = Vec::new();
        for conversation in conversations {
            if self.knows_conversation(session, &conversation).await? {
                known.push(conversation);
            }
        }
        let mut shown = self.presenter().conversations(session, known).await?;
        for conversation in &mut shown {
            let Some(open) = &conversation.open_consultation else { continue };
            let record = record::load(session, &open.id).await?;
            if record.and_then(|record| sight::of(&self.member, &record)).is_none() {
                conversation.open_consultation = None;
            }
        }
        Ok(shown)
    }

    /// Whether he may know of a conversation: he serves a queue of its circle, may read its notes, or calls its patient back.
    pub(super) async fn knows_conversation(
        &self,
        session: &mut Session,
        conversation: &Conversation,
    ) -> Result<bool, StoreError> {
        let member = &*self.member;
        if member.role.supervises() || conversation::serves(&self.tenant().brand(), member, &conversation.circle) {
            return Ok(true);
        }
        if callback::holder_in(session, &conversation.id).await?.as_ref() == Some(&member.id) {
            return Ok(true);
        }
        let readers = note::Readers::load(session, &conversation.id).await?;
        Ok(readers.ground(member, self.tenant().context.now()).is_some())
    }
}
