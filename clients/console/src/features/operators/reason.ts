/** Why an operator is not at the desk, in words: his own, or what the service noted. */
import type { TFunction } from "i18next";

/** Written by the service itself when an operator's console fell silent. */
const LOST_HEARTBEAT = "lost_heartbeat";

export function reasonWords(reason: string | null, t: TFunction): string | null {
  return reason === LOST_HEARTBEAT ? t("reason.lost_heartbeat") : reason;
}
