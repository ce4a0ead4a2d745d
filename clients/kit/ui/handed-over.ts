/** Where in a dialogue it is said that messages were handed over: once before the first of each stretch, not on every message. */
import type { TimelineItem } from "../matrix/types.ts";

/** Keys of the messages that begin a stretch. Days and other lines between messages end none. */
export function handedOverStarts(items: readonly TimelineItem[]): ReadonlySet<string> {
  const starts = new Set<string>();
  let inside = false;
  for (const item of items) {
    if (item.kind !== "message") continue;
    const handed = item.trust === "handed-over";
    if (handed && !inside) starts.add(item.key);
    inside = handed;
  }
  return starts;
}
