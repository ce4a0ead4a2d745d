//! Names of tables and columns, as the migrations make them. This file, `bulk_tables.rs`, `callback_tables.rs`, `conclusion_tables.rs`, `consent_tables.rs`, `deletion_tables.rs`, `device_check_tables.rs`,
//! `field_tables.rs`, `first_day_tables.rs`, `follow_up_tables.rs`, `invitation_tables.rs`, `macro_tables.rs`, `merge_tables.rs`, `notary_tables.rs`, `partner_tables.rs`, `person_tables.rs`, `plain_tables.rs`, `prepared_tables.rs`, `questionnaire_tables.rs`, `queue_invitation_tables.rs`, `rating_tables.rs`, `reaction_tables.rs`, `retention_tables.rs`, `rule_tables.rs`,
//! `saved_view_tables.rs`, `search_tables.rs`, `settings_tables.rs` and `webhook_tables.rs` alone spell them.

use sea_query::Iden;

pub use super::bulk_tables::BulkRow;
pub use super::callback_tables::{Callback, CallbackChallenge, CallbackHistory};
pub use super::conclusion_tables::{Conclusion, ConclusionSigning, ConclusionVersion};
pub use super::consent_tables::{Consent, ConsentReminder, ConsentText};
pub use super::deletion_tables::Deletion;
pub use super::device_check_tables::DeviceCheck;
pub use super::field_tables::ConsultationField;
pub use super::first_day_tables::{ChecklistMark, DemoAccount, DemoRemoval, Rehearsal, RehearsalSkip};
pub use super::follow_up_tables::FollowUp;
pub use super::invitation_tables::{PatientInvitation, PatientMade};
pub use super::macro_tables::{Macro, MacroRun};
pub use super::merge_tables::{DismissedDuplicate, PatientMerge};
pub use super::notary_tables::HeadsSent;
pub use super::partner_tables::{ApiAnswer, ApiKey};
pub use super::person_tables::Person;
pub use super::plain_tables::PlainDesk;
pub use super::prepared_tables::{BrandEntry, DeskFile};
pub use super::questionnaire_tables::{Questionnaire, QuestionnaireResponse};
pub use super::queue_invitation_tables::{QueueInvitation, QueueInvitee};
pub use super::rating_tables::Rating;
pub use super::reaction_tables::Reaction;
pub use super::retention_tables::{Erasure, ErasureFile, LegalHold};
pub use super::rule_tables::RuleRun;
pub use super::saved_view_tables::{SavedView, SavedViewOrder};
pub use super::search_tables::{
    ArchiveBeginning, ArchiveIndex, ArchiveIndexed, ArchiveSearch, ArchiveToIndex, ArchiveWord,
};
pub use super::settings_tables::{OperatorVersion, Setting};
pub use super::webhook_tables::{WebhookDelivery, WebhookEndpoint, WebhookEvent};

/// Gap-free numbers.
#[derive(Clone, Copy, Iden)]
pub enum Counter {
    Table,
    Name,
    Value,
}

/// Patients.
#[derive(Clone, Copy, Iden)]
pub enum Patient {
    Table,
    Id,
    UserId,
    CreatedAt,
    Card,
    PhoneIndex,
    EmailIndex,
    ExternalIndex,
    Consultations,
    LastConsultationAt,
    DeletedAt,
}

/// Members of staff.
#[derive(Clone, Copy, Iden)]
pub enum Operator {
    Table,
    Id,
    UserId,
    Name,
    Title,
    Role,
    Status,
    StatusSince,
    StatusReason,
    StatusKind,
    Administrator,
    Grade,
    Hours,
    TimeZone,
    Capacity,
    GivenAt,
    WrappedUpAt,
    CreatedAt,
    RemovedAt,
}

/// What operators can do.
#[derive(Clone, Copy, Iden)]
pub enum OperatorSkill {
    Table,
    OperatorId,
    Skill,
}

/// What operators speak.
#[derive(Clone, Copy, Iden)]
pub enum OperatorLanguage {
    Table,
    OperatorId,
    Language,
}

/// Offers that were not taken.
#[derive(Clone, Copy, Iden)]
pub enum PassedOffer {
    Table,
    ConsultationId,
    OperatorId,
    At,
}

