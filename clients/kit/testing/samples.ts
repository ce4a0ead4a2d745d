/** Small pieces of view-model for tests: say what matters, the rest is usual. */
import type { OutboxRow } from "../matrix/database.ts";
import type { EventView, OutboxView } from "../matrix/timeline/items.ts";
import type {
  FileBody,
  Files,
  MessageItem,
  Person,
  TimelineItem,
  TimelineSnapshot,
} from "../matrix/types.ts";

export const ANNA: Person = { userId: "@anna:x", name: "Anna", kind: "me" };
export const PETROVA: Person = { userId: "@petrova:x", name: "Irina Petrova", kind: "other" };
export const KEEPER: Person = { userId: "@keeper:x", name: "Demo Clinic", kind: "keeper" };

export function personOf(userId: string): Person {
  return (
    [ANNA, PETROVA, KEEPER].find((person) => person.userId === userId) ?? {
      userId,
      name: userId,
      kind: "other",
    }
  );
}

export function messageItem(part: Partial<MessageItem> = {}): MessageItem {
  return {
    kind: "message",
    key: "$1",
    eventId: "$1",
    sender: PETROVA,
    mine: false,
    at: Date.UTC(2026, 10, 25, 12, 0),
    body: { type: "text", text: "Good evening" },
    reply: null,
    edited: false,
    delivery: null,
    trust: "normal",
    startsRun: true,
    endsRun: true,
    canEdit: false,
    canRedact: false,
    reactions: [],
    canReact: false,
    ...part,
  };
}

export function snapshotOf(
  items: readonly TimelineItem[],
  part: Partial<TimelineSnapshot> = {},
): TimelineSnapshot {
  return {
    status: "ready",
    items,
    start: "reached",
    typing: [],
    people: [],
    canSend: true,
    unreadableCount: 0,
    ...part,
  };
}

export function textEvent(id: string, senderId: string, at: number, part: object = {}): EventView {
  return {
    kind: "message",
    eventId: `$${id}`,
    txnId: null,
    senderId,
    at,
    body: { type: "text", text: id },
    replyTo: null,
    edited: false,
    trust: "normal",
    ...part,
  };
}

export function outboxView(
  txnId: string,
  part: Partial<OutboxRow> = {},
  view: Partial<OutboxView> = {},
): OutboxView {
  const row: OutboxRow = {
    txnId,
    roomId: "!r",
    createdAt: 1_000,
    work: { kind: "text", text: txnId, replyTo: null },
    failure: null,
    ...part,
  };
  return { row, progress: null, active: false, sentAs: null, ...view };
}

export function fileBody(part: Partial<FileBody> = {}): FileBody {
  return {
    name: "Blood test.pdf",
    mimetype: "application/pdf",
    sizeBytes: 248_310,
    source: { at: "local", blob: new Blob(["x"]) },
    thumbnail: null,
    width: null,
    height: null,
    durationMs: null,
    ...part,
  };
}

/** Opens everything at once. */
export const OPEN_FILES: Files = {
  open: async () => ({ objectUrl: "blob:x", blob: new Blob(["x"]), release: () => undefined }),
};
