/**
 * The live desk: loads the open consultations, call-backs, queues and operators once and keeps them true by the server's events.
 *
 * The stream is opened before the lists are asked for, and what arrives meanwhile is applied after them, so that there
 * is no gap between the two. Events are applied in bundles, at most one rendering for each `BUNDLE_MS`.
 */
import {
  ApiProblem,
  type CallbackApi,
  type CallbackRow,
  type ConsultationRow,
  type ConsultationView,
  type ConsultEvent,
  type EventStream,
  type FollowUpChanged,
  type Me,
  type Operator,
  type StaffApi,
} from "@consilium/kit/api";
import { applyEvents, type Board, type BoardEvent, EMPTY_BOARD, loadBoard } from "./board.ts";
import { PatientRows } from "./patient-rows.ts";

export type DeskState =
  | { readonly status: "loading"; readonly board: Board }
  | { readonly status: "ready"; readonly board: Board }
  | { readonly status: "failed"; readonly board: Board; readonly problem: ApiProblem };

type Gone = Extract<ConsultEvent, { event: "gone" }>["data"];
/** Of one that is another's now nothing is told but its id. */
export type FollowUpTold = FollowUpChanged | Pick<FollowUpChanged, "follow_up_id">;

/** The parts of the client that the desk reads. */
export type DeskApi = Pick<StaffApi, "consultations" | "queues" | "operators"> & {
  callbacks: Pick<CallbackApi, "list">;
};
export type DeskStream = Pick<EventStream, "on" | "start" | "stop" | "status" | "nudge" | "again">;

/** Rows of one page; and the most that a live section holds, beyond which a desk is not a list any more. */
const PAGE = 200;
const ROWS_MAX = 10_000;
const BUNDLE_MS = 60;
/** How long the lists wait for the stream before they are loaded without it. */
const STREAM_PATIENCE_MS = 2_500;

const RETRY_MIN_MS = 4_000;
const RETRY_MAX_MS = 60_000;

const LIVE_VIEWS: readonly ConsultationView[] = ["waiting", "active", "on_hold"];

