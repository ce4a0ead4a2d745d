import type { SavedView } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { operator, queue, row } from "../../testing/rows.ts";
import { loadBoard } from "./board.ts";
import type { Place } from "./route.ts";
import {
  changeOf,
  countOf,
  goneIn,
  isAltered,
  isWorthKeeping,
  queryOf,
  resolved,
  searchOf,
  viewAt,
  viewSection,
  withoutBareView,
} from "./views.ts";

function view(change: Partial<SavedView> = {}): SavedView {
  return {
    id: "v1",
    version: 1,
    name: "Late",
    section: "waiting",
    query: "queue=general&sort=patient",
    order: null,
    sharing: { with: "nobody" },
    owner: { id: "o1", name: "Petrova" },
    changed_at: "2026-11-24T12:00:00Z",
    removed: false,
    ...change,
  };
}

const place = (section: Place["section"], search: Place["search"]): Place => ({ section, id: null, search });

describe("the query of a list", () => {
  it("is what the address says of that list, and nothing else", () => {
    expect(queryOf(place("waiting", { queue: "general", sla: "breach", actor: "x", view: "v1" }))).toEqual({
      section: "waiting",
      query: "queue=general&sla=breach",
      order: null,
    });
    expect(queryOf(place("on-hold", { operator: "o1" }))?.section).toBe("on_hold");
    expect(queryOf(place("mine", { operator: "o1" }))?.query).toBe("");
    expect(queryOf(place("reports", { queue: "general" }))).toBeNull();
    expect(queryOf(place("archive", { state: "due" }))).toBeNull();
  });

  it("reads back as it was, for every list", () => {
    for (const [section, search] of [
      ["active", { q: "anna", tag: "t1", unanswered: "true", language: "ru", sort: "sla" }],
      ["callbacks", { state: "ended", outcome: "answered", sort: "-ordered" }],
      ["archive", { from: "2026-11-01", to: "2026-11-30", stars_max: "2", sort: "oldest" }],
      ["patients", { sex: "female", days: "30", sort: "-last" }],
    ] as const) {
      const query = queryOf(place(section, search));
      expect(query === null ? null : searchOf(query)).toEqual(search);
    }
  });

  it("has the names of the service, and columns beside it", () => {
    const query = queryOf(place("callbacks", { state: "waiting", due: "hour", sort: "name" }));
    expect(query).toEqual({ section: "callbacks", query: "view=waiting&due=hour", order: "name" });
    const archive = queryOf(place("archive", { to: "2026-11-30" }))?.query ?? "";
    expect(Date.parse(new URLSearchParams(archive).get("to") ?? "")).not.toBeNaN();
  });

  it("leaves out what the list passes over, and the service would refuse", () => {
    const ended = { state: "ended", due: "hour", outcome: "answered" };
    expect(queryOf(place("callbacks", ended))?.query).toBe("view=ended&outcome=answered");
    expect(queryOf(place("callbacks", { state: "mine", operator: "o2" }))?.query).toBe("view=mine");
    expect(queryOf(place("callbacks", { outcome: "answered" }))?.query).toBe("");
    expect(queryOf(place("archive", { days: "7", from: "2026-11-01" }))?.query).toBe("days=7");
  });

  it("is worth keeping when it asks for something", () => {
    expect(isWorthKeeping(queryOf(place("waiting", {})))).toBe(false);
    expect(isWorthKeeping(queryOf(place("patients", { sort: "name" })))).toBe(true);
    expect(isWorthKeeping(queryOf(place("audit", { actor: "x" })))).toBe(false);
  });
});

describe("an address", () => {
  const views = new Map([["v1", view()]]);

  it("that names a view alone follows it", () => {
    expect(resolved("waiting", { view: "v1" }, views)).toEqual({
      queue: "general",
      sort: "patient",
      view: "v1",
    });
    const altered = { view: "v1", queue: "dental" };
    expect(resolved("waiting", altered, views)).toEqual(altered);
    expect(resolved("mine", { view: "v1" }, views)).toEqual({ view: "v1" });
    expect(resolved("waiting", { view: "gone" }, views)).toEqual({ view: "gone" });
  });

  it("from which everything was taken away leaves the view", () => {
    expect(withoutBareView({ view: "v1" })).toEqual({});
    expect(withoutBareView({ view: "v1", sort: "patient" })).toEqual({ view: "v1", sort: "patient" });
  });

  it("shows whether its list is asked something else than the view says", () => {
    const open = place("waiting", { queue: "general", sort: "patient", view: "v1" });
    expect(viewAt(open, views)?.name).toBe("Late");
    expect(viewAt(place("mine", { view: "v1" }), views)).toBeNull();
    expect(isAltered(open, view())).toBe(false);
    expect(isAltered(place("waiting", { queue: "general", view: "v1" }), view())).toBe(true);
    expect(isAltered(open, view({ query: "sort=patient&queue=general" }))).toBe(false);
  });
});

describe("a view", () => {
  const board = loadBoard(
    [
      row({ id: "1", queue: { id: "general", name: "General" } }),
      row({ id: "2", queue: { id: "dental", name: "Dental" } }),
      row({ id: "3", queue: { id: "general", name: "General" }, phase: "active" }),
    ],
    [queue({ id: "general" }), queue({ id: "dental" })],
    [operator({ id: "o1" })],
  );

  it("counts what is live, and nothing else", () => {
    expect(countOf(view(), board, "o1", 0)).toBe(1);
    expect(countOf(view({ query: "" }), board, "o1", 0)).toBe(2);
    expect(countOf(view({ section: "callbacks", query: "" }), board, "o1", 0)).toBe(0);
    expect(countOf(view({ section: "callbacks", query: "view=ended" }), board, "o1", 0)).toBeNull();
    expect(countOf(view({ section: "archive", query: "days=7" }), board, "o1", 0)).toBeNull();
  });

  it("may name what is not there any more", () => {
    const tags = new Map([
      ["used", { archived: false }],
      ["old", { archived: true }],
    ]);
    expect(goneIn({ queue: "general", operator: "o1", tag: "used" }, board, tags)).toEqual([]);
    expect(goneIn({ queue: "closed", operator: "o9", tag: "old" }, board, tags)).toEqual([
      "queue",
      "operator",
      "tag",
    ]);
    expect(goneIn({ tag: "unknown" }, board, tags)).toEqual(["tag"]);
    expect(goneIn({ tag: "unknown" }, board, new Map())).toEqual([]);
  });

  it("is changed over the version that was seen", () => {
    expect(changeOf(view(), { name: "Later" })).toEqual({
      version: 1,
      name: "Later",
      section: "waiting",
      query: "queue=general&sort=patient",
      order: null,
      sharing: { with: "nobody" },
      removed: false,
    });
  });

  it("is of a list that has views", () => {
    expect(viewSection("on-hold")).toBe("on_hold");
    expect(viewSection("settings")).toBeNull();
  });
});
