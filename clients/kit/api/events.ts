/**
 * The server-sent events of the consultation API, read by `fetch` because the token goes in a header.
 *
 * Resumes with `Last-Event-ID`, so that nothing is missed between two connections; a silent line is cut after
 * `SILENCE_MS` (the server pings each 15 s); back-off is capped and jittered; `resync` tells the app to reload its lists.
 */
import type { ConsultApi } from "./client.ts";
import type {
  Call,
  Callback,
  CallbackRow,
  Canned,
  Consultation,
  ConsultationRow,
  Custody,
  FollowUpChanged,
  Macro,
  Mention,
  Operator,
  PatientRow,
  Queue,
  QueueInvitation,
  SavedView,
  Tag,
  Viewers,
} from "./types.ts";

/** A patient is new, his row in lists changed, or there is none any more (null). */
export interface PatientChanged {
  readonly patient_id: string;
  readonly patient: PatientRow | null;
}

export type ConsultEvent =
  | { event: "consultation"; data: { consultation: ConsultationRow | Consultation } }
  | { event: "queue"; data: { queue: Queue } }
  | { event: "operator"; data: { operator: Operator } }
  | { event: "patient"; data: PatientChanged }
  | { event: "keys"; data: { consultation_id: string; devices: number } }
  | { event: "custody"; data: { custody: Custody } }
  | { event: "call"; data: { call: Call } }
  | { event: "callback"; data: { callback: CallbackRow | Callback } }
  /** A note was written, edited or deleted; who may read it loads it. */
  | { event: "note"; data: { note_id: string; conversation_id: string; patient_id: string } }
  /** `mention`: null when it was taken back. */
  | { event: "mention"; data: { mention_id: string; mention: Mention | null; unseen: number } }
  /** `invitation`: null when it asks the listener for nothing any more. */
  | { event: "queue_invitation"; data: { invitation_id: string; invitation: QueueInvitation | null } }
  /** `canned`: null when it was removed. */
  | { event: "canned"; data: { canned_id: string; canned: Canned | null } }
  | { event: "macro"; data: { changed: Macro } }
  | { event: "tag"; data: { tag: Tag } }
  /** `view`: null when it was removed, or is shared with the listener no more. */
  | { event: "view"; data: { view_id: string; view: SavedView | null } }
  /** The listener has put his views in another order. */
  | { event: "view_order"; data: { view_ids: string[] } }
  | { event: "webhook"; data: { endpoint_id: string } }
  /** A conclusion was saved or signed; who may read it loads it. */
  | { event: "conclusion"; data: { consultation_id: string; version: number; signed_version: number } }
  /** A follow-up was made, changed, came due or ended; whose it is may load it. */
  | { event: "follow_up"; data: FollowUpChanged }
  /** Something changed that is not the listener's to see, or not any more: a list that has it drops it. */
  | { event: "gone"; data: { kind: "consultation" | "callback" | "follow_up"; id: string } }
  /** A section of the settings was changed: what depends on it is loaded again. */
  | { event: "settings"; data: { section: string; version: number } }
  /** `checklist`, `rehearsal` or `demo` changed; who may see it loads it. */
  | { event: "setup"; data: { what: string } }
  /** A rule ran, or somebody took note of its alarm; who may read the log loads it. */
  | { event: "rule"; data: { run_id: string } }
  /** Who has the record open that this console shows. It is not in the log: nothing of it comes again after a break. */
  | { event: "viewing"; data: Viewers }
  | { event: "resync"; data: Record<string, never> };

export type StreamStatus = "connecting" | "open" | "waiting" | "unauthenticated" | "closed";

const SILENCE_MS = 40_000;
const BACKOFF_MIN_MS = 500;
const BACKOFF_MAX_MS = 30_000;
const KNOWN: readonly string[] = [
  "consultation",
  "queue",
  "operator",
  "patient",
  "keys",
  "custody",
  "call",
  "callback",
  "note",
  "mention",
  "queue_invitation",
  "canned",
  "macro",
  "tag",
  "view",
  "view_order",
  "webhook",
  "conclusion",
  "settings",
  "setup",
  "rule",
  "follow_up",
  "gone",
  "viewing",
  "resync",
];

