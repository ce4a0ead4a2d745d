/** The service's notes about conclusions, and about whom a consultation is, among the lines of a conversation. */
import { expect, it } from "vitest";
import { personOf } from "../../testing/samples.ts";
import { absenceNotice, conclusionNotice, whomNotice } from "./content.ts";
import { timelineItems } from "./items.ts";

const note = (kind: unknown, consultation_id: unknown = "c1") => ({
  msgtype: "m.notice",
  body: "The conclusion is ready.",
  "chat.consilium.notice": { kind, consultation_id },
});

it("reads the service's note about a conclusion and nothing else", () => {
  expect(conclusionNotice(note("conclusion_ready"))).toEqual({ consultationId: "c1", step: "ready" });
  expect(conclusionNotice(note("conclusion_amended"))).toEqual({ consultationId: "c1", step: "amended" });
  expect(conclusionNotice(note("taken"))).toBeNull();
  expect(conclusionNotice(note("conclusion_ready", 7))).toBeNull();
  expect(conclusionNotice({ msgtype: "m.notice", body: "hello" })).toBeNull();
});

it("draws it as a line of its own", () => {
  const at = Date.UTC(2026, 10, 25, 12, 0);
  const items = timelineItems({
    me: "@anna:x",
    events: [{ kind: "conclusion", eventId: "$c", consultationId: "c1", step: "ready", at }],
    outbox: [],
    person: personOf,
    readUpTo: new Map(),
    unreadAfter: null,
    online: true,
  });
  expect(items.map(({ kind }) => kind)).toEqual(["day", "conclusion"]);
});

it("draws that it was corrected whom a consultation is about, and reads no other notice as that", () => {
  expect(whomNotice(note("person_corrected"))).toEqual({ consultationId: "c1" });
  expect([whomNotice(note("taken")), whomNotice(note("person_corrected", 7))]).toEqual([null, null]);
  const items = timelineItems({
    me: "@anna:x",
    events: [{ kind: "whom", eventId: "$w", consultationId: "c1", at: Date.UTC(2026, 10, 25, 12, 0) }],
    outbox: [],
    person: personOf,
    readUpTo: new Map(),
    unreadAfter: null,
    online: true,
  });
  expect(items.map(({ kind }) => kind)).toEqual(["day", "whom"]);
});

it("says that somebody is gone, and reads no other notice as that", () => {
  for (const of of ["returned", "still_there", "closed_silent"] as const) {
    expect(absenceNotice(note(of))).toEqual({ consultationId: "c1", of });
  }
  expect([absenceNotice(note("taken")), absenceNotice(note("returned", 7))]).toEqual([null, null]);
  const items = timelineItems({
    me: "@anna:x",
    events: [
      {
        kind: "absence",
        eventId: "$a",
        consultationId: "c1",
        of: "returned",
        at: Date.UTC(2026, 10, 25, 12, 0),
      },
    ],
    outbox: [],
    person: personOf,
    readUpTo: new Map(),
    unreadAfter: null,
    online: true,
  });
  expect(items.map(({ kind }) => kind)).toEqual(["day", "absence"]);
});
