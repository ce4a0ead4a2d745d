/** Invitations of whoever serves a queue: which ask this operator, which are his own, how long they stand. Plain functions. */
import { ApiProblem, type QueueInvitation } from "@consilium/kit/api";

/** Those that wait for a word of `me`, oldest first. */
export function askingMe(items: Iterable<QueueInvitation>, me: string | null): QueueInvitation[] {
  return [...items]
    .filter(({ by, state }) => state === "open" && by.id !== me)
    .sort((a, b) => Date.parse(a.made_at) - Date.parse(b.made_at));
}

/** Those by which `me` asks colleagues into a consultation now. */
export function askedInto(
  items: Iterable<QueueInvitation>,
  consultationId: string,
  me: string | null,
): QueueInvitation[] {
  return [...items].filter(
    ({ by, state, consultation_id: into }) => state === "open" && by.id === me && into === consultationId,
  );
}

/** Own ones after which nobody came, and that one has not read yet. */
export function inVain(items: Iterable<QueueInvitation>, me: string | null): QueueInvitation[] {
  return [...items].filter(({ by, state }) => by.id === me && (state === "declined" || state === "expired"));
}

/** Why one that is accepted lets nobody in any more. */
export type Missed =
  | { readonly why: "taken"; readonly name: string }
  | { readonly why: "expired" | "declined" | "taken_back" | "over" };

/** What is told to who was too late; null: it may stand, and he can press again. */
export function missedBy(error: unknown): Missed | null {
  if (!(error instanceof ApiProblem)) return null;
  if (error.slug === "taken") return { why: "taken", name: error.takenBy?.name ?? "" };
  return error.slug === "queue-invitation-over" ? { why: error.queueInvitation } : null;
}

/** How long it stands yet, where this machine's clock may be wrong by hours: then as long as it stands at all. Milliseconds. */
export function standsYet(
  { made_at: since, expires_at: until }: Pick<QueueInvitation, "made_at" | "expires_at">,
  now: number,
): number {
  const length = Date.parse(until) - Date.parse(since);
  const left = Date.parse(until) - now;
  return left > 0 && left < length ? left : length;
}
