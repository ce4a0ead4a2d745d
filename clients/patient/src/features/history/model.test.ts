import type { Consultation } from "@consilium/kit/api";
import { callbackSample } from "@consilium/kit/testing";
import { expect, it } from "vitest";
import { byMonth, callbacksOf, historyOf, leadsTo, whoseOf } from "./model.ts";

const at = (id: string, requested_at: string) => ({ id, requested_at }) as Consultation;

it("groups by month, newest first", () => {
  const consultations = [
    at("a", "2026-10-05T12:00:00Z"),
    at("b", "2026-11-20T12:00:00Z"),
    at("c", "2026-11-02T12:00:00Z"),
  ];
  const callback = callbackSample({ id: "d", requested_at: "2026-11-10T12:00:00Z" });
  const groups = byMonth(historyOf(consultations, [callback]));
  expect(groups.map((group) => group.items.map(({ id }) => id))).toEqual([["b", "d", "c"], ["a"]]);
});

it("leads to what can be read", () => {
  const lasting = { erased_at: null };
  expect(leadsTo({ phase: "archived", ...lasting })).toBe("record");
  expect(leadsTo({ phase: "on_hold", ...lasting })).toBe("conversation");
  expect(leadsTo({ phase: "cancelled", ...lasting })).toBeNull();
});

it("leads nowhere from one that was erased", () => {
  expect(leadsTo({ phase: "archived", erased_at: "2026-11-29T10:00:00Z" })).toBeNull();
});

it("shows whose history the address asks for, and everybody's where it names nobody that is there", () => {
  const persons = [{ id: "m" }];
  expect(["m", "self", "stranger", null].map((wanted) => whoseOf(wanted, persons))).toEqual([
    "m",
    "self",
    "all",
    "all",
  ]);
});

it("shows call-backs with the history of whom they are about", () => {
  const person = { id: "m", name: "Masha", age: 6, sex: null, relationship: "PRN" as const };
  const callbacks = [callbackSample({ id: "own" }), callbackSample({ id: "hers", person })];
  const ids = (whose: string) => callbacksOf(callbacks, whose).map(({ id }) => id);
  expect([ids("all"), ids("self"), ids("m"), ids("p")]).toEqual([["own", "hers"], ["own"], ["hers"], []]);
});
