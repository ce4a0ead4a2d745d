/** What stands above the dialogue. Plain functions. */
import type { Consultation, Conversation } from "@consilium/kit/api";

export type Head =
  | { kind: "waiting"; consultation: Consultation }
  | { kind: "talking"; consultation: Consultation; names: string[]; held: boolean }
  /** Nothing open: a new message opens the next consultation. */
  | { kind: "resting" };

export function headOf(conversation: Conversation): Head {
  const open = conversation.open_consultation;
  if (open === null) return { kind: "resting" };
  if (open.phase === "queued") return { kind: "waiting", consultation: open };
  const speaking = open.participants.filter(({ role }) => role === "lead" || role === "consultant");
  return {
    kind: "talking",
    consultation: open,
    names: speaking.map(({ name }) => name),
    held: open.phase === "on_hold",
  };
}
