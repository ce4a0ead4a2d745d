//! The shapes that the API takes and gives, exactly as the `OpenAPI` document names them.
//!
//! Deliberately absent: decisions and SQL. Each file holds the shapes of one resource; `requests.rs` the bodies that clients send.

mod api_key;
mod archive;
mod audit;
mod bulk;
mod call;
mod callback;
mod canned;
mod conclusion;
mod consent;
mod consultation;
mod custody;
mod deletion;
mod desk_file;
mod device_check;
mod doctor;
mod field;
mod follow_up;
mod hours;
mod invitation;
mod leaving;
mod macros;
mod me;
mod merge;
mod note;
mod operator;
mod page;
mod partner;
mod patient;
mod person;
mod problem;
mod questionnaire;
mod queue_invitation;
mod rating;
mod report;
mod requests;
mod retention;
mod rule;
mod saved_view;
mod search;
mod service;
mod settings;
mod setup;
mod sign_in;
mod stream;
mod tag;
mod viewing;
mod webhook;

pub use api_key::{ApiKey, ApiKeyChange, ApiKeySecret, ApiKeys, ApiScope, NewApiKey};
pub use archive::{
    ArchiveRecord, ArchiveRow, ArchivedCall, ArchivedFile, ArchivedReaction, ArchivedVoice, Chain, Sender, SenderKind,
    TranscriptEntry, TranscriptKind,
};
pub use audit::{
    AuditActor, AuditEntry, AuditFaultKind, AuditProof, AuditProofFault, AuditProofState, AuditRole, AuditSubject,
};
pub use bulk::{
    BulkAct, BulkOutcome, BulkRequest, BulkRow, BulkRows, ExportConsultations, ExportPatients, ExportedRows,
    PriorityStep,
};
pub use call::{
    Call, CallAvailability, CallChanged, CallInvitee, CallKind, CallOutcome, CallPage, CallParticipant, CallQualities,
    CallQuality, CallQuery, CallRow, CallSide, CallState, CallTicket, CallTrouble, DeclineCall, DeclineReason,
    JoinCall, JoinedCall, Measure, NewCall, OneCall, QualityReport,
};
pub use callback::{
    AgainLaterRequest, ArchivedCallback, ArchivedStep, Callback, CallbackChallenge, CallbackChanged, CallbackDetail,
    CallbackDue, CallbackEnding, CallbackForRole, CallbackMeans, CallbackNote, CallbackOffer, CallbackOfferReason,
    CallbackOutcome, CallbackPage, CallbackPhase, CallbackQuery, CallbackRecord, CallbackRow, CallbackSort,
    CallbackSource, CallbackView, CallbackWindow, CallbackWindowRequest, ConsentEvidence, ConsentText, FinishCallback,
    FormQueue, MoveCallback, NewCallback, NewCallbackCall, NewCallbackNote, NoAnswerRequest, OneCallback,
    PublicCallback, PublicCallbackOrdered,
};
pub use canned::{
    Canned, CannedAction, CannedChange, CannedChanged, CannedReplies, CannedScope, CannedVersion, CannedVersions,
    NewCanned,
};
pub use conclusion::{
    AmendConclusion, ArchivedConclusion, ConclusionChanged, ConclusionDraft, ConclusionPdfQuery, ConclusionRef,
    ConclusionSection, ConclusionSigning, ConclusionSigningState, ConclusionVersion, ConclusionVersions,
    SaveConclusion, SectionText, SignConclusion,
};
pub use consent::{
    Consent, ConsentDecision, ConsentDocument, ConsentEffect, ConsentEntry, ConsentHistory, ConsentStatus, Consents,
    GiveConsent, GivenConsent, PatientConsent,
};
pub use consultation::{
    Actor, ActorKind, Consultation, ConsultationDetail, ConsultationPage, ConsultationRow, Conversation, Conversations,
    HistoryEntry, HistoryKeys, Hold, Keys, Offer, OneConsultation, OperatorRef, Participant, ParticipantRole,
    PatientRef, Phase, QueueRef, SlaLevel, SlaState, SlaTarget, Transfer, TransferCause, Waiting,
};
pub use custody::{BackupSecret, Custody, CustodyBy, SecretRelease};
pub use deletion::{
    DeleteAccount, DeletePatient, Deletion, DeletionBlocked, DeletionObstacle, DeletionReceipt, DeletionStay,
    DeletionWord, ExportQuery,
};
pub use desk_file::{DeskFile, NewDeskFile};
pub use device_check::{DeviceCheck, DeviceConnection, DeviceState, NewDeviceCheck};
pub use doctor::{DoctorFinding, DoctorLevel, DoctorReport, DoctorState};
pub use field::{
    ConsultationFieldsChange, CustomField, CustomFields, FieldChoice, FieldDefinition, FieldRef, FieldValue, FieldWish,
};
pub use follow_up::{
    EndFollowUp, FollowUp, FollowUpChange, FollowUpChanged, FollowUpMessage, FollowUpMessageQuery,
    FollowUpMessageState, FollowUpQuery, FollowUpState, FollowUpView, FollowUpWords, NewFollowUp,
};
pub use hours::{DayHours, QueueClosure, QueueHours};
pub use invitation::{
    AcceptInvitation, CheckPatient, InvitationAccepted, InvitationGreeting, InvitationState, NewPatient,
    OpenInvitation, PatientCheck, PatientInvitation, PatientInvitations, PatientMade, RenewInvitation,
};
pub use leaving::{HandOver, Leaving, LeavingChoice, LeavingConsultation, ReturnedConsultation, ReturnedConsultations};
pub use macros::{Macro, MacroChange, MacroChanged, MacroContent, MacroEnding, MacroStep, Macros, RunMacro};
pub use me::{Me, Role};
pub use merge::{
    CardField, Dismissal, DismissedDuplicate, DuplicateReason, MergeCard, MergeCards, MergeCounts, MergeObstacle,
    MergePreview, MergePreviewQuery, MergeSeparated, MergeSide, MergedAccount, NewMerge, PatientDuplicates,
    PatientLink, PatientLinkType, PatientMerge, PatientMerges, PossibleDuplicate, SeparateMerge,
};
pub use note::{
    Mention, MentionChanged, MentionPage, NewNote, Note, NoteChange, NoteChanged, NoteDeletion, NoteVersion,
    NoteVersions,
};
pub use operator::{
    Operator, OperatorRole, OperatorStatus, Operators, Queue, Queues, StatusKind, StatusKinds, StatusPeriod,
};
pub use page::{Page, PageQuery};
pub use partner::{
    OnePatient, OpenCallback, OpenConsultation, PartnerCallback, PartnerConsultation, PartnerPatient, PatientPage,
};
pub use patient::{ExternalIdChange, PatientCard, PatientRow, Sex};
pub use person::{
    ArchivedPerson, NewPerson, PartnerPerson, Person, PersonCard, PersonChange, PersonRef, Persons, Relationship,
};
pub use problem::{FieldError, Problem};
pub use questionnaire::{
    AnswerValue, Answered, AnsweredItem, ChangeAnswers, OwnAnswers, Question, QuestionAnswer, QuestionCondition,
    QuestionOption, Questionnaire,
};
pub use queue_invitation::{
    NewQueueInvitation, QueueInvitation, QueueInvitationChanged, QueueInvitationState, QueueInvitations,
};
pub use rating::{RateConsultation, Rating, RatingRef};
pub use report::{
    BehindQuery, CallFigures, Report, ReportBehind, ReportFigure, ReportFigures, ReportGroup, ReportQuery, ReportRow,
    SlaFigures, Spread, StatusCount, Wallboard, WallboardQueue,
};
pub use requests::{
    ArchiveQuery, ArchiveSort, AuditQuery, BackupSecretRequest, CloseRequest, ConsultationQuery, ConsultationSort,
    ConsultationView, CorrectPerson, GuestRole, HoldRequest, InviteRequest, NewConsultation, NewOperator,
    OperatorChange, OperatorRestore, OwnChange, PatientChange, PatientQuery, PatientSort, SlaFilter, StatusChange,
    TakeOverRequest, TransferRequest, TransferTarget,
};
pub use retention::{
    DueCount, DuePage, DueQuery, DueRow, EraseRecord, Erased, ErasedFile, ErasedRecord, ErasureCause,
    ErasureCertificate, ErasureCounts, ErasureProof, HeldConsultation, HoldLifted, HoldQuery, HoldView, LegalHold,
    LiftHold, NewHold, Retention, RetentionClass,
};
pub use rule::{
    RuleAction, RuleAlarm, RuleCondition, RuleDone, RuleFinding, RuleOutcome, RuleRan, RuleRun, RuleRunQuery,
    RuleTried, RuleTriedRow, RuleTry,
};
pub use saved_view::{
    NewSavedView, SavedView, SavedViewArrangement, SavedViewChange, SavedViewChanged, SavedViewSection,
    SavedViewSharing, SavedViews,
};
pub use search::{
    ArchiveHit, ArchiveHits, ArchiveSearch, ArchiveSnippet, CallbackHit, ConsultationHit, SnippetPart, SnippetSource,
};
pub use service::{Price, Service, Services, WaitEstimate, WorkingHours};
pub use settings::{
    LegalProfile, Settings, SettingsChange, SettingsChanged, SettingsChecked, SettingsChoice, SettingsChoices,
    SettingsDifference, SettingsDocument, SettingsEffect, SettingsHistory, SettingsHistoryQuery, SettingsKind,
    SettingsOrigin, SettingsRestore, SettingsSection, SettingsText, SettingsTry, SettingsVersion,
};
pub use setup::{
    Checklist, ChecklistItem, ChecklistItemId, ChecklistMark, ChecklistState, Demo, DemoAccount, DemoKind, DemoRemoval,
    DemoRemoved, JoinRehearsal, QrCode, Rehearsal, RehearsalJoined, RehearsalState, RemoveDemo, SetupChanged,
};
pub use sign_in::{EndedSignIns, SignIn, SignIns, SignOutPatient, SignOutReason};
pub use stream::{
    ConsultationChanged, ConsultationForRole, CustodyChanged, Gone, GoneKind, KeysChanged, OperatorChanged,
    PatientChanged, QueueChanged, Resync,
};
pub use tag::{NewTag, Tag, TagChange, TagChanged, TagColor, TagRef, Tags};
pub use viewing::{ViewedKind, ViewedRecord, Viewer, Viewers, ViewingAct, ViewingRequest};
pub use webhook::{
    NewWebhook, WebhookChange, WebhookChanged, WebhookDelivery, WebhookDeliveryQuery, WebhookDeliveryState,
    WebhookEndpoint, WebhookEventType, WebhookFailure, WebhookField, WebhookOffReason, WebhookReplay,
    WebhookReplayOnly, WebhookReplayed, WebhookSecret, WebhookTested, Webhooks,
};