export class LiveDesk {
  /** What was told of the table of patients. */
  readonly patients = new PatientRows();
  private readonly api: DeskApi;
  private readonly stream: DeskStream;
  private readonly listeners = new Set<() => void>();
  private readonly keysListeners = new Set<(consultationId: string, devices: number) => void>();
  private readonly callListeners = new Set<() => void>();
  private readonly callbackListeners = new Set<() => void>();
  private readonly noteListeners = new Set<(conversationId: string, patientId: string) => void>();
  private readonly webhookListeners = new Set<() => void>();
  private readonly followUpListeners = new Set<(changed: FollowUpTold | null) => void>();
  private readonly settingsListeners = new Set<(section: string) => void>();
  private readonly setupListeners = new Set<(what: string) => void>();
  private readonly ruleListeners = new Set<() => void>();
  private readonly conclusionListeners = new Set<(consultationId: string, version: number) => void>();
  private current: DeskState = { status: "loading", board: EMPTY_BOARD };
  private queued: BoardEvent[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;
  private loading: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private stops: (() => void)[] = [];

  constructor(api: DeskApi, stream: DeskStream) {
    this.api = api;
    this.stream = stream;
  }

  readonly state = {
    get: (): DeskState => this.current,
    subscribe: (listener: () => void): (() => void) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
  };

  start(): void {
    let loadedSinceOpen = false;
    const loadOnce = () => {
      if (loadedSinceOpen) return;
      loadedSinceOpen = true;
      void this.reload();
    };
    const patience = setTimeout(() => void this.reload(), STREAM_PATIENCE_MS);
    this.stops = [
      this.stream.on((event) => this.receive(event)),
      this.stream.status.subscribe(() => {
        if (this.stream.status.get() !== "open") return;
        clearTimeout(patience);
        loadOnce();
      }),
      () => clearTimeout(patience),
    ];
    this.stream.start();
  }

  stop(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
    this.stream.stop();
    this.patients.stop();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
  }

  /** Whether the server's events arrive. */
  get connection(): EventStream["status"] {
    return this.stream.status;
  }

  /** The network came back, or somebody asks: connects at once. */
  nudge(): void {
    this.stream.nudge();
  }

  /** Everything comes in another language from now on. */
  readAgain(): void {
    this.stream.again();
  }

  /** Loads everything again; a second call while one runs makes it run once more, so that nothing newer is lost. */
  reload(): Promise<void> {
    if (this.loading !== null) {
      this.again = true;
      return this.loading;
    }
    this.loading = this.load().finally(() => {
      this.loading = null;
      if (!this.again) return;
      this.again = false;
      void this.reload();
    });
    return this.loading;
  }

  /** What an own action answered: shown at once, before its event arrives. */
  apply(event: BoardEvent): void {
    this.queued.push(event);
    this.flush();
  }

  onKeys(listener: (consultationId: string, devices: number) => void): () => void {
    this.keysListeners.add(listener);
    return () => this.keysListeners.delete(listener);
  }

  /** A call began, changed or ended, or may have: lists of calls are not true any more. */
  onCall(listener: () => void): () => void {
    this.callListeners.add(listener);
    return () => this.callListeners.delete(listener);
  }

  /** A call-back changed, or may have: lists of what has ended are not true any more. */
  onCallback(listener: () => void): () => void {
    this.callbackListeners.add(listener);
    return () => this.callbackListeners.delete(listener);
  }

  /** A section of the settings was changed; the desk's own lists are loaded again by themselves. */
  onSettings(listener: (section: string) => void): () => void {
    this.settingsListeners.add(listener);
    return () => this.settingsListeners.delete(listener);
  }

  /** A follow-up was made, changed, came due or ended, or is another's now; null: any may have been. */
  onFollowUp(listener: (changed: FollowUpTold | null) => void): () => void {
    this.followUpListeners.add(listener);
    return () => this.followUpListeners.delete(listener);
  }

  /** A note was written, changed or deleted. */
  onNote(listener: (conversationId: string, patientId: string) => void): () => void {
    this.noteListeners.add(listener);
    return () => this.noteListeners.delete(listener);
  }

  /** A conclusion was saved or signed. */
  onConclusion(listener: (consultationId: string, version: number) => void): () => void {
    this.conclusionListeners.add(listener);
    return () => this.conclusionListeners.delete(listener);
  }

  /** A webhook was changed, or was switched off because nothing reached it. */
  onWebhook(listener: () => void): () => void {
    this.webhookListeners.add(listener);
    return () => this.webhookListeners.delete(listener);
  }

  /** The checklist, a rehearsal or the end of a demonstration changed. */
  onSetup(listener: (what: string) => void): () => void {
    this.setupListeners.add(listener);
    return () => this.setupListeners.delete(listener);
  }

  /** A rule ran, or somebody took note of its alarm. */
  onRule(listener: () => void): () => void {
    this.ruleListeners.add(listener);
    return () => this.ruleListeners.delete(listener);
  }

  private async load(): Promise<void> {
    try {
      const [rows, { queues }, { operators }, callbacks] = await Promise.all([
        this.liveRows(),
        this.api.queues(),
        this.api.operators(),
        this.openCallbacks(),
      ]);
      this.failures = 0;
      this.set({ status: "ready", board: loadBoard(rows, queues, operators, callbacks) });
      this.flush();
      // What came due before the stream was open, no event tells.
      for (const listener of this.followUpListeners) listener(null);
    } catch (error) {
      const problem = ApiProblem.of(error);
      this.set({ status: "failed", board: this.current.board, problem });
      this.tryAgainLater(problem);
    }
  }

  /** What may pass by itself is tried again, ever more seldom. */
  private tryAgainLater(problem: ApiProblem): void {
    if (!problem.mayPass) return;
    const wait = Math.max(problem.retryAfterMs, Math.min(RETRY_MIN_MS * 2 ** this.failures, RETRY_MAX_MS));
    this.failures += 1;
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.reload(), wait);
  }

  private async liveRows(): Promise<ConsultationRow[]> {
    const views = await Promise.all(LIVE_VIEWS.map((view) => this.wholeView(view)));
    return views.flat();
  }

