/**
 * A short list that the console has whole and that the server's events keep true: mentions, canned replies, macros, tags, saved views.
 *
 * The stream is heard before the list is asked for; what changes while it loads makes it load once more.
 */
import type { ConsultEvent, EventStream } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";

/** What an event says of this list: a new state of an item, that one is gone, or (with undefined) nothing. */
export type Told<T> = { readonly id: string; readonly item: T | null } | undefined;

export interface LiveSetOptions<T> {
  readonly load: () => Promise<readonly T[]>;
  readonly told: (event: ConsultEvent) => Told<T>;
  /** Whether an event makes the list as a whole another one. */
  readonly changes?: (event: ConsultEvent) => boolean;
}

/** After a list could not be loaded it is asked for again this late. */
const RETRY_MS = 10_000;
/** How long the list waits for the stream before it is loaded without it. */
const STREAM_PATIENCE_MS = 2_500;

type Stream = Pick<EventStream, "on" | "status">;

export class LiveSet<T extends { readonly id: string }> {
  /** In the order of the list; what comes later stands at the end. */
  readonly items = new Cell<ReadonlyMap<string, T>>(new Map());
  /** Whether the server has answered once. */
  readonly loaded = new Cell(false);
  private readonly options: LiveSetOptions<T>;
  private readonly stream: Stream;
  private stops: (() => void)[] = [];
  private loading: Promise<void> | null = null;
  private again = false;
  private retry: ReturnType<typeof setTimeout> | null = null;

  constructor(stream: Stream, options: LiveSetOptions<T>) {
    this.stream = stream;
    this.options = options;
  }

  start(): void {
    const patience = setTimeout(() => void this.reload(), STREAM_PATIENCE_MS);
    let opened = false;
    this.stops = [
      this.stream.on((event) => this.hear(event)),
      this.stream.status.subscribe(() => {
        if (opened || this.stream.status.get() !== "open") return;
        opened = true;
        clearTimeout(patience);
        void this.reload();
      }),
      () => clearTimeout(patience),
    ];
  }

  stop(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
    if (this.retry !== null) clearTimeout(this.retry);
    this.retry = null;
  }

  /** What an own act answered: shown at once. */
  put(item: T): void {
    this.items.set(new Map(this.items.get()).set(item.id, item));
  }

  /** The list as the server answered it, in its order. */
  replace(items: readonly T[]): void {
    this.items.set(new Map(items.map((item) => [item.id, item])));
    this.loaded.set(true);
  }

  remove(id: string): void {
    const items = new Map(this.items.get());
    if (items.delete(id)) this.items.set(items);
  }

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

  private hear(event: ConsultEvent): void {
    if (event.event === "resync" || this.options.changes?.(event) === true) {
      void this.reload();
      return;
    }
    const told = this.options.told(event);
    if (told === undefined) return;
    if (this.loading !== null) this.again = true;
    if (told.item === null) this.remove(told.id);
    else this.put(told.item);
  }

  private async load(): Promise<void> {
    try {
      this.replace(await this.options.load());
    } catch {
      // It may pass; the desk itself says that the service is away.
      if (this.stops.length > 0) this.retry = setTimeout(() => void this.reload(), RETRY_MS);
    }
  }
}
