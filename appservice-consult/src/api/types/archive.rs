//! The sealed archive, read back.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Answered, ArchivedConclusion, ArchivedPerson, CallKind, CallOutcome, ConsultationRow, DeclineReason, Erased,
    Retention,
};
use crate::ids::{CallId, EventId, UserId};
use crate::time::Time;

/// What a sender of a message was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SenderKind {
    /// The patient.
    Patient,
    /// An operator or supervisor.
    Operator,
    /// The service itself.
    System,
}

/// Who sent a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sender {
    /// Matrix user id.
    pub user_id: UserId,
    /// Name at the time of sealing.
    pub name: String,
    /// What he was.
    pub kind: SenderKind,
}

/// What a message was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptKind {
    /// Text.
    Text,
    /// A notice of the service.
    Notice,
    /// A picture.
    Image,
    /// A file of any kind.
    File,
    /// A sound.
    Audio,
    /// A moving picture.
    Video,
    /// Taken back by its sender.
    Redacted,
    /// The keeper never got its key.
    Undecryptable,
}

/// A file of a consultation. The bytes stay in the homeserver's media store, encrypted; this says where and with which key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedFile {
    /// Name that its sender gave it.
    pub name: String,
    /// MIME type that its sender named.
    pub mimetype: Option<String>,
    /// Size that its sender named.
    pub size_bytes: Option<i64>,
    /// SHA-256 of the encrypted bytes, unpadded base64, as `EncryptedFile` has it.
    pub sha256: Option<String>,
    /// `mxc:` address.
    pub url: String,
    /// The specification's `EncryptedFile`, with the key; null for a file that was sent in the open.
    #[schema(value_type = Option<Object>)]
    pub encrypted_file: Option<serde_json::Value>,
    /// `mxc:` address of the small picture that its sender made of it. Records of the first versions have none.
    #[serde(default)]
    pub thumbnail_url: Option<String>,
    /// Its sender recorded it as a voice message; null: it is another file. Records of the first versions have none.
    #[serde(default)]
    pub voice: Option<ArchivedVoice>,
}

/// What is drawn of a voice message before it is heard, as its sender gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedVoice {
    /// How long it is, in milliseconds.
    pub duration_ms: Option<i64>,
    /// How loud it is from its beginning to its end, each 0 to 1024; at most 120.
    pub waveform: Vec<i64>,
}

/// One message of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TranscriptEntry {
    /// Matrix event id.
    pub event_id: EventId,
    /// Who.
    pub sender: Sender,
    /// When, as the homeserver stamped it.
    pub sent_at: Time,
    /// What.
    pub kind: TranscriptKind,
    /// Its text, in the last version that was sent.
    pub body: String,
    /// The message it answers.
    pub reply_to: Option<EventId>,
    /// Whether the text is not the first version.
    pub edited: bool,
    /// Its file.
    pub file: Option<ArchivedFile>,
    /// How far the sender's device was proven: `verified`, `unverified_identity`, … as the keeper found it; null where nothing was encrypted.
    pub trust: Option<String>,
    /// Signs that people put under it while the consultation was open, the first ones first. Records of the first versions have none.
    #[serde(default)]
    pub reactions: Vec<ArchivedReaction>,
}

/// A sign under a message of a sealed consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedReaction {
    /// The sign, mostly an emoji.
    pub sign: String,
    /// Who put it there.
    pub sender: Sender,
    /// When, as the homeserver stamped it.
    pub sent_at: Time,
}

/// A call of a sealed consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchivedCall {
    /// Its id.
    pub id: CallId,
    /// Audio or video, as the caller asked.
    pub kind: CallKind,
    /// Who called.
    pub caller: Sender,
    /// When it began to ring.
    pub started_at: Time,
    /// Since when they talked; null where nobody did.
    pub answered_at: Option<Time>,
    /// When it ended.
    pub ended_at: Time,
    /// How it ended.
    pub outcome: CallOutcome,
    /// Why it was declined; null where it was not.
    pub decline_reason: Option<DeclineReason>,
    /// How long both sides were in it, by the media server's record.
    pub talked_seconds: i64,
}

/// A sealed consultation in lists.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchiveRow {
    /// The consultation.
    pub consultation: ConsultationRow,
    /// Place of its last record in the tenant's chain, from 1.
    pub sequence: i64,
    /// When it was sealed.
    pub sealed_at: Time,
    /// Messages of all its records.
    pub message_count: i64,
    /// Files of all its records.
    pub file_count: i64,
    /// How long it is kept; null: for ever.
    pub retention: Option<Retention>,
    /// Whether a legal hold is on it.
    pub held: bool,
    /// That it was erased; null: it can be read.
    pub erased: Option<Erased>,
}

/// The proof of a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Chain {
    /// Place in the tenant's chain, from 1.
    pub sequence: i64,
    /// SHA-256 of the record and its predecessor's hash, hexadecimal.
    pub hash: String,
    /// Hash of the predecessor; 64 zeros for the first.
    pub previous_hash: String,
    /// Whether hash and signature hold for this record and its predecessor.
    pub signature_valid: bool,
}

/// A sealed consultation, opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArchiveRecord {
    /// What lists show too.
    #[serde(flatten)]
    pub row: ArchiveRow,
    /// What was said, oldest first.
    pub transcript: Vec<TranscriptEntry>,
    /// What was sent.
    pub files: Vec<ArchivedFile>,
    /// The calls, in the order they ended; empty in records of versions that sealed none.
    pub calls: Vec<ArchivedCall>,
    /// The conclusions that were signed, in their order; empty in records of versions that sealed none.
    pub conclusions: Vec<ArchivedConclusion>,
    /// What the patient answered when he asked, in the language of then; null: nothing, or the record is of a version that sealed none.
    pub answers: Option<Answered>,
    /// Whose health it was about, as it was sealed; null: the patient's own.
    pub person: Option<ArchivedPerson>,
    /// Proof of the last record.
    pub chain: Chain,
}
