import { expect, it } from "vitest";
import { detailLines } from "./model.ts";

it("a detail is read as flat lines", () => {
  expect(
    detailLines({ from: "queued", to: { queue: "therapist" }, fields: ["name", "phone"], note: null }),
  ).toEqual([
    { name: "from", value: "queued" },
    { name: "to.queue", value: "therapist" },
    { name: "fields", value: "name, phone" },
    { name: "note", value: "null" },
  ]);
  expect(detailLines({})).toEqual([]);
});
