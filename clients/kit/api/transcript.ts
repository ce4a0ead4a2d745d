/** Entries of a sealed transcript. */
import type { TranscriptEntry } from "./types.ts";

/** What the service said in the brand's language for clients that know nothing of consultations; our apps have lines of their own. */
export function isOfService({ kind, sender }: Pick<TranscriptEntry, "kind" | "sender">): boolean {
  return kind === "notice" && sender.kind === "system";
}
