import { expect, it } from "vitest";
import { isReason } from "./given-reason.ts";

it("a reason says something, and no more than is kept", () => {
  expect([" ", "why", "x".repeat(500), "x".repeat(501)].map(isReason)).toEqual([false, true, true, false]);
});
