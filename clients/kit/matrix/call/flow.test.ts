import { expect, test } from "vitest";
import {
  type Flow,
  type FlowSample,
  flowState,
  type LinkState,
  nextFlow,
  phaseOf,
  startFlow,
} from "./flow.ts";

const TICK_MS = 500;

/** A line that is sampled each half second: what comes in each is said by `per`. */
class Line {
  private sample: FlowSample = { at: 0, bytes: 0, checks: 0, isSent: false };
  flow: Flow = startFlow(this.sample);

  pass(ms: number, per: Partial<Omit<FlowSample, "at">> & { each?: number } = {}): this {
    const each = per.each ?? TICK_MS;
    for (let passed = 0; passed < ms; passed += each) {
      this.sample = {
        at: this.sample.at + each,
        bytes: this.sample.bytes + (per.bytes ?? 0),
        checks: this.sample.checks + (per.checks ?? 0),
        isSent: per.isSent ?? this.sample.isSent,
      };
      this.flow = nextFlow(this.flow, this.sample);
    }
    return this;
  }

  get state() {
    return flowState(this.flow);
  }
}

const talking = () => new Line().pass(5_000, { bytes: 900, isSent: true });

test("two seconds without bytes are a stall, and the first byte ends it", () => {
  const line = talking();
  expect(line.state).toBe("flowing");
  expect(line.pass(1_500).state).toBe("flowing");
  expect(line.pass(500).state).toBe("stalled");
  expect(line.pass(500, { bytes: 1 }).state).toBe("flowing");
});

test("thirty seconds without anything are a failure", () => {
  const line = talking();
  expect(line.pass(29_500).state).toBe("stalled");
  expect(line.pass(500).state).toBe("failed");
});

test("checks that are answered do not excuse media that stopped, but the call is not lost", () => {
  expect(talking().pass(2_000, { checks: 1 }).state).toBe("stalled");
  expect(talking().pass(120_000, { checks: 1 }).state).toBe("stalled");
});

test("everybody muted is no stall", () => {
  const muted = talking().pass(500, { isSent: false });
  for (let turn = 0; turn < 20; turn++) muted.pass(2_000).pass(500, { checks: 1 });
  expect(muted.state).toBe("flowing");
  expect(muted.pass(9_500).state).toBe("flowing");
  expect(muted.pass(500).state).toBe("stalled");
  expect(muted.pass(20_000).state).toBe("failed");
});

test("who begins to send gets time for the first byte", () => {
  const line = new Line().pass(9_000, { isSent: false }).pass(500, { isSent: true });
  expect(line.pass(9_000).state).toBe("flowing");
  expect(line.pass(1_000).state).toBe("stalled");
});

test("a counter that goes back with a track that ended is not taken for media", () => {
  const line = talking().pass(500, { bytes: -4_000 });
  expect(line.pass(1_500).state).toBe("stalled");
  expect(line.pass(500, { bytes: 10 }).state).toBe("flowing");
});

test("an hour that the machine slept is not an hour of silence", () => {
  const line = talking().pass(3_600_000, { each: 3_600_000 });
  expect(line.state).toBe("stalled");
  expect(line.pass(500, { bytes: 10 }).state).toBe("flowing");
});

test("each phase has its reason", () => {
  const links: LinkState[] = ["connecting", "connected", "resuming", "reconnecting", "gone"];
  const live = { isOver: false, wasLive: true, flow: "flowing" } as const;
  expect(links.map((link) => phaseOf({ ...live, link }))).toEqual([
    "live",
    "live",
    "live",
    "reconnecting",
    "failed",
  ]);
  expect(links.map((link) => phaseOf({ ...live, flow: "stalled", link }))).toEqual([
    "stalled",
    "stalled",
    "reconnecting",
    "reconnecting",
    "failed",
  ]);
  expect(phaseOf({ ...live, wasLive: false, link: "connecting" })).toBe("joining");
  for (const link of links) {
    expect(phaseOf({ ...live, flow: "failed", link })).toBe("failed");
    expect(phaseOf({ ...live, isOver: true, flow: "failed", link })).toBe("left");
  }
});
