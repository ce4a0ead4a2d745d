import { expect, test } from "vitest";
import { levelOf } from "./level.ts";

test("silence is nothing, speech moves the meter, and a shout does not leave it", () => {
  expect(levelOf(new Float32Array(512))).toBe(0);
  expect(levelOf(new Float32Array(0))).toBe(0);
  const speech = levelOf(new Float32Array(512).fill(0.08));
  expect(speech).toBeGreaterThan(0.3);
  expect(speech).toBeLessThan(0.8);
  expect(levelOf(new Float32Array(512).fill(-1))).toBe(1);
});
