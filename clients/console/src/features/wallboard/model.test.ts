import type { ReportFigures } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { figures } from "../../../testing/figures.ts";
import { ago, NOON, queue } from "../../../testing/rows.ts";
import { LONG_WAIT_SECONDS_MIN, longFrom, strainOf, sumsOf, type WallboardQueue, worst } from "./model.ts";

function waits(
  seconds: number,
  part: Partial<WallboardQueue["queue"]> = {},
  today: Partial<ReportFigures> = {},
) {
  return {
    queue: queue({ id: "q", waiting: 1, oldest_waiting_since: ago(seconds), ...part }),
    today: figures(today),
  };
}

it("a wait is long when nine of ten of the queue's own day were shorter", () => {
  const slow = { wait: { median_seconds: 400, p90_seconds: 900 } };
  expect(strainOf(waits(899, {}, slow), NOON)).toBe("calm");
  expect(strainOf(waits(901, {}, slow), NOON)).toBe("long");
});

it("a quick day, or none yet, calls no short wait long", () => {
  const quick = { wait: { median_seconds: 5, p90_seconds: 20 } };
  expect(longFrom({ today: figures(quick) })).toBe(LONG_WAIT_SECONDS_MIN);
  expect(strainOf(waits(60, {}, quick), NOON)).toBe("calm");
  expect(strainOf(waits(LONG_WAIT_SECONDS_MIN + 1), NOON)).toBe("long");
});

it("somebody who waits where nobody is on duty is the worst, however short he waits", () => {
  const unattended = waits(1, { operators_online: 0 });
  expect(strainOf(unattended, NOON)).toBe("unattended");
  expect(worst([waits(1), unattended, waits(9_999)], NOON)).toBe("unattended");
  expect(worst([], NOON)).toBe("empty");
});

it("an empty queue is calm without operators too", () => {
  expect(strainOf(waits(0, { waiting: 0, oldest_waiting_since: null, operators_online: 0 }), NOON)).toBe(
    "empty",
  );
});

it("sums are over all queues, and the longest wait is the oldest of all", () => {
  const queues = [waits(10, { active: 2 }), waits(700, { waiting: 3, on_hold: 1 }), waits(20)];
  expect(sumsOf({ queues })).toEqual({ waiting: 5, active: 2, onHold: 1, oldestSince: ago(700) });
  expect(sumsOf({ queues: [] }).oldestSince).toBeNull();
});
