/**
 * One client for the consultation API. Every method is one route of the generated document; a failure is an `ApiProblem`.
 *
 * The bearer token is the homeserver's and is asked for at each call, because it is refreshed while the app runs.
 */
import createClient, { type Client, type Middleware } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import { CallbackApi } from "./callbacks.ts";
import { ConclusionApi } from "./conclusions.ts";
import type { components, paths } from "./generated.ts";
import { ApiProblem, problemOf } from "./problem.ts";
import { RatingApi } from "./ratings.ts";
import { type NamedFile, named } from "./reports.ts";
import { RightsApi } from "./rights.ts";
import type {
  ArchiveHits,
  ArchiveRecord,
  ArchiveRow,
  ArchiveSearch,
  ArchiveSort,
  AuditEntry,
  AuditProof,
  BackupSecret,
  Call,
  CallAvailability,
  CallKind,
  CallOutcome,
  CallQuality,
  CallRow,
  CallSide,
  CheckedDevices,
  Consultation,
  ConsultationDetail,
  ConsultationRow,
  ConsultationSort,
  ConsultationView,
  Conversation,
  Custody,
  DeclineReason,
  GivenConsent,
  GuestRole,
  HandOver,
  JoinedCall,
  LeavingConsultation,
  Me,
  NewDeviceCheck,
  Operator,
  OperatorStatus,
  OwnAnswers,
  Page,
  PatientCard,
  PatientRow,
  PatientSort,
  QualityReport,
  QuestionAnswer,
  Queue,
  ReturnedConsultation,
  Service,
  SettingsHistory,
  Sex,
  StatusHistoryEntry,
  StatusKind,
} from "./types.ts";

export interface ConsultApiOptions {
  /** Origin of the API, without a path: `brand.server.consult_url`. */
  baseUrl: string;
  /** The homeserver's access token; `null` when signed out. */
  accessToken: () => string | null;
  /** Makes a fresh access token after a 401; `false` when that is not possible. */
  refresh?: () => Promise<boolean>;
  /** Locale for texts that the server chooses. */
  language: () => string;
  fetch?: typeof fetch;
}

export interface PageQuery {
  limit?: number;
  cursor?: string | null;
}

export interface ConsultationQuery extends PageQuery {
  view?: ConsultationView;
  queue?: string;
  operator?: string;
  patient?: string;
  q?: string;
  sort?: ConsultationSort;
}

export interface ArchiveQuery extends PageQuery {
  q?: string;
  queue?: string;
  operator?: string;
  patient?: string;
  /** What stands in a field of the brand's own: `occasion:again`. */
  field?: string;
  from?: string;
  to?: string;
  days?: number;
  tag?: string;
  stars_max?: number;
  conclusion?: boolean;
  held?: boolean;
  files?: boolean;
  sort?: ArchiveSort;
}

export interface PatientQuery extends PageQuery {
  q?: string;
  /** What stands in a field of the brand's own: `branch:river`. */
  field?: string;
  sex?: Sex;
  days?: number;
  sort?: PatientSort;
}

export interface CallQuery extends PageQuery {
  consultation?: string;
  patient?: string;
  operator?: string;
  queue?: string;
  /** Which side called. */
  caller_side?: CallSide;
  kind?: CallKind;
  /** What has not ended, or what has. */
  open?: boolean;
  outcome?: CallOutcome;
  from?: string;
  to?: string;
  days?: number;
}

export type PersonPatch = components["schemas"]["OwnChange"];
export type PatientPatch = components["schemas"]["PatientChange"];
export type NewOperator = components["schemas"]["NewOperator"];
export type OperatorPatch = components["schemas"]["OperatorChange"];

export const API_PREFIX = "/_consilium/v1";
/** A person waits for the answer of a call at most this long. */
const CALL_TIMEOUT_MS = 20_000;

export class ConsultApi {
  private readonly options: ConsultApiOptions;
  /** For parts of the API that come with a chunk of their own: `SettingsApi`. */
  readonly client: Client<paths>;
  readonly callbacks: CallbackApi;
  readonly conclusions: ConclusionApi;
  readonly ratings: RatingApi;
  readonly rights: RightsApi;

