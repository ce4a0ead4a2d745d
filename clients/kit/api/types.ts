/**
 * Shapes of the consultation API (`/_consilium/v1`) and of `brand.json`: generated from the server's own types (`npm run gen`),
 * under short names.
 *
 * Ids are opaque strings, times RFC 3339 in UTC, money in minor units, JSON in snake_case.
 */
import type { components } from "./generated.ts";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type Sex = Schemas["Sex"];
export type Me = Schemas["Me"] & {
  birth_date?: string | null;
  sex?: Sex | null;
  phone?: string | null;
  email?: string | null;
};
/** Who keeps the secret of a patient's key backup, and which devices were given it. */
export type Custody = Schemas["Custody"];
export type SecretRelease = Schemas["SecretRelease"];
export type BackupSecret = Schemas["BackupSecret"];
export type WaitEstimate = Schemas["WaitEstimate"];
export type Money = Schemas["Price"];
/** Lists that an older build has kept know nothing of call-backs, nor of hours, nor of languages. */
export type Service = Omit<Schemas["Service"], "callback" | "hours" | "languages"> & {
  callback?: CallbackOffer;
  hours?: WorkingHours;
  languages?: string[];
};
/** When the operators of a queue work. */
export type WorkingHours = Schemas["WorkingHours"];
export type Phase = Schemas["Phase"];
export type ParticipantRole = Schemas["ParticipantRole"];
export type Participant = Schemas["Participant"];
/** One act on several consultations, and what became of each. */
export type BulkAct = Schemas["BulkAct"];
export type BulkRequest = Schemas["BulkRequest"];
export type BulkRow = Schemas["BulkRow"];
export type BulkOutcome = Schemas["BulkOutcome"];
/** As what a colleague is asked in. */
export type GuestRole = Schemas["GuestRole"];
/** What a patient's device did in a test, for the desk. */
export type CheckedDevices = Schemas["DeviceCheck"];
export type NewDeviceCheck = Schemas["NewDeviceCheck"];
export type DeviceState = Schemas["DeviceState"];
/** Whoever serves a queue is asked in; the first who accepts comes. */
export type QueueInvitation = Schemas["QueueInvitation"];
/** The patient's view of a consultation, and the base of all others. */
export type Consultation = Schemas["Consultation"];
export type Conversation = Schemas["Conversation"];
/** What an operator writes for the patient, and what was signed of it. */
export type ConclusionDraft = Schemas["ConclusionDraft"];
/** What waits for a signature that somebody else makes. */
export type ConclusionSigning = Schemas["ConclusionSigning"];
export type ConclusionSection = Schemas["ConclusionSection"];
export type ConclusionVersion = Schemas["ConclusionVersion"];
export type ConclusionRef = Schemas["ConclusionRef"];
export type ConclusionNeed = Schemas["ConclusionNeed"];
export type SaveConclusion = Schemas["SaveConclusion"];
/** What a patient agrees to, and what he decided. */
export type Consent = Schemas["Consent"];
export type ConsentDocument = Schemas["ConsentDocument"];
export type ConsentEntry = Schemas["ConsentEntry"];
export type GivenConsent = Schemas["GivenConsent"];
export type PatientConsent = Schemas["PatientConsent"];
/** Somebody whom a patient acts for: a child, a parent. */
export type Person = Schemas["Person"];
/** The same beside a consultation. */
export type PersonRef = Schemas["PersonRef"];
/** The same at the desk, with his history. */
export type PersonCard = Schemas["PersonCard"];
/** What the account holder is to him: codes of FHIR's RelatedPerson. */
export type Relationship = Schemas["Relationship"];
export type Rating = Schemas["Rating"];
export type RatingRef = Schemas["RatingRef"];
export type Questionnaire = Schemas["Questionnaire"];
export type Question = Schemas["Question"];
export type QuestionAnswer = Schemas["QuestionAnswer"];
export type OwnAnswers = Schemas["OwnAnswers"];
export type Answered = Schemas["Answered"];
export type AnsweredItem = Schemas["AnsweredItem"];
export type RateConsultation = Schemas["RateConsultation"];
export type ConsultationRow = Schemas["ConsultationRow"];
export type HistoryEntry = Schemas["HistoryEntry"];
export type ConsultationDetail = Schemas["ConsultationDetail"];
export type Queue = Schemas["Queue"];
export type OperatorStatus = Schemas["OperatorStatus"];
export type OperatorRole = Schemas["OperatorRole"];
export type Operator = Schemas["Operator"];
/** A status of the brand's own, in the caller's language. */
export type StatusKind = Schemas["StatusKind"];
export type StatusHistoryEntry = Schemas["StatusPeriod"];
/** What becomes of what an operator leads when he goes; and what was taken from him while his console was lost. */
export type LeavingChoice = Schemas["LeavingChoice"];
export type LeavingConsultation = Schemas["LeavingConsultation"];
export type HandOver = Schemas["HandOver"];
export type ReturnedConsultation = Schemas["ReturnedConsultation"];
export type PatientRow = Schemas["PatientRow"];
export type PatientCard = Schemas["PatientCard"];
/** That the number of a partner's system on a card became another one. */
export type ExternalIdChange = Schemas["ExternalIdChange"];
/** Two cards of one human: side by side, merged, apart again. */
export type CardField = Schemas["CardField"];
export type MergeCard = Schemas["MergeCard"];
export type MergeObstacle = Schemas["MergeObstacle"];
export type MergePreview = Schemas["MergePreview"];
export type MergedAccount = Schemas["MergedAccount"];
export type PatientMerge = Schemas["PatientMerge"];
export type PossibleDuplicate = Schemas["PossibleDuplicate"];
/** A card that looks like the same human's and is another one's, at the word of a member of staff. */
export type DismissedDuplicate = Schemas["DismissedDuplicate"];
export type PatientDuplicates = Schemas["PatientDuplicates"];
export type TranscriptKind = Schemas["TranscriptKind"];
/** The document leaves the inside of `detail` open: it differs by action. */
export type AuditEntry = Omit<Schemas["AuditEntry"], "detail"> & { detail: Record<string, unknown> };
/** The check of the audit log that was asked for last. */
export type AuditProof = Schemas["AuditProof"];
/** Who has a record open, and what it is. */
export type Viewers = Schemas["Viewers"];
export type Viewer = Schemas["Viewer"];
export type ViewedRecord = Schemas["ViewedRecord"];
export type ViewingAct = Schemas["ViewingAct"];
export type ConsultationView = Schemas["ConsultationView"];
export type ConsultationSort = Schemas["ConsultationSort"];
export type PatientSort = Schemas["PatientSort"];
export type Call = Schemas["Call"];
/** Staff's view of a call: with the patient. */
export type CallRow = Schemas["Page_CallRow"]["items"][number];
export type CallKind = Schemas["CallKind"];
export type CallSide = Schemas["CallSide"];
export type CallState = Schemas["CallState"];
export type CallOutcome = Schemas["CallOutcome"];
export type CallParticipant = Schemas["CallParticipant"];
/** An operator who came into the consultation while the call was on, and is asked to join it. */
export type CallInvitee = Schemas["CallInvitee"];
export type DeclineReason = Schemas["DeclineReason"];
export type CallTicket = Schemas["CallTicket"];
export type JoinedCall = Schemas["JoinedCall"];
export type CallAvailability = Schemas["CallAvailability"];
export type CallTrouble = Schemas["CallTrouble"];
export type QualityReport = Schemas["QualityReport"];
export type CallQuality = Schemas["CallQuality"];
/** The patient's view of a call-back, and the base of all others. */
export type Callback = Schemas["Callback"];
export type CallbackRow = Schemas["CallbackRow"];
export type CallbackDetail = Schemas["CallbackDetail"];
export type CallbackPhase = Schemas["CallbackPhase"];
export type CallbackOutcome = Schemas["CallbackOutcome"];
export type CallbackView = Schemas["CallbackView"];
export type CallbackSort = Schemas["CallbackSort"];
/** Whether a queue takes call-backs, and whether one is offered instead of waiting. */
export type CallbackOffer = Schemas["CallbackOffer"];
/** Local times without an offset, `2026-11-28T15:00`. */
export type CallbackWindow = Schemas["CallbackWindow"];
export type CallbackWindowRequest = Schemas["CallbackWindowRequest"];
export type CallbackTime = Schemas["MoveCallback"];
export type NewCallback = Schemas["NewCallback"];
/** A note of staff on a conversation. */
export type Note = Schemas["Note"];
export type NewNote = Schemas["NewNote"];
export type NoteChange = Schemas["NoteChange"];
export type NoteVersion = Schemas["NoteVersion"];
/** A colleague's note names the caller. */
export type Mention = Schemas["Mention"];
export type MentionPage = Schemas["MentionPage"];
/** What operators do at once, under one name. */
export type Macro = Schemas["Macro"];
export type MacroContent = Schemas["MacroContent"];
export type MacroEnding = Schemas["MacroEnding"];
export type MacroStep = Schemas["MacroStep"];
export type DeskFile = Schemas["DeskFile"];
export type MacroChange = Schemas["MacroChange"];
export type RunMacro = Schemas["RunMacro"];
/** A canned reply. */
export type Canned = Schemas["Canned"];
export type CannedScope = Schemas["CannedScope"];
export type NewCanned = Schemas["NewCanned"];
export type CannedChange = Schemas["CannedChange"];
export type CannedVersion = Schemas["CannedVersion"];
export type Tag = Schemas["Tag"];
export type TagColor = Schemas["TagColor"];
/** A tag on a consultation. */
export type TagRef = Schemas["TagRef"];
export type NewTag = Schemas["NewTag"];
export type TagChange = Schemas["TagChange"];
/** A list with filters and an order, under a name. */
export type SavedView = Schemas["SavedView"];
export type SavedViewSection = Schemas["SavedViewSection"];
/** Who else sees it. */
export type SavedViewSharing = Schemas["SavedViewSharing"];
export type NewSavedView = Schemas["NewSavedView"];
export type SavedViewChange = Schemas["SavedViewChange"];
export type SlaFilter = Schemas["SlaFilter"];
export type ArchiveSort = Schemas["ArchiveSort"];
export type CallbackDue = Schemas["CallbackDue"];
export type CallbackSource = Schemas["CallbackSource"];
export type ApiKey = Schemas["ApiKey"];
export type ApiKeys = Schemas["ApiKeys"];
export type ApiKeySecret = Schemas["ApiKeySecret"];
export type ApiKeyPatch = Schemas["ApiKeyChange"];
export type ApiScope = Schemas["ApiScope"];
export type NewApiKey = Schemas["NewApiKey"];
export type Webhooks = Schemas["Webhooks"];
export type WebhookEndpoint = Schemas["WebhookEndpoint"];
export type WebhookEventType = Schemas["WebhookEventType"];
export type WebhookField = Schemas["WebhookField"];
export type WebhookSecret = Schemas["WebhookSecret"];
export type WebhookDeliveryState = Schemas["WebhookDeliveryState"];
/** The document leaves the inside of `data` open: it differs by type. */
export type WebhookDelivery = Omit<Schemas["WebhookDelivery"], "data"> & { data: Record<string, unknown> };
export type NewWebhook = Schemas["NewWebhook"];
export type WebhookPatch = Schemas["WebhookChange"];
export type WebhookReplay = Schemas["WebhookReplay"];
/** Settings: what supervisors change while the service runs, section by section. */
export type SettingsSection = Schemas["SettingsSection"];
export type SettingsKind = Schemas["SettingsKind"];
export type SettingsChoice = Schemas["SettingsChoice"];
export type SettingsChoices = Schemas["SettingsChoices"];
export type Settings = Schemas["Settings"];
/** The document leaves contents open: each kind has its own shape. */
export type SettingsDocument = Omit<Schemas["SettingsDocument"], "content"> & { content: unknown };
export type SettingsDifference = { field: string; before: unknown; after: unknown };
export type SettingsVersion = Omit<Schemas["SettingsVersion"], "differences"> & {
  differences: SettingsDifference[];
};
export type SettingsHistory = { versions: SettingsVersion[]; next_before: number | null };
export type SettingsChecked = Omit<Schemas["SettingsChecked"], "differences"> & {
  differences: SettingsDifference[];
};
export type QueueHours = Schemas["QueueHours"];
export type QueueSettings = Schemas["QueueSettings"];
export type HoursSettings = Schemas["HoursSettings"];
export type ClosureSettings = Schemas["ClosureSettings"];
export type HolidaySettings = Schemas["HolidaySettings"];
export type ContactsSettings = Schemas["ContactsSettings"];
export type CallbackFormSettings = Schemas["CallbackFormSettings"];
export type LegalDocumentSettings = Schemas["LegalDocumentSettings"];
/** A law that consents can satisfy, as the brand keeps it. */
export type LegalProfile = Schemas["LegalProfile"];
export type ConsentSettings = Schemas["ConsentSettings"];
export type ConsentSubject = Schemas["ConsentSubject"];
export type RetentionClassSettings = Schemas["RetentionClassSettings"];
export type StatusSettings = Schemas["StatusSettings"];
export type StatusColor = Schemas["StatusColor"];
/** What a change would come to for people and records. */
export type SettingsEffect = Schemas["SettingsEffect"];
/** A text with the hash by which it is known for ever. */
export type SettingsText = Schemas["SettingsText"];
export type ConclusionTemplateSettings = Schemas["ConclusionTemplateSettings"];
export type QuestionnaireSettings = Schemas["QuestionnaireSettings"];
export type QuestionSettings = Schemas["QuestionSettings"];
export type AnswerOptionSettings = Schemas["AnswerOptionSettings"];
export type RuleSettings = Schemas["RuleSettings"];
export type RuleEvent = Schemas["RuleEvent"];
/** What rules of the desk did, and would have done. */
export type RuleRun = Schemas["RuleRun"];
export type RuleDone = Schemas["RuleDone"];
export type RuleTried = Schemas["RuleTried"];
export type RuleTriedRow = Schemas["RuleTriedRow"];
export type RuleFinding = Schemas["RuleFinding"];
/** The brand's own fields as they are set up. */
export type FieldsSettings = Schemas["FieldsSettings"];
export type FieldSettings = Schemas["FieldSettings"];
export type FieldOptionSettings = Schemas["FieldOptionSettings"];
/** The same with what stands in them. */
export type CustomField = Schemas["CustomField"];
export type CustomFields = Schemas["CustomFields"];
export type FieldDefinition = Schemas["FieldDefinition"];
export type FieldValue = Schemas["FieldValue"];
/** What staff comes back to at a time. */
export type FollowUp = Schemas["FollowUp"];
export type FollowUpView = Schemas["FollowUpView"];
export type NewFollowUp = Schemas["NewFollowUp"];
export type FollowUpChange = Schemas["FollowUpChange"];
export type FollowUpChanged = Schemas["FollowUpChanged"];
export type FollowUpMessage = Schemas["FollowUpMessage"];
export type FollowUpWords = Schemas["FollowUpWords"];
export type Weekday = Schemas["Weekday"];
/** The first days: what has to be done before patients come, a rehearsal, the end of a demonstration. */
export type Checklist = Schemas["Checklist"];
export type ChecklistItem = Schemas["ChecklistItem"];
export type ChecklistItemId = Schemas["ChecklistItemId"];
/** How the installation stands, for administrators. */
export type DoctorReport = Schemas["DoctorReport"];
export type DoctorFinding = Schemas["DoctorFinding"];
export type DoctorLevel = Schemas["DoctorLevel"];
export type Rehearsal = Schemas["Rehearsal"];
export type RehearsalState = Schemas["RehearsalState"];
export type RehearsalJoined = Schemas["RehearsalJoined"];
export type QrCode = Schemas["QrCode"];
/** Patients whom the desk makes before they come, and the links by which they come. */
export type PatientMade = Schemas["PatientMade"];
export type PatientCheck = Schemas["PatientCheck"];
export type PatientInvitation = Schemas["PatientInvitation"];
export type PatientInvitations = Schemas["PatientInvitations"];
export type InvitationState = Schemas["InvitationState"];
export type InvitationGreeting = Schemas["InvitationGreeting"];
export type InvitationAccepted = Schemas["InvitationAccepted"];
export type Demo = Schemas["Demo"];
export type DemoAccount = Schemas["DemoAccount"];
export type DemoRemoval = Schemas["DemoRemoval"];
/** A text by language. */
export type Localized = Schemas["Localized"];
/** `GET /.well-known/consilium/brand.json`, by the Host that asked. */
export type PublicBrand = Schemas["PublicBrand"];

