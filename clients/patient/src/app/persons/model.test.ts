import type { Person } from "@consilium/kit/api";
import { expect, it } from "vitest";
import { changeOf, checkPerson, fieldsOf, newPersonOf, withHistory, withPerson } from "./model.ts";

const masha: Person = {
  id: "m",
  name: "Masha",
  birth_date: "2017-05-01",
  age: 9,
  sex: "female",
  relationship: "PRN",
  active: true,
  consultations: 0,
  created_at: "2026-11-20T10:00:00Z",
};

it("asks for who it is, a name, and when he was born", () => {
  expect(checkPerson(fieldsOf(null), "2026-11-30")).toEqual({
    relationship: "persons.error.relationship",
    name: "persons.error.name",
    birthDate: "persons.error.birthDate",
  });
  expect(checkPerson(fieldsOf(masha), "2026-11-30")).toEqual({});
  for (const birthDate of ["2026-12-01", "1899-12-31", "2017-02-30", "soon"])
    expect(checkPerson({ ...fieldsOf(masha), birthDate }, "2026-11-30")).toEqual({
      birthDate: "persons.error.birthDate",
    });
});

it("sends a whole person once, and afterwards what changed", () => {
  expect(newPersonOf(fieldsOf(null), "r")).toBeNull();
  expect(newPersonOf({ ...fieldsOf(masha), name: " Masha ", sex: null }, "r")).toEqual({
    relationship: "PRN",
    name: "Masha",
    birth_date: "2017-05-01",
    sex: null,
    request_id: "r",
  });
  expect(changeOf(masha, fieldsOf(masha))).toEqual({});
  expect(changeOf(masha, { ...fieldsOf(masha), name: "Maria", relationship: "GUARD" })).toEqual({
    name: "Maria",
    relationship: "GUARD",
  });
});

it("puts a person in his place, and those who were removed behind the others", () => {
  const petya = { ...masha, id: "p", name: "Petya" };
  const all = withPerson([masha, petya], { ...masha, active: false });
  expect(all.map(({ name }) => name)).toEqual(["Petya", "Masha"]);
  expect(withPerson(all, { ...masha, name: "Maria" }).map(({ name }) => name)).toEqual(["Petya", "Maria"]);
  expect(withPerson([], petya)).toEqual([petya]);
});

it("keeps in the history who was removed and had something asked for him", () => {
  const removed = { ...masha, active: false };
  expect(withHistory([removed, { ...removed, id: "k", consultations: 2 }]).map(({ id }) => id)).toEqual([
    "k",
  ]);
});
