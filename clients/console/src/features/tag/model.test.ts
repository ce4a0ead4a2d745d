import type { AuditEntry, Tag } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { choices, EMPTY_FORM, inOrder, isTagColor, isWhole, newTag, tagChange, versionsOf } from "./model.ts";

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

it("reads a tag's versions out of the log, and leaves out what it does not know", () => {
  const entry = (sequence: number, action: string, detail: Record<string, unknown>) =>
    ({
      sequence,
      action,
      detail,
      at: "2026-11-20T10:00:00Z",
      actor: { name: "Vera" },
    }) as unknown as AuditEntry;
  const fever = { names: { en: "Fever" }, color: "danger", archived: true, version: 2 };
  const versions = versionsOf([
    entry(9, "tag.changed", fever),
    entry(8, "tag.removed", fever),
    entry(7, "tag.created", { names: { en: "Heat" }, color: "info" }),
    entry(6, "tag.changed", { names: { en: "?" }, color: "#f00" }),
  ]);
  expect(versions.map(({ sequence, form }) => [sequence, form.names.en, form.archived])).toEqual([
    [9, "Fever", true],
    [7, "Heat", false],
  ]);
});
