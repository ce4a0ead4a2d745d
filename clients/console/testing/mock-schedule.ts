/** When people of the pretend clinic are on duty: who is online by day, with a break at noon; the others have no schedule. */
import type { HoursSettings, Operator } from "@consilium/kit/api";

/** Today, and the days after it that are told. */
const DAYS = 8;
const WEEK: HoursSettings["days"] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];
const SHIFTS = [
  ["09:00", "13:00"],
  ["14:00", "18:00"],
] as const;

export function scheduleOf(isOnline: boolean): Partial<Operator> {
  if (!isOnline) return {};
  const at = (day: number, time: string) => {
    const date = new Date();
    date.setDate(date.getDate() + day);
    const [hour = 0, minute = 0] = time.split(":").map(Number);
    date.setHours(hour, minute, 0, 0);
    return date.toISOString();
  };
  const days = Array.from({ length: DAYS }, (_, day) => day);
  return {
    hours: SHIFTS.map(([from, to]) => ({ days: WEEK, from: `${from}:00`, to: `${to}:00` })),
    duty: days.flatMap((day) => SHIFTS.map(([from, to]) => ({ start: at(day, from), end: at(day, to) }))),
  };
}
