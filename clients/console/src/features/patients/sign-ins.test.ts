import { expect, it } from "vitest";
import { reasonsOf } from "./sign-ins.ts";

it("offers the clinic’s own reason to supervisors alone", () => {
  expect(reasonsOf("operator")).toEqual(["lost", "not_theirs", "asked"]);
  expect(reasonsOf("supervisor")).toEqual(["lost", "not_theirs", "asked", "precaution"]);
});
