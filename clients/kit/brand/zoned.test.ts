import { expect, it } from "vitest";
import { makeFormats } from "./formats.ts";
import { civil, sameClock } from "./zoned.ts";

const NOON = new Date("2026-11-28T12:00:00Z");
const words: Record<string, string> = {
  "day.today": "today",
  "day.tomorrow": "tomorrow",
  "day.yesterday": "yesterday",
};
const formats = makeFormats(
  "en-150",
  (key) => words[key] ?? key,
  () => NOON,
);

it("a window is told by the clock of its own zone", () => {
  const window = { start: "2026-11-28T20:00:00Z", end: "2026-11-28T22:00:00Z" };
  expect(formats.window(window, "Europe/London")).toBe("today, 20:00–22:00");
  expect(formats.window(window, "Asia/Yekaterinburg")).toBe("tomorrow, 01:00–03:00");
  expect(formats.window(window, "Europe/Berlin")).toBe("today, 21:00–23:00");
  expect(formats.window(window, "Europe/Moscow")).toBe("today, 23:00 – tomorrow, 01:00");
});

it("a day ahead has its weekday, a far one has not", () => {
  expect(formats.day("2026-12-01T12:00:00Z", "Europe/Moscow")).toBe("Tue, 1 December");
  expect(formats.day("2026-12-20T12:00:00Z", "Europe/Moscow")).toBe("20 December");
  expect(formats.day("2026-11-27T12:00:00Z", "Europe/Moscow")).toBe("yesterday");
});

it("a day of another year says which, by the calendar of its zone", () => {
  expect(formats.day("2025-11-28T12:00:00Z", "Europe/Moscow")).toBe("28 November 2025");
  expect(formats.day("2027-03-01T12:00:00Z", "Europe/Moscow")).toBe("1 March 2027");
  expect(formats.day("2026-12-31T22:00:00Z", "Europe/London")).toBe("31 December");
  expect(formats.day("2026-12-31T22:00:00Z", "Asia/Yekaterinburg")).toBe("1 January 2027");
});

it("zones have names that people know, and what is no zone does not break a screen", () => {
  expect(formats.zone("Asia/Yekaterinburg")).toMatch(/UTC\+5$/);
  expect(formats.zone("Mars/Olympus")).toBe("Mars/Olympus");
  expect(formats.dayTime(NOON, "Mars/Olympus")).toMatch(/^today, /);
});

it("knows whether two clocks agree, also over a change of the clocks", () => {
  expect(sameClock("Europe/Moscow", "Europe/Minsk", NOON)).toBe(true);
  expect(sameClock("Europe/Berlin", "Europe/London", NOON)).toBe(false);
  expect(civil("2026-03-29T01:30:00Z", "Europe/Berlin")).toBe("2026-03-29T03:30");
});
