import type { CallQuality } from "@consilium/kit/api";
import { callbackRowSample, callSample } from "@consilium/kit/testing";
import { describe, expect, it } from "vitest";
import { lead, row } from "../../../testing/rows.ts";
import {
  againTarget,
  badMeasures,
  callOn,
  callQuery,
  chances,
  observes,
  offersAgain,
  outcomeKey,
  staffNames,
} from "./model.ts";

const mine = row({ id: "c1", phase: "active", participants: [lead("o1")] });
const on = callSample({ id: "a", consultation_id: "c1", state: "answered" });

describe("what may be done about calls", () => {
  const input = { row: mine, operatorId: "o1", isAvailable: true, open: [] };

  it("one's own patient may be called while the consultation goes on", () => {
    expect(chances(input)).toEqual({ mayStart: true, mayJoin: false });
    expect(chances({ ...input, row: row({ ...mine, phase: "on_hold" }) }).mayStart).toBe(true);
    expect(chances({ ...input, row: row({ ...mine, phase: "archived" }) }).mayStart).toBe(false);
  });

  it("nobody is called without calls, without a consultation, or in a colleague's", () => {
    const none = { mayStart: false, mayJoin: false };
    expect(chances({ ...input, isAvailable: false })).toEqual(none);
    expect(chances({ ...input, row: null })).toEqual(none);
    expect(chances({ ...input, operatorId: "o2" })).toEqual(none);
  });

  it("a colleague's call is joined, once it was answered", () => {
    expect(chances({ ...input, open: [on] })).toEqual({ mayStart: false, mayJoin: true });
    expect(chances({ ...input, open: [{ ...on, state: "ringing" }] })).toEqual({
      mayStart: true,
      mayJoin: false,
    });
    expect(callOn([on], "c2")).toBeNull();
  });

  it("who observes comes into a call that is on, and begins none", () => {
    const [me] = mine.participants;
    if (me === undefined) throw new Error("I take part");
    const watched = row({ ...mine, participants: [{ ...me, role: "observer" as const }] });
    expect(chances({ ...input, row: watched })).toEqual({ mayStart: false, mayJoin: false });
    expect(chances({ ...input, row: watched, open: [on] })).toEqual({ mayStart: false, mayJoin: true });
    expect([watched, input.row, null].map((each) => observes(each, "o1"))).toEqual([true, false, false]);
  });
});

it("an address asks for what it names, and drops what makes no sense", () => {
  expect(callQuery({ outcome: "missed", operator: "o1", patient: "p1" })).toEqual({
    outcome: "missed",
    operator: "o1",
    patient: "p1",
  });
  expect(callQuery({ outcome: "exploded", kind: "smoke", caller_side: "nobody", days: "0" })).toEqual({});
  expect(callQuery({ queue: "q1", kind: "audio", caller_side: "patient", days: "7" })).toEqual({
    queue: "q1",
    kind: "audio",
    caller_side: "patient",
    days: 7,
  });
});

it("days of an address are whole ones, and what is on now has no outcome", () => {
  const { from, to, ...more } = callQuery({ from: "2026-11-02", to: "2026-11-02", outcome: "open" });
  expect(more).toEqual({ open: true });
  expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(24 * 3_600_000);
});

it("names the staff once, whoever called", () => {
  const at = { joined_at: "", left_at: null };
  const participants = [
    { ...at, user_id: "@1", name: "Petrova", side: "staff" as const },
    { ...at, user_id: "@2", name: "Anna", side: "patient" as const },
    { ...at, user_id: "@3", name: "Sokolov", side: "staff" as const },
  ];
  expect(staffNames({ participants, caller_side: "staff", caller_name: "Petrova" })).toEqual([
    "Petrova",
    "Sokolov",
  ]);
  expect(staffNames({ participants: [], caller_side: "staff", caller_name: "Petrova" })).toEqual(["Petrova"]);
  expect(staffNames({ participants, caller_side: "patient", caller_name: "Anna" })).toEqual([
    "Petrova",
    "Sokolov",
  ]);
});

it("a call that goes on has words too", () => {
  expect(outcomeKey({ state: "answered", outcome: null })).toBe("calls.state.answered");
  expect(outcomeKey({ state: "ended", outcome: "lost" })).toBe("calls.outcome.lost");
});

it("offers another try where the last one came to nothing", () => {
  expect((["missed", "declined", "busy", "lost", "cancelled"] as const).every(offersAgain)).toBe(true);
  expect((["completed", "elsewhere", "removed"] as const).some(offersAgain)).toBe(false);
});

it("calls the patient of the consultation again, else whoever is called back, and only by who has the call-back", () => {
  const call = { consultation_id: null, conversation_id: "v1" };
  const held = callbackRowSample({
    id: "b1",
    conversation_id: "v1",
    phase: "calling",
    operator: { id: "o1", name: "Petrova" },
  });
  const other = callbackRowSample({ ...held, id: "b2", conversation_id: "v2" });
  expect(againTarget({ ...call, consultation_id: "c1" }, [held], "o1")).toEqual({ consultationId: "c1" });
  expect(againTarget(call, [other, held], "o1")).toEqual({ callbackId: "b1" });
  expect(againTarget(call, [other, held], "o2")).toBeNull();
  expect(againTarget(call, [callbackRowSample({ ...held, phase: "archived" })], "o1")).toBeNull();
  expect(againTarget(call, [], "o1")).toBeNull();
});

it("finds the measures that stand out", () => {
  const good: CallQuality = {
    user_id: "@a",
    name: "Anna",
    reports: 10,
    freezes: 0,
    freeze_ms: 0,
    loss_permille: { mean: 2, worst: 90 },
    jitter_ms: { mean: 5, worst: 20 },
    round_trip_ms: { mean: 60, worst: 900 },
  };
  expect(badMeasures(good)).toEqual([]);
  expect(badMeasures({ ...good, freezes: 1, loss_permille: { mean: 50, worst: 90 } })).toEqual([
    "loss",
    "freezes",
  ]);
});
