/**
 * One client for the consultation API. Every method is one route; a failure is an `ApiProblem`.
 *
 * The bearer token is the homeserver's and is asked for at each call, because it is refreshed while the app runs.
 */
import { ApiProblem, problemOf } from "./problem.ts";
import type {
  ArchiveRecord,
  ArchiveRow,
  AuditEntry,
  Consultation,
  ConsultationDetail,
  ConsultationRow,
  ConsultationSort,
  ConsultationView,
  Conversation,
  Me,
  Operator,
  OperatorStatus,
  Page,
  PatientCard,
  PatientRow,
  Queue,
  Service,
  Sex,
  StatusHistoryEntry,
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
  from?: string;
  to?: string;
}

export interface PersonPatch {
  name?: string;
  birth_date?: string | null;
  sex?: Sex | null;
  phone?: string | null;
  email?: string | null;
}

export interface NewOperator {
  user_id: string;
  name: string;
  title?: string | null;
  role: "operator" | "supervisor";
  queues: string[];
}

type Query = Record<string, string | number | null | undefined>;
type Method = "GET" | "POST" | "PUT" | "PATCH";

export const API_PREFIX = "/_consilium/v1";
/** A person waits for the answer of a call at most this long. */
const CALL_TIMEOUT_MS = 20_000;

export class ConsultApi {
  private readonly options: ConsultApiOptions;

  constructor(options: ConsultApiOptions) {
    this.options = options;
  }

  // --- everybody ---
  me(): Promise<Me> {
    return this.call("GET", "/me");
  }
  services(): Promise<{ services: Service[] }> {
    return this.call("GET", "/services");
  }
  consultation(id: string): Promise<ConsultationDetail> {
    return this.call("GET", `/consultations/${encodeURIComponent(id)}`);
  }
  archiveRecord(consultationId: string): Promise<ArchiveRecord> {
    return this.call("GET", `/archive/${encodeURIComponent(consultationId)}`);
  }
  /** Asks the keeper for a fresh bundle of the history of a conversation. */
  historyKeys(conversationId: string): Promise<{ devices: number; sessions: number }> {
    return this.call("POST", `/conversations/${encodeURIComponent(conversationId)}/history-keys`);
  }

  // --- the patient ---
  updateMe(patch: PersonPatch): Promise<Me> {
    return this.call("PATCH", "/me", { body: patch });
  }
  conversations(): Promise<{ conversations: Conversation[] }> {
    return this.call("GET", "/conversations");
  }
  myConsultations(query: PageQuery = {}): Promise<Page<Consultation>> {
    return this.call("GET", "/consultations", { query: { ...query } });
  }
  /** `requestId` is a UUID made once for each press of the button: a repeated call gives the same consultation. */
  start(queueId: string, requestId: string): Promise<Consultation> {
    return this.call("POST", "/consultations", { body: { queue_id: queueId, request_id: requestId } });
  }
  cancel(id: string): Promise<Consultation> {
    return this.call("POST", `/consultations/${encodeURIComponent(id)}/cancel`);
  }

