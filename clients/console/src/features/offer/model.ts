/** Which consultation is offered to an operator, and how long. Plain functions. */
import type { ConsultationRow } from "@consilium/kit/api";

export interface MyOffer {
  readonly row: ConsultationRow;
  /** By the server's clock. Milliseconds since 1970. */
  readonly until: number;
  /** How long it is offered. Milliseconds. */
  readonly length: number;
}

/** What is offered to `operatorId`; of several, what ends first. */
export function offerTo(rows: Iterable<ConsultationRow>, operatorId: string | null): MyOffer | null {
  let found: MyOffer | null = null;
  for (const row of rows) {
    if (row.phase !== "queued" || row.offer === null || row.offer.to.id !== operatorId) continue;
    const until = Date.parse(row.offer.until);
    if (found === null || until < found.until)
      found = { row, until, length: until - Date.parse(row.offer.since) };
  }
  return found;
}

/** Whole seconds that are left, never less than none. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1_000));
}
