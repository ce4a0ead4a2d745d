/** Spans of time by which lists are filtered: back from now, or days of the calendar. */
import { dayStart } from "../format.ts";
import type { DeskSearch } from "../live/route.ts";

export const DAYS = ["1", "7", "30", "90", "365"] as const;

/** Whether the service takes it: 1 to 3660. */
export function isDays(value: string | undefined): value is string {
  return value !== undefined && /^[1-9]\d{0,3}$/.test(value) && Number(value) <= 3_660;
}

/** What a list is asked for at an address; the service takes no days together with a span. */
export function spanOf({ days, from, to }: DeskSearch): { days?: number; from?: string; to?: string } {
  if (isDays(days)) return { days: Number(days) };
  return {
    ...(from === undefined ? {} : { from: dayStart(from) }),
    ...(to === undefined ? {} : { to: dayStart(to, 1) }),
  };
}
