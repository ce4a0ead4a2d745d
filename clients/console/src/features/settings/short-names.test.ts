import { expect, it } from "vitest";
import { freeName, isSlug, slugOf } from "./short-names.ts";

it("is made of what something is called, where its letters have one", () => {
  expect(slugOf("Night shift, 2nd")).toBe("night-shift-2nd");
  expect(slugOf("Ночь")).toBe("");
  expect([isSlug("a-1"), isSlug("1a"), isSlug("A"), isSlug("")]).toEqual([true, false, false, false]);
});

it("is found among those that are free", () => {
  expect(freeName("question", [])).toBe("question-1");
  expect(freeName("question", ["question-2"])).toBe("question-3");
  expect(freeName("field", ["field-2"])).toBe("field-3");
  expect(freeName("option", ["a", "option-3"])).toBe("option-4");
});