  constructor(options: ConsultApiOptions) {
    this.options = options;
    this.client = createClient<paths>({
      baseUrl: options.baseUrl + API_PREFIX,
      fetch: (request) => this.send(request),
    });
    this.client.use(this.signed());
    this.callbacks = new CallbackApi(this.client);
    this.conclusions = new ConclusionApi(this.client);
    this.ratings = new RatingApi(this.client);
    this.rights = new RightsApi(this.client, this);
  }

  // --- everybody ---
  me(): Promise<Me> {
    return answer(this.client.GET("/me"));
  }
  services(): Promise<{ services: Service[] }> {
    return answer(this.client.GET("/services"));
  }
  async consultation(id: string): Promise<ConsultationDetail> {
    return (await answer(this.client.GET("/consultations/{id}", at({ id })))) as ConsultationDetail;
  }
  async archiveRecord(consultationId: string): Promise<ArchiveRecord> {
    const path = at({ consultation_id: consultationId });
    return (await answer(this.client.GET("/archive/{consultation_id}", path))) as unknown as ArchiveRecord;
  }
  /** A sealed consultation as resources of FHIR R4, for a records system; recorded as a reading. `conflict`: it is not over. */
  consultationFhir(id: string): Promise<NamedFile> {
    const call = this.client.GET("/consultations/{id}/fhir", { ...at({ id }), parseAs: "blob" });
    return named(call, `consultation-${id}.fhir.json`);
  }
  /** Asks the keeper for a fresh bundle of the history of a conversation. */
  historyKeys(conversationId: string): Promise<{ devices: number; sessions: number }> {
    return answer(this.client.POST("/conversations/{id}/history-keys", at({ id: conversationId })));
  }

  // --- the patient ---
  updateMe(patch: PersonPatch): Promise<Me> {
    return answer(this.client.PATCH("/me", { body: patch }));
  }
  /** Only after a fresh sign-in (`sign-in-stale`); each release is told to the patient's other devices under `deviceName`. */
  backupSecret(deviceName: string, startOver: boolean): Promise<BackupSecret> {
    const body = { device_name: deviceName, start_over: startOver };
    return answer(this.client.POST("/me/backup-secret", { body }));
  }
  /** The clinic destroys its copy. */
  takeBackupSecret(): Promise<Custody> {
    return answer(this.client.DELETE("/me/backup-secret"));
  }
  conversations(): Promise<{ conversations: Conversation[] }> {
    return answer(this.client.GET("/conversations"));
  }
  /** `person`: only those about him; `self`: about the patient himself. */
  async myConsultations(query: PageQuery & { person?: string } = {}): Promise<Page<Consultation>> {
    return (await answer(
      this.client.GET("/consultations", { params: { query: set(query) } }),
    )) as Page<Consultation>;
  }
  /**
   * `requestId` is a UUID made once for each press of the button: a repeated call gives the same consultation.
   * `invalid` with fields `answers…`: the service asks something else by now; with `person_id`: the patient does not act for him (any more).
   * `consents-missing`, `consent-changed`: something has to be agreed to first.
   */
  start(
    queueId: string,
    requestId: string,
    answers: QuestionAnswer[] | null = null,
    consents: GivenConsent[] = [],
    person: string | null = null,
  ): Promise<Consultation> {
    const body = { queue_id: queueId, request_id: requestId, person_id: person, answers, consents };
    return answer(this.client.POST("/consultations", { body }));
  }
  cancel(id: string): Promise<Consultation> {
    return answer(this.client.POST("/consultations/{id}/cancel", at({ id })));
  }

  /** What the patient answered, with the questions; null: nothing is asked. */
  ownAnswers(id: string): Promise<OwnAnswers> {
    return answer(this.client.GET("/consultations/{id}/answers", at({ id })));
  }
  /** While it waits. `basedOn` is `answered_at` of those that are replaced. `conflict`: it was taken, or they were changed meanwhile. */
  changeAnswers(id: string, answers: QuestionAnswer[], basedOn: string | null): Promise<OwnAnswers> {
    const body = { answers, based_on: basedOn };
    return answer(this.client.PUT("/consultations/{id}/answers", { ...at({ id }), body }));
  }

