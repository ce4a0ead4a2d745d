import { describe, expect, it } from "vitest";
import { NOON } from "../testing/rows.ts";
import { ageOf, secondsSince, shortWhen } from "./format.ts";

describe("a running span", () => {
  it("never runs backwards when the clocks differ", () => {
    expect(secondsSince(new Date(NOON + 5_000).toISOString(), NOON)).toBe(0);
  });
});

describe("a moment", () => {
  it("is as short as stays clear", () => {
    const at = (days: number) => new Date(NOON - days * 86_400_000).toISOString();
    expect(shortWhen(at(0), NOON, "en")).toMatch(/^\d\d:\d\d/);
    expect(shortWhen(at(1), NOON, "en")).toMatch(/^yesterday /);
    expect(shortWhen(at(1), NOON, "ru")).toMatch(/^вчера /);
    expect(shortWhen(at(30), NOON, "ru")).toContain("окт");
    expect(shortWhen(at(400), NOON, "en")).toContain("2025");
  });
});

describe("an age", () => {
  it("changes on the birthday", () => {
    expect(ageOf("1992-11-24", NOON)).toBe(34);
    expect(ageOf("1992-11-25", NOON)).toBe(33);
    expect(ageOf(null, NOON)).toBeNull();
    expect(ageOf("unknown", NOON)).toBeNull();
  });
});
