import { expect, it } from "vitest";
import { ANNA, KEEPER, outboxView, PETROVA, personOf, textEvent } from "../../testing/samples.ts";
import type { ConsultationItem, MessageItem, TimelineItem } from "../types.ts";
import { changeOf, deliveryOf, type TimelineInput, timelineItems, withDaysAndRuns } from "./items.ts";

const MINUTE = 60_000;
const NOON = new Date(2026, 10, 25, 12).getTime();

function items(part: Partial<TimelineInput>): TimelineItem[] {
  return timelineItems({
    me: ANNA.userId,
    events: [],
    outbox: [],
    person: personOf,
    readUpTo: new Map(),
    unreadAfter: null,
    online: true,
    ...part,
  });
}

const messages = (list: readonly TimelineItem[]) =>
  list.filter((item): item is MessageItem => item.kind === "message");
const state = (item: MessageItem | undefined) => item?.delivery?.state;

it("groups what one person says within five minutes and begins a new day once", () => {
  const list = items({
    events: [
      textEvent("a", PETROVA.userId, NOON - 24 * 60 * MINUTE),
      textEvent("b", PETROVA.userId, NOON),
      textEvent("c", PETROVA.userId, NOON + 4 * MINUTE),
      textEvent("d", PETROVA.userId, NOON + 20 * MINUTE),
    ],
  });
  expect(list.map((item) => item.kind)).toEqual(["day", "message", "day", "message", "message", "message"]);
  expect(messages(list).map((item) => [item.startsRun, item.endsRun])).toEqual([
    [true, true],
    [true, false],
    [false, true],
    [true, true],
  ]);
});

it("never begins a day twice when a clock is behind", () => {
  const list = items({
    events: [
      textEvent("a", PETROVA.userId, NOON),
      textEvent("b", ANNA.userId, NOON - 24 * 60 * MINUTE),
      textEvent("c", PETROVA.userId, NOON),
    ],
  });
  expect(list.filter((item) => item.kind === "day")).toHaveLength(1);
});

it("tells how far a message got", () => {
  expect(deliveryOf(outboxView("t"), false)).toEqual({ state: "queued" });
  expect(deliveryOf(outboxView("t", {}, { active: true }), true)).toEqual({
    state: "sending",
    progress: null,
  });
  expect(deliveryOf(outboxView("t", {}, { sentAs: "$1" }), true)).toEqual({ state: "sent" });
  expect(deliveryOf(outboxView("t", { failure: "too-large" }), true)).toEqual({
    state: "failed",
    why: "too-large",
  });
});

it("reads the receipts of people, not of the keeper", () => {
  const events = [textEvent("a", ANNA.userId, NOON), textEvent("b", ANNA.userId, NOON + MINUTE)];
  const read = items({
    events,
    readUpTo: new Map([
      [PETROVA.userId, "$a"],
      [KEEPER.userId, "$b"],
    ]),
  });
  expect(messages(read).map(state)).toEqual(["read", "delivered"]);
});

it("shows a message from the outbox until its event stands in the timeline, under the same key", () => {
  const waiting = items({ outbox: [outboxView("t1", {}, { sentAs: "$a" })] });
  expect(messages(waiting).map((item) => [item.key, state(item)])).toEqual([["t1", "sent"]]);
  const arrived = items({
    events: [textEvent("a", ANNA.userId, NOON, { txnId: "t1" })],
    outbox: [outboxView("t1", {}, { sentAs: "$a" })],
  });
  expect(messages(arrived).map((item) => [item.key, item.eventId])).toEqual([["t1", "$a"]]);
  const other = items({
    events: [textEvent("a", ANNA.userId, NOON)],
    outbox: [outboxView("t1", {}, { sentAs: "$a" })],
  });
  expect(messages(other)).toHaveLength(1);
});

