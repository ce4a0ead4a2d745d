/** How a device says that it is in a call: by a sticky event, which has an id of its own for each time, or by a state event. */
import type { OpenCall } from "./types.ts";

/** `null`: by a state event. The device that waited has named it. Who only listens may not write in the room, and a sticky event is written there. */
export function memberIdOf({
  standBy,
  sticky,
  listens,
}: Pick<OpenCall, "standBy" | "sticky" | "listens">): string | null {
  if (listens === true) return null;
  return standBy?.memberId ?? (sticky === true ? crypto.randomUUID() : null);
}
