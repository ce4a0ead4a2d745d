import { describe, expect, it } from "vitest";
import { NOON } from "../testing/rows.ts";
import { ageOf, secondsSince, shareWords, spanWords } from "./format.ts";

describe("a running span", () => {
  it("never runs backwards when the clocks differ", () => {
    expect(secondsSince(new Date(NOON + 5_000).toISOString(), NOON)).toBe(0);
  });
});

describe("a length of time", () => {
  it("is told by its two largest units, and nought is told too", () => {
    const words = (seconds: number) => spanWords(seconds, "en-GB").replaceAll("\u00a0", " ");
    expect([0, 45, 60, 200, 862, 3_600, 7_530, 52_000, 93_600].map(words)).toEqual([
      "0s",
      "45s",
      "1m",
      "3m 20s",
      "14m 22s",
      "1h",
      "2h 5m",
      "14h",
      "1d 2h",
    ]);
    expect(words(-3)).toBe("0s");
    expect(spanWords(200, "ru").replaceAll(/\s/g, " ")).toBe("3 мин 20 с");
  });
});

it("a share has one digit after the point, where it has one", () => {
  expect([0, 125, 1_000].map((permille) => shareWords(permille, "en"))).toEqual(["0%", "12.5%", "100%"]);
});

describe("an age", () => {
  it("changes on the birthday", () => {
    expect(ageOf("1992-11-24", NOON)).toBe(34);
    expect(ageOf("1992-11-25", NOON)).toBe(33);
    expect(ageOf(null, NOON)).toBeNull();
    expect(ageOf("unknown", NOON)).toBeNull();
  });
});
