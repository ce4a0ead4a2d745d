/** Call-backs among the lines of a conversation: read from the service's notes and placed. */
import { expect, it } from "vitest";
import { personOf, textEvent } from "../../testing/samples.ts";
import { callbackNotice } from "./content.ts";
import { timelineItems } from "./items.ts";

const note = (part: object = {}) => ({
  msgtype: "m.notice",
  body: "Your call-back is ordered.",
  "chat.consilium.notice": {
    kind: "callback",
    callback_id: "b1",
    step: "ordered",
    window: { start: "2026-11-28T12:00:00Z", end: "2026-11-28T14:00:00Z" },
    time_zone: "Europe/Moscow",
    ...part,
  },
});

it("reads the service's note about a call-back", () => {
  expect(callbackNotice(note())).toEqual({
    callbackId: "b1",
    step: "ordered",
    window: { start: Date.UTC(2026, 10, 28, 12), end: Date.UTC(2026, 10, 28, 14) },
    timeZone: "Europe/Moscow",
  });
  expect(callbackNotice(note({ window: null }))).toMatchObject({ window: null });
  expect(callbackNotice(note({ window: { start: 1, end: 2 } }))).toMatchObject({
    window: { start: 1, end: 2 },
  });
});

it("draws nothing that it does not understand", () => {
  expect(callbackNotice(note({ kind: "call" }))).toBeNull();
  expect(callbackNotice(note({ step: "exploded" }))).toBeNull();
  expect(callbackNotice(note({ callback_id: 7 }))).toBeNull();
  expect(callbackNotice(note({ window: { start: "soon", end: null } }))).toMatchObject({ window: null });
  expect(callbackNotice({ msgtype: "m.notice", body: "hello" })).toBeNull();
});

it("stands among the messages, begins a day, and parts a run", () => {
  const at = Date.UTC(2026, 10, 25, 12, 0);
  const items = timelineItems({
    me: "@anna:x",
    events: [
      { kind: "callback", eventId: "$b", callbackId: "b1", step: "taken", window: null, timeZone: "UTC", at },
      textEvent("1", "@petrova:x", at + 1_000),
    ],
    outbox: [],
    person: personOf,
    readUpTo: new Map(),
    unreadAfter: null,
    online: true,
  });
  expect(items.map(({ kind }) => kind)).toEqual(["day", "callback", "message"]);
  expect(items[1]).toMatchObject({ key: "$b", step: "taken" });
});
