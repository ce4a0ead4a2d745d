import { describe, expect, it } from "vitest";
import { figures } from "../../../testing/figures.ts";
import { EN as en, RU as ru } from "../../../testing/words.ts";
import { behindId } from "../../live/behind.ts";
import { BEHIND, behindOf, choiceOf, counterpart, isDays, isOfConsultations, queryOf } from "./model.ts";

const TODAY = "2026-11-28";

describe("the address", () => {
  it("that says nothing asks for the last thirty days, day by day, with those before", () => {
    expect(choiceOf({}, TODAY)).toMatchObject({
      period: "last-30-days",
      days: { from: "2026-10-30", to: TODAY },
      group: "day",
      figure: "entered",
      compares: true,
    });
  });

  it("that makes no sense is read as if it said nothing", () => {
    const choice = choiceOf({ period: "ever", group: "colour", figure: "toString", compare: "on" }, TODAY);
    expect(choice).toMatchObject({ period: "last-30-days", group: "day", figure: "entered", compares: true });
  });

  it("tells what is wrong with typed days", () => {
    const days = (from?: string, to?: string) =>
      choiceOf({ period: "custom", ...(from && { from }), ...(to && { to }) }, TODAY).days;
    expect(days("2026-02-01", "2026-02-28")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(days("2026-02-01")).toBe("unfinished");
    expect(days("2026-02-01", "2026-02-30")).toBe("unfinished");
    expect(days("2026-02-02", "2026-02-01")).toBe("backwards");
    expect(days("2024-01-01", "2024-12-31")).toEqual({ from: "2024-01-01", to: "2024-12-31" });
    expect(days("2025-01-01", "2026-01-02")).toBe("too-long");
  });

  it("becomes a question with only the filters that are set", () => {
    const choice = choiceOf({ period: "today", group: "queue", queue: "therapist" }, TODAY);
    if (!isDays(choice.days)) throw new Error("no days");
    expect(queryOf(choice, choice.days)).toEqual({
      from: TODAY,
      to: TODAY,
      group: "queue",
      queue: "therapist",
    });
  });
});

describe("what is behind a number", () => {
  it("is named in the address, row or whole", () => {
    for (const behind of [
      { figure: "closed", key: null },
      { figure: "entered", key: "2026-11-28" },
      { figure: "transferred", key: "" },
      { figure: "reopened", key: "a~b" },
    ] as const)
      expect(behindOf(behindId(behind))).toEqual(behind);
    expect(behindOf("occupancy")).toBeNull();
  });

  it("has a name in both languages", () => {
    for (const figure of BEHIND)
      for (const words of [en, ru]) expect(words.reports.behind[figure]).not.toBe("");
  });

  it("is of consultations, or of calls and call-backs", () => {
    expect(BEHIND.filter((figure) => !isOfConsultations(figure))).toEqual([
      "calls",
      "calls_completed",
      "calls_measured",
      "calls_poor",
      "callbacks_due",
      "callbacks_on_time",
      "callbacks_late",
    ]);
  });
});

describe("a row of the period before", () => {
  const rows = ["2026-10-01", "2026-10-02"].map((key) => ({ key, name: null, figures: figures() }));

  it("is the day at the same place, the same hour, queue or operator, and no week", () => {
    expect(counterpart(rows, { group: "day", index: 1, key: "2026-11-02" })?.key).toBe("2026-10-02");
    expect(counterpart(rows, { group: "queue", index: 0, key: "2026-10-02" })?.key).toBe("2026-10-02");
    expect(counterpart(rows, { group: "operator", index: 0, key: "o9" })).toBeUndefined();
    expect(counterpart(rows, { group: "week", index: 0, key: "2026-W40" })).toBeUndefined();
  });
});
