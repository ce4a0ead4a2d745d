/** Messages that are answered but not loaded: fetched one by one, once, so that the quotation can be read. */
import type { MatrixClient, MatrixEvent } from "matrix-js-sdk";
import type { EventView } from "./items.ts";
import type { EventViews } from "./view.ts";

/** More quotations than this are not fetched for one conversation. */
const FETCHED_MAX = 50;

export class QuotedMessages {
  private readonly client: MatrixClient;
  private readonly roomId: string;
  private readonly views: EventViews;
  private readonly onChange: () => void;
  private readonly events = new Map<string, MatrixEvent | null>();

  constructor(client: MatrixClient, roomId: string, views: EventViews, onChange: () => void) {
    this.client = client;
    this.roomId = roomId;
    this.views = views;
    this.onChange = onChange;
  }

  /** What is known of the messages that `events` answer; the rest is asked for. */
  of(events: readonly EventView[], exhausted: boolean): ReadonlyMap<string, EventView> {
    const loaded = new Set(events.map((event) => event.eventId));
    const known = new Map<string, EventView>();
    for (const event of events) {
      if (event.kind !== "message" || event.replyTo === null || loaded.has(event.replyTo)) continue;
      const fetched = this.events.get(event.replyTo);
      if (fetched === undefined) void this.fetch(event.replyTo);
      const view = fetched === undefined || fetched === null ? null : this.views.of(fetched, exhausted);
      if (view !== null) known.set(event.replyTo, view);
    }
    return known;
  }

  private async fetch(eventId: string): Promise<void> {
    if (this.events.size >= FETCHED_MAX) return;
    this.events.set(eventId, null);
    try {
      const event = this.client.getEventMapper({ decrypt: false })(
        await this.client.fetchRoomEvent(this.roomId, eventId),
      );
      await this.client.decryptEventIfNeeded(event);
      this.events.set(eventId, event);
      this.onChange();
    } catch {
      // It stays a quotation without words.
    }
  }
}
