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

/** How long it is offered yet, where this machine's clock may be wrong by hours: then as long as it is offered at all. */
export function remaining({ until, length }: Pick<MyOffer, "until" | "length">, now: number): number {
  const left = until - now;
  return left > 0 && left < length ? left : length;
}

/** Whole seconds that are left, never less than none. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1_000));
}
