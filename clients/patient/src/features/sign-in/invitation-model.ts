/** What became of a link, and what a refusal means for who has it. Plain functions. */
import { ApiProblem } from "@consilium/kit/api";
import type { FieldErrors, Refusal } from "./model.ts";

/** Why a link does nothing; `unknown`: it is none. */
export type Over = "used" | "expired" | "taken_back" | "unknown";

export function overOf(cause: unknown): Over | null {
  if (!(cause instanceof ApiProblem)) return null;
  if (cause.slug === "invitation-over") return cause.invitation;
  return cause.slug === "not-found" ? "unknown" : null;
}

/** What may be mended of an invitation’s form: the rest was given. */
export function invited(errors: FieldErrors): "password" | "consent" | null {
  return (["password", "consent"] as const).find((field) => errors[field] !== undefined) ?? null;
}

export function refusalOfProblem(cause: unknown): Refusal {
  if (!(cause instanceof ApiProblem)) return { at: "form", key: "signIn.error.server" };
  switch (cause.slug) {
    case "invalid":
      return { at: "password", key: "signIn.error.passwordShort" };
    case "rate-limited": {
      const seconds = Math.max(1, Math.ceil(cause.retryAfterMs / 1000));
      return { at: "form", key: "signIn.error.tooMany", seconds };
    }
    case "offline":
      return { at: "form", key: "signIn.error.offline" };
    default:
      return { at: "form", key: "signIn.error.server" };
  }
}
