//! Notes of staff and whom they mention. No patient ever gets one of these shapes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{OperatorRef, PatientRef};
use crate::ids::{ConsultationId, ConversationId, MentionId, NoteId, OperatorId, PatientId};
use crate::time::Time;

/// A note of staff on a conversation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Give it back with a change, so that nobody's is lost.
    pub version: i64,
    /// The conversation it is on.
    pub conversation_id: ConversationId,
    /// Whose.
    pub patient_id: PatientId,
    /// The latest consultation of the conversation when it was written; null: there was none.
    pub consultation_id: Option<ConsultationId>,
    /// Who wrote it.
    pub author: OperatorRef,
    /// When.
    pub created_at: Time,
    /// When its text was changed last; null: never.
    pub edited_at: Option<Time>,
    /// Its author may change and delete it before.
    pub editable_until: Time,
    /// What it says; null: it was deleted.
    pub text: Option<String>,
    /// Whom it mentions. In the text a mention is `@` and the name.
    pub mentions: Vec<OperatorRef>,
    /// Only when it was deleted.
    pub deleted: Option<NoteDeletion>,
}

/// What is left of a deleted note beside its author and time.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoteDeletion {
    /// When.
    pub at: Time,
    /// By whom.
    pub by: OperatorRef,
}

/// `POST /conversations/{id}/notes`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// 1 to 4000 characters.
    pub text: String,
    /// Colleagues whom it mentions, at most 10: they are told, and may read the conversation's notes for a time.
    #[serde(default)]
    pub mentions: Vec<OperatorId>,
    /// Made by the client once for each note; a retry with the same one gives the same note.
    pub request_id: Uuid,
}

/// `PATCH /notes/{id}`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteChange {
    /// 1 to 4000 characters.
    pub text: String,
    /// All colleagues whom it mentions now: who is left out loses what the mention gave.
    #[serde(default)]
    pub mentions: Vec<OperatorId>,
    /// The version that was changed.
    pub version: i64,
}

/// What a note said.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoteVersion {
    /// From when.
    pub at: Time,
    /// The text.
    pub text: String,
}

/// What a note said before it was edited.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteVersions {
    /// Newest first, at most 100; without what it says now.
    pub versions: Vec<NoteVersion>,
}

/// A colleague's note mentions the caller.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Mention {
    /// Its id.
    pub id: MentionId,
    /// The note.
    pub note_id: NoteId,
    /// The conversation it is on.
    pub conversation_id: ConversationId,
    /// The latest consultation of the conversation when it was written.
    pub consultation_id: Option<ConsultationId>,
    /// Whose.
    pub patient: PatientRef,
    /// Who wrote it.
    pub by: OperatorRef,
    /// When.
    pub at: Time,
    /// Until then it opens the conversation's notes, however far the caller's other rights go.
    pub until: Time,
    /// When the caller looked at it; null: not yet.
    pub seen_at: Option<Time>,
}

/// A page of the caller's mentions.
#[derive(Debug, Serialize, ToSchema)]
pub struct MentionPage {
    /// Newest first.
    pub items: Vec<Mention>,
    /// Give it back as `cursor` for the next page; null after the last.
    pub next_cursor: Option<String>,
    /// Rows of the whole list.
    pub total: i64,
    /// How many of the whole list he has not looked at.
    pub unseen: i64,
}

/// `event: note` (staff): a note was written, edited or deleted. Who may read it loads it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteChanged {
    /// Which.
    pub note_id: NoteId,
    /// The conversation it is on.
    pub conversation_id: ConversationId,
    /// Whose.
    pub patient_id: PatientId,
}

/// `event: mention` (whom it names): a note mentions him, or no longer does, or he looked at it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MentionChanged {
    /// Which.
    pub mention_id: MentionId,
    /// As it stands now; null: it was taken back.
    pub mention: Option<Mention>,
    /// How many he has not looked at.
    pub unseen: i64,
}
