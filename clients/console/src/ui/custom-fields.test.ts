import type { CustomField } from "@consilium/kit/api";
import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import {
  choicesOf,
  fieldFilters,
  fieldsPatch,
  fieldWords,
  isFilledBy,
  lackingFields,
  typedOf,
  wrongFields,
} from "./custom-fields.ts";

const field = (id: string, type: CustomField["type"], value: CustomField["value"] = null): CustomField => ({
  id,
  name: id,
  type,
  options: type === "choice" ? [{ code: "river", text: "Riverside" }] : [],
  filled_by: "staff",
  value,
  required: false,
});
const t = ((key: string) => key) as unknown as TFunction;

const FIELDS = [
  field("words", "text", "pollen"),
  field("number", "number", 7.5),
  field("day", "date", "2026-05-09"),
  field("branch", "choice", "river"),
  field("yes", "boolean", false),
];

describe("what is typed", () => {
  it("is sent only where it was changed, in its type, and empty as null", () => {
    expect(fieldsPatch(FIELDS, typedOf(FIELDS))).toEqual({});
    const typed = { words: " ", number: "8,25", day: "2027-01-02", branch: "", yes: "yes" };
    expect(fieldsPatch(FIELDS, typed)).toEqual({
      words: null,
      number: 8.25,
      day: "2027-01-02",
      branch: null,
      yes: true,
    });
    expect(fieldsPatch(FIELDS, { ...typedOf(FIELDS), words: " pollen ", number: "7,50" })).toEqual({});
  });

  it("is wrong where it is nothing of the kind", () => {
    const typed = { ...typedOf(FIELDS), number: "many", day: "2026-02-30" };
    expect(wrongFields(FIELDS, typed).map(({ id }) => id)).toEqual(["number", "day"]);
    expect(wrongFields(FIELDS, typedOf(FIELDS))).toEqual([]);
  });

  it("is missing where it is asked for and nothing stands there", () => {
    const asked = FIELDS.map((one) => ({ ...one, required: one.id !== "words" }));
    expect(lackingFields(asked, typedOf(asked))).toEqual([]);
    const typed = { ...typedOf(asked), words: "", day: " ", branch: "" };
    expect(lackingFields(asked, typed).map(({ id }) => id)).toEqual(["day", "branch"]);
    expect(lackingFields(FIELDS, typed)).toEqual([]);
  });
});

it("a field is filled in by those whose it is", () => {
  const by = (filled_by: CustomField["filled_by"]) => ({ ...field("a", "text"), filled_by });
  expect([isFilledBy(by("staff"), "operator"), isFilledBy(by("supervisor"), "operator")]).toEqual([
    true,
    false,
  ]);
  expect([isFilledBy(by("supervisor"), "supervisor"), isFilledBy(by("partner"), "supervisor")]).toEqual([
    true,
    false,
  ]);
});

it("what stands in a field is read in words, and what cannot be chosen any more by its code", () => {
  const words = FIELDS.map((one) => fieldWords(one, t, "en"));
  expect(words).toEqual(["pollen", "7.5", "May 9, 2026", "Riverside", "fields.no"]);
  expect(fieldWords(field("words", "text"), t, "en")).toBeNull();
  const gone = field("branch", "choice", "sea");
  expect([fieldWords(gone, t, "en"), choicesOf(gone).map(({ code }) => code)]).toEqual([
    "sea",
    ["river", "sea"],
  ]);
});

it("lists are narrowed down by what can be chosen", () => {
  const filters = fieldFilters(FIELDS, t);
  expect(filters.map(({ group, items }) => [group, items.map(({ value }) => value)])).toEqual([
    ["branch", ["branch:river"]],
    ["yes", ["yes:yes", "yes:no"]],
  ]);
});
