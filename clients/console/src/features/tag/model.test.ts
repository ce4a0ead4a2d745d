import type { Tag } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { choices, EMPTY_FORM, inOrder, isTagColor, isWhole, newTag, tagChange } from "./model.ts";

function tag(id: string, name: string, archived = false): Tag {
  return {
    id,
    version: 1,
    name,
    names: { en: name },
    color: "info",
    archived,
    changed_at: "2026-11-28T12:00:00Z",
    changed_by: { id: "o1", name: "Irina Petrova" },
  };
}

const ALL = [tag("1", "Fever"), tag("2", "Allergy"), tag("3", "Old", true)];

it("offers tags in use and those that are there, by name", () => {
  const ids = (on: string[], q: string) =>
    choices(
      ALL,
      on.map((id) => ({ id, name: "", color: "info" })),
      q,
    ).map(({ id }) => id);
  expect(ids([], "")).toEqual(["2", "1"]);
  expect(ids(["3"], "")).toEqual(["2", "1", "3"]);
  expect(ids([], "EV")).toEqual(["1"]);
  expect(inOrder(ALL).map(({ id }) => id)).toEqual(["2", "1", "3"]);
});

it("sends the names that were written", () => {
  const form = { ...EMPTY_FORM, names: { en: "Fever", ru: " " } };
  expect([isWhole(form, "en"), isWhole(form, "ru")]).toEqual([true, false]);
  expect(newTag(form)).toEqual({ names: { en: "Fever" }, color: "neutral" });
  expect(tagChange(form, 4).version).toBe(4);
  expect([isTagColor("danger"), isTagColor("#f00"), isTagColor(null)]).toEqual([true, false, false]);
});
