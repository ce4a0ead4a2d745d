/** What the call screens decide. Plain functions. */
import type { Call, Conversation, DeclineReason, DeviceState } from "@consilium/kit/api";
import type { CallEnd } from "@consilium/kit/calls";
import type { DeviceTrouble } from "@consilium/kit/matrix";

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

interface Tested {
  readonly state: "off" | "asking" | "on";
  readonly trouble: DeviceTrouble | null;
}

const STATES = {
  denied: "denied",
  absent: "absent",
  busy: "busy",
  insecure: "failed",
  unknown: "failed",
} as const satisfies Record<DeviceTrouble, DeviceState>;

/** How a device did; null: it is being asked for, or not in use. */
export function deviceState({ state, trouble }: Tested): DeviceState | null {
  if (trouble !== null) return STATES[trouble];
  return state === "on" ? "works" : null;
}

/** Times that the way to the service is measured. */
const MEASURED = 3;

/** The usual time to the service and back, in whole milliseconds; null: it did not answer. `clock` in milliseconds. */
export async function roundTrip(
  ask: () => Promise<unknown>,
  clock: () => number = () => performance.now(),
): Promise<number | null> {
  const times: number[] = [];
  for (let time = 0; time < MEASURED; time += 1) {
    const began = clock();
    try {
      await ask();
    } catch {
      return null;
    }
    times.push(clock() - began);
  }
  times.sort((a, b) => a - b);
  return Math.round(times[Math.floor(MEASURED / 2)] ?? 0);
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
