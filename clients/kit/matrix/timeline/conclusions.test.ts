/** The service's notes about conclusions among the lines of a conversation. */
import { expect, it } from "vitest";
import { personOf } from "../../testing/samples.ts";
import { conclusionNotice } from "./content.ts";
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
