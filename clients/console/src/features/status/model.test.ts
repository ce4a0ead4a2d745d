import { expect, it } from "vitest";
import { wrapUpSeconds } from "./model.ts";

it("counts the wrap-up after a call down to nothing", () => {
  const until = "2026-11-28T10:01:00Z";
  expect(wrapUpSeconds(until, Date.parse(until) - 41_500)).toBe(42);
  expect(wrapUpSeconds(until, Date.parse(until) + 1)).toBe(0);
  expect(wrapUpSeconds(null, 0)).toBe(0);
});
