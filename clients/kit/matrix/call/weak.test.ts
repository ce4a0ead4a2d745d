import { expect, test } from "vitest";
import { isBad, type LinkSample, nextWeakness, STRONG, type Weakness } from "./weak.ts";

const GOOD: LinkSample = { at: 0, quality: "good", lossPermille: 0, roundTripMs: 40, freezeShare: 0 };

/** One sample each two seconds; returns at which seconds it changed. */
function changes(samples: Partial<LinkSample>[]): number[] {
  let weakness: Weakness = STRONG;
  return samples.flatMap((part, index) => {
    const before = weakness.isWeak;
    weakness = nextWeakness(weakness, { ...GOOD, ...part, at: index * 2_000 });
    return weakness.isWeak === before ? [] : [index * 2];
  });
}

const bad = (count: number) => Array.from({ length: count }, () => ({ lossPermille: 300 }));
const good = (count: number) => Array.from({ length: count }, () => ({}));

test("a bad moment is not a weak network, six seconds are", () => {
  expect(changes([...good(3), ...bad(3), ...good(3), ...bad(3), ...good(9)])).toEqual([]);
  expect(changes([...good(3), ...bad(4)])).toEqual([12]);
});

test("it takes twenty good seconds in a row to be strong again", () => {
  expect(changes([...bad(4), ...good(10), ...bad(1), ...good(10)])).toEqual([6]);
  expect(changes([...bad(4), ...good(11)])).toEqual([6, 28]);
});

test("each measure alone can be bad", () => {
  expect(isBad(GOOD)).toBe(false);
  expect(isBad({ ...GOOD, quality: "unknown" })).toBe(false);
  const worse: Partial<LinkSample>[] = [
    { quality: "poor" },
    { quality: "lost" },
    { lossPermille: 100 },
    { roundTripMs: 1_000 },
    { freezeShare: 0.25 },
  ];
  for (const part of worse) expect(isBad({ ...GOOD, ...part }), JSON.stringify(part)).toBe(true);
});
