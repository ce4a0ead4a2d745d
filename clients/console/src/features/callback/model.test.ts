import { callbackRowSample } from "@consilium/kit/testing";
import { describe, expect, it } from "vitest";
import { dueWords, endedQuery, filterOf, isFiltered, openRows, spanOf, stateKey, telLink } from "./model.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const later = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const me = { id: "o1", name: "Petrova" };
const ROWS = [
  callbackRowSample({ id: "new", due_at: later(40), phone: "+79123456789" }),
  callbackRowSample({ id: "late", due_at: later(-20), overdue: true, overdue_since: later(-20) }),
  callbackRowSample({ id: "mine", phase: "taken", operator: me, due_at: later(300) }),
  callbackRowSample({
    id: "theirs",
    phase: "calling",
    operator: { id: "o2", name: "Sokolov" },
    due_at: later(5),
  }),
  callbackRowSample({
    id: "again",
    phase: "no_answer",
    operator: me,
    again_at: later(30),
    due_at: later(90),
  }),
  callbackRowSample({ id: "done", phase: "archived", ending: "done", outcome: "answered", operator: me }),
];
const ids = (search: Parameters<typeof filterOf>[0]) =>
  openRows(ROWS, filterOf(search), "o1", NOW).map(({ id }) => id);

describe("the list", () => {
  it("shows what is open, and by state", () => {
    expect(ids({})).toEqual(["new", "late", "mine", "theirs", "again"]);
    expect(ids({ state: "waiting" })).toEqual(["new", "late", "again"]);
    expect(ids({ state: "mine" })).toEqual(["mine"]);
    expect(ids({ state: "taken" })).toEqual(["mine", "theirs"]);
  });

  it("finds by when it is due, and by number", () => {
    expect(ids({ due: "overdue" })).toEqual(["late"]);
    expect(ids({ due: "hour" })).toEqual(["new", "late", "theirs"]);
    expect(ids({ q: "912 345" })).toContain("new");
    expect(ids({ q: "kuznets" })).toHaveLength(5);
    expect(ids({ q: "nobody" })).toEqual([]);
  });

  it("finds by who has one, and by how it was ordered", () => {
    expect(ids({ operator: "o2" })).toEqual(["theirs"]);
    expect(ids({ state: "mine", operator: "o2" })).toEqual(["mine"]);
    expect(ids({ source: "form" })).toEqual([]);
    expect(ids({ source: "app" })).toHaveLength(5);
    expect(filterOf({ outcome: "answered" }).outcome).toBeNull();
    const ended = endedQuery(filterOf({ state: "ended", outcome: "answered", source: "form" }), undefined);
    expect(ended).toEqual({ view: "ended", sort: "newest", outcome: "answered", source: "form" });
  });

  it("asks the service for what has ended", () => {
    const filter = filterOf({ state: "ended", due: "overdue", queue: "q1" });
    expect(filter.due).toBeNull();
    expect(isFiltered(filterOf({}))).toBe(false);
    expect(endedQuery(filter, "-ordered")).toEqual({ view: "ended", queue: "q1", sort: "newest" });
    expect(endedQuery(filter, "ordered").sort).toBe("oldest");
  });
});

describe("what is due", () => {
  const words = (id: string) =>
    dueWords(ROWS.find((row) => row.id === id) ?? callbackRowSample({ id: "none" }), NOW);

  it("is said in words", () => {
    expect(words("late")).toEqual({ kind: "late", sinceMs: 20 * 60_000 });
    expect(words("theirs")).toEqual({ kind: "soon", inMs: 5 * 60_000 });
    expect(words("again")).toEqual({ kind: "from", at: later(30) });
    expect(words("mine")).toEqual({ kind: "by", at: later(300) });
    expect(words("done")).toEqual({ kind: "ended" });
  });

  it("is late as soon as the time is over, before the service says so", () => {
    const row = callbackRowSample({ due_at: later(-1), overdue: false });
    expect(dueWords(row, NOW).kind).toBe("late");
  });

  it("has a span of one unit", () => {
    expect(spanOf(30_000)).toEqual({ unit: "minutes", count: 1 });
    expect(spanOf(90 * 60_000)).toEqual({ unit: "hours", count: 1 });
    expect(spanOf(72 * 3_600_000)).toEqual({ unit: "days", count: 3 });
  });
});

it("says how one ended", () => {
  expect(stateKey(callbackRowSample({ phase: "archived", ending: "cancelled" }))).toBe(
    "callbacks.ending.cancelled",
  );
  expect(stateKey(callbackRowSample({ phase: "archived", ending: "done", outcome: "wrong_number" }))).toBe(
    "callbacks.outcome.wrong_number",
  );
  expect(stateKey(callbackRowSample({ phase: "no_answer" }))).toBe("callbacks.phase.no_answer");
});

it("calls a number without its spaces", () => {
  expect(telLink("+7 912 345-67-89")).toBe("tel:+79123456789");
});
