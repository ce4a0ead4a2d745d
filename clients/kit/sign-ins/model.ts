/** When a place was used, warmly: what is a moment ago needs no clock. Plain functions. */

const MINUTE_MS = 60_000;
/** The server notes what it saw to a minute. */
const NOW_MINUTES = 3;
const HOUR_MINUTES = 60;

export type Seen = { when: "now" } | { when: "minutes"; count: number } | { when: "at"; at: number };

/** `null`: the server does not say. A clock that is ahead of this one's is a moment ago. */
export function seenOf(at: number | null, now: number): Seen | null {
  if (at === null) return null;
  const minutes = Math.floor((now - at) / MINUTE_MS);
  if (minutes < NOW_MINUTES) return { when: "now" };
  return minutes < HOUR_MINUTES ? { when: "minutes", count: minutes } : { when: "at", at };
}
