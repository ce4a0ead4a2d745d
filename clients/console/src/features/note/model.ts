/** Notes as values: what may be done with one, where its draft is kept. Whom its text mentions is in `writing/mentions.ts`. */
import type { Note } from "@consilium/kit/api";

/** The service takes as many characters. */
export const TEXT_MAX = 4_000;

/** What may be done with a note now. */
export function mayDo(
  note: Note,
  who: { readonly operatorId: string | null; readonly role: "operator" | "supervisor" },
  now: number,
): { readonly edit: boolean; readonly remove: boolean } {
  if (note.deleted !== null) return { edit: false, remove: false };
  const own = note.author.id === who.operatorId && now < Date.parse(note.editable_until);
  return { edit: own, remove: own || who.role === "supervisor" };
}

/** Under which name the draft of a conversation's note is kept, beside that of its message. */
export function draftName(conversationId: string): string {
  return `note:${conversationId}`;
}