export class EventStream {
  private readonly api: ConsultApi;
  private readonly listeners = new Set<(event: ConsultEvent) => void>();
  private readonly statusListeners = new Set<() => void>();
  private lastEventId: string | null = null;
  private abort: AbortController | null = null;
  private wake: (() => void) | null = null;
  private current: StreamStatus = "closed";

  constructor(api: ConsultApi) {
    this.api = api;
  }

  /** Shape for `useSyncExternalStore`. */
  readonly status = {
    get: (): StreamStatus => this.current,
    subscribe: (listener: () => void): (() => void) => {
      this.statusListeners.add(listener);
      return () => this.statusListeners.delete(listener);
    },
  };

  on(listener: (event: ConsultEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    if (this.abort !== null) return;
    const abort = new AbortController();
    this.abort = abort;
    void this.run(abort.signal);
  }

  stop(): void {
    this.abort?.abort();
    this.abort = null;
    this.wake?.();
    this.setStatus("closed");
  }

  /** Call when the network came back: connects at once instead of waiting for the back-off. */
  nudge(): void {
    this.wake?.();
  }

  /** Everything comes in another language from now on: it is listened to anew, and what was heard is asked for again, as after a gap. */
  again(): void {
    if (this.abort === null) return;
    this.stop();
    this.start();
    for (const listener of this.listeners) listener({ event: "resync", data: {} });
  }

  private async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      this.setStatus("connecting");
      const outcome = await this.connection(signal, () => {
        failures = 0;
      });
      if (signal.aborted) return;
      if (outcome === "unauthenticated" && !(await this.api.refresh())) {
        this.setStatus("unauthenticated");
        return;
      }
      failures += 1;
      this.setStatus("waiting");
      await this.sleep(backoffMs(failures, Math.random()));
    }
  }

  private async connection(signal: AbortSignal, alive: () => void): Promise<"ended" | "unauthenticated"> {
    const { url, headers } = this.api.request("/events");
    headers.set("accept", "text/event-stream");
    if (this.lastEventId !== null) headers.set("last-event-id", this.lastEventId);
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const response = await this.api.fetch(url, {
        headers,
        cache: "no-store",
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (response.status === 401) return "unauthenticated";
      if (!response.ok || response.body === null) return "ended";
      this.setStatus("open");
      alive();
      const parser = new EventStreamParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return "ended";
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        for (const message of parser.push(value)) this.deliver(message);
      }
    } catch {
      return "ended";
    } finally {
      clearTimeout(timer);
    }
  }

  private deliver(message: StreamMessage): void {
    if (message.id !== null) this.lastEventId = message.id;
    if (!KNOWN.includes(message.event)) return;
    const data: unknown = parseJson(message.data);
    if (typeof data !== "object" || data === null) return;
    const event = { event: message.event, data } as ConsultEvent;
    for (const listener of this.listeners) listener(event);
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
    });
  }

  private setStatus(status: StreamStatus): void {
    if (status === this.current) return;
    this.current = status;
    for (const listener of this.statusListeners) listener();
  }
}

/** Milliseconds before try number `failures` (from 1); `jitter` is 0..1. */
export function backoffMs(failures: number, jitter: number): number {
  const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** (failures - 1));
  return ceiling / 2 + (ceiling / 2) * jitter;
}

export interface StreamMessage {
  id: string | null;
  event: string;
  data: string;
}

/** Parser of `text/event-stream` (WHATWG HTML §9.2.6): pieces in, whole messages out. */
export class EventStreamParser {
  private rest = "";
  private id: string | null = null;
  private event = "";
  private data: string[] = [];

  push(piece: string): StreamMessage[] {
    const out: StreamMessage[] = [];
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      const message = this.line(line);
      if (message !== null) out.push(message);
    }
    return out;
  }

  private line(line: string): StreamMessage | null {
    if (line === "") return this.dispatch();
    if (line.startsWith(":")) return null;
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const raw = colon < 0 ? "" : line.slice(colon + 1);
    const value = raw.startsWith(" ") ? raw.slice(1) : raw;
    if (field === "data") this.data.push(value);
    else if (field === "event") this.event = value;
    else if (field === "id" && !value.includes("\0")) this.id = value;
    return null;
  }

  private dispatch(): StreamMessage | null {
    const message = {
      id: this.id,
      event: this.event === "" ? "message" : this.event,
      data: this.data.join("\n"),
    };
    const empty = this.data.length === 0;
    this.event = "";
    this.data = [];
    return empty ? null : message;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
