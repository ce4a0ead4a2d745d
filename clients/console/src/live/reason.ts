/** Why an operator is not at the desk, in words: his own, or what the service noted. */
import type { Operator } from "@consilium/kit/api";
import type { TFunction } from "i18next";

/** Written by the service itself: his console fell silent, or he did not answer an offer. */
const OF_SERVICE = ["lost_heartbeat", "missed_offer"] as const;

export function reasonWords(reason: string | null, t: TFunction): string | null {
  const known = OF_SERVICE.find((each) => each === reason);
  return known === undefined ? reason : t(`reason.${known}`);
}

/** A status as it is called: by the brand's own name where it is one of those. */
export function statusWords(
  { status, status_kind: kind }: Pick<Operator, "status"> & Partial<Pick<Operator, "status_kind">>,
  t: TFunction,
): string {
  return kind?.name ?? t(`status.${status}`);
}
