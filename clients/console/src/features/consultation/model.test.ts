import { describe, expect, it } from "vitest";
import { ago, lead, operator, queue, row } from "../../../testing/rows.ts";
import {
  colleagues,
  filterChoices,
  hasWhomToChoose,
  keysNotice,
  mayDismiss,
  paneOf,
  queuesToAsk,
  spanOf,
} from "./model.ts";

describe("the pane", () => {
  it("shows the words of a talk only to who takes part", () => {
    expect(paneOf(row({ id: "a" }), "o1")).toBe("queue-card");
    expect(paneOf(row({ id: "a", phase: "active", participants: [lead("o1")] }), "o1")).toBe("talk");
    expect(paneOf(row({ id: "a", phase: "on_hold", participants: [lead("o1")] }), "o1")).toBe("talk");
    expect(paneOf(row({ id: "a", phase: "active", participants: [lead("o2")] }), "o1")).toBe("elsewhere");
    expect(paneOf(row({ id: "a", phase: "archived", participants: [lead("o1")] }), "o1")).toBe("ended");
  });
});

describe("the notice about keys", () => {
  const unreadable = { unreadableCount: 3 };
  it("names the first thing that stands in the way", () => {
    expect(keysNotice({ recovery: "absent", devices: 0, snapshot: unreadable })).toBe("set-up");
    expect(keysNotice({ recovery: "locked", devices: 0, snapshot: unreadable })).toBe("unlock");
    expect(keysNotice({ recovery: "ready", devices: 0, snapshot: unreadable })).toBe("not-delivered");
    expect(keysNotice({ recovery: "ready", devices: 1, snapshot: unreadable })).toBeNull();
  });

  it("is silent when everything can be read", () => {
    expect(keysNotice({ recovery: "ready", devices: 0, snapshot: { unreadableCount: 0 } })).toBeNull();
    expect(keysNotice({ recovery: null, devices: null, snapshot: null })).toBeNull();
  });
});

describe("the span in the head", () => {
  it("runs from what the operator has to think of", () => {
    expect(spanOf(row({ id: "a" })).kind).toBe("waits");
    expect(spanOf(row({ id: "a", phase: "active", taken_at: ago(60) }))).toEqual({
      kind: "talks",
      since: ago(60),
      until: null,
    });
    expect(spanOf(row({ id: "a", phase: "on_hold", hold: { since: ago(30), until: null } }))).toEqual({
      kind: "held",
      since: ago(30),
      until: null,
    });
    expect(spanOf(row({ id: "a", phase: "archived", taken_at: ago(60), ended_at: ago(1) })).kind).toBe(
      "took",
    );
  });
});

describe("places to transfer to", () => {
  it("come with those who can answer first", () => {
    const choices = [
      { id: "1", kind: "operator", name: "Away", ready: false },
      { id: "2", kind: "operator", name: "Here", ready: true },
    ] as const;
    expect(filterChoices(choices, "").map(({ name }) => name)).toEqual(["Here", "Away"]);
    expect(filterChoices(choices, "aw").map(({ name }) => name)).toEqual(["Away"]);
  });
});

describe("a council", () => {
  const sokolov = { ...lead("o3"), role: "consultant" as const };
  const council = row({ id: "a", phase: "active", participants: [lead("o1"), sokolov] });

  it("asks in who is on duty, by name, newcomers first", () => {
    const operator = (id: string, name: string, status: "online" | "break" | "transfer_only") =>
      ({ id, name, status }) as Parameters<typeof colleagues>[0] extends Iterable<infer T> ? T : never;
    const all = [
      operator("o1", "Me", "online"),
      operator("o2", "Zorin", "online"),
      operator("o3", "Anders", "break"),
      operator("o4", "Away", "break"),
      operator("o5", "Berg", "transfer_only"),
    ];
    const found = (q: string) =>
      colleagues(all, council, "o1", q).map(({ operator: { name }, role }) => [name, role]);
    expect(found("")).toEqual([
      ["Berg", null],
      ["Zorin", null],
      ["Anders", "consultant"],
    ]);
    expect(found("zo")).toEqual([["Zorin", null]]);
  });

  it("asks in by service: how many are there of each, those with somebody first", () => {
    const all = [
      operator({ id: "o1", queues: ["general", "talks"] }),
      operator({ id: "o2", queues: ["talks"] }),
      operator({ id: "o3", queues: ["general"] }),
      operator({ id: "o4", queues: ["general"], status: "break" }),
    ];
    const queues = [queue({ id: "general" }), queue({ id: "talks" }), queue({ id: "old", retired: true })];
    const found = queuesToAsk(queues, all, council, "o1").map(({ queue: { id }, there }) => [id, there]);
    expect(found).toEqual([
      ["talks", 1],
      ["general", 0],
    ]);
  });

  it("lets the lead and supervisors send a colleague out, and himself go; nobody the lead", () => {
    expect(mayDismiss(council, sokolov, "o1", "operator")).toBe(true);
    expect(mayDismiss(council, sokolov, "o3", "operator")).toBe(true);
    expect(mayDismiss(council, sokolov, "o2", "operator")).toBe(false);
    expect(mayDismiss(council, sokolov, "o2", "supervisor")).toBe(true);
    expect(mayDismiss(council, lead("o1"), "o1", "operator")).toBe(false);
    expect(mayDismiss(row({ ...council, phase: "archived" }), sokolov, "o1", "operator")).toBe(false);
  });
});

describe("for whom it is", () => {
  it("can be corrected where there is somebody to choose, or a wrong one to take away", () => {
    const masha = { id: "m", name: "Masha", age: 7, sex: null, relationship: null };
    expect(hasWhomToChoose(null, undefined)).toBe(false);
    expect(hasWhomToChoose(null, [])).toBe(false);
    expect(hasWhomToChoose(null, [{ active: false }])).toBe(false);
    expect(hasWhomToChoose(null, [{ active: false }, { active: true }])).toBe(true);
    expect(hasWhomToChoose(masha, undefined)).toBe(true);
  });
});