  /** The patient has tested the device for a call, while the consultation is open: the desk sees what came of it. */
  checkDevices(id: string, check: NewDeviceCheck): Promise<CheckedDevices> {
    return answer(this.client.PUT("/consultations/{id}/device-check", { ...at({ id }), body: check }));
  }

  // --- calls ---
  callAvailability(): Promise<CallAvailability> {
    return answer(this.client.GET("/calls/availability"));
  }
  /** Newest first; the patient sees those of his own. */
  async calls(query: CallQuery = {}): Promise<Page<Call>> {
    return (await answer(this.client.GET("/calls", { params: { query: set(query) } }))) as Page<Call>;
  }
  /** Staff's list: each with its patient. */
  async callRows(query: CallQuery = {}): Promise<Page<CallRow>> {
    return (await this.calls(query)) as Page<CallRow>;
  }
  call(id: string): Promise<Call> {
    return answer(this.client.GET("/calls/{id}", at({ id })));
  }
  /** Staff's: with its patient. */
  async callRow(id: string): Promise<CallRow> {
    return (await this.call(id)) as CallRow;
  }
  /** Rings; where a call is open in this consultation already, joins it. Without a ticket the other side is in another call. */
  startCall(consultationId: string, kind: CallKind, memberId: string | null): Promise<JoinedCall> {
    const parts = { ...at({ id: consultationId }), body: { kind, member_id: memberId } };
    return answer(this.client.POST("/consultations/{id}/calls", parts));
  }
  /** While it rings here: this device may wait at the media server, unseen, until it answers with the same `memberId`. */
  standBy(id: string, memberId: string | null): Promise<JoinedCall> {
    return answer(this.client.POST("/calls/{id}/stand-by", { ...at({ id }), body: { member_id: memberId } }));
  }
  /** `taken` or `conflict` where another device was faster. */
  answerCall(id: string, memberId: string | null): Promise<JoinedCall> {
    return answer(this.client.POST("/calls/{id}/answer", { ...at({ id }), body: { member_id: memberId } }));
  }
  declineCall(id: string, reason: DeclineReason): Promise<Call> {
    return answer(this.client.POST("/calls/{id}/decline", { ...at({ id }), body: { reason } }));
  }
  cancelCall(id: string): Promise<Call> {
    return answer(this.client.POST("/calls/{id}/cancel", at({ id })));
  }
  hangUp(id: string): Promise<Call> {
    return answer(this.client.POST("/calls/{id}/hang-up", at({ id })));
  }
  /** For a call that is on: to come back, or to join a colleague's. */
  callToken(id: string, memberId: string | null): Promise<JoinedCall> {
    return answer(this.client.POST("/calls/{id}/token", { ...at({ id }), body: { member_id: memberId } }));
  }
  async reportQuality(id: string, body: QualityReport): Promise<void> {
    await this.client.POST("/calls/{id}/quality", { ...at({ id }), body });
  }
  callQuality(id: string): Promise<{ participants: CallQuality[] }> {
    return answer(this.client.GET("/calls/{id}/quality", at({ id })));
  }

