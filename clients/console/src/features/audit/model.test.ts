import { expect, it } from "vitest";
import { EN as en, RU as ru } from "../../../testing/words.ts";
import { ACTIONS, auditQuery, detailLines, shortId } from "./model.ts";

it("every act that can be filtered by has words in each language", () => {
  const keys = ACTIONS.map((action) => action.replaceAll(".", "_"));
  expect(keys.filter((key) => !(key in en.audit.did) || !(key in ru.audit.did))).toEqual([]);
});

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

it("an id in a table is its end, which no other has", () => {
  expect(shortId("01a2220c-6a2c-70bc-84f9-42c6ee1e5d07")).toBe("…42c6ee1e5d07");
  expect(shortId("@petrova:clinic.test")).toBe("@petrova:clinic.test");
});

it("asks for days from the beginning of the first to the end of the last", () => {
  expect(auditQuery({ actor: "@a:x", from: "2026-11-02", to: "2026-11-03" })).toEqual({
    actor: "@a:x",
    from: new Date(2026, 10, 2).toISOString(),
    to: new Date(2026, 10, 4).toISOString(),
  });
  expect(auditQuery({})).toEqual({});
});
