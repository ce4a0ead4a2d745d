import { expect, it } from "vitest";
import { checkProfile, type ProfileFields, patchOf } from "./model.ts";

const anna: ProfileFields = {
  name: "Anna",
  birthDate: "1990-03-12",
  sex: "female",
  phone: "+79123456789",
  email: "",
};

it("refuses a birth date that is none", () => {
  for (const birthDate of ["12.03", "31.02.1990", "1990-02-30"])
    expect(checkProfile({ ...anna, birthDate }, "2026-11-25").birthDate).toBe("profile.error.birthDate");
});

it("refuses a birth date in the future", () => {
  expect(checkProfile({ ...anna, birthDate: "2030-01-01" }, "2026-11-25").birthDate).toBe(
    "profile.error.birthDate",
  );
  expect(checkProfile(anna, "2026-11-25")).toEqual({});
});

it("sends only what changed, and empties as null", () => {
  expect(patchOf(anna, { ...anna, phone: "8 912 345 67 89" })).toEqual({});
  expect(patchOf(anna, { ...anna, name: " Anna K. ", phone: "", sex: null })).toEqual({
    name: "Anna K.",
    phone: null,
    sex: null,
  });
});
