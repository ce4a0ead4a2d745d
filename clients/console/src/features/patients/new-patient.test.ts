/** What is typed of a new patient becomes what is asked and sent. */
import type { FieldDefinition } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { asked, asksTheSame, checkNew, EMPTY_PATIENT, emptyFields, newPatient } from "./new-patient.ts";

const DISCOUNT: FieldDefinition = {
  id: "discount",
  name: "Discount",
  type: "number",
  filled_by: "staff",
  options: [],
};
const fields = emptyFields([DISCOUNT]);
const anna = { ...EMPTY_PATIENT, name: " Anna K. ", phone: "+7 495 000-00-01" };

it("sends what was typed and nothing that was not", () => {
  expect(newPatient(anna, fields, "r1")).toEqual({
    request_id: "r1",
    name: "Anna K.",
    birth_date: null,
    phone: "+7 495 000-00-01",
    email: null,
    sex: null,
    insurance: null,
    language: null,
    fields: null,
  });
  const more = { ...anna, language: "ru", sex: "female" as const, fields: { discount: "7,5" } };
  expect(newPatient(more, fields, "r1")).toMatchObject({
    language: "ru",
    sex: "female",
    fields: { discount: 7.5 },
  });
});

it("names every field that is not right, the brand’s own too", () => {
  const wrong = { ...EMPTY_PATIENT, email: "nowhere", fields: { discount: "much" } };
  expect(checkNew(wrong, fields, "2026-11-30")).toEqual({
    name: "patients.error.name",
    email: "patients.error.email",
    "fields.discount": "fields.error.number",
  });
  expect(checkNew(anna, fields, "2026-11-30")).toEqual({});
});

it("asks again whom it looks like only when that may be somebody else", () => {
  expect(asked(anna)).toEqual({ name: "Anna K.", birth_date: null, phone: "+7 495 000-00-01", email: null });
  expect(asksTheSame(anna, { ...anna, language: "ru", name: "Anna K." })).toBe(true);
  expect(asksTheSame(anna, { ...anna, email: "anna@example.org" })).toBe(false);
});