/** `EncryptedFile` of the Matrix specification, as far as the clients read it. */
export interface EncryptedFile {
  url: string;
  key: { alg: string; ext: boolean; k: string; key_ops: string[]; kty: string };
  iv: string;
  hashes: Record<string, string>;
  v: string;
}

/** The document leaves the file's inside open: it is the Matrix specification's. */
export type ArchivedFile = Omit<Schemas["ArchivedFile"], "encrypted_file"> & {
  encrypted_file: EncryptedFile | null;
};
export type TranscriptEntry = Omit<Schemas["TranscriptEntry"], "file"> & { file: ArchivedFile | null };
export type ArchiveRow = Schemas["ArchiveRow"];
/** What is searched for in the archive, and what was found: consultations have `consultation`, call-backs `callback`. */
export type ArchiveSearch = Schemas["ArchiveSearch"];
export type ConsultationHit = Schemas["ConsultationHit"];
export type CallbackHit = Schemas["CallbackHit"];
export type ArchiveHit = Schemas["ArchiveHit"];
export type ArchiveHits = Schemas["ArchiveHits"];
export type ArchiveSnippet = Schemas["ArchiveSnippet"];
/** A call of a sealed consultation. */
export type ArchivedCall = Schemas["ArchivedCall"];
export type ArchiveRecord = Omit<Schemas["ArchiveRecord"], "transcript" | "files"> & {
  transcript: TranscriptEntry[];
  files: ArchivedFile[];
};

