/**
 * Keys of the history: taken from the keeper's bundles, asked for again while something stays unreadable.
 *
 * The SDK takes one bundle for each join and misses the rest: a second bundle, another device, a join before the invitation
 * was synced, a long-joined patient with a new device. Each bundle of the keeper for a conversation is therefore taken here.
 * `maybeAcceptKeyBundle` and `shareRoomHistoryWithUser` are not in the SDK's public types: its version is pinned.
 */
import { Cell } from "./store.ts";

/** The part of the SDK's crypto that is reached by a cast, in `engine.ts` only. */
export interface BundleCrypto {
  maybeAcceptKeyBundle(roomId: string, from: string): Promise<boolean>;
}

export interface HistoryOptions {
  keeperUserId: string;
  crypto: BundleCrypto;
  conversationIdOf: (roomId: string) => string | null;
  request: (conversationId: string) => Promise<void>;
  /** A bundle was imported: what waits may be readable now. */
  onImported: (roomId: string) => void;
}

/** Pauses before each automatic request; after the last one the messages are called missing. */
const REQUEST_AFTER_MS = [3_000, 20_000, 90_000, 600_000] as const;
const ACCEPT_AGAIN_MS = [1_000, 5_000, 20_000] as const;

interface Wait {
  step: number;
  timer: ReturnType<typeof setTimeout> | null;
}

export class HistoryKeys {
  /** Rooms where every request has been made and something is still unreadable. */
  readonly exhausted = new Cell<ReadonlySet<string>>(new Set());
  private readonly options: HistoryOptions;
  private readonly waits = new Map<string, Wait>();
  private readonly accepting = new Map<string, Promise<void>>();
  private stopped = false;

  constructor(options: HistoryOptions) {
    this.options = options;
  }

  /** A to-device message, decrypted by the SDK. */
  onToDevice(message: { type?: unknown; sender?: unknown; content?: unknown }): void {
    if (message.type !== "m.room_key_bundle" && message.type !== "io.element.msc4268.room_key_bundle") return;
    if (message.sender !== this.options.keeperUserId) return;
    const roomId = (message.content as { room_id?: unknown } | null)?.room_id;
    if (typeof roomId === "string") this.accept(roomId);
  }

  /** Imports what the keeper has sent for the room. One at a time for each room; a bundle that comes meanwhile is taken next. */
  accept(roomId: string): void {
    const before = this.accepting.get(roomId) ?? Promise.resolve();
    const run = before.then(() => this.acceptNow(roomId));
    this.accepting.set(roomId, run);
    void run.finally(() => this.accepting.get(roomId) === run && this.accepting.delete(roomId));
  }

  /** Something is unreadable: take what is there, then ask, with growing pauses. Safe to call often. */
  need(roomId: string): void {
    if (this.stopped || this.waits.has(roomId) || this.exhausted.get().has(roomId)) return;
    this.accept(roomId);
    this.schedule(roomId, 0);
  }

  /** Everything is readable again. */
  satisfied(roomId: string): void {
    const wait = this.waits.get(roomId);
    if (wait !== undefined && wait.timer !== null) clearTimeout(wait.timer);
    this.waits.delete(roomId);
    this.setExhausted(roomId, false);
  }

  /** A person asks: at once, and the automatic requests begin anew. */
  async requestNow(roomId: string): Promise<void> {
    const conversationId = this.options.conversationIdOf(roomId);
    this.satisfied(roomId);
    if (conversationId !== null) await this.options.request(conversationId);
    this.accept(roomId);
    this.schedule(roomId, 1);
  }

  stop(): void {
    this.stopped = true;
    for (const { timer } of this.waits.values()) if (timer !== null) clearTimeout(timer);
    this.waits.clear();
  }

  private schedule(roomId: string, step: number): void {
    const after = REQUEST_AFTER_MS[step];
    if (this.stopped) return;
    if (after === undefined) {
      this.waits.delete(roomId);
      this.setExhausted(roomId, true);
      return;
    }
    const timer = setTimeout(() => void this.ask(roomId, step), after);
    this.waits.set(roomId, { step, timer });
  }

  private async ask(roomId: string, step: number): Promise<void> {
    const conversationId = this.options.conversationIdOf(roomId);
    if (conversationId !== null) await this.options.request(conversationId).catch(() => undefined);
    if (this.waits.get(roomId)?.step === step) this.schedule(roomId, step + 1);
  }

  private async acceptNow(roomId: string): Promise<void> {
    for (const pause of [0, ...ACCEPT_AGAIN_MS]) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      if (this.stopped) return;
      try {
        if (await this.options.crypto.maybeAcceptKeyBundle(roomId, this.options.keeperUserId))
          this.options.onImported(roomId);
        return;
      } catch {
        // The download failed: the network, most likely. Again after a pause.
      }
    }
  }

  private setExhausted(roomId: string, is: boolean): void {
    const now = this.exhausted.get();
    if (now.has(roomId) === is) return;
    const next = new Set(now);
    if (is) next.add(roomId);
    else next.delete(roomId);
    this.exhausted.set(next);
  }
}
