import { ApiProblem, type ConclusionDraft } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { isBlank, missing, refusedSection, standingOf, textsOf, toSave } from "./model.ts";

const section = (code: string, required: boolean, text: string) => ({
  code,
  title: code,
  hint: null,
  required,
  text,
});
const draft = {
  version: 3,
  language: "en",
  sections: [
    section("complaint", true, "cough"),
    section("advice", true, " "),
    section("follow-up", false, ""),
  ],
} as unknown as ConclusionDraft;

it("saves what is written, in the template's order, over the version that was read", () => {
  const texts = new Map(textsOf(draft)).set("follow-up", "in a week");
  expect(toSave(draft, texts, "ru")).toEqual({
    version: 3,
    language: "ru",
    sections: [
      { code: "complaint", text: "cough" },
      { code: "follow-up", text: "in a week" },
    ],
  });
});

it("misses what is required and blank", () => {
  expect(missing(draft, textsOf(draft)).map(({ code }) => code)).toEqual(["advice"]);
  expect(isBlank(textsOf(draft))).toBe(false);
  expect(isBlank(new Map([["a", " \n"]]))).toBe(true);
});

it("finds the section that was refused", () => {
  const refused = new ApiProblem("invalid", 422, "", {
    errors: [{ field: "sections.advice", message: "m" }],
  });
  expect(refusedSection(refused)).toBe("advice");
  expect(refusedSection(new ApiProblem("offline", 0, ""))).toBeNull();
  expect(refusedSection(null)).toBeNull();
});

it("says how a consultation stands with its conclusion", () => {
  expect(standingOf({ conclusion: null, conclusion_need: "required" })).toBe("required");
  const signed_by = { id: "o1", name: "Dr Petrova" };
  const conclusion = { number: 1, version: 1, signed_at: "2026-11-29T00:00:00Z", signed_by };
  expect(standingOf({ conclusion, conclusion_need: "required" })).toBe("signed");
});
