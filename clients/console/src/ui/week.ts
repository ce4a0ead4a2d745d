/**
 * Hours of a week, day by day, as they are edited; and as the service keeps them, days of the same hours together.
 *
 * No hours at all means at all times to a queue, and no schedule to somebody. An end of "00:00" is the end of the day.
 */
import type { HoursSettings, Weekday } from "@consilium/kit/api";
import type { TFunction } from "i18next";

export const DAYS: readonly Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];
export const WORKDAYS: readonly Weekday[] = DAYS.slice(0, 5);

export interface Interval {
  readonly from: string;
  readonly to: string;
}

export type Week = Readonly<Record<Weekday, readonly Interval[]>>;

/** "09:00:00" as a field of the browser shows it. */
const short = (time: string) => time.slice(0, 5);

/** `null`: no hours at all. */
export function weekOf(hours: readonly HoursSettings[]): Week | null {
  if (hours.length === 0) return null;
  const intervals = (day: Weekday) =>
    hours
      .filter(({ days }) => days.includes(day))
      .map(({ from, to }) => ({ from: short(from), to: short(to) }))
      .sort((a, b) => a.from.localeCompare(b.from));
  return Object.fromEntries(DAYS.map((day) => [day, intervals(day)])) as unknown as Week;
}

const key = (intervals: readonly Interval[]) => intervals.map(({ from, to }) => `${from}-${to}`).join();

/** Days of the same hours stand together, in the order of the week. */
export function hoursOf(week: Week | null): HoursSettings[] {
  if (week === null) return [];
  const hours: HoursSettings[] = [];
  const done = new Set<Weekday>();
  for (const day of DAYS) {
    if (done.has(day)) continue;
    const days = DAYS.filter((other) => key(week[other]) === key(week[day]));
    for (const same of days) done.add(same);
    for (const { from, to } of week[day]) hours.push({ days: [...days], from, to });
  }
  return hours;
}

/** The first hours that are given to a queue, or to somebody. */
export function usualWeek(): Week {
  const intervals = (day: Weekday) => (WORKDAYS.includes(day) ? [{ from: "09:00", to: "18:00" }] : []);
  return Object.fromEntries(DAYS.map((day) => [day, intervals(day)])) as unknown as Week;
}

export function copyDay(week: Week, from: Weekday, to: readonly Weekday[]): Week {
  const copied = Object.fromEntries(to.map((day) => [day, week[from]]));
  return { ...week, ...copied };
}

/** The next interval of a day: after a break of an hour, to the evening. */
export function nextInterval(intervals: readonly Interval[]): Interval {
  const last = intervals.at(-1);
  if (last === undefined) return { from: "09:00", to: "18:00" };
  const hour = Number(last.to.slice(0, 2)) + 1;
  if (last.to === "00:00" || hour > 22) return { from: "00:00", to: "01:00" };
  const from = `${String(hour).padStart(2, "0")}:${last.to.slice(3)}`;
  return { from, to: from < "18:00" ? "18:00" : "23:00" };
}

/** An interval ends later than it begins, or with the day. */
export function isInterval({ from, to }: Interval): boolean {
  return from !== "" && to !== "" && (to === "00:00" || to > from);
}

/** Whether a day's intervals lie over one another. */
export function overlaps(intervals: readonly Interval[]): boolean {
  const end = ({ to }: Interval) => (to === "00:00" ? "24:00" : to);
  const sorted = [...intervals].filter(isInterval).sort((a, b) => a.from.localeCompare(b.from));
  return sorted.some((interval, place) => {
    const next = sorted[place + 1];
    return next !== undefined && next.from < end(interval);
  });
}

/** Days that follow one another, in the order of the week. */
export function runsOf(days: readonly Weekday[]): Weekday[][] {
  const runs: Weekday[][] = [];
  for (const day of DAYS.filter((known) => days.includes(known))) {
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === DAYS[DAYS.indexOf(day) - 1]) last.push(day);
    else runs.push([day]);
  }
  return runs;
}

/** What is wrong with days, by the day. */
export function wrongDays(hours: readonly HoursSettings[]): ReadonlyMap<string, "laterEnd" | "overlap"> {
  const wrong = new Map<string, "laterEnd" | "overlap">();
  for (const [day, intervals] of Object.entries(weekOf(hours) ?? {})) {
    if (intervals.some((interval) => !isInterval(interval))) wrong.set(day, "laterEnd");
    else if (overlaps(intervals)) wrong.set(day, "overlap");
  }
  return wrong;
}

/** The field of the editor that a refusal of the service is about: `hours[2]` is on the first of its days. Null: it is about no hours. */
export function refusedDay(field: string, hours: readonly HoursSettings[]): string | null {
  const place = /^hours\[(\d+)\]/.exec(field)?.[1];
  if (place === undefined) return null;
  const day = hours[Number(place)]?.days[0];
  return day === undefined ? "hours" : `hours.${day}`;
}

/** Whether both say the same, however their days stand together. */
export function isSameWeek(one: readonly HoursSettings[], other: readonly HoursSettings[]): boolean {
  return JSON.stringify(weekOf(one)) === JSON.stringify(weekOf(other));
}

/** «Mon–Fri 09:00–18:00; Sat 10:00–14:00» */
export function hoursWords(hours: readonly HoursSettings[], t: TFunction): string {
  const name = (day: Weekday) => t(`hours.shortDay.${day}`);
  const days = (of: HoursSettings) =>
    runsOf(of.days)
      .map((run) =>
        run.length > 2 ? run.slice(0, 1).concat(run.slice(-1)).map(name).join("–") : run.map(name).join(", "),
      )
      .join(", ");
  return hours.map((one) => `${days(one)} ${short(one.from)}–${short(one.to)}`).join("; ");
}
