import { expect, test } from "vitest";
import { ALL_KEYS, KEY_PATIENCE_MS, type Keyless, nextKeyless, RENEWALS_MAX } from "./keyless.ts";

/** One look each second; returns at which seconds this device came anew. */
function renewals(looks: (readonly string[])[]): number[] {
  let state: Keyless = ALL_KEYS;
  return looks.flatMap((silent, second) => {
    state = nextKeyless(state, silent, second * 1_000);
    return state.isDue ? [second] : [];
  });
}

const seconds = (count: number, silent: readonly string[]) => Array.from({ length: count }, () => silent);
const PATIENCE_S = KEY_PATIENCE_MS / 1_000;

test("a key that comes in time is waited for", () => {
  expect(renewals([...seconds(PATIENCE_S, ["anna"]), ...seconds(60, [])])).toEqual([]);
});

test("a key that does not come is asked for by coming anew, a few times only", () => {
  const found = renewals(seconds(300, ["anna"]));
  expect(found).toEqual(Array.from({ length: RENEWALS_MAX }, (_, index) => PATIENCE_S * (index + 1)));
});

test("each has his own time, and who goes is forgotten", () => {
  const looks = [...seconds(6, ["anna"]), ...seconds(6, ["petrova"]), ...seconds(6, ["anna"])];
  expect(renewals(looks)).toEqual([]);
});
