/** Call-backs: ordered by patients, taken and finished by staff. Every method is one route. */
import type { Client } from "openapi-fetch";
import { answer, at, set } from "./answer.ts";
import type { paths } from "./generated.ts";
import type {
  Callback,
  CallbackDetail,
  CallbackOutcome,
  CallbackPhase,
  CallbackRow,
  CallbackSort,
  CallbackSource,
  CallbackTime,
  CallbackView,
  CallKind,
  ConsultationDetail,
  JoinedCall,
  NewCallback,
  Page,
} from "./types.ts";

export interface CallbackQuery {
  view?: CallbackView;
  phase?: CallbackPhase;
  queue?: string;
  operator?: string;
  patient?: string;
  q?: string;
  overdue?: boolean;
  due_before?: string;
  outcome?: CallbackOutcome;
  source?: CallbackSource;
  sort?: CallbackSort;
  limit?: number;
  cursor?: string | null;
}

export class CallbackApi {
  private readonly client: Client<paths>;

  constructor(client: Client<paths>) {
    this.client = client;
  }

  // --- the patient ---

  /** `request_id` is made once for each press. `conflict` with `callbackId` where one is open in the conversation. */
  async order(order: NewCallback): Promise<Callback> {
    return (await answer(this.client.POST("/callbacks", { body: order }))) as Callback;
  }
  async own(query: Pick<CallbackQuery, "limit" | "cursor"> = {}): Promise<Page<Callback>> {
    return (await answer(this.client.GET("/callbacks", { params: { query: set(query) } }))) as Page<Callback>;
  }
  async move(id: string, time: CallbackTime): Promise<Callback> {
    const parts = { ...at({ id }), body: time };
    return (await answer(this.client.POST("/callbacks/{id}/move", parts))) as Callback;
  }
  /** The patient's own until it is done; an operator's what he has; a supervisor's any. */
  async cancel(id: string, note?: string): Promise<Callback> {
    const parts = { ...at({ id }), body: { note } };
    return (await answer(this.client.POST("/callbacks/{id}/cancel", parts))) as Callback;
  }

  // --- staff ---

  async list(query: CallbackQuery = {}): Promise<Page<CallbackRow>> {
    return (await answer(
      this.client.GET("/callbacks", { params: { query: set(query) } }),
    )) as Page<CallbackRow>;
  }
  async detail(id: string): Promise<CallbackDetail> {
    return (await answer(this.client.GET("/callbacks/{id}", at({ id })))) as CallbackDetail;
  }
  /** `taken` where a colleague was faster. */
  async take(id: string): Promise<CallbackDetail> {
    return (await answer(this.client.POST("/callbacks/{id}/take", at({ id })))) as CallbackDetail;
  }
  async release(id: string, note?: string): Promise<CallbackDetail> {
    const parts = { ...at({ id }), body: { note } };
    return (await answer(this.client.POST("/callbacks/{id}/release", parts))) as CallbackDetail;
  }
  /** Rings in the app; where a call is open in the conversation, joins it. */
  async call(id: string, kind: CallKind, memberId: string | null): Promise<JoinedCall> {
    const parts = { ...at({ id }), body: { kind, member_id: memberId } };
    return (await answer(this.client.POST("/callbacks/{id}/calls", parts))) as JoinedCall;
  }
  async telephone(id: string): Promise<CallbackDetail> {
    return (await answer(this.client.POST("/callbacks/{id}/telephone", at({ id })))) as CallbackDetail;
  }
  /** Without a time: after the queue's own. */
  async noAnswer(id: string, again: { again_at?: string; note?: string }): Promise<CallbackDetail> {
    const parts = { ...at({ id }), body: again };
    return (await answer(this.client.POST("/callbacks/{id}/no-answer", parts))) as CallbackDetail;
  }
  async againLater(id: string, time: CallbackTime & { note?: string }): Promise<CallbackDetail> {
    const parts = { ...at({ id }), body: time };
    return (await answer(this.client.POST("/callbacks/{id}/again-later", parts))) as CallbackDetail;
  }
  async done(id: string, outcome: CallbackOutcome, note?: string): Promise<CallbackDetail> {
    const parts = { ...at({ id }), body: { outcome, note } };
    return (await answer(this.client.POST("/callbacks/{id}/done", parts))) as CallbackDetail;
  }
  /**
   * Begins a consultation in the call-back's conversation, led by who has it in hand; `conflict` with `consultationId` where one is open.
   */
  async openConsultation(id: string): Promise<ConsultationDetail> {
    return (await answer(this.client.POST("/callbacks/{id}/consultation", at({ id })))) as ConsultationDetail;
  }
  async note(id: string, note: string): Promise<CallbackDetail> {
    const parts = { ...at({ id }), body: { note } };
    return (await answer(this.client.POST("/callbacks/{id}/notes", parts))) as CallbackDetail;
  }
}
