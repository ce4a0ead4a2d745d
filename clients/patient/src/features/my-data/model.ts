/** What stands in the way of something, what a word must be, and which refusal is said how. */
import { ApiProblem, type DeletionBlocked } from "@consilium/kit/api";

/** Whether what was typed is the word, however it was written. */
export function isWord(typed: string, word: string): boolean {
  return typed.trim().toLocaleUpperCase() === word.toLocaleUpperCase();
}

/** Words of a refusal, below `myData.refused`. */
export type RefusalKey = "offline" | "often" | "busy" | "open" | "other";

export function refusalOf(cause: unknown): RefusalKey {
  if (!(cause instanceof ApiProblem)) return "other";
  switch (cause.slug) {
    case "offline":
    case "unavailable":
      return "offline";
    case "rate-limited":
      // Others are being made: a matter of seconds. Made too often: of minutes.
      return cause.retryAfterMs > SHORT_WAIT_MS ? "often" : "busy";
    case "conflict":
      return "open";
    default:
      return "other";
  }
}

/** The server says half a minute where all places are taken. */
const SHORT_WAIT_MS = 30_000;

/** Whether only a fresh sign-in is missing. */
export function wantsProof(cause: unknown): boolean {
  return cause instanceof ApiProblem && cause.slug === "sign-in-stale";
}

/** Minutes, at least one, until it may be tried again. */
export function minutesUntil(cause: unknown): number {
  const ms = cause instanceof ApiProblem ? cause.retryAfterMs : 0;
  return Math.max(1, Math.ceil(ms / 60_000));
}

/** Where to go to end what stands in the way; `null`: nowhere, wait. */
export function wayOut({ by, callback_id }: DeletionBlocked): "conversation" | "callback" | null {
  if (by === "consultation" || by === "call") return "conversation";
  return by === "callback" && callback_id !== null ? "callback" : null;
}