/// Who serves which queue.
#[derive(Clone, Copy, Iden)]
pub enum OperatorQueue {
    Table,
    OperatorId,
    QueueId,
}

/// Statuses, present and past.
#[derive(Clone, Copy, Iden)]
pub enum OperatorStatus {
    Table,
    Id,
    OperatorId,
    Status,
    Reason,
    Kind,
    OnDuty,
    Since,
    Until,
}

/// Permanent rooms.
#[derive(Clone, Copy, Iden)]
pub enum Conversation {
    Table,
    Id,
    PatientId,
    Circle,
    RoomId,
    CreatedAt,
}

/// Consultations.
#[derive(Clone, Copy, Iden)]
pub enum Consultation {
    Table,
    Id,
    Version,
    ConversationId,
    PatientId,
    PersonId,
    RequestId,
    QueueId,
    Phase,
    Stage,
    PhaseSince,
    HoldUntil,
    DueAt,
    Priority,
    QueueOrder,
    RequestedAt,
    TakenAt,
    FirstTakenAt,
    FirstAnswerAt,
    EndedAt,
    EndReason,
    LeadId,
    PreviousOperatorId,
    TransferFrom,
    TransferTo,
    TransferAt,
    TransferNote,
    TransferCause,
    MessageCount,
    FirstEventId,
    LastEventId,
    LastMessageAt,
    UnansweredSince,
    SilenceWarnedAt,
    Language,
    OfferedTo,
    OfferUntil,
    WaitMark,
    ResponseMark,
    ResolutionMark,
    WaitPromised,
    ResponsePromised,
    ResolutionPromised,
    ReopenedAt,
    SlaDueAt,
    SealedSequence,
    SealedAt,
    SealedMessages,
    SealedFiles,
    Concluded,
    RetentionClass,
    EraseDueAt,
    EraseListedAt,
    ErasedAt,
}

/// How many consultations stand where.
#[derive(Clone, Copy, Iden)]
pub enum ConsultationCount {
    Table,
    QueueId,
    Stage,
    LeadId,
    N,
}

/// Operators in consultations.
#[derive(Clone, Copy, Iden)]
pub enum Participant {
    Table,
    ConsultationId,
    OperatorId,
    Version,
    Role,
    JoinedAt,
    LeftAt,
    SealedSequence,
    InvitedBy,
}

/// Steps of consultations.
#[derive(Clone, Copy, Iden)]
pub enum ConsultationHistory {
    Table,
    ConsultationId,
    Version,
    At,
    ActorKind,
    ActorId,
    Action,
    QueueId,
    Note,
}

/// Messages that are not sealed yet.
#[derive(Clone, Copy, Iden)]
pub enum Message {
    Table,
    EventId,
    ConversationId,
    ConsultationId,
    Position,
    Sender,
    SenderKind,
    SentAt,
    State,
    Trust,
    Content,
}

/// Hand-overs of history keys.
#[derive(Clone, Copy, Iden)]
pub enum HandOver {
    Table,
    ConversationId,
    UserId,
    Devices,
    Sessions,
    At,
}

/// Transactions that were taken.
#[derive(Clone, Copy, Iden)]
pub enum Intake {
    Table,
    TransactionId,
    At,
}

/// What has to happen outside.
#[derive(Clone, Copy, Iden)]
pub enum Effect {
    Table,
    Id,
    Lane,
    Body,
    Attempts,
    DueAt,
    Failed,
}

/// What changed.
#[derive(Clone, Copy, Iden)]
pub enum Change {
    Table,
    Sequence,
    At,
    Kind,
    Subject,
    Audience,
}

/// Who keeps the secrets of key backups.
#[derive(Clone, Copy, Iden)]
pub enum Custody {
    Table,
    PatientId,
    KeptBy,
    Since,
}

/// Devices that were given a secret.
#[derive(Clone, Copy, Iden)]
pub enum SecretRelease {
    Table,
    Id,
    PatientId,
    At,
    DeviceId,
    DeviceName,
}

/// The audit log.
#[derive(Clone, Copy, Iden)]
pub enum Audit {
    Table,
    Sequence,
    At,
    Actor,
    Role,
    Action,
    SubjectKind,
    SubjectId,
    Detail,
    Hash,
}

