/**
 * What the operator does to consultations: take, hold, resume, transfer, take over, invite, dismiss, close. The only place that calls those routes.
 *
 * An action has a state of its own beside the row, shown in place: busy, refused (with who was faster), or closing.
 * Closing waits `UNDO_MS` before it is sent, because nothing brings a closed talk back; leaving the page sends it.
 */
import { ApiProblem, type ConsultationDetail, type GuestRole, type StaffApi } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";
import type { BoardEvent } from "./board.ts";

export const UNDO_MS = 5_000;

export type Verb =
  | "take"
  | "pass"
  | "hold"
  | "resume"
  | "transfer"
  | "takeOver"
  | "invite"
  | "dismiss"
  | "close";

export type ActionState =
  | { readonly status: "busy"; readonly verb: Verb }
  | { readonly status: "refused"; readonly verb: Verb; readonly problem: ApiProblem }
  /** Will be closed at `endsAt` (milliseconds); null while the note is being written. */
  | { readonly status: "closing"; readonly endsAt: number | null; readonly note: string };

/** A close that is sent by itself when its time is over. */
export function isRunning(state: ActionState): boolean {
  return state.status === "closing" && state.endsAt !== null;
}

export type ActionStates = ReadonlyMap<string, ActionState>;
export type TransferTarget = { readonly queue_id: string } | { readonly operator_id: string };
export type ActionsApi = Pick<
  StaffApi,
  "take" | "pass" | "hold" | "resume" | "transfer" | "takeOver" | "invite" | "dismiss" | "close"
>;

export interface ActionsOptions {
  readonly api: ActionsApi;
  readonly apply: (event: BoardEvent) => void;
  readonly now: () => number;
  /** Sends the close although the page goes away; used instead of `api.close` then. */
  readonly closeWhileLeaving: (id: string, note: string) => void;
  /** A consultation was taken: the desk opens it. */
  readonly onTaken: (detail: ConsultationDetail) => void;
  readonly onFailed: () => void;
}

export class ConsultationActions {
  readonly states = new Cell<ActionStates>(new Map());
  private readonly options: ActionsOptions;
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(options: ActionsOptions) {
    this.options = options;
  }

  async take(id: string): Promise<void> {
    const detail = await this.act(id, "take", () => this.options.api.take(id));
    if (detail !== null) this.options.onTaken(detail);
  }

  /** Leaves what is offered to oneself to others. */
  async pass(id: string): Promise<void> {
    await this.act(id, "pass", () => this.options.api.pass(id));
  }

  async hold(id: string, until?: string): Promise<void> {
    await this.act(id, "hold", () => this.options.api.hold(id, until));
  }

  async resume(id: string): Promise<void> {
    await this.act(id, "resume", () => this.options.api.resume(id));
  }

  /** `true` when it went through. */
  async transfer(id: string, to: TransferTarget, note: string): Promise<boolean> {
    return (await this.act(id, "transfer", () => this.options.api.transfer(id, to, note))) !== null;
  }

  /** Leads it instead of `lead`, whom the supervisor saw leading it. `true` when it went through. */
  async takeOver(id: string, lead: string, note: string): Promise<boolean> {
    const words = note.trim() === "" ? undefined : note.trim();
    const detail = await this.act(id, "takeOver", () => this.options.api.takeOver(id, lead, words));
    if (detail !== null) this.options.onTaken(detail);
    return detail !== null;
  }

  /** `true` when it went through. */
  async invite(id: string, operatorId: string, role: GuestRole): Promise<boolean> {
    return (await this.act(id, "invite", () => this.options.api.invite(id, operatorId, role))) !== null;
  }

  /** Sends a colleague out, or leaves oneself. */
  async sendOut(id: string, operatorId: string): Promise<void> {
    await this.act(id, "dismiss", () => this.options.api.dismiss(id, operatorId));
  }

  /** Starts the 5 seconds after which the consultation is closed. */
  close(id: string): void {
    const state = this.states.get().get(id);
    if (state?.status === "busy" || state?.status === "closing") return;
    this.put(id, { status: "closing", endsAt: this.options.now() + UNDO_MS, note: "" });
    this.timers.set(
      id,
      setTimeout(() => void this.closeNow(id), UNDO_MS),
    );
  }

  /** Stops the clock of a close, of `id` or the latest that runs, while a note is written. */
  writeNote(id?: string): void {
    const wanted = id ?? [...this.states.get()].filter(([, state]) => isRunning(state)).at(-1)?.[0];
    if (wanted === undefined || this.states.get().get(wanted)?.status !== "closing") return;
    this.stopClock(wanted);
    this.put(wanted, { status: "closing", endsAt: null, note: "" });
  }

  async closeNow(id: string, note = ""): Promise<void> {
    this.stopClock(id);
    const words = note.trim();
    await this.act(id, "close", () => this.options.api.close(id, words.length > 0 ? words : undefined));
  }

  /** Takes the latest close back, or that of `id`. */
  undo(id?: string): void {
    const wanted = id ?? [...this.states.get()].filter(([, state]) => state.status === "closing").at(-1)?.[0];
    if (wanted === undefined || this.states.get().get(wanted)?.status !== "closing") return;
    this.stopClock(wanted);
    this.put(wanted, null);
  }

  /** The refusal was read. */
  dismiss(id: string): void {
    if (this.states.get().get(id)?.status === "refused") this.put(id, null);
  }

  /** The page goes away: what was to be closed is closed now. A note half written goes with it. */
  leave(): void {
    for (const [id, state] of this.states.get()) {
      if (state.status !== "closing" || state.endsAt === null) continue;
      this.stopClock(id);
      this.options.closeWhileLeaving(id, state.note);
    }
  }

  private async act(
    id: string,
    verb: Verb,
    call: () => Promise<ConsultationDetail>,
  ): Promise<ConsultationDetail | null> {
    if (this.states.get().get(id)?.status === "busy") return null;
    this.put(id, { status: "busy", verb });
    try {
      const detail = await call();
      this.options.apply({ kind: "consultation", consultation: detail });
      this.put(id, null);
      return detail;
    } catch (error) {
      this.put(id, { status: "refused", verb, problem: ApiProblem.of(error) });
      this.options.onFailed();
      return null;
    }
  }

  private stopClock(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  private put(id: string, state: ActionState | null): void {
    const next = new Map(this.states.get());
    next.delete(id);
    if (state !== null) next.set(id, state);
    this.states.set(next);
  }
}