/** A legal hold: what it is on is not erased. */
export type LegalHold = Schemas["LegalHold"];
export type HoldView = Schemas["HoldView"];
export type NewHold = Schemas["NewHold"];
/** A record that goes soon. */
export type DueRow = Schemas["DueRow"];
export type DueCount = Schemas["DueCount"];
export type DuePage = Omit<Schemas["DuePage"], "items"> & { items: DueRow[] };
export type Erased = Schemas["Erased"];
export type ErasureCertificate = Schemas["ErasureCertificate"];
/** What the end of an account does, or did. */
export type Deletion = Schemas["Deletion"];
export type DeletionBlocked = Schemas["DeletionBlocked"];
export type DeletionReceipt = Schemas["DeletionReceipt"];
export type DeletionStay = Schemas["DeletionStay"];

/** One page of a list; each page's own schema in the document has this shape. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number;
  /** There are more than `total`: the service stopped counting. */
  at_least?: boolean;
}
export type ReportGroup = Schemas["ReportGroup"];
/** Consultations that can be listed behind a number. */
export type ReportFigure = Schemas["ReportFigure"];
export type Spread = Schemas["Spread"];
export type ReportFigures = Schemas["ReportFigures"];
export type ReportRow = Schemas["ReportRow"];
export type SlaFigures = Schemas["SlaFigures"];
export type CallFigures = Schemas["CallFigures"];
export type SlaPrioritySettings = Schemas["SlaPrioritySettings"];
export type ReportBehind = Schemas["ReportBehind"];
export type Report = Schemas["Report"];
export type WallboardQueue = Schemas["WallboardQueue"];
export type StatusCount = Schemas["StatusCount"];
export type Wallboard = Schemas["Wallboard"];