it("shows a change or a removal before the server has it, and lets a failed one be sent again", () => {
  const events = [textEvent("a", ANNA.userId, NOON)];
  const edit = (part: object) =>
    messages(
      items({
        events,
        outbox: [outboxView("t", { work: { kind: "edit", target: "$a", text: "better" }, ...part })],
      }),
    )[0];
  expect(edit({})).toMatchObject({
    body: { text: "better" },
    edited: true,
    delivery: { state: "sending" },
    key: "$a",
  });
  expect(edit({ failure: "unexpected" })).toMatchObject({ key: "t", delivery: { state: "failed" } });
  const gone = items({ events, outbox: [outboxView("t", { work: { kind: "redact", target: "$a" } })] });
  expect(messages(gone)[0]?.body).toEqual({ type: "redacted" });
});

it("quotes what is answered, and says so when it is not loaded", () => {
  const list = messages(
    items({
      events: [
        textEvent("a", PETROVA.userId, NOON),
        textEvent("b", ANNA.userId, NOON, { replyTo: "$a" }),
        textEvent("c", ANNA.userId, NOON, { replyTo: "$z" }),
      ],
    }),
  );
  expect(list[1]?.reply).toMatchObject({ text: "a", sender: { name: "Irina Petrova" } });
  expect(list[2]?.reply).toMatchObject({ eventId: "$z", sender: null });
  const quoted = new Map([["$z", textEvent("z", PETROVA.userId, NOON)]]);
  const fetched = messages(items({ events: [textEvent("c", ANNA.userId, NOON, { replyTo: "$z" })], quoted }));
  expect(fetched[0]?.reply).toMatchObject({ text: "z", sender: { name: "Irina Petrova" } });
});

it("marks where the new ones begin, only before somebody else's", () => {
  const events = [textEvent("a", ANNA.userId, NOON), textEvent("b", PETROVA.userId, NOON)];
  expect(items({ events, unreadAfter: "$a" }).map((item) => item.kind)).toEqual([
    "day",
    "message",
    "unread",
    "message",
  ]);
  expect(
    items({ events: [...events, textEvent("c", ANNA.userId, NOON)], unreadAfter: "$b" }).some(
      (item) => item.kind === "unread",
    ),
  ).toBe(false);
});

it("puts the line of a phase where the phase began, though the room was told later", () => {
  const requested = {
    kind: "consultation",
    eventId: "$s",
    at: NOON + MINUTE,
    sentAt: NOON + 3 * MINUTE,
    consultationId: "c",
    phase: "queued",
    participants: [],
  } as const;
  const list = items({
    events: [
      textEvent("before", ANNA.userId, NOON),
      textEvent("question", ANNA.userId, NOON + 2 * MINUTE),
      requested,
      textEvent("more", ANNA.userId, NOON + 4 * MINUTE),
    ],
  });
  expect(list.map((item) => item.key)).toEqual([
    `day:${new Date(NOON).setHours(0, 0, 0, 0)}`,
    "$before",
    "$s",
    "$question",
    "$more",
  ]);
});

it("tells what became of a consultation, and nothing when nothing changed", () => {
  const at = (phase: ConsultationItem["phase"], participants: string[] = []) => ({ phase, participants });
  expect(changeOf(at("queued"), null)).toBe("requested");
  expect(changeOf(at("active", ["@petrova:x"]), at("queued"))).toBe("taken");
  expect(changeOf(at("active", ["@petrova:x", "@s:x"]), at("active", ["@petrova:x"]))).toBe("joined");
  expect(changeOf(at("on_hold", ["@petrova:x", "@s:x"]), at("on_hold", ["@petrova:x"]))).toBe("joined");
  expect(changeOf(at("active", ["@petrova:x"]), at("active", ["@petrova:x", "@s:x"]))).toBe("left");
  expect(changeOf(at("active", ["@s:x"]), at("active", ["@petrova:x", "@s:x"]))).toBe("taken");
  expect(changeOf(at("on_hold", ["@v:x"]), at("on_hold", ["@petrova:x"]))).toBe("taken");
  expect(changeOf(at("on_hold", ["@petrova:x"]), at("active", ["@petrova:x"]))).toBe("held");
  expect(changeOf(at("active", ["@petrova:x"]), at("on_hold", ["@petrova:x"]))).toBe("resumed");
  expect(changeOf(at("queued"), at("active", ["@petrova:x"]))).toBe("requeued");
  expect(changeOf(at("queued"), at("archived"))).toBe("requested");
  expect(changeOf(at("archived"), at("active", ["@petrova:x"]))).toBe("archived");
  expect(changeOf(at("active", ["@petrova:x"]), at("active", ["@petrova:x"]))).toBeNull();
});

