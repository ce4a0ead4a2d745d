/** Why a call could not be made or answered, in the few words that a screen can act on. */
import { ApiProblem, type ProblemSlug } from "../api/problem.ts";
import { DeviceError } from "../matrix/call/trouble.ts";
import type { CallFailure } from "./types.ts";

const BY_SLUG: Partial<Record<ProblemSlug, CallFailure>> = {
  offline: "offline",
  unauthenticated: "not-allowed",
  forbidden: "not-allowed",
  "not-found": "not-allowed",
  conflict: "in-another-call",
};

/** What the service, the browser or the media server threw. */
export function failureOf(cause: unknown): CallFailure {
  if (cause instanceof DeviceError) return cause.trouble;
  if (cause instanceof ApiProblem) return BY_SLUG[cause.slug] ?? "unavailable";
  return "unavailable";
}

/** Another device, or the other side, was faster: the service's present word of the call says what happened. */
export function isOvertaken(cause: unknown): boolean {
  return cause instanceof ApiProblem && (cause.slug === "taken" || cause.slug === "conflict");
}

/** This device has nothing to do with the call any more, as far as the service is concerned. */
export function isRemoved(cause: unknown): boolean {
  return cause instanceof ApiProblem && ["unauthenticated", "forbidden", "not-found"].includes(cause.slug);
}
