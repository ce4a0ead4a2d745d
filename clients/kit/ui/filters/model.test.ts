/** Filters as data: what is on, what a chip says, what takes one and all of them away. */
import { expect, it } from "vitest";
import { type ChoiceFilter, changeOf, changeWithout, type DayFilter, isOn, wordsOf } from "./model.ts";

const service: ChoiceFilter = {
  kind: "choice",
  field: "queue",
  label: "Service",
  value: "surgeon",
  options: [{ value: "surgeon", label: "Surgeon" }],
};
const days: ChoiceFilter = {
  kind: "choice",
  field: "days",
  label: "Period",
  value: null,
  options: [],
  changes: (chosen) => ({ days: chosen, from: null }),
};
const from: DayFilter = { kind: "day", field: "from", label: "From", value: "2026-11-02" };
const day = (on: string) => `the ${on}`;

it("is on with a value, and never where one has to be chosen", () => {
  expect([service, days, from].map(isOn)).toEqual([true, false, true]);
  expect(isOn({ ...service, required: true })).toBe(false);
  expect(isOn({ kind: "words", field: "subject", label: "On what", value: "" })).toBe(false);
});

it("says what is chosen, by its name, and only its name where that is not there any more", () => {
  expect(wordsOf(service, day)).toBe("Service: Surgeon");
  expect(wordsOf({ ...service, value: "gone" }, day)).toBe("Service");
  const branch = { group: "Branch", items: [{ value: "branch:river", label: "Branch: Riverside" }] };
  expect(wordsOf({ ...service, plain: true, value: "branch:river", options: [branch] }, day)).toBe(
    "Branch: Riverside",
  );
  expect(wordsOf(from, day)).toBe("From: the 2026-11-02");
});

it("changes its own field, or what it says", () => {
  expect(changeOf(service, null)).toEqual({ queue: null });
  expect(changeOf(days, "7")).toEqual({ days: "7", from: null });
});

it("takes all away at once", () => {
  expect(changeWithout([service, days, from])).toEqual({ queue: null, days: null, from: null });
});
