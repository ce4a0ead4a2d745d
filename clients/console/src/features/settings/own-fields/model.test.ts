import type { FieldSettings, FieldsSettings } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { placeOf, wrongOf } from "../model.ts";
import { fillersOf, newField, newOption, withType } from "./model.ts";

const both = (text: string) => ({ en: text, ru: text });
const field = (id: string, more: Partial<FieldSettings> = {}): FieldSettings => ({
  ...newField("text", id),
  name: both(id),
  ...more,
});
const option = (code: string) => ({ ...newOption([]), code, text: both(code) });
const branch = field("branch", { type: "choice", options: [option("river"), option("centre")] });

const wrong = (patient: FieldSettings[], consultation: FieldSettings[] = []) =>
  Object.fromEntries(wrongOf({ kind: "fields", value: { patient, consultation } }, ["en", "ru"]));

describe("what is wrong with the fields", () => {
  it("is nothing where they are whole", () => {
    expect(wrong([field("allergies"), branch], [field("occasion")])).toEqual({});
    expect(wrong([])).toEqual({});
  });

  it("is named by list, field and choice", () => {
    expect(wrong([field("a", { name: { en: "A" } })])).toEqual({ "patient.a.name.ru": "needed" });
    expect(wrong([], [{ ...branch, options: [option("river")] }])).toEqual({
      "consultation.branch.options": "twoOptions",
    });
    const untold = { ...branch, options: [option("a"), { code: "b", text: { en: "b" } }] };
    expect(wrong([untold])).toEqual({ "patient.branch.options.b.text.ru": "needed" });
    expect(wrong(Array.from({ length: 31 }, (_, place) => field(`f${place}`)))).toEqual({
      patient: "tooManyFields",
    });
  });

  it("stands where the form shows it", () => {
    const value: FieldsSettings = { patient: [field("a"), branch], consultation: [] };
    const content = { kind: "fields" as const, value };
    expect(placeOf({ field: "patient[1].type", message: "no" }, content)).toBe("patient.branch.type");
    expect(placeOf({ field: "patient.branch.name", message: "no" }, content)).toBe("patient.branch.name");
    expect(placeOf({ field: "consultation[3].type", message: "no" }, content)).toBe("consultation");
  });
});

it("a field of another type keeps its name and has the choices of that type", () => {
  const chosen = withType(field("a", { filled_by: "supervisor" }), "choice");
  expect([chosen.id, chosen.filled_by, chosen.options.length]).toEqual(["a", "supervisor", 2]);
  expect(withType(branch, "date").options).toEqual([]);
  expect(withType(branch, "choice")).toBe(branch);
});

it("partners' systems fill in cards alone", () => {
  expect([fillersOf("patient").length, fillersOf("consultation").length]).toEqual([3, 2]);
});
