import { expect, it } from "vitest";
import { newlyTaken, phasesOf } from "./taken.ts";
import { isSafePlace } from "./update.ts";

it("is news when what waited is answered, and nothing else is", () => {
  const before = phasesOf([
    { id: "a", phase: "queued" },
    { id: "b", phase: "queued" },
    { id: "c", phase: "on_hold" },
  ]);
  const now = [
    { id: "a", phase: "active" },
    { id: "b", phase: "queued" },
    { id: "c", phase: "active" },
    { id: "d", phase: "active" },
  ] as const;
  expect(newlyTaken(before, now).map(({ id }) => id)).toEqual(["a"]);
});

it("offers a new version only where nothing is being typed", () => {
  expect(["/", "/history", "/documents"].every(isSafePlace)).toBe(true);
  expect(["/ask/q1", "/profile", "/call-me", "/conversation/v1", "/history/c1"].some(isSafePlace)).toBe(
    false,
  );
});