  // --- staff ---
  async consultations(query: ConsultationQuery = {}): Promise<Page<ConsultationRow>> {
    return (await answer(
      this.client.GET("/consultations", { params: { query: set(query) } }),
    )) as Page<ConsultationRow>;
  }
  /** Leaves what is offered to the caller to others. */
  pass(id: string): Promise<ConsultationDetail> {
    return answer(this.client.POST("/consultations/{id}/pass", at({ id }))) as Promise<ConsultationDetail>;
  }
  take(id: string): Promise<ConsultationDetail> {
    return answer(this.client.POST("/consultations/{id}/take", at({ id })));
  }
  hold(id: string, until?: string): Promise<ConsultationDetail> {
    return answer(this.client.POST("/consultations/{id}/hold", { ...at({ id }), body: { until } }));
  }
  resume(id: string): Promise<ConsultationDetail> {
    return answer(this.client.POST("/consultations/{id}/resume", at({ id })));
  }
  transfer(
    id: string,
    to: { queue_id: string } | { operator_id: string },
    note: string,
  ): Promise<ConsultationDetail> {
    return answer(this.client.POST("/consultations/{id}/transfer", { ...at({ id }), body: { to, note } }));
  }
  /** A supervisor leads it instead of `lead`. `taken`: somebody else does by now. */
  takeOver(id: string, lead: string, note?: string): Promise<ConsultationDetail> {
    return answer(
      this.client.POST("/consultations/{id}/take-over", {
        ...at({ id }),
        body: { lead, note: note ?? null },
      }),
    );
  }
  /** Asks a colleague in; one who is there already takes the new role. `conflict`: not on duty, the lead himself, too many. */
  invite(id: string, operatorId: string, role: GuestRole): Promise<ConsultationDetail> {
    const body = { operator_id: operatorId, role };
    return answer(this.client.POST("/consultations/{id}/participants", { ...at({ id }), body }));
  }
  /** Sends a colleague out, or leaves oneself. */
  dismiss(id: string, operatorId: string): Promise<ConsultationDetail> {
    const parts = at({ id, operator_id: operatorId });
    return answer(this.client.DELETE("/consultations/{id}/participants/{operator_id}", parts));
  }
  close(id: string, note?: string): Promise<ConsultationDetail> {
    return answer(this.client.POST("/consultations/{id}/close", { ...at({ id }), body: { note } }));
  }
  queues(): Promise<{ queues: Queue[] }> {
    return answer(this.client.GET("/queues"));
  }
  operators(): Promise<{ operators: Operator[] }> {
    return answer(this.client.GET("/operators"));
  }
  async operatorStatusHistory(id: string, query: PageQuery = {}): Promise<Page<StatusHistoryEntry>> {
    const parts = { params: { path: { id }, query: set(query) } };
    return (await answer(
      this.client.GET("/operators/{id}/status-history", parts),
    )) as Page<StatusHistoryEntry>;
  }
  /** What was changed of an operator, newest first. */
  async operatorHistory(id: string, before: number | null = null): Promise<SettingsHistory> {
    const parts = { params: { path: { id }, query: set({ before }) } };
    return (await answer(this.client.GET("/operators/{id}/history", parts))) as SettingsHistory;
  }
  /** What he was in an earlier version again; 0: before the first. `conflict`: somebody changed him meanwhile. */
  restoreOperator(id: string, wish: { based_on: number; version: number }): Promise<Operator> {
    return answer(this.client.POST("/operators/{id}/restore", { ...at({ id }), body: wish }));
  }
  /** Statuses of the brand's own that can be chosen. */
  async statuses(): Promise<StatusKind[]> {
    return (await answer(this.client.GET("/statuses"))).statuses;
  }
  /** `kind`: which of the brand's own statuses it is. `handOver`: what becomes of what he leads, where he goes; the rest goes by the queues' rules. */
  setStatus(
    status: OperatorStatus,
    reason?: string,
    kind?: string,
    handOver: readonly HandOver[] = [],
  ): Promise<Operator> {
    const leaves = handOver.length === 0 ? {} : { hand_over: [...handOver] };
    return answer(this.client.PUT("/operators/me/status", { body: { status, reason, kind, ...leaves } }));
  }
  /** What would become of what the operator leads, if he went now. */
  async leaving(): Promise<LeavingConsultation[]> {
    return (await answer(this.client.GET("/operators/me/leaving"))).consultations;
  }
  /** What was taken from him in the last days while his console was lost, newest first. */
  async returned(): Promise<ReturnedConsultation[]> {
    return (await answer(this.client.GET("/operators/me/returned"))).consultations;
  }
  /** The operator has wound up after a call. */
  wrappedUp(): Promise<Operator> {
    return answer(this.client.POST("/operators/me/wrapped-up"));
  }
  heartbeat(): Promise<Operator> {
    return answer(this.client.POST("/operators/me/heartbeat"));
  }
  createOperator(operator: NewOperator): Promise<Operator> {
    return answer(this.client.POST("/operators", { body: operator }));
  }
  updateOperator(id: string, patch: OperatorPatch): Promise<Operator> {
    return answer(this.client.PATCH("/operators/{id}", { ...at({ id }), body: patch }));
  }
  /** A supervisor vouches for an operator's replaced keys; until then no history is handed to them. */
  approveIdentity(id: string): Promise<Operator> {
    return answer(this.client.POST("/operators/{id}/approve-identity", at({ id })));
  }
  async patients(query: PatientQuery = {}): Promise<Page<PatientRow>> {
    return (await answer(
      this.client.GET("/patients", { params: { query: set(query) } }),
    )) as Page<PatientRow>;
  }
  async patient(id: string): Promise<PatientCard> {
    return (await answer(this.client.GET("/patients/{id}", at({ id })))) as PatientCard;
  }
  async updatePatient(id: string, patch: PatientPatch): Promise<PatientCard> {
    return (await answer(this.client.PATCH("/patients/{id}", { ...at({ id }), body: patch }))) as PatientCard;
  }
  async archive(query: ArchiveQuery = {}): Promise<Page<ArchiveRow>> {
    return (await answer(this.client.GET("/archive", { params: { query: set(query) } }))) as Page<ArchiveRow>;
  }
  /** The words go in the body, so that they stand in no address. Each search is recorded; `invalid`: nothing can be looked up by these words. */
  async archiveSearch(search: ArchiveSearch): Promise<ArchiveHits> {
    return (await answer(this.client.POST("/archive/search", { body: search }))) as ArchiveHits;
  }
  async audit(
    query: PageQuery & { actor?: string; action?: string; subject?: string; from?: string; to?: string } = {},
  ): Promise<Page<AuditEntry>> {
    return (await answer(this.client.GET("/audit", { params: { query: set(query) } }))) as Page<AuditEntry>;
  }
  /** The check of the audit log that was asked for last. */
  auditProof(): Promise<AuditProof> {
    return answer(this.client.GET("/audit/verify"));
  }
  /** Begins one, or joins the one that runs; asked for again until it has ended. */
  proveAudit(): Promise<AuditProof> {
    return answer(this.client.POST("/audit/verify"));
  }

