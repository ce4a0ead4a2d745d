/** The consultation API for both apps: types, one client, its event stream, its errors. */

export type { ApiKeyApi } from "./api-keys.ts";
export { BulkApi, type BulkFate, type ExportedTable } from "./bulk.ts";
export type { CallbackApi, CallbackQuery } from "./callbacks.ts";
export type { CannedApi } from "./canned.ts";
export type {
  ArchiveQuery,
  CallQuery,
  ConsultationQuery,
  NewOperator,
  PageQuery,
  PatientQuery,
  PersonPatch,
} from "./client.ts";
export { ConsultApi, type ConsultApiOptions } from "./client.ts";
export type { ConclusionApi } from "./conclusions.ts";
export { ConsentApi } from "./consents.ts";
export { DESK_FILE_BYTES_MAX, type DeskFileApi } from "./desk-files.ts";
export { type ConsultEvent, EventStream, type PatientChanged, type StreamStatus } from "./events.ts";
export {
  type CheckPatient,
  InvitationApi,
  type NewPatient,
  type OpenCallback,
  type OpenConsultation,
} from "./invitations.ts";
export type { MacroApi } from "./macros.ts";
export { MergeApi, type NewMerge, type SeparateMerge } from "./merges.ts";
export type { NoteApi } from "./notes.ts";
export { type NewPerson, PersonApi, type PersonChange } from "./persons.ts";
export { ApiProblem, type FieldError, type ProblemSlug } from "./problem.ts";
export { QueueInvitationApi } from "./queue-invitations.ts";
export type { RatingApi } from "./ratings.ts";
export type { BehindQuery, BehindRow, NamedFile, ReportApi, ReportQuery } from "./reports.ts";
export type { RightsApi } from "./rights.ts";
export { RuleApi, type RuleRunQuery } from "./rules.ts";
export { SettingsApi, type SettingsWish } from "./settings.ts";
export { SetupApi } from "./setup.ts";
export { type EndedSignIns, type SignIn, SignInApi, type SignIns, type SignOutReason } from "./sign-ins.ts";
export { StaffApi } from "./staff.ts";
export type { TagApi } from "./tags.ts";
export { isOfService } from "./transcript.ts";
export type * from "./types.ts";
export { type Showing, ViewingApi } from "./viewing.ts";
export type { ViewApi } from "./views.ts";
export type { WebhookApi, WebhookDeliveryQuery } from "./webhooks.ts";
