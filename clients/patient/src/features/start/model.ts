/** Starting a consultation. Plain functions. */
import { ApiProblem } from "@consilium/kit/api";

export type StartRefusal =
  /** Another one is open in the same circle: go there. */
  | { kind: "open-already"; consultationId: string | null }
  | { kind: "failed"; key: "start.offline" | "start.busy" | "start.gone" | "start.failed" };

export function refusalOf(cause: unknown): StartRefusal {
  if (!(cause instanceof ApiProblem)) return { kind: "failed", key: "start.failed" };
  switch (cause.slug) {
    case "conflict":
      return { kind: "open-already", consultationId: cause.consultationId };
    case "offline":
    case "unavailable":
      return { kind: "failed", key: "start.offline" };
    case "rate-limited":
      return { kind: "failed", key: "start.busy" };
    case "not-found":
      return { kind: "failed", key: "start.gone" };
    default:
      return { kind: "failed", key: "start.failed" };
  }
}
