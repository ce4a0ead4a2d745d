/** Statuses an operator may choose, and which of them want a reason. */
import type { OperatorStatus } from "@consilium/kit/api";

export const CHOICES: readonly OperatorStatus[] = [
  "online",
  "transfer_only",
  "away",
  "break",
  "going_off",
  "offline",
];

export type ReasonedStatus = "away" | "break";

export function wantsReason(status: OperatorStatus): status is ReasonedStatus {
  return status === "away" || status === "break";
}

/** Keys of the reasons offered, under `reason`. */
export const REASONS: Readonly<Record<ReasonedStatus, readonly string[]>> = {
  away: ["meeting", "call", "documents"],
  break: ["lunch", "rest", "personal"],
};

/** Whole seconds for which the desk offers nobody yet after a call; 0: it does. */
export function wrapUpSeconds(until: string | null, now: number): number {
  return until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
}

/** A heartbeat says "this desk is alive"; it makes no sense from somebody who went home. */
export function beats(status: OperatorStatus | null): boolean {
  return status !== null && status !== "offline";
}
