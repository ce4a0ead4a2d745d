import type { PatientRow } from "@consilium/kit/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { patient } from "../../testing/rows.ts";
import { PatientRows, withChanges } from "./patient-rows.ts";

const told = (row: PatientRow) => ({ patient_id: row.id, patient: row });
const names = (rows: readonly PatientRow[]) => rows.map(({ name }) => name);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what was told of rows", () => {
  it("is one change for a burst, and the last word of each row", async () => {
    const rows = new PatientRows();
    const heard = vi.fn();
    rows.state.subscribe(heard);
    rows.hear(told(patient({ id: "a", name: "Anna" })));
    rows.hear(told(patient({ id: "a", name: "Anna K." })));
    rows.hear({ patient_id: "b", patient: null });
    await vi.advanceTimersByTimeAsync(100);
    expect(heard).toHaveBeenCalledOnce();
    const { changed } = rows.state.get();
    expect([changed.get("a")?.name, changed.get("b")]).toEqual(["Anna K.", null]);
  });

  it("is given up when something may have been missed", async () => {
    const rows = new PatientRows();
    rows.hear(told(patient({ id: "a" })));
    rows.begin();
    await vi.advanceTimersByTimeAsync(100);
    expect(rows.state.get()).toEqual({ epoch: 1, changed: new Map() });
  });

  it("does not grow for ever, and consoles do not load their tables all at once", async () => {
    const rows = new PatientRows(() => 0.5);
    for (let index = 0; index <= 10_000; index += 1) rows.hear(told(patient({ id: String(index) })));
    await vi.advanceTimersByTimeAsync(100);
    expect(rows.state.get().epoch).toBe(0);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(rows.state.get()).toEqual({ epoch: 1, changed: new Map() });
  });
});

describe("a table with what was told", () => {
  const loaded = [patient({ id: "a", name: "Anna" }), patient({ id: "b", name: "Boris" })];

  it("is the same one while nothing was", () => {
    expect(withChanges(loaded, new Map())).toBe(loaded);
  });

  it("has changed rows in their places, new ones behind them, and none that is gone", () => {
    const changed = new Map<string, PatientRow | null>([
      ["b", null],
      ["a", patient({ id: "a", name: "Anna K." })],
      ["c", patient({ id: "c", name: "Vera" })],
    ]);
    expect(names(withChanges(loaded, changed))).toEqual(["Anna K.", "Vera"]);
    expect(names(withChanges(loaded, changed, () => false))).toEqual(["Anna K."]);
  });

  it("has a row once, whether its page came before the word of it or after", () => {
    const vera = patient({ id: "c", name: "Vera" });
    const changed = new Map([["c", vera]]);
    expect(withChanges([...loaded, vera], changed)).toHaveLength(3);
  });
});
