/**
 * How the apps write days and moments, one way for each place; nothing else of the apps forms a date that a reader sees.
 *
 * | | where | |
 * |---|---|---|
 * | `dateOf`, `calendarDate` | a day by itself | «12 Mar 2026» |
 * | `fullWhen` | a moment by itself | «12 Mar 2026, 21:04» |
 * | `shortWhen` | a moment in a list | «21:04», «yesterday, 21:04», «12 Mar, 21:04», «12 Mar 2025» |
 * | `dayWords`, `momentWords` | headings and sentences | «today», «Tue, 1 December», «12 March 2025»; «today, 21:04» |
 * | `weekday`, `monthOf` | what is chosen from, or divides a list | «Tue, 1 Dec»; «March 2026» |
 *
 * Without a zone it is the reader's clock; what has one of its own (`zoned.ts`) says so. Deliberately absent: spans, axes of charts, fields where a date is typed.
 */
import { dateFormat } from "./intl.ts";
import { dayNumber, type Instant, knownZone, yearOf } from "./zoned.ts";

type Words = (key: string) => string;

/** Days ahead that are called by their weekday. */
const NEAR_DAYS = 14;

export function timeOf(at: Instant, region: string, zone?: string): string {
  return dateFormat(region, { hour: "2-digit", minute: "2-digit", timeZone: knownZone(zone) }).format(
    new Date(at),
  );
}

export function dateOf(at: Instant, region: string): string {
  return dateFormat(region, { dateStyle: "medium" }).format(new Date(at));
}

/** A calendar date (`YYYY-MM-DD`), which has no zone; what is none is shown as it stands. */
export function calendarDate(isoDate: string, region: string): string {
  const date = new Date(`${isoDate.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return isoDate;
  return dateFormat(region, { dateStyle: "medium", timeZone: "UTC" }).format(date);
}

export function fullWhen(at: Instant, region: string): string {
  return dateFormat(region, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

export function shortWhen(at: Instant, now: number, region: string): string {
  const days = dayNumber(now) - dayNumber(at);
  const time = timeOf(at, region);
  if (days === 0) return time;
  if (days === 1) {
    const yesterday = new Intl.RelativeTimeFormat(region, { numeric: "auto" }).format(-1, "day");
    return `${yesterday}, ${time}`;
  }
  if (yearOf(at) !== yearOf(now)) return dateOf(at, region);
  return `${dateFormat(region, { day: "numeric", month: "short" }).format(new Date(at))}, ${time}`;
}

interface Reading {
  readonly region: string;
  readonly now: number;
  readonly t: Words;
  readonly zone?: string | undefined;
}

export function dayWords(at: Instant, { region, now, t, zone }: Reading): string {
  const ahead = dayNumber(at, zone) - dayNumber(now, zone);
  if (ahead === 0) return t("day.today");
  if (ahead === 1) return t("day.tomorrow");
  if (ahead === -1) return t("day.yesterday");
  const weekday = ahead > 0 && ahead < NEAR_DAYS ? ({ weekday: "short" } as const) : {};
  const year = yearOf(at, zone) === yearOf(now, zone) ? {} : ({ year: "numeric" } as const);
  const day = { day: "numeric", month: "long", ...weekday, ...year, timeZone: knownZone(zone) } as const;
  return dateFormat(region, day).format(new Date(at));
}

export function momentWords(at: Instant, reading: Reading): string {
  return `${dayWords(at, reading)}, ${timeOf(at, reading.region, reading.zone)}`;
}

/** Of a calendar date (`YYYY-MM-DD`). */
export function weekday(isoDate: string, region: string): string {
  const short = { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } as const;
  return dateFormat(region, short).format(new Date(`${isoDate.slice(0, 10)}T00:00:00Z`));
}

export function monthOf(at: Instant, region: string): string {
  return dateFormat(region, { month: "long", year: "numeric" }).format(new Date(at));
}
