import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { QualityReport } from "../../api/index.ts";
import type { FlowState } from "./flow.ts";
import type { StatEntry } from "./quality.ts";
import { Watch } from "./watch.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call whose counters grow with the clock while `comes`. */
function call() {
  const flows: FlowState[] = [];
  const weak: boolean[] = [];
  const reports: QualityReport[] = [];
  const line = { freezes: 0, comes: true, answers: true, lossOf: 0, packets: 0, lost: 0, last: 0 };
  const stats = (): Promise<StatEntry[]> => {
    const passed = Date.now() - line.last;
    line.last = Date.now();
    if (line.comes) {
      line.packets += passed / 20;
      line.lost += (passed / 20) * line.lossOf;
    }
    const { packets, lost } = line;
    const entry = {
      id: "A",
      type: "inbound-rtp",
      packetsReceived: packets,
      packetsLost: lost,
      bytesReceived: packets * 80,
      freezeCount: line.freezes,
      totalFreezesDuration: line.freezes * 60,
    };
    return line.answers ? Promise.resolve([entry]) : new Promise(() => undefined);
  };
  line.last = Date.now();
  const watch = new Watch({
    stats,
    isSent: () => true,
    quality: () => "good",
    onFlow: (state) => flows.at(-1) === state || flows.push(state),
    onWeak: (isWeak) => weak.push(isWeak),
    onReport: (report) => reports.push(report),
    now: () => Date.now(),
  });
  return { flows, weak, reports, line, watch, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

test("a silent line is stalled, then failed, and nothing is told of it", async () => {
  const { flows, reports, line, watch, pass } = call();
  await pass(9_500);
  expect(flows).toEqual(["flowing"]);
  line.comes = false;
  await pass(2_500);
  expect(flows).toEqual(["flowing", "stalled"]);
  expect(reports).toHaveLength(1);
  await pass(30_000);
  expect(flows).toEqual(["flowing", "stalled", "failed"]);
  expect(reports).toHaveLength(1);
  watch.stop();
});

test("a browser that answers no more is a silent line too", async () => {
  const { flows, line, watch, pass } = call();
  await pass(3_000);
  line.answers = false;
  await pass(3_000);
  expect(flows).toEqual(["flowing", "stalled"]);
  watch.stop();
});

test("each ten seconds one report of those ten seconds", async () => {
  const { reports, line, watch, pass } = call();
  await pass(10_000);
  line.lossOf = 0.25;
  await pass(20_000);
  expect(reports.map((report) => report.loss_permille)).toEqual([0, 200, 200]);
  watch.stop();
});

test("loss that stays makes the network weak, and nothing is said after the end", async () => {
  const { weak, line, watch, pass } = call();
  await pass(4_000);
  line.lossOf = 0.5;
  await pass(12_000);
  expect(weak).toEqual([true]);
  watch.stop();
  line.lossOf = 0;
  await pass(60_000);
  expect(weak).toEqual([true]);
});

test("a camera that was off is no freeze, and does not make the network weak", async () => {
  const { weak, reports, line, watch, pass } = call();
  await pass(4_000);
  watch.pictureBegan();
  line.freezes = 1;
  await pass(6_000);
  line.freezes = 2;
  await pass(10_000);
  expect(reports.map((report) => report.freezes)).toEqual([0, 1]);
  expect(weak).toEqual([]);
  watch.stop();
});
