/** Calls among the lines of a conversation: read from the service's notes, placed, and folded with their consultation. */
import { expect, it } from "vitest";
import { personOf, textEvent } from "../../testing/samples.ts";
import { callNotice } from "./content.ts";
import { foldClosed } from "./fold.ts";
import { type EventView, timelineItems } from "./items.ts";

const NOTICE = {
  msgtype: "m.notice",
  body: "Call ended: 3 min 20 s.",
  "chat.consilium.notice": {
    kind: "call",
    call_id: "call-1",
    consultation_id: "c1",
    call: "video",
    caller: "patient",
    outcome: "completed",
    seconds: 200,
  },
};

it("reads the service's note about a call", () => {
  expect(callNotice(NOTICE)).toEqual({
    callId: "call-1",
    consultationId: "c1",
    call: "video",
    callerSide: "patient",
    outcome: "completed",
    seconds: 200,
  });
});

it("draws nothing that it does not understand", () => {
  const with_ = (part: object) => ({
    "chat.consilium.notice": { ...NOTICE["chat.consilium.notice"], ...part },
  });
  expect(callNotice({ msgtype: "m.notice", body: "hello" })).toBeNull();
  expect(callNotice(with_({ kind: "taken" }))).toBeNull();
  expect(callNotice(with_({ outcome: "exploded" }))).toBeNull();
  expect(callNotice(with_({ call_id: 7 }))).toBeNull();
  expect(callNotice(with_({ consultation_id: null, seconds: -1 }))).toMatchObject({
    consultationId: null,
    seconds: 0,
  });
});

const call = (id: string, at: number): EventView => ({
  kind: "call",
  eventId: `$${id}`,
  callId: id,
  consultationId: "c1",
  call: "audio",
  callerSide: "staff",
  outcome: "missed",
  seconds: 0,
  at,
});
const items = (events: readonly EventView[]) =>
  timelineItems({
    me: "@anna:x",
    events,
    outbox: [],
    person: personOf,
    readUpTo: new Map(),
    unreadAfter: null,
    online: true,
  });
const latest = (events: readonly EventView[]) =>
  items(events).flatMap((item) => (item.kind === "call" && item.isLatest ? [item.callId] : []));

it("marks the last call until the person has answered it in words", () => {
  const at = Date.UTC(2026, 10, 25, 12, 0);
  const calls = [call("a", at), call("b", at + 1_000)];
  expect(latest(calls)).toEqual(["b"]);
  expect(latest([...calls, textEvent("reply", "@petrova:x", at + 2_000)])).toEqual(["b"]);
  expect(latest([...calls, textEvent("answer", "@anna:x", at + 2_000)])).toEqual([]);
});

it("a call begins a day, parts a run of messages, and folds away with its consultation", () => {
  const at = Date.UTC(2026, 10, 25, 12, 0);
  const phase = (id: string, to: "queued" | "archived", when: number): EventView => ({
    kind: "consultation",
    eventId: `$${id}`,
    at: when,
    consultationId: "c1",
    phase: to,
    participants: [],
  });
  const drawn = items([
    call("a", at),
    textEvent("1", "@petrova:x", at + 1_000),
    call("b", at + 2_000),
    textEvent("2", "@petrova:x", at + 3_000),
  ]);
  expect(drawn.map(({ kind }) => kind)).toEqual(["day", "call", "message", "call", "message"]);
  expect(drawn[4]).toMatchObject({ startsRun: true });
  const folded = foldClosed(
    items([
      phase("q", "queued", at),
      call("a", at + 1_000),
      phase("e", "archived", at + 2_000),
      textEvent("3", "@anna:x", at + 3_000),
    ]),
    new Set(),
    true,
  );
  expect(folded.map(({ kind }) => kind)).not.toContain("call");
});