/// Sealed records.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveRecord {
    Table,
    Sequence,
    ConsultationId,
    CallbackId,
    SealedAt,
    MessageCount,
    FileCount,
    Ciphertext,
    Hash,
    Signature,
    IsTombstone,
}

/// Keys of sealed records.
#[derive(Clone, Copy, Iden)]
pub enum ArchiveKey {
    Table,
    Sequence,
    WrappedKey,
}

/// Calls.
#[derive(Clone, Copy, Iden)]
pub enum Call {
    Table,
    Id,
    Version,
    MediaRoom,
    RoomId,
    ConversationId,
    ConsultationId,
    PatientId,
    CallerSide,
    CallerUser,
    IsAdopted,
    Kind,
    State,
    Outcome,
    StartedAt,
    RingUntil,
    AnsweredAt,
    AnsweredUser,
    AnsweredDevice,
    EndedAt,
    DeclineReason,
    BillableMs,
    SealedSequence,
}

/// Lives of media rooms.
#[derive(Clone, Copy, Iden)]
pub enum CallSession {
    Table,
    Sid,
    CallId,
    CreatedAt,
    FinishedAt,
}

/// Times in calls.
#[derive(Clone, Copy, Iden)]
pub enum CallSpan {
    Table,
    Sid,
    CallId,
    Identity,
    UserId,
    Side,
    JoinedAt,
    LeftAt,
    Reason,
    MediaUntil,
    Listens,
}

/// Media rooms as they stand.
#[derive(Clone, Copy, Iden)]
pub enum CallRoom {
    Table,
    MediaRoom,
    RoomId,
    Sid,
    IsOver,
}

/// Who an identity at the media server is.
#[derive(Clone, Copy, Iden)]
pub enum CallMember {
    Table,
    MediaRoom,
    Identity,
    UserId,
    DeviceId,
    IssuedAt,
}

/// Who has to be looked at.
#[derive(Clone, Copy, Iden)]
pub enum CallWatch {
    Table,
    MediaRoom,
    Identity,
    Until,
}

/// Delayed leave events.
#[derive(Clone, Copy, Iden)]
pub enum CallLeave {
    Table,
    MediaRoom,
    Identity,
    DelayId,
    EveryMs,
    Since,
    DueAt,
}

/// Events of the media server that were taken.
#[derive(Clone, Copy, Iden)]
pub enum CallEvent {
    Table,
    Id,
    At,
}

/// What the apps measured.
#[derive(Clone, Copy, Iden)]
pub enum CallQuality {
    Table,
    CallId,
    UserId,
    At,
    LossPermille,
    JitterMs,
    RoundTripMs,
    Freezes,
    FreezeMs,
}

/// Notes of staff on conversations.
#[derive(Clone, Copy, Iden)]
pub enum Note {
    Table,
    Id,
    Version,
    ConversationId,
    PatientId,
    ConsultationId,
    RequestId,
    AuthorId,
    CreatedAt,
    EditedAt,
    DeletedAt,
    DeletedBy,
    Body,
}

/// What notes said before they were edited.
#[derive(Clone, Copy, Iden)]
pub enum NoteVersion {
    Table,
    NoteId,
    Version,
    At,
    Body,
}

/// Who is mentioned in notes.
#[derive(Clone, Copy, Iden)]
pub enum Mention {
    Table,
    Id,
    NoteId,
    ConversationId,
    OperatorId,
    At,
    Until,
    SeenAt,
}

/// Canned replies.
#[derive(Clone, Copy, Iden)]
pub enum Canned {
    Table,
    Id,
    Version,
    OwnerId,
    Language,
    Shortcut,
    Title,
    Text,
    Queues,
    Files,
    ChangedAt,
    ChangedBy,
    RemovedAt,
}

/// What canned replies were.
#[derive(Clone, Copy, Iden)]
pub enum CannedVersion {
    Table,
    CannedId,
    Version,
    At,
    ById,
    Action,
    Content,
}

/// Tags.
#[derive(Clone, Copy, Iden)]
pub enum Tag {
    Table,
    Id,
    Version,
    Names,
    Color,
    ArchivedAt,
    ChangedAt,
    ChangedBy,
}

/// Consultations with tags.
#[derive(Clone, Copy, Iden)]
pub enum ConsultationTag {
    Table,
    ConsultationId,
    TagId,
    At,
    ById,
}
