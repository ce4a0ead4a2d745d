import { describe, expect, it } from "vitest";
import { daysBefore, daysOf, daysOfWeek, lengthOf, mondayOf, PERIODS, plusDays, todayIn } from "./days.ts";

describe("a day", () => {
  it("is today's by the clinic's clock, not by the reader's", () => {
    const late = Date.parse("2026-11-28T22:30:00Z");
    expect(todayIn("Europe/Moscow", late)).toBe("2026-11-29");
    expect(todayIn("America/New_York", late)).toBe("2026-11-28");
  });

  it("is never moved by a change of clocks", () => {
    // Both nights on which Berlin's clocks change, from one midnight there to the next.
    expect(todayIn("Europe/Berlin", Date.parse("2026-03-28T23:00:00Z"))).toBe("2026-03-29");
    expect(todayIn("Europe/Berlin", Date.parse("2026-03-29T21:59:59Z"))).toBe("2026-03-29");
    expect(todayIn("Europe/Berlin", Date.parse("2026-10-25T22:59:59Z"))).toBe("2026-10-25");
    expect(plusDays("2026-03-28", 2)).toBe("2026-03-30");
    expect(plusDays("2026-10-26", -1)).toBe("2026-10-25");
    expect(lengthOf({ from: "2026-03-28", to: "2026-03-30" })).toBe(3);
  });
});

describe("a period", () => {
  const today = "2026-03-01";

  it("that goes on ends today, and one that is over ends before", () => {
    expect(daysOf("today", today)).toEqual({ from: today, to: today });
    expect(daysOf("yesterday", today)).toEqual({ from: "2026-02-28", to: "2026-02-28" });
    expect(daysOf("this-week", today)).toEqual({ from: "2026-02-23", to: today });
    expect(daysOf("last-week", today)).toEqual({ from: "2026-02-16", to: "2026-02-22" });
    expect(daysOf("this-month", today)).toEqual({ from: today, to: today });
    expect(daysOf("last-month", today)).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(daysOf("last-30-days", today)).toEqual({ from: "2026-01-31", to: today });
    expect(lengthOf(daysOf("last-30-days", today))).toBe(30);
  });

  it("of last month is the last of the year before in January", () => {
    expect(daysOf("last-month", "2027-01-15")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
  });

  it("has as many days before it, without a gap", () => {
    for (const period of PERIODS) {
      if (period === "custom") continue;
      const days = daysOf(period, "2026-11-28");
      const before = daysBefore(days);
      expect(lengthOf(before)).toBe(lengthOf(days));
      expect(plusDays(before.to, 1)).toBe(days.from);
    }
  });
});

describe("a week", () => {
  it("begins on Monday", () => {
    expect(mondayOf("2026-11-29")).toBe("2026-11-23");
    expect(mondayOf("2026-11-23")).toBe("2026-11-23");
  });

  it("belongs to the year of its Thursday", () => {
    expect(daysOfWeek("2026-W53")).toEqual({ from: "2026-12-28", to: "2027-01-03" });
    expect(daysOfWeek("2027-W01")).toEqual({ from: "2027-01-04", to: "2027-01-10" });
    expect(daysOfWeek("2026-W01")).toEqual({ from: "2025-12-29", to: "2026-01-04" });
    expect(daysOfWeek("therapist")).toBeNull();
  });
});
