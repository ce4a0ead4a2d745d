import { describe, expect, it } from "vitest";
import { everything, NOTHING_CHOSEN, ROWS_MAX, reached, toggled, within, without } from "./selection.ts";

const ORDER = ["a", "b", "c", "d"];
const MANY = Array.from({ length: ROWS_MAX + 5 }, (_, index) => `row-${index}`);

const chosen = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].sort();

describe("rows that are chosen", () => {
  it("come and go by one press each", () => {
    const one = toggled(NOTHING_CHOSEN, "b");
    expect(chosen(toggled(one, "d"))).toEqual(["b", "d"]);
    expect(chosen(toggled(one, "b"))).toEqual([]);
  });

  it("are reached with Shift in both directions, and what was chosen stays", () => {
    const b = toggled(toggled(NOTHING_CHOSEN, "d"), "b");
    expect(chosen(reached(b, ORDER, "a"))).toEqual(["a", "b", "d"]);
    expect(chosen(reached(toggled(NOTHING_CHOSEN, "a"), ORDER, "c"))).toEqual(["a", "b", "c"]);
    expect(chosen(reached(NOTHING_CHOSEN, ORDER, "c"))).toEqual(["c"]);
    expect(chosen(reached({ ids: new Set(), anchor: "gone" }, ORDER, "c"))).toEqual(["c"]);
  });

  it("are at most as many as one request takes", () => {
    const all = everything(MANY);
    expect(all.ids.size).toBe(ROWS_MAX);
    expect(toggled(all, "one-more").ids.size).toBe(ROWS_MAX);
    expect(reached(toggled(NOTHING_CHOSEN, "row-0"), MANY, `row-${ROWS_MAX + 4}`).ids.size).toBe(ROWS_MAX);
  });

  it("are those of the list alone, and those that are not done yet", () => {
    const all = everything(ORDER);
    expect(within(all, ORDER)).toBe(all);
    expect(chosen(within(all, ["b", "c"]))).toEqual(["b", "c"]);
    expect(chosen(without(all, ["a", "d"]))).toEqual(["b", "c"]);
  });
});
