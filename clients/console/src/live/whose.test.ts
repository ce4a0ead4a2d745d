import { expect, it } from "vitest";
import { row } from "../../testing/rows.ts";
import { whose, whoseName } from "./whose.ts";

const masha = { id: "m", name: "Masha", age: 6, sex: null, relationship: "PRN" } as const;

it("is the patient's own, or the person's for whom the patient acts", () => {
  const own = row({ id: "1" });
  expect(whose(own)).toEqual({ name: "Anna Kuznetsova", age: 34, sex: "female", acting: null });
  const hers = row({ id: "2", person: masha });
  expect(whose(hers)).toEqual({
    name: "Masha",
    age: 6,
    sex: null,
    acting: { name: "Anna Kuznetsova", relationship: "PRN" },
  });
  expect([own, hers].map(whoseName)).toEqual(["Anna Kuznetsova", "Masha"]);
});
