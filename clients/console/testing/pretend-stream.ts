/** The server's events of a console in tests: they come when a test says so. Whatever the stream learns is pretended here alone. */
import type { ConsultEvent, StreamStatus } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";
import type { DeskStream } from "../src/live/desk.ts";

export class PretendStream implements DeskStream {
  readonly status = new Cell<StreamStatus>("connecting");
  private readonly listeners = new Set<(event: ConsultEvent) => void>();

  on(listener: (event: ConsultEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {}
  stop(): void {}
  nudge(): void {}
  again(): void {}

  /** The server is reached. */
  open(): void {
    this.status.set("open");
  }

  /** The server tells this to whoever listens. */
  tell(event: ConsultEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}
