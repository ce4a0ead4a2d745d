/** Whom the desk asks to take a patient, as it is told to who looks: oneself, that somebody is asked, to supervisors whom. */
import type { ConsultationRow } from "@consilium/kit/api";

export interface Viewer {
  readonly operatorId: string | null;
  readonly isSupervisor: boolean;
}

export type OfferSeen =
  | { readonly kind: "mine" }
  /** `name`: null for who need not know. */
  | { readonly kind: "other"; readonly name: string | null };

/** Null: nobody is asked. */
export function offerSeen(row: Pick<ConsultationRow, "phase" | "offer">, viewer: Viewer): OfferSeen | null {
  if (row.phase !== "queued" || row.offer === null) return null;
  const { id, name } = row.offer.to;
  if (id === viewer.operatorId) return { kind: "mine" };
  return { kind: "other", name: viewer.isSupervisor ? name : null };
}

/** Whether this operator can take it now: what a colleague is asked for is his for so long. */
export function mayTakeNow(
  row: Pick<ConsultationRow, "phase" | "offer">,
  operatorId: string | null,
): boolean {
  return row.phase === "queued" && (row.offer === null || row.offer.to.id === operatorId);
}
