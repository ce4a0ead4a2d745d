import { describe, expect, it } from "vitest";
import { calendarDate, dateOf, fullWhen, monthOf, shortWhen, weekday } from "./dates.ts";

/** By the reader's clock, wherever the tests run. */
const NOW = new Date(2026, 10, 25, 12, 0).getTime();
const at = (year: number, month: number, day: number) => new Date(year, month - 1, day, 9, 5).toISOString();
const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("a day and a moment", () => {
  it("are written the same way wherever they stand by themselves", () => {
    expect(dateOf(at(2026, 3, 12), "en-150")).toBe("12 Mar 2026");
    expect(calendarDate("2026-03-12", "en-150")).toBe("12 Mar 2026");
    expect(fullWhen(at(2026, 3, 12), "en-150")).toBe("12 Mar 2026, 09:05");
    expect(plain(dateOf(at(2026, 3, 12), "ru"))).toBe("12 мар. 2026 г.");
  });

  it("a calendar date is of no zone, and what is none stays as it stands", () => {
    expect(calendarDate("1992-11-25T23:30:00Z", "en-150")).toBe("25 Nov 1992");
    expect(calendarDate("soon", "en-150")).toBe("soon");
  });

  it("in a list is as short as stays clear", () => {
    const short = (iso: string, region = "en-150") => shortWhen(iso, NOW, region);
    expect(short(at(2026, 11, 25))).toBe("09:05");
    expect(short(at(2026, 11, 24))).toBe("yesterday, 09:05");
    expect(short(at(2026, 11, 24), "ru")).toBe("вчера, 09:05");
    expect(short(at(2026, 11, 1))).toBe("1 Nov, 09:05");
    expect(short(at(2025, 11, 25))).toBe("25 Nov 2025");
  });

  it("has its weekday where one is chosen, and its month where a list is divided", () => {
    expect(weekday("2026-12-01", "en-150")).toBe("Tue, 1 Dec");
    expect(monthOf(at(2026, 3, 12), "en-150")).toBe("March 2026");
  });
});
