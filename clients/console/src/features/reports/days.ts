/**
 * Calendar days of the clinic, and the periods that they make. A day is `YYYY-MM-DD` and has no zone: only the question which day is today
 * needs one, so that no change of clocks can move a day.
 */
import { civil } from "@consilium/kit/brand";

/** From a day to a day, both within. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export const PERIODS = [
  "today",
  "yesterday",
  "this-week",
  "last-week",
  "this-month",
  "last-month",
  "last-30-days",
  "custom",
] as const;
export type Period = (typeof PERIODS)[number];

/** As many as the service counts at once: a leap year. */
export const DAYS_MAX = 366;
const DAY_MS = 86_400_000;

export function isPeriod(value: string | undefined): value is Period {
  return (PERIODS as readonly (string | undefined)[]).includes(value);
}

/** The day that the calendar in `zone` shows at `now` (milliseconds since 1970). */
export function todayIn(zone: string, now: number): string {
  return civil(now, zone).slice(0, 10);
}

export function plusDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days there are from one to another, both within; none or less where they stand the wrong way round. */
export function lengthOf({ from, to }: Days): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS + 1;
}

/** Monday of the day's week, as ISO 8601 has it. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return plusDays(day, -((weekday + 6) % 7));
}

/** The days of a period; those that go on end today. `custom` has none of its own. */
export function daysOf(period: Exclude<Period, "custom">, today: string): Days {
  const monday = mondayOf(today);
  const first = `${today.slice(0, 8)}01`;
  switch (period) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: plusDays(today, -1), to: plusDays(today, -1) };
    case "this-week":
      return { from: monday, to: today };
    case "last-week":
      return { from: plusDays(monday, -7), to: plusDays(monday, -1) };
    case "this-month":
      return { from: first, to: today };
    case "last-month": {
      const last = plusDays(first, -1);
      return { from: `${last.slice(0, 8)}01`, to: last };
    }
    case "last-30-days":
      return { from: plusDays(today, -29), to: today };
  }
}

/** As many days, just before. */
export function daysBefore(days: Days): Days {
  return { from: plusDays(days.from, -lengthOf(days)), to: plusDays(days.from, -1) };
}

/** Monday and Sunday of `2026-W48`; null: no such key. */
export function daysOfWeek(key: string): Days | null {
  const found = /^(\d{4})-W(\d{2})$/.exec(key);
  if (found === null) return null;
  // The fourth of January is in the first week of every year.
  const monday = plusDays(mondayOf(`${found[1]}-01-04`), (Number(found[2]) - 1) * 7);
  return { from: monday, to: plusDays(monday, 6) };
}
