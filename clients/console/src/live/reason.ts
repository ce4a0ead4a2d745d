/** Why an operator is not at the desk, in words: his own, or what the service noted. */
import type { TFunction } from "i18next";

/** Written by the service itself: his console fell silent, or he did not answer an offer. */
const OF_SERVICE = ["lost_heartbeat", "missed_offer"] as const;

export function reasonWords(reason: string | null, t: TFunction): string | null {
  const known = OF_SERVICE.find((each) => each === reason);
  return known === undefined ? reason : t(`reason.${known}`);
}
