/** When a question that waited is taken: the signal that was promised to whoever leaves the app open. */
import type { Consultation } from "@consilium/kit/api";

export type Phases = ReadonlyMap<string, Consultation["phase"]>;

export const phasesOf = (consultations: readonly Pick<Consultation, "id" | "phase">[]): Phases =>
  new Map(consultations.map(({ id, phase }) => [id, phase]));

/** Those that waited before and are being answered now. What was never seen waiting is no news. */
export function newlyTaken<C extends Pick<Consultation, "id" | "phase">>(
  before: Phases,
  now: readonly C[],
): C[] {
  return now.filter(({ id, phase }) => phase === "active" && before.get(id) === "queued");
}

/** Who answers, as far as it is known. */
export function leadOf({ participants }: Pick<Consultation, "participants">): string | null {
  return participants.find(({ role }) => role === "lead")?.name ?? null;
}
