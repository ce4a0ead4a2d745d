//! Notes and mentions, for staff.

use super::Presenter;
use crate::api::types::{Mention, Note, NoteDeletion};
use crate::note::{self, AUTHOR_SECONDS, MentionRecord, Record};
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// Notes with whom they mention.
    pub async fn notes(&self, session: &mut Session, records: Vec<Record>) -> Result<Vec<Note>, StoreError> {
        let mentions = note::mentions_of(session, &records).await?;
        let shown = records.into_iter().map(|record| {
            let named = mentions.iter().filter(|(note, _)| *note == record.id);
            let mentions = named.map(|(_, operator)| self.operator_ref(operator)).collect();
            Note { mentions, ..self.note(record) }
        });
        Ok(shown.collect())
    }

    fn note(&self, record: Record) -> Note {
        Note {
            version: record.version,
            conversation_id: record.conversation,
            patient_id: record.patient,
            consultation_id: record.consultation,
            author: self.operator_ref(&record.author),
            created_at: record.created_at,
            edited_at: record.edited_at,
            editable_until: record.created_at.plus_seconds(AUTHOR_SECONDS),
            text: record.text,
            mentions: Vec::new(),
            deleted: record.deleted.map(|(at, by)| NoteDeletion { at, by: self.operator_ref(&by) }),
            id: record.id,
        }
    }

    /// A mention.
    pub fn mention(&self, record: &MentionRecord) -> Mention {
        Mention {
            id: record.id.clone(),
            note_id: record.note.clone(),
            conversation_id: record.conversation.clone(),
            consultation_id: record.consultation.clone(),
            patient: self.patient_ref(&record.patient),
            by: self.operator_ref(&record.by),
            at: record.at,
            until: record.until,
            seen_at: record.seen_at,
        }
    }
}