it("names who came and who went, and when", () => {
  const phase = (id: string, to: ConsultationItem["phase"], participants: string[], sentAt = NOON) =>
    ({
      kind: "consultation",
      eventId: id,
      at: NOON,
      sentAt,
      consultationId: "c",
      phase: to,
      participants,
    }) as const;
  const list = items({
    events: [
      phase("$1", "queued", []),
      phase("$2", "active", [PETROVA.userId]),
      phase("$3", "active", [PETROVA.userId]),
      phase("$4", "active", [PETROVA.userId, ANNA.userId], NOON + 60_000),
      phase("$5", "active", [PETROVA.userId], NOON + 120_000),
    ],
  });
  const consultations = list.filter((item): item is ConsultationItem => item.kind === "consultation");
  expect(consultations.map((item) => [item.change, item.people.map(({ name }) => name), item.at])).toEqual([
    ["requested", [], NOON],
    ["taken", ["Irina Petrova"], NOON],
    ["joined", [ANNA.name], NOON + 60_000],
    ["left", [ANNA.name], NOON + 120_000],
  ]);
});

/** How often the events are looked at while so many are laid out: no clock, so that a busy machine says the same. */
function looksAt(count: number): number {
  let looks = 0;
  const all = Array.from({ length: count }, (_, n) =>
    textEvent(`${n}`, n % 3 === 0 ? ANNA.userId : PETROVA.userId, NOON + n * 1_000),
  );
  const events = new Proxy(all, {
    get(target, name, receiver) {
      if (typeof name === "string" && /^\d+$/.test(name)) looks += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  const list = items({ events, readUpTo: new Map([[PETROVA.userId, `$${count - 1_000}`]]) });
  expect(list.length).toBeGreaterThan(count);
  expect(withDaysAndRuns(list)).toHaveLength(list.length);
  return looks;
}

it("lays out ten thousand messages with ten times the work of a thousand", () => {
  const few = looksAt(1_000);
  expect(few).toBeGreaterThanOrEqual(1_000);
  expect(looksAt(10_000)).toBeLessThan(few * 11);
});

it("shows signs under what is there, and lets them be put under what is going on", () => {
  const consultation = (id: string, phase: "archived" | "active", at: number) =>
    ({
      kind: "consultation",
      eventId: `$${id}`,
      at,
      consultationId: "c",
      phase,
      participants: [],
    }) as const;
  const events = [
    textEvent("before", PETROVA.userId, NOON),
    consultation("end", "archived", NOON + MINUTE),
    textEvent("now", PETROVA.userId, NOON + 2 * MINUTE),
    textEvent("gone", PETROVA.userId, NOON + 3 * MINUTE, { body: { type: "redacted" } }),
  ];
  const sign = (target: string) =>
    ({ eventId: `$of${target}`, txnId: null, target, sign: "👍", senderId: ANNA.userId }) as const;
  const list = messages(items({ events, reactions: ["$before", "$now", "$gone"].map(sign) }));
  expect(list.map(({ eventId, canReact }) => [eventId, canReact])).toEqual([
    ["$before", false],
    ["$now", true],
    ["$gone", false],
  ]);
  expect(list.map(({ reactions }) => reactions.length)).toEqual([1, 1, 0]);
});
