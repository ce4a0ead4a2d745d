import { describe, expect, it } from "vitest";
import {
  copyDay,
  DAYS,
  hoursOf,
  isInterval,
  nextInterval,
  overlaps,
  runsOf,
  usualWeek,
  weekOf,
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
