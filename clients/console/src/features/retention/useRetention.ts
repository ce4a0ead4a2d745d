/** What a change of holds, or an erasure, makes old. */
import { useAskAgain } from "../../ui/useAskAgain.ts";

export const HOLDS_KEY = "holds";
export const DUE_KEY = "archive-due";
export const CERTIFICATE_KEY = "erasure-certificate";

const KEPT = [HOLDS_KEY, DUE_KEY, CERTIFICATE_KEY, "archive", "archive-record", "patient"];

/** Asks again for everything that shows what is kept and what goes. */
export function useRetentionChanged(): () => Promise<void> {
  return useAskAgain(KEPT);
}
