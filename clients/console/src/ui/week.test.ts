import { describe, expect, it } from "vitest";
import {
  copyDay,
  DAYS,
  hoursOf,
  hoursWords,
  isInterval,
  isSameWeek,
  nextInterval,
  overlaps,
  refusedDay,
  runsOf,
  usualWeek,
  weekOf,
  wrongDays,
} from "./week.ts";

describe("hours of a week", () => {
  it("are day by day while they are edited, and days of the same hours together when they are kept", () => {
    const hours = [
      { days: ["monday" as const, "friday" as const], from: "14:00:00", to: "18:00:00" },
      { days: ["monday" as const, "friday" as const], from: "09:00:00", to: "13:00:00" },
      { days: ["saturday" as const], from: "20:00:00", to: "00:00:00" },
    ];
    const week = weekOf(hours);
    expect(week?.monday).toEqual([
      { from: "09:00", to: "13:00" },
      { from: "14:00", to: "18:00" },
    ]);
    expect(hoursOf(week)).toEqual([
      { days: ["monday", "friday"], from: "09:00", to: "13:00" },
      { days: ["monday", "friday"], from: "14:00", to: "18:00" },
      { days: ["saturday"], from: "20:00", to: "00:00" },
    ]);
  });

  it("are at all times where there are none", () => {
    expect(weekOf([])).toBeNull();
    expect(hoursOf(null)).toEqual([]);
  });

  it("are copied from one day to others", () => {
    const week = copyDay(usualWeek(), "monday", DAYS);
    expect(hoursOf(week)).toEqual([{ days: [...DAYS], from: "09:00", to: "18:00" }]);
  });

  it("offer a further interval after a break", () => {
    expect(nextInterval([])).toEqual({ from: "09:00", to: "18:00" });
    expect(nextInterval([{ from: "09:00", to: "13:00" }])).toEqual({ from: "14:00", to: "18:00" });
    expect(nextInterval([{ from: "09:00", to: "18:30" }])).toEqual({ from: "19:30", to: "23:00" });
  });

  it("end later than they begin, and never lie over one another", () => {
    expect(isInterval({ from: "18:00", to: "09:00" })).toBe(false);
    expect(isInterval({ from: "18:00", to: "00:00" })).toBe(true);
    expect(isInterval({ from: "", to: "09:00" })).toBe(false);
    expect(
      overlaps([
        { from: "12:00", to: "18:00" },
        { from: "09:00", to: "13:00" },
      ]),
    ).toBe(true);
    expect(
      overlaps([
        { from: "13:00", to: "18:00" },
        { from: "09:00", to: "13:00" },
      ]),
    ).toBe(false);
    expect(
      overlaps([
        { from: "20:00", to: "00:00" },
        { from: "23:00", to: "23:30" },
      ]),
    ).toBe(true);
  });

  it("are told by runs of days", () => {
    expect(runsOf(["friday", "monday", "tuesday", "wednesday", "sunday"])).toEqual([
      ["monday", "tuesday", "wednesday"],
      ["friday"],
      ["sunday"],
    ]);
    expect(runsOf([])).toEqual([]);
  });
});

describe("what is wrong with hours", () => {
  const monday = (from: string, to: string) => ({ days: ["monday" as const], from, to });

  it("stands at its day, whoever found it", () => {
    const hours = [monday("18:00", "09:00"), { ...monday("09:00", "12:00"), days: ["friday" as const] }];
    expect([...wrongDays(hours)]).toEqual([["monday", "laterEnd"]]);
    const over = [monday("09:00", "12:00"), monday("11:00", "13:00")];
    expect([...wrongDays(over)]).toEqual([["monday", "overlap"]]);
    expect([refusedDay("hours[1]", hours), refusedDay("hours[0].from", hours)]).toEqual([
      "hours.friday",
      "hours.monday",
    ]);
    expect([refusedDay("hours[7]", hours), refusedDay("hours", hours)]).toEqual(["hours", null]);
  });
});

it("hours are the same however their days stand together, and read as a sentence", () => {
  const kept = [{ days: ["monday" as const, "tuesday" as const], from: "09:00:00", to: "18:00:00" }];
  const typed = kept.flatMap(({ days }) => days.map((day) => ({ days: [day], from: "09:00", to: "18:00" })));
  expect(isSameWeek(kept, typed)).toBe(true);
  expect(isSameWeek(kept, [])).toBe(false);
  const t = ((key: string) => key.slice("hours.shortDay.".length, "hours.shortDay.".length + 3)) as never;
  const week = [{ days: DAYS.slice(0, 5), from: "09:00:00", to: "18:00:00" }];
  expect(hoursWords([...week, { days: ["sunday"], from: "10:00", to: "00:00" }], t)).toBe(
    "mon–fri 09:00–18:00; sun 10:00–00:00",
  );
});