  private async wholeView(view: ConsultationView): Promise<ConsultationRow[]> {
    const rows: ConsultationRow[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.api.consultations({ view, limit: PAGE, cursor });
      rows.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null && rows.length < ROWS_MAX);
    return rows;
  }

  private async openCallbacks(): Promise<CallbackRow[]> {
    const rows: CallbackRow[] = [];
    let cursor: string | null = null;
    do {
      const page = await this.api.callbacks.list({ view: "open", limit: PAGE, cursor });
      rows.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null && rows.length < ROWS_MAX);
    return rows;
  }

  private receive(event: ConsultEvent): void {
    switch (event.event) {
      case "resync":
        void this.reload();
        this.patients.begin();
        // What changed unheard is in no event: what is shown of calls and of ended call-backs is read again too.
        for (const listener of [...this.callListeners, ...this.callbackListeners]) listener();
        return;
      case "follow_up":
        for (const listener of this.followUpListeners) listener(event.data);
        return;
      case "patient":
        this.patients.hear(event.data);
        return;
      case "keys":
        for (const listener of this.keysListeners) listener(event.data.consultation_id, event.data.devices);
        return;
      case "consultation":
        this.enqueue({ kind: "consultation", consultation: event.data.consultation as ConsultationRow });
        return;
      case "call":
        for (const listener of this.callListeners) listener();
        return;
      case "callback":
        this.enqueue({ kind: "callback", callback: event.data.callback as CallbackRow });
        for (const listener of this.callbackListeners) listener();
        return;
      case "gone":
        this.forget(event.data);
        return;
      case "note":
        for (const listener of this.noteListeners)
          listener(event.data.conversation_id, event.data.patient_id);
        return;
      case "conclusion":
        for (const listener of this.conclusionListeners)
          listener(event.data.consultation_id, event.data.version);
        return;
      case "webhook":
        for (const listener of this.webhookListeners) listener();
        return;
      case "setup":
        for (const listener of this.setupListeners) listener(event.data.what);
        return;
      case "rule":
        for (const listener of this.ruleListeners) listener();
        return;
      case "settings":
        // Names, order and rules of queues stand in every row.
        void this.reload();
        for (const listener of this.settingsListeners) listener(event.data.section);
        return;
      case "queue":
        this.enqueue({ kind: "queue", queue: event.data.queue });
        return;
      case "operator":
        this.reloadForRights(event.data.operator);
        this.enqueue({ kind: "operator", operator: event.data.operator });
    }
  }

  /** What an operator sees follows from his queues and his role: where these change, his lists are others. */
  private reloadForRights({ id, role, queues }: Operator): void {
    const before = this.current.board.operators.get(id);
    if (before === undefined) return;
    if (before.role !== role || before.queues.join() !== queues.join()) void this.reload();
  }

  /** Most of what is gone was never here: nothing is rendered for it. */
  private forget({ kind, id }: Gone): void {
    if (kind === "follow_up") {
      for (const listener of this.followUpListeners) listener({ follow_up_id: id });
      return;
    }
    const { rows, callbacks } = this.current.board;
    const mayCome = this.loading !== null || this.current.status === "loading" || this.queued.length > 0;
    if (!mayCome && !(kind === "callback" ? callbacks : rows).has(id)) return;
    this.enqueue({ kind: "gone", what: kind, id });
    if (kind === "callback") for (const listener of this.callbackListeners) listener();
  }

  private enqueue(event: BoardEvent): void {
    this.queued.push(event);
    this.timer ??= setTimeout(() => this.flush(), BUNDLE_MS);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.queued.length === 0 || this.current.status === "loading") return;
    const events = this.queued;
    this.queued = [];
    this.set({ ...this.current, board: applyEvents(this.current.board, events) });
  }

  private set(state: DeskState): void {
    this.current = state;
    for (const listener of this.listeners) listener();
  }
}

/** The operator of the moment: as the board knows it, else as the session began. */
export function myOperator(me: Me, board: Board) {
  if (me.operator === null) return null;
  return board.operators.get(me.operator.id) ?? me.operator;
}