  /** For `EventStream`: address and headers of the moment. */
  request(path: string): { url: string; headers: Headers } {
    return { url: `${this.options.baseUrl}${API_PREFIX}${path}`, headers: this.headers() };
  }

  /** For `EventStream`: a fresh token, if there can be one. */
  async refresh(): Promise<boolean> {
    return (await this.options.refresh?.()) ?? false;
  }

  get fetch(): typeof fetch {
    return this.options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  private headers(): Headers {
    const headers = new Headers({ "accept-language": this.options.language() });
    const token = this.options.accessToken();
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    return headers;
  }

  private signed(): Middleware {
    return {
      onRequest: ({ request }) => {
        for (const [name, value] of this.headers()) request.headers.set(name, value);
        if (request.method !== "GET") request.headers.set("content-type", "application/json");
        return request;
      },
      onResponse: async ({ response }) => {
        if (!response.ok) throw await problemOf(response);
      },
    };
  }

  /** One call; after a 401 once more with a fresh token. */
  private async send(request: Request): Promise<Response> {
    const { method, url } = request;
    const body = method === "GET" ? undefined : (await request.text()) || "{}";
    const response = await this.reach(url, { method, headers: request.headers, body });
    if (response.status !== 401 || !(await this.refresh())) return response;
    const headers = new Headers(request.headers);
    for (const [name, value] of this.headers()) headers.set(name, value);
    return this.reach(url, { method, headers, body });
  }

  private async reach(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.fetch(url, { ...init, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
    } catch (cause) {
      throw new ApiProblem("offline", 0, cause instanceof Error ? cause.message : "network");
    }
  }
}
