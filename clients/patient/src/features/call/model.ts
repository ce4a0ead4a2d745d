/** What the call screens decide. Plain functions. */
import type { Call, Conversation, DeclineReason } from "@consilium/kit/api";
import type { CallEnd } from "@consilium/kit/calls";

/** The sentences that a tap declines with. */
export const SENTENCES: readonly Exclude<DeclineReason, "none">[] = [
  "busy",
  "cannot_talk",
  "call_later",
  "write_instead",
];

/** What one may do about a call that is over. */
export type WayOn = "call-again" | "call-me-back" | null;

export function wayOn(call: Pick<Call, "caller_side">, why: CallEnd): WayOn {
  switch (why) {
    case "lost":
      return "call-again";
    case "missed":
    case "busy":
    case "cancelled":
    case "declined":
      if (call.caller_side === "staff") return why === "declined" ? null : "call-me-back";
      return why === "cancelled" ? null : "call-again";
    case "completed":
    case "elsewhere":
    case "removed":
      return null;
  }
}

/** Whom the patient talks to: those who take part in the open consultation, else nobody by name. */
export function namesOf(conversations: readonly Conversation[], consultationId: string | null): string[] {
  const open = conversations.find(({ open_consultation }) => open_consultation?.id === consultationId);
  const speaking = open?.open_consultation?.participants ?? [];
  return speaking.filter(({ role }) => role === "lead" || role === "consultant").map(({ name }) => name);
}

const CHECKED = "consilium.call-checked";

/** Whether microphone and camera were looked at on this device before. */
export function wasChecked(kind: "audio" | "video"): boolean {
  const kept = localStorage.getItem(CHECKED);
  return kept === "video" || (kept === "audio" && kind === "audio");
}

export function markChecked(kind: "audio" | "video"): void {
  if (!wasChecked(kind)) localStorage.setItem(CHECKED, kind);
}
