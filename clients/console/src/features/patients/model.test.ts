import type { PatientCard } from "@consilium/kit/api";
import { describe, expect, it } from "vitest";
import { ago, NOON, patient, row } from "../../../testing/rows.ts";
import {
  checkForm,
  findPatients,
  formOf,
  liveConsultations,
  narrowed,
  patchOf,
  patientFilter,
} from "./model.ts";

const card: PatientCard = {
  ...patient({ id: "p", name: "Anna Kuznetsova", phone: "+7 900 123-45-67" }),
  conversations: [],
  consultations: [],
  consents: [],
  merged: [],
  duplicates: [],
  dismissed: [],
  persons: [],
  insurance: null,
  external_id: null,
  external_ids: [],
  fields: [
    {
      id: "allergies",
      name: "Allergies",
      type: "text",
      options: [],
      filled_by: "staff",
      value: "pollen",
      required: false,
    },
  ],
  deleted_at: null,
};

describe("the list", () => {
  const rows = [
    patient({ id: "new", sex: "female", last_consultation_at: ago(3_600) }),
    patient({ id: "old", sex: "female", last_consultation_at: ago(40 * 86_400) }),
    patient({ id: "never", sex: "male", last_consultation_at: null }),
  ];
  const found = (search: Parameters<typeof patientFilter>[0]) =>
    narrowed(rows, patientFilter(search), NOON).map(({ id }) => id);

  it("is narrowed by sex and by the last consultation", () => {
    expect(found({})).toEqual(["new", "old", "never"]);
    expect(found({ sex: "female" })).toEqual(["new", "old"]);
    expect(found({ days: "30" })).toEqual(["new"]);
    expect(found({ sex: "male", days: "30" })).toEqual([]);
  });

  it("passes over what the service would refuse", () => {
    expect(patientFilter({ sex: "robot", days: "0" })).toEqual({ sex: null, days: null, field: null });
    expect(patientFilter({ days: "9999" }).days).toBeNull();
  });
});

describe("an edited card", () => {
  it("sends only what was changed", () => {
    expect(patchOf(card, formOf(card))).toEqual({});
    expect(patchOf(card, { ...formOf(card), name: " Anna K. ", phone: "", insurance: "ABC 1" })).toEqual({
      name: "Anna K.",
      phone: null,
      insurance: "ABC 1",
    });
    expect(patchOf(card, { ...formOf(card), fields: { allergies: "" } })).toEqual({
      fields: { allergies: null },
    });
  });

  it("is checked before it is sent", () => {
    expect(checkForm(formOf(card), "2026-11-24")).toEqual({});
    expect(
      Object.keys(
        checkForm(
          { ...formOf(card), name: " ", birthDate: "2030-01-01", email: "anna@", phone: "12" },
          "2026-11-24",
        ),
      ),
    ).toEqual(["name", "birthDate", "email", "phone"]);
  });
});

describe("the search", () => {
  const rows = [
    patient({ id: "1", name: "Семён Орлов", email: "orlov@mail.test" }),
    patient({ id: "2", name: "Anna", phone: "+7 900 123-45-67" }),
  ];
  it("finds by name, phone and e-mail", () => {
    expect(findPatients(rows, "семен").map(({ id }) => id)).toEqual(["1"]);
    expect(findPatients(rows, "9001234").map(({ id }) => id)).toEqual(["2"]);
    expect(findPatients(rows, "orlov@").map(({ id }) => id)).toEqual(["1"]);
    expect(findPatients(rows, "")).toBe(rows);
  });

  it("finds a card by every account on it", () => {
    const merged = [patient({ id: "1", name: "Anna", also: ["Vera Orlova", "+79001234568"] })];
    expect(["orlova", "4568", "petrova"].map((q) => findPatients(merged, q).length)).toEqual([1, 1, 0]);
  });
});

it("the card's consultations are as the live desk knows them", () => {
  const known = row({
    id: "a",
    phase: "active",
    requested_at: ago(900),
    patient: { id: "p", name: "Anna", age: null, sex: null },
  });
  const live = [
    { ...known, phase: "archived" as const },
    { ...known, id: "b", requested_at: ago(10) },
    row({ id: "other" }),
  ];
  const shown = liveConsultations([known], live, ({ patient: { id } }) => id === card.id);
  expect(shown.map(({ id, phase }) => [id, phase])).toEqual([
    ["b", "active"],
    ["a", "archived"],
  ]);
});
