//! What members of staff may do with notes.

use super::StaffView;
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{Mention, MentionPage, NewNote, Note, NoteChange, NoteVersion, NoteVersions, Page, PageQuery};
use crate::ids::{ConversationId, MentionId, NoteId, PatientId};
use crate::note::{self, Record, Writer};
use crate::page::{self, Listed};

impl StaffView {
    fn writer<'a>(&'a self, actor: &'a Actor) -> Writer<'a> {
        Writer { member: &self.member, actor, by_macro: None }
    }

    /// Notes on a conversation.
    pub async fn notes(&self, id: &ConversationId, query: PageQuery) -> Result<Page<Note>, ApiError> {
        let (actor, limit) = (self.actor(), page::limit(query.limit));
        let cursor = query.cursor.as_deref();
        let listed = note::of_conversation(self.tenant(), id, self.writer(&actor), limit, cursor).await?;
        self.note_page(listed).await
    }

    /// Notes on a patient, of the conversations that are open to him.
    pub async fn patient_notes(&self, id: &PatientId, query: PageQuery) -> Result<Page<Note>, ApiError> {
        let (actor, limit) = (self.actor(), page::limit(query.limit));
        let cursor = query.cursor.as_deref();
        let listed = note::of_patient(self.tenant(), id, self.writer(&actor), limit, cursor).await?;
        self.note_page(listed).await
    }

    /// Writes one. The flag says whether it was written now.
    pub async fn write_note(&self, id: &ConversationId, new: NewNote) -> Result<(Note, bool), ApiError> {
        let actor = self.actor();
        let (record, is_new) = note::write(self.tenant(), id, new, self.writer(&actor)).await?;
        Ok((self.shown_note(record).await?, is_new))
    }

    /// Writes one of his anew.
    pub async fn change_note(&self, id: &NoteId, change: NoteChange) -> Result<Note, ApiError> {
        let actor = self.actor();
        let record = note::edit(self.tenant(), id, change, self.writer(&actor)).await?;
        self.shown_note(record).await
    }

    /// Deletes one of his; a supervisor anybody's.
    pub async fn delete_note(&self, id: &NoteId) -> Result<Note, ApiError> {
        let actor = self.actor();
        let record = note::delete(self.tenant(), id, self.writer(&actor)).await?;
        self.shown_note(record).await
    }

    /// What one said before.
    pub async fn note_versions(&self, id: &NoteId) -> Result<NoteVersions, ApiError> {
        let actor = self.actor();
        let versions = note::versions(self.tenant(), id, self.writer(&actor)).await?;
        let versions = versions.into_iter().map(|version| NoteVersion { at: version.at, text: version.text }).collect();
        Ok(NoteVersions { versions })
    }

    /// Where colleagues mention him.
    pub async fn mentions(&self, query: PageQuery) -> Result<MentionPage, ApiError> {
        let mut reading = self.tenant().store.read_at_length().await?;
        let (limit, cursor) = (page::limit(query.limit), query.cursor.as_deref());
        let listed = note::mentions(&mut reading, &self.member.id, limit, cursor).await?;
        let unseen = note::unseen(&mut reading, &self.member.id).await?;
        let presenter = self.presenter();
        let items = listed.records.iter().map(|record| presenter.mention(record)).collect();
        Ok(MentionPage { items, next_cursor: listed.next_cursor, total: listed.total.rows, unseen })
    }

    /// He has looked at one.
    pub async fn see_mention(&self, id: &MentionId) -> Result<Mention, ApiError> {
        let seen = note::see(self.tenant(), id, &self.member.id).await?;
        Ok(self.presenter().mention(&seen))
    }

    async fn note_page(&self, listed: Listed<Record>) -> Result<Page<Note>, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let items = self.presenter().notes(&mut reading, listed.records).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    async fn shown_note(&self, record: Record) -> Result<Note, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let shown = self.presenter().notes(&mut reading, vec![record]).await?.pop();
        shown.ok_or_else(ApiError::not_found)
    }
}
