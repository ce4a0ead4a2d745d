import { expect, it } from "vitest";
import { dutyAt, dutyRank } from "./duty.ts";

/** By the clock of whoever runs the test: days are the reader's. */
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const now = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const time = (day: number, from: number, to: number) => ({ start: at(day, from), end: at(day, to) });

it("is now until its end, later today, over, or another day", () => {
  const week = [time(25, 9, 13), time(25, 14, 18), time(27, 9, 13)];
  expect(dutyAt(week, now(25, 10))).toEqual({ kind: "now", until: at(25, 13), today: week.slice(0, 2) });
  expect(dutyAt(week, now(25, 8))).toEqual({ kind: "today", today: week.slice(0, 2) });
  expect(dutyAt(week, now(25, 13))).toEqual({ kind: "today", today: week.slice(0, 2) });
  expect(dutyAt(week, now(25, 18))).toEqual({ kind: "over", today: week.slice(0, 2) });
  expect(dutyAt(week, now(26, 12))).toEqual({ kind: "off", next: at(27, 9) });
  expect(dutyAt(week, now(27, 14)).kind).toBe("over");
  expect(dutyAt(week, now(28, 9))).toEqual({ kind: "off", next: null });
});

it("goes on over midnight where the next day goes on", () => {
  const night = [time(25, 20, 24), time(26, 0, 8)];
  const today = [{ start: at(25, 20), end: at(26, 8) }];
  expect(dutyAt(night, now(25, 23))).toEqual({ kind: "now", until: at(26, 8), today });
  expect(dutyAt(night, now(26, 7)), "it began yesterday").toEqual({ kind: "now", until: at(26, 8), today });
});

it("is none without a schedule, and of whom nothing is told", () => {
  expect([dutyAt(null, now(25, 9)).kind, dutyAt(undefined, now(25, 9)).kind]).toEqual(["none", "none"]);
  expect(dutyAt([], now(25, 9))).toEqual({ kind: "off", next: null });
});

it("puts who has to be there first", () => {
  const of = (times: Parameters<typeof dutyAt>[0]) => dutyRank(dutyAt(times, now(25, 10)));
  expect([of([time(25, 9, 13)]), of([time(25, 14, 18)]), of([]), of(null)]).toEqual([0, 1, 3, 4]);
});
