/** What an event means for the list of documents. Plain functions over what the server sent and what decryption gave. */
import { bodyOf, relatesTo } from "../timeline/content.ts";
import type { DocumentItem, Person } from "../types.ts";

export type Reading =
  | { kind: "document"; document: DocumentItem }
  /** A document, or what is none, is taken back. */
  | { kind: "removed"; id: string }
  /** Its key has not come yet. */
  | { kind: "unread"; id: string }
  | { kind: "nothing" };

/** An event as far as the list cares. */
export interface ReadEvent {
  id: string;
  roomId: string;
  type: string;
  at: number;
  sender: Person;
  /** As decrypted; with the words of its latest change. */
  content: Record<string, unknown>;
  isRedacted: boolean;
  /** What a redaction takes back. */
  redacts: string | null;
  isUnreadable: boolean;
}

export function readingOf(event: ReadEvent): Reading {
  const { id, roomId, type, content, sender, at } = event;
  if (event.redacts !== null) return { kind: "removed", id: event.redacts };
  if (event.isRedacted) return { kind: "removed", id };
  // What the clinic's own service says is no document, and nobody waits for its keys.
  if (event.isUnreadable) return sender.kind === "keeper" ? { kind: "nothing" } : { kind: "unread", id };
  if (type !== "m.room.message" || relatesTo(content).replaces !== null) return { kind: "nothing" };
  const body = bodyOf(content);
  switch (body.type) {
    case "image":
    case "file":
    case "audio":
    case "video":
      return { kind: "document", document: { id, roomId, kind: body.type, file: body.file, sender, at } };
    default:
      return { kind: "nothing" };
  }
}