  // --- staff ---
  consultations(query: ConsultationQuery = {}): Promise<Page<ConsultationRow>> {
    return this.call("GET", "/consultations", { query: { ...query } });
  }
  take(id: string): Promise<ConsultationDetail> {
    return this.act(id, "take");
  }
  hold(id: string, until?: string): Promise<ConsultationDetail> {
    return this.act(id, "hold", until === undefined ? {} : { until });
  }
  resume(id: string): Promise<ConsultationDetail> {
    return this.act(id, "resume");
  }
  transfer(
    id: string,
    to: { queue_id: string } | { operator_id: string },
    note: string,
  ): Promise<ConsultationDetail> {
    return this.act(id, "transfer", { to, note });
  }
  close(id: string, note?: string): Promise<ConsultationDetail> {
    return this.act(id, "close", note === undefined ? {} : { note });
  }
  queues(): Promise<{ queues: Queue[] }> {
    return this.call("GET", "/queues");
  }
  operators(): Promise<{ operators: Operator[] }> {
    return this.call("GET", "/operators");
  }
  operatorStatusHistory(id: string, query: PageQuery = {}): Promise<Page<StatusHistoryEntry>> {
    return this.call("GET", `/operators/${encodeURIComponent(id)}/status-history`, { query: { ...query } });
  }
  setStatus(status: OperatorStatus, reason?: string): Promise<Operator> {
    return this.call("PUT", "/operators/me/status", {
      body: reason === undefined ? { status } : { status, reason },
    });
  }
  heartbeat(): Promise<Operator> {
    return this.call("POST", "/operators/me/heartbeat");
  }
  createOperator(operator: NewOperator): Promise<Operator> {
    return this.call("POST", "/operators", { body: operator });
  }
  updateOperator(id: string, patch: Partial<Omit<NewOperator, "user_id">>): Promise<Operator> {
    return this.call("PATCH", `/operators/${encodeURIComponent(id)}`, { body: patch });
  }
  /** A supervisor vouches for an operator's replaced keys; until then no history is handed to them. */
  approveIdentity(id: string): Promise<Operator> {
    return this.call("POST", `/operators/${encodeURIComponent(id)}/approve-identity`);
  }
  patients(query: PageQuery & { q?: string; sort?: string } = {}): Promise<Page<PatientRow>> {
    return this.call("GET", "/patients", { query: { ...query } });
  }
  patient(id: string): Promise<PatientCard> {
    return this.call("GET", `/patients/${encodeURIComponent(id)}`);
  }
  updatePatient(id: string, patch: PersonPatch & { insurance?: string | null }): Promise<PatientCard> {
    return this.call("PATCH", `/patients/${encodeURIComponent(id)}`, { body: patch });
  }
  archive(query: ArchiveQuery = {}): Promise<Page<ArchiveRow>> {
    return this.call("GET", "/archive", { query: { ...query } });
  }
  audit(
    query: PageQuery & { actor?: string; action?: string; subject?: string } = {},
  ): Promise<Page<AuditEntry>> {
    return this.call("GET", "/audit", { query: { ...query } });
  }

  /** For `EventStream`: address and headers of the moment. */
  request(path: string): { url: string; headers: Headers } {
    const headers = new Headers({ "accept-language": this.options.language() });
    const token = this.options.accessToken();
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    return { url: `${this.options.baseUrl}${API_PREFIX}${path}`, headers };
  }

  /** For `EventStream`: a fresh token, if there can be one. */
  async refresh(): Promise<boolean> {
    return (await this.options.refresh?.()) ?? false;
  }

  get fetch(): typeof fetch {
    return this.options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  private act(id: string, verb: string, body?: object): Promise<ConsultationDetail> {
    return this.call("POST", `/consultations/${encodeURIComponent(id)}/${verb}`, body ? { body } : {});
  }

  private async call<T>(
    method: Method,
    path: string,
    parts: { query?: Query; body?: object } = {},
  ): Promise<T> {
    const target = path + queryString(parts.query);
    let response = await this.send(method, target, parts.body);
    if (response.status === 401 && (await this.refresh()))
      response = await this.send(method, target, parts.body);
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as T;
  }

  private async send(method: Method, path: string, body: object | undefined): Promise<Response> {
    const { url, headers } = this.request(path);
    if (body !== undefined || method !== "GET") headers.set("content-type", "application/json");
    const payload = method === "GET" ? undefined : JSON.stringify(body ?? {});
    try {
      return await this.fetch(url, {
        method,
        headers,
        body: payload,
        signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      });
    } catch (cause) {
      throw new ApiProblem("offline", 0, cause instanceof Error ? cause.message : "network");
    }
  }
}

function queryString(query: Query | undefined): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") pairs.set(name, String(value));
  }
  const text = pairs.toString();
  return text === "" ? "" : `?${text}`;
}
