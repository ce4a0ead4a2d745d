import { expect, it } from "vitest";
import { seenOf } from "./model.ts";

const NOW = Date.parse("2026-11-30T10:00:00Z");

it.each([
  [null, null],
  [NOW + 60_000, { when: "now" }],
  [NOW - 179_000, { when: "now" }],
  [NOW - 180_000, { when: "minutes", count: 3 }],
  [NOW - 59 * 60_000, { when: "minutes", count: 59 }],
  [NOW - 60 * 60_000, { when: "at", at: NOW - 60 * 60_000 }],
])("says of %s when that was", (at, seen) => {
  expect(seenOf(at, NOW)).toEqual(seen);
});
