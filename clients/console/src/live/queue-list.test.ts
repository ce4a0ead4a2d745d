import { describe, expect, it } from "vitest";
import { ago, lead, row } from "../../testing/rows.ts";
import {
  countRows,
  isFiltered,
  listRows,
  NO_FILTER,
  NOTHING_SHOWN,
  neighbour,
  settle,
} from "./queue-list.ts";

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

describe("the waiting list", () => {
  const rows = [
    row({ id: "a", requested_at: ago(100) }),
    row({ id: "b", requested_at: ago(500) }),
    row({ id: "urgent", requested_at: ago(10), priority: 1 }),
    row({ id: "taken", phase: "active", participants: [lead("o1")] }),
  ];

  it("puts raised priority first, then who waits longest", () => {
    expect(ids(listRows(rows, "waiting", NO_FILTER, "o1"))).toEqual(["urgent", "b", "a"]);
  });

  it("sorts by request and by name", () => {
    expect(ids(listRows(rows, "waiting", { ...NO_FILTER, sort: "newest" }, "o1"))).toEqual([
      "urgent",
      "a",
      "b",
    ]);
    const named = ["Яна", "Ёлкин", "Егоров", "Anna"].map((name, index) =>
      row({ id: String(index), patient: { id: name, name, age: null, sex: null } }),
    );
    const names = listRows(named, "waiting", { ...NO_FILTER, sort: "patient" }, "o1").map(
      ({ patient }) => patient.name,
    );
    expect(names.indexOf("Егоров")).toBeLessThan(names.indexOf("Ёлкин"));
    expect(names.indexOf("Ёлкин")).toBeLessThan(names.indexOf("Яна"));
  });

  it("searches by the patient's name without regard to case or ё", () => {
    const semyonov = row({ id: "s", patient: { id: "s", name: "Семёнов", age: null, sex: null } });
    expect(ids(listRows([...rows, semyonov], "waiting", { ...NO_FILTER, q: "семенов" }, null))).toEqual([
      "s",
    ]);
  });

  it("filters by what was chosen in a field", () => {
    const again = row({ id: "again", chosen_fields: ["seen:yes", "occasion:again"] });
    const field = "occasion:again";
    expect(ids(listRows([...rows, again], "waiting", { ...NO_FILTER, field }, null))).toEqual(["again"]);
    expect([isFiltered({ ...NO_FILTER, field }), isFiltered(NO_FILTER)]).toEqual([true, false]);
  });

  it("filters by queue", () => {
    const lawyer = row({ id: "l", queue: { id: "lawyer", name: "Lawyer" } });
    expect(ids(listRows([...rows, lawyer], "waiting", { ...NO_FILTER, queue: "lawyer" }, null))).toEqual([
      "l",
    ]);
  });
});

describe("what presses", () => {
  const promise = (level: "kept" | "warning" | "breach", dueAt: string) =>
    ({ target: "wait", level, due_at: dueAt }) as const;
  const rows = [
    row({ id: "calm" }),
    row({ id: "soon", sla: promise("kept", ago(-60)), priority: 1, language: "ru" }),
    row({ id: "late", sla: promise("breach", ago(60)), red_flag: true, priority: 10 }),
    row({ id: "warned", sla: promise("warning", ago(-30)), unanswered_since: ago(20) }),
  ];
  const found = (filter: Partial<typeof NO_FILTER>) =>
    ids(listRows(rows, "waiting", { ...NO_FILTER, sort: "oldest", ...filter }, null)).sort();

  it("is what the list is narrowed by", () => {
    expect(found({ urgent: true })).toEqual(["late", "soon"]);
    expect(found({ redFlag: true })).toEqual(["late"]);
    expect(found({ sla: "warning" })).toEqual(["warned"]);
    expect(found({ unanswered: true })).toEqual(["warned"]);
    expect(found({ unanswered: false, language: "ru" })).toEqual(["soon"]);
    expect(isFiltered({ ...NO_FILTER, unanswered: false })).toBe(true);
    expect(isFiltered(NO_FILTER)).toBe(false);
  });

  it("is what it is sorted by: broken promises, then the nearest deadline", () => {
    expect(ids(listRows(rows, "waiting", { ...NO_FILTER, sort: "sla" }, null))).toEqual([
      "late",
      "warned",
      "soon",
      "calm",
    ]);
  });

  it("is counted without being sorted", () => {
    expect(countRows(rows, "waiting", { ...NO_FILTER, urgent: true }, null)).toBe(2);
    expect(countRows(rows, "mine", NO_FILTER, "o1")).toBe(0);
  });
});

describe("my list", () => {
  it("has only talks in which I take part, those who wait for an answer first", () => {
    const rows = [
      row({ id: "quiet", phase: "active", participants: [lead("o1")], last_message_at: ago(20) }),
      row({
        id: "asks",
        phase: "active",
        participants: [lead("o1")],
        unanswered_since: ago(90),
        last_message_at: ago(60),
      }),
      row({ id: "held", phase: "on_hold", participants: [lead("o1")], last_message_at: ago(900) }),
      row({ id: "other", phase: "active", participants: [lead("o2")] }),
    ];
    expect(ids(listRows(rows, "mine", NO_FILTER, "o1"))).toEqual(["asks", "quiet", "held"]);
  });
});

describe("the order on the screen", () => {
  it("follows the true order while nobody points at it", () => {
    expect(settle({ ...NOTHING_SHOWN, ids: ["a", "b"] }, ["c", "a"], "free")).toEqual({
      ids: ["c", "a"],
      announced: [],
      gone: new Set(),
    });
  });

  it("keeps every row in place under the pointer, announces the new and marks the gone", () => {
    const next = settle({ ...NOTHING_SHOWN, ids: ["a", "b"] }, ["new", "b"], "held");
    expect(next.ids).toEqual(["a", "b"]);
    expect(next.announced).toEqual(["new"]);
    expect([...next.gone]).toEqual(["a"]);
  });

  it("lets rows in at the end even then, because they move nothing", () => {
    expect(settle({ ...NOTHING_SHOWN, ids: ["a", "b"] }, ["a", "b", "c"], "held")).toEqual({
      ids: ["a", "b", "c"],
      announced: [],
      gone: new Set(),
    });
  });
});

describe("a step in the list", () => {
  it("begins at the near end and stops at the far one", () => {
    expect(neighbour(["a", "b"], null, 1)).toBe("a");
    expect(neighbour(["a", "b"], null, -1)).toBe("b");
    expect(neighbour(["a", "b"], "b", 1)).toBe("b");
    expect(neighbour(["a", "b"], "b", -1)).toBe("a");
    expect(neighbour([], "b", 1)).toBeNull();
  });
});
