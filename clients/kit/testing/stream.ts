/** The server's events in tests: they come when a test says so. Whatever the stream learns is pretended here alone. */
import type { ConsultEvent, EventStream, StreamStatus } from "../api/index.ts";
import { Cell } from "../matrix/store.ts";

/** All that others see of a class. */
type Seen<T> = { [K in keyof T]: T[K] };

export class PretendStream implements Seen<EventStream> {
  readonly status: Cell<StreamStatus>;
  private readonly listeners = new Set<(event: ConsultEvent) => void>();

  constructor(status: StreamStatus = "connecting") {
    this.status = new Cell(status);
  }

  on(listener: (event: ConsultEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {}
  stop(): void {}
  nudge(): void {}
  again(): void {}

  get isHeard(): boolean {
    return this.listeners.size > 0;
  }

  /** The server tells this to whoever listens. */
  tell(event: ConsultEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
