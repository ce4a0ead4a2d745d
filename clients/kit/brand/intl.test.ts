import { expect, it, vi } from "vitest";
import { dateFormat, numberFormat, pluralRules } from "./intl.ts";

it("makes each format once, and one for each wish", () => {
  const short = { day: "numeric", month: "long", timeZone: "UTC" } as const;
  expect(dateFormat("en-GB", short)).toBe(dateFormat("en-GB", { ...short }));
  expect(dateFormat("ru-RU", short)).not.toBe(dateFormat("en-GB", short));
  expect(dateFormat("en-GB", short).format(0)).toBe("1 January");
  expect(numberFormat("ru-RU").format(1.5)).toBe("1,5");
  expect(pluralRules("ru", { type: "cardinal" }).select(2)).toBe("few");
});

it("is another one when the reader's clock is in another zone, if it is of his clock", () => {
  const there = vi.spyOn(Date.prototype, "getTimezoneOffset");
  const at = (offset: number, timeZone?: string) => {
    there.mockReturnValue(offset);
    return dateFormat("en-GB", { hour: "2-digit", ...(timeZone !== undefined && { timeZone }) });
  };
  expect(at(-180)).not.toBe(at(-300));
  expect(at(-180, "UTC")).toBe(at(-300, "UTC"));
  there.mockRestore();
});

it("keeps nothing of what cannot be made", () => {
  for (let i = 0; i < 2; i += 1)
    expect(() => dateFormat("en", { timeZone: "Mars/Olympus" })).toThrow(RangeError);
});
