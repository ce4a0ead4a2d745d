import { expect, test } from "vitest";
import { forgiven, NOTHING, reportOf, type StatEntry, snapshotOf } from "./quality.ts";

const inbound = (id: string, part: object): StatEntry => ({ id, type: "inbound-rtp", ...part });
const audio = (packets: number, lost = 0, part: object = {}) =>
  inbound("A", {
    packetsReceived: packets,
    packetsLost: lost,
    bytesReceived: packets * 80,
    jitter: 0.004,
    ...part,
  });
const video = (packets: number, lost = 0, part: object = {}) =>
  inbound("V", { packetsReceived: packets, packetsLost: lost, bytesReceived: packets * 900, ...part });

test("loss is of the packets that came and those that did not, over all streams", () => {
  const before = snapshotOf([audio(100), video(1_000, 10)]);
  const after = snapshotOf([audio(600, 10), video(1_450, 50)]);
  expect(reportOf(before, after)).toMatchObject({ loss_permille: 50, jitter_ms: 4 });
});

test("freezes and their length are those since the last report", () => {
  const before = snapshotOf([video(10, 0, { freezeCount: 1, totalFreezesDuration: 0.5 })]);
  const after = snapshotOf([video(20, 0, { freezeCount: 3, totalFreezesDuration: 2.25 })]);
  expect(reportOf(before, after)).toMatchObject({ freezes: 2, freeze_ms: 1_750 });
});

test("what stood still because the camera was off is forgiven, what comes after it is not", () => {
  const before = snapshotOf([video(10)]);
  const back = snapshotOf([video(20, 0, { freezeCount: 1, totalFreezesDuration: 60 })]);
  const after = snapshotOf([video(30, 0, { freezeCount: 2, totalFreezesDuration: 60.5 })]);
  expect(reportOf(before, back)).toMatchObject({ freezes: 1, freeze_ms: 60_000 });
  expect(reportOf(forgiven(before, back), back)).toMatchObject({ freezes: 0, freeze_ms: 0 });
  expect(reportOf(forgiven(before, back), after)).toMatchObject({ freezes: 1, freeze_ms: 500 });
  expect(reportOf(forgiven(NOTHING, back), after)).toMatchObject({ freezes: 1, freeze_ms: 500 });
});

test("a stream that is new counts from nothing, and one that went is left out", () => {
  const before = snapshotOf([audio(5_000, 900)]);
  const after = snapshotOf([video(90, 10)]);
  expect(reportOf(before, after)).toMatchObject({ loss_permille: 100 });
  expect(reportOf(NOTHING, after)).toMatchObject({ loss_permille: 100 });
});

test("packets that came late after all are no gain", () => {
  expect(reportOf(snapshotOf([audio(10, 5)]), snapshotOf([audio(20, 2)]))?.loss_permille).toBe(0);
});

test("where no packet came there is nothing to tell", () => {
  const same = snapshotOf([audio(10)]);
  expect(reportOf(same, same)).toBeNull();
  expect(reportOf(same, NOTHING)).toBeNull();
});

test("the round trip is that of the pair that the transport uses", () => {
  const entries: StatEntry[] = [
    { id: "T", type: "transport", selectedCandidatePairId: "P2", bytesReceived: 5_000 },
    { id: "P1", type: "candidate-pair", nominated: true, currentRoundTripTime: 0.9, responsesReceived: 70 },
    { id: "P2", type: "candidate-pair", nominated: true, currentRoundTripTime: 0.042, responsesReceived: 7 },
    audio(10),
  ];
  const found = snapshotOf([...entries, ...entries]);
  expect(found).toMatchObject({ roundTripMs: 42, bytes: 800, checks: 7 });
  expect(reportOf(NOTHING, found)?.round_trip_ms).toBe(42);
});

test("a browser that counts less is taken as it is", () => {
  const found = snapshotOf([audio(10), { id: "R", type: "remote-inbound-rtp", roundTripTime: 0.1 }]);
  expect(found).toMatchObject({ roundTripMs: 100, bytes: 800, checks: 0 });
  expect(snapshotOf([])).toEqual(NOTHING);
  expect(
    snapshotOf([{ id: "x", type: "inbound-rtp", jitter: "soon", packetsReceived: Number.NaN }]).bytes,
  ).toBe(0);
});
