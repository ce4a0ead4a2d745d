/**
 * What the operator does to call-backs. The only place that calls those routes.
 *
 * An action has a state of its own beside the row, shown in place: busy, or refused (with who was faster).
 */
import {
  ApiProblem,
  type Callback,
  type CallbackApi,
  type CallbackOutcome,
  type CallbackRow,
  type CallbackTime,
  type ConsultationDetail,
} from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";
import type { BoardEvent } from "./board.ts";

export type CallbackVerb =
  | "take"
  | "release"
  | "telephone"
  | "no-answer"
  | "later"
  | "done"
  | "cancel"
  | "note"
  | "consultation";

export type CallbackState =
  | { readonly status: "busy"; readonly verb: CallbackVerb }
  | { readonly status: "refused"; readonly verb: CallbackVerb; readonly problem: ApiProblem };

export interface CallbackActionsOptions {
  readonly api: Pick<
    CallbackApi,
    | "take"
    | "release"
    | "telephone"
    | "noAnswer"
    | "againLater"
    | "done"
    | "cancel"
    | "note"
    | "openConsultation"
  >;
  readonly apply: (event: BoardEvent) => void;
  /** A consultation was begun from a call-back: the desk opens it. */
  readonly onOpened: (detail: ConsultationDetail) => void;
  readonly onFailed: () => void;
}

export class CallbackActions {
  readonly states = new Cell<ReadonlyMap<string, CallbackState>>(new Map());
  private readonly options: CallbackActionsOptions;

  constructor(options: CallbackActionsOptions) {
    this.options = options;
  }

  take(id: string): Promise<boolean> {
    return this.act(id, "take", (api) => api.take(id));
  }

  release(id: string): Promise<boolean> {
    return this.act(id, "release", (api) => api.release(id));
  }

  telephone(id: string): Promise<boolean> {
    return this.act(id, "telephone", (api) => api.telephone(id));
  }

  /** `againAt`: null: after the queue's own time. */
  noAnswer(id: string, againAt: string | null, note: string): Promise<boolean> {
    const again = { ...(againAt === null ? {} : { again_at: againAt }), ...written(note) };
    return this.act(id, "no-answer", (api) => api.noAnswer(id, again));
  }

  later(id: string, time: CallbackTime, note: string): Promise<boolean> {
    return this.act(id, "later", (api) => api.againLater(id, { ...time, ...written(note) }));
  }

  done(id: string, outcome: CallbackOutcome, note: string): Promise<boolean> {
    return this.act(id, "done", (api) => api.done(id, outcome, written(note).note));
  }

  cancel(id: string, note: string): Promise<boolean> {
    return this.act(id, "cancel", (api) => api.cancel(id, written(note).note));
  }

  note(id: string, note: string): Promise<boolean> {
    return this.act(id, "note", (api) => api.note(id, note.trim()));
  }

  /** The conversation goes on as a consultation that this operator leads. */
  openConsultation(id: string): Promise<boolean> {
    return this.attempt(id, "consultation", async (api) => {
      const consultation = await api.openConsultation(id);
      this.options.apply({ kind: "consultation", consultation });
      this.options.onOpened(consultation);
    });
  }

  /** The refusal was read. */
  dismiss(id: string): void {
    if (this.states.get().get(id)?.status === "refused") this.put(id, null);
  }

  private act(
    id: string,
    verb: CallbackVerb,
    call: (api: CallbackActionsOptions["api"]) => Promise<Callback>,
  ): Promise<boolean> {
    return this.attempt(id, verb, async (api) => {
      const callback = await call(api);
      // Staff is always answered staff's view.
      this.options.apply({ kind: "callback", callback: callback as CallbackRow });
    });
  }

  /** `true`: it went through. */
  private async attempt(
    id: string,
    verb: CallbackVerb,
    work: (api: CallbackActionsOptions["api"]) => Promise<void>,
  ): Promise<boolean> {
    if (this.states.get().get(id)?.status === "busy") return false;
    this.put(id, { status: "busy", verb });
    try {
      await work(this.options.api);
      this.put(id, null);
      return true;
    } catch (error) {
      this.put(id, { status: "refused", verb, problem: ApiProblem.of(error) });
      this.options.onFailed();
      return false;
    }
  }

  private put(id: string, state: CallbackState | null): void {
    const next = new Map(this.states.get());
    next.delete(id);
    if (state !== null) next.set(id, state);
    this.states.set(next);
  }
}

function written(note: string): { note?: string } {
  const words = note.trim();
  return words === "" ? {} : { note: words };
}
