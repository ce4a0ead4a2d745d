/**
 * Who else has the record open that this window shows.
 *
 * The window says what it shows while somebody can see it, and says so again before the server forgets it; what changes meanwhile is heard on the stream. One word
 * is on its way at a time, and the latest wins, so that the server never ends with a record that was left.
 */
import type { ConsultEvent, EventStream, ViewedRecord, Viewer, ViewingApi } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";
import { archivedCallback, openConsultation, type Place } from "./route.ts";

/** Well within the 30 seconds after which the server forgets: one word may be lost. */
const AGAIN_MS = 12_000;
/** Who wrote so long ago writes no more. */
const WRITING_MS = 8_000;

const NOBODY: readonly Viewer[] = [];

/** The record that is open at a place; null: none that others could have open too. */
export function viewedAt(place: Place): ViewedRecord | null {
  const { section, id } = place;
  if (id === null) return null;
  const consultation = openConsultation(place);
  if (consultation !== null) return { kind: "consultation", id: consultation };
  const callback = archivedCallback(place);
  if (callback !== null) return { kind: "callback", id: callback };
  switch (section) {
    case "archive":
      return { kind: "archive", id };
    case "patients":
      return { kind: "patient", id };
    case "callbacks":
      return { kind: "callback", id };
    case "settings":
      // An address has no dot.
      return { kind: "settings", id: id.replace("_", ".") };
    default:
      return null;
  }
}

function isSame(one: ViewedRecord | null, other: ViewedRecord | null): boolean {
  return one?.kind === other?.kind && one?.id === other?.id;
}

export class Presence {
  /** Colleagues who have it open; who writes stands first. */
  readonly others = new Cell<readonly Viewer[]>(NOBODY);
  private readonly api: Pick<ViewingApi, "say">;
  private readonly ownId: string | null;
  private readonly console: string;
  private readonly stops: (() => void)[];
  private shown: ViewedRecord | null = null;
  /** The same by the id that the server's events have. */
  private known: ViewedRecord | null = null;
  private isVisible = true;
  private hasUnsaved = false;
  private wroteTimer: ReturnType<typeof setTimeout> | null = null;
  private again: ReturnType<typeof setInterval> | null = null;
  private saying = false;
  private unsaid = false;
  /** The server has nothing for us to see there: saying it again is of no use. */
  private isRefused = false;

  constructor(
    api: Pick<ViewingApi, "say">,
    stream: Pick<EventStream, "on">,
    ownId: string | null,
    console: string,
  ) {
    this.api = api;
    this.ownId = ownId;
    this.console = console;
    this.stops = [stream.on((event) => this.hear(event))];
  }

  /** This window shows a record, or (with null) none. */
  show(record: ViewedRecord | null): void {
    if (isSame(record, this.shown)) return;
    this.shown = record;
    this.known = null;
    this.isRefused = false;
    this.hasUnsaved = false;
    this.forgetWriting();
    this.others.set(NOBODY);
    this.say();
  }

  /** Whether anybody can see the window: one that lies behind others shows nothing. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.isVisible) return;
    this.isVisible = isVisible;
    if (this.shown !== null) this.say();
  }

  /** Something is written in the record that is not saved yet, until it is said again. */
  setUnsaved(hasUnsaved: boolean): void {
    if (hasUnsaved === this.hasUnsaved) return;
    this.hasUnsaved = hasUnsaved;
    if (this.shown !== null) this.say();
  }

  /** A key was pressed in a message. */
  wrote(): void {
    const wasWriting = this.wroteTimer !== null;
    if (this.wroteTimer !== null) clearTimeout(this.wroteTimer);
    this.wroteTimer = setTimeout(() => {
      this.wroteTimer = null;
      this.say();
    }, WRITING_MS);
    if (!wasWriting) this.say();
  }

  stop(): void {
    for (const stop of this.stops) stop();
    this.forgetWriting();
    this.shown = null;
    this.rest();
  }

  private forgetWriting(): void {
    if (this.wroteTimer !== null) clearTimeout(this.wroteTimer);
    this.wroteTimer = null;
  }

  private rest(): void {
    if (this.again !== null) clearInterval(this.again);
    this.again = null;
  }

  /** Says how it stands, now or when the word before it has arrived. */
  private say(): void {
    if (this.saying) {
      this.unsaid = true;
      return;
    }
    this.saying = true;
    void this.sayAll();
  }

  private async sayAll(): Promise<void> {
    do {
      this.unsaid = false;
      await this.sayOnce();
    } while (this.unsaid);
    this.saying = false;
  }

  private async sayOnce(): Promise<void> {
    const record = this.isVisible && !this.isRefused ? this.shown : null;
    const isWriting = this.hasUnsaved || this.wroteTimer !== null;
    this.rest();
    if (record !== null) this.again = setInterval(() => this.say(), AGAIN_MS);
    try {
      const answer = await this.api.say({
        console: this.console,
        record,
        act: isWriting ? "writing" : "looking",
      });
      if (record === null || !isSame(record, this.shown)) return;
      this.known = answer.record;
      this.see(answer.viewers);
      if (answer.record !== null) return;
      this.isRefused = true;
      this.rest();
    } catch {
      // It is said again soon: who else looks is nothing to trouble anybody with.
    }
  }

  private hear(event: ConsultEvent): void {
    if (event.event !== "viewing" || this.known === null || !isSame(event.data.record, this.known)) return;
    this.see(event.data.viewers);
  }

  private see(viewers: readonly Viewer[]): void {
    const others = viewers.filter(({ operator }) => operator.id !== this.ownId);
    const isWriting = ({ act }: Viewer) => (act === "writing" ? 0 : 1);
    this.others.set(others.length === 0 ? NOBODY : others.sort((a, b) => isWriting(a) - isWriting(b)));
  }
}
