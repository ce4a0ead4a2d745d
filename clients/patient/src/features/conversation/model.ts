/** What stands above the dialogue. Plain functions. */
import type { Consultation, Conversation } from "@consilium/kit/api";
import type { CallItem } from "@consilium/kit/matrix";

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

/** What the last call leaves to do while its consultation is open: nothing once the person has written or talked. */
export function nextAfterCall(
  item: Pick<CallItem, "isLatest" | "consultationId" | "callerSide" | "outcome">,
  head: Head,
  canCall: boolean,
): "call-me-back" | "call-again" | null {
  if (!item.isLatest || head.kind !== "talking" || head.consultation.id !== item.consultationId) return null;
  if (item.outcome === "completed") return null;
  if (item.outcome === "lost") return canCall && head.names.length > 0 ? "call-again" : "call-me-back";
  if (item.callerSide === "staff") return item.outcome === "declined" ? null : "call-me-back";
  return canCall && item.outcome !== "cancelled" && head.names.length > 0 ? "call-again" : null;
}
